"""A report as the columns of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.records.column import Column, ColumnKind
from desktop_app.kernel.money import major
from desktop_app.kernel.words import words
from desktop_app.reports.shapes import Report, ReportRow, Unit, Value, as_number, change
from desktop_app.reports.sheet import said
from desktop_app.reports.showing import row_label, shown
from desktop_app.sheets.csv_text import scaled

_WIDTHS = {Unit.MONEY: 108, Unit.WORD: 110, Unit.QUANTITY: 96, Unit.SHARE: 96}
_MANY = 7  # columns that leave no room for a name to stretch
Row = Column[ReportRow]


def columns_of(report: Report) -> Sequence[Row]:
    """Return the columns of a report, and of what it is held against."""
    facts, currency = report.facts, report.currency
    spoken = words(language())
    found: list[Row] = [
        Column(
            say(facts.first), lambda row: row_label(report, row, spoken), 190, "strong",
            stretch=len(facts.columns) + 2 * (report.against is not None) < _MANY,
            sort="key", key="key",
            sort_value=(lambda row: row.key) if facts.times else _label,
        )
    ]  # fmt: skip
    for at, one in enumerate(facts.columns):
        found.append(_column(say(one.title), one.key, one.unit, currency, partial(_value, at)))
    if report.against is not None:
        unit, main = facts.columns[facts.main_at].unit, facts.main_at
        found.append(_column(tr("Before"), "before", unit, currency, lambda row: row.before))
        found.append(_column(tr("Change"), "change", Unit.SHARE, currency, partial(_change, main)))
    return found


def totals_line(report: Report) -> str:
    """Return the sums below the table."""
    facts = report.facts
    parts = [
        f"{say(column.title)} {shown(total, column.unit, report.currency, words(language()))}"
        for column, total in zip(facts.columns, report.totals, strict=True)
        if total is not None
    ]
    return " · ".join([tr("Total"), *parts]) if parts else ""


def _column(
    title: str, key: str, unit: Unit, currency: str, value: Callable[[ReportRow], Value]
) -> Row:
    kinds: dict[Unit, ColumnKind] = {Unit.MONEY: "money", Unit.WORD: "text"}
    spoken = words(language())

    def order(row: ReportRow) -> object:
        found = value(row)
        return said(found, spoken) if unit is Unit.WORD else as_number(found)

    return Column(
        title, lambda row: shown(value(row), unit, currency, spoken), _WIDTHS.get(unit, 84),
        kinds.get(unit, "number"), raw=lambda row: _raw(value(row), unit, currency),
        sort=key, sort_value=order, key=key,
    )  # fmt: skip


def _raw(value: Value, unit: Unit, currency: str) -> str:
    if not isinstance(value, int):
        return said(value, words(language()))
    match unit:
        case Unit.MONEY:
            return major(value, currency)
        case Unit.QUANTITY:
            return scaled(value, 3)
        case Unit.SHARE:
            return scaled(value, 4)
        case _:
            return str(value)


def _value(at: int, row: ReportRow) -> Value:
    return row.values[at]


def _change(main: int, row: ReportRow) -> Value:
    return change(as_number(row.values[main]), row.before)


def _label(row: ReportRow) -> str:
    return said(row.label, words(language()))
