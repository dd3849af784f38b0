"""Who has access now, with what they hold and what they used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from desktop_app.access.pin_tables import PinTwin
from desktop_app.db.operation import Job
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.roles import RoleFacts
from desktop_app.reviews import rules
from desktop_app.reviews.records import PersonAccess, RightUse
from desktop_app.reviews.tables import PermissionUse
from desktop_app.staff.tables import Employee
from desktop_app.vault.names import folded
from desktop_app.vault.store_keys import User

_Uses = Mapping[tuple[str, str], tuple[datetime, datetime | None]]


def people_now(job: Job, tx: Transaction) -> Sequence[PersonAccess]:
    """Return everybody who may sign in now, oldest first, with what they hold and used."""
    vault = job.store.keys.vault
    roles = vault.roles()
    uses = _uses(tx)
    leavers, twins = _leavers(tx), _with_same_pin(tx)
    return [
        _person(
            tx,
            user,
            roles[user.role],
            uses,
            leaver=folded(user.name) in leavers,
            shared_pin=user.id in twins,
        )
        for user in vault.users()
        if user.removed_at is None
    ]


def _uses(tx: Transaction) -> _Uses:
    rows = tx.rows(
        select(
            PermissionUse.user_id,
            PermissionUse.permission,
            PermissionUse.held_since,
            PermissionUse.last_used_at,
        )
    )
    return {(user_id, permission): (since, last) for user_id, permission, since, last in rows}


def _leavers(tx: Transaction) -> frozenset[str]:
    """Return the folded names of people who do not work here any more."""
    rows = tx.rows(select(Employee.name, Employee.active))
    working = {folded(name) for name, active in rows if active}
    return frozenset(folded(name) for name, active in rows if not active) - working


def _with_same_pin(tx: Transaction) -> frozenset[str]:
    rows = tx.rows(select(PinTwin.user_id, PinTwin.other_id).where(PinTwin.over_at.is_(None)))
    return frozenset(user_id for pair in rows for user_id in pair)


def _person(
    tx: Transaction, user: User, role: RoleFacts, uses: _Uses, *, leaver: bool, shared_pin: bool
) -> PersonAccess:
    rights = [
        _use(uses, user, permission) for permission in Permission if permission in role.permissions
    ]
    last = _use(uses, user, Permission.ANYONE).last_used_at
    unused = rules.unused_rights(rights, user.created_at, tx.at)
    return PersonAccess(
        user.id,
        user.name,
        user.role,
        role.title,
        user.created_at,
        last,
        rights,
        role.domains,
        role.reads_trail,
        rules.flags(
            tx.at, user.created_at, last, leaver=leaver, shared_pin=shared_pin, unused=unused
        ),
        unused,
        mine=user.id == tx.actor.user_id,
    )


def _use(uses: _Uses, user: User, permission: Permission) -> RightUse:
    since, last = uses.get((user.id, permission.value), (None, None))
    return RightUse(permission, last, since)
