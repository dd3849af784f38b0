"""A field that offers what fits while somebody types: goods, customers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QStringListModel, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import icon
from desktop_app.gui.widgets.search_box import name_actions


class SuggestEdit(QLineEdit):
    """Emits `asked(text)` when typing pauses; answer it with `offer`.

    `picked(key)` when an offer is taken, `entered(text)` on Enter where none is.
    """

    asked = Signal(str)
    picked = Signal(object)
    entered = Signal(str)

    def __init__(self, placeholder: str, *, pause_ms: int = 0) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(font(13))
        self.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        name_actions(self)
        self._keys: list[object] = []
        self._words = QStringListModel(self)
        self.offers = QCompleter(self._words, self)
        self.offers.setWidget(self)
        self.offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup.setFont(font(13))
        self.offers.activated.connect(self._take)
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)
        self.returnPressed.connect(self._enter)

    @property
    def popup(self) -> QAbstractItemView:
        """Return the list of offers."""
        made = self.offers.popup()
        assert made is not None  # noqa: S101 - the completer makes it itself
        return made

    def offer(self, found: Sequence[tuple[object, str]]) -> None:
        """Show what fits, each with the key that `picked` tells."""
        self._keys = [key for key, _ in found]
        self._words.setStringList([words for _, words in found])
        if found and self.hasFocus() and self.text().strip():
            self.offers.complete()
            self.popup.setCurrentIndex(self.offers.completionModel().index(0, 0))
        else:
            self.popup.hide()

    @override
    def clear(self) -> None:
        """Forget what was typed and what was offered."""
        super().clear()
        self._pause.stop()
        self.popup.hide()
        self._keys = []

    def _typed(self, *_: object) -> None:
        self._pause.start()

    def _ask(self) -> None:
        self.asked.emit(self.text().strip())

    def _enter(self) -> None:
        self.entered.emit(self.text().strip())

    def _take(self, *_: object) -> None:
        at = self.popup.currentIndex().row()
        if 0 <= at < len(self._keys):
            # The completer writes its words into the field only after this.
            QTimer.singleShot(0, self, partial(self.picked.emit, self._keys[at]))


def fits_all(words: str, inside: str) -> bool:
    """Tell whether every word is somewhere inside; both are folded already."""
    return all(word in inside for word in words.split())
