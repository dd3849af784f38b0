"""Nine small fields for a recovery code; each says at once whether its group can be right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr

GROUPS = 9
DIGITS = 6
_PER_LINE = 3


class CodeEdit(QWidget):
    """Takes the code by typing or by pasting the whole of it."""

    def __init__(self, group_ok: Callable[[int, str], bool]) -> None:
        super().__init__()
        self._group_ok = group_ok
        self.fields = [_GroupField(self, at) for at in range(GROUPS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for at, field in enumerate(self.fields):
            grid.addWidget(field, at // _PER_LINE, at % _PER_LINE)
            field.textChanged.connect(partial(self._typed, at))
        self.setFocusProxy(self.fields[0])

    def text(self) -> str:
        """Return the groups with hyphens between them."""
        return "-".join(field.text() for field in self.fields)

    def wrong_group(self) -> int | None:
        """Return the first group (from 0) that is missing or cannot be right."""
        return next((at for at in range(GROUPS) if not self._right(at)), None)

    def paste(self, text: str) -> None:
        """Spread a whole code over the fields."""
        digits = "".join(letter for letter in text if letter in "0123456789")
        for at, field in enumerate(self.fields):
            field.setText(digits[at * DIGITS : (at + 1) * DIGITS])

    def step(self, at: int, by: int) -> None:
        """Put the cursor into a neighbouring group."""
        if 0 <= at + by < GROUPS:
            self.fields[at + by].setFocus()

    def _right(self, at: int) -> bool:
        text = self.fields[at].text()
        return len(text) == DIGITS and self._group_ok(at, text)

    def _typed(self, at: int, text: str) -> None:
        full = len(text) == DIGITS
        field = self.fields[at]
        field.show_wrong(wrong=full and not self._right(at))
        if full and self._right(at) and field.hasFocus():
            self.step(at, 1)


class _GroupField(QLineEdit):
    def __init__(self, owner: CodeEdit, at: int) -> None:
        super().__init__(owner)
        self._owner, self._at = owner, at
        self.setMaxLength(DIGITS)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.setFont(font(15, 500, tabular=True))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(tr("Group {n} of {count}", n=at + 1, count=GROUPS))

    def show_wrong(self, *, wrong: bool) -> None:
        """Mark the group as impossible, or not."""
        self.setProperty("wrong", "true" if wrong else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(tr("This group has a typing error.") if wrong else "")

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.matches(QKeySequence.StandardKey.Paste):
            self._owner.paste(QGuiApplication.clipboard().text())
        elif arg__1.key() == Qt.Key.Key_Backspace and not self.text():
            self._owner.step(self._at, -1)
        elif arg__1.text() in (" ", "-") and arg__1.text():
            self._owner.step(self._at, 1)
        else:
            super().keyPressEvent(arg__1)
