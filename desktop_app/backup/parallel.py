"""Two workers side by side, with the results in order and nothing left running after an error."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_WORKERS = 2

In = TypeVar("In")
Out = TypeVar("Out")


def in_parallel(work: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
    """Yield `work(item)` in order. No more than a few results wait in memory."""
    pool = ThreadPoolExecutor(_WORKERS)
    waiting: deque[Future[Out]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > _WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
