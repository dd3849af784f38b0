"""The commands about people: who may sign in, one's own password, the sessions."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.tree_access import ROLE, VENUE
from desktop_app.cli.values import row_id
from desktop_app.kernel.words import Message, msg

_CODE_FILE = opt(
    "--code-file",
    metavar="FILE",
    about=msg("Write the one-time code to a new file instead of showing it."),
)
NEW_PASSWORD = opt(
    "--new-password-file",
    metavar="FILE",
    about=msg("Read the new password from the first line of a file (- for standard input)."),
)

PEOPLE = (
    Command(
        "set-password",
        msg("Choose a new password of one's own, also with a one-time code."),
        "own:set_password",
        (NEW_PASSWORD,),
        signed_in=False,
    ),
    Command("users list", msg("List who may sign in."), "users:list_users"),
    Command(
        "users add",
        msg("Let somebody in: they choose a password with the code you hand them."),
        "users:add",
        (
            opt("name", metavar="NAME", about=msg("The name to sign in with.")),
            ROLE,
            VENUE,
            _CODE_FILE,
        ),
    ),
    Command(
        "users remove",
        msg("Take somebody's access away."),
        "users:remove",
        (opt("name", metavar="NAME", about=msg("Whose access.")),),
    ),
    Command(
        "users reset",
        msg("Reset a forgotten password: they choose a new one with the code you hand them."),
        "users:reset",
        (opt("name", metavar="NAME", about=msg("Whose password.")), _CODE_FILE),
    ),
    Command(
        "sessions list",
        msg("List your sessions, newest first."),
        "own:list_sessions",
        (opt("--all", action="store_true", about=msg("Those of everybody.")),),
    ),
    Command(
        "sessions end",
        msg("End a session; its window locks within a minute."),
        "own:end_session",
        (opt("id", metavar="ID", type=row_id, about=msg("The number in the list.")),),
    ),
)

PEOPLE_GROUPS: Mapping[str, Message] = {
    "users": msg("Who may sign in."),
    "sessions": msg("Who is signed in where."),
}
