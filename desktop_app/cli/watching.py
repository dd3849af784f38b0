"""Watching long work: a line on the terminal, and Ctrl-C that stops at a safe point."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from desktop_app.kernel.job import Progress, Snapshot
from desktop_app.kernel.words import Words

_EVERY_S = 0.2
_CLEAR = "\r\x1b[K"


@contextmanager
def watched(progress: Progress, spoken: Words) -> Iterator[None]:
    """Show progress while the block runs; the first Ctrl-C asks it to stop, the second ends it."""
    with _stoppable(progress), _shown(progress, spoken):
        yield


@contextmanager
def _stoppable(progress: Progress) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        if progress.cancelled:
            raise KeyboardInterrupt
        progress.cancel()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _shown(progress: Progress, spoken: Words) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    line = threading.Thread(target=_repeat, args=(progress, spoken, done), daemon=True)
    line.start()
    try:
        yield
    finally:
        done.set()
        line.join()


def _repeat(progress: Progress, spoken: Words, done: threading.Event) -> None:
    shown = ""
    while not done.wait(_EVERY_S):
        text = as_line(progress.snapshot(), spoken)
        if text != shown:
            sys.stderr.write(_CLEAR + text)
            sys.stderr.flush()
            shown = text
    if shown:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def as_line(snapshot: Snapshot, spoken: Words) -> str:
    """Return a stage and how far it is: `Reading orders 1200/5000`."""
    stage = spoken.of(snapshot.stage)
    if snapshot.total:
        return f"{stage} {snapshot.done}/{snapshot.total}"
    return f"{stage} {snapshot.done}" if snapshot.done else stage
