"""What an import would add, or has added: figures, notices, and every problem with its place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from desktop_app.exchange.records import RowProblem
from desktop_app.exchange.reports import ImportReport
from desktop_app.gui.format import money, number
from desktop_app.gui.screens.imports.wording import days_text, source_text
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label, set_tone
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.words import Message

_ACROSS = 4
_TABLE_ROWS = 6
_ROW = 44


class Outcome(Card):
    """Shows a preview (`import_wanted`, `left`) or a result (`left`, `orders_wanted`)."""

    import_wanted = Signal()
    left = Signal()
    orders_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("What would come in"), " ")
        self.report: ImportReport | None = None
        self._figures: dict[str, QLabel] = {}
        self.go = button(tr("Import"), "download", "primary", on_click=self.import_wanted)
        self.show_orders = button(tr("Show the orders"), "receipt-text", "primary")
        self.show_orders.clicked.connect(self.orders_wanted)
        self.leave = button(tr("Choose other files"), on_click=self.left)
        self.verdict = Badge(Mood(tr("Nothing is stored yet"), "info"))
        self.problems: RecordTable[RowProblem, None] = RecordTable(
            tr("Problems"), _problem_columns()
        )
        self.problem_line = label("", 13, 600, wrap=True)
        self._notices = column(gap=6)
        self._lay_out()

    def show_preview(self, report: ImportReport, titles: Mapping[str, Message]) -> None:
        """Show what would come in."""
        self.title.setText(tr("What would come in"))
        fresh = bool(report.orders_added or report.customers_added)
        mood = Mood(tr("Nothing is stored yet"), "info")
        if not fresh:
            mood = Mood(tr("Nothing new: all of it is here already"), "warn")
            if not report.already_known:
                mood = Mood(tr("Nothing can come in"), "warn")
        self.verdict.show_mood(mood)
        self.go.setVisible(True)
        self.go.setEnabled(fresh)
        self.show_orders.hide()
        retitle(self.leave, tr("Choose other files"))
        self._show(report, titles)

    def show_result(self, report: ImportReport, titles: Mapping[str, Message]) -> None:
        """Show what came in."""
        self.title.setText(tr("What came in"))
        self.verdict.show_mood(Mood(tr("Imported"), "ok", "circle-check"))
        self.go.hide()
        self.show_orders.setVisible(bool(report.orders_added))
        retitle(self.leave, tr("Import more files"))
        self._show(report, titles)

    def figure(self, key: str) -> str:
        """Return what is shown of a figure."""
        return self._figures[key].text()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        for at, (key, title) in enumerate(_figure_titles()):
            value = label("–", 20, 600, tabular=True)
            self._figures[key] = value
            box = column(label(title, 12, tone="muted"), value, gap=1)
            grid.addLayout(box, at // _ACROSS, at % _ACROSS)
            grid.setColumnStretch(at % _ACROSS, 1)
        self.body.addLayout(row(self.verdict, None))
        self.body.addSpacing(4)
        self.body.addLayout(grid)
        self.body.addSpacing(4)
        self.body.addLayout(self._notices)
        self.add(self.problem_line, self.problems)
        self.body.addLayout(row(self.go, self.show_orders, self.leave, None))

    def _show(self, report: ImportReport, titles: Mapping[str, Message]) -> None:
        self.report = report
        self.tell(source_text(report.source, titles))
        spoken = language()
        for key, value in {
            "orders": number(report.orders_added, spoken),
            "lines": number(report.lines_added, spoken),
            "customers": number(report.customers_added, spoken),
            "products": number(report.products_added, spoken),
            "revenue": money(report.revenue_minor, report.currency, spoken),
            "known": number(report.already_known, spoken),
            "rejected": number(report.rejected, spoken),
        }.items():
            self._figures[key].setText(value)
        days = self._figures["days"]
        days.setText(days_text(report.first_day, report.last_day))
        set_tone(self._figures["rejected"], "bad" if report.rejected else "")
        self._show_notices(report)
        self._show_problems(report)

    def _show_notices(self, report: ImportReport) -> None:
        clear(self._notices)
        for notice in report.notices:
            line = row(IconLabel("info", "info", 16), gap=8)
            line.addWidget(label(say(notice), 13, tone="soft", wrap=True), 1)
            self._notices.addLayout(line)

    def _show_problems(self, report: ImportReport) -> None:
        problems = report.problems
        self.problem_line.setVisible(bool(problems))
        self.problems.setVisible(bool(problems))
        if not problems:
            return
        kept = len(problems) - sum(one.rejected for one in problems)
        parts = [ntr("{n} problem", "{n} problems", len(problems))]
        if report.rejected:
            stays = ntr("{n} row stays out", "{n} rows stay out", report.rejected)
            parts.append(stays)
        if kept:
            parts.append(
                ntr("{n} value was doubtful, its row comes in all the same",
                    "{n} values were doubtful, their rows come in all the same", kept)
            )  # fmt: skip
        self.problem_line.setText(" · ".join(parts))
        self.problems.show_records(problems)
        height = self.problems.horizontalHeader().height() + 4
        self.problems.setFixedHeight(height + _ROW * min(_TABLE_ROWS, len(problems)))


def _figure_titles() -> tuple[tuple[str, str], ...]:
    return (
        ("orders", tr("Orders")),
        ("lines", tr("Lines")),
        ("customers", tr("Customers")),
        ("products", tr("New dishes")),
        ("revenue", tr("Revenue")),
        ("days", tr("Business days")),
        ("known", tr("Here already")),
        ("rejected", tr("Rows left out")),
    )


def _problem_columns() -> list[Column[RowProblem]]:
    return [
        Column(tr("File"), lambda one: one.file, 210),
        Column(tr("Line"), lambda one: str(one.line), 76, "number"),
        Column(tr("Field"), lambda one: one.field, 130),
        Column(tr("Reason"), lambda one: say(one.message), 280, stretch=True),
        Column(tr("What happens"), _fate, 150, mood=_fate_mood),
    ]


def _fate(one: RowProblem) -> str:
    return tr("Left out") if one.rejected else tr("Comes in")


def _fate_mood(one: RowProblem) -> Mood:
    return Mood(_fate(one), "bad" if one.rejected else "warn")
