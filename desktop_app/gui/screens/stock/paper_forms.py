"""The dialogs that enter papers: a write-off, a transfer, a production, a count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.screens.stock.lines import Lines, Product
from desktop_app.gui.screens.stock.wording import unit_of
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.ask_dialog import AskDialog, typed_time
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.stock.records import (
    Amount,
    CountPlace,
    StorageRow,
)

_WIDE = 620


class PaperForm(AskDialog):
    """Asks with room for lines and for the names of products."""

    def __init__(self, title: str, sentence: str, action: str, parent: QWidget) -> None:
        super().__init__(title, sentence, action, parent)
        self.setMinimumWidth(_WIDE)


class LinedForm(PaperForm):
    """A paper with `lines`, of now or of a past moment; it is not left in vain."""

    def __init__(
        self, title: str, sentence: str, action: str, time: VenueTime, parent: QWidget
    ) -> None:
        super().__init__(title, sentence, action, parent)
        self._time = time
        self.leaving: ConfirmDialog | None = None
        self.lines = Lines(())

    def add_when(self) -> QLineEdit:
        """Append the time it is of."""
        made = self.add_line("at", tr("When"))
        made.setPlaceholderText(tr("now, or such as 23.11.2026 18:30"))
        self.when = made
        return made

    def show_lines(self, products: Sequence[Product]) -> None:
        """Append the lines."""
        self.lines = Lines(products)
        self.body.addWidget(self.lines, 1)

    def moment(self) -> datetime | None:
        """Return when it was, None for now; InvalidError for what is no time."""
        typed = typed_time(self.when.text(), "at")
        return None if typed is None else self._time.from_local(typed)

    @property
    def is_typed(self) -> bool:
        """Tell whether a quantity was typed."""
        return any(line.much.text().strip() for line in self.lines.lines)

    @override
    def reject(self) -> None:
        """Leave; ask first where something was typed."""
        if not self.is_typed:
            super().reject()
            return
        self.leaving = ConfirmDialog(
            tr("Leave without storing?"), tr("What you typed is not stored and would be lost."),
            tr("Leave"), parent=self,
        )  # fmt: skip
        # Not reject: Qt would come back here.
        self.leaving.confirmed.connect(partial(self.done, QDialog.DialogCode.Rejected.value))
        self.leaving.open()


def chosen(box: QComboBox) -> int:
    """Return the number of the row chosen; InvalidError where there is none."""
    if box.currentData() is None:
        raise InvalidError(msg("There is no storage yet: add one first."), field="storage")
    return int(box.currentData())


def storage_offers(storages: Sequence[StorageRow]) -> list[tuple[str, str]]:
    """Return the storages as a choice, that of the sales first."""
    ordered = sorted(storages, key=lambda one: not one.form.sells)
    return [(str(one.id), one.form.name) for one in ordered]


class WriteOffDialog(LinedForm):
    """Asks what is written off and why; `asked(storage, amounts, reason, moment or None)`."""

    asked = Signal(object, object, str, object)

    def __init__(
        self, storages: Sequence[StorageRow], products: Sequence[Product], time: VenueTime,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(
            tr("Write off"), tr("What was spoilt, broken or lost goes out at its cost."),
            tr("Write it off"), time, parent,
        )  # fmt: skip
        self.storage = self.add_choice("storage", tr("Storage"), storage_offers(storages))
        self.reason = self.add_line("reason", tr("Why"), hint=tr("Such as “spoilt” or “broken”"))
        self.add_when()
        self.show_lines(products)

    @override
    def send(self) -> None:
        """Send what goes out."""
        reason, at = self.reason.text(), self.moment()
        self.asked.emit(chosen(self.storage), self.lines.amounts(), reason, at)


class TransferDialog(LinedForm):
    """Asks what goes where; `asked(storage, target, amounts, moment or None)`."""

    asked = Signal(object, object, object, object)

    def __init__(
        self, storages: Sequence[StorageRow], products: Sequence[Product], time: VenueTime,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(
            tr("Transfer"), tr("From one storage to another, at its cost."), tr("Move it"), time,
            parent,
        )  # fmt: skip
        self.storage = self.add_choice("storage", tr("From"), storage_offers(storages))
        self.target = self.add_choice("target", tr("To"), storage_offers(storages))
        self.target.setCurrentIndex(min(1, self.target.count() - 1))
        self.add_when()
        self.show_lines(products)

    @override
    def send(self) -> None:
        """Send what moves."""
        storage, target, at = chosen(self.storage), chosen(self.target), self.moment()
        self.asked.emit(storage, target, self.lines.amounts(), at)


class ProductionDialog(LinedForm):
    """Asks what was made; `asked(storage, amount, target, moment or None)`."""

    asked = Signal(object, object, object, object)

    def __init__(
        self, storages: Sequence[StorageRow], products: Sequence[Product], time: VenueTime,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(
            tr("Production"),
            tr("Ingredients go by the technical card, and what is made comes at their cost."),
            tr("Record it"),
            time,
            parent,
        )
        offers = storage_offers(storages)
        self.storage = self.add_choice("storage", tr("Ingredients go from"), offers)
        self.target = self.add_choice("target", tr("What is made comes to"), offers)
        self.storage.activated.connect(self.target.setCurrentIndex)
        self.form.row("target").setVisible(len(offers) > 1)
        self.add_when()
        self.show_lines(products)

    @override
    def send(self) -> None:
        """Send what was made; one product at a time."""
        made = self.lines.amounts()
        if len(made) != 1:
            raise InvalidError(msg("Record one preparation at a time."), field="lines")
        self.asked.emit(chosen(self.storage), made[0], chosen(self.target), self.moment())


class CountDialog(LinedForm):
    """Asks what was counted, without saying what should be.

    `asked(storage, amounts, note, moment or None)`.
    """

    asked = Signal(object, object, str, object)

    def __init__(self, places: Sequence[CountPlace], time: VenueTime, parent: QWidget) -> None:
        super().__init__(
            tr("Count a storage"),
            tr("Write what lies there. Nothing changes until somebody approves the difference; "
               "what is left empty was not counted."),
            tr("Hand in"),
            time,
            parent,
        )  # fmt: skip
        self._places = {one.storage_id: one for one in places}
        offers = [(str(one.storage_id), one.storage) for one in places]
        self.storage = self.add_choice("storage", tr("Storage"), offers)
        self.add_when()
        self.note = self.add_line("note", tr("Note"))
        self._products: Sequence[Product] = ()
        self.sheet: RecordTable[Product, None] = RecordTable(tr("Count sheet"), _sheet_columns())
        self.sheet.setParent(self)
        self.sheet.hide()  # it is there to be printed
        self._show_place()
        self.storage.activated.connect(self._show_place)

    def _show_place(self, *_: object) -> None:
        """Show what may lie in the storage; those of a venue have the same, which stays."""
        place = self._places.get(int(self.storage.currentData() or 0))
        products = place.products if place else ()
        if self._products == products and products:
            return
        self.body.removeWidget(self.lines)
        self.lines.hide()
        self.lines.deleteLater()
        self._products = products
        self.sheet.show_records(products)
        self.show_lines(products)
        self.lines.add_some([id_ for id_, _, _ in products])
        self.lines.setMinimumHeight(320)

    @property
    def sheet_facts(self) -> Sequence[tuple[str, str]]:
        """Return what stands at the top of an empty sheet."""
        return [(tr("Storage"), self.storage.currentText()), (tr("Time"), "…")]

    @override
    def send(self) -> None:
        """Send what was counted."""
        found = [line.amount_typed(empty=True) for line in self.lines.lines]
        counted: list[Amount] = [one for one in found if one is not None]
        self.asked.emit(chosen(self.storage), counted, self.note.text(), self.moment())


def _sheet_columns() -> list[Column[Product]]:
    """Return the columns of a sheet to count on: nothing says how much there should be."""
    return [
        Column(tr("Product"), lambda one: one[1], 320, "strong", stretch=True, key="name"),
        Column(tr("Unit"), lambda one: unit_of(one[2]), 80, "dim", key="unit"),
        Column(tr("Counted"), lambda _: "", 160, "number", key="counted"),
    ]
