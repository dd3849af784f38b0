"""The papers a recovery key is written on: opened first, so that it cannot be lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_app.cli.call import Call
from desktop_app.cli.new_file import new_file
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg


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
                files.append(new_file(Path(name)))
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
