"""The commands about the second person."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import row_id
from desktop_app.kernel.deeds import ABOUT, Deed
from desktop_app.kernel.words import Message, msg

_ID = opt("id", metavar="ID", type=row_id, about=msg("The number of the request."))

APPROVAL_GROUPS: Mapping[str, Message] = {"approvals": msg("What needs a second person.")}

APPROVALS = (
    Command(
        "approvals list", msg("List the requests that are yours or wait for you."), "approvals:all_"
    ),
    Command(
        "approvals show",
        msg("Show what exactly a request asks for."),
        "approvals:show",
        (_ID,),
    ),
    Command(
        "approvals approve",
        msg("Agree to a request of somebody else."),
        "approvals:approve",
        (_ID, opt("--reason", metavar="TEXT", default="", about=msg("What to say to it."))),
    ),
    Command(
        "approvals refuse",
        msg("Refuse a request of somebody else."),
        "approvals:refuse",
        (_ID, opt("--reason", metavar="TEXT", required=True, about=msg("Why not."))),
    ),
    Command("approvals cancel", msg("Take your own request back."), "approvals:cancel", (_ID,)),
    Command(
        "approvals carry-out",
        msg("Do what was agreed to, exactly and once."),
        "approvals:carry_out",
        (_ID,),
    ),
    Command(
        "approvals verify",
        msg("Hold the decided requests against their signatures and the audit trail."),
        "approvals:verify",
    ),
    Command(
        "approvals deeds", msg("List the deeds and which need a second person."), "approvals:deeds"
    ),
    Command(
        "approvals require",
        msg("Choose whether a deed needs a second person."),
        "approvals:require",
        (
            opt(
                "deed",
                metavar="DEED",
                choices=tuple(deed.value for deed in ABOUT if deed is not Deed.DECIDE),
                about=msg("The deed; “approvals deeds” lists them."),
            ),
            opt("answer", metavar="yes|no", choices=("yes", "no"), about=msg("yes or no")),
        ),
    ),
)
