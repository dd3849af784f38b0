"""A person who has signed in: the keys of their role, their signature, and an owner's duties."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType, TracebackType
from typing import Self

from typing_extensions import override

from desktop_app.kernel.access import ROLE_PERMISSIONS, Domain, Role, domains_of
from desktop_app.kernel.clock import Clock, millis
from desktop_app.kernel.errors import (
    ConflictError,
    DamagedError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.kernel.words import Message, msg
from desktop_app.vault import passwords, sealing
from desktop_app.vault.device import Binding
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.names import checked
from desktop_app.vault.roster import (
    ROOT,
    Root,
    Roster,
    SharedSecret,
    UserRow,
    domain_subject,
    secret_subject,
)
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import KeyPair, Slot, locked, opened, slot_place

_SECRET_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Held:
    """What opening a slot, or the recovery key, has brought to light."""

    user: UserRow | None
    keys: KeyPair | None
    root: Root | None


class Unlocked:
    """Somebody signed in; `close()` overwrites their keys."""

    def __init__(
        self,
        file: KeyFile,
        roster: Roster,
        held: Held,
        clock: Clock | None,
        notices: tuple[Message, ...] = (),
        device: Binding | None = None,
    ) -> None:
        self._file = file
        self._held = held
        self._clock = clock
        self.name = held.user.name if held.user else ""
        self.role = held.user.role if held.user else Role.OWNER
        self.domain_keys: Mapping[Domain, SecretBytes] = MappingProxyType(
            _domain_keys(roster, held)
        )
        self.notices = notices
        self.device = device

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @override
    def __repr__(self) -> str:
        return f"Unlocked({self.name!r}, {self.role.value})"

    def close(self) -> None:
        """Overwrite the keys. The private keys go with their objects, which OpenSSL clears."""
        for key in self.domain_keys.values():
            key.wipe()
        if self._held.root:
            self._held.root.secret.wipe()
        self._held = Held(self._held.user, None, None)

    @property
    def public_key(self) -> bytes:
        """Return the Ed25519 key that verifies what this person signs."""
        return self._keys().sign_key

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Return this person's signature over `message`, good for this purpose only."""
        return sealing.sign(self._keys().signing, purpose, message)

    def add_user(
        self, name: str, role: Role, password: str, *, weak_password_allowed: bool = False
    ) -> None:
        """Add a user. Owners only; ConflictError where the name is taken."""
        root, clock = self._owner()
        tidy = checked(name)
        check_password(password, (tidy,), weak_allowed=weak_password_allowed)
        before = self._file.read()
        _refuse_taken(before.roster, tidy)
        keys = KeyPair.random()
        user = UserRow(
            id=secrets.token_hex(_ID_BYTES),
            name=tidy,
            role=role,
            sign_key=keys.sign_key,
            box_key=keys.box_key,
            created_ms=millis(clock.now()),
        )
        slot = _slot(root, keys, before, user.id, password)

        def add(contents: Contents) -> Contents:
            _refuse_taken(contents.roster, tidy)
            roster = contents.roster.with_user(user, root.grants_for(user, contents.roster))
            return replace(_signed(contents, roster, root), slots={**contents.slots, user.id: slot})

        self._file.update(add)

    def remove_user(self, name: str) -> None:
        """End a user's access to this key file. Owners only.

        What the user has seen they have seen: until the domain keys are rotated, an old copy of
        the key file still opens the store for them.
        """
        root, clock = self._owner()

        def remove(contents: Contents) -> Contents:
            user = _user(contents.roster, name)
            if user.role is Role.OWNER:
                raise ConflictError(
                    msg("An owner cannot be removed: owners hold every key of the store.")
                )
            gone = replace(user, removed_ms=millis(clock.now()))
            slots = {k: v for k, v in contents.slots.items() if k != user.id}
            roster = contents.roster.with_user(gone, {})
            return replace(_signed(contents, roster, root), slots=slots)

        self._file.update(remove)

    def change_password(self, old: str, new: str, *, weak_password_allowed: bool = False) -> None:
        """Change one's own password. NotAllowedError where the old one is wrong."""
        user = self._user()
        before = self._file.read()
        place = slot_place(before.roster.install, user.id)
        try:
            slot = before.slot(user.id)
            # Not this session's keys: an owner may have renewed them since.
            keys, root_fingerprint = opened(slot, old, place)
        except WrongKeyError:
            raise NotAllowedError(msg("The old password is wrong.")) from None
        check_password(new, (user.name,), weak_allowed=weak_password_allowed)
        fresh = locked(keys, root_fingerprint, new, before.cost, place)

        def change(contents: Contents) -> Contents:
            if contents.slots.get(user.id) != slot:
                raise ConflictError(
                    msg("The password was changed elsewhere at the same time."),
                    hint=msg("Sign in again."),
                )
            return replace(contents, slots={**contents.slots, user.id: fresh})

        self._file.update(change)

    def set_password_for(self, name: str, new: str, *, weak_password_allowed: bool = False) -> None:
        """Give another user a new password without knowing the old one. Owners only.

        The user gets new keys; signatures made with the old ones still verify.
        """
        root, _ = self._owner()
        before = self._file.read()
        user = _user(before.roster, name)
        if user.id == self._user().id:
            raise ConflictError(msg("Change your own password with the old one."))
        check_password(new, (user.name,), weak_allowed=weak_password_allowed)
        self._file.update(rekeyed(root, before, user, KeyPair.random(), new))

    def secret(self, name: str) -> SecretBytes:
        """Return a shared secret; NotFoundError where there is none for this role."""
        contents = self._file.read()
        shared = contents.roster.secrets.get(name)
        if shared is None or not (self._held.root or self.role in shared.roles):
            raise NotFoundError(msg("There is no stored secret “{name}” for you.", name=name))
        try:
            if self._held.root:
                return self._held.root.open_shared(name, shared, contents.roster)
            return _unsealed(contents.roster, self._held, secret_subject(name))
        except WrongKeyError:
            raise _foreign_envelope() from None

    def put_secret(self, name: str, value: bytes, roles: Collection[Role]) -> None:
        """Keep a small secret for everyone in `roles` and for the owners. Owners only."""
        root, _ = self._owner()
        if not _SECRET_NAME.fullmatch(name):
            raise InvalidError(msg("“{name}” cannot be the name of a secret.", name=name))
        shared = SharedSecret(frozenset(roles) | {Role.OWNER}, root.wrap_shared(name, value))

        def put(contents: Contents) -> Contents:
            roster = replace(contents.roster, secrets={**contents.roster.secrets, name: shared})
            for user in roster.users.values():
                if user.removed_ms is None:
                    roster = roster.with_user(user, root.grants_for(user, roster))
            return _signed(contents, roster, root)

        self._file.update(put)

    def _keys(self) -> KeyPair:
        if self._held.keys is None:
            raise NotAllowedError(msg("Sign in with a name and a password for this."))
        return self._held.keys

    def _user(self) -> UserRow:
        if self._held.user is None:
            raise NotAllowedError(msg("Sign in with a name and a password for this."))
        return self._held.user

    def _owner(self) -> tuple[Root, Clock]:
        self._keys()
        if self._held.root is None or self._clock is None:
            raise NotAllowedError(msg("Only an owner may do this."))
        return self._held.root, self._clock


