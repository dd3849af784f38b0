"""Opened files: looked through once (size, digest, encoding, header), read later in a stream.

A workbook and an archive hold several *tables*; each of them is opened like a file of its own.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from desktop_app.exchange.csv_text import COLUMN_LIMIT, LINE_LIMIT, Records, separator_of
from desktop_app.exchange.encodings import EncodingProbe, encoding_notice
from desktop_app.exchange.preflight import START, Kind, check_size, kind_of
from desktop_app.exchange.source import NAME_LIMIT, Source, find_source, shown_name
from desktop_app.exchange.worker.host import Flags, Found, Pulse, Table, read_untrusted
from desktop_app.exchange.worker.limits import STANDARD, Limits
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.json_text import BadJsonError, read_json
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Message, msg, msgs

_CHUNK = 1 << 20
_SHEET_SEPARATOR = ","
_INSIDE = " › "
_KEYS_LIMIT = 200


def _no_pulse() -> None:
    """Do nothing: nobody can stop the reading."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A table whose encoding and header are known. `name` is for people, never a path.

    `container` names the workbook or archive it stands in with others. A list of JSON records has
    `keys` (those of its first record) and no header.
    """

    name: str
    open_binary: Callable[[], BinaryIO]
    encoding: str
    separator: str
    header: tuple[str, ...]
    size: int
    sha256: str
    notices: tuple[Message, ...] = ()
    sound: bool = False
    sheet: str = ""
    container: str = ""
    keys: frozenset[str] = frozenset()
    pulse: Pulse = field(default=_no_pulse, compare=False)

    def has(self, *columns: str) -> bool:
        """Tell whether the header is made of exactly these columns, in any order."""
        return len(self.header) == len(columns) and set(self.header) == set(columns)

    def places(self, *columns: str) -> tuple[int, ...]:
        """Return where the columns are in a row."""
        return tuple(self.header.index(column) for column in columns)


def open_files(
    path: Path, *, sheet: str = "", limits: Limits = STANDARD, pulse: Pulse = _no_pulse
) -> list[Opened]:
    """Return the tables of a file, ready for reading; AppError with the reason where none can be.

    `pulse` is called while that takes long, and again while rows are read; it may raise.
    """
    source = find_source(path)
    if not source.size:
        raise _empty(source.name)
    with source.open() as file:
        kind = kind_of(source.name, file.read(START))
    check_size(source.name, kind, source.size)
    if kind is Kind.TEXT:
        return [replace(_looked_through(source.name, source.open, pulse), pulse=pulse)]
    with source.open() as file:
        found = read_untrusted(file, source.name, kind, sheet=sheet, limits=limits, pulse=pulse)
        digest = _digest(file)
    return [replace(one, pulse=pulse) for one in _tables(source, found, digest)]


def open_file(path: Path) -> Opened:
    """Return the first table of a file."""
    return open_files(path)[0]


def open_bytes(name: str, content: bytes) -> Opened:
    """Return text that is in memory, ready for reading."""
    shown = shown_name(name)
    if content:
        kind_of(shown, content[:START])
    return _looked_through(shown, partial(io.BytesIO, content))


def text_stream(open_binary: Callable[[], BinaryIO], encoding: str) -> io.TextIOWrapper:
    """Return bytes as text; what cannot be decoded becomes U+FFFD."""
    return io.TextIOWrapper(open_binary(), encoding=encoding, errors="replace", newline="")


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _tables(source: Source, found: Found, digest: str) -> list[Opened]:
    """Return the tables that make sense; where none does, say why of the first."""
    tables: list[Opened] = []
    unfit: list[InvalidError] = []
    alone = len(found.tables) == 1
    for table in found.tables:
        try:
            tables.append(_opened(source, table, digest, alone=alone))
        except InvalidError as error:
            unfit.append(error)
    if not tables:
        raise unfit[0] if unfit else _nothing(source)
    left_out = [_left_out(source, found)] if found.left_out_count else []
    told = tuple(error.message for error in unfit)
    tables[0] = replace(tables[0], notices=(*tables[0].notices, *told, *left_out))
    return [replace(one, container="" if alone else source.name) for one in tables]


def _opened(source: Source, table: Table, digest: str, *, alone: bool) -> Opened:
    sheet = "" if alone else table.sheet
    inside = [part for part in (table.name.rpartition("/")[2], sheet) if part]
    name = _INSIDE.join((source.name, *inside))[:NAME_LIMIT]
    match table.kind:
        case "text":
            made = _looked_through(name, table.content.open)
        case "sheet":
            header = _header(name, table.content.open, "utf-8", _SHEET_SEPARATOR)
            made = Opened(
                name, table.content.open, "utf-8", _SHEET_SEPARATOR, header, source.size, digest,
                tuple(_flagged(name, table.flags)), sound=True, sheet=table.sheet,
            )  # fmt: skip
        case _:
            made = Opened(
                name, table.content.open, "utf-8", "", (), source.size, digest, sound=True,
                keys=_keys(name, table),
            )  # fmt: skip
    if table.name and table.kind != "text":  # a file of an archive, told apart from the others
        inner = hashlib.sha256(f"{digest}/{table.name}".encode()).hexdigest()
        made = replace(made, sha256=inner)
    return made


def _keys(name: str, table: Table) -> frozenset[str]:
    with table.content.open() as lines:
        line = lines.readline(LINE_LIMIT)
    with suppress(BadJsonError):
        record = read_json(line, size=LINE_LIMIT)
        if isinstance(record, dict) and len(record) <= _KEYS_LIMIT:
            return frozenset(record)
    raise InvalidError(msg("The first record of “{file}” cannot be read.", file=name))


def _flagged(name: str, flags: Flags) -> Iterator[Message]:
    if flags.formulas:
        yield msgs(
            "“{file}” has {n} cell with a formula ({place}); its text was read, not its result.",
            "“{file}” has {n} cells with formulas (the first is {place}); their texts were read,"
            " not their results.",
            flags.formulas, file=name, place=flags.formula,
        )  # fmt: skip
    if flags.errors:
        yield msgs(
            "“{file}” has {n} cell with an error ({place}).",
            "“{file}” has {n} cells with errors (the first is {place}).",
            flags.errors, file=name, place=flags.error,
        )  # fmt: skip
    if flags.lost:
        yield msgs(
            "“{file}” has {n} number of more than 15 digits; the spreadsheet lost its last digits.",
            "“{file}” has {n} numbers of more than 15 digits; the spreadsheet lost their last"
            " digits.",
            flags.lost, file=name,
        )  # fmt: skip


def _left_out(source: Source, found: Found) -> Message:
    return msgs(
        "{n} file in “{file}” is not a table and was left out: {names}.",
        "{n} files in “{file}” are not tables and were left out: {names}.",
        found.left_out_count,
        file=source.name,
        names=", ".join(shown_name(name) for name in found.left_out),
    )


def _nothing(source: Source) -> InvalidError:
    return InvalidError(
        msg("There is no table in “{file}”.", file=source.name),
        hint=msg("We read CSV, .xlsx and .json, also inside a ZIP."),
    )


def _looked_through(
    name: str, open_binary: Callable[[], BinaryIO], pulse: Pulse = _no_pulse
) -> Opened:
    digest = hashlib.sha256()
    probe = EncodingProbe()
    size = 0
    with open_binary() as source:
        while chunk := source.read(_CHUNK):
            if not size:
                _refuse_other_kinds(name, chunk)
            pulse()
            size += len(chunk)
            digest.update(chunk)
            probe.feed(chunk)
    if not size:
        raise _empty(name)
    encoding = probe.encoding(name)
    separator = _separator(open_binary, encoding)
    header = _header(name, open_binary, encoding, separator)
    notice = encoding_notice(name, encoding)
    return Opened(
        name,
        open_binary,
        encoding,
        separator,
        header,
        size,
        digest.hexdigest(),
        (notice,) if notice else (),
        sound=encoding.startswith("utf-8") and probe.sound,
    )


def _empty(name: str) -> InvalidError:
    return InvalidError(msg("“{file}” is empty.", file=name))


def _refuse_other_kinds(name: str, chunk: bytes) -> None:
    if kind_of(f"{name}.csv", chunk[:START]) is not Kind.TEXT:  # a member of an archive
        raise InvalidError(msg("“{file}” is not text.", file=name))


def _separator(open_binary: Callable[[], BinaryIO], encoding: str) -> str:
    with text_stream(open_binary, encoding) as text:
        first = text.readline(LINE_LIMIT)
        while first and not first.strip():
            first = text.readline(LINE_LIMIT)
    return separator_of(first)


def _header(
    name: str, open_binary: Callable[[], BinaryIO], encoding: str, separator: str
) -> tuple[str, ...]:
    found: list[Message] = []
    with text_stream(open_binary, encoding) as text:
        records = Records(text, separator, lambda _line, message: found.append(message))
        for _line, cells in records:
            if found:
                break
            return tuple(_columns(name, cells))
    raise InvalidError(
        msg("The first line of “{file}” cannot be read as the names of columns.", file=name)
        if not found
        else msg("“{file}” cannot be read: {reason}", file=name, reason=found[0])
    )


def _columns(name: str, cells: Sequence[str]) -> list[str]:
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
