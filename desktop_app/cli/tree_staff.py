"""The commands about people at work: who they are, when they work, what they earn."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.values import day, moment_of, row_id
from desktop_app.kernel.words import Message, msg

STAFF_GROUPS: Mapping[str, Message] = {
    "staff": msg("The people at work."),
    "staff clock": msg("The time clock."),
    "staff pay": msg("What they earn."),
    "staff tips": msg("Tips, entered by hand."),
}

_ID = opt("id", metavar="ID", type=row_id, about=msg("The number in “staff list”."))
_ENTRY = opt("id", metavar="ID", type=row_id, about=msg("The number of the entry."))
_AT = opt(
    "--at", metavar="TIME", type=moment_of, about=msg("When, such as 2026-11-23T18:00+04:00; now.")
)
_FROM = opt("--from", dest="first", metavar="DAY", type=day, about=msg("First day: 2026-11-01."))
_TO = opt("--to", dest="last", metavar="DAY", type=day, about=msg("Last day: 2026-11-30."))
_REASON = opt("--reason", metavar="TEXT", required=True, about=msg("Why it is corrected."))
_BASES = ("hours", "hour", "day", "month")
_SPELL = (
    opt("--start", metavar="TIME", type=moment_of, about=msg("When the work began.")),
    opt("--end", metavar="TIME", type=moment_of, about=msg("When the work ended.")),
)


def _form(name: Option) -> tuple[Option, ...]:
    return (
        name,
        opt("--position", metavar="NAME", about=msg("The position, such as Waiter.")),
        opt("--phone", metavar="NUMBER", about=msg("The telephone number.")),
        opt("--email", metavar="ADDRESS", about=msg("The e-mail address.")),
        opt("--hired", metavar="DAY", type=day, about=msg("The first day of work.")),
        opt("--note", metavar="TEXT", about=msg("A note.")),
    )


STAFF = (
    Command("staff list", msg("List who works or worked here."), "staff:list_staff"),
    Command("staff show", msg("Show somebody who works here."), "staff:show", (_ID,)),
    Command(
        "staff add",
        msg("Write somebody down who works here."),
        "staff:add",
        _form(opt("name", metavar="NAME", about=msg("The name, as on receipts."))),
    ),
    Command(
        "staff edit",
        msg("Change what is known of somebody; what is not named stays."),
        "staff:edit",
        (
            _ID,
            *_form(opt("--name", metavar="NAME", about=msg("The name, as on receipts."))),
            opt("--left", metavar="DAY", type=day, about=msg("The last day of work.")),
            opt("--back", action="store_true", about=msg("They work here again.")),
        ),
    ),
    Command("staff clock in", msg("Clock somebody in."), "staff_clock:come", (_ID, _AT)),
    Command("staff clock out", msg("Clock somebody out."), "staff_clock:go", (_ID, _AT)),
    Command(
        "staff clock list",
        msg("List what was clocked, corrections too."),
        "staff_clock:list_entries",
        (_FROM, _TO),
    ),
    Command(
        "staff clock correct",
        msg("Let a new entry stand for a wrong one; without times it does not count at all."),
        "staff_clock:correct",
        (_ENTRY, *_SPELL, _REASON),
    ),
    Command(
        "staff clock enter",
        msg("Enter time at work that nobody clocked."),
        "staff_clock:enter",
        (
            _ID,
            opt(
                "--start",
                metavar="TIME",
                type=moment_of,
                required=True,
                about=msg("When the work began."),
            ),
            opt(
                "--end",
                metavar="TIME",
                type=moment_of,
                required=True,
                about=msg("When the work ended."),
            ),
            opt("--reason", metavar="TEXT", required=True, about=msg("Why it is entered.")),
        ),
    ),
    Command(
        "staff hours",
        msg("Add up working hours by person and day; with --cost what they cost."),
        "staff_clock:hours",
        (_FROM, _TO, opt("--cost", action="store_true", about=msg("Say the cost of labour too."))),
    ),
    Command("staff tips list", msg("List tips."), "staff_clock:list_tips", (_FROM, _TO)),
    Command(
        "staff tips add",
        msg("Write down tips that somebody was given."),
        "staff_clock:add_tip",
        (
            _ID,
            opt("amount", metavar="AMOUNT", about=msg("The amount, such as 12.50.")),
            opt("--day", metavar="DAY", type=day, about=msg("On this day; today if empty.")),
        ),
    ),
    Command(
        "staff tips correct",
        msg("Take tips back that were entered wrongly."),
        "staff_clock:correct_tip",
        (_ENTRY, _REASON),
    ),
    Command("staff pay list", msg("List what everybody earns, and since when."), "pay:list_pay"),
    Command(
        "staff pay set",
        msg("Write down what somebody earns from a day on."),
        "pay:set_pay",
        (
            _ID,
            opt("amount", metavar="AMOUNT", about=msg("The pay, such as 1250.50.")),
            opt(
                "--per",
                choices=_BASES,
                default=_BASES[0],
                about=msg("For a month by its hours (hours), an hour, a day at work, a month."),
            ),
            opt("--since", metavar="DAY", type=day, about=msg("From this day on; today if empty.")),
            opt("--hours", type=int, default=173, about=msg("For so many hours a month.")),
        ),
    ),
    Command(
        "staff pay remove",
        msg("Take away pay that was written down by mistake; the pay before it holds on."),
        "pay:remove_pay",
        (
            _ID,
            opt(
                "--since",
                metavar="DAY",
                type=day,
                required=True,
                about=msg("The day from which it was to hold."),
            ),
        ),
    ),
)
