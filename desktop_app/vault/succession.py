"""A new root secret, so that an owner who leaves holds no key of the store any more.

The root before signs the one that comes next, and is kept wrapped under it: everybody whose slot
remembers the old fingerprint can follow the signatures to the present root, and owners still open
what the old one opened. What an owner who leaves could do while they held the old root, such as
signing another successor for people who have not signed in since, no signature can undo; but the
data lie under keys of the new root only.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError
from desktop_app.kernel.words import msg
from desktop_app.vault import sealing
from desktop_app.vault.duties import active_user, known_role
from desktop_app.vault.key_file import Contents
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.root import Elder, Root
from desktop_app.vault.roster import Ancestor, Roster, SharedSecret, UserRow
from desktop_app.vault.sealing import WrongKeyError, labelled, to_text
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import without

_PURPOSE = "successor/v1"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of an owner's row: removed, or another `role`. Called on the key file."""

    by: str
    name: str
    role: str | None
    at_ms: int

    def __call__(self, contents: Contents) -> Contents:
        """Return the contents without this owner; nothing is signed yet."""
        roster = contents.roster
        user = self.check(roster)
        if self.role is None:
            gone = replace(user, removed_ms=self.at_ms)
            slots = without(contents.slots, user.id)
            return replace(contents, roster=roster.with_user(gone, {}), slots=slots)
        return replace(contents, roster=roster.with_user(replace(user, role=self.role), {}))

    def check(self, roster: Roster) -> UserRow:
        """Return the row of the owner; the errors of `Unlocked.heir_without`."""
        user = active_user(roster, self.name)
        if user.id == self.by:
            raise ConflictError(msg("Nobody changes their own rights: another owner has to."))
        if user.role != Role.OWNER:
            raise ConflictError(msg("{name} is no owner.", name=user.name))
        if self.role == Role.OWNER:
            raise ConflictError(msg("{name} is an owner already.", name=user.name))
        if self.role is not None:
            known_role(roster, self.role)
        return user


@dataclass(frozen=True, slots=True)
class Heir:
    """A root that is to follow the present one, with its recovery key; `change` goes with it."""

    root: Root
    code: RecoveryCode = field(repr=False)
    change: Callable[[Contents], Contents]

    @classmethod
    def of(cls, root: Root, roster: Roster, change: Callable[[Contents], Contents]) -> Heir:
        """Return an heir of the present root."""
        trail = roster.trail.version if roster.trail else 0
        elder = Elder(SecretBytes(root.secret.buffer), dict(roster.domains), trail)
        elders = (*root.elders, elder)
        fresh = Root(SecretBytes(secrets.token_bytes(sealing.KEY_BYTES)), root.install, elders)
        return cls(fresh, RecoveryCode.random(), change)

    def enthroned(self, contents: Contents, before: Root) -> Contents:
        """Return the contents with this root in the place of the one before, not yet signed."""
        contents = self.change(contents)
        roster = contents.roster
        known = [*(one.root_key for one in roster.ancestors), roster.root_key]
        signatures = [*(one.signature for one in roster.ancestors), self._last_word(before)]
        ancestors = tuple(
            Ancestor(
                key,
                sealing.wrap(self.root.secret, elder.secret.buffer, _place(roster.install, key)),
                elder.domains,
                elder.trail,
                signature,
            )
            for key, elder, signature in zip(known, self.root.elders, signatures, strict=True)
        )
        shared = {
            name: replace(one, wrapped=self._rewrapped(name, one, roster, before))
            for name, one in roster.secrets.items()
        }
        return replace(
            contents,
            roster=replace(
                roster,
                root_key=self.root.public_key(),
                recipient=self.code.age_recipient,
                former=(*roster.former, roster.recipient),
                wrapped_root=wrapped_root(self.root, self.code),
                secrets=shared,
                ancestors=ancestors,
            ),
        )

    def _last_word(self, before: Root) -> bytes:
        message = _message(before.install, self.root.public_key())
        return sealing.sign(before.signing_key(), _PURPOSE, message)

    def _rewrapped(self, name: str, one: SharedSecret, roster: Roster, before: Root) -> bytes:
        secret = before.open_shared(name, one, roster)
        try:
            return self.root.wrap_shared(name, secret.reveal())
        finally:
            secret.wipe()


def wrapped_root(root: Root, code: RecoveryCode) -> bytes:
    """Return the root secret for whoever has the recovery key."""
    key = code.wrapping_key(root.install.encode())
    try:
        return sealing.wrap(key, root.secret.buffer, root_place(root.install))
    finally:
        key.wipe()


def root_place(install: str) -> bytes:
    """Return the label that binds the wrapped root secret to its store."""
    return labelled("root/v1", install)


def with_elders(secret: SecretBytes, roster: Roster) -> Root:
    """Return the root of a roster; WrongKeyError where it is another's or its elders do not fit."""
    root = Root(secret, roster.install)
    if not hmac.compare_digest(root.public_key(), roster.root_key):
        raise WrongKeyError
    elders = tuple(
        Elder(
            sealing.unwrap(secret, one.wrapped, _place(roster.install, one.root_key)),
            one.domains,
            one.trail,
        )
        for one in roster.ancestors
    )
    return replace(root, elders=elders)


def descends(roster: Roster, seen: bytes) -> bool:
    """Tell whether the roster's root is the one with the fingerprint `seen`, or its successor."""
    keys = [*(one.root_key for one in roster.ancestors), roster.root_key]
    prints = [sealing.fingerprint(key) for key in keys]
    place = next((i for i, one in enumerate(prints) if hmac.compare_digest(one, seen)), None)
    if place is None:
        return False
    links = zip(roster.ancestors[place:], keys[place + 1 :], strict=True)
    return all(
        sealing.verify(one.root_key, _PURPOSE, _message(roster.install, following), one.signature)
        for one, following in links
    )


def _message(install: str, public: bytes) -> bytes:
    return labelled(_PURPOSE, install, to_text(public))


def _place(install: str, root_key: bytes) -> bytes:
    return labelled("ancestor/v1", install, to_text(root_key))
