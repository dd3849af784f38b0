"""Starting: sign-in to a usable dashboard at 1,000,000 orders; the command line beside the window.

Each figure is of a process of its own, offscreen. "Usable" is the dashboard with the day's figures
painted. The window's start is measured to its first paint, the command line's to its end.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.stores import OWNER, PASSWORD, big_store, new_store

ROUNDS = 5
ROOT = Path(__file__).resolve().parents[2]


def run(orders: int = 1_000_000) -> dict[str, Any]:
    """Return seconds and the ratio of the two shells' starts."""
    folder = big_store(orders)
    boards = [json.loads(_child("board", str(folder))) for _ in range(3)]
    with tempfile.TemporaryDirectory() as name:
        new_store(Path(name, "store")).close()
        starts = [_starts(Path(name, "store")) for _ in range(ROUNDS)]
    found = {key: _median(boards, key) for key in boards[0]}
    found.update({key: _median(starts, key) for key in starts[0]})
    found["status_to_window"] = round(found["cli_status_s"] / found["window_s"], 2)
    found["help_to_window"] = round(found["cli_help_s"] / found["window_s"], 2)
    found["target"] = "beyond_key_derivation_s < 1; command line < 0.4 of the window"
    return {"orders": orders, **found}


def _median(rows: list[dict[str, float]], key: str) -> float:
    return round(statistics.median(row[key] for row in rows), 3)


def _starts(store: Path) -> dict[str, float]:
    return {
        "cli_help_s": _timed("-m", "desktop_app", "--help"),
        "cli_status_s": _timed("-m", "desktop_app", "--data", str(store), "--json", "status"),
        "window_s": _timed("-m", "tests.benchmarks.bench_start", "window", str(store)),
    }


def _timed(*arguments: str) -> float:
    started = time.perf_counter()
    _child_of(*arguments)
    return time.perf_counter() - started


def _child(*arguments: str) -> str:
    return _child_of("-m", "tests.benchmarks.bench_start", *arguments)


def _child_of(*arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=True, text=True, cwd=ROOT,
        env=environment,
    )  # fmt: skip
    return done.stdout


def _window(folder: Path) -> None:
    """Show the sign-in window and leave at its first paint."""
    from desktop_app.gui import start
    from desktop_app.gui.front_desk import FrontDesk

    application = start.prepare(["clopos-desk"])
    front = start.Front(FrontDesk(folder), folder, ())
    front.dress("az")
    front.show_sign_in()
    application.processEvents()
    os._exit(0)


def _board(folder: Path) -> None:
    """Sign in, open the window, and say how long it took until the figures stood there."""
    from desktop_app.gui import start, theme
    from desktop_app.gui.catalogue import SCREENS
    from desktop_app.gui.screens.dashboard import board
    from desktop_app.gui.tokens import LIGHT
    from desktop_app.gui.window import Window
    from desktop_app.kernel.clock import SystemClock
    from desktop_app.sign_in import Reception
    from desktop_app.vault.store_keys import Vault

    application = start.prepare(["clopos-desk"])
    theme.apply(LIGHT)
    started = time.perf_counter()
    Vault.open(folder).unlock(OWNER, PASSWORD, clock=SystemClock()).close()
    derivation = time.perf_counter() - started
    shown: list[float] = []
    real = board.Board.show_view

    def show_view(self: Any, view: Any) -> None:
        real(self, view)
        window.grab()
        shown.append(time.perf_counter())
        application.quit()

    board.Board.show_view = show_view  # type: ignore[method-assign]
    started = time.perf_counter()
    session = Reception(folder, keyring=False).sign_in(OWNER, PASSWORD)
    window = Window(session, SCREENS)
    window.resize(1440, 900)
    window.show()
    application.exec()
    whole = shown[0] - started
    print(json.dumps({
        "sign_in_to_dashboard_s": whole, "key_derivation_s": derivation,
        "beyond_key_derivation_s": whole - derivation,
    }))  # fmt: skip
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["window", folder]:
            _window(Path(folder))
        case ["board", folder]:
            _board(Path(folder))
        case _:
            print(json.dumps(run(), indent=1))
