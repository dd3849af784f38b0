"""A field for a PIN: digits only, hidden, the digits wide apart."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator

from desktop_app.gui.fonts import font
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.vault import pins


class PinEdit(PasswordEdit):
    """Takes up to twelve digits; `entered` on Enter."""

    def __init__(self, name: str) -> None:
        super().__init__(name, large=True)
        digits = QRegularExpression(rf"[0-9]{{0,{pins.MOST}}}")
        self.field.setValidator(QRegularExpressionValidator(digits, self.field))
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        self.field.setFont(font(18, 600, tabular=True))
        self.field.setPlaceholderText("")
