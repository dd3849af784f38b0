"""Where the command line keeps the report of a bug."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

from desktop_app.cli.folder import has_store
from desktop_app.kernel import crash

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})


def save(data: Path, text: str) -> Path | None:
    """Write a report into the store's folder, or beside temporary files where there is no store.

    None where neither takes it.
    """
    for folder in (data / "crashes" if has_store(data) else None, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            return crash.save(folder, text, "clopos-desk-crash")
        except OSError:
            continue
    return None
