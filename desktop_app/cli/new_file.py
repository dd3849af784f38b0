"""New files that only their owner may read; an old one is never written over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from desktop_app.kernel.errors import ConflictError, UnavailableError
from desktop_app.kernel.words import msg

_OWNER_ONLY = 0o600


def new_file(path: Path) -> BinaryIO:
    """Open a new file for writing; ConflictError where there is one already."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        raise ConflictError(
            msg("There is a file {file} already.", file=path),
            hint=msg("Nothing secret is written over another file: choose another name."),
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnavailableError(
            msg("The file {file} cannot be written: {reason}.", file=path, reason=reason)
        ) from None
    return os.fdopen(number, "wb")
