"""One's own way of signing in: password, authenticator app, quick PIN, till PIN.

What changes the sealed slot needs the password again, which is also what stops a colleague at an
unlocked desk. Owners cannot do any of this for others; they can only hand out a one-time code.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from desktop_app.kernel.clock import Clock
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.vault import pins, quick, throttle
from desktop_app.vault.device import Binding
from desktop_app.vault.door import check_till_role
from desktop_app.vault.duties import check_password
from desktop_app.vault.extras import Extras, PinLock
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.roster import UserRow
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import (
    KeyPair,
    OpenSlot,
    Slot,
    SlotKind,
    locked,
    open_slot,
    slot_key,
    slot_place,
    without_till,
)
from desktop_app.vault.totp import Enrolment


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """Which ways of signing in a person has. What lies in the slot is known after the password."""

    password: bool
    code: bool
    till_pin_here: bool
    till_pins: int
    authenticator: bool = False
    spare_codes: int = 0
    pin: bool = False


class OwnSignIn(ABC):
    """What everybody can do about their own sign-in; `Unlocked` has it."""

    _file: KeyFile
    device: Binding | None

    @abstractmethod
    def _user(self) -> UserRow:
        """Return whose keys these are; NotAllowedError where nobody's."""

    @abstractmethod
    def _keys(self) -> KeyPair:
        """Return the private keys; NotAllowedError after locking."""

    @abstractmethod
    def _time(self) -> Clock:
        """Return the clock."""

    def change_password(self, old: str, new: str, *, weak_password_allowed: bool = False) -> None:
        """Change one's own password. NotAllowedError where the old one is wrong.

        App and PIN stay as they are.
        """
        user = self._user()
        with self._opened(old) as found:
            check_password(new, (user.name,), weak_allowed=weak_password_allowed)
            place = slot_place(self._file.read().roster.install, user.id)
            cost = found.slot.cost
            fresh = locked(found.keys, found.root, new, cost, place, extras=found.extras)
            self._replace(found.slot, fresh)

    def confirm_password(self, password: str) -> SignInFacts:
        """Return how this person signs in; NotAllowedError for a wrong password (a step-up)."""
        with self._opened(password) as found:
            return self._facts(found.extras)

    def sign_in_facts(self) -> SignInFacts:
        """Return how this person signs in, as far as it can be known without the password."""
        return self._facts(Extras())

    def set_pin(self, password: str, pin: str) -> PinLock:
        """Choose a quick PIN; InvalidError for one of the first that anybody tries."""
        lock = quick.lock_of(pin)
        self._change(password, lambda found: found.extras.with_pin(lock))
        return lock

    def drop_pin(self, password: str) -> None:
        """Do without a quick PIN."""
        self._change(password, lambda found: found.extras.with_pin(None))

    def set_authenticator(self, password: str, enrolment: Enrolment, code: str) -> None:
        """Ask for the code of an app from now on; `code` is its first, so that it surely works."""
        app = enrolment.authenticator().taken(code, self._time().now())
        if app is None or len(app.spare) < len(enrolment.spare):
            raise InvalidError(
                msg("The code does not fit the picture that was scanned."),
                field="code",
                hint=msg("Wait for the next one, and check the clock of the phone."),
            )
        self._change(password, lambda found: found.extras.with_totp(app))

    def drop_authenticator(self, password: str, code: str) -> None:
        """Do without the app; needs one of its codes. Without any, an owner's reset helps."""

        def dropped(found: OpenSlot) -> Extras:
            app = found.extras.totp
            if app is not None and app.taken(code, self._time().now()) is None:
                self._count_miss()
                raise NotAllowedError(
                    msg("The code is wrong, or it was used already."),
                    hint=msg("Without phone and spare codes, ask the owner for a one-time code."),
                )
            return found.extras.with_totp(None)

        self._change(password, dropped)

    def set_till_pin(self, pin: str, password: str) -> None:
        """Choose a till PIN for this computer; it opens only what the till needs."""
        with self._opened(password) as found:
            root = found.root
        user = self._user()
        contents = self._file.read()
        secret = till_secret(self.device)
        slot = till_slot(contents, user, (self._keys(), root), pin, secret)
        key = slot_key(user.id, SlotKind.TILL, secret)
        self._file.update(lambda now: now.with_slot(key, slot))

    def till_pin_twins(self, pin: str) -> list[str]:
        """Return the ids of the others who have this till PIN on this computer (0.2 s for each).

        For the review of access alone: whoever chooses a PIN is not told whose it is already.
        """
        contents, secret = self._file.read(), till_secret(self.device)
        others = [u for u in contents.roster.users.values() if u.id != self._user().id]
        return [user.id for user in others if _has_till_pin(contents, user, pin, secret)]

    def drop_till_pins(self) -> None:
        """Do without till PINs, on all computers."""
        user_id = self._user().id
        self._file.update(lambda now: replace(now, slots=without_till(now.slots, user_id)))

    def _facts(self, extras: Extras) -> SignInFacts:
        user, slots = self._user(), self._file.read().slots
        secret = self.device.secret if self.device else None
        till = slot_key(user.id, SlotKind.TILL)
        return SignInFacts(
            password=user.id in slots,
            code=slot_key(user.id, SlotKind.CODE) in slots,
            till_pin_here=secret is not None and slot_key(user.id, SlotKind.TILL, secret) in slots,
            till_pins=sum(key.startswith(till) for key in slots),
            authenticator=extras.totp is not None,
            spare_codes=len(extras.totp.spare) if extras.totp else 0,
            pin=extras.pin is not None,
        )

    @contextmanager
    def _opened(self, password: str) -> Iterator[OpenSlot]:
        user, before = self._user(), self._file.read()
        miss, now = throttle.name_key(before.roster.install, user.name), self._time().now()
        throttle.check(before.misses, miss, now)
        place = slot_place(before.roster.install, user.id)
        try:
            # Not this session's keys: an owner may have renewed them since.
            found = open_slot(before.slot(user.id), password, place)
        except WrongKeyError:
            self._count_miss()
            raise NotAllowedError(msg("The password is wrong.")) from None
        with found:
            yield found

    def _change(self, password: str, change: Callable[[OpenSlot], Extras]) -> None:
        with self._opened(password) as found:
            self._replace(found.slot, found.relocked(change(found)))

    def _replace(self, slot: Slot, fresh: Slot) -> None:
        user = self._user()

        def put(contents: Contents) -> Contents:
            if contents.slots.get(user.id) != slot:
                raise ConflictError(
                    msg("The password was changed elsewhere at the same time."),
                    hint=msg("Sign in again."),
                )
            miss = throttle.name_key(contents.roster.install, user.name)
            after = contents.with_slot(user.id, fresh)
            return replace(after, misses=throttle.forgotten(after.misses, miss))

        self._file.update(put)

    def _count_miss(self) -> None:
        user, now = self._user(), self._time().now()

        def count(contents: Contents) -> Contents:
            miss = throttle.name_key(contents.roster.install, user.name)
            return replace(contents, misses=throttle.missed(contents.misses, miss, now))

        self._file.update(count)


def _has_till_pin(contents: Contents, user: UserRow, pin: str, secret: SecretBytes) -> bool:
    slot = contents.slots.get(slot_key(user.id, SlotKind.TILL, secret))
    if slot is None:
        return False
    place = slot_place(contents.roster.install, user.id, SlotKind.TILL)
    try:
        with open_slot(slot, pin, place, device_secret=secret):
            return True
    except WrongKeyError:
        return False


def till_secret(device: Binding | None) -> SecretBytes:
    """Return the secret of this computer; NotAllowedError where it has no keyring."""
    if device is None or device.secret is None:
        raise NotAllowedError(
            msg("Till PINs work only with this computer's keyring, and there is none."),
            hint=msg("Choose a password instead."),
        )
    return device.secret


def till_slot(
    contents: Contents,
    user: UserRow,
    held: tuple[KeyPair, bytes],
    pin: str,
    secret: SecretBytes,
) -> Slot:
    """Return keys and root fingerprint locked under a till PIN, for one computer."""
    check_till_role(contents.roster, user)
    pins.check(pin, least=pins.TILL_LEAST)
    place = slot_place(contents.roster.install, user.id, SlotKind.TILL)
    return locked(*held, pin, contents.cost, place, device_secret=secret)
