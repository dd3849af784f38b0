"""The signed list of a store: its users, their public keys, and what is sealed to whom.

One Ed25519 signature covers the whole roster with its epoch, so that no row can be edited, left
out, or moved. The signing key comes from the root secret, which every owner holds and which the
recovery key opens; its fingerprint lies in every user's own slot and on the emergency sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.roles import BUILT_IN, RoleFacts
from desktop_app.vault import sealing
from desktop_app.vault.names import folded
from desktop_app.vault.sealing import labelled

ROOT = "root"


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as the roster keeps them.

    `retired` are older signing keys, still good to verify; `venues` are the only ones the user may
    see, None for all.
    """

    id: str
    name: str
    role: str
    sign_key: bytes
    box_key: bytes
    created_ms: int
    removed_ms: int | None = None
    retired: tuple[bytes, ...] = ()
    venues: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """A named secret, wrapped under the root secret; who holds `permission` gets it sealed.

    Where `user_id` is given only that person does.
    """

    permission: Permission
    wrapped: bytes
    user_id: str = ""

    def is_for(self, user: UserRow, permissions: frozenset[Permission]) -> bool:
        """Tell whether a person with these permissions gets it."""
        return self.permission in permissions and self.user_id in ("", user.id)


@dataclass(frozen=True, slots=True)
class TrailBox:
    """The mailbox of the audit trail: everybody seals into it, only its readers can open it."""

    version: int
    public: bytes


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A root the store had before: its secret wrapped under the present one, and its last word.

    `domains` and `trail` are the newest versions that follow from it; `signature` is its own over
    the root that came next, so that whoever trusted it can trust that one (vault/succession.py).
    """

    root_key: bytes
    wrapped: bytes
    domains: Mapping[Domain, int]
    trail: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything an owner has signed.

    `owed` are the domains (and `trail`) that somebody lost and that have not been locked anew yet;
    `ancestors` are the roots before this one, oldest first; `former` the recipients of backups
    under the recovery keys before this one.
    """

    install: str
    epoch: int
    root_key: bytes
    recipient: str
    wrapped_root: bytes
    domains: Mapping[Domain, int]
    users: Mapping[str, UserRow]
    secrets: Mapping[str, SharedSecret]
    grants: Mapping[str, bytes]
    roles: Mapping[str, RoleFacts] = field(default_factory=dict)
    trail: TrailBox | None = None
    owed: frozenset[str] = frozenset()
    ancestors: tuple[Ancestor, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def salt(self) -> bytes:
        """Return the salt of everything derived for this store."""
        return self.install.encode()

    def facts_of(self, user: UserRow) -> RoleFacts:
        """Return the role of a user; one that is not known (any more) may do nothing."""
        return self.role(user.role) or RoleFacts(user.role, user.role, frozenset())

    def role(self, role_id: str) -> RoleFacts | None:
        """Return a built-in role or one of the restaurant's own."""
        return BUILT_IN.get(role_id) or self.roles.get(role_id)

    def permissions_of(self, user: UserRow) -> frozenset[Permission]:
        """Return what a user may do."""
        return self.facts_of(user).permissions

    def active(self, name: str) -> UserRow | None:
        """Return the user who signs in with a name, if there is one."""
        wanted = folded(name)
        found = (u for u in self.users.values() if u.removed_ms is None)
        return next((u for u in found if folded(u.name) == wanted), None)

    def owners(self) -> list[UserRow]:
        """Return the owners who can sign in."""
        users = self.users.values()
        return [u for u in users if u.role == Role.OWNER and u.removed_ms is None]

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


def trail_subject(version: int) -> str:
    """Return the name under which the key of the trail's contents is granted."""
    return f"trail/{version}"


def secret_subject(name: str) -> str:
    """Return the name under which a shared secret is granted."""
    return f"secret/{name}"
