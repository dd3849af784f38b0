"""Reports as people read them: periods, labels of rows, values of columns."""

from __future__ import annotations

from datetime import date

from desktop_app.kernel.clock import as_date
from desktop_app.kernel.words import Words
from desktop_app.printing import format as written
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.shapes import Report, ReportRow, Unit, Value
from desktop_app.reports.sheet import said


def period_text(period: Period, words: Words) -> str:
    """Return a period as people write it."""
    first, last = (
        None if day is None else written.day(as_date(day), words.language)
        for day in (period.first, period.last)
    )
    if first is None and last is None:
        return words.say("All time")
    if first == last and first is not None:
        return first
    return f"{first or '…'} – {last or '…'}"


def shown(value: Value, unit: Unit, currency: str, words: Words) -> str:
    """Return a value of a column as people read it."""
    if not isinstance(value, int):
        return said(value, words) or "–"
    language = words.language
    match unit:
        case Unit.MONEY:
            return written.amount(value, currency, language)
        case Unit.QUANTITY:
            if value % 1000 == 0:
                return written.number(value // 1000, language)
            return written.quantity(value, language)
        case Unit.SHARE:
            return written.share(value, language)
        case _:
            return written.number(value, language)


def row_label(report: Report, row: ReportRow, words: Words) -> str:
    """Return what a row is called; days and months as people write them."""
    if report.facts.behind is Dimension.DAY:
        return written.day(date.fromisoformat(row.key), words.language)
    if report.facts.behind is Dimension.MONTH:
        first = date.fromisoformat(f"{row.key}-01")
        return f"{written.month(first.month, words.language)} {first.year}"
    return said(row.label, words)
