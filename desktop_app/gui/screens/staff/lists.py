"""The lists of the staff screen: people, what was clocked, hours, tips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop_app.exports.shown import export_shown_pay, export_shown_staff
from desktop_app.gui.format import day, moment, money, pointed
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.period import PeriodQuery
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column, ColumnKind, Sort
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.staff.clock import list_clock, list_hours, list_labour
from desktop_app.staff.operations import list_employees, list_pay
from desktop_app.staff.records import ClockRow, EmployeeRow, HoursRow, TipRow
from desktop_app.staff.rules import hours_text
from desktop_app.staff.tips import list_tips
from desktop_app.venue.records import Today

R = TypeVar("R")

_MS = timedelta(milliseconds=1)
_CLOCKED = frozenset({"clock_entry", "employee"})


def people_list(
    shell: Shell, today: Today, actions: Sequence[QWidget]
) -> ListPage[EmployeeRow, Asked]:
    """Return the list of people."""
    spoken = language()
    columns: list[Column[EmployeeRow]] = [
        _by("name", tr("Name"), lambda r: r.name, 260, kind="strong", stretch=True),
        _by("position", tr("Position"), lambda r: r.position, 180),
        Column(
            tr("State"), lambda r: _state(r, today).text, 170, "badge", key="state",
            mood=lambda r: _state(r, today),
        ),
        Column(
            tr("First day"), lambda r: day(r.hired_on, spoken) if r.hired_on else "–", 130, "dim",
            sort="hired", sort_value=lambda r: r.hired_on.toordinal() if r.hired_on else 0,
        ),
        Column(
            tr("Last day"), lambda r: day(r.left_on, spoken) if r.left_on else "–", 130, "dim",
            sort="left", sort_value=lambda r: r.left_on.toordinal() if r.left_on else 0,
        ),
    ]  # fmt: skip
    if today.several:
        columns.insert(2, _by("venue", tr("Venue"), lambda r: r.venue, 180))
    bar = FilterBar(
        tr("Name or position"),
        [Choice("state", tr("State"), [
            ("in", tr("At work")), ("here", tr("Work here")), ("left", tr("Left"))])],
    )  # fmt: skip
    look = ListLook(
        "staff", tr("Staff"), columns, _CLOCKED,
        EmptyState("search", tr("Nobody found"), tr("Try fewer letters or another filter."),
                   tr("Show everybody")),
        EmptyState("users", tr("Nobody is entered yet"),
                   tr("Write down who works here: they can clock in, and receipts know them."),
                   tr("Add a person"), "user-plus"),
        lambda n, shown: ntr("{shown} person", "{shown} people", n, shown=shown),
        sort=Sort("name"),
        shown=export_shown_staff,
    )  # fmt: skip
    source = WholeQuery(shell.bridge, shell, columns, list_employees, _fits)
    return ListPage(shell, look, bar, source, actions)


def _fits(row: EmployeeRow, asked: Asked) -> bool:
    state = asked.of("state")
    right = {
        "": True, "in": row.since is not None, "here": row.active, "left": not row.active,
    }[state]  # fmt: skip
    return right and matches(asked.text, row.name, row.position, row.venue)


def _state(row: EmployeeRow, today: Today) -> Mood:
    if not row.active:
        return Mood(tr("Left"), "mute")
    if row.since is None:
        return Mood(tr("Not at work"), "mute")
    return Mood(tr("In since {time}", time=f"{today.venue.time.local(row.since):%H:%M}"), "ok")


def _hours(worked_ms: int) -> str:
    return pointed(hours_text(worked_ms), language())


def clock_list(shell: Shell, today: Today, actions: Sequence[QWidget]) -> ListPage[ClockRow, Asked]:
    """Return the list of what was clocked."""
    at = today.venue.time

    def told(when: datetime | None) -> str:
        return "–" if when is None else moment(at.local(when), language())

    def worked(row: ClockRow) -> int:
        end = row.ended_at or today.now
        return (end - row.started_at) // _MS

    columns: list[Column[ClockRow]] = [
        _by("name", tr("Name"), lambda r: r.name, 220, kind="strong", stretch=True),
        Column(tr("Came"), lambda r: told(r.started_at), 156, sort="came",
               sort_value=lambda r: r.started_at.timestamp()),
        Column(tr("Went"), lambda r: told(r.ended_at), 156, sort="went",
               sort_value=lambda r: r.ended_at.timestamp() if r.ended_at else 1e12),
        Column(tr("Hours"), lambda r: "–" if r.void else _hours(worked(r)), 90, "number",
               raw=lambda r: "" if r.void else hours_text(worked(r)),
               sort="hours", sort_value=worked),
        Column(tr("State"), lambda r: _clock_state(r).text, 140, "badge", mood=_clock_state,
               key="state"),
        Column(tr("Why"), lambda r: r.reason, 220, "dim", key="why"),
    ]  # fmt: skip
    bar = FilterBar(
        tr("Name or reason"),
        [Choice("state", tr("State"), [
            ("open", tr("At work")), ("counts", tr("Counts")), ("not", tr("Corrected"))])],
        today.day, "week",
    )  # fmt: skip
    look = ListLook(
        "clock", tr("Time clock"), columns, _CLOCKED,
        EmptyState("search", tr("Nothing was clocked"), tr("Choose another period or filter."),
                   tr("Show everything")),
        EmptyState("clock", tr("Nothing was clocked yet"),
                   tr("Somebody clocks in by card, by PIN, or you do it for them.")),
        lambda n, shown: ntr("{shown} entry", "{shown} entries", n, shown=shown),
        sort=Sort("came", descending=True),
        total=lambda rows: tr(
            "{hours} hours", hours=_hours(sum(worked(r) for r in rows if r.counts))
        ),
        shown=export_shown_staff,
    )  # fmt: skip
    source = PeriodQuery(shell.bridge, shell, columns, list_clock, _clock_fits, today.day)
    return ListPage(shell, look, bar, source, actions)


def _clock_fits(row: ClockRow, asked: Asked) -> bool:
    right = {
        "": True, "open": row.counts and row.ended_at is None, "counts": row.counts,
        "not": not row.counts,
    }[asked.of("state")]  # fmt: skip
    return right and matches(asked.text, row.name, row.reason)


def _clock_state(row: ClockRow) -> Mood:
    if row.void:
        return Mood(tr("Does not count"), "mute")
    if not row.counts:
        return Mood(tr("Corrected"), "mute")
    if row.ended_at is None:
        return Mood(tr("At work"), "ok")
    return Mood(tr("Correction"), "warn") if row.corrects else Mood(tr("Counts"), "mute")


def hours_list(
    shell: Shell, today: Today, actions: Sequence[QWidget], *, costs: bool
) -> ListPage[HoursRow, Asked]:
    """Return hours by person and day, with what they cost for who may see pay."""
    spoken, currency = language(), today.venue.currency
    columns: list[Column[HoursRow]] = [
        Column(tr("Day"), lambda r: day(r.day, spoken), 130, sort="day",
               sort_value=lambda r: r.day.toordinal()),
        _by("name", tr("Name"), lambda r: r.name, 240, kind="strong", stretch=True),
        _by("position", tr("Position"), lambda r: r.position, 170),
        Column(tr("Hours"), lambda r: _hours(r.worked_ms), 100, "number", sort="hours",
               raw=lambda r: hours_text(r.worked_ms),
               sort_value=lambda r: r.worked_ms),
    ]  # fmt: skip
    if costs:
        columns.append(
            Column(
                tr("Cost"),
                lambda r: "–" if r.cost_minor is None else money(r.cost_minor, currency, spoken),
                130, "money", sort="cost", sort_value=lambda r: r.cost_minor or 0,
                raw=lambda r: "" if r.cost_minor is None else major(r.cost_minor, currency),
            )
        )  # fmt: skip

    def total(rows: Sequence[HoursRow]) -> str:
        hours = tr("{hours} hours", hours=_hours(sum(r.worked_ms for r in rows)))
        cost = money(sum(r.cost_minor or 0 for r in rows), currency, spoken)
        return f"{hours} · {cost}" if costs else hours

    look = ListLook(
        "hours", tr("Working hours"), columns, _CLOCKED | {"salary"},
        EmptyState("search", tr("Nobody was at work"), tr("Choose another period."),
                   tr("Show everything")),
        EmptyState("clock", tr("Nobody was at work yet"), tr("Hours come from the time clock.")),
        lambda n, shown: ntr("{shown} day of work", "{shown} days of work", n, shown=shown),
        sort=Sort("day", descending=True),
        total=total,
        shown=export_shown_pay if costs else export_shown_staff,
    )  # fmt: skip
    bar = FilterBar(tr("Name or position"), (), today.day, "month")
    read = list_labour if costs else list_hours
    source = PeriodQuery(
        shell.bridge, shell, columns, read,
        lambda r, asked: matches(asked.text, r.name, r.position), today.day,
    )  # fmt: skip
    return ListPage(shell, look, bar, source, actions)


def tips_list(shell: Shell, today: Today, actions: Sequence[QWidget]) -> ListPage[TipRow, Asked]:
    """Return the list of tips."""
    spoken, currency = language(), today.venue.currency
    columns: list[Column[TipRow]] = [
        Column(tr("Day"), lambda r: day(r.day, spoken), 130, sort="day",
               sort_value=lambda r: r.day.toordinal()),
        _by("name", tr("Name"), lambda r: r.name, 240, kind="strong", stretch=True),
        Column(tr("Amount"), lambda r: money(r.amount_minor, currency, spoken), 130, "money",
               sort="amount", sort_value=lambda r: r.amount_minor,
               raw=lambda r: major(r.amount_minor, currency)),
        Column(tr("Why"), lambda r: r.reason, 220, "dim", key="why"),
    ]  # fmt: skip
    look = ListLook(
        "tips", tr("Tips"), columns, frozenset({"tip_entry", "tip_share", "employee"}),
        EmptyState("search", tr("No tips"), tr("Choose another period."), tr("Show everything")),
        EmptyState("hand-coins", tr("No tips yet"), tr("Enter what guests left for whom.")),
        lambda n, shown: ntr("{shown} entry", "{shown} entries", n, shown=shown),
        sort=Sort("day", descending=True),
        total=lambda rows: money(sum(r.amount_minor for r in rows), currency, spoken),
        shown=export_shown_pay if shell.bridge.can(list_pay) else export_shown_staff,
    )  # fmt: skip
    bar = FilterBar(tr("Name"), (), today.day, "month")
    source = PeriodQuery(
        shell.bridge, shell, columns, list_tips,
        lambda r, asked: matches(asked.text, r.name, r.reason), today.day,
    )  # fmt: skip
    return ListPage(shell, look, bar, source, actions)


def _by(
    key: str,
    heading: str,
    text: Callable[[R], str],
    width: int,
    *,
    kind: ColumnKind = "text",
    stretch: bool = False,
) -> Column[R]:
    """Return a column of text that sorts as people look it up."""
    return Column(
        heading, text, width, kind, stretch=stretch, sort=key,
        sort_value=lambda record: fold(text(record)),
    )  # fmt: skip
