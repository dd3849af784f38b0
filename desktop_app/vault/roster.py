"""The signed list of a store: its users, their public keys, and what is sealed to whom.

One Ed25519 signature covers the whole roster with its epoch, so that no row can be edited, left
out, or moved. The signing key comes from the root secret, which every owner holds and which the
recovery key opens; its fingerprint lies in every user's own slot and on the emergency sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.kernel.access import ROLE_PERMISSIONS, Domain, Role, domains_of
from desktop_app.vault import sealing
from desktop_app.vault.names import folded
from desktop_app.vault.sealing import canonical, from_text, labelled, to_text
from desktop_app.vault.secret import SecretBytes

ROOT = "root"
_PURPOSE = "roster/v1"


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as the roster keeps them. `retired` are older signing keys, still good to verify."""

    id: str
    name: str
    role: Role
    sign_key: bytes
    box_key: bytes
    created_ms: int
    removed_ms: int | None = None
    retired: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """A named secret, wrapped under the root secret; `roles` get it sealed to them as well."""

    roles: frozenset[Role]
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything an owner has signed."""

    install: str
    epoch: int
    root_key: bytes
    recipient: str
    wrapped_root: bytes
    domains: Mapping[Domain, int]
    users: Mapping[str, UserRow]
    secrets: Mapping[str, SharedSecret]
    grants: Mapping[str, bytes]

    @property
    def salt(self) -> bytes:
        """Return the salt of everything derived for this store."""
        return self.install.encode()

    @property
    def head(self) -> bytes:
        """Return the hash of everything signed, for the audit trail."""
        return hashlib.sha256(canonical(roster_json(self))).digest()

    def active(self, name: str) -> UserRow | None:
        """Return the user who signs in with a name, if there is one."""
        wanted = folded(name)
        found = (u for u in self.users.values() if u.removed_ms is None)
        return next((u for u in found if folded(u.name) == wanted), None)

    def owners(self) -> list[UserRow]:
        """Return the owners who can sign in."""
        users = self.users.values()
        return [u for u in users if u.role is Role.OWNER and u.removed_ms is None]

    def with_user(self, user: UserRow, grants: Mapping[str, bytes]) -> Roster:
        """Return the roster with a user put in place of their earlier row and grants."""
        others = {k: v for k, v in self.grants.items() if not k.startswith(f"{user.id}/")}
        return replace(self, users={**self.users, user.id: user}, grants={**others, **grants})

    def envelope(self, user: UserRow, subject: str) -> bytes:
        """Return what is sealed to a user; WrongKeyError where there is nothing."""
        try:
            return self.grants[f"{user.id}/{subject}"]
        except KeyError:
            raise sealing.WrongKeyError from None

    def place(self, user_id: str, subject: str) -> bytes:
        """Return the label that binds an envelope to its user and subject."""
        return labelled("grant/v1", self.install, user_id, subject)


def domain_subject(domain: Domain, version: int) -> str:
    """Return the name under which a domain's key is granted."""
    return f"domain/{domain}/{version}"


def secret_subject(name: str) -> str:
    """Return the name under which a shared secret is granted."""
    return f"secret/{name}"


