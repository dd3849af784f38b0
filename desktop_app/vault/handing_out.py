"""What owners hand to people: a one-time code, never a password.

So nobody but its person has ever known a password, and an owner who resets one learns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.kernel.clock import millis
from desktop_app.kernel.errors import ConflictError
from desktop_app.kernel.words import msg
from desktop_app.vault import one_time, sealing, throttle
from desktop_app.vault.duties import ALL_VENUES, Duties, active_user, renewed
from desktop_app.vault.extras import Extras
from desktop_app.vault.key_file import Contents
from desktop_app.vault.names import checked
from desktop_app.vault.one_time import OneTimeCode
from desktop_app.vault.root import Root
from desktop_app.vault.roster import UserRow
from desktop_app.vault.slots import KeyPair, Slot, SlotKind, locked, slot_key, slot_place


class HandingOut(Duties):
    """The duties of an owner that end in a code; `Unlocked` has them."""

    def add_with_code(
        self, name: str, role: str, *, venues: tuple[int, ...] | None = ALL_VENUES
    ) -> OneTimeCode:
        """Add a user, who chooses a password with the code within 24 hours. Owners only."""
        root, clock = self._owner()
        tidy = checked(name)
        code = one_time.random_for(tidy, clock.now())

        def slots(contents: Contents, user: UserRow, keys: KeyPair) -> Mapping[str, Slot]:
            return code_slot(root, keys, contents, user.id, code)

        self._add(tidy, role, venues, slots)
        return code

    def reset_password(self, name: str) -> OneTimeCode:
        """Give another user new keys and a one-time code, not knowing any password. Owners only.

        Password, app and PINs are gone; signatures made with the old keys still verify.
        """
        root, clock = self._owner()
        before = self._file.read()
        user = active_user(before.roster, name)
        if user.id == self._user().id:
            raise ConflictError(msg("Change your own password with the old one."))
        code = one_time.random_for(user.name, clock.now())
        keys = KeyPair.random()
        slots = code_slot(root, keys, before, user.id, code)
        change = renewed(root, user, keys, slots)

        def reset(contents: Contents) -> Contents:
            after = change(contents)
            misses = throttle.all_forgotten(after.misses, contents.roster.install, user.name)
            return replace(after, misses=misses)

        self._file.update(reset)
        return code


def code_slot(
    root: Root, keys: KeyPair, contents: Contents, user_id: str, code: OneTimeCode
) -> dict[str, Slot]:
    """Return a user's keys locked under a one-time code, by the key of the slot."""
    seen = sealing.fingerprint(root.public_key())
    place = slot_place(contents.roster.install, user_id, SlotKind.CODE)
    ends = Extras(ends_ms=millis(code.ends_at))
    slot = locked(keys, seen, code.text, contents.cost, place, extras=ends)
    return {slot_key(user_id, SlotKind.CODE): slot}
