"""The commands about the places of sale."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.values import row_id
from desktop_app.kernel.words import Message, msg

VENUE_GROUPS: Mapping[str, Message] = {"venues": msg("The places of sale in this store.")}

_PROFILE: tuple[Option, ...] = (
    opt("--legal-name", metavar="TEXT", about=msg("The company's name.")),
    opt("--tax-id", metavar="VÖEN", about=msg("The company's tax id.")),
    opt("--phone", metavar="PHONE", about=msg("The telephone of the place.")),
    opt("--email", metavar="EMAIL", about=msg("The e-mail of the place.")),
    opt("--address", metavar="TEXT", about=msg("Where it is.")),
    opt("--opening-time", metavar="HH:MM", about=msg("When the business day begins.")),
)

VENUES = (
    Command("venues list", msg("List the venues that you may see."), "venues:list_all"),
    Command(
        "venues add",
        msg("Open another venue in this store."),
        "venues:add",
        (
            opt("name", metavar="NAME", about=msg("What it is called.")),
            opt(
                "--timezone",
                metavar="ZONE",
                about=msg("Its time zone; the first venue's if empty."),
            ),
            *_PROFILE,
        ),
    ),
    Command(
        "venues edit",
        msg("Change what is printed of a venue, and when its day begins."),
        "venues:edit",
        (
            opt("id", metavar="ID", type=row_id, about=msg("The number in “venues list”.")),
            opt("--name", metavar="NAME", about=msg("Another name.")),
            *_PROFILE,
        ),
    ),
)
