"""What the window keeps for one person from one session to the next: how lists are laid out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSettings

from desktop_app.kernel.json_text import BadJsonError, read_json

_SIZE_LIMIT = 64 << 10


class Remembered:
    """Small values by name; without a file they last as long as the window.

    They lie beside the store in the clear: never put a name, a text that was typed, or anything
    else of the restaurant's data into them.
    """

    def __init__(self, settings: QSettings | None = None, person: str = "") -> None:
        self._settings = settings
        self._person = person
        self._kept: dict[str, str] = {}

    def read(self, name: str) -> Mapping[str, Any]:
        """Return what was written under a name; nothing where that is missing or damaged."""
        text = self._kept.get(name, "")
        if not text and self._settings is not None:
            text = str(self._settings.value(self._place(name), ""))
        try:
            found = read_json(text.encode(), size=_SIZE_LIMIT) if text else {}
        except BadJsonError:
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, name: str, values: Mapping[str, Any]) -> None:
        """Keep values under a name, in the place of those before."""
        text = json.dumps(values, sort_keys=True)
        self._kept[name] = text
        if self._settings is not None:
            self._settings.setValue(self._place(name), text)

    def _place(self, name: str) -> str:
        return f"people/{self._person}/{name}"
