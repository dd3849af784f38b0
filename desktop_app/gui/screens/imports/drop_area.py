"""Where files are dropped or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QFrame
from typing_extensions import override

from desktop_app.gui.text import tr
from desktop_app.gui.theme import colour, theme
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row


class DropArea(QFrame):
    """Takes files; `chosen(list of paths)`. Looking into them is somebody else's work."""

    chosen = Signal(object)

    def __init__(self, why_not: str) -> None:
        super().__init__()
        self._over = False
        self._folder = ""
        self.dialog: QFileDialog | None = None
        self.setAcceptDrops(not why_not)
        self.setAccessibleName(tr("Files to import"))
        self.choose = button(tr("Choose files…"), "upload", "primary", on_click=self.open_dialog)
        allow(self.choose, why_not)
        title = label(tr("Drop your till's files here"), 15, 600)
        kinds = label(tr("CSV, Excel (.xlsx), JSON, or a ZIP of them"), tone="soft")
        hint = label(
            tr("Several at once are fine. You see what would come in before anything is stored."),
            tone="muted",
            wrap=True,
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icon = IconLabel("upload", "accent", 24, "accent_soft")
        self.setLayout(
            column(
                None,
                row(None, icon, None),
                row(None, title, None),
                row(None, kinds, None),
                hint,
                4,
                row(None, self.choose, None),
                None,
                gap=8,
                margins=(24, 26, 24, 26),
            )
        )
        theme.changed.connect(self.update)

    def open_dialog(self) -> None:
        """Let the person choose; the window goes on meanwhile."""
        made = QFileDialog(self, tr("Files to import"), self._folder)
        made.setFileMode(QFileDialog.FileMode.ExistingFiles)
        made.setNameFilters(
            [
                tr("Files with tables") + " (*.csv *.xlsx *.zip *.json *.txt *.tsv)",
                tr("All files") + " (*)",
            ]
        )
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.filesSelected.connect(self._take)
        self.dialog = made
        made.open()

    def _take(self, names: list[str]) -> None:
        if names:
            self._folder = str(Path(names[0]).parent)
            self.chosen.emit([Path(name) for name in names])

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._show_over(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(over=False)
        event.acceptProposedAction()
        self._take([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour("accent_soft" if self._over else "surface"))
        pen = QPen(colour("accent" if self._over else "border_input"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        painter.end()

    def _show_over(self, *, over: bool) -> None:
        self._over = over
        self.update()
