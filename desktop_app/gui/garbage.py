"""Collects Python's cyclic garbage on the GUI thread, and nowhere else.

A page is a web of cycles (a widget, its bound methods, its timers). When a worker thread happens to
set off the collection, Qt objects die on the wrong thread: "Timers cannot be stopped from another
thread", and sooner or later an abort. So automatic collection is off while there is a window.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 400
_FRESH, _YOUNG, _OLD = 20_000, 10, 20


class GarbageCollection(QObject):
    """Looks every moment whether a collection is due; the old generation's waits longest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.collect()
        gc.freeze()  # what the program is made of never dies: do not look at it again
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect as much as is due, one generation at a time."""
        fresh, young, old = gc.get_count()
        if old > _OLD:
            gc.collect(2)
        elif young > _YOUNG:
            gc.collect(1)
        elif fresh > _FRESH:
            gc.collect(0)
