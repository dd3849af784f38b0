"""The one way from a worker thread to the GUI thread.

A worker that emits a signal of a page may still be inside it while the GUI thread deletes the page:
that is a use after free (seen as a segmentation fault on a busy machine). So workers post to an
object that nobody ever deletes, and what is posted looks first whether its owner still lives.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Inbox(QObject):
    """Runs what any thread posts, on the GUI thread, one call an event."""

    _posted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._calls: deque[Callable[[], None]] = deque()
        self._posted.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have `call` run on the GUI thread; from any thread."""
        self._calls.append(call)
        self._posted.emit()

    @Slot()
    def _drain(self) -> None:
        # One answer per event: a burst of answers must not hold the event loop.
        if self._calls:
            self._calls.popleft()()


inbox = Inbox()
"""Lives on the thread that loads the window, as long as the program."""
