"""Putting off Python's search for cycles while very many objects are made that hold none."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = 0


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Keep the collector still inside of the block, in every thread; counting frees as ever.

    An import makes a million tuples that live on and looks at each once more for nothing: an
    eighth of its time. What is in cycles meanwhile waits, so the block has an end. Where nobody
    collects by himself (the window has a timer for it), nothing changes.
    """
    global _inside  # noqa: PLW0603 - the collector is one for the process
    with _lock:
        ours = _inside > 0 or gc.isenabled()
        if ours:
            _inside += 1
            gc.disable()
    try:
        yield
    finally:
        if ours:
            with _lock:
                _inside -= 1
                if not _inside:
                    gc.enable()
