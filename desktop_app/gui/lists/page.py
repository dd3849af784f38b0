"""The page of a list; every screen that lists records shows one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.db.operation import Operation
from desktop_app.exports.records import HandedOut
from desktop_app.gui.lists.bar import ListBar
from desktop_app.gui.lists.columns import KeptColumns
from desktop_app.gui.lists.handing_out import LongExport, ShownExport
from desktop_app.gui.lists.head import ListHead
from desktop_app.gui.lists.queries import ListSource
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import ntr, tr
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.gui.widgets.records.copying import copied_text
from desktop_app.gui.widgets.records.record_table import RecordTable

R = TypeVar("R")
F = TypeVar("F")

REST_MS = 800
_SUM_CAP = 5_000


@dataclass(frozen=True, slots=True)
class ListLook(Generic[R]):
    """What a list shows.

    `key` names it where its columns and filters are remembered; `tables` are those whose changes
    concern it; `count(rows, shown)` says how many there are, `order(sort)` in which order,
    `news(rows)` how many came in while somebody was reading further down, `total(records)` what
    the picked ones add up to. `nothing` is shown where no row fits, `empty` where there is none.
    `shown` hands out what is in sight, a list of people with a password only; `long` does it for a
    list that is too long to gather.
    """

    key: str
    name: str
    columns: Sequence[Column[R]]
    tables: frozenset[str]
    nothing: EmptyState
    empty: EmptyState
    count: Callable[[int, str], str]
    order: Callable[[Sort | None], str] | None = None
    sort: Sort | None = None
    total: Callable[[Sequence[R]], str] | None = None
    news: Callable[[int], str] | None = None
    shown: Operation[..., HandedOut] | None = None
    long: LongExport | None = None


class ListPage(QWidget, Generic[R, F]):
    """A list: filters, table, a line that counts and adds up. `opened(record)` on Enter or click.

    It reads when `begin` or `show_filter` is called, and again after changes: at once where nobody
    is reading further down, else when they ask for it.
    """

    opened = Signal(object)

    def __init__(
        self,
        shell: Shell,
        look: ListLook[R],
        bar: ListBar,
        source: ListSource[R, F],
        actions: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.shell, self.look, self.bar, self.source = shell, look, bar, source
        self._wishes = f"wishes/{look.key}"
        self._stale = False
        self._showing = False
        self._sort = look.sort
        if isinstance(source, QObject):
            source.setParent(self)
        self.listed: F | None = None  # what the rows in sight answer
        self.table: RecordTable[R, F] = RecordTable(look.name, look.columns, source)
        self.kept = KeptColumns(self.table, look.columns, shell.remembered, look.key)
        self.nothing, self.empty = look.nothing, look.empty
        self.news = Banner()
        self.count = label(tr("Reading…"), 12, tone="muted", tabular=True)
        self.sum = label("", 12, 500, "soft", tabular=True)
        self.columns_button = button("", "columns-3", "ghost", tip=tr("Choose columns"))
        self.columns_button.clicked.connect(self._choose_columns)
        self.shown: ShownExport | None = None
        if look.shown is not None:
            self.shown = ShownExport(shell, self.table, look.shown, look.name, look.key)
            self.shown.long = look.long
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out(actions)
        self._connect()

    def begin(self) -> None:
        """List what the person looked at last."""
        kept = self.shell.remembered.read(self._wishes)
        chosen, sort = kept.get("chosen"), kept.get("sort")
        if isinstance(chosen, dict):
            self.bar.show_state(chosen)
        if isinstance(sort, dict) and any(sort.get("by") == one.sort for one in self.look.columns):
            self._sort = Sort(str(sort["by"]), bool(sort.get("descending")))
        self._ask(self.bar.wanted)

    def show_filter(self, wanted: F, sort: Sort | None = None) -> None:
        """List what a filter finds; nothing is remembered of it."""
        self._sort = sort or self._sort
        self._showing = True
        self.bar.show_filter(wanted)
        self._showing = False

    def note_change(self) -> None:
        """Take notice that records were added or changed; rows in sight do not jump."""
        self._stale = True
        if not self._rest.isActive() and self.isVisible():
            self._rest.start()

    def open_row(self, at: int) -> None:
        """Open a row that is loaded."""
        record = self.table.record(at)
        if record is not None:
            self.opened.emit(record)

    # --- building

    def _lay_out(self, actions: Sequence[QWidget]) -> None:
        self.middle = QStackedWidget()
        for page in (self.table, self.nothing, self.empty):
            self.middle.addWidget(page)
        self.head = ListHead(self.bar, actions)
        self._news_place = frame(row(self.news, margins=(16, 0, 16, 12)), "clear")
        self._news_place.hide()
        inside = column(gap=0)
        inside.addLayout(row(self.head, margins=(16, 14, 16, 14)))
        inside.addWidget(self._news_place)
        inside.addWidget(rule())
        inside.addWidget(self.middle, 1)
        inside.addWidget(rule())
        below = row(self.count, None, self.sum, margins=(16, 2, 8, 2))
        if self.shown is not None:
            below.addWidget(self.shown.tools())
        below.addWidget(self.columns_button)
        inside.addLayout(below)
        self.setLayout(column(frame(inside, "card"), margins=(28, 4, 28, 24)))

    def _connect(self) -> None:
        self.bar.changed.connect(self._wished)
        self.bar.search.returnPressed.connect(self._enter)
        self.table.counted.connect(self._counted)
        self.table.picked_changed.connect(self._add_up)
        self.table.activated_row.connect(self.open_row)
        self.table.failed.connect(self.shell.bridge.failed)
        self.table.copied.connect(self._copied)
        self.table.sorted_by.connect(self._sorted)
        self.news.chosen.connect(self._show_news)
        self.news.closed.connect(self._news_place.hide)
        self.nothing.chosen.connect(self.bar.clear)
        self.shell.bridge.changed.connect(self._changed)
        self._rest.timeout.connect(self._look_again)

    # --- what is wanted

    def _wished(self, wanted: F) -> None:
        if not self._showing:
            self._remember()
        self._ask(wanted)

    def _ask(self, wanted: F) -> None:
        self._news_place.hide()
        self._stale = False
        self.count.setText(tr("Reading…"))
        self.table.scrollToTop()
        sort, self._sort = self._sort, None
        self.table.show_request(wanted, sort)

    def _sorted(self, _: Sort) -> None:
        self._remember()

    def _remember(self) -> None:
        request = self.table.records.request
        sort = None if request is None else request.sort
        kept: dict[str, Any] = {"chosen": dict(self.bar.state())}
        if sort is not None:
            kept["sort"] = {"by": sort.by, "descending": sort.descending}
        self.shell.remembered.write(self._wishes, kept)

    def _enter(self) -> None:
        """Open the only one found, or go into the list."""
        records = self.table.records
        if self.listed != self.bar.wanted:
            return
        if records.rowCount() == 1:
            self.open_row(0)
        elif records.rowCount():
            self.table.setFocus()
            self.table.setCurrentIndex(records.index(0, 0))

    # --- reactions

    def _counted(self, text: str) -> None:
        request = self.table.records.request
        if request is None:
            return
        self.listed = request.filter
        rows = self.table.records.rowCount()
        page: QWidget = self.nothing if not self.bar.everything else self.empty
        self.middle.setCurrentWidget(self.table if rows else page)
        shown = self.look.count(rows, text)
        order = self.look.order(request.sort) if self.look.order else self._order(request.sort)
        self.count.setText(f"{shown} · {order}" if order else shown)

    def _order(self, sort: Sort | None) -> str:
        for one in self.look.columns:
            if sort is not None and one.sort == sort.by:
                arrow = "↓" if sort.descending else "↑"
                return tr("by “{column}”", column=one.heading) + f" {arrow}"
        return ""

    def _add_up(self) -> None:
        picked = len(self.table.picked())
        if not picked:
            self.sum.setText("")
            return
        parts = [ntr("{n} selected", "{n} selected", picked)]
        if self.look.total is not None and picked <= _SUM_CAP:
            records = self.table.picked_records(_SUM_CAP)
            if len(records) == picked:
                parts.append(self.look.total(records))
        self.sum.setText(" · ".join(parts) + "    " + tr("Ctrl+C copies"))

    def _copied(self, rows: int, left_out: int) -> None:
        self.shell.tell(copied_text(rows, left_out))

    def _choose_columns(self) -> None:
        menu = self.kept.menu(self)
        corner = self.columns_button.mapToGlobal(QPoint(self.columns_button.width(), 0))
        menu.popup(corner - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))

    # --- keeping up

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & self.look.tables:
            self.note_change()

    def _look_again(self) -> None:
        """Read again where that moves nothing, else offer it."""
        request = self.table.records.request
        if request is None or not self._stale:
            return
        self._stale = False
        at_top = self.table.verticalScrollBar().value() == 0 and not len(self.table.picked())
        if at_top or not self.table.records.exact:
            self.table.refresh()
        else:
            self.source.recount(request, self._compare)

    def _compare(self, count: int) -> None:
        new = count - self.table.records.rowCount()
        if new > 0:
            self._news_place.show()
            title = self.look.news(new) if self.look.news else ntr("{n} new", "{n} new", new)
            self.news.tell("info", title, "", tr("Show"))
        else:
            self.table.refresh()

    def _show_news(self) -> None:
        self._news_place.hide()
        self.table.scrollToTop()
        self.table.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._rest.start(0)
