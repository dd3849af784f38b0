"""The import screen: choose files, see what would come in, import, and the history below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from desktop_app.exchange.operations import (
    import_files,
    list_imports,
    list_readers,
    preview_import,
)
from desktop_app.exchange.reports import ImportReport, ImportRow, ReaderRow
from desktop_app.gui.bridge import Running
from desktop_app.gui.errors import present
from desktop_app.gui.format import number
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.imports.drop_area import DropArea
from desktop_app.gui.screens.imports.history import FormatsCard, HistoryCard
from desktop_app.gui.screens.imports.outcome import Outcome
from desktop_app.gui.screens.imports.question import DateQuestion
from desktop_app.gui.screens.imports.wording import files_text
from desktop_app.gui.screens.imports.working import WorkingCard
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.words import Message, msg
from desktop_app.orders.records import OrderFilter
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import VenueCard

REST_MS = 800
POLL_MS = 200
_SIDE = 320


class ImportsScreen(Screen):
    """Imports files. A target is a list of paths to look into."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.paths: Sequence[Path] = ()
        self.running: Running[ImportReport] | None = None
        self.history: HistoryCard | None = None
        self._day_first: bool | None = None
        self._titles: dict[str, Message] = {}
        self._storing = False
        self.banner = Banner()
        self.drop = DropArea(self.bridge.why_not(import_files))
        self.working = WorkingCard()
        self.question = DateQuestion()
        self.outcome = Outcome()
        self.formats = FormatsCard()
        self._poll = QTimer(self, interval=POLL_MS)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._connect()
        self._show_step(self.drop)
        self.bridge.ask(self, self._show_readers, list_readers)

    @override
    def show_target(self, target: object) -> None:
        if isinstance(target, list) and self.running is None:
            self.preview(target)

    def preview(self, paths: Sequence[Path]) -> None:
        """Look into files and show what would come in."""
        self.paths = paths
        self._day_first = None
        self._start_preview()

    # --- building

    def _lay_out(self) -> None:
        self._steps: tuple[QWidget, ...] = (self.drop, self.working, self.question, self.outcome)
        left = column(*self._steps, gap=0)
        inside = frame(left, "page")
        inside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.formats.setFixedWidth(_SIDE)
        top = row(gap=16)
        top.addWidget(inside, 1)
        top.addWidget(self.formats)
        self._body = column(self.banner, gap=16, margins=(28, 4, 28, 24))
        self._body.addLayout(top)
        self._body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(frame(self._body, "page"))
        self.setLayout(column(scroll))

    def _connect(self) -> None:
        self.drop.chosen.connect(self.preview)
        self.question.answered.connect(self._answered)
        self.question.left.connect(self._start_over)
        self.outcome.import_wanted.connect(self._start_import)
        self.outcome.left.connect(self._start_over)
        self.outcome.orders_wanted.connect(self._show_orders)
        self.working.stopped.connect(self._stop)
        self.bridge.changed.connect(self._changed)
        self._poll.timeout.connect(self._look)
        self.bridge.ended.connect(self._ended)
        self._rest.timeout.connect(self._ask_history)

    def _show_step(self, wanted: QWidget) -> None:
        for step in self._steps:
            step.setVisible(step is wanted)
        # Figures and problems need the whole width; the formats help only in choosing.
        self.formats.setVisible(wanted is not self.outcome)

    def _show_readers(self, readers: Sequence[ReaderRow]) -> None:
        self._titles = {reader.name: reader.title for reader in readers}
        self.formats.show_readers(readers)
        self.bridge.ask(self, self._show_venue, get_venue)

    def _show_venue(self, venue: VenueCard) -> None:
        self.history = HistoryCard(venue, self._titles)
        self._body.insertWidget(2, self.history)
        self._ask_history()

    def _ask_history(self) -> None:
        self.bridge.ask(self, self._show_history, list_imports)

    def _show_history(self, rows: Sequence[ImportRow]) -> None:
        if self.history is not None:
            self.history.show_imports(rows)

    # --- the steps

    def _start_over(self) -> None:
        self.banner.hide()
        self._show_step(self.drop)
        self.drop.choose.setFocus()

    def _start_preview(self) -> None:
        self._storing = False
        self.working.show_preview(files_text(self.paths))
        self._start(msg("Looking into the files"), preview_import, self._previewed)

    def _start_import(self) -> None:
        self._storing = True
        self.working.show_import(files_text(self.paths))
        self._start(msg("Importing"), import_files, self._imported)

    def _start(self, title: Message, op: Any, then: Callable[[ImportReport], None]) -> None:
        """Start a task that the job bar shows, and take its errors here: some are questions."""
        self.banner.hide()
        self._show_step(self.working)
        self.running = self.bridge.start_or(
            self, then, self._failed, title, op, self.paths, day_first=self._day_first
        )
        self._poll.start()

    def _previewed(self, report: ImportReport) -> None:
        self.outcome.show_preview(report, self._titles)
        self._show_step(self.outcome)
        self.outcome.go.setFocus()

    def _imported(self, report: ImportReport) -> None:
        self.outcome.show_result(report, self._titles)
        self._show_step(self.outcome)
        self.outcome.leave.setFocus()
        orders = number(report.orders_added, language())
        customers = number(report.customers_added, language())
        self.shell.tell(
            tr("Came in: {orders} orders, {customers} customers", orders=orders,
               customers=customers)
        )  # fmt: skip
        self._ask_history()

    def _failed(self, error: AppError) -> None:
        if isinstance(error, InvalidError) and error.field == "day_first" and not self._storing:
            self._show_step(self.question)
            self.question.ask(error)
            return
        self._show_step(self.drop)
        present(error, self.banner)
        self._ask_history()

    def _answered(self, day_first: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._day_first = day_first
        self._start_preview()

    def _stop(self) -> None:
        if self.running is not None:
            self.running.progress.cancel()
            self.running.future.cancel()

    def _look(self) -> None:
        if self.running is not None:
            self.working.show_progress(self.running.progress.snapshot())

    def _ended(self, running: Running[Any]) -> None:
        """End it; what was stopped gives no answer and is noticed here."""
        if running is not self.running:
            return
        self.running = None
        self._poll.stop()
        if not self.working.isHidden():
            self._was_stopped()

    def _was_stopped(self) -> None:
        self._show_step(self.drop)
        if self._storing:
            self.banner.tell(
                "info",
                tr("The import was stopped"),
                tr("Whole days that are in stay in. Import the files again to get the rest."),
            )
            self._ask_history()
        else:
            self.banner.tell("info", tr("Stopped"), tr("Nothing was stored."))

    def _show_orders(self) -> None:
        report = self.outcome.report
        if report is not None:
            wanted = OrderFilter(first_day=report.first_day, last_day=report.last_day)
            self.shell.go("orders", wanted)

    def _changed(self, touched: frozenset[str]) -> None:
        # An import commits many times a second; the list follows once in a while.
        if "import_run" in touched and not self._rest.isActive():
            self._rest.start()
