"""The dialog of a supply: entered as it stands on the invoice, kept for later or received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.screens.stock.lines import AnyLines, Product
from desktop_app.gui.screens.stock.paper_forms import PaperForm, chosen, storage_offers
from desktop_app.gui.screens.stock.supply_line import SupplyLineEdit
from desktop_app.gui.screens.stock.wording import money_of, typed_share
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.ask_dialog import DAY, TIME, choose, typed_day, typed_time
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.quantity import plain
from desktop_app.stock.records import (
    DraftRow,
    PackageRow,
    StorageRow,
    SupplierRow,
    SupplyForm,
    SupplyLine,
)

_WIDE, _HIGH = 900, 700


@dataclass(frozen=True, slots=True)
class SupplyOffers:
    """What a supply is chosen from."""

    storages: Sequence[StorageRow]
    suppliers: Sequence[SupplierRow]
    products: Sequence[Product]
    packages: Sequence[PackageRow]


class SupplyDialog(PaperForm):
    """Asks for a supply: `asked(SupplyForm, paid)` to receive it, `kept(SupplyForm)` for later.

    Of a draft `thrown` when it is to be forgotten.
    """

    asked = Signal(object, bool)
    kept = Signal(object)
    thrown = Signal()

    def __init__(
        self,
        offers: SupplyOffers,
        currency: str,
        time: VenueTime,
        parent: QWidget,
        draft: DraftRow | None = None,
    ) -> None:
        super().__init__(
            tr("New supply") if draft is None else tr("Entered supply"),
            tr("As it stands on the invoice. It is in the stock as soon as it is received."),
            tr("Receive"),
            parent,
        )
        self.resize(_WIDE, _HIGH)
        self.draft = draft
        self.confirm: ConfirmDialog | None = None
        self._currency, self._time = currency, time
        self._kept_lines: list[SupplyLine] = []
        self._forms: list[Form] = [self.form]
        self.storage, self.supplier = QComboBox(), QComboBox()
        self.invoice, self.at, self.due, self.tax = (QLineEdit() for _ in range(4))
        self.note = QLineEdit()
        self.tax_added = QCheckBox(tr("The tax comes on top of the amounts"))
        self.reclaimed = QCheckBox(tr("The tax is given back"))
        self.paid = QCheckBox(tr("Paid out of the till at once"))
        self.lines: AnyLines[SupplyLineEdit] = AnyLines(
            offers.products, lambda one: self._line(one, offers.packages)
        )
        self.total = label("", 15, 600, tabular=True, wrap=True)
        self._fill(offers)
        self._lay_out()
        self._add_buttons()
        self._connect()
        if draft is not None:
            self._show(draft.form)
        self._show_total()

    def allow_deeds(self, why_not_receive: str, why_not_keep: str) -> None:
        """Hold what the person may not do, and say why."""
        allow(self.done_button, why_not_receive)
        allow(self.keep_button, why_not_keep)
        if self.draft is not None:
            allow(self.throw_button, why_not_keep)

    @override
    def refuse(self, error: AppError) -> None:
        """Say beside its field why it did not work; nothing was changed."""
        self.allow_again()
        if isinstance(error, InvalidError) and any(one.show_error(error) for one in self._forms):
            return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def allow_again(self) -> None:
        """Let what is typed be sent again."""
        for made in (self.done_button, self.keep_button):
            made.setEnabled(not made.toolTip())

    @override
    def finish(self) -> None:
        """Send it to be received, or say beside the field what is wrong with it."""
        for form in self._forms:
            form.clear_errors()
        super().finish()

    @override
    def send(self) -> None:
        """Send the supply to be received."""
        self.asked.emit(self.typed(), self.paid.isChecked())

    def keep(self) -> None:
        """Send the supply to be kept for later."""
        for form in self._forms:
            form.clear_errors()
        self.banner.hide()
        self.keep_button.setEnabled(False)
        try:
            self.kept.emit(self.typed())
        except InvalidError as error:
            self.refuse(error)

    @property
    def is_changed(self) -> bool:
        """Tell whether something stands here that the draft does not say."""
        try:
            return self.draft is None or self.typed() != self.draft.form
        except InvalidError:
            return True

    def typed(self) -> SupplyForm:
        """Return the supply as it is typed; InvalidError where something cannot be."""
        tax = self._tax()
        at, due = typed_time(self.at.text(), "at"), typed_day(self.due.text(), "due_date")
        when = None if at is None else self._time.from_local(at)
        was = self.draft.form.at if self.draft is not None else None
        if when is not None and was is not None and self.at.text() == self._wall(was):
            when = was  # to the millisecond, as it was
        lines = [line.typed(tax) for line in self.lines.lines]
        supplier = int(self.supplier.currentData()) or None
        return SupplyForm(
            chosen(self.storage), [*lines, *self._kept_lines], supplier, when,
            self.invoice.text().strip(), due, not self.tax_added.isChecked(),
            self.reclaimed.isChecked(), self.note.text().strip(),
        )  # fmt: skip

    # --- building

    def _line(self, product: Product, packages: Sequence[PackageRow]) -> SupplyLineEdit:
        own = [one for one in packages if one.product_id == product[0]]
        return SupplyLineEdit(product, own, self._currency)

    def _fill(self, offers: SupplyOffers) -> None:
        for id_, words in storage_offers(offers.storages):
            self.storage.addItem(words, str(id_))  # as text: Qt's numbers have 32 bits
        self.supplier.addItem(tr("Nobody named"), "0")
        for one in offers.suppliers:
            self.supplier.addItem(one.form.name, str(one.id))

    def _lay_out(self) -> None:
        fields: list[list[tuple[str, str, QComboBox | QLineEdit]]] = [
            [("storage", tr("Storage"), self.storage), ("supplier", tr("Supplier"), self.supplier),
             ("invoice", tr("Number of the invoice"), self.invoice)],
            [("at", tr("When it came"), self.at), ("due_date", tr("To be paid by"), self.due),
             ("tax", tr("Tax, per cent"), self.tax)],
        ]  # fmt: skip
        self.at.setPlaceholderText(tr("now"))
        self.due.setPlaceholderText(tr("as agreed with the supplier"))
        self.tax.setPlaceholderText(tr("Such as 18; nothing for none"))
        self.form.hide()
        for line in fields:
            side = row(gap=14)
            for name, title, control in line:
                control.setFont(font(13))
                form = Form()
                form.add(name, title, control)
                self._forms.append(form)
                side.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(side)
        ticks = row(gap=14)
        for box in (self.tax_added, self.reclaimed, self.paid):
            box.setFont(font(13))
            ticks.addWidget(box)
        ticks.addStretch(1)
        self.body.addLayout(ticks)
        self.body.addWidget(self.lines, 1)
        note = Form()
        self.note.setFont(font(13))
        note.add("note", tr("Note"), self.note)
        self._forms.append(note)
        self.body.addWidget(note)
        self.body.addWidget(self.total)

    def _add_buttons(self) -> None:
        self.buttons.removeWidget(self.done_button)  # the last is the one that most want
        self.keep_button = self.add_button(tr("Keep for later"), icon_name="save")
        self.keep_button.clicked.connect(self.keep)
        self.throw_button = self.add_button(tr("Throw it away"), icon_name="trash-2")
        self.throw_button.clicked.connect(self.thrown)
        self.throw_button.setVisible(self.draft is not None)
        self.buttons.removeWidget(self.throw_button)
        self.buttons.insertWidget(0, self.throw_button)
        self.buttons.insertStretch(1, 1)
        self.buttons.addWidget(self.done_button)

    def _connect(self) -> None:
        self.lines.changed.connect(self._show_total)
        self.tax.textEdited.connect(self._show_total)
        self.tax_added.toggled.connect(self._show_total)

    def _show(self, form: SupplyForm) -> None:
        choose(self.storage, str(form.storage_id))
        choose(self.supplier, str(form.supplier_id or 0))
        self.invoice.setText(form.invoice)
        self.at.setText("" if form.at is None else self._wall(form.at))
        self.due.setText("" if form.due_date is None else form.due_date.strftime(DAY))
        self.note.setText(form.note)
        self.tax_added.setChecked(not form.tax_included)
        self.reclaimed.setChecked(form.tax_reclaimed)
        taxes = {line.tax_bp for line in form.lines}
        if len(taxes) > 1:
            self.tax.setPlaceholderText(tr("differs by line"))
        elif taxes and taxes != {0}:
            self.tax.setText(plain(taxes.pop() * 10))
        for line in form.lines:
            if self.lines.knows(line.product_id):
                self.lines.add_another(line.product_id, enter=False).show_line(line)
            else:
                self._kept_lines.append(line)  # of a product that was put away

    def _wall(self, at: datetime) -> str:
        return self._time.local(at).strftime(TIME)

    def _tax(self) -> int | None:
        """Return the tax of every line; None where each keeps its own."""
        text = self.tax.text().strip()
        if not text and self.draft is not None:
            lines = self.draft.form.lines
            return None if len({line.tax_bp for line in lines}) > 1 else 0
        return typed_share(text, "tax")

    def _show_total(self, *_: object) -> None:
        try:
            share = self._tax()
        except InvalidError:
            share = 0
        included = not self.tax_added.isChecked()
        sums = [line.sums(share, included=included) for line in self.lines.lines]
        text = tr(
            "Total {amount}, of it tax {tax}",
            amount=money_of(sum(total for total, _ in sums), self._currency),
            tax=money_of(sum(tax for _, tax in sums), self._currency),
        )
        if self._kept_lines:
            n = len(self._kept_lines)
            text += " · " + ntr("{n} line more of products put away",
                                "{n} lines more of products put away", n, n=n)  # fmt: skip
        self.total.setText(text)
