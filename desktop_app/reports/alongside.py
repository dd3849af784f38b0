"""Laying another period beside a report. Pure.

In time, the first day lies beside the first day, the second beside the second, also where the
house was closed on one of them; else what has the same key lies beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from desktop_app.kernel.clock import as_date
from desktop_app.kernel.words import Message
from desktop_app.reports.records import Period
from desktop_app.reports.shapes import Line, ReportFacts, ReportRow, Unit, as_number

_DAY = len("2026-11-23")


def beside(
    facts: ReportFacts,
    periods: tuple[Period, Period | None],
    now: Sequence[Line],
    then: Sequence[Line] | None,
) -> list[ReportRow]:
    """Lay the rows of another period beside those of a report.

    What sold only then is a row with nothing now: in time in its place, as far as the period goes;
    else after the rest.
    """
    period, against = periods
    if then is None or against is None:
        return [ReportRow(line.key, line.label, line.values) for line in now]
    if facts.times:
        return _in_time(facts, period, against, now, then)
    main = facts.main_at
    known = {line.key: as_number(line.values[main]) for line in then}
    rows = [ReportRow(line.key, line.label, line.values, known.pop(line.key, 0)) for line in now]
    gone = [line for line in then if line.key in known]
    return rows + [
        replace(_empty(facts, line.key, line.label), before=known[line.key]) for line in gone
    ]


def _in_time(
    facts: ReportFacts, period: Period, against: Period, now: Sequence[Line], then: Sequence[Line]
) -> list[ReportRow]:
    if not then or not (now or period.first):
        return [ReportRow(line.key, line.label, line.values) for line in now]
    place, key_at = _PLACES[_kind(then[0].key)]
    start, begin = place(_first(period, now)), place(_first(against, then))
    last = _last(period, now, place) - start
    known = {place(_date(line.key)) - begin: as_number(line.values[facts.main_at]) for line in then}
    upto = _last(against, then, place) - begin
    rows = {place(_date(line.key)) - start: line for line in now}
    found: list[ReportRow] = []
    for at in sorted(rows.keys() | {at for at in known if at <= last}):
        line = rows.get(at)
        key = key_at(at + start)
        row = ReportRow(line.key, line.label, line.values) if line else _empty(facts, key, key)
        found.append(replace(row, before=known.get(at, 0) if at <= upto else None))
    return found


def _empty(facts: ReportFacts, key: str, label: Message | str) -> ReportRow:
    values = [0 if column.unit is not Unit.WORD else "" for column in facts.columns]
    return ReportRow(key, label, values)


def _first(period: Period, rows: Sequence[Line]) -> date:
    return as_date(period.first) if period.first else _date(rows[0].key)


def _last(period: Period, rows: Sequence[Line], place: Callable[[date], int]) -> int:
    """Return the place where a period ends: where that is not said, that of its last row."""
    days = [_date(line.key) for line in rows] + ([as_date(period.last)] if period.last else [])
    return max((place(day) for day in days), default=0)


def _kind(key: str) -> str:
    return "day" if len(key) == _DAY else "week" if "W" in key else "month"


def _date(key: str) -> date:
    """Return the first day of a row."""
    kind = _kind(key)
    return date.fromisoformat({"day": key, "week": f"{key}-1", "month": f"{key}-01"}[kind])


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7


def _week_key(place: int) -> str:
    year, week, _ = date.fromordinal(place * 7 + 1).isocalendar()
    return f"{year}-W{week:02d}"


_PLACES: dict[str, tuple[Callable[[date], int], Callable[[int], str]]] = {
    "day": (date.toordinal, lambda place: date.fromordinal(place).isoformat()),
    "week": (_week, _week_key),
    "month": (
        lambda day: day.year * 12 + day.month - 1,
        lambda place: f"{place // 12}-{place % 12 + 1:02d}",
    ),
}
"""How rows follow each other in time, and what the row of a place is called."""
