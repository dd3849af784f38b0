"""A new place for backups: a name and a folder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.pick_path import FolderEdit
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError


class AddDialog(Dialog):
    """`wanted(name, folder)` when both are there; the screen closes it or says what is wrong."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            tr("Add a place for backups"),
            tr("A USB stick, a second disk or a network folder. Everything on it is encrypted."),
            parent,
        )
        self.setMinimumWidth(560)
        self.name = QLineEdit()
        self.name.setFont(font(13))
        self.name.setPlaceholderText(tr("USB stick"))
        self.folder = FolderEdit(tr("Folder"))
        self.form = Form()
        self.form.add("name", tr("Name"), self.name)
        hint = tr("An empty folder, not on the disk this computer works on.")
        self.form.add("url", tr("Folder"), self.folder, hint)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.action = self.add_button(tr("Add and back up"), "primary", "plus")
        self.action.clicked.connect(self._check)
        self.name.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say what is wrong beside the field it is about."""
        self.action.setEnabled(True)
        hint = say(error.hint) if error.hint else ""
        text = f"{say(error.message)} {hint}".strip()
        if isinstance(error, InvalidError) and self.form.show_error(error):
            return
        self.form.row("url").set_error(text)
        self.folder.setFocus()

    def _check(self) -> None:
        self.form.clear_errors()
        path = self.folder.path
        if not self.name.text().strip():
            self.form.row("name").set_error(tr("Please fill this in."))
            self.name.setFocus()
        elif path is None:
            self.form.row("url").set_error(tr("Please fill this in."))
            self.folder.setFocus()
        else:
            self.action.setEnabled(False)
            self.wanted.emit(self.name.text(), str(path))
