"""Who holds what by the signed list, and what its owners may change in it.

The operations have asked the same rules before; here they are asked of the list as it is at the
moment of the change, so that a mistake above does not hand out a key.
"""

from __future__ import annotations

from desktop_app.kernel import granting
from desktop_app.kernel.access import Actor, Permission, Role
from desktop_app.kernel.errors import ConflictError, NotAllowedError
from desktop_app.kernel.holders import Holder, in_order
from desktop_app.kernel.roles import RoleFacts
from desktop_app.kernel.words import msg
from desktop_app.vault.names import folded
from desktop_app.vault.roster import Roster, UserRow


def actor_of(roster: Roster, user: UserRow, way: str = "") -> Actor:
    """Return who a user is to the application, with the rights of this list."""
    facts = roster.facts_of(user)
    return Actor(
        user.name,
        facts.id,
        facts.permissions,
        user_id=user.id,
        limits=facts.limits,
        venues=None if user.venues is None else frozenset(user.venues),
        way=way,
        title=facts.title,
    )


def holders(roster: Roster, permission: Permission) -> list[Holder]:
    """Return who can sign in and holds a right, owners first."""
    found = (
        Holder(user.name, user.role, roster.facts_of(user).title)
        for user in roster.users.values()
        if user.removed_ms is None and permission in roster.permissions_of(user)
    )
    return in_order(found)


def check_given(roster: Roster, giver: UserRow, user: UserRow) -> None:
    """Raise an AppError where `giver` may not let `user` have their role and venues."""
    giving = _giver(roster, giver)
    granting.check_not_self(giving, user.id)
    granting.check_gift(giving, roster.facts_of(user), user.venues)


def check_taken(roster: Roster, giver: UserRow, user: UserRow, role_id: str | None) -> None:
    """Raise an AppError where `giver` may not take the role from `user`; None for no new one."""
    giving = _giver(roster, giver)
    granting.check_not_self(giving, user.id)
    granting.check_gift(giving, roster.facts_of(user), user.venues)
    granting.check_owner_stays([owner.id for owner in roster.owners()], user.id, role_id)


def check_role_change(roster: Roster, giver: UserRow, role: RoleFacts) -> None:
    """Raise an AppError where `giver` may not make a role what it would be, or remove it."""
    giving = _giver(roster, giver)
    granting.check_not_own_role(giving, role.id)
    granting.check_role_gift(giving, role)
    before = roster.role(role.id)
    if before is not None:
        granting.check_role_gift(giving, before)


def people_of(roster: Roster, role_id: str) -> tuple[UserRow, ...]:
    """Return who can sign in with a role."""
    users = roster.users.values()
    return tuple(u for u in users if u.role == role_id and u.removed_ms is None)


def refuse_owner(user: UserRow) -> None:
    """Raise ConflictError for an owner."""
    if user.role == Role.OWNER:
        raise ConflictError(msg("An owner cannot be removed: owners hold every key of the store."))


def refuse_taken(roster: Roster, name: str) -> None:
    """Raise ConflictError where somebody has the name."""
    taken = roster.active(name)
    if taken:
        raise ConflictError(msg("There is a user “{name}” already.", name=taken.name))


def refuse_taken_role(roster: Roster, role: RoleFacts) -> None:
    """Raise ConflictError where another role has the name."""
    others = [r for r in roster.roles.values() if r.id != role.id]
    taken = next((r for r in others if folded(r.name) == folded(role.name)), None)
    if taken or folded(role.name) in {word.value for word in Role}:
        raise ConflictError(msg("There is a role “{name}” already.", name=role.name))


def _giver(roster: Roster, giver: UserRow) -> Actor:
    """Return who gives, as the list says now: a session may be older than the list."""
    now = roster.users.get(giver.id)
    if now is None or now.removed_ms is not None or now.role != Role.OWNER:
        raise NotAllowedError(msg("Only an owner may do this."))
    return actor_of(roster, now)
