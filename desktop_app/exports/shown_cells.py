"""Cells of what a list shows, as the numbers, days and texts they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from desktop_app.exports.records import ShownColumn, ShownTable
from desktop_app.sheets.records import Cell, Column, Kind

_WHOLE = re.compile(r"-?\d{1,15}")
_SCALED = re.compile(r"-?\d{1,13}\.(\d{1,4})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def typed(table: ShownTable) -> tuple[list[Column], list[list[Cell]]]:
    """Return a table with its numbers and days as such.

    A column is of numbers or days only where every cell that is filled is one; `1.250` that may be
    a thousand somewhere stays text unless the column is exact.
    """
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    for at, column in enumerate(table.columns):
        texts = [row[at] for row in table.rows]
        made, values = _typed_column(column, texts)
        columns.append(made)
        cells.append(values)
    return columns, [list(row) for row in zip(*cells, strict=True)]


def _typed_column(column: ShownColumn, texts: Sequence[str]) -> tuple[Column, list[Cell]]:
    filled = [text for text in texts if text]
    width = max(8, column.width // 8)
    if filled and column.exact and all(map(_is_day, filled)):
        days: list[Cell] = [date.fromisoformat(text) if text else None for text in texts]
        return Column(column.title, Kind.DAY, width=width), days
    parts = [_SCALED.fullmatch(text) if column.exact else None for text in filled]
    numbers = all(part or _WHOLE.fullmatch(text) for part, text in zip(parts, filled, strict=True))
    if not (filled and column.right and numbers):
        return Column(column.title, width=width), [text or None for text in texts]
    decimals = max(len(part[1]) if part else 0 for part in parts)
    return Column(column.title, Kind.NUMBER, decimals, width=width), [
        _scaled(text, decimals) if text else None for text in texts
    ]


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _scaled(text: str, decimals: int) -> int:
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(decimals, "0"))
