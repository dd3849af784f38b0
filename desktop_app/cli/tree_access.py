"""The commands about roles and rights."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import row_id
from desktop_app.kernel.words import Message, msg

VENUE = opt(
    "--venue",
    dest="venues",
    metavar="ID",
    type=row_id,
    action="append",
    about=msg("Only this venue; may be given several times."),
)
ROLE = opt(
    "--role",
    metavar="ROLE",
    required=True,
    about=msg(
        "What they may do: owner, manager, accountant, staff, auditor or a role of your own."
    ),
)
_NAME = opt("name", metavar="ROLE", about=msg("The role, by name or id."))

ACCESS_GROUPS: Mapping[str, Message] = {
    "roles": msg("Roles and their rights."),
    "access": msg("Who may do what."),
}

ACCESS = (
    Command(
        "users change",
        msg("Give somebody another role or other venues."),
        "users:change",
        (opt("name", metavar="NAME", about=msg("Whose role.")), ROLE, VENUE),
    ),
    Command("roles list", msg("List the roles and who has them."), "roles:list_roles"),
    Command("roles show", msg("Show what a role allows."), "roles:show", (_NAME,)),
    Command(
        "roles save",
        msg("Make a role of your own, or change one."),
        "roles:save",
        (
            opt("name", metavar="NAME", about=msg("What the role is called.")),
            opt(
                "--right",
                dest="rights",
                metavar="RIGHT",
                action="append",
                about=msg("A right, such as orders:read; may be given several times."),
            ),
            opt(
                "--limit",
                dest="limits",
                metavar="NAME=N",
                action="append",
                about=msg("A number up to which alone, such as refund_minor=2000."),
            ),
            opt(
                "--from",
                dest="source",
                metavar="ROLE",
                about=msg("Begin with the rights and limits of this role."),
            ),
            opt("--id", dest="role", metavar="ID", about=msg("Change the role with this id.")),
        ),
    ),
    Command("roles remove", msg("Remove a role that nobody has."), "roles:remove", (_NAME,)),
    Command(
        "access who",
        msg("Say who holds a right."),
        "roles:who",
        (opt("right", metavar="RIGHT", about=msg("The right, such as customers:export.")),),
    ),
    Command(
        "access rights",
        msg("Say what somebody may do; without a name, what you may."),
        "roles:rights",
        (opt("name", metavar="NAME", nargs="?", default="", about=msg("Whose rights.")),),
    ),
)
