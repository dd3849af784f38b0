"""A QR code on the screen, always dark on white: cameras do not read it the other way round."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from desktop_app.gui.widgets.labels import Painted
from desktop_app.printing.qr import qr_modules

_QUIET = 4  # modules of white around it (ISO 18004)


class QrPicture(Painted):
    """Draws a text as a QR code."""

    def __init__(self, text: str, name: str, pixels: int = 196) -> None:
        super().__init__()
        self._modules = qr_modules(text)
        self.setFixedSize(pixels, pixels)
        self.setAccessibleName(name)

    @override
    def draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        side = self.width() / (len(self._modules) + 2 * _QUIET)
        for y, line in enumerate(self._modules, _QUIET):
            for x, dark in enumerate(line, _QUIET):
                if dark:
                    # Rounded outwards, so that no hair line of white runs between two modules.
                    left, top = int(x * side), int(y * side)
                    right, bottom = int((x + 1) * side), int((y + 1) * side)
                    box = QRectF(left, top, right - left, bottom - top)
                    painter.fillRect(box, QColor(Qt.GlobalColor.black))
