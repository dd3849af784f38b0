"""The papers a recovery key is written on: opened first, so that it cannot be lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_app.cli.call import Call
from desktop_app.kernel.errors import ConflictError, InvalidError, UnavailableError
from desktop_app.kernel.words import msg

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Papers:
    """The open files for the recovery key: made first, so that it cannot be lost."""

    kit: BinaryIO | None
    key: BinaryIO | None


def require_seen(call: Call) -> None:
    """Raise InvalidError where nobody would see a recovery key."""
    options = call.options
    if not (options.kit or options.recovery_key_file) and (call.as_json or not seen()):
        raise InvalidError(
            msg("Nobody would see the recovery key, and without it a lost password loses all."),
            hint=msg("Name a file with --kit or --recovery-key-file."),
        )


def seen() -> bool:
    """Tell whether somebody reads what is printed."""
    return sys.stdout.isatty()


@contextmanager
def papers_for(kit: str | None, key: str | None) -> Iterator[Papers]:
    """Open the files for the recovery key; gone again where no store comes of it."""
    made: list[Path] = []
    files: list[BinaryIO] = []
    try:
        for name in (kit, key):
            if name:
                files.append(_new_file(Path(name)))
                made.append(Path(name))
        waiting = iter(files)
        yield Papers(next(waiting) if kit else None, next(waiting) if key else None)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    finally:
        for file in files:
            file.close()


def _new_file(path: Path) -> BinaryIO:
    """Open a new file that only its owner may read."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        raise ConflictError(
            msg("There is a file {file} already.", file=path),
            hint=msg("A recovery key is never written over another: choose another name."),
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnavailableError(
            msg("The file {file} cannot be written: {reason}.", file=path, reason=reason)
        ) from None
    return os.fdopen(number, "wb")
