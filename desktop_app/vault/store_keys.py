"""The keys of one store: who may sign in, and what signing in opens.

passphrase -> Argon2id -> a user's slot: private keys and the fingerprint of the root key.
root secret -> the key of each domain's file, and the key that signs the roster.
An owner's private key opens the root secret; everyone else's opens the domain keys of their role.
The recovery key opens the root secret without any user. Knows nothing about the database.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from typing_extensions import override

from desktop_app.kernel.access import Actor, Domain, Permission, Role
from desktop_app.kernel.clock import Clock, millis, moment
from desktop_app.kernel.errors import (
    AppError,
    DamagedError,
    InvalidError,
    NotFoundError,
)
from desktop_app.kernel.holders import Holder
from desktop_app.kernel.roles import BUILT_IN, RoleFacts
from desktop_app.kernel.words import msg
from desktop_app.vault import sealing, slots, throttle
from desktop_app.vault.cost import KdfCost, calibrated
from desktop_app.vault.device import Device
from desktop_app.vault.door import replaced
from desktop_app.vault.duties import active_user, check_password, rekeyed
from desktop_app.vault.entitled import actor_of, holders
from desktop_app.vault.entrance import Entrance
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.names import checked, folded
from desktop_app.vault.recovery import RecoveryCode, key_id
from desktop_app.vault.root import Root
from desktop_app.vault.roster import Roster, UserRow
from desktop_app.vault.roster_json import head_of
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import KeyPair, slot_place
from desktop_app.vault.succession import descends, root_place, with_elders, wrapped_root
from desktop_app.vault.unlocked import Held, Unlocked

_ID_BYTES = 8
_PRINTED_BYTES = 10


@dataclass(frozen=True, slots=True)
class User:
    """A user, as the list of users shows them."""

    name: str
    role: str
    created_at: datetime
    removed_at: datetime | None
    id: str = ""
    venues: tuple[int, ...] | None = None


class Vault(Entrance):
    """The key file of one store folder."""

    def __init__(self, file: KeyFile, contents: Contents) -> None:
        self._file = file
        self._contents = contents
        self._stamp = self._read = file.stamp()

    @classmethod
    def create(
        cls,
        folder: Path,
        owner: str,
        password: str,
        *,
        clock: Clock,
        cost: KdfCost | None = None,
        device: Device | None = None,
        context: Collection[str] = (),
        weak_password_allowed: bool = False,
    ) -> tuple[Vault, Unlocked, RecoveryCode]:
        """Make the keys of a new store and sign its owner in.

        `context` are words that must not make up the password, such as the restaurant's name.
        ConflictError where the folder holds a store already.
        """
        name = checked(owner)
        check_password(password, (name, *context), weak_allowed=weak_password_allowed)
        keys, code = KeyPair.random(), RecoveryCode.random()
        user = UserRow(
            id=secrets.token_hex(_ID_BYTES),
            name=name,
            role=Role.OWNER.value,
            sign_key=keys.sign_key,
            box_key=keys.box_key,
            created_ms=millis(clock.now()),
        )
        install = secrets.token_hex(_ID_BYTES)
        root = Root(SecretBytes(secrets.token_bytes(sealing.KEY_BYTES)), install)
        roster = _first_roster(root, user, code)
        chosen = cost or calibrated()
        seen = sealing.fingerprint(roster.root_key)
        slot = slots.locked(keys, seen, password, chosen, slot_place(install, user.id))
        contents = Contents(1, chosen, roster, root.sign(roster), {user.id: slot}, {})
        file = KeyFile(folder)
        file.create(contents)
        vault = cls(file, contents)
        binding = device.trust(vault.root_fingerprint, vault.epoch) if device else None
        held = Held(user, keys, root)
        return vault, Unlocked(file, roster, held, clock, device=binding), code

    @classmethod
    def open(cls, folder: Path) -> Vault:
        """Return the keys of the store in `folder`, still locked.

        NotFoundError where there is none, DamagedError where they cannot be read,
        UnavailableError where a newer program wrote them.
        """
        file = KeyFile(folder)
        return cls(file, file.read())

    @property
    @override
    def install_id(self) -> str:
        """Return the name of this store among all stores."""
        return self._contents.roster.install

    @property
    def backup_recipient(self) -> str:
        """Return the `age1…` key that backups are encrypted to; nothing secret."""
        return self._contents.roster.recipient

    @property
    def former_recovery_key_ids(self) -> frozenset[str]:
        """Return the names of the recovery keys before the present one."""
        return frozenset(key_id(one) for one in self._contents.roster.former)

    @property
    def recovery_key_id(self) -> str:
        """Return which recovery key belongs to this store: `7QK3-9MZD`."""
        return key_id(self.backup_recipient)

    @property
    @override
    def root_fingerprint(self) -> str:
        """Return the store's fingerprint as printed on the emergency sheet (80 bits)."""
        return sealing.printable(
            sealing.fingerprint(self._contents.roster.root_key)[:_PRINTED_BYTES]
        )

    @property
    @override
    def epoch(self) -> int:
        """Return the number of the roster; it grows with each change to users or grants."""
        return self._contents.roster.epoch

    @property
    def roster_head(self) -> bytes:
        """Return the hash of the roster, for the audit trail and the backup's manifest."""
        return head_of(self._contents.roster)

    def users(self) -> Sequence[User]:
        """Return everybody who has or had access, oldest first."""
        rows = self._refreshed().roster.users.values()
        return [_shown(row) for row in sorted(rows, key=lambda row: (row.created_ms, row.id))]

    def roles(self) -> Mapping[str, RoleFacts]:
        """Return the built-in roles and those of the restaurant's own, by id."""
        return {**BUILT_IN, **self._refreshed().roster.roles}

    def sign_keys(self) -> Mapping[str, Sequence[bytes]]:
        """Return the keys that verify what each user signed, the present and the earlier ones."""
        users = self._refreshed().roster.users
        return {user_id: (user.sign_key, *user.retired) for user_id, user in users.items()}

    def who_may(self, permission: Permission) -> Sequence[Holder]:
        """Return who can sign in and holds a right, owners first; reads only after a change."""
        if self._file.stamp() != self._read:
            with suppress(AppError):  # the list read last will do to name people
                self._refreshed()
        return holders(self._contents.roster, permission)

    def person(self, name: str) -> Actor:
        """Return somebody with their rights; NotFoundError where nobody signs in by the name."""
        roster = self._refreshed().roster
        return actor_of(roster, active_user(roster, name))

    def verify(self, name: str, purpose: str, message: bytes, signature: bytes) -> bool:
        """Tell whether a user signed `message`, with their present or an earlier key."""
        users = self._contents.roster.users.values()
        known = [u for u in users if folded(u.name) == folded(name)]
        keys = [key for u in known for key in (u.sign_key, *u.retired)]
        return any(sealing.verify(key, purpose, message, signature) for key in keys)

    def versions(self) -> Mapping[Domain, int]:
        """Return the version of each domain's key as the key file says now."""
        return dict(self._refreshed().roster.domains)

    def saved_meanwhile(self) -> bool:
        """Tell whether somebody has saved the key file since this was asked last."""
        stamp = self._file.stamp()
        changed, self._stamp = stamp != self._stamp, stamp
        if changed:
            self.look_again()
        return changed

    def look_again(self) -> None:
        """Read the key file again; one that cannot be read changes nothing here."""
        with suppress(AppError):
            self._refreshed()

    def wait_seconds(self, name: str, clock: Clock) -> int:
        """Return how long `unlock` refuses to try a password for `name`; 0 for not at all."""
        key = throttle.name_key(self.install_id, name)
        return throttle.seconds_left(self._refreshed().misses, key, clock.now())

    def recover(
        self,
        code: RecoveryCode,
        *,
        new_password: str,
        clock: Clock,
        owner: str | None = None,
        weak_password_allowed: bool = False,
    ) -> Unlocked:
        """Give an owner new keys under a new password, by the recovery key.

        `owner` may be left out where there is one. DamagedError for another store's key.
        """
        contents = self._refreshed()
        root = _recovered(contents.roster, code)
        user = _owner(contents.roster, owner)
        check_password(new_password, (user.name,), weak_allowed=weak_password_allowed)
        keys = KeyPair.random()
        change = rekeyed(root, contents, user, keys, new_password)

        def recovered(before: Contents) -> Contents:
            after = change(before)
            misses = throttle.all_forgotten(after.misses, self.install_id, user.name)
            return replace(after, misses=misses)

        self._contents = self._file.update(recovered)
        roster = self._contents.roster
        return Unlocked(self._file, roster, Held(roster.users[user.id], keys, root), clock)

    def open_with_recovery(self, code: RecoveryCode) -> Unlocked:
        """Return the keys of all domains by the recovery key, changing no user; for a restore."""
        roster = self._refreshed().roster
        return Unlocked(self._file, roster, Held(None, None, _recovered(roster, code)), None)

    @property
    @override
    def ancestors(self) -> tuple[str, ...]:
        """Return the fingerprints of the roots before this one whose last word leads here."""
        roster = self._contents.roster
        prints = (sealing.fingerprint(one.root_key) for one in roster.ancestors)
        return tuple(
            sealing.printable(one[:_PRINTED_BYTES]) for one in prints if descends(roster, one)
        )

    @override
    def _refreshed(self) -> Contents:
        read = self._file.stamp()
        contents = self._file.read()
        same = contents.roster.install == self._contents.roster.install
        seen = sealing.fingerprint(self._contents.roster.root_key)
        if not same or not descends(contents.roster, seen):
            raise replaced()
        self._contents, self._read = contents, read
        return contents


