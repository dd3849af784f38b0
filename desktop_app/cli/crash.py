"""What is kept of a bug: its kind and where it happened, never its text, which may quote people."""

from __future__ import annotations

import errno
import platform
import tempfile
import traceback
from pathlib import Path

from desktop_app import __version__
from desktop_app.cli.folder import has_store
from desktop_app.kernel.clock import SystemClock

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})


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
    return "\n".join([f"Clopos Desk {__version__}", python, at, "", *kinds, ""])


def save(data: Path, text: str) -> Path | None:
    """Write a report into the store's folder, or beside temporary files where there is no store.

    None where neither takes it.
    """
    name = f"clopos-desk-crash-{SystemClock().now():%Y%m%d-%H%M%S-%f}.txt"
    for folder in (data / "crashes" if has_store(data) else None, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        except OSError:
            continue
        return folder / name
    return None
