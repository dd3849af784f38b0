"""The commands about what people at work earn."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import day, row_id
from desktop_app.kernel.words import Message, msg

STAFF_GROUPS: Mapping[str, Message] = {
    "staff": msg("The people at work."),
    "staff pay": msg("What they earn."),
}

STAFF = (
    Command("staff list", msg("List who works or worked here."), "pay:list_staff"),
    Command("staff pay list", msg("List what everybody earns, and since when."), "pay:list_pay"),
    Command(
        "staff pay set",
        msg("Write down what somebody earns a month from a day on."),
        "pay:set_pay",
        (
            opt("id", metavar="ID", type=row_id, about=msg("The number in “staff list”.")),
            opt("amount", metavar="AMOUNT", about=msg("The pay of a month, such as 1250.50.")),
            opt("--since", metavar="DAY", type=day, about=msg("From this day on; today if empty.")),
        ),
    ),
)
