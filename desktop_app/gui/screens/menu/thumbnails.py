"""The small photos of products, as the list shows them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QPixmap

from desktop_app.menu.records import ProductRow


class Thumbnails:
    """Knows the photos there are; each is decoded when it is first shown."""

    def __init__(self) -> None:
        self._known: Mapping[int, bytes] = {}
        self._made: dict[int, QPixmap] = {}

    def know(self, found: Mapping[int, bytes]) -> None:
        """Take up the photos that there are now; this program wrote them itself."""
        self._known = found
        self._made.clear()

    def of(self, row: ProductRow) -> QPixmap | None:
        """Return the photo of a product, an empty one where it has none; None where nothing has."""
        if not self._known:
            return None
        made = self._made.get(row.id)
        if made is None:
            made = self._made[row.id] = QPixmap()
            if row.id in self._known:
                made.loadFromData(self._known[row.id], "JPEG")
        return made
