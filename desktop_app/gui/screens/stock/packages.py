"""The dialog about how a product is bought: its packages, added and removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.gui.screens.stock.paper_forms import PaperForm
from desktop_app.gui.screens.stock.wording import much_of, typed_much
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.menu.kinds import WHOLE_TITLES
from desktop_app.stock.records import PackageRow, StockRow


class PackagesDialog(PaperForm):
    """Shows the packages of a product; `asked(name, factor)` for another, `dropped(id)`."""

    asked = Signal(str, object)
    dropped = Signal(object)

    def __init__(
        self, product: StockRow, packages: Sequence[PackageRow], why_not: str, parent: QWidget
    ) -> None:
        super().__init__(
            tr("Packages of “{name}”", name=product.name),
            tr("How it is bought: a box, a sack, a crate, and how much is in one."),
            tr("Add"),
            parent,
        )
        self._unit = product.unit
        whole = say(WHOLE_TITLES[product.unit])
        self.name = self.add_line("name", tr("Name of the package"))
        self.factor = self.add_line("factor", tr("How much is in one ({unit})", unit=whole))
        self.drops = [self._line(one, why_not) for one in packages]
        if not packages:
            self.body.addWidget(label(tr("It has no packages yet."), tone="muted"))
        allow(self.done_button, why_not)
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send the package typed."""
        self.asked.emit(self.name.text(), typed_much(self.factor.text(), self._unit, "factor"))

    def _line(self, one: PackageRow, why_not: str) -> QWidget:
        drop = button("", "x", "ghost", tip=tr("Remove “{name}”", name=one.name))
        drop.clicked.connect(partial(self.dropped.emit, one.id))
        allow(drop, why_not)
        much = label(much_of(one.factor, self._unit), 13, tone="soft", tabular=True)
        self.body.addLayout(row(label(one.name, 13, wrap=True), None, much, drop))
        return drop
