"""The commands about keys: what is locked anew, owners who leave, the recovery key."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.kernel.words import Message, msg

_KIT = opt(
    "--kit",
    metavar="FILE.pdf",
    about=msg("Write the emergency sheet with the recovery key."),
)
_KEY_FILE = opt("--recovery-key-file", metavar="FILE", about=msg("Write the recovery key as text."))

KEY_GROUPS: Mapping[str, Message] = {
    "keys": msg("The keys of the data."),
    "recovery-key": msg("The recovery key on the emergency sheet."),
}

KEYS = (
    Command(
        "keys lock-anew",
        msg("Give what somebody lost new keys, where that could not be done at once."),
        "keys:lock_anew",
    ),
    Command(
        "users remove-owner",
        msg("Take an owner's access away: everything gets new keys and a new emergency sheet."),
        "keys:replace_owner",
        (
            opt("name", metavar="NAME", about=msg("Which owner.")),
            opt("--role", metavar="ROLE", about=msg("Keep them, with this lesser role.")),
            _KIT,
            _KEY_FILE,
        ),
    ),
    Command(
        "recovery-key renew",
        msg("Make a new recovery key, where the emergency sheet was lost or seen."),
        "keys:renew",
        (_KIT, _KEY_FILE),
    ),
)
