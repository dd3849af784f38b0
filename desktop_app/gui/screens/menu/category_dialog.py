"""Asks for the name of a category and where it lies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.screens.menu.wording import category_paths, insides
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.menu.records import CategoryRow


class CategoryDialog(AskDialog):
    """Makes or changes a category; `asked(name, parent id or None)`."""

    asked = Signal(str, object)

    def __init__(
        self, one: CategoryRow | None, categories: Sequence[CategoryRow], parent: QWidget
    ) -> None:
        title = tr("Change {name}", name=one.name) if one else tr("New category")
        super().__init__(title, "", tr("Save"), parent)
        self.name = self.add_line("name", tr("Name"), one.name if one else "")
        self.parent_box = QComboBox()
        self.parent_box.setFont(font(13))
        self.parent_box.addItem(tr("at the top"), "")
        own = insides(categories)[one.id] if one else frozenset()
        for id_, way in category_paths(categories):
            if id_ not in own:
                # As text: Qt's numbers have 32 bits, and ours 63.
                self.parent_box.addItem(way, str(id_))
        self.form.add("parent", tr("Lies in"), self.parent_box)
        if one is not None and one.parent_id is not None:
            self.parent_box.setCurrentIndex(max(0, self.parent_box.findData(str(one.parent_id))))
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send the name and the place."""
        above = str(self.parent_box.currentData() or "")
        self.asked.emit(self.name.text(), int(above) if above else None)
