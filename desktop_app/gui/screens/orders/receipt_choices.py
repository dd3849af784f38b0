"""What is chosen with a product on a receipt: a button a group, with a menu of its choices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop_app.gui.format import money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.flow import Flow
from desktop_app.menu.choosing import spoken
from desktop_app.menu.records import ChoiceForm, ChoiceGroup


class ReceiptChoices(QWidget):
    """The groups of a product; `changed` when something is chosen."""

    changed = Signal()

    def __init__(self, groups: Sequence[ChoiceGroup], currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._called = spoken(groups)
        self.groups = [(group, self._menu(group)) for group in groups]
        self._buttons = [self._button(menu) for _, menu in self.groups]
        self.setLayout(Flow(*self._buttons, gap=6))
        self._show()

    def chosen(self) -> Sequence[str]:
        """Return the names of what is chosen, in the order of the groups."""
        return [
            str(one.data()) for _, menu in self.groups for one in menu.actions() if one.isChecked()
        ]

    def choose(self, name: str) -> None:
        """Choose something by its name, or let go of it."""
        for _, menu in self.groups:
            for one in menu.actions():
                if one.data() == name:
                    one.trigger()
                    return

    def _menu(self, group: ChoiceGroup) -> QMenu:
        menu = QMenu(self)
        for at, choice in enumerate(group.choices):
            made = menu.addAction(self._words(choice))
            made.setData(self._called[group.id, at])
            made.setCheckable(True)
            made.triggered.connect(partial(self._picked, group, menu, made))
        return menu

    def _words(self, choice: ChoiceForm) -> str:
        words = choice.name
        if choice.price_minor:
            words += f"   +{money(choice.price_minor, self._currency, language())}"
        return words.replace("&", "&&")

    def _button(self, menu: QMenu) -> QPushButton:
        made = button("", "chevron-down")
        made.clicked.connect(partial(self._open, made, menu))
        return made

    def _open(self, below: QPushButton, menu: QMenu, _: object = None) -> None:
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def _picked(self, group: ChoiceGroup, menu: QMenu, made: QAction, _: object = None) -> None:
        """Keep to the most of a group: of one, another takes its place."""
        if made.isChecked():
            others = [one for one in menu.actions() if one.isChecked() and one is not made]
            for one in others[: max(0, len(others) + 1 - group.max_select)]:
                one.setChecked(False)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for (group, menu), made in zip(self.groups, self._buttons, strict=True):
            chosen = [one.isChecked() for one in menu.actions()]
            names = [one.name for one, ticked in zip(group.choices, chosen, strict=True) if ticked]
            told = ", ".join(names) or (tr("choose") if group.min_select else "–")
            retitle(made, f"{group.name}: {told}")
