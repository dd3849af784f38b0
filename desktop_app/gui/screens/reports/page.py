"""The reports screen: a report, its period beside another one, a picture, a table, and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from desktop_app.db.operation import Operation
from desktop_app.exports.operations import export_report
from desktop_app.exports.records import FileFormat, HandedOut
from desktop_app.exports.shown import (
    export_shown_customers,
    export_shown_pay,
    export_shown_report,
)
from desktop_app.gui.handing import EVERY, LOCKABLE, HandoverDialog, HandWish
from desktop_app.gui.lists.columns import KeptColumns
from desktop_app.gui.lists.handing_out import hand_out_of
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.paper_print import PaperPrint, printed_text
from desktop_app.gui.screens.reports.behind_dialog import BehindDialog
from desktop_app.gui.screens.reports.columns import columns_of, totals_line
from desktop_app.gui.screens.reports.picker import ReportPicker
from desktop_app.gui.screens.reports.picture import ReportPicture
from desktop_app.gui.screens.reports.span_bar import SpanBar
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.records.column import Sort
from desktop_app.gui.widgets.records.copying import copied_text
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.words import msg, words
from desktop_app.reports.behind import Behind
from desktop_app.reports.running import list_reports, rows_behind, run_report
from desktop_app.reports.shapes import Report, ReportFacts, ReportRow, Trail
from desktop_app.reports.showing import period_text, row_label
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

REST_MS = 1_500
_TABLES = frozenset({"sales_hour", "product", "recipe_line"})
_KEPT = "wishes/reports"
FIRST = "sales-day"
_PEOPLE: Mapping[Trail | None, Operation[..., HandedOut]] = {
    Trail.HOURS: export_shown_pay,
    Trail.LEDGER: export_shown_customers,
}


class ReportsScreen(Screen):
    """Shows reports. A target is the key of one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.report: Report | None = None
        self.table: RecordTable[ReportRow, None] | None = None
        self.behind: BehindDialog | None = None
        self.dialog: HandoverDialog | None = None
        self.printing: PaperPrint | None = None
        self.kept: KeptColumns | None = None
        self.bar: SpanBar | None = None
        self._today: Today | None = None
        self._asked = 0
        self._target = ""
        self.picker = ReportPicker()
        self.picture = ReportPicture()
        self.empty = EmptyState(
            "chart-column",
            tr("Nothing was sold in these days"),
            tr("Choose another period above."),
        )
        self.export = button(tr("Export…"), "file-down")
        self.export.clicked.connect(partial(self.ask_export, None))
        allow(self.export, self.bridge.why_not(export_report))
        tip = tr("Print what is shown")
        self.printer = button("", "printer", "ghost", tip=tip)
        self.printer.clicked.connect(partial(self.ask_export, FileFormat.PRINT))
        allow(self.printer, self.bridge.why_not(export_report), tip=tip)
        self.copier = button("", "copy", "ghost", tip=tr("Copy what is shown as a table"))
        self.copier.clicked.connect(self._copy)
        self.card = Card(" ", " ", self.copier, self.printer, self.export, wraps=True)
        self.sums = label("", 12, 500, "soft", wrap=True, tabular=True)
        self.hint = label("", 12, tone="muted")
        self._place: QVBoxLayout = column(gap=0)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self.picker.chosen.connect(self._ask)
        self._rest.timeout.connect(self._again)
        self.bridge.changed.connect(self._changed)
        self.bridge.ask(self, self._begin, get_today)

    @override
    def show_target(self, target: object) -> None:
        if isinstance(target, str) and target:
            self._target = target
            self.picker.choose(target)

    # --- building

    def _lay_out(self) -> None:
        self.card.add(self.picture)
        self.card.body.addLayout(self._place, 1)
        self.card.add(self.empty)
        below = row(gap=16)
        below.addWidget(self.sums, 1)
        below.addWidget(self.hint)
        self.card.body.addLayout(below)
        self.empty.hide()
        self._right = column(self.card, gap=14)
        left = frame(column(self.picker, margins=(10, 10, 6, 10)), "card")
        inside = row(left, gap=18, margins=(28, 4, 28, 24))
        inside.addLayout(self._right, 1)
        self.setLayout(inside)

    def _begin(self, today: Today) -> None:
        self._today = today
        self.bar = SpanBar(today.day)
        self.bar.show_state(self.shell.remembered.read(_KEPT))
        self._right.insertWidget(0, self.bar)
        self._right.setStretch(1, 1)
        self.bar.changed.connect(self._again)
        self.bridge.ask(self, self._listed, list_reports)

    def _listed(self, reports: Sequence[ReportFacts]) -> None:
        self.picker.show_reports(reports)
        kept = str(self.shell.remembered.read(_KEPT).get("report", ""))
        wanted = self._target or kept
        self.picker.choose(wanted if wanted in self.picker.keys else FIRST)

    # --- one report

    def _ask(self, key: str) -> None:
        if self.bar is None:
            return
        self._target = key
        self._asked += 1
        self.shell.remembered.write(_KEPT, {"report": key, **self.bar.state()})
        self.bridge.ask(
            self, partial(self._show, self._asked), run_report, key, self.bar.period,
            self.bar.other_period,
        )  # fmt: skip

    def _again(self) -> None:
        if self._target:
            self._ask(self._target)

    def _show(self, asked: int, report: Report) -> None:
        if asked != self._asked:
            return
        self.report = report
        spoken = words(language())
        self.card.title.setText(say(report.facts.title))
        told = [say(report.facts.about), period_text(report.period, spoken)]
        if report.against is not None:
            other = period_text(report.against, spoken)
            told.append(tr("beside {period}", period=other))
        self.card.tell(" · ".join(told))
        self.picture.show_report(report)
        self._show_table(report)
        self.empty.setVisible(not report.rows)
        self.sums.setText(totals_line(report) if report.rows else "")
        self.hint.setText(tr("Enter shows what is behind a row") if report.rows else "")

    def _show_table(self, report: Report) -> None:
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        columns, key = columns_of(report), f"report-{report.facts.key}"
        self.table = RecordTable(say(report.facts.title), columns)
        self.kept = KeptColumns(self.table, columns, self.shell.remembered, key)
        self._place.addWidget(self.table)
        order = self.shell.remembered.read(f"order/{key}")
        known = any(one.sort and order.get("by") == one.sort for one in columns)
        sort = Sort(str(order["by"]), bool(order.get("descending"))) if known else None
        self.table.show_records(report.rows, sort)
        self.table.sorted_by.connect(partial(self._remember_order, key))
        self.table.setVisible(bool(report.rows))
        self.table.activated_row.connect(self.open_row)
        self.table.copied.connect(self._copied)

    def _remember_order(self, key: str, sort: Sort) -> None:
        kept = {"by": sort.by, "descending": sort.descending}
        self.shell.remembered.write(f"order/{key}", kept)

    def _copied(self, rows: int, left_out: int) -> None:
        self.shell.tell(copied_text(rows, left_out))

    # --- what is behind a number

    def open_row(self, at: int) -> None:
        """Show what is behind a row."""
        found = None if self.table is None else self.table.record(at)
        if found is None or self.report is None:
            return
        if not self.bridge.can(rows_behind):
            self.shell.tell(self.bridge.why_not(rows_behind))
            return
        title = f"{say(self.report.facts.title)}: "
        title += row_label(self.report, found, words(language()))
        self.bridge.ask(
            self, partial(self._show_behind, title), rows_behind, self.report.facts.key,
            found.key, self.report.period,
        )  # fmt: skip

    def _show_behind(self, title: str, found: Behind) -> None:
        if self._today is not None:
            self.behind = BehindDialog(title, self._today.venue, found, self)
            self.behind.opened.connect(partial(self.shell.go, "orders"))
            hand_out_of(self.shell, self.behind, self.behind.table, export_shown_report, "behind")
            self.behind.open()

    # --- files

    def ask_export(self, first: FileFormat | None = None, *_: object) -> None:
        """Ask how what is shown is handed out."""
        if self.report is None:
            return
        title = say(self.report.facts.title)
        personal = self.report.facts.personal
        name = f"{self.report.facts.key}-{self.report.period.first or ''}"
        self.dialog = HandoverDialog(
            tr("Export: {title}", title=title), name.rstrip("-"), self,
            formats=LOCKABLE if personal else EVERY, personal=personal,
            own=self.bridge.app.actor.name, first=None if personal else first,
        )  # fmt: skip
        self.dialog.wished.connect(partial(self._begin_file, self.report))
        self.dialog.open()

    def _begin_file(self, report: Report, wish: HandWish) -> None:
        if wish.to.format is not FileFormat.PRINT:
            self._write(report, wish)
            return
        self.printing = PaperPrint(self.shell, self, self._printed)
        self.printing.ask(
            say(report.facts.title),
            lambda printer: self._write(report, replace(wish, path=Path(printer))),
        )

    def _printed(self, pages: int) -> None:
        self.shell.tell(printed_text(pages))

    def _copy(self) -> None:
        if self.table is not None:
            self.table.copy_shown()

    def _write(self, report: Report, wish: HandWish) -> None:
        self.bridge.start(
            self, self._written, msg("Writing the file"), export_report, report.facts.key,
            report.period, wish.path, wish.to, against=report.against, password=wish.password,
        )  # fmt: skip

    def _written(self, made: HandedOut) -> None:
        if made.paper and self.printing is not None:
            self.printing.draw(made.paper)
            return
        self.shell.tell(tr("{file} is written", file=made.file.name))

    # --- keeping up

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & _TABLES and self.isVisible() and not self._rest.isActive():
            self._rest.start()
