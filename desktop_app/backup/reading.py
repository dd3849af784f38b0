"""Reading a backup folder that somebody else may have filled: real files only, none without end.

A link, a pipe or a device in the place of a file is never followed or waited for; it counts as
damage.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

ENTRIES_LIMIT = 1_000_000
DEPTH_LIMIT = 8
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_BLOCK = 1 << 20


class NotAFileError(ValueError):
    """What stands under the name is a link, a folder, a pipe or a device."""


class TooLargeError(ValueError):
    """The file is larger than anything of its kind can be."""


class TooManyError(ValueError):
    """There are more files than any backup has."""


def check_way(root: Path, path: Path) -> None:
    """Raise NotAFileError where a folder between `root` and `path` is a link."""
    for folder in path.parents:
        if folder == root:
            return
        with suppress(FileNotFoundError):
            if _is_link(folder.lstat()):
                raise NotAFileError


def read_file(root: Path, path: Path, limit: int, start: int = 0) -> bytes:
    """Return at most `limit` bytes of a file from `start`.

    Raises NotAFileError, and TooLargeError where from the start there would be more.
    """
    check_way(root, path)
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or _is_link(found):
        raise NotAFileError
    number = os.open(path, _FLAGS)
    with os.fdopen(number, "rb") as file:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise NotAFileError
        if not start and found.st_size > limit:
            raise TooLargeError
        file.seek(start)
        return _at_most(file, limit)


def walk(root: Path, folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Give the real files under `folder`, at any depth that a backup has; TooManyError."""
    check_way(root, folder)
    count = 0
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        for entry in _entries(place):
            count += 1
            if count > ENTRIES_LIMIT:
                raise TooManyError
            if entry.is_dir(follow_symlinks=False) and depth < DEPTH_LIMIT:
                waiting.append((Path(entry.path), depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path), entry.stat(follow_symlinks=False)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if not entry.name.startswith(".") and not entry.is_symlink():
                    yield entry
    except (FileNotFoundError, NotADirectoryError):
        return


def _at_most(file: BinaryIO, limit: int) -> bytes:
    pieces = bytearray()  # a file may say it is small and never end
    while piece := file.read(min(_BLOCK, limit - len(pieces))):
        pieces += piece
    return bytes(pieces)


def _is_link(found: os.stat_result) -> bool:
    # A junction of Windows is a folder and a link at once; other tags are those of cloud folders.
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(found.st_mode) or (
        junction is not None and getattr(found, "st_reparse_tag", 0) == junction
    )
