"""The folder of a new store: filled beside its place, moved there when it is whole."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop_app.kernel.errors import ConflictError, UnavailableError
from desktop_app.kernel.words import Message, msg


def fresh_folder(part: Path) -> None:
    """Make an empty folder for this user alone, in the place of what an earlier try left."""
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
    except OSError as error:
        raise cannot_write(part.parent, error) from error


def move_into_place(part: Path, folder: Path, *, last: str) -> None:
    """Give the finished files their place; `last`, which makes them a store, last.

    The folder may hold other files (the window remembers its theme there), none of these names.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        names = sorted(path.name for path in part.iterdir())
        names.sort(key=lambda name: name == last)
        taken = [name for name in names if (folder / name).exists()]
        if taken:
            raise ConflictError(
                msg("There is a file {file} in {folder} already.", file=taken[0], folder=folder),
                hint=msg("Choose an empty folder, or one that does not exist yet."),
            )
        for name in names:
            (part / name).chmod(0o600)
            (part / name).replace(folder / name)
        part.rmdir()
    except OSError as error:
        raise cannot_write(folder, error) from error


def cannot_write(folder: Path, error: OSError) -> UnavailableError:
    """Return the error for a folder that does not take files."""
    reason: Message = msg("{reason}", reason=error.strerror or type(error).__name__)
    return UnavailableError(
        msg("Nothing can be written to {folder}: {reason}.", folder=folder, reason=reason),
        hint=msg("Free space there, check the rights, or choose another folder."),
    )
