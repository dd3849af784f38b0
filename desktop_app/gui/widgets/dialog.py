"""Dialogs: opened with `open()`, never `exec()`; the answer comes by signal."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.button import Kind, button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row

_FIELDS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox)


class Dialog(QDialog):
    """A title, a sentence, content, and the buttons at the bottom; deleted when closed."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.banner = Banner()
        self.body = column(gap=12)
        self.buttons: QHBoxLayout = row(None, gap=10)
        layout = column(label(title, 18, 600), gap=12, margins=(24, 22, 24, 20))
        if sentence:
            layout.addWidget(label(sentence, tone="muted", wrap=True))
        layout.addWidget(self.banner)
        layout.addLayout(self.body, 1)
        layout.addSpacing(4)
        layout.addLayout(self.buttons)
        self.setLayout(layout)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as the buttons and as high as the lines that wrap need.

        Qt asks the lines only once they are shown, and asks nobody where a minimum is set.
        """
        super().showEvent(event)
        self._begin_with_a_field()
        layout = self.layout()
        if layout is not None:
            self.setMinimumWidth(max(self.minimumWidth(), layout.minimumSize().width()))
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), needed))

    def _begin_with_a_field(self) -> None:
        """Let Tab reach the buttons last, and typing begin in a field where there is one.

        Buttons are often made before the fields, and Qt goes by what was made first.
        """
        places = (self.buttons.itemAt(at) for at in range(self.buttons.count()))
        buttons = [made for place in places if place and (made := place.widget())]
        for made in buttons:
            if made.focusPolicy() & Qt.FocusPolicy.TabFocus:
                last = self.previousInFocusChain()
                if last not in (None, made):
                    QWidget.setTabOrder(last, made)
        chosen = [one for one in self._chain() if one is self.focusWidget()]
        if not chosen or chosen[0] in buttons:
            field = next((one for one in self._chain() if isinstance(one, _FIELDS)), None)
            if field is not None:
                field.setFocus()

    def _chain(self) -> Iterator[QWidget]:
        """Yield what Tab reaches, in order."""
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and one.isEnabled() and one.isVisibleTo(self):
                yield one
            one = one.nextInFocusChain()

    def add_button(self, text: str, kind: Kind = "", icon_name: str = "") -> QPushButton:
        """Append a button at the right; connect it yourself."""
        made = button(text, icon_name, kind)
        made.setAutoDefault(kind == "primary")
        self.buttons.addWidget(made)
        return made

    def add_tools(self, tools: QWidget) -> None:
        """Put tools at the left of the buttons."""
        self.buttons.insertWidget(0, tools)

    def add_cancel(self) -> QPushButton:
        """Append the button that closes without doing anything."""
        made = self.add_button(tr("Cancel"))
        made.clicked.connect(self.reject)
        return made


class ConfirmDialog(Dialog):
    """Asks before something that cannot be undone; `confirmed` when the person means it.

    With `typed`, the person must type that word first: for what destroys, not for everyday work.
    """

    confirmed = Signal()

    def __init__(
        self, title: str, sentence: str, action: str, *, typed: str = "", parent: QWidget | None
    ) -> None:
        super().__init__(title, sentence, parent)
        self._typed = typed
        self._field = QLineEdit()
        self._field.setFont(font(13))
        self.add_cancel()
        self._action = self.add_button(action, "danger")
        self._action.clicked.connect(self._confirm)
        if typed:
            self.body.addWidget(label(tr("Type {word} to go on.", word=typed), 13, 500))
            self._field.setAccessibleName(tr("Type {word} to go on.", word=typed))
            self.body.addWidget(self._field)
            self._field.textChanged.connect(self._check)
            self._check("")
        else:
            self._field.setParent(self)
            self._field.hide()

    def _check(self, text: str) -> None:
        self._action.setEnabled(text.strip() == self._typed)

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()
