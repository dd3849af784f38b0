"""What a command answers, and how it is written: one JSON document, or text for a person."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from desktop_app.kernel.cards import masked
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import Message, Words

_GAP = "  "
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand to the right."""

    title: Message
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles. Cells are text as it is to be shown."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one pair to a line."""

    pairs: Sequence[tuple[Message, str]]


Shown = Message | Table | Facts


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or did: `document` for programs, `shown` for people."""

    document: Mapping[str, Any]
    shown: Sequence[Shown] = ()
    exit_code: int = 0


def write(answer: Answer, spoken: Words, *, as_json: bool) -> None:
    """Write an answer to standard output."""
    if as_json:
        text = json.dumps(answer.document, ensure_ascii=False, allow_nan=False)
    else:
        text = "\n\n".join(_shown(part, spoken) for part in answer.shown)
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def write_error(error: AppError, spoken: Words, *, as_json: bool) -> None:
    """Write what went wrong and what to do to standard error; card data in it is masked."""
    message = masked(spoken.of(error.message))
    hint = masked(spoken.of(error.hint)) if error.hint else ""
    if as_json:
        said = {"error": {"code": error.code, "message": message, "hint": hint}}
        _to_stderr(json.dumps(said, ensure_ascii=False))
        return
    _to_stderr(harmless(message))
    if hint:
        _to_stderr(harmless(hint))


def write_notices(notices: Sequence[Message], spoken: Words) -> None:
    """Write what somebody should know, to standard error."""
    for notice in notices:
        _to_stderr(harmless(masked(spoken.of(notice))))


def _to_stderr(text: str, stream: TextIO | None = None) -> None:
    target = stream or sys.stderr
    target.write(f"{text}\n")
    target.flush()


def harmless(text: str) -> str:
    """Return text without characters that command a terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else "�" for c in text)


def _shown(part: Shown, spoken: Words) -> str:
    match part:
        case Table():
            return _table(part, spoken)
        case Facts():
            names = [spoken.of(name) for name, _ in part.pairs]
            width = max((_width(name) for name in names), default=0)
            lines = [
                f"{_padded(name, width)}{_GAP}{harmless(value)}"
                for name, (_, value) in zip(names, part.pairs, strict=True)
            ]
            return "\n".join(lines)
        case Message():
            return harmless(spoken.of(part))


def _table(table: Table, spoken: Words) -> str:
    titles = [spoken.of(column.title) for column in table.columns]
    rows = [_cells(row) for row in table.rows]
    widths = [max(_width(cell) for cell in cells) for cells in zip(titles, *rows, strict=True)]
    lines = [titles, ["─" * width for width in widths], *rows]
    return "\n".join(
        _GAP.join(
            _padded(cell, width, right=column.right)
            for cell, width, column in zip(line, widths, table.columns, strict=True)
        ).rstrip()
        for line in lines
    )


def _cells(row: Sequence[str]) -> list[str]:
    """Return cells fit for a table; only the last may be as long as it likes."""
    cells = [harmless(cell).replace("\n", " ") for cell in row]
    return [*(_short(cell) for cell in cells[:-1]), *cells[-1:]]


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _width(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
        if not unicodedata.combining(c)
    )


def _padded(text: str, width: int, *, right: bool = False) -> str:
    blanks = " " * (width - _width(text))
    return f"{blanks}{text}" if right else f"{text}{blanks}"
