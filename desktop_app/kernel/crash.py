"""What is kept of a bug: its kind and where it happened, never its text, which may quote people."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from desktop_app import __version__
from desktop_app.kernel.cards import masked
from desktop_app.kernel.clock import SystemClock


def report(error: BaseException) -> str:
    """Return the report of a bug, safe to send to the makers of the program."""
    kinds: list[str] = []
    now: BaseException | None = error
    while now is not None:
        kinds.append(f"{type(now).__module__}.{type(now).__name__}")
        kinds += [
            f"  {Path(place.filename).name}:{place.lineno} in {place.name}"
            for place in traceback.extract_tb(now.__traceback__)
        ]
        now = now.__cause__ or now.__context__
    python = f"Python {platform.python_version()} on {platform.system()} {platform.release()}"
    at = f"{SystemClock().now():%Y-%m-%d %H:%M:%S} UTC"
    return masked("\n".join([f"Clopos Desk {__version__}", python, at, "", *kinds, ""]))


def save(folder: Path, text: str, prefix: str = "crash") -> Path:
    """Write a report into a folder, made where it is missing; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{prefix}-{SystemClock().now():%Y%m%d-%H%M%S-%f}.txt"
    path.write_text(text, "utf-8")
    return path
