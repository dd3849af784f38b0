"""The time clock, hours, what they cost, and tips."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.staff import tips
from desktop_app.staff.clock import (
    clock_in,
    clock_out,
    correct_clock,
    enter_hours,
    list_clock,
    list_hours,
    list_labour,
)
from desktop_app.staff.records import Clocked
from desktop_app.staff.rules import hours_text
from desktop_app.venue.operations import get_today


def come(call: Call, desk: Desk) -> Answer:
    """Clock somebody in."""
    return _clocked(desk.do(clock_in, call.options.id, call.options.at))


def go(call: Call, desk: Desk) -> Answer:
    """Clock somebody out."""
    return _clocked(desk.do(clock_out, call.options.id, call.options.at))


def _clocked(done: Clocked) -> Answer:
    said = msg("{name} has come.", name=done.name) if done.came else None
    return Answer(
        {"id": str(done.employee_id), "at": done.at.isoformat(), "came": done.came},
        [said or msg("{name} has gone.", name=done.name)],
    )


def list_entries(call: Call, desk: Desk) -> Answer:
    """List what was clocked, newest first."""
    found = desk.do(list_clock, *_period(call, desk))
    at = desk.venue.time
    rows = [
        {
            "id": str(r.id),
            "employee_id": str(r.employee_id),
            "name": r.name,
            "start": at.local(r.started_at).isoformat(),
            "end": at.local(r.ended_at).isoformat() if r.ended_at else None,
            "counts": r.counts,
            "corrects": str(r.corrects) if r.corrects else None,
            "reason": r.reason,
        }
        for r in found
    ]
    columns = [
        Column(msg("Id")), Column(msg("Name")), Column(msg("Came")), Column(msg("Went")),
        Column(msg("Counts")), Column(msg("Reason")),
    ]  # fmt: skip
    cells = [
        [
            str(r.id), r.name, f"{at.local(r.started_at):%Y-%m-%d %H:%M}",
            f"{at.local(r.ended_at):%Y-%m-%d %H:%M}" if r.ended_at else "–",
            call.yes(r.counts), r.reason,
        ]
        for r in found
    ]  # fmt: skip
    return Answer({"rows": rows, "next": None}, [Table(columns, cells)])


def correct(call: Call, desk: Desk) -> Answer:
    """Let a new entry stand for a wrong one."""
    wanted = call.options
    number = desk.do(correct_clock, wanted.id, wanted.start, wanted.end, wanted.reason)
    return Answer({"id": str(number), "corrects": str(wanted.id)}, [msg("Corrected.")])


def enter(call: Call, desk: Desk) -> Answer:
    """Enter time nobody clocked."""
    wanted = call.options
    number = desk.do(enter_hours, wanted.id, wanted.start, wanted.end, wanted.reason)
    return Answer({"id": str(number)}, [msg("Written down.")])


def hours(call: Call, desk: Desk) -> Answer:
    """Add up hours by person and day; the total is the sum of the rows."""
    cost = call.options.cost
    found = desk.do(list_labour if cost else list_hours, *_period(call, desk))
    worked = sum(r.worked_ms for r in found)
    costs = sum(r.cost_minor or 0 for r in found)
    rows: list[dict[str, Any]] = []
    for r in found:
        one: dict[str, Any] = {
            "employee_id": str(r.employee_id),
            "name": r.name,
            "day": r.day.isoformat(),
            "hours": hours_text(r.worked_ms),
        }
        if cost:
            one["cost"] = None if r.cost_minor is None else desk.plain(r.cost_minor)
        rows.append(one)
    total: dict[str, Any] = {"hours": hours_text(worked)}
    columns = [Column(msg("Day")), Column(msg("Name")), Column(msg("Hours"), right=True)]
    cells = [[r.day.isoformat(), r.name, hours_text(r.worked_ms)] for r in found]
    cells.append(["", call.words.say("Total"), hours_text(worked)])
    if cost:
        total["cost"] = desk.plain(costs)
        total["currency"] = desk.venue.currency
        columns.append(Column(msg("Cost"), right=True))
        for row, r in zip(cells, found, strict=False):
            row.append("–" if r.cost_minor is None else desk.money(r.cost_minor))
        cells[-1].append(desk.money(costs))
    return Answer({"rows": rows, "total": total, "next": None}, [Table(columns, cells)])


def list_tips(call: Call, desk: Desk) -> Answer:
    """List tips, newest first."""
    found = desk.do(tips.list_tips, *_period(call, desk))
    total = sum(r.amount_minor for r in found)
    return Answer(
        {
            "rows": [
                {
                    "id": str(r.id),
                    "employee_id": str(r.employee_id),
                    "name": r.name,
                    "day": r.day.isoformat(),
                    "amount": desk.plain(r.amount_minor),
                    "corrected": r.corrected,
                    "reason": r.reason,
                }
                for r in found
            ],
            "total": desk.plain(total),
            "currency": desk.venue.currency,
            "next": None,
        },
        [
            Table(
                [Column(msg("Day")), Column(msg("Name")), Column(msg("Amount"), right=True)],
                [
                    *([r.day.isoformat(), r.name, desk.money(r.amount_minor)] for r in found),
                    ["", call.words.say("Total"), desk.money(total)],
                ],
            )
        ],
    )


def add_tip(call: Call, desk: Desk) -> Answer:
    """Write tips down."""
    wanted = call.options
    day = as_date(wanted.day) if wanted.day else desk.do(get_today).day
    amount = minor(wanted.amount, desk.venue.currency)
    number = desk.do(tips.add_tip, wanted.id, day, amount)
    return Answer({"id": str(number)}, [msg("Written down.")])


def correct_tip(call: Call, desk: Desk) -> Answer:
    """Take tips back."""
    number = desk.do(tips.correct_tip, call.options.id, call.options.reason)
    return Answer({"id": str(number), "corrects": str(call.options.id)}, [msg("Corrected.")])


def _period(call: Call, desk: Desk) -> tuple[date, date]:
    """Return the days named; those of the running month where none are."""
    today = desk.do(get_today).day
    first = as_date(call.options.first) if call.options.first else today.replace(day=1)
    last = as_date(call.options.last) if call.options.last else today
    return first, last