def check_password(password: str, context: tuple[str, ...], *, weak_allowed: bool) -> None:
    """Raise InvalidError where a new password will not do."""
    if weak_allowed:
        passwords.check_possible(password)
    else:
        passwords.check(password, context=context)


def rekeyed(
    root: Root, before: Contents, user: UserRow, keys: KeyPair, password: str
) -> Callable[[Contents], Contents]:
    """Return the change that gives a user new keys under a new password."""
    slot = _slot(root, keys, before, user.id, password)

    def change(contents: Contents) -> Contents:
        now = contents.roster.users[user.id]
        if now != user:
            raise ConflictError(
                msg("The user “{name}” was changed elsewhere at the same time.", name=user.name),
                hint=msg("Look at the list of users and try again."),
            )
        renewed = replace(
            now,
            sign_key=keys.sign_key,
            box_key=keys.box_key,
            retired=(*now.retired, now.sign_key),
        )
        roster = contents.roster.with_user(renewed, root.grants_for(renewed, contents.roster))
        return replace(_signed(contents, roster, root), slots={**contents.slots, user.id: slot})

    return change


def root_of(roster: Roster, user: UserRow, keys: KeyPair) -> Root | None:
    """Return the root secret where a user is an owner; WrongKeyError if it is another store's."""
    if user.role is not Role.OWNER:
        return None
    secret = _unsealed(roster, Held(user, keys, None), ROOT)
    root = Root(secret, roster.install)
    if root.public_key() != roster.root_key:
        raise WrongKeyError
    return root


def _domain_keys(roster: Roster, held: Held) -> dict[Domain, SecretBytes]:
    if held.root:
        return {d: held.root.domain_key(d, roster.domains[d]) for d in Domain}
    if held.user is None:
        raise WrongKeyError
    wanted = domains_of(ROLE_PERMISSIONS[held.user.role])
    return {d: _unsealed(roster, held, domain_subject(d, roster.domains[d])) for d in wanted}


def _unsealed(roster: Roster, held: Held, subject: str) -> SecretBytes:
    if held.user is None or held.keys is None:
        raise WrongKeyError
    envelope = roster.envelope(held.user, subject)
    return sealing.unseal(held.keys.box, envelope, roster.place(held.user.id, subject))


def _slot(root: Root, keys: KeyPair, contents: Contents, user_id: str, password: str) -> Slot:
    seen = sealing.fingerprint(root.public_key())
    place = slot_place(contents.roster.install, user_id)
    return locked(keys, seen, password, contents.cost, place)


def _signed(contents: Contents, roster: Roster, root: Root) -> Contents:
    if contents.roster.root_key != root.public_key():
        raise DamagedError(
            msg("The key file was replaced by that of another store."),
            hint=msg("Do not sign in. Ask the owner who has been at this computer."),
        )
    roster = replace(roster, epoch=contents.roster.epoch + 1)
    return replace(contents, roster=roster, signature=root.sign(roster))


def _user(roster: Roster, name: str) -> UserRow:
    user = roster.active(name)
    if user is None:
        raise NotFoundError(msg("There is no user “{name}”.", name=name))
    return user


def _refuse_taken(roster: Roster, name: str) -> None:
    taken = roster.active(name)
    if taken:
        raise ConflictError(msg("There is a user “{name}” already.", name=taken.name))


def _foreign_envelope() -> DamagedError:
    return DamagedError(
        msg("A key in the key file is damaged or belongs to somebody else."),
        hint=msg("Nothing was changed. Restore the store from a backup with the recovery key."),
    )
