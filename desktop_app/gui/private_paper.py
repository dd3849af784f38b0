"""Papers with secrets on them, written so that nobody else on this computer can read the file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from desktop_app.db.new_folder import cannot_write

_OWNER_ONLY = 0o600


def write_privately(path: Path, write: Callable[[BinaryIO], None]) -> Path:
    """Write a paper to a file that only the person at the screen may open, and return its path."""
    paper = BytesIO()
    write(paper)
    try:
        path.touch(mode=_OWNER_ONLY)
        path.chmod(_OWNER_ONLY)
        path.write_bytes(paper.getvalue())
    except OSError as error:
        raise cannot_write(path, error) from error
    return path
