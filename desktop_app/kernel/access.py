"""Who may do what: permissions, the built-in roles, and the person signed in.

The permission table also says which domains of data a permission needs, and so which keys a role
gets (`vault`) and which files are opened for it (`db.engine`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Domain(StrEnum):
    """A part of the data with a file, a key and a PostgreSQL schema of its own."""

    OPS = "ops"
    PEOPLE = "people"
    OFFICE = "office"


class Permission(StrEnum):
    """One line per thing a role can be given. Named `area:action`; kept sorted."""

    ANYONE = "anyone"
    AUDIT_READ = "audit:read"
    BACKUPS_CONFIGURE = "backups:configure"
    BACKUPS_READ = "backups:read"
    BACKUPS_RUN = "backups:run"
    CUSTOMERS_EDIT = "customers:edit"
    CUSTOMERS_READ = "customers:read"
    IMPORTS_READ = "imports:read"
    IMPORTS_RUN = "imports:run"
    MENU_EDIT = "menu:edit"
    MENU_READ = "menu:read"
    ORDERS_EDIT = "orders:edit"
    ORDERS_READ = "orders:read"
    PRIVACY_HANDLE = "privacy:handle"
    REPORTS_READ = "reports:read"
    SALARIES_EDIT = "salaries:edit"
    SALARIES_READ = "salaries:read"
    SETTINGS_EDIT = "settings:edit"
    STAFF_EDIT = "staff:edit"
    STAFF_READ = "staff:read"
    USERS_MANAGE = "users:manage"


_PEOPLE = frozenset(
    {Permission.CUSTOMERS_EDIT, Permission.CUSTOMERS_READ, Permission.PRIVACY_HANDLE}
)
_OFFICE = frozenset({Permission.SALARIES_EDIT, Permission.SALARIES_READ})


class Role(StrEnum):
    """The built-in roles."""

    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: frozenset(Permission)
    - _OFFICE
    - {Permission.USERS_MANAGE, Permission.BACKUPS_CONFIGURE},
    Role.STAFF: frozenset(
        {
            Permission.ANYONE,
            Permission.MENU_READ,
            Permission.ORDERS_READ,
        }
    ),
}


def domains_of(permissions: frozenset[Permission]) -> frozenset[Domain]:
    """Return the domains (files, keys) that holders of these permissions need."""
    found = {Domain.OPS}
    if permissions & _PEOPLE:
        found.add(Domain.PEOPLE)
    if permissions & _OFFICE:
        found.add(Domain.OFFICE)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or scheduled task) on whose behalf an operation runs."""

    name: str
    role: Role
    permissions: frozenset[Permission] = field(repr=False)

    @classmethod
    def of(cls, name: str, role: Role) -> Actor:
        """Return a person with the permissions of a built-in role."""
        return cls(name, role, ROLE_PERMISSIONS[role])

    def can(self, permission: Permission) -> bool:
        """Tell whether this actor holds `permission`."""
        return permission in self.permissions

    @property
    def domains(self) -> frozenset[Domain]:
        """Return the domains whose keys this actor holds."""
        return domains_of(self.permissions)
