"""What was written: how long, what was looked through, and how to prove it is the same file."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame

from desktop_app.gui.format import number
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.privacy.operations import HandedFile

_KB = 1024


class CopyResult(QFrame):
    """A panel over the card; hidden until a copy is written."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", "ok")
        self.file: HandedFile | None = None
        self.title = label("", 13, 600, wrap=True)
        self.facts = label("", 12, tone="soft", tabular=True, wrap=True)
        self.digest = label("", 12, tone="muted", tabular=True, wrap=True)
        self.digest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = column(self.title, self.facts, self.digest, gap=3)
        layout = row(IconLabel("circle-check", "ok", 18), gap=12, margins=(14, 10, 10, 10))
        layout.addLayout(words, 1)
        for made in (
            button(tr("Open the file"), "file-text", on_click=self._open_file),
            button(tr("Open the folder"), "folder-open", on_click=self._open_folder),
            button("", "copy", "ghost", tip=tr("Copy the checksum"), on_click=self._copy),
            button("", "x", "ghost", tip=tr("Close this message"), on_click=self.hide),
        ):
            layout.addWidget(made)
        self.setLayout(layout)
        self.hide()

    def show_file(self, file: HandedFile) -> None:
        """Show what was written."""
        self.file = file
        self.title.setText(tr("Copy {number} is written: {file}", number=file.number,
                              file=file.file.name))  # fmt: skip
        size = number(max(1, round(file.size / _KB)), language())
        self.facts.setText(
            " · ".join(
                (
                    ntr("{n} page", "{n} pages", file.pages),
                    tr("{size} KB", size=size),
                    ntr("{n} place searched", "{n} places searched", file.places_searched),
                    ntr("{n} with data", "{n} with data", file.places_with_data),
                )
            )
        )
        self.digest.setText(tr("SHA-256 {digest}", digest=file.sha256))
        self.setAccessibleName(f"{self.title.text()}. {self.facts.text()}")
        self.show()

    def _open_file(self) -> None:
        if self.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file.file)))

    def _open_folder(self) -> None:
        if self.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.file.file.parent)))

    def _copy(self) -> None:
        if self.file is not None:
            QGuiApplication.clipboard().setText(self.file.sha256)
