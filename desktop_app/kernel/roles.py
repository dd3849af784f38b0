"""The roles: five that every store has, and what a role of the restaurant's own is made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from desktop_app.kernel.access import (
    Actor,
    Domain,
    Limit,
    Permission,
    Role,
    domains_of,
    reads_trail,
)
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg

CUSTOM = "custom:"
LONGEST_NAME = 48
_NO_LIMITS: Mapping[Limit, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role: what its people may do, and up to which limits without a second person."""

    id: str
    name: str
    permissions: frozenset[Permission]
    limits: Mapping[Limit, int] = field(default_factory=dict)

    @property
    def custom(self) -> bool:
        """Tell whether the restaurant made this role itself."""
        return self.id.startswith(CUSTOM)

    @property
    def title(self) -> Message:
        """Return what the role is called; a custom one as the owner named it."""
        return TITLES.get(self.id) or msg("{name}", name=self.name)

    def actor(self, name: str) -> Actor:
        """Return a person of this role who is in no list of users."""
        return Actor(name, self.id, self.permissions, limits=self.limits, title=self.title)

    @property
    def domains(self) -> frozenset[Domain]:
        """Return the domains whose keys people of this role get."""
        return domains_of(self.permissions)

    @property
    def reads_trail(self) -> bool:
        """Tell whether people of this role get the key of the trail's contents."""
        return reads_trail(self.permissions)


TITLES: Mapping[str, Message] = {
    Role.OWNER: msg("Owner"),
    Role.MANAGER: msg("Manager"),
    Role.ACCOUNTANT: msg("Accountant"),
    Role.STAFF: msg("Staff"),
    Role.AUDITOR: msg("Auditor"),
}

_ALL = frozenset(Permission)
_OWNERS_ONLY = frozenset(
    {
        Permission.BACKUPS_CONFIGURE,
        Permission.BACKUPS_RESTORE,
        Permission.REVIEWS_CONDUCT,
        Permission.ROLES_MANAGE,
        Permission.SALARIES_EDIT,
        Permission.SALARIES_READ,
        Permission.SETTINGS_SECURITY,
        Permission.USERS_MANAGE,
    }
)
_READING = frozenset(
    {
        Permission.ANYONE,
        Permission.BACKUPS_READ,
        Permission.FINANCE_READ,
        Permission.IMPORTS_READ,
        Permission.MENU_READ,
        Permission.ORDERS_READ,
        Permission.REPORTS_READ,
        Permission.SHIFTS_READ,
        Permission.STAFF_READ,
        Permission.STOCK_COST,
        Permission.STOCK_READ,
        Permission.SUPPLIERS_READ,
    }
)


def _built_in(
    role: Role, permissions: frozenset[Permission], limits: Mapping[Limit, int] = _NO_LIMITS
) -> tuple[str, RoleFacts]:
    return role.value, RoleFacts(role.value, role.value, permissions, MappingProxyType(limits))


BUILT_IN: Mapping[str, RoleFacts] = dict(
    (
        _built_in(Role.OWNER, _ALL),
        _built_in(
            Role.MANAGER,
            _ALL - _OWNERS_ONLY,
            {Limit.REFUND_MINOR: 20_000, Limit.DISCOUNT_PERCENT: 30, Limit.EXPORT_ROWS: 200},
        ),
        _built_in(
            Role.ACCOUNTANT,
            _READING
            | {
                Permission.APPROVALS_DECIDE,
                Permission.FINANCE_EDIT,
                Permission.MENU_EXPORT,
                Permission.ORDERS_EXPORT,
                Permission.REPORTS_EXPORT,
                Permission.SALARIES_READ,
                Permission.STOCK_APPROVE_VARIANCE,
                Permission.STOCK_EXPORT,
                Permission.SUPPLIERS_EDIT,
                Permission.SUPPLIES_APPROVE,
            },
        ),
        _built_in(
            Role.STAFF,
            frozenset(
                {
                    Permission.ANYONE,
                    Permission.MENU_READ,
                    Permission.ORDERS_READ,
                    Permission.SHIFTS_OPEN,
                    Permission.STOCK_COUNT,
                }
            ),
            {Limit.REFUND_MINOR: 0, Limit.DISCOUNT_PERCENT: 0, Limit.EXPORT_ROWS: 0},
        ),
        _built_in(
            Role.AUDITOR,
            _READING
            | {
                Permission.APPROVALS_DECIDE,
                Permission.AUDIT_EXPORT,
                Permission.AUDIT_READ,
                Permission.SECURITY_SCAN,
            },
        ),
    )
)


def checked_role(
    role_id: str,
    name: str,
    permissions: Iterable[Permission],
    limits: Mapping[Limit, int] | None = None,
) -> RoleFacts:
    """Return a role of the restaurant's own, tidied; InvalidError for what breaks a rule.

    Everybody holds `anyone`. Managing users or roles stays with owners, who alone can seal keys.
    """
    if not role_id.startswith(CUSTOM):
        raise InvalidError(msg("A role that every store has cannot be changed."), field="id")
    tidy = unicodedata.normalize("NFC", " ".join(name.split()))
    if not tidy:
        raise InvalidError(msg("The role needs a name."), field="name")
    if len(tidy) > LONGEST_NAME:
        raise InvalidError(
            msg("A role's name has at most {limit} characters.", limit=LONGEST_NAME), field="name"
        )
    if any(unicodedata.category(c).startswith("C") for c in tidy):
        raise InvalidError(msg("The role's name contains characters nobody sees."), field="name")
    refuse_cards("name", tidy)
    refuse_cards("role_id", role_id)
    held = frozenset(permissions) | {Permission.ANYONE}
    for_owners = sorted(held & FOR_OWNERS)
    if for_owners:
        raise InvalidError(
            msg("The right “{right}” belongs to owners only.", right=for_owners[0].value),
            field="permissions",
            hint=msg("Only an owner holds the keys that it needs."),
        )
    bounds = dict(limits or {})
    if any(number < 0 for number in bounds.values()):
        raise InvalidError(msg("A limit cannot be less than nothing."), field="limits")
    return RoleFacts(role_id, tidy, held, MappingProxyType(bounds))


FOR_OWNERS = frozenset(
    {Permission.BACKUPS_RESTORE, Permission.ROLES_MANAGE, Permission.USERS_MANAGE}
)
"""What only owners can hold: these need the root secret."""
