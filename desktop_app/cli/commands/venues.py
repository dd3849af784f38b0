"""The places of sale."""

from __future__ import annotations

from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import change_venue, open_venue
from desktop_app.venue.records import NewVenue, VenueCard, VenueProfile
from desktop_app.venue.rules import check_opening

_TEXTS = ("legal_name", "tax_id", "email", "phone", "address")


def list_all(_call: Call, desk: Desk) -> Answer:
    """List the venues that the person may see."""
    found = desk.app.venues()
    return Answer(
        {"rows": [_told(one) for one in found], "next": None},
        [
            Table(
                [
                    Column(msg("Number")),
                    Column(msg("Venue")),
                    Column(msg("Opens at")),
                    Column(msg("Time zone")),
                    Column(msg("Address")),
                ],
                [
                    [str(one.id), one.name, f"{one.opening:%H:%M}", one.timezone, one.address]
                    for one in found
                ],
            )
        ],
    )


def add(call: Call, desk: Desk) -> Answer:
    """Open another venue."""
    asked = call.options
    first = desk.venue
    new = NewVenue(
        asked.name,
        first.currency,
        asked.timezone or first.timezone,
        check_opening(asked.opening_time) if asked.opening_time else first.opening,
        first.country,
        **{name: getattr(asked, name) or "" for name in _TEXTS},
    )
    number = desk.do(open_venue, new)
    return Answer(
        {"id": str(number)},
        [msg("“{name}” is open: choose it with --in-venue.", name=new.name)],
    )


def edit(call: Call, desk: Desk) -> Answer:
    """Change a venue."""
    asked = call.options
    card = next((one for one in desk.app.venues() if one.id == asked.id), None)

    def kept(name: str) -> str:
        said = getattr(asked, name)
        return str(getattr(card, name, "") if said is None else said)

    before = card.opening if card else NewVenue("").opening
    opening = check_opening(asked.opening_time) if asked.opening_time else before
    profile = VenueProfile(kept("name"), opening, **{name: kept(name) for name in _TEXTS})
    desk.do(change_venue, asked.id, profile, card.profile if card else None)
    return Answer({"id": str(asked.id)}, [msg("Changed.")])


def _told(one: VenueCard) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": one.name,
        "opening_time": f"{one.opening:%H:%M}",
        "timezone": one.timezone,
        "currency": one.currency,
        **{name: getattr(one, name) for name in _TEXTS},
    }
