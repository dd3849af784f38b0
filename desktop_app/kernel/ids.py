"""Row numbers: 63 bits, ordered by time, made here so that several PCs can create rows apart.

`milliseconds << 22 | node << 12 | sequence`: 1024 nodes, 4096 rows per node and millisecond.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

_SEQUENCE_BITS = 12
_NODE_BITS = 10
NODES = 1 << _NODE_BITS
STARTS = 1 << (_SEQUENCE_BITS - 1)
"""From how many numbers a program picks the first one it counts from."""


class Ids:
    """Hands out increasing numbers, never one twice, also when the clock is set back."""

    def __init__(self, now_millis: Callable[[], int], node: int = 0, start: int = 0) -> None:
        """Count for a node; `start` is where the first millisecond begins.

        Two programs that chose the same node by chance, and begin in the same millisecond, then
        hardly ever count the same numbers.
        """
        if not 0 <= node < NODES:
            message = f"node {node} does not fit"
            raise ValueError(message)
        self._now = now_millis
        self._node = node << _SEQUENCE_BITS
        self._lock = threading.Lock()
        self._millis = 0
        self._sequence = 0
        self._start = start

    def take(self, count: int = 1) -> list[int]:
        """Return `count` fresh numbers, ascending."""
        taken: list[int] = []
        with self._lock:
            millis = self._now()
            if millis > self._millis:
                self._millis, self._sequence, self._start = millis, self._start, 0
            while len(taken) < count:
                if self._sequence >> _SEQUENCE_BITS:
                    self._millis += 1
                    self._sequence = 0
                base = self._millis << (_NODE_BITS + _SEQUENCE_BITS) | self._node
                room = min(count - len(taken), (1 << _SEQUENCE_BITS) - self._sequence)
                taken.extend(range(base + self._sequence, base + self._sequence + room))
                self._sequence += room
        return taken

    def one(self) -> int:
        """Return one fresh number."""
        return self.take()[0]
