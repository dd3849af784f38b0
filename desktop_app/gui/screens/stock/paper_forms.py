"""The dialogs that enter papers: a write-off, a transfer, a production, a count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from desktop_app.gui.screens.stock.lines import Lines, Product
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
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


def chosen(box: QComboBox) -> int:
    """Return the number of the row chosen; InvalidError where there is none."""
    if box.currentData() is None:
        raise InvalidError(msg("There is no storage yet: add one first."), field="storage")
    return int(box.currentData())


def storage_offers(storages: Sequence[StorageRow]) -> list[tuple[str, str]]:
    """Return the storages as a choice, that of the sales first."""
    ordered = sorted(storages, key=lambda one: not one.form.sells)
    return [(str(one.id), one.form.name) for one in ordered]


class WriteOffDialog(PaperForm):
    """Asks what is written off and why; `asked(storage, amounts, reason)`."""

    asked = Signal(object, object, str)

    def __init__(
        self, storages: Sequence[StorageRow], products: Sequence[Product], parent: QWidget
    ) -> None:
        super().__init__(
            tr("Write off"), tr("What was spoilt, broken or lost goes out at its cost."),
            tr("Write it off"), parent,
        )  # fmt: skip
        self.storage = self.add_choice("storage", tr("Storage"), storage_offers(storages))
        self.reason = self.add_line("reason", tr("Why"), hint=tr("Such as “spoilt” or “broken”"))
        self.lines = Lines(products)
        self.body.addWidget(self.lines, 1)

    @override
    def send(self) -> None:
        """Send what goes out."""
        self.asked.emit(chosen(self.storage), self.lines.amounts(), self.reason.text())


class TransferDialog(PaperForm):
    """Asks what goes where; `asked(storage, target, amounts)`."""

    asked = Signal(object, object, object)

    def __init__(
        self, storages: Sequence[StorageRow], products: Sequence[Product], parent: QWidget
    ) -> None:
        super().__init__(
            tr("Transfer"), tr("From one storage to another, at its cost."), tr("Move it"), parent
        )
        self.storage = self.add_choice("storage", tr("From"), storage_offers(storages))
        self.target = self.add_choice("target", tr("To"), storage_offers(storages))
        self.target.setCurrentIndex(min(1, self.target.count() - 1))
        self.lines = Lines(products)
        self.body.addWidget(self.lines, 1)

    @override
    def send(self) -> None:
        """Send what moves."""
        self.asked.emit(chosen(self.storage), chosen(self.target), self.lines.amounts())


class ProductionDialog(PaperForm):
    """Asks what was made; `asked(storage, amount)`."""

    asked = Signal(object, object)

    def __init__(
        self, storages: Sequence[StorageRow], products: Sequence[Product], parent: QWidget
    ) -> None:
        super().__init__(
            tr("Production"),
            tr("Ingredients go by the technical card, and what is made comes at their cost."),
            tr("Record it"),
            parent,
        )
        self.storage = self.add_choice("storage", tr("Storage"), storage_offers(storages))
        self.lines = Lines(products)
        self.body.addWidget(self.lines, 1)

    @override
    def send(self) -> None:
        """Send what was made; one product at a time."""
        made = self.lines.amounts()
        if len(made) != 1:
            raise InvalidError(msg("Record one preparation at a time."), field="lines")
        self.asked.emit(chosen(self.storage), made[0])


class CountDialog(PaperForm):
    """Asks what was counted, without saying what should be; `asked(storage, amounts, note)`."""

    asked = Signal(object, object, str)

    def __init__(self, places: Sequence[CountPlace], parent: QWidget) -> None:
        super().__init__(
            tr("Count a storage"),
            tr("Write what lies there. Nothing changes until somebody approves the difference; "
               "what is left empty was not counted."),
            tr("Hand in"),
            parent,
        )  # fmt: skip
        offers = [(str(one.storage_id), one.storage) for one in places]
        self.storage = self.add_choice("storage", tr("Storage"), offers)
        self.note = self.add_line("note", tr("Note"))
        products = places[0].products if places else ()
        self.lines = Lines(products)
        self.lines.add_some([id_ for id_, _, _ in products])
        self.lines.setMinimumHeight(320)
        self.body.addWidget(self.lines, 1)

    @override
    def send(self) -> None:
        """Send what was counted."""
        found = [line.amount_typed(empty=True) for line in self.lines.lines]
        counted: list[Amount] = [one for one in found if one is not None]
        self.asked.emit(chosen(self.storage), counted, self.note.text())