def _first_roster(root: Root, owner: UserRow, code: RecoveryCode) -> Roster:
    roster = Roster(
        install=root.install,
        epoch=1,
        root_key=root.public_key(),
        recipient=code.age_recipient,
        wrapped_root=wrapped_root(root, code),
        domains=dict.fromkeys(Domain, 1),
        users={},
        secrets={},
        grants={},
        trail=root.trail_box(1),
    )
    return roster.with_user(owner, root.grants_for(owner, roster))


def _recovered(roster: Roster, code: RecoveryCode) -> Root:
    needed = key_id(roster.recipient)
    if code.key_id != needed:
        raise DamagedError(
            msg(
                "This store needs the recovery key {needed}; the one given is {given}.",
                needed=needed,
                given=code.key_id,
            ),
            hint=msg("The name of the key is printed on the emergency sheet above the digits."),
        )
    key = code.wrapping_key(roster.salt)
    try:
        secret = sealing.unwrap(key, roster.wrapped_root, root_place(roster.install))
        return with_elders(secret, roster)
    except WrongKeyError:
        raise replaced() from None
    finally:
        key.wipe()


def _owner(roster: Roster, name: str | None) -> UserRow:
    owners = roster.owners()
    if name is None:
        if len(owners) != 1:
            raise InvalidError(
                msg("This store has several owners: say whose password is to be set."),
                field="owner",
            )
        return owners[0]
    found = next((u for u in owners if folded(u.name) == folded(name)), None)
    if found is None:
        raise NotFoundError(msg("There is no owner “{name}”.", name=name))
    return found


def _shown(row: UserRow) -> User:
    removed = None if row.removed_ms is None else moment(row.removed_ms)
    return User(row.name, row.role, moment(row.created_ms), removed, row.id, row.venues)
