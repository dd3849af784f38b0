"""Who comes in: a password (and the code of an app), a one-time code, a till PIN.

Each way costs one key derivation, also for a name that nobody has, somebody removed, and somebody
who has no password at present: time and words of a refusal tell nothing (ASVS 6.3.8).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from desktop_app.kernel.clock import Clock, millis
from desktop_app.kernel.errors import DamagedError, NotAllowedError, UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.vault import one_time, pins, sealing, throttle
from desktop_app.vault.cost import SALT_BYTES
from desktop_app.vault.extras import Extras, PinLock
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.roster import Roster, UserRow
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import (
    KeyPair,
    OpenSlot,
    SlotKind,
    for_till,
    open_slot,
    slot_key,
    slot_place,
)
from desktop_app.vault.succession import descends
from desktop_app.vault.throttle import Misses


class Way(StrEnum):
    """How somebody came in, as the trail and the list of sessions say it."""

    PASSWORD = "password"  # noqa: S105 - a word, not a password
    PASSWORD_AND_CODE = "password and app code"  # noqa: S105 - words, not a password
    ONE_TIME_CODE = "one-time code"
    PIN = "pin"
    TILL_PIN = "till pin"
    RECOVERY_KEY = "recovery key"


class CodeNeededError(NotAllowedError):
    """The password is right, and the code of the authenticator app is needed as well."""

    code = "code_needed"


class ChoosePasswordError(NotAllowedError):
    """The one-time code is right, and a password of one's own has to be chosen with it."""

    code = "choose_password"


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody whom the door has let in, and what was known about them before."""

    user: UserRow
    keys: KeyPair
    way: Way
    pin: PinLock | None = None
    misses: int = 0


class Door:
    """The door of one key file, as it was read last."""

    def __init__(self, file: KeyFile, contents: Contents, clock: Clock) -> None:
        self._file = file
        self._contents = contents
        self._clock = clock

    def by_password(self, name: str, password: str, code: str | None = None) -> Entered:
        """Let somebody in by their password, and by the code of their app where they have one.

        NotAllowedError, in the same words, for a wrong name and a wrong password, and with the
        seconds to wait after the third miss; CodeNeededError, ChoosePasswordError: see there.
        """
        if one_time.read(password) is not None:
            self.by_code(name, password)
            raise ChoosePasswordError(
                msg("The one-time code is right. Now choose a password of your own."),
                hint=msg("On the command line: clopos-desk set-password."),
            )
        miss = self._key(name)
        throttle.check(self._contents.misses, miss, self._clock.now())
        with self._opened(name, password, SlotKind.PASSWORD, miss) as found:
            user = self._user(name)
            known = self._check_genuine(user, found)
            way = Way.PASSWORD
            if known.extras.totp:
                self._take_code(user, known, code, miss)
                way = Way.PASSWORD_AND_CODE
            misses = throttle.count(self._contents.misses, miss)
            self._right(name)
            return Entered(user, known.keys, way, known.extras.pin, misses)

    def by_code(self, name: str, typed: str) -> Entered:
        """Let somebody in by their one-time code; it stays good until a password is chosen.

        NotAllowedError for a wrong name or code and, with the reason, for a code that has ended.
        """
        miss = self._key(name)
        throttle.check(self._contents.misses, miss, self._clock.now())
        code = one_time.read(typed) or ""
        with self._opened(name, code, SlotKind.CODE, miss) as found:
            user = self._user(name)
            self._check_genuine(user, found)
            ends = found.extras.ends_ms or 0
            if millis(self._clock.now()) >= ends:
                raise NotAllowedError(
                    msg("This one-time code has ended: it was good for 24 hours."),
                    hint=msg("Ask the owner for a new one."),
                )
            misses = throttle.count(self._contents.misses, miss)
            return Entered(user, found.keys, Way.ONE_TIME_CODE, None, misses)

    def by_till_pin(self, name: str, pin: str, device_secret: SecretBytes | None) -> Entered:
        """Let somebody in by their till PIN, on the computer where it was set.

        NotAllowedError for a wrong name or PIN, without the computer's keyring, after five misses,
        and where the person's role opens more than the till.
        """
        if device_secret is None:
            raise NotAllowedError(
                msg("Till PINs work only with this computer's keyring, and there is none."),
                hint=msg("Sign in with the password."),
            )
        miss = self._till_key(name)
        throttle.check(self._contents.misses, miss, self._clock.now())
        if throttle.count(self._contents.misses, miss) >= pins.MISSES:
            raise NotAllowedError(
                msg("Too many wrong PINs. The PIN works again after the password."),
                hint=msg("Somebody without a password needs a one-time code from the owner."),
            )
        with self._opened(name, pin, SlotKind.TILL, miss, device_secret) as found:
            user = self._user(name)
            self._check_genuine(user, found)
            check_till_role(self._contents.roster, user)
            misses = throttle.count(self._contents.misses, miss)
            self._right(name)
            return Entered(user, found.keys, Way.TILL_PIN, None, misses)

    def _opened(
        self,
        name: str,
        secret: str,
        kind: SlotKind,
        miss: str,
        device_secret: SecretBytes | None = None,
    ) -> OpenSlot:
        contents = self._contents
        user = contents.roster.active(name)
        key = slot_key(user.id, kind, device_secret) if user else ""
        slot = contents.slots.get(key)
        if user is None or slot is None:
            contents.cost.derive(secret, bytes(SALT_BYTES), secret=device_secret).wipe()
            self._count(miss, self._clock.now())
            raise _refusal(kind)
        place = slot_place(contents.roster.install, user.id, kind)
        try:
            return open_slot(slot, secret, place, device_secret=device_secret)
        except WrongKeyError:
            self._count(miss, self._clock.now())
            raise _refusal(kind) from None

    def _take_code(self, user: UserRow, found: OpenSlot, code: str | None, miss: str) -> None:
        app = found.extras.totp
        if code is None or app is None:
            raise CodeNeededError(
                msg("The code of your authenticator app is needed as well."),
                hint=msg("Without the phone, type one of the spare codes."),
            )
        after = app.taken(code, self._clock.now())
        if after is None:
            self._count(miss, self._clock.now())
            raise CodeNeededError(
                msg("The code is wrong, or it was used already."),
                hint=msg("Wait for the next one, and check the clock of the phone."),
            )
        spare_used = len(after.spare) < len(app.spare)
        self._keep(user, found, found.extras.with_totp(after), must=spare_used)

    def _keep(self, user: UserRow, found: OpenSlot, extras: Extras, *, must: bool) -> None:
        """Save that a code was used; a full disk keeps nobody out, but spends no spare code."""
        fresh = found.relocked(extras)

        def keep(contents: Contents) -> Contents:
            if contents.slots.get(user.id) != found.slot:
                raise NotAllowedError(msg("The code was used elsewhere at the same time."))
            return contents.with_slot(user.id, fresh)

        try:
            self._contents = self._file.update(keep)
        except UnavailableError:
            if must:
                raise

    def _user(self, name: str) -> UserRow:
        user = self._contents.roster.active(name)
        if user is None:
            raise NotAllowedError(msg("The name or the password is wrong."))
        return user

    def _check_genuine(self, user: UserRow, found: OpenSlot) -> OpenSlot:
        """Return the slot, which remembers the present root from now on."""
        roster = self._contents.roster
        check_genuine(roster, user, found.keys, found.root)
        present = sealing.fingerprint(roster.root_key)
        if hmac.compare_digest(found.root, present):
            return found
        known = found.following(present)

        def follow(contents: Contents) -> Contents:
            slots = contents.slots.items()
            return replace(
                contents, slots={k: known.slot if v == found.slot else v for k, v in slots}
            )

        try:
            self._contents = self._file.update(follow)
        except UnavailableError:
            return found  # it is asked again next time
        return known

    def _key(self, name: str) -> str:
        return throttle.name_key(self._contents.roster.install, name)

    def _till_key(self, name: str) -> str:
        return throttle.name_key(self._contents.roster.install, name, throttle.TILL)

    def _right(self, name: str) -> None:
        """Begin all counts of a name anew."""
        install, misses = self._contents.roster.install, self._contents.misses
        if throttle.all_forgotten(misses, install, name) != misses:
            self._save(lambda now: throttle.all_forgotten(now, install, name))

    def _count(self, key: str, at: datetime) -> None:
        self._save(lambda now: throttle.missed(now, key, at))

    def _save(self, change: Callable[[Mapping[str, Misses]], dict[str, Misses]]) -> None:
        try:
            self._contents = self._file.update(lambda c: replace(c, misses=change(c.misses)))
        except UnavailableError:
            # A read-only or full disk must not keep people out; the cost of a guess remains.
            return


def check_genuine(roster: Roster, user: UserRow, keys: KeyPair, seen: bytes) -> None:
    """Raise DamagedError where a slot belongs to another list of users than the one at hand."""
    if not descends(roster, seen) or (keys.sign_key, keys.box_key) != (user.sign_key, user.box_key):
        raise replaced()


def replaced() -> DamagedError:
    """Return the error for a key file that somebody has replaced."""
    return DamagedError(
        msg("The list of users is not the one this store was made with."),
        hint=msg("Somebody has replaced the key file. Restore the store from a backup."),
    )


def _refusal(kind: SlotKind) -> NotAllowedError:
    match kind:
        case SlotKind.PASSWORD:
            return NotAllowedError(msg("The name or the password is wrong."))
        case SlotKind.CODE:
            return NotAllowedError(
                msg("The name or the one-time code is wrong, or the code was used already."),
                hint=msg("Ask the owner for a new one."),
            )
        case SlotKind.TILL:
            return NotAllowedError(msg("The name or the PIN is wrong."))


def check_till_role(roster: Roster, user: UserRow) -> None:
    """Raise NotAllowedError where a person's role opens more than what the till shows."""
    if not for_till(roster.facts_of(user)):
        raise NotAllowedError(
            msg("A till PIN opens only what the till needs; this role opens more."),
            hint=msg("Sign in with the password."),
        )
