"""Is it really they? Opens a person's own slot once more, throttled as signing in is."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop_app.kernel.errors import NotAllowedError, UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.vault import sealing, slots, throttle
from desktop_app.vault.cost import SALT_BYTES
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.roster import UserRow
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.slots import KeyPair


def confirmed_keys(
    folder: Path, root_key: bytes, user_id: str, password: str, now: datetime
) -> tuple[UserRow, KeyPair]:
    """Return somebody's row and private keys, by their password (0.2 s and more).

    NotAllowedError in the same words for a wrong password, somebody unknown and somebody removed;
    another one with the seconds to wait after the third miss, counted together with sign-ins.
    `root_key` is that of the session: a key file that was put in its place does not confirm.
    """
    file = KeyFile(folder)
    contents = file.read()
    user = contents.roster.users.get(user_id)
    name = user.name if user else user_id
    miss = throttle.name_key(contents.roster.install, name)
    throttle.check(contents.misses, miss, now)
    try:
        found, keys = _opened(contents, user, password, root_key)
    except WrongKeyError:
        _count(file, miss, now)
        raise NotAllowedError(msg("The password is wrong.")) from None
    if miss in contents.misses:
        _count(file, miss, None)
    return found, keys


def signed_by_password(
    folder: Path,
    root_key: bytes,
    user_id: str,
    password: str,
    now: datetime,
    *,
    purpose: str,
    message: bytes,
) -> bytes:
    """Return one signature of somebody who gives their password here; keeps nothing of their keys.

    Fails as `confirmed_keys` does.
    """
    _, keys = confirmed_keys(folder, root_key, user_id, password, now)
    return sealing.sign(keys.signing, purpose, message)


def _opened(
    contents: Contents, user: UserRow | None, password: str, root_key: bytes
) -> tuple[UserRow, KeyPair]:
    if user is None or user.removed_ms is not None:
        contents.cost.derive(password, bytes(SALT_BYTES)).wipe()  # as long as for a known one
        raise WrongKeyError
    place = slots.slot_place(contents.roster.install, user.id)
    keys, seen = slots.opened(contents.slot(user.id), password, place)
    genuine = hmac.compare_digest(seen, sealing.fingerprint(root_key))
    same = hmac.compare_digest(contents.roster.root_key, root_key)
    if not (genuine and same) or (keys.sign_key, keys.box_key) != (user.sign_key, user.box_key):
        raise WrongKeyError
    return user, keys


def _count(file: KeyFile, key: str, now: datetime | None) -> None:
    def count(contents: Contents) -> Contents:
        misses = contents.misses
        after = throttle.missed(misses, key, now) if now else throttle.forgotten(misses, key)
        return replace(contents, misses=after)

    try:
        file.update(count)
    except UnavailableError:
        return  # a full or read-only disk must not keep people out; the cost of a guess remains
