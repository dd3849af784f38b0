"""What we keep of a bug: where it happened, never what it happened to.

A report holds the kind of error, the places in our code and the versions. The text of the error is
masked, because it may quote a customer: digits become 0 and quoted parts become “…”.
"""

from __future__ import annotations

import platform
import re
import sys
import traceback
from pathlib import Path
from types import TracebackType

from desktop_app import __version__
from desktop_app.kernel.clock import SystemClock

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_ADDRESS = re.compile(r"\S+@\S+")


def masked(text: str) -> str:
    """Return a text without quoted parts, digits and addresses."""
    return re.sub(r"\d", "0", _ADDRESS.sub("…@…", _QUOTED.sub("“…”", text)))


def crash_report(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> str:
    """Return the report of a bug, safe to send to the makers of the program."""
    places = "\n".join(
        f"  {Path(place.filename).name}:{place.lineno} in {place.name}"
        for place in traceback.extract_tb(trace)
    )
    return (
        f"Clopos Desk {__version__}\n"
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}\n"
        f"{SystemClock().now():%Y-%m-%d %H:%M:%S} UTC\n\n"
        f"{kind.__name__}: {masked(str(error))}\n{places}\n"
    )


def save_report(folder: Path, report: str) -> Path:
    """Write a report into a folder; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"crash-{SystemClock().now():%Y%m%d-%H%M%S-%f}.txt"
    path.write_text(report, "utf-8")
    return path


def is_stop(kind: type[BaseException]) -> bool:
    """Tell whether an exception is a wish to end the program, not a bug."""
    return issubclass(kind, (KeyboardInterrupt, SystemExit)) or sys.is_finalizing()
