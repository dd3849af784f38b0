"""The audit trail: what it adds to a command, and reading and checking a million events.

A command is measured with its event and with the pen held back, by turns, in one run.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from typing import Any

from desktop_app.access.operations import count_events, list_events, verify_trail
from desktop_app.access.records import EventFilter
from desktop_app.app import App
from desktop_app.db.pen import Head, Pen
from desktop_app.db.trail import Change, Event
from desktop_app.venue.operations import change_setting
from tests.benchmarks.stores import BUILD, OWNER, PASSWORD, new_store
from tests.support.memory import peak_mib

EVENTS = 1_000_000
COMMANDS = 300


def run(events: int = EVENTS) -> dict[str, Any]:
    """Return seconds of reading and checking, and how much longer a command takes."""
    folder = long_trail(events)
    found: dict[str, Any] = {"events": events}
    with _opened(folder) as app:
        found |= _reading(app)
    with _opened(folder) as app:
        found |= _checking(app)
        found |= commands(app)
    found["peak_mib"] = peak_mib()
    found["target"] = "verify < 10 s a million, a page < 0.1 s, a command at most 40 % longer"
    return found


def _opened(folder: Path) -> App:
    from desktop_app.sign_in import Reception

    return Reception(folder, keyring=False).sign_in(OWNER, PASSWORD)


def _timed(body: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = body()
    return round(time.perf_counter() - started, 3), answer


def _reading(app: App) -> dict[str, Any]:
    first, rows = _timed(lambda: app.call(list_events))
    middle, _ = _timed(lambda: app.call(list_events, before=rows[0].seq // 2))
    rare = EventFilter(operation="orders.refund")
    page, _ = _timed(lambda: app.call(list_events, rare))
    whole, count = _timed(lambda: app.call(count_events, EventFilter("dilarə")))
    again, _ = _timed(lambda: app.call(count_events, EventFilter(subject="order 4242")))
    return {
        "page_s": first, "page_in_the_middle_s": middle, "filtered_page_s": page,
        "first_whole_search_s": whole, "later_whole_search_s": again, "found": count,
    }  # fmt: skip


def _checking(app: App) -> dict[str, Any]:
    seconds, report = _timed(lambda: app.call(verify_trail))
    if not report.ok:
        raise RuntimeError(str(report))
    return {"verify_s": seconds, "signatures": report.signatures}


def commands(app: App) -> dict[str, Any]:
    """Return the median of a small command with its event and without, by turns."""
    times: dict[bool, list[float]] = {True: [], False: []}
    write = Pen.write

    def nothing(_pen: Pen, *_: object, **__: object) -> Head:
        return Head(0, b"", 0)

    for number in range(2 * COMMANDS):
        kept = number % 2 == 0
        Pen.write = write if kept else nothing  # type: ignore[method-assign]
        try:
            started = time.perf_counter()
            app.call(change_setting, "window.lock_after_minutes", str(number % 50 + 1))
            times[kept].append(time.perf_counter() - started)
        finally:
            Pen.write = write  # type: ignore[method-assign]
    with_trail, without = (statistics.median(times[kept]) for kept in (True, False))
    return {
        "command_ms": round(with_trail * 1000, 2),
        "command_without_trail_ms": round(without * 1000, 2),
        "trail_adds_percent": round((with_trail / without - 1) * 100),
    }


def long_trail(events: int) -> Path:
    """Return the folder of a store with so many events, of twelve people in a thousand sessions."""
    folder = BUILD / f"trail-{events}"
    if (folder / "ready").exists():
        return folder
    new_store(folder).close()
    with _opened(folder) as app:
        store, actor, at = app._store, app.actor, app._store.clock.now()
        kinds = [
            ("orders.close", "order"), ("venue.change_setting", ""), ("customers.edit", "customer"),
            ("exchange.import_files", "import"), ("access.note_sign_in", "user"),
        ]  # fmt: skip
        for first in range(0, events, 5_000):
            if first % 1_000_000 // 5_000 % 10 == 0:
                store.pen.close()
            with store.engine.begin() as connection:
                for n in range(first, min(first + 5_000, events)):
                    name, about = kinds[n % 5] if n % 25_000 else ("orders.refund", "order")
                    change = Change("pos_order", str(n), "change", {"total_minor": [n, n + 1]})
                    event = Event(name, "done", f"{about} {n}", {"reason": "x"}, [change])
                    store.pen.write(connection, actor, at, event, signed=False)
            store.pen.committed()
    (folder / "ready").touch()
    return folder


if __name__ == "__main__":
    import sys

    count = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    print(json.dumps(run(count), indent=1))
