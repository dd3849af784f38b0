"""A report as a table for a spreadsheet: numbers and days keep their types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop_app.kernel.cards import masked
from desktop_app.kernel.money import decimals
from desktop_app.kernel.words import Message, Words
from desktop_app.reports.records import Dimension
from desktop_app.reports.shapes import Report, ReportRow, Unit, Value, as_number, change
from desktop_app.sheets.records import Cell, Column, Kind, Sheet


def sheet_of(report: Report, words: Words, about: Sequence[tuple[str, str]] = ()) -> Sheet:
    """Return a report as a table; `about` says whose it is and of when."""
    facts = report.facts
    places = decimals(report.currency)
    by_day = facts.key == f"sales-{Dimension.DAY}"
    first = Column(words.of(facts.first), Kind.DAY if by_day else Kind.TEXT, width=26, key="key")
    columns = [first]
    for one in facts.columns:
        kind, scale = _kind(one.unit, places)
        title = words.of(one.title)
        if one.unit is Unit.MONEY:
            title = f"{title}, {report.currency}"
        columns.append(Column(title, kind, scale, total=one.total, key=one.key))
    if report.against is not None:
        main = facts.columns[facts.main_at]
        kind, scale = _kind(main.unit, places)
        columns.append(Column(words.say("Before"), kind, scale, total=main.total, key="before"))
        columns.append(Column(words.say("Change"), Kind.PERCENT, key="change"))
    return Sheet(
        words.of(facts.title), columns, _rows(report, words, by_day=by_day), about,
        words.say("Total"), words.say("About this report"),
    )  # fmt: skip


def said(value: Value, words: Words) -> str:
    """Return a word of a report as text."""
    if isinstance(value, Message):
        return words.of(value)
    return masked(str(value)) if value is not None else ""


def _rows(report: Report, words: Words, *, by_day: bool) -> Iterator[list[Cell]]:
    for row in report.rows:
        label: Cell = date.fromisoformat(row.key) if by_day else said(row.label, words)
        cells: list[Cell] = [label]
        cells += [
            value if isinstance(value, int) or value is None else said(value, words)
            for value in row.values
        ]
        if report.against is not None:
            cells += _compared(report, row)
        yield cells


def _compared(report: Report, row: ReportRow) -> list[Cell]:
    now = as_number(row.values[report.facts.main_at])
    return [row.before, change(now, row.before)]


def _kind(unit: Unit, places: int) -> tuple[Kind, int]:
    match unit:
        case Unit.COUNT:
            return Kind.NUMBER, 0
        case Unit.QUANTITY:
            return Kind.NUMBER, 3
        case Unit.MONEY:
            return Kind.NUMBER, places
        case Unit.SHARE:
            return Kind.PERCENT, 4
        case Unit.WORD:
            return Kind.TEXT, 0
