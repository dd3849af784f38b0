"""Letters: a text that some people of the store can open and nobody else.

The text lies under a key of its own, and the key is sealed to each reader's public key. A letter
says nothing about who wrote it; that is what signatures are for.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from desktop_app.kernel.errors import DamagedError, NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.vault import sealing
from desktop_app.vault.key_file import KeyFile
from desktop_app.vault.roster import Roster, UserRow
from desktop_app.vault.sealing import KEY_BYTES, WrongKeyError, from_text, to_text
from desktop_app.vault.secret import SecretBytes


class Reader(Protocol):
    """Somebody signed in."""

    user_id: str

    def unseal(self, envelope: bytes, place: bytes) -> SecretBytes:
        """Return what was sealed to them."""
        ...


def seal_letter(text: bytes, readers: Mapping[str, bytes], place: bytes) -> str:
    """Return a text sealed to readers: their public keys by user id. Bound to its `place`."""
    key = SecretBytes(os.urandom(KEY_BYTES))
    body = sealing.wrap(key, text, place)
    keys = {who: to_text(sealing.seal(public, key, place)) for who, public in readers.items()}
    key.wipe()
    return json.dumps({"body": to_text(body), "keys": keys}, separators=(",", ":"))


def is_for(letter: str, user_id: str) -> bool:
    """Tell whether a letter is addressed to somebody."""
    try:
        return user_id in json.loads(letter)["keys"]
    except (ValueError, KeyError, TypeError):
        return False


def open_letter(letter: str, reader: Reader, place: bytes) -> bytes:
    """Return the text of a letter.

    NotAllowedError for somebody it is not addressed to, or who has had new keys since;
    DamagedError for a letter that was changed.
    """
    try:
        parsed = json.loads(letter)
        body, mine = from_text(parsed["body"]), parsed["keys"].get(reader.user_id)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _changed() from None
    if mine is None:
        raise NotAllowedError(msg("This was not addressed to you."))
    try:
        key = reader.unseal(from_text(mine), place)
    except (WrongKeyError, ValueError):
        raise NotAllowedError(
            msg("This cannot be opened with your keys."),
            hint=msg("You have had new keys since, or it was changed. Ask for it again."),
        ) from None
    try:
        return sealing.unwrap(key, body, place).reveal()
    except WrongKeyError:
        raise _changed() from None
    finally:
        key.wipe()


def roster_now(folder: Path, root_key: bytes) -> Roster:
    """Return the signed list of users as it is now; DamagedError for another store's."""
    roster = KeyFile(folder).read().roster
    if not hmac.compare_digest(roster.root_key, root_key):
        raise DamagedError(
            msg("The list of users is not the one this store was made with."),
            hint=msg("Somebody has replaced the key file. Restore the store from a backup."),
        )
    return roster


def signed_by(user: UserRow, purpose: str, message: bytes, signature: str) -> bool:
    """Tell whether somebody signed a message, with their present or an earlier key."""
    try:
        raw = from_text(signature)
    except ValueError:
        return False
    keys = (user.sign_key, *user.retired)
    return any(sealing.verify(key, purpose, message, raw) for key in keys)


def _changed() -> DamagedError:
    return DamagedError(
        msg("A sealed request was changed after it was written."),
        hint=msg("Nothing was done. Ask for it again, and tell the owner."),
    )
