"""The rows of an opened file, each as wide as its header."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.exchange.csv_text import Records
from desktop_app.exchange.files import Opened, text_stream
from desktop_app.exchange.records import Problems, RowProblem
from desktop_app.kernel.words import Message, msg


def rows(file: Opened, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Give the line and the cells of every whole row; the others are told."""

    def complain(line: int, message: Message) -> None:
        problems(RowProblem(file.name, line, "", message))

    width = len(file.header)
    with text_stream(file.open_binary, file.encoding) as text:
        records = iter(Records(text, file.separator, complain, sound=file.sound))
        next(records)
        for line, cells in records:
            if len(cells) == width:
                yield line, cells
            elif any(cells[width:]) or len(cells) < width:
                complain(line, _wrong_width(len(cells), width))
            else:
                yield line, cells[:width]


def _wrong_width(found: int, expected: int) -> Message:
    return msg("The row has {n} cells instead of {expected}.", n=found, expected=expected)
