"""Many prices at once: by how much, to what they are rounded, and what they would become."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.format import bare, money
from desktop_app.gui.screens.menu.typed import typed_money, typed_percent
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.gui.widgets.button import retitle
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import decimals
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg
from desktop_app.menu.bulk import preview_prices
from desktop_app.menu.records import NamedRow
from desktop_app.menu.repricing import PriceStep, RepriceTerms

_SIZE = (760, 680)
_REST_MS = 150
_STEPS = (1, 5, 10, 50, 100, 500)


class RepriceDialog(AskDialog):
    """Shows what prices become as one types; `asked(steps)` when they are to be so."""

    asked = Signal(object)

    def __init__(
        self, product_ids: Sequence[int], lists: Sequence[NamedRow], currency: str,
        bridge: Bridge, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(
            tr("Change prices"),
            tr("They hold from now on. Receipts keep the price they were sold at."),
            tr("Change the prices"), parent,
        )  # fmt: skip
        self.resize(*_SIZE)
        self._ids, self._currency, self._bridge = product_ids, currency, bridge
        self.steps: Sequence[PriceStep] = ()
        self.percent = self.add_line("percent", tr("By (%)"), "", tr("10, or -5 for cheaper."))
        steps = sorted({max(1, one * 10 ** decimals(currency) // 100) for one in _STEPS})
        self.step = self.add_choice(
            "step", tr("Rounded to"), [(str(one), bare(one, currency, language())) for one in steps]
        )
        self.amount, self.where = QLineEdit(), QComboBox()
        self.beside = Form()
        self._lay_out_beside(lists)
        self.from_menu = QCheckBox(tr("Worked out from the prices of the menu"))
        self.from_menu.setFont(font(13))
        self.from_menu.hide()
        self.table: RecordTable[PriceStep, None] = RecordTable(
            tr("What prices become"), _columns(currency)
        )
        self.count = label("", 12, tone="muted", tabular=True, wrap=True)
        self.body.addWidget(self.from_menu)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.count)
        self.done_button.setEnabled(False)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._connect()
        self.percent.setFocus()
        self._told()

    def _lay_out_beside(self, lists: Sequence[NamedRow]) -> None:
        """Put the amount and the choice of a list beside the first two fields."""
        self.amount.setFont(font(13, tabular=True))
        self.where.setFont(font(13))
        self.where.addItem(tr("Those of the menu"), "")
        for one in lists:
            self.where.addItem(one.name, str(one.id))  # as text: Qt's numbers have 32 bits
        self.beside.add(
            "amount", tr("And by ({currency})", currency=self._currency), self.amount,
            tr("After the per cent; -0.50 for cheaper."),
        )  # fmt: skip
        self.beside.add("list_id", tr("Which prices"), self.where)
        both = row(gap=16)
        self.body.removeWidget(self.form)
        both.addWidget(self.form, 1)
        both.addWidget(self.beside, 1)
        self.body.insertLayout(0, both)

    @override
    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        if isinstance(error, InvalidError) and self.beside.show_error(error):
            self.done_button.setEnabled(True)
            return
        super().refuse(error)

    def _connect(self) -> None:
        self._rest.timeout.connect(self._ask)
        for line in (self.percent, self.amount):
            line.textEdited.connect(self._typed)
        self.step.activated.connect(self._typed)
        self.where.activated.connect(self._typed)
        self.from_menu.toggled.connect(self._typed)

    @override
    def send(self) -> None:
        """Send the steps in sight."""
        if not self.steps:
            raise InvalidError(msg("No price changes by this."))
        self.asked.emit(self.steps)

    def _typed(self, *_: object) -> None:
        self.from_menu.setVisible(bool(self.where.currentData()))
        self.done_button.setEnabled(False)
        self.steps = ()
        self._rest.start()

    def _ask(self) -> None:
        self.form.clear_errors()
        self.beside.clear_errors()
        self.banner.hide()
        try:
            terms = self._terms()
        except InvalidError as error:
            self._none(error)
            return
        if terms == RepriceTerms():
            self._none(None)
            return
        chosen = str(self.where.currentData() or "")
        then, failed = partial(self._show, terms), self._none
        self._bridge.ask_or(
            self, then, failed, preview_prices, self._ids, terms,
            int(chosen) if chosen else None,
        )  # fmt: skip

    def _terms(self) -> RepriceTerms:
        return RepriceTerms(
            typed_percent(self.percent.text(), "percent"),
            typed_money(self.amount.text(), self._currency, "amount", empty=0),
            int(self.step.currentData()),
            self.from_menu.isChecked() and bool(self.where.currentData()),
        )

    def _none(self, error: AppError | None) -> None:
        self.table.show_records(())
        self._told()
        if error is not None:
            self.refuse(error)
        self.done_button.setEnabled(False)

    def _show(self, terms: RepriceTerms, steps: Sequence[PriceStep]) -> None:
        try:
            if terms != self._terms():
                return
        except InvalidError:
            return
        self.steps = steps
        self.table.show_records(steps)
        self.done_button.setEnabled(bool(steps))
        self._told()

    def _told(self) -> None:
        many = len(self.steps)
        chosen = ntr("{n} product", "{n} products", len(self._ids))
        changes = ntr("{n} price changes", "{n} prices change", many)
        self.count.setText(f"{chosen} · {changes}")
        words = ntr("Change {n} price", "Change {n} prices", many)
        retitle(self.done_button, words if many else tr("Change the prices"))


def _columns(currency: str) -> list[Column[PriceStep]]:
    spoken = language()

    def told(minor: int | None) -> str:
        return "–" if minor is None else money(minor, currency, spoken)

    def by(step: PriceStep) -> str:
        if step.old_minor is None or step.new_minor is None:
            return "–"
        less = step.new_minor - step.old_minor
        return ("+" if less > 0 else "") + money(less, currency, spoken)

    return [
        Column(
            tr("Name"), lambda one: one.name, 240, "strong", stretch=True, sort="name",
            sort_value=lambda one: fold(one.name),
        ),
        Column(tr("Size"), lambda one: one.variant or tr("Usual"), 110, "dim", key="size"),
        Column(tr("Before"), lambda one: told(one.old_minor), 110, "money", key="before"),
        Column(tr("After"), lambda one: told(one.new_minor), 110, "money", key="after"),
        Column(tr("Difference"), by, 110, "money", key="change"),
    ]  # fmt: skip
