"""The ways in, from the key file to somebody signed in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.kernel.clock import Clock
from desktop_app.kernel.errors import ConflictError, DamagedError, NotAllowedError
from desktop_app.kernel.words import Message, msg
from desktop_app.vault import sealing, slots, throttle
from desktop_app.vault.device import Binding, Device
from desktop_app.vault.door import Door, Entered, Way
from desktop_app.vault.duties import check_password
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.own import till_secret, till_slot
from desktop_app.vault.roster import UserRow
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.slots import KeyPair, Slot, SlotKind, slot_place
from desktop_app.vault.unlocked import Held, Unlocked, root_of


class Entrance(ABC):
    """How people get in; `Vault` has it."""

    _file: KeyFile
    _contents: Contents

    @property
    @abstractmethod
    def install_id(self) -> str:
        """Return the name of this store among all stores."""

    @property
    @abstractmethod
    def ancestors(self) -> tuple[str, ...]:
        """Return the fingerprints the store had before and rightfully gave up."""

    @property
    @abstractmethod
    def root_fingerprint(self) -> str:
        """Return the store's fingerprint."""

    @property
    @abstractmethod
    def epoch(self) -> int:
        """Return the number of the roster."""

    @abstractmethod
    def _refreshed(self) -> Contents:
        """Return the key file as it is now."""

    def unlock(
        self,
        name: str,
        password: str,
        *,
        clock: Clock,
        device: Device | None = None,
        code: str | None = None,
    ) -> Unlocked:
        """Sign somebody in. Takes as long as the key derivation: call it off the GUI's thread.

        NotAllowedError, in the same words, for a wrong name and a wrong password; another one
        with the seconds to wait after the third miss. CodeNeededError where the code of an app is
        needed as well, ChoosePasswordError for a one-time code, which `redeem` takes.
        """
        entered = self._door(clock).by_password(name, password, code)
        return self._unlocked(entered, clock, self._binding(device))

    def redeem(
        self,
        name: str,
        code: str,
        new_password: str,
        *,
        clock: Clock,
        device: Device | None = None,
    ) -> Unlocked:
        """Choose a password with a one-time code, which is used up then, and sign in."""
        entered = self._door(clock).by_code(name, code)
        user = entered.user
        check_password(new_password, (user.name,), weak_allowed=False)
        contents = self._contents
        place = slot_place(self.install_id, user.id)
        seen = sealing.fingerprint(contents.roster.root_key)
        slot = slots.locked(entered.keys, seen, new_password, contents.cost, place)
        self._use_code(user, {user.id: slot})
        return self._unlocked(entered, clock, self._binding(device))

    def redeem_for_till(
        self, name: str, code: str, pin: str, *, clock: Clock, device: Device
    ) -> Unlocked:
        """Choose a till PIN for this computer with a one-time code, and sign in."""
        entered = self._door(clock).by_code(name, code)
        user, binding = (
            entered.user,
            device.compare(self.root_fingerprint, self.epoch, self.ancestors),
        )
        secret = till_secret(binding)
        held = (entered.keys, sealing.fingerprint(self._contents.roster.root_key))
        slot = till_slot(self._contents, user, held, pin, secret)
        self._use_code(user, {slots.slot_key(user.id, SlotKind.TILL, secret): slot})
        return self._unlocked(entered, clock, binding)

    def unlock_till(self, name: str, pin: str, *, clock: Clock, device: Device) -> Unlocked:
        """Sign somebody in by their till PIN on this computer; NotAllowedError otherwise."""
        binding = device.compare(self.root_fingerprint, self.epoch, self.ancestors)
        entered = self._door(clock).by_till_pin(name, pin, binding.secret)
        return self._unlocked(entered, clock, binding)

    def resume(
        self, user_id: str, keys: KeyPair, *, clock: Clock, device: Device | None = None
    ) -> Unlocked:
        """Sign somebody in whose keys a quick PIN has brought back.

        NotAllowedError where they were removed or reset meanwhile.
        """
        roster = self._refreshed().roster
        user = roster.users.get(user_id)
        current = user is not None and user.removed_ms is None
        if user is None or not current or user.sign_key != keys.sign_key:
            raise NotAllowedError(
                msg("Your access has been taken away or renewed."), hint=msg("Sign in again.")
            )
        entered = Entered(user, keys, Way.PIN)
        return self._unlocked(entered, clock, self._binding(device))

    def till_users(self, device: Device) -> frozenset[str]:
        """Return the ids of those who have a till PIN on this computer."""
        contents = self._refreshed()
        if not any(f"/{SlotKind.TILL}/" in key for key in contents.slots):
            return frozenset()  # the keyring may be slow to answer: ask only for a reason
        secret = device.compare(self.root_fingerprint, self.epoch, self.ancestors).secret
        if secret is None:
            return frozenset()
        users = contents.roster.users
        return frozenset(
            u for u in users if slots.slot_key(u, SlotKind.TILL, secret) in contents.slots
        )

    def _door(self, clock: Clock) -> Door:
        return Door(self._file, self._refreshed(), clock)

    def _binding(self, device: Device | None) -> Binding | None:
        return device.compare(self.root_fingerprint, self.epoch, self.ancestors) if device else None

    def _use_code(self, user: UserRow, fresh: Mapping[str, Slot]) -> None:
        """Put new slots in the place of the one-time code; ConflictError where it is gone."""
        key = slots.slot_key(user.id, SlotKind.CODE)
        used = self._contents.slots.get(key)

        def use(contents: Contents) -> Contents:
            if used is None or contents.slots.get(key) != used:
                raise ConflictError(
                    msg("The one-time code was used or renewed elsewhere at the same time."),
                    hint=msg("Ask the owner for a new one."),
                )
            left = {k: v for k, v in contents.slots.items() if k != key}
            misses = throttle.all_forgotten(contents.misses, self.install_id, user.name)
            return replace(contents, slots={**left, **fresh}, misses=misses)

        self._contents = self._file.update(use)

    def _unlocked(self, entered: Entered, clock: Clock, binding: Binding | None) -> Unlocked:
        roster, user = self._contents.roster, entered.user
        notices = (*self._notices(), *(binding.notices if binding else ()))
        try:
            held = Held(user, entered.keys, root_of(roster, user, entered.keys))
            unlocked = Unlocked(self._file, roster, held, clock, notices, binding)
        except WrongKeyError:
            raise DamagedError(
                msg("The key file holds no key for “{name}” that fits.", name=user.name),
                hint=msg("Ask an owner to set the password anew, or restore from a backup."),
            ) from None
        unlocked.entered = entered
        return unlocked

    def _notices(self) -> tuple[Message, ...]:
        if not self._file.fell_back:
            return ()
        return (
            msg(
                "The key file was missing or damaged; the one before it was used. The last change"
                " to users or passwords may be undone: please check."
            ),
        )
