"""The dialogs that show: a paper with its lines, a product's moves, the difference of a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop_app.gui.format import moment
from desktop_app.gui.screens.stock.wording import money_of, much_of, paper_mood, paper_name
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.stock.kinds import MOVES, PaperKind
from desktop_app.stock.records import MoveRow, PaperCard, Variance

_WIDE = 660


class Grid(QScrollArea):
    """Rows of words under headings; the first column stretches, the others are numbers."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for at, heading in enumerate(headings):
            grid.addWidget(_cell(heading, at, tone="muted"), 0, at)
        for down, texts in enumerate(rows, 1):
            for at, text in enumerate(texts):
                grid.addWidget(_cell(text, at), down, at)
        grid.setRowStretch(len(rows) + 1, 1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(220)
        self.setWidget(inside)


def _cell(text: str, at: int, tone: str = "") -> QWidget:
    made = label(text, 12 if tone else 13, tone="muted" if tone else "", tabular=at > 0)
    if at:
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
    else:
        made.setWordWrap(True)
    return made


class PaperDialog(Dialog):
    """Shows a posted paper; `pay_wanted`, `unpay_wanted`, `back_wanted` when asked."""

    pay_wanted = Signal()
    unpay_wanted = Signal()
    back_wanted = Signal()

    def __init__(
        self,
        card: PaperCard,
        currency: str,
        local: Callable[[datetime], datetime],
        why_not: tuple[str, str],
        parent: QWidget,
    ) -> None:
        one = card.row
        super().__init__(paper_name(one), moment(local(one.at), language()), parent)
        self.setMinimumWidth(_WIDE)
        self.card = card
        about = " · ".join(
            text
            for text in (
                one.storage, one.target if one.target != one.storage else "", one.supplier,
                one.invoice, one.reason,
            )
            if text
        )  # fmt: skip
        self.body.addLayout(row(Badge(paper_mood(one)), label(about, 13, wrap=True), None, gap=10))
        self.body.addWidget(
            Grid(
                [tr("Product"), tr("Quantity"), tr("Amount"), tr("Tax"), tr("Cost")],
                [
                    [
                        line.name, much_of(line.quantity, line.unit),
                        money_of(line.amount_minor, currency) if line.amount_minor else "–",
                        money_of(line.tax_minor, currency) if line.tax_minor else "–",
                        money_of(line.cost_minor, currency),
                    ]
                    for line in card.lines
                ],
            ),
            1,
        )  # fmt: skip
        supplied = one.kind is PaperKind.SUPPLY
        total = one.total_minor if supplied else one.cost_minor
        sums = tr("Total {amount}", amount=money_of(total, currency))
        if one.unpaid_minor:
            sums += " · " + tr("{amount} owed", amount=money_of(one.unpaid_minor, currency))
        self.body.addWidget(label(sums, 15, 600, tabular=True))
        if card.note:
            self.body.addWidget(label(card.note[:1000], 12, tone="soft", wrap=True))
        self._offer(one.unpaid_minor, why_not)

    def _offer(self, owed: int | None, why_not: tuple[str, str]) -> None:
        one = self.card.row
        may_pay, may_reverse = why_not
        holds = one.reverses_id is None and one.reversed_by is None
        if holds:
            back = self.add_button(tr("Take back…"), icon_name="rotate-ccw")
            allow(back, may_reverse)
            back.clicked.connect(self.back_wanted)
        if holds and any(paid.amount_minor > 0 for paid in self.card.payments):
            unpay = self.add_button(tr("Take payments back…"))
            allow(unpay, may_pay)
            unpay.clicked.connect(self.unpay_wanted)
        if owed:
            pay = self.add_button(tr("Pay…"), "primary", "banknote")
            allow(pay, may_pay)
            pay.clicked.connect(self.pay_wanted)
        self.add_button(tr("Close")).clicked.connect(self.accept)


class MovesDialog(Dialog):
    """Shows how stock of a product moved; `packages_wanted` when asked how it is bought."""

    packages_wanted = Signal()

    def __init__(
        self,
        name: str,
        moves: Sequence[MoveRow],
        currency: str,
        local: Callable[[datetime], datetime],
        parent: QWidget,
    ) -> None:
        super().__init__(name, tr("The newest moves; sales are one line a day."), parent)
        self.setMinimumSize(_WIDE, 520)
        rows = [
            [
                f"{say(MOVES[one.kind])} · {one.storage}", moment(local(one.at), language()),
                much_of(one.quantity, one.unit), money_of(one.cost_minor, currency),
            ]
            for one in moves
        ]  # fmt: skip
        self.grid = Grid([tr("Why"), tr("Time"), tr("Quantity"), tr("Cost")], rows)
        self.body.addWidget(self.grid, 1)
        if not moves:
            self.body.addWidget(label(tr("Nothing has moved yet."), tone="muted"))
        self.packages = self.add_button(tr("Packages…"), icon_name="package")
        self.packages.clicked.connect(self.packages_wanted)
        self.add_button(tr("Close"), "primary").clicked.connect(self.accept)


class VarianceDialog(Dialog):
    """Shows what was counted against what should be; `approved` or `refused` on the buttons."""

    approved = Signal()
    refused = Signal()

    def __init__(
        self, rows: Sequence[Variance], currency: str, *, open_: bool, parent: QWidget
    ) -> None:
        super().__init__(
            tr("Difference of the stock-take"),
            tr("What was counted, against what there should have been at that moment."),
            parent,
        )
        self.setMinimumSize(_WIDE, 520)
        self.rows = rows
        self.body.addWidget(
            Grid(
                [tr("Product"), tr("Counted"), tr("Expected"), tr("Difference"), tr("Value")],
                [
                    [
                        one.name, much_of(one.counted, one.unit), much_of(one.expected, one.unit),
                        much_of(one.difference, one.unit), money_of(one.value_minor, currency),
                    ]
                    for one in rows
                ],
            ),
            1,
        )  # fmt: skip
        worth = sum(one.value_minor for one in rows)
        text = tr("Difference in all: {amount}", amount=money_of(worth, currency))
        self.body.addWidget(label(text, 15, 600, tabular=True))
        self.add_cancel()
        if open_:
            self.refuse_button = self.add_button(tr("Count again"))
            self.refuse_button.clicked.connect(self.refused)
            self.approve_button = self.add_button(tr("Approve"), "primary")
            self.approve_button.clicked.connect(self.approved)
