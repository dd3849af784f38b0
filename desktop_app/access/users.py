"""What can be done with users and roles."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from desktop_app.access.key_records import NewKeys, SavedRole
from desktop_app.access.locking import lock_anew, noted, require_room
from desktop_app.access.records import Rights, UserRow
from desktop_app.db.operation import Job, task
from desktop_app.kernel import granting
from desktop_app.kernel.access import Limit, Permission, Role
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.holders import Holder
from desktop_app.kernel.roles import CUSTOM, RoleFacts, checked_role
from desktop_app.kernel.words import Message, msg
from desktop_app.vault.one_time import OneTimeCode

_ID_BYTES = 6


@task(Permission.USERS_MANAGE)
def list_users(job: Job) -> Sequence[UserRow]:
    """Return everybody who has or had access, oldest first."""
    vault = job.store.keys.vault
    roles = vault.roles()
    return [
        UserRow(
            user.name,
            user.role,
            _title(roles, user.role),
            user.created_at,
            user.removed_at,
            user.id,
            user.venues,
        )
        for user in vault.users()
    ]


@task(Permission.USERS_MANAGE, deed=Deed.USER_CHANGE)
def add_user(
    job: Job, name: str, role: str, *, venues: tuple[int, ...] | None = None
) -> OneTimeCode:
    """Let somebody in with a role; `venues` limits them to some, None to none.

    They choose a password with the code, within 24 hours; nobody else ever knows it.
    """
    granting.check_gift(job.actor, _role(job, role), venues)
    code = job.store.keys.unlocked.add_with_code(name, role, venues=venues)
    with job.transaction() as tx:
        tx.about(f"user {code.user}", role=role)
    return code


@task(Permission.USERS_MANAGE, deed=Deed.USER_CHANGE)
def change_user(
    job: Job, name: str, role: str, *, venues: tuple[int, ...] | None = None
) -> NewKeys:
    """Give somebody else another role or other venues, at once; what they lost gets new keys."""
    _check_taken(job, name, role)
    granting.check_gift(job.actor, _role(job, role), venues)
    require_room(job, name)
    job.store.keys.unlocked.change_user(name, role, venues)
    keys = lock_anew(job)
    with job.transaction() as tx:
        tx.about(f"user {name}", role=role, **noted(keys))
    return keys


@task(Permission.USERS_MANAGE, deed=Deed.RESET_PASSWORD)
def reset_password(job: Job, name: str) -> OneTimeCode:
    """End somebody's password, app and PINs; they choose a new password with the code.

    They get new keys as well; what they signed before still verifies.
    """
    code = job.store.keys.unlocked.reset_password(name)
    with job.transaction() as tx:
        tx.about(f"user {code.user}")
    return code


@task(Permission.USERS_MANAGE, deed=Deed.USER_CHANGE)
def remove_user(job: Job, name: str) -> NewKeys:
    """Take somebody's access away: their key slot is gone, what they opened gets new keys.

    Owners hold every key: `locking.replace_owner` is for them.
    """
    _check_taken(job, name, None)
    require_room(job, name)
    job.store.keys.unlocked.remove_user(name)
    keys = lock_anew(job)
    with job.transaction() as tx:
        tx.about(f"user {name}", **noted(keys))
    return keys


@task(Permission.ANYONE)
def list_roles(job: Job) -> Sequence[RoleFacts]:
    """Return the roles of this store: the built-in ones, then the restaurant's own by name."""
    roles = job.store.keys.vault.roles().values()
    own = sorted((role for role in roles if role.custom), key=lambda role: role.name.casefold())
    return [*(role for role in roles if not role.custom), *own]


@task(Permission.ANYONE)
def list_role_people(job: Job) -> Mapping[str, Sequence[str]]:
    """Return by the id of each role who has it, in the order they came."""
    found: dict[str, list[str]] = {}
    for user in job.store.keys.vault.users():
        if user.removed_at is None:
            found.setdefault(user.role, []).append(user.name)
    return found


@task(Permission.ANYONE)
def who_may(job: Job, permission: Permission) -> Sequence[Holder]:
    """Return who can sign in and holds a right, owners first."""
    return job.store.keys.vault.who_may(permission)


@task(Permission.ANYONE)
def get_rights(job: Job, name: str = "") -> Rights:
    """Return what somebody may do, oneself without a name; NotFoundError for an unknown one.

    Everybody reads it: the signed list of rights hides nothing from whoever has the store's files.
    """
    found = job.store.keys.vault.person(name) if name else job.actor
    return Rights(
        found.name, found.role, found.role_title, found.permissions, found.limits, found.venues
    )


@task(Permission.ROLES_MANAGE, deed=Deed.ROLE_CHANGE)
def save_role(
    job: Job,
    role_id: str,
    name: str,
    permissions: AbstractSet[Permission],
    limits: Mapping[Limit, int] | None = None,
) -> SavedRole:
    """Change a role of the restaurant's own; an empty id makes a new one.

    Its people have the new rights at once; what they lost gets new keys. InvalidError for what
    breaks a rule.
    """
    role = checked_role(role_id or CUSTOM + secrets.token_hex(_ID_BYTES), name, permissions, limits)
    known = job.store.keys.vault.roles()
    granting.check_not_own_role(job.actor, role.id)
    granting.check_role_gift(job.actor, role)
    before = known[role.id].permissions if role.id in known else frozenset()
    job.store.keys.unlocked.save_role(role)
    keys = lock_anew(job)
    with job.transaction() as tx:
        tx.about(
            f"role {role.name}",
            given=sorted(role.permissions - before),
            taken=sorted(before - role.permissions),
            **noted(keys),
        )
    return SavedRole(role, keys)


@task(Permission.ROLES_MANAGE, deed=Deed.ROLE_CHANGE)
def remove_role(job: Job, role_id: str) -> None:
    """Remove a role that nobody has; ConflictError where somebody has it."""
    known = job.store.keys.vault.roles().get(role_id)
    name = known.name if known else role_id
    granting.check_not_own_role(job.actor, role_id)
    job.store.keys.unlocked.remove_role(role_id)
    with job.transaction() as tx:
        tx.about(f"role {name}")


def _title(roles: Mapping[str, RoleFacts], role_id: str) -> Message:
    role = roles.get(role_id)
    return role.title if role else msg("{name}", name=role_id)


def _role(job: Job, role_id: str) -> RoleFacts:
    role = job.store.keys.vault.roles().get(role_id)
    if role is None:
        raise NotFoundError(
            msg("There is no role “{role}”.", role=role_id),
            hint=msg("“clopos-desk roles list” names them."),
        )
    return role


def _check_taken(job: Job, name: str, role_id: str | None) -> None:
    """Refuse taking rights from oneself, from the last owner, or from whoever has more."""
    vault = job.store.keys.vault
    user = vault.person(name)
    granting.check_not_self(job.actor, user.user_id)
    held = RoleFacts(user.role, user.role, user.permissions, user.limits)
    granting.check_gift(job.actor, held, user.venues)
    owners = [u.id for u in vault.users() if u.role == Role.OWNER and u.removed_at is None]
    granting.check_owner_stays(owners, user.user_id, role_id)
