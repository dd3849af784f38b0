"""Opened files: looked through once (size, digest, encoding, header), read later in a stream."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from desktop_app.exchange.csv_text import COLUMN_LIMIT, LINE_LIMIT, Records, separator_of
from desktop_app.exchange.encodings import EncodingProbe, encoding_notice
from desktop_app.kernel.errors import InvalidError, NotFoundError, UnavailableError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Message, msg

NAME_LIMIT = 120
_CHUNK = 1 << 20
_OTHER_KINDS = (
    (b"PK\x03\x04", "Excel, ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "SQLite"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A text file whose encoding and header are known. `name` is for people, never a path."""

    name: str
    open_binary: Callable[[], BinaryIO]
    encoding: str
    separator: str
    header: tuple[str, ...]
    size: int
    sha256: str
    notice: Message | None = None
    sound: bool = False

    def has(self, *columns: str) -> bool:
        """Tell whether the header is made of exactly these columns, in any order."""
        return len(self.header) == len(columns) and set(self.header) == set(columns)

    def places(self, *columns: str) -> tuple[int, ...]:
        """Return where the columns are in a row."""
        return tuple(self.header.index(column) for column in columns)


def open_file(path: Path) -> Opened:
    """Return a file ready for reading; AppError with the reason where it cannot be read."""
    name = shown_name(path.name)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise NotFoundError(msg("There is no file “{file}”.", file=name)) from None
    except OSError as error:
        raise _unreadable(name, error) from error
    if stat.S_ISDIR(mode):
        raise InvalidError(
            msg("“{file}” is a folder.", file=name), hint=msg("Choose the file inside it.")
        )
    if not stat.S_ISREG(mode):
        raise InvalidError(msg("“{file}” is not a file but a device or a pipe.", file=name))
    try:
        return _looked_through(name, lambda: path.open("rb"))
    except OSError as error:
        raise _unreadable(name, error) from error


def open_bytes(name: str, content: bytes) -> Opened:
    """Return content that is in memory, ready for reading."""
    return _looked_through(shown_name(name), partial(io.BytesIO, content))


def shown_name(name: str) -> str:
    """Return a file's name as text that can be shown and kept."""
    return clean(name.encode("utf-8", "replace").decode("utf-8"))[:NAME_LIMIT]


def text_stream(open_binary: Callable[[], BinaryIO], encoding: str) -> io.TextIOWrapper:
    """Return bytes as text; what cannot be decoded becomes U+FFFD."""
    return io.TextIOWrapper(open_binary(), encoding=encoding, errors="replace", newline="")


def _unreadable(name: str, error: OSError) -> UnavailableError:
    return UnavailableError(
        msg(
            "“{file}” cannot be read: {reason}.",
            file=name,
            reason=os.strerror(error.errno) if error.errno else str(error),
        )
    )


def _looked_through(name: str, open_binary: Callable[[], BinaryIO]) -> Opened:
    digest = hashlib.sha256()
    probe = EncodingProbe()
    size = 0
    with open_binary() as source:
        while chunk := source.read(_CHUNK):
            if not size:
                _refuse_other_kinds(name, chunk)
            size += len(chunk)
            digest.update(chunk)
            probe.feed(chunk)
    if not size:
        raise InvalidError(msg("“{file}” is empty.", file=name))
    encoding = probe.encoding(name)
    separator, header = _header(name, open_binary, encoding)
    return Opened(
        name,
        open_binary,
        encoding,
        separator,
        tuple(header),
        size,
        digest.hexdigest(),
        encoding_notice(name, encoding),
        sound=encoding.startswith("utf-8") and probe.sound,
    )


def _refuse_other_kinds(name: str, chunk: bytes) -> None:
    for start, kind in _OTHER_KINDS:
        if chunk.startswith(start):
            raise InvalidError(
                msg("“{file}” is not a CSV file but {kind}.", file=name, kind=kind),
                hint=msg("Save it as “CSV UTF-8” and try again."),
            )


def _header(name: str, open_binary: Callable[[], BinaryIO], encoding: str) -> tuple[str, list[str]]:
    with text_stream(open_binary, encoding) as text:
        first = text.readline(LINE_LIMIT)
        while first and not first.strip():
            first = text.readline(LINE_LIMIT)
    separator = separator_of(first)
    found: list[Message] = []
    with text_stream(open_binary, encoding) as text:
        records = Records(text, separator, lambda _line, message: found.append(message))
        for _line, cells in records:
            if found:
                break
            return separator, _columns(name, cells)
    raise InvalidError(
        msg("The first line of “{file}” cannot be read as the names of columns.", file=name)
        if not found
        else msg("“{file}” cannot be read: {reason}", file=name, reason=found[0])
    )


def _columns(name: str, cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > COLUMN_LIMIT:
        raise InvalidError(
            msg(
                "“{file}” has {n} columns; more than {limit} are not read.",
                file=name,
                n=len(cells),
                limit=COLUMN_LIMIT,
            )
        )
    columns = [clean(cell) for cell in cells]
    for column in columns:
        if column and columns.count(column) > 1:
            raise InvalidError(
                msg("“{file}” has the column “{column}” twice.", file=name, column=column[:40])
            )
    return columns
