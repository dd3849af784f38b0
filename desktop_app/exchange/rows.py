"""The rows of an opened file, each as wide as its header, and the records of a list of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_app.exchange.csv_text import LINE_LIMIT, Records
from desktop_app.exchange.files import Opened, text_stream
from desktop_app.exchange.records import Problems, RowProblem
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.json_text import BadJsonError, read_json
from desktop_app.kernel.words import Message, msg

ROW_LIMIT = 2_000_000
_BETWEEN_PULSES = 1024


def rows(file: Opened, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Give the line and the cells of every whole row; the others are told.

    InvalidError where there are more than two million: orders are put together in memory.
    """

    def complain(line: int, message: Message) -> None:
        problems(RowProblem(file.name, line, "", message))

    width = len(file.header)
    with text_stream(file.open_binary, file.encoding) as text:
        records = iter(Records(text, file.separator, complain, sound=file.sound))
        next(records)
        for count, (line, cells) in enumerate(records):
            if not count % _BETWEEN_PULSES:
                file.pulse()
                _not_too_many(file, count)
            if len(cells) == width:
                yield line, cells
            elif any(cells[width:]) or len(cells) < width:
                complain(line, _wrong_width(len(cells), width))
            else:
                yield line, cells[:width]


def json_records(file: Opened) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the records of a list of JSON with their numbers, from 1; fractions are texts."""
    with file.open_binary() as lines:
        for number, line in enumerate(iter(lambda: lines.readline(LINE_LIMIT), b""), 1):
            if not number % _BETWEEN_PULSES:
                file.pulse()
            try:
                record = read_json(line, size=LINE_LIMIT)
            except BadJsonError:
                record = None
            if not isinstance(record, dict):
                raise InvalidError(
                    msg("Record {n} of “{file}” cannot be read.", n=number, file=file.name)
                )
            yield number, record


def _not_too_many(file: Opened, count: int) -> None:
    if count > ROW_LIMIT:
        raise InvalidError(
            msg("“{file}” has more than {limit} rows.", file=file.name, limit=ROW_LIMIT),
            hint=msg("Split it into smaller files, for example by month, and import them all."),
        )


def _wrong_width(found: int, expected: int) -> Message:
    return msg("The row has {n} cells instead of {expected}.", n=found, expected=expected)
