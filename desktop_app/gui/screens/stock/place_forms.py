"""The dialogs about suppliers, storages, payments and taking back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.format import bare, day
from desktop_app.gui.screens.stock.paper_forms import PaperForm
from desktop_app.gui.screens.stock.wording import typed_money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.ask_dialog import typed_day
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.stock.records import StorageForm, StorageRow, SupplierForm


class SupplierDialog(PaperForm):
    """Asks who a supplier is; `asked(SupplierForm)`."""

    asked = Signal(object)

    def __init__(self, known: SupplierForm | None, parent: QWidget) -> None:
        title = tr("New supplier") if known is None else known.name
        super().__init__(title, "", tr("Save"), parent)
        was = known or SupplierForm("")
        self.name = self.add_line("name", tr("Name"))
        self.tax_id = self.add_line("tax_id", tr("Tax id"))
        self.phone = self.add_line("phone", tr("Phone"))
        self.email = self.add_line("email", tr("E-mail"))
        self.address = self.add_line("address", tr("Address"))
        self.days = self.add_line("days_to_pay", tr("Days to pay"))
        self.note = self.add_line("note", tr("Note"))
        self.used = QCheckBox(tr("In use"))
        self.used.setFont(font(13))
        self.used.setChecked(was.active)
        self.body.addWidget(self.used)
        for field, text in (
            (self.name, was.name), (self.tax_id, was.tax_id), (self.phone, was.phone),
            (self.email, was.email), (self.address, was.address), (self.note, was.note),
            (self.days, str(was.days_to_pay)),
        ):  # fmt: skip
            field.setText(text)
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send who it is."""
        days = self.days.text().strip() or "0"
        if not (days.isascii() and days.isdigit() and len(days) < 5):  # noqa: PLR2004
            raise InvalidError(msg("Write a number of days."), field="days_to_pay")
        self.asked.emit(
            SupplierForm(
                self.name.text(), self.tax_id.text(), self.phone.text(), self.email.text(),
                self.address.text(), int(days), self.note.text(), self.used.isChecked(),
            )
        )  # fmt: skip


class StorageDialog(PaperForm):
    """Asks for a new storage, or what one is like; `asked(StorageForm)`."""

    asked = Signal(object)

    def __init__(self, known: StorageRow | None, parent: QWidget, *, first: bool) -> None:
        super().__init__(
            known.form.name if known else tr("New storage"),
            tr("A place where stock lies: kitchen, bar, cellar."),
            tr("Save") if known else tr("Add"), parent,
        )  # fmt: skip
        was = known.form if known else StorageForm("", sells=first)
        self.name = self.add_line("name", tr("Name"), was.name)
        self.sells = QCheckBox(tr("Sales take from it"))
        self.used = QCheckBox(tr("In use"))
        for box, ticked in ((self.sells, was.sells), (self.used, was.active)):
            box.setFont(font(13))
            box.setChecked(ticked)
            self.body.addWidget(box)
        since = "" if was.since is None or known is None else day(was.since, language())
        self.since = self.add_line("since", tr("Sales take from it from this day on"), since)
        self.since.setPlaceholderText(tr("from today on"))
        self.used.setVisible(known is not None)
        self.sells.toggled.connect(self.form.row("since").setVisible)
        self.form.row("since").setVisible(was.sells)
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send the storage."""
        since = typed_day(self.since.text(), "since") if self.sells.isChecked() else None
        self.asked.emit(
            StorageForm(self.name.text(), self.sells.isChecked(), since, self.used.isChecked())
        )


class PayDialog(PaperForm):
    """Asks how much is paid for a supply; `asked(minor units, note)`."""

    asked = Signal(object, str)

    def __init__(self, owed: int, currency: str, parent: QWidget) -> None:
        super().__init__(
            tr("Pay for the supply"), tr("The money goes out of the till."), tr("Pay"), parent
        )
        self._currency = currency
        self.amount = self.add_line("amount", tr("Amount ({currency})", currency=currency))
        self.amount.setText(bare(owed, currency, language()))
        self.note = self.add_line("note", tr("Note"))
        self.amount.selectAll()
        self.amount.setFocus()

    @override
    def send(self) -> None:
        """Send the payment."""
        self.asked.emit(typed_money(self.amount.text(), self._currency), self.note.text())


class ReasonDialog(PaperForm):
    """Asks why something is taken back; `asked(reason)`."""

    asked = Signal(str)

    def __init__(self, title: str, sentence: str, parent: QWidget) -> None:
        super().__init__(title, sentence, tr("Take it back"), parent)
        self.reason = self.add_line("reason", tr("Why"))
        self.reason.setFocus()

    @override
    def send(self) -> None:
        """Send the reason."""
        self.asked.emit(self.reason.text())
