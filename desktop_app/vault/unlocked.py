"""A person who has signed in: the keys of their role, their signature, and an owner's duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType, TracebackType
from typing import Self

from typing_extensions import override

from desktop_app.kernel.access import Actor, Domain, Role
from desktop_app.kernel.clock import Clock
from desktop_app.kernel.errors import (
    DamagedError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.kernel.words import Message, msg
from desktop_app.vault import sealing
from desktop_app.vault.device import Binding
from desktop_app.vault.door import Entered
from desktop_app.vault.extras import PinLock
from desktop_app.vault.handing_out import HandingOut
from desktop_app.vault.key_file import KeyFile
from desktop_app.vault.own import OwnSignIn
from desktop_app.vault.quick import QuickUnlock, Remembered
from desktop_app.vault.root import Root
from desktop_app.vault.roster import (
    ROOT,
    Roster,
    UserRow,
    domain_subject,
    secret_subject,
    trail_subject,
)
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import KeyPair


@dataclass(frozen=True, slots=True)
class Held:
    """What opening a slot, or the recovery key, has brought to light."""

    user: UserRow | None
    keys: KeyPair | None
    root: Root | None


class Unlocked(HandingOut, OwnSignIn):
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
        self._roster = roster
        self.name = held.user.name if held.user else ""
        self.role = held.user.role if held.user else Role.OWNER.value
        self.user_id = held.user.id if held.user else ""
        self.domain_keys: Mapping[Domain, SecretBytes] = MappingProxyType(
            _domain_keys(roster, held)
        )
        self.notices = notices
        self.device = device
        self.entered: Entered | None = None

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
        return f"Unlocked({self.name!r}, {self.role})"

    def close(self) -> None:
        """Overwrite the keys. The private keys go with their objects, which OpenSSL clears."""
        for key in self.domain_keys.values():
            key.wipe()
        if self._held.root:
            self._held.root.secret.wipe()
        self._held = Held(self._held.user, None, None)

    def actor(self, way: str = "") -> Actor:
        """Return who this is to the application, with the rights of the roster read last."""
        user = self._held.user
        facts = self._roster.facts_of(user) if user else BUILT_IN[Role.OWNER]
        return Actor(
            self.name,
            facts.id,
            facts.permissions,
            user_id=self.user_id,
            limits=facts.limits,
            venues=None if user is None or user.venues is None else frozenset(user.venues),
            way=way,
            title=facts.title,
        )

    @override
    def refresh(self) -> bool:
        """Read the roster again and tell whether the keys held are still the right ones.

        NotAllowedError where this person has been removed or given new keys.
        """
        roster = self._file.read().roster
        if self._held.user is None:
            self._roster = roster
            return True
        user = roster.users.get(self._held.user.id)
        if user is None or user.removed_ms is not None or user.sign_key != self.public_key:
            raise NotAllowedError(
                msg("Your access has been taken away or renewed."), hint=msg("Sign in again.")
            )
        same = (
            self._roster.facts_of(self._held.user).domains == roster.facts_of(user).domains
            and self._roster.domains == roster.domains
            and self.reads_trail == roster.facts_of(user).reads_trail
        )
        self._roster, self._held = roster, replace(self._held, user=user)
        self.role = user.role
        return same

    @property
    def reads_trail(self) -> bool:
        """Tell whether this person can open the contents of the audit trail."""
        if self._held.user is None:
            return self._held.root is not None
        return self._roster.facts_of(self._held.user).reads_trail

    @property
    def trail_public(self) -> bytes | None:
        """Return the public key that events are sealed to; None in a store without one yet."""
        return None if self._roster.trail is None else self._roster.trail.public

    @property
    def trail_version(self) -> int:
        """Return the version of the trail's mailbox; 0 where there is none yet."""
        return 0 if self._roster.trail is None else self._roster.trail.version

    def trail_key(self, version: int | None = None) -> SecretBytes | None:
        """Return the private key of a version of the trail's mailbox (the present one).

        None where this person may not read the trail, or there is no such version.
        """
        wanted = self.trail_version if version is None else version
        if not self.reads_trail or not 1 <= wanted <= self.trail_version:
            return None
        if self._held.root:
            return self._held.root.trail_key(wanted)
        try:
            return _unsealed(self._roster, self._held, trail_subject(wanted))
        except WrongKeyError:
            raise _foreign_envelope() from None

    @property
    def public_key(self) -> bytes:
        """Return the Ed25519 key that verifies what this person signs."""
        return self._keys().sign_key

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Return this person's signature over `message`, good for this purpose only."""
        return sealing.sign(self._keys().signing, purpose, message)

    def secret(self, name: str) -> SecretBytes:
        """Return a shared secret; NotFoundError where there is none for this role."""
        contents = self._file.read()
        shared = contents.roster.secrets.get(name)
        held = contents.roster.permissions_of(self._held.user) if self._held.user else frozenset()
        if shared is None or not (self._held.root or shared.permission in held):
            raise NotFoundError(msg("There is no stored secret “{name}” for you.", name=name))
        try:
            if self._held.root:
                return self._held.root.open_shared(name, shared, contents.roster)
            return _unsealed(contents.roster, self._held, secret_subject(name))
        except WrongKeyError:
            raise _foreign_envelope() from None

    @override
    def _keys(self) -> KeyPair:
        if self._held.keys is None:
            raise NotAllowedError(msg("Sign in with a name and a password for this."))
        return self._held.keys

    def lend_to(self, quick: QuickUnlock, lock: PinLock) -> None:
        """Let this person come back with a PIN until the evening; after a password only."""
        quick.remember(Remembered(self.user_id, self.name), self._keys(), lock)

    @override
    def _time(self) -> Clock:
        if self._clock is None:
            raise NotAllowedError(msg("Sign in with a name and a password for this."))
        return self._clock

    @override
    def _user(self) -> UserRow:
        if self._held.user is None:
            raise NotAllowedError(msg("Sign in with a name and a password for this."))
        return self._held.user

    @override
    def _root(self) -> Root:
        if self._held.root is None:
            raise NotAllowedError(msg("Only an owner may do this."))
        return self._held.root

    @override
    def _owner(self) -> tuple[Root, Clock]:
        self._keys()
        if self._held.root is None or self._clock is None:
            raise NotAllowedError(msg("Only an owner may do this."))
        return self._held.root, self._clock


def root_of(roster: Roster, user: UserRow, keys: KeyPair) -> Root | None:
    """Return the root secret where a user is an owner; WrongKeyError if it is another store's."""
    if user.role != Role.OWNER:
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
    wanted = roster.facts_of(held.user).domains
    return {d: _unsealed(roster, held, domain_subject(d, roster.domains[d])) for d in wanted}


def _unsealed(roster: Roster, held: Held, subject: str) -> SecretBytes:
    if held.user is None or held.keys is None:
        raise WrongKeyError
    envelope = roster.envelope(held.user, subject)
    return sealing.unseal(held.keys.box, envelope, roster.place(held.user.id, subject))


def _foreign_envelope() -> DamagedError:
    return DamagedError(
        msg("A key in the key file is damaged or belongs to somebody else."),
        hint=msg("Nothing was changed. Restore the store from a backup with the recovery key."),
    )