@dataclass(frozen=True, slots=True)
class Root:
    """The root secret of a store with what follows from it. Owners only."""

    secret: SecretBytes
    install: str

    def domain_key(self, domain: Domain, version: int) -> SecretBytes:
        """Return the key of a domain's file; any version, so old backups open."""
        return self._derived("domain/v1", domain, str(version))

    def secret_key(self, name: str) -> SecretBytes:
        """Return the key that wraps a shared secret."""
        return self._derived("shared-secret/v1", name)

    def signing_key(self) -> Ed25519PrivateKey:
        """Return the key that signs the roster."""
        seed = self._derived("roster-signing/v1")
        key = Ed25519PrivateKey.from_private_bytes(seed.buffer)
        seed.wipe()
        return key

    def public_key(self) -> bytes:
        """Return the public half of `signing_key`."""
        return self.signing_key().public_key().public_bytes_raw()

    def sign(self, roster: Roster) -> bytes:
        """Return the signature over a roster."""
        return sealing.sign(self.signing_key(), _PURPOSE, canonical(roster_json(roster)))

    def grants_for(self, user: UserRow, roster: Roster) -> dict[str, bytes]:
        """Return what a user's role entitles them to, sealed to their public key."""
        grants: dict[str, bytes] = {}

        def grant(subject: str, secret: SecretBytes) -> None:
            place = roster.place(user.id, subject)
            grants[f"{user.id}/{subject}"] = sealing.seal(user.box_key, secret, place)

        if user.role is Role.OWNER:
            grant(ROOT, self.secret)
            return grants
        for domain in domains_of(ROLE_PERMISSIONS[user.role]):
            version = roster.domains[domain]
            grant(domain_subject(domain, version), self.domain_key(domain, version))
        for name, shared in roster.secrets.items():
            if user.role in shared.roles:
                grant(secret_subject(name), self.open_shared(name, shared, roster))
        return grants

    def open_shared(self, name: str, shared: SharedSecret, roster: Roster) -> SecretBytes:
        """Return a shared secret."""
        return sealing.unwrap(
            self.secret_key(name),
            shared.wrapped,
            labelled("shared-secret/v1", roster.install, name),
        )

    def wrap_shared(self, name: str, value: bytes) -> bytes:
        """Return a shared secret wrapped for whoever holds the root secret."""
        place = labelled("shared-secret/v1", self.install, name)
        return sealing.wrap(self.secret_key(name), value, place)

    def _derived(self, label: str, *parts: str) -> SecretBytes:
        return sealing.derived(self.secret, self.install.encode(), labelled(label, *parts))


def genuine(roster: Roster, signature: bytes) -> bool:
    """Tell whether the holder of the roster's root key signed it."""
    return sealing.verify(roster.root_key, _PURPOSE, canonical(roster_json(roster)), signature)


def roster_json(roster: Roster) -> dict[str, Any]:
    """Return a roster as it is written, hashed and signed."""
    return {
        "install": roster.install,
        "epoch": roster.epoch,
        "root_key": to_text(roster.root_key),
        "recovery": {"recipient": roster.recipient, "wrapped": to_text(roster.wrapped_root)},
        "domains": {str(k): v for k, v in roster.domains.items()},
        "users": {k: _user_json(v) for k, v in roster.users.items()},
        "secrets": {
            k: {"roles": sorted(v.roles), "wrapped": to_text(v.wrapped)}
            for k, v in roster.secrets.items()
        },
        "grants": {k: to_text(v) for k, v in roster.grants.items()},
    }


def roster_from(parsed: dict[str, Any]) -> Roster:
    """Return the roster of its JSON; KeyError, TypeError or ValueError where it is none."""
    return Roster(
        install=_text(parsed["install"]),
        epoch=int(parsed["epoch"]),
        root_key=from_text(parsed["root_key"]),
        recipient=_text(parsed["recovery"]["recipient"]),
        wrapped_root=from_text(parsed["recovery"]["wrapped"]),
        domains={d: int(parsed["domains"][d.value]) for d in Domain},
        users={k: _user_from(k, v) for k, v in parsed["users"].items()},
        secrets={
            k: SharedSecret(frozenset(map(Role, v["roles"])), from_text(v["wrapped"]))
            for k, v in parsed["secrets"].items()
        },
        grants={_text(k): from_text(v) for k, v in parsed["grants"].items()},
    )


def _user_json(user: UserRow) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role.value,
        "sign_key": to_text(user.sign_key),
        "box_key": to_text(user.box_key),
        "created": user.created_ms,
        "removed": user.removed_ms,
        "retired": [to_text(key) for key in user.retired],
    }


def _user_from(user_id: str, parsed: dict[str, Any]) -> UserRow:
    removed = parsed["removed"]
    return UserRow(
        id=user_id,
        name=_text(parsed["name"]),
        role=Role(parsed["role"]),
        sign_key=from_text(parsed["sign_key"]),
        box_key=from_text(parsed["box_key"]),
        created_ms=int(parsed["created"]),
        removed_ms=None if removed is None else int(removed),
        retired=tuple(from_text(key) for key in parsed["retired"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
