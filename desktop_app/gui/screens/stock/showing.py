"""The dialogs that show: a paper with its lines, a product's moves, the difference of a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.format import moment
from desktop_app.gui.screens.stock.wording import (
    amount_of,
    day_of,
    lined_up,
    money_of,
    much_of,
    paper_mood,
    paper_name,
    unit_of,
)
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.menu.kinds import Unit
from desktop_app.stock.kinds import MOVES, PaperKind
from desktop_app.stock.records import MoveRow, PaperCard, PaperLine, Variance

R = TypeVar("R")

_WIDE = 720


class TableDialog(Dialog):
    """A dialog that shows rows in a `table`, which can be handed out."""

    table: RecordTable[Any, None]
    facts: Sequence[tuple[str, str]] = ()
    """What stands above the rows on paper."""
    signatures: Sequence[str] = ()
    """Who signs below them."""

    def show_rows(self, columns: Sequence[Column[R]], rows: Sequence[R]) -> None:
        """Show rows in columns."""
        self.table = RecordTable(self.windowTitle(), columns)
        self.table.setMinimumHeight(220)
        self.table.show_records(rows)
        self.body.addWidget(self.table, 1)


def _much(
    heading: str, key: str, value: Callable[[R], int], unit: Callable[[R], Unit]
) -> Column[R]:
    return Column(
        heading, lambda one: lined_up(value(one), unit(one)), 104, "number", sort=key,
        sort_value=value, raw=lambda one: amount_of(value(one), unit(one)),
    )  # fmt: skip


def _unit(unit: Callable[[R], Unit]) -> Column[R]:
    return Column(tr("Unit"), lambda one: unit_of(unit(one)), 68, "dim", key="unit")


def _money(heading: str, key: str, value: Callable[[R], int | None], currency: str) -> Column[R]:
    def raw(one: R) -> str:
        minor = value(one)
        return "" if minor is None else major(minor, currency)

    return Column(
        heading, lambda one: money_of(value(one), currency), 110, "money", sort=key,
        sort_value=lambda one: value(one) or 0, raw=raw,
    )  # fmt: skip


class PaperDialog(TableDialog):
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
        self.facts = _facts(card, currency, local)
        self.signatures = _signatures(one.kind)
        about = " · ".join(
            text
            for text in (
                one.storage, one.target if one.target != one.storage else "", one.supplier,
                one.invoice, one.reason,
            )
            if text
        )  # fmt: skip
        self.body.addLayout(row(Badge(paper_mood(one)), label(about, 13, wrap=True), None, gap=10))
        columns: list[Column[PaperLine]] = [
            Column(tr("Product"), lambda line: line.name, 180, "strong", stretch=True, sort="name",
                   sort_value=lambda line: fold(line.name)),
            _much(tr("Quantity"), "quantity", lambda line: line.quantity, lambda line: line.unit),
            _unit(lambda line: line.unit),
        ]  # fmt: skip
        supplied = one.kind is PaperKind.SUPPLY
        if supplied:
            columns += [
                _money(tr("Amount"), "amount", lambda line: line.amount_minor or None, currency),
                _money(tr("Tax"), "tax", lambda line: line.tax_minor or None, currency),
            ]
        columns.append(_money(tr("Cost"), "cost", lambda line: line.cost_minor, currency))
        self.show_rows(columns, card.lines)
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


def _facts(
    card: PaperCard, currency: str, local: Callable[[datetime], datetime]
) -> Sequence[tuple[str, str]]:
    """Return what stands at the top of a paper that is printed."""
    one = card.row
    supplied = one.kind is PaperKind.SUPPLY
    moved = one.target and one.target != one.storage
    made_much = ""
    if card.made is not None and card.made_unit is not None:
        made_much = much_of(card.made.quantity, card.made_unit)
    return [
        (title, text)
        for title, text in (
            (tr("Time"), moment(local(one.at), language())),
            (tr("Storage"), f"{one.storage} → {one.target}" if moved else one.storage),
            (tr("Supplier"), one.supplier),
            (tr("Invoice"), one.invoice),
            (tr("Due"), day_of(one.due_date) if one.due_date else ""),
            (tr("Made"), f"{card.made_name} · {made_much}" if made_much else ""),
            (tr("Reason"), one.reason),
            (tr("Without tax"), money_of(card.net_minor, currency) if supplied else ""),
            (tr("Tax"), money_of(card.tax_minor, currency) if supplied else ""),
            (tr("Total"), money_of(one.total_minor if supplied else one.cost_minor, currency)),
            (tr("Owed"), money_of(one.unpaid_minor, currency) if one.unpaid_minor else ""),
            (tr("Note"), card.note),
        )
        if text
    ]


def _signatures(kind: PaperKind) -> Sequence[str]:
    handed, received, agreed = tr("Handed over by"), tr("Received by"), tr("Agreed by")
    return {
        PaperKind.SUPPLY: [handed, received],
        PaperKind.TRANSFER: [handed, received],
        PaperKind.WRITE_OFF: [tr("Written off by"), agreed],
        PaperKind.PRODUCTION: [tr("Made by"), received],
        PaperKind.COUNT: [tr("Counted by"), agreed],
    }[kind]


class MovesDialog(TableDialog):
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
        columns: list[Column[MoveRow]] = [
            Column(tr("Why"), lambda one: f"{say(MOVES[one.kind])} · {one.storage}", 200, "strong",
                   stretch=True, sort="why", sort_value=lambda one: say(MOVES[one.kind])),
            Column(tr("Time"), lambda one: moment(local(one.at), language()), 160, "dim",
                   sort="time", sort_value=lambda one: one.at),
            _much(tr("Quantity"), "quantity", lambda one: one.quantity, lambda one: one.unit),
            _unit(lambda one: one.unit),
            _money(tr("Cost"), "cost", lambda one: one.cost_minor, currency),
        ]  # fmt: skip
        self.show_rows(columns, moves)
        if not moves:
            self.body.addWidget(label(tr("Nothing has moved yet."), tone="muted"))
        self.packages = self.add_button(tr("Packages…"), icon_name="package")
        self.packages.clicked.connect(self.packages_wanted)
        self.add_button(tr("Close"), "primary").clicked.connect(self.accept)


class VarianceDialog(TableDialog):
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
        self.setMinimumSize(_WIDE + 60, 520)
        self.rows = rows
        columns: list[Column[Variance]] = [
            Column(tr("Product"), lambda one: one.name, 180, "strong", stretch=True, sort="name",
                   sort_value=lambda one: fold(one.name)),
            _much(tr("Counted"), "counted", lambda one: one.counted, lambda one: one.unit),
            _much(tr("Expected"), "expected", lambda one: one.expected, lambda one: one.unit),
            _much(tr("Difference"), "gap", lambda one: one.difference, lambda one: one.unit),
            _unit(lambda one: one.unit),
            _money(tr("Value"), "value", lambda one: one.value_minor, currency),
        ]  # fmt: skip
        self.show_rows(columns, rows)
        worth = sum(one.value_minor for one in rows)
        text = tr("Difference in all: {amount}", amount=money_of(worth, currency))
        self.body.addWidget(label(text, 15, 600, tabular=True))
        self.add_cancel()
        if open_:
            self.refuse_button = self.add_button(tr("Count again"))
            self.refuse_button.clicked.connect(self.refused)
            self.approve_button = self.add_button(tr("Approve"), "primary")
            self.approve_button.clicked.connect(self.approved)
