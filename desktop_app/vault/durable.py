"""Small files that survive a power cut, and a lock between programs."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.words import msg

_PATIENCE_S = 5.0
_PAUSE_S = 0.02

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def make_folder(folder: Path) -> None:
    """Make a folder for this user alone, with its parents, unless it exists."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _failed(folder, error) from None


def replace(path: Path, content: bytes) -> None:
    """Put `content` at `path`: after a crash at any moment the old or the new file is there."""
    fresh = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _renamed(fresh, path)
        _flush_folder(path.parent)
    except OSError as error:
        raise _failed(path, error) from None


class Lock:
    """Only one program at a time is inside; the operating system frees it when one dies."""

    def __init__(self, path: Path, *, patience_s: float | None = None) -> None:
        self._path = path
        self._patience_s = patience_s
        self._descriptor = -1

    def __enter__(self) -> None:
        try:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
        except OSError as error:
            raise _failed(self._path, error) from None
        end = monotonic() + (_PATIENCE_S if self._patience_s is None else self._patience_s)
        while True:
            try:
                _take(self._descriptor)
            except OSError:
                if monotonic() > end:
                    os.close(self._descriptor)
                    raise UnavailableError(
                        msg("Another program has been saving the key file for too long."),
                        hint=msg("Close other windows of Clopos Desk and try again."),
                    ) from None
                time.sleep(_PAUSE_S)
            else:
                return

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)


_BINARY = getattr(os, "O_BINARY", 0)


def _renamed(source: Path, target: Path) -> None:
    """Rename over `target`; on Windows a virus scanner may hold it for a moment."""
    end = monotonic() + _PATIENCE_S
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if sys.platform != "win32" or monotonic() > end:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failed(path: Path, error: OSError) -> UnavailableError:
    return UnavailableError(
        msg("{path} cannot be written: {reason}.", path=str(path), reason=error.strerror or "?"),
        hint=msg("Is the disk full, or the folder read-only?"),
    )
