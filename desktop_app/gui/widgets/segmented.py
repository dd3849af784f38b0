"""A choice of a few, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy

from desktop_app.gui.widgets.button import button


class Segmented(QFrame):
    """Shows the choices as one bar; `chosen(key)` when another one is picked."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _ in choices]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(2)
        for at, (_, text) in enumerate(choices):
            made = button(text, kind="segment")
            made.setCheckable(True)
            # Makes it a radio button, not a check box, for screen readers.
            made.setAutoExclusive(True)
            made.setChecked(at == 0)
            self._group.addButton(made, at)
            layout.addWidget(made)
        self._group.idToggled.connect(self._toggled)

    @property
    def keys(self) -> Sequence[str]:
        """Return what can be chosen."""
        return tuple(self._keys)

    @property
    def key(self) -> str:
        """Return the choice in force."""
        return self._keys[max(0, self._group.checkedId())]

    def choose(self, key: str) -> None:
        """Pick a choice."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def set_offered(self, key: str, *, offered: bool) -> None:
        """Offer a choice or not; where it was in force, the first one is."""
        made = self._group.button(self._keys.index(key))
        made.setVisible(offered)
        if not offered and made.isChecked():
            self.choose(self._keys[0])

    def _toggled(self, at: int, on: bool) -> None:  # noqa: FBT001 - Qt's signature
        if on:
            self.chosen.emit(self._keys[at])
