"""The photo of a product: shown, chosen, removed; each at once and not with the card."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import allow, button, retitle
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import AppError

_WIDTH, _HEIGHT, _CORNER = 220, 150, 8


class PhotoCard(Card):
    """`wanted` to choose a file, `drop_wanted` to remove the photo."""

    wanted = Signal()
    drop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr("Photo"), tr("A JPEG or PNG; it is made smaller, and nothing else in it is kept")
        )
        self._why_not = ""
        self.picture = QLabel()
        self.picture.setFixedSize(_WIDTH, _HEIGHT)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.picture.setAccessibleName(tr("Photo"))
        self.choose = button(tr("Choose a photo"), "image", on_click=self.wanted)
        self.drop = button(tr("Remove"), "trash-2", "ghost", on_click=self.drop_wanted)
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        self.body.addLayout(
            row(self.picture, column(row(self.choose, self.drop, None), self.problem, None), gap=16)
        )
        self.show_photo(None)

    def show_photo(self, content: bytes | None) -> None:
        """Show a photo that this program wrote itself; None where there is none."""
        self.show_problem(None)
        self.choose.setEnabled(not self._why_not)
        self.drop.setVisible(content is not None)
        retitle(self.choose, tr("Choose another photo") if content else tr("Choose a photo"))
        if content is None:
            self.picture.setPixmap(QPixmap())
            self.picture.setText(tr("No photo yet"))
            return
        self.picture.setPixmap(_framed(content, self.picture.devicePixelRatioF()))

    def wait(self) -> None:
        """Say that a photo is being read."""
        self.show_problem(None)
        self.choose.setEnabled(False)

    def show_problem(self, error: AppError | None) -> None:
        """Say why a photo was not taken; None takes it away."""
        self.choose.setEnabled(not self._why_not)
        text = ""
        if error is not None:
            text = say(error.message) + (f" {say(error.hint)}" if error.hint else "")
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def hold(self, why_not: str) -> None:
        """Let nothing be changed, and say why."""
        self._why_not = why_not
        allow(self.choose, why_not)
        allow(self.drop, why_not)


def _framed(content: bytes, ratio: float) -> QPixmap:
    """Return a photo with round corners, as large as its place and as sharp as the screen."""
    found = QPixmap()
    found.loadFromData(content, "JPEG")
    whole = found.scaled(
        QSize(_WIDTH, _HEIGHT) * ratio, Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip
    if whole.isNull():  # a strip that would be thinner than a dot
        return found
    framed = QPixmap(whole.size())
    framed.fill(Qt.GlobalColor.transparent)
    painter = QPainter(framed)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(whole))
    painter.drawRoundedRect(
        QRect(0, 0, whole.width(), whole.height()), _CORNER * ratio, _CORNER * ratio
    )
    painter.end()
    framed.setDevicePixelRatio(ratio)
    return framed
