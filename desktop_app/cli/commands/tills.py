"""The tills of a venue: their names, and those that are used no more."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.words import msg
from desktop_app.sales.tills import list_tills, name_till, put_till_away


def list_all(call: Call, desk: Desk) -> Answer:
    """List the tills."""
    found = desk.do(list_tills, seen=call.options.seen, closed=call.options.every)
    say = call.words.say
    table = Table(
        [
            Column(msg("Till")),
            Column(msg("Called")),
            Column(msg("Open shift"), right=True),
            Column(msg("State")),
        ],
        [
            [
                one.name or say("The venue's own till"),
                one.title,
                str(one.shift or ""),
                say("In use") if one.active else say("Put away"),
            ]
            for one in found
        ],
    )
    rows = [
        {"till": one.name, "title": one.title, "shift": one.shift or None, "active": one.active}
        for one in found
    ]
    return Answer({"rows": rows, "next": None}, [table])


def name(call: Call, desk: Desk) -> Answer:
    """Call a till otherwise than its receipts do."""
    asked = call.options
    desk.do(name_till, asked.till, asked.title)
    return Answer({"till": asked.till, "title": asked.title}, [msg("Noted.")])


def put_away(call: Call, desk: Desk) -> Answer:
    """Take a till out of the choice."""
    return _put(call, desk, away=True)


def bring_back(call: Call, desk: Desk) -> Answer:
    """Offer a till again."""
    return _put(call, desk, away=False)


def _put(call: Call, desk: Desk, *, away: bool) -> Answer:
    desk.do(put_till_away, call.options.till, away=away)
    return Answer({"till": call.options.till, "active": not away}, [msg("Noted.")])
