"""What the tiles and charts show of an overview. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.gui.format import number
from desktop_app.gui.screens.dashboard.spans import Kind, Span
from desktop_app.gui.screens.dashboard.wording import (
    amount,
    before_title,
    capital,
    change,
    difference,
    short_title,
)
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.charts.line_chart import Line
from desktop_app.gui.widgets.tile import Figure
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.money import decimals
from desktop_app.reports.records import DaySales, HourSales, Overview
from desktop_app.venue.records import Today

BARS = 5
_HOURS = 24


@dataclass(frozen=True, slots=True)
class View:
    """An overview with the period it is of and the present."""

    overview: Overview
    span: Span
    today: Today

    @property
    def running(self) -> bool:
        """Tell whether this is the one business day that is not over yet."""
        return self.span.kind is Kind.DAY and self.span.last == self.today.day

    @property
    def compared(self) -> bool:
        """Tell whether there is something to compare with."""
        return self.span.before() is not None and self.overview.totals_before.orders > 0

    @property
    def trend(self) -> Sequence[DaySales]:
        """Return the days up to the end of the period that are over."""
        running = as_number(self.today.day)
        return [day for day in self.overview.trend if day.date != running]


@dataclass(frozen=True, slots=True)
class Curves:
    """The lines of the chart by hour."""

    labels: Sequence[str]
    now: Line
    then: Line | None


def sales(view: View) -> Figure:
    """Return the tile of sales; a day still running is held to the same hours a week before."""
    found, currency = view.overview, view.overview.currency
    now, before = found.totals.revenue_minor, found.totals_before.revenue_minor
    note = _versus(view, amount(before, currency))
    if view.running and view.compared:
        before = revenue_until(view)
        note = tr(
            "vs {amount} a week ago by {hour}:00",
            amount=amount(before, currency),
            hour=f"{(view.today.local.hour + 1) % _HOURS:02}",
        )
    text = change(now, before) if view.compared else ""
    trend = [float(day.revenue_minor) for day in view.trend]
    good = now >= before or not text
    return Figure(amount(now, currency), note, text, good, trend)


def orders(view: View) -> Figure:
    """Return the tile of orders."""
    found = view.overview
    now, before = found.totals.orders, found.totals_before.orders
    return Figure(
        number(now, language()),
        _versus(view, number(before, language())),
        "" if view.running or not view.compared else difference(now, before),
        now >= before or view.running,
        [float(day.orders) for day in view.trend],
    )


def average(view: View) -> Figure:
    """Return the tile of the average check."""
    found, currency = view.overview, view.overview.currency
    now, before = found.totals.average_minor, found.totals_before.average_minor
    return Figure(
        amount(now, currency) if found.totals.orders else "–",
        _versus(view, amount(before, currency), whole=True),
        change(now, before) if view.compared and now else "",
        now >= before,
        [_average(day) for day in view.trend],
    )


def refunds(view: View) -> Figure:
    """Return the tile of refunds: the fewer the better."""
    found = view.overview
    now, before = found.totals.refunds, found.totals_before.refunds
    return Figure(
        amount(abs(found.totals.refunded_minor), found.currency),
        ntr("{n} refund", "{n} refunds", now) if now else tr("No refunds"),
        difference(now, before) if view.compared and not view.running else "",
        now <= before,
        [float(abs(day.refunded_minor)) for day in view.trend],
    )


def revenue_until(view: View) -> int:
    """Return what the day compared with had brought in by the end of the present hour."""
    opening = view.today.venue.opening.hour
    passed = (view.today.local.hour - opening) % _HOURS
    return sum(
        hour.revenue_minor
        for hour in view.overview.hours_before
        if (hour.hour - opening) % _HOURS <= passed
    )


def curves(view: View) -> Curves | None:
    """Return sales by hour from the opening hour on, without the idle ends; None without any."""
    opening = view.today.venue.opening.hour
    now, then = (
        _by_slot(hours, opening, 10 ** decimals(view.overview.currency))
        for hours in (view.overview.hours, view.overview.hours_before)
    )
    busy = sorted(slot for slot in {*now, *then})
    if not busy:
        return None
    last = max(busy[-1], busy[0] + 1)
    slots = range(busy[0], last + 1)
    passed = (view.today.local.hour - opening) % _HOURS if view.running else _HOURS
    line = [now.get(slot, 0.0) if slot <= passed else None for slot in slots]
    day = view.today.day
    return Curves(
        [f"{(slot + opening) % _HOURS:02}:00" for slot in slots],
        Line(short_title(view.span, day), line),
        Line(capital(before_title(view.span, day)), [then.get(slot, 0.0) for slot in slots])
        if then
        else None,
    )


def shares(view: View) -> list[tuple[str, float]]:
    """Return the categories for the bars, the small ones together."""
    named = [
        (row.key or tr("Without category"), float(row.revenue_minor))
        for row in view.overview.categories
        if row.revenue_minor > 0
    ]
    if len(named) <= BARS:
        return named
    rest = named[BARS - 1 :]
    others = ntr("{n} other category", "{n} other categories", len(rest))
    return [*named[: BARS - 1], (others, sum(value for _, value in rest))]


def nothing_yet(overview: Overview) -> bool:
    """Tell whether the store has no sales at all."""
    return overview.newest_day is None


def newest(overview: Overview, today: date) -> date | None:
    """Return the newest day with sales where today has none."""
    if overview.newest_day is None:
        return None
    day = as_date(overview.newest_day)
    return day if day != today else None


def _versus(view: View, before: str, *, whole: bool = False) -> str:
    if not view.compared:
        return "" if view.span.first is None else tr("Nothing to compare with")
    if view.running and not whole:
        return tr(
            "{value} in all {period}", value=before, period=before_title(view.span, view.today.day)
        )
    return tr("vs {value} {period}", value=before, period=before_title(view.span, view.today.day))


def _average(day: DaySales) -> float:
    return day.revenue_minor / day.orders if day.orders else 0.0


def _by_slot(hours: Sequence[HourSales], opening: int, whole: int) -> dict[int, float]:
    return {(hour.hour - opening) % _HOURS: hour.revenue_minor / whole for hour in hours}
