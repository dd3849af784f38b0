"""A person who has signed in: the keys of their role, their signature, and an owner's duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType, TracebackType
from typing import Self

from typing_extensions import override

from desktop_app.kernel.access import Actor, Domain, Role
from desktop_app.kernel.clock import Clock, millis
from desktop_app.kernel.errors import (
    DamagedError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.kernel.words import Message, msg
from desktop_app.vault import sealing
from desktop_app.vault.device import Binding, Device
from desktop_app.vault.door import Entered
from desktop_app.vault.duties import Lost, active_user, signed
from desktop_app.vault.extras import PinLock
from desktop_app.vault.handing_out import HandingOut
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.own import OwnSignIn
from desktop_app.vault.quick import QuickUnlock, Remembered
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.root import Root
from desktop_app.vault.roster import (
    ROOT,
    Roster,
    UserRow,
    domain_subject,
    secret_subject,
    trail_subject,
)
from desktop_app.vault.rotation import Fence, FileKey, Taken, Turn
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.server_secrets import ServerSecrets
from desktop_app.vault.slots import KeyPair
from desktop_app.vault.succession import Heir, Leaving, with_elders, wrapped_root


@dataclass(frozen=True, slots=True)
class Held:
    """What opening a slot, or the recovery key, has brought to light."""

    user: UserRow | None
    keys: KeyPair | None
    root: Root | None


class Unlocked(HandingOut, ServerSecrets, OwnSignIn):
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
        self._fence = Fence(file)
        self._old_keys: list[SecretBytes] = []
        self.file_keys: Mapping[Domain, FileKey] = _file_keys(roster, held)
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
        for key in (*self.domain_keys.values(), *self._old_keys):
            key.wipe()
        if self._held.root:
            self._held.root.wipe()
        self._held = Held(self._held.user, None, None)

    @property
    def domain_keys(self) -> Mapping[Domain, SecretBytes]:
        """Return the key of each domain this person may open."""
        return MappingProxyType({d: one.key for d, one in self.file_keys.items()})

    @property
    def versions(self) -> Mapping[Domain, int]:
        """Return the version of each domain's key, also of those this person may not open."""
        return MappingProxyType(dict(self._roster.domains))

    def fence(self, opened: Mapping[Domain, int]) -> None:
        """Raise LockedAnewError where the store was given other keys since it was opened."""
        self._fence(opened)

    @property
    def owed(self) -> Lost:
        """Return what somebody lost and what was not locked anew yet."""
        return Lost.named(self._file.read().roster.owed)

    def turn(self, lost: Lost, taken: Taken | None, heir: Heir | None = None) -> Turn:
        """Plan new keys for what was lost. Owners only."""
        root, _ = self._owner()
        return Turn(self._file, root, lost, taken=taken, heir=heir)

    def could_lose(self, name: str) -> frozenset[Domain]:
        """Return the domains a user can open; NotFoundError where there is no such user."""
        roster = self._file.read().roster
        return roster.facts_of(active_user(roster, name)).domains

    def heir_without(self, name: str, role: str | None) -> Heir:
        """Return a new root for a store that an owner leaves, or goes on in with a lesser role.

        ConflictError for oneself, so that there is always an owner left; InvalidError for somebody
        who is no owner.
        """
        root, clock = self._owner()
        roster = self._file.read().roster
        leaving = Leaving(self._user().id, name, role, millis(clock.now()))
        leaving.check(roster)
        return Heir.of(root, roster, leaving)

    def renew_recovery(self) -> RecoveryCode:
        """Wrap the root secret for a new recovery key, and return it. Owners only."""
        root, _ = self._owner()
        code = RecoveryCode.random()
        wrapped = wrapped_root(root, code)

        def renew(contents: Contents) -> Contents:
            roster = replace(
                contents.roster,
                recipient=code.age_recipient,
                wrapped_root=wrapped,
                former=(*contents.roster.former, contents.roster.recipient),
            )
            return signed(contents, roster, root)

        self._file.update(renew)
        return code

    def trust_device(self, fingerprint: str, epoch: int) -> None:
        """Let this computer's keyring know the new root, where it knew the one before."""
        if self.device is not None:
            self.device = Device(self._file.folder).trust(fingerprint, epoch)

    def adopt(self, contents: Contents, root: Root | None = None) -> None:
        """Take over the keys of a change that this session has committed."""
        held = replace(self._held, root=root) if root else self._held
        if held.user is not None:
            held = replace(held, user=contents.roster.users[held.user.id])
        keys = _file_keys(contents.roster, held)
        # One assignment: other threads may be opening files at this moment.
        self._old_keys += [one.key for one in self.file_keys.values()]
        self.file_keys, self._roster, self._held = keys, contents.roster, held

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
            and all(roster.domains[d] == one.version for d, one in self.file_keys.items())
            and self.reads_trail == roster.facts_of(user).reads_trail
        )
        self._roster, self._held = roster, replace(self._held, user=user)
        self.role = user.role
        return same

    @property
    def root_key(self) -> bytes:
        """Return the key that verifies the roster this session goes by."""
        return self._roster.root_key

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
    def install(self) -> str:
        """Return the id of the store."""
        return self._roster.install

    @property
    def public_key(self) -> bytes:
        """Return the Ed25519 key that verifies what this person signs."""
        return self._keys().sign_key

    def unseal(self, envelope: bytes, place: bytes) -> SecretBytes:
        """Return what was sealed to this person; WrongKeyError for others, and another place."""
        return sealing.unseal(self._keys().box, envelope, place)

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Return this person's signature over `message`, good for this purpose only."""
        return sealing.sign(self._keys().signing, purpose, message)

    def secret(self, name: str) -> SecretBytes:
        """Return a shared secret; NotFoundError where there is none for this role."""
        contents = self._file.read()
        shared = contents.roster.secrets.get(name)
        user = self._held.user
        held = contents.roster.permissions_of(user) if user else frozenset()
        given = shared is not None and user is not None and shared.is_for(user, held)
        if shared is None or not (self._held.root or given):
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
    return with_elders(secret, roster)


def _file_keys(roster: Roster, held: Held) -> Mapping[Domain, FileKey]:
    if held.root:
        return {d: FileKey(v, held.root.domain_key(d, v)) for d, v in roster.domains.items()}
    if held.user is None:
        raise WrongKeyError
    wanted = {d: roster.domains[d] for d in roster.facts_of(held.user).domains}
    return {d: FileKey(v, _unsealed(roster, held, domain_subject(d, v))) for d, v in wanted.items()}


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
