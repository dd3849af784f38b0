"""Choosing files and folders with the dialogs of the system, which come back by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.layout import row

_Then = Callable[[Path], None]


class FolderEdit(QWidget):
    """A field for a folder and the button that looks for it; `changed` when it is another one."""

    changed = Signal()

    def __init__(self, name: str, start: Path | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.field = QLineEdit()
        self.field.setFont(font(13))
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(tr("A folder on this computer, a USB stick or the network"))
        self.field.textChanged.connect(self.changed)
        if start is not None:
            self.field.setText(str(start))
        self.browse = button(tr("Choose…"), "folder-open", on_click=self._browse)
        layout = row(gap=8)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.browse)
        self.setLayout(layout)
        self.setFocusProxy(self.field)

    @property
    def path(self) -> Path | None:
        """Return the folder, or None where nothing is written."""
        text = self.field.text().strip()
        return Path(text).expanduser().absolute() if text else None

    def show_path(self, path: Path) -> None:
        """Put a folder into the field."""
        self.field.setText(str(path))

    def _browse(self) -> None:
        pick_folder(self, self.accessibleName(), self.show_path, self.path)


def pick_folder(parent: QWidget, title: str, then: _Then, start: Path | None = None) -> None:
    """Ask for a folder; `then` gets it unless the person thinks better of it."""
    dialog = QFileDialog(parent, title, str(start or Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def pick_file(parent: QWidget, title: str, then: _Then) -> None:
    """Ask for a file that exists."""
    dialog = QFileDialog(parent, title, str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def pick_new_file(parent: QWidget, title: str, then: _Then, name: str, ending: str) -> None:
    """Ask where to save a file called `name`.`ending`, unless the person wants another name."""
    dialog = QFileDialog(parent, title, str(Path.home()))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(f"{name}.{ending}")
    _open(dialog, then)


def _open(dialog: QFileDialog, then: _Then) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
