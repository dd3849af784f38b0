"""A file on the disk that must stay what it was when it was looked through."""

from __future__ import annotations

import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from typing_extensions import override

from desktop_app.kernel.errors import AppError, InvalidError, NotFoundError, UnavailableError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg

NAME_LIMIT = 120
_BUFFER = 1 << 20
# A pipe or a terminal must not be waited for, not even in the moment between looking and opening.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_Mark = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file; `name` is for people, never a path."""

    name: str
    path: Path
    size: int
    mark: _Mark

    def open(self) -> BinaryIO:
        """Return the file for reading; UnavailableError where it is not what it was."""
        number, found = _opened(self.path, self.name)
        if _mark(found) != self.mark:
            os.close(number)
            raise _changed(self.name)
        return io.BufferedReader(_Exactly(number, self), _BUFFER)


def find_source(path: Path) -> Source:
    """Return a file that can be read; AppError with the reason where it cannot."""
    name = shown_name(path.name)
    number, found = _opened(path, name)
    os.close(number)
    return Source(name, path, found.st_size, _mark(found))


def shown_name(name: str) -> str:
    """Return a file's name as text that can be shown and kept."""
    return clean(name.encode("utf-8", "replace").decode("utf-8"))[:NAME_LIMIT] or "?"


def _opened(path: Path, name: str) -> tuple[int, os.stat_result]:
    """Return a descriptor of a regular file, never of anything else."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _no_file(name, path.stat().st_mode)
        number = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise NotFoundError(msg("There is no file “{file}”.", file=name)) from None
    except ValueError:  # a zero byte in the name
        raise NotFoundError(msg("There is no file “{file}”.", file=name)) from None
    except OSError as error:
        raise unreadable(name, error) from error
    found = os.fstat(number)
    if not stat.S_ISREG(found.st_mode):
        os.close(number)
        raise _no_file(name, found.st_mode)
    return number, found


class _Exactly(io.RawIOBase):
    """As many bytes as the file had, and a complaint where it has others by now."""

    def __init__(self, number: int, source: Source) -> None:
        self._number = number
        self._source = source
        self._left = source.size

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def fileno(self) -> int:
        return self._number

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        at = os.lseek(self._number, offset, whence)
        self._left = self._source.size - at
        return at

    @override
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), max(self._left, 0))
        try:
            piece = os.read(self._number, wanted)
        except OSError as error:
            raise unreadable(self._source.name, error) from error
        buffer[: len(piece)] = piece
        self._left -= len(piece)
        if not piece and _mark(os.fstat(self._number)) != self._source.mark:
            raise _changed(self._source.name)
        return len(piece)

    @override
    def close(self) -> None:
        if not self.closed:
            os.close(self._number)
        super().close()


def unreadable(name: str, error: OSError) -> UnavailableError:
    """Return what to say of a file that the system does not give."""
    return UnavailableError(
        msg(
            "“{file}” cannot be read: {reason}.",
            file=name,
            reason=os.strerror(error.errno) if error.errno else str(error),
        )
    )


def _mark(found: os.stat_result) -> _Mark:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _no_file(name: str, mode: int) -> AppError:
    if stat.S_ISDIR(mode):
        return InvalidError(
            msg("“{file}” is a folder.", file=name), hint=msg("Choose the file inside it.")
        )
    return InvalidError(msg("“{file}” is not a file but a device or a pipe.", file=name))


def _changed(name: str) -> UnavailableError:
    return UnavailableError(
        msg("“{file}” changed while it was being read.", file=name),
        hint=msg("Wait until the program that writes it has finished, then try again."),
    )
