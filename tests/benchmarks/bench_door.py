"""What the door costs: the permission check, beside calling a plain function.

`check_us` is the time in front of the body of an operation that is no deed: permission, kind, gate
skipped. The goal is under 5 microseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from desktop_app.db.operation import Kind, Operation, _require
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.roles import BUILT_IN

_CALLS = 200_000


def run() -> dict[str, Any]:
    """Return microseconds of a permission check and of a plain call, and their ratio."""
    actor = BUILT_IN[Role.MANAGER].actor("a")
    op: Operation[..., Any] = Operation(
        "bench.door", Permission.ORDERS_READ, Kind.QUERY, lambda *_: None
    )
    store: Any = None

    def checked() -> bool:
        _require(store, actor, op)
        return op.deed is None and op.limit is None

    check = min(_microseconds(checked) for _ in range(5))
    plain = min(_microseconds(lambda: True) for _ in range(5))
    return {"check_us": round(check, 3), "plain_us": round(plain, 3), "ratio": check / plain}


def _microseconds(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    for _ in range(_CALLS):
        call()
    return (time.perf_counter() - started) / _CALLS * 1e6


if __name__ == "__main__":
    print(run())
