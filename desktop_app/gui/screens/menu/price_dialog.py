"""Small questions: a price, a name, how much is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.format import bare
from desktop_app.gui.screens.menu.typed import typed_money, typed_quantity
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg


class PriceDialog(AskDialog):
    """Asks for a price, and for the size where it is a new one; `asked(variant, minor units)`."""

    asked = Signal(str, object)

    def __init__(
        self, what: str, currency: str, variant: str | None, now: int | None, parent: QWidget
    ) -> None:
        super().__init__(
            tr("Price of {name}", name=what),
            tr("It holds from now on. Receipts keep the price they were sold at."),
            tr("Change the price"),
            parent,
        )
        self._currency, self._variant = currency, variant
        self.size_name: QLineEdit | None = None
        if variant is None:
            self.size_name = self.add_line(
                "variant", tr("Size"), "", tr("Such as “large” or “0.5 l”")
            )
        text = "" if now is None else bare(now, currency, language())
        self.price = self.add_line("price", tr("Price ({currency})", currency=currency), text)
        self.price.selectAll()
        (self.size_name or self.price).setFocus()

    @override
    def send(self) -> None:
        """Send the price."""
        variant = self._variant if self.size_name is None else self.size_name.text().strip()
        if self.size_name is not None and not variant:
            raise InvalidError(msg("A size needs a name."), field="variant")
        self.asked.emit(variant or "", typed_money(self.price.text(), self._currency, "price"))


class StopDialog(AskDialog):
    """Asks how much may still be sold; `asked(thousandths)`."""

    asked = Signal(object)

    def __init__(self, what: str, parent: QWidget) -> None:
        super().__init__(
            tr("Put {name} on the stop list", name=what),
            tr("Nobody can sell more than what is left."),
            tr("Stop it"),
            parent,
        )
        self.left = self.add_line("remaining", tr("How much is left"), "0")
        self.left.selectAll()
        self.left.setFocus()

    @override
    def send(self) -> None:
        """Send how much is left."""
        self.asked.emit(typed_quantity(self.left.text(), "remaining", empty=0))


class NameDialog(AskDialog):
    """Asks for one name; `asked(name)`."""

    asked = Signal(str)

    def __init__(self, title: str, sentence: str, action: str, parent: QWidget) -> None:
        super().__init__(title, sentence, action, parent)
        self.name = self.add_line("name", tr("Name"))
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send the name."""
        self.asked.emit(self.name.text())
