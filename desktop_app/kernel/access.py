"""Who may do what: the permissions, the domains of data, and the person signed in.

What each permission means, opens and how it is enforced stands in `permissions`; which role holds
which in `roles`. One table drives the door, the keys of a role (`vault`), the files that are opened
for it (`db.engine`), the rights of its account on a server, and the access review.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.kernel.words import Message, msg


class Domain(StrEnum):
    """A part of the data with a file, a key and a PostgreSQL schema of its own."""

    OPS = "ops"
    PEOPLE = "people"
    OFFICE = "office"


class Permission(StrEnum):
    """One line per thing a role can be given. Named `area:action`; kept sorted."""

    ANYONE = "anyone"
    APPROVALS_DECIDE = "approvals:decide"
    AUDIT_EXPORT = "audit:export"
    AUDIT_READ = "audit:read"
    BACKUPS_CONFIGURE = "backups:configure"
    BACKUPS_READ = "backups:read"
    BACKUPS_RESTORE = "backups:restore"
    BACKUPS_RUN = "backups:run"
    CASH_MOVE = "cash:move"
    CUSTOMERS_BONUS = "customers:bonus"
    CUSTOMERS_EDIT = "customers:edit"
    CUSTOMERS_EXPORT = "customers:export"
    CUSTOMERS_MERGE = "customers:merge"
    CUSTOMERS_READ = "customers:read"
    FINANCE_EDIT = "finance:edit"
    FINANCE_READ = "finance:read"
    IMPORTS_READ = "imports:read"
    IMPORTS_RUN = "imports:run"
    IMPORTS_UNDO = "imports:undo"
    MENU_EDIT = "menu:edit"
    MENU_EXPORT = "menu:export"
    MENU_PRICES = "menu:prices"
    MENU_READ = "menu:read"
    MENU_STOP = "menu:stop"
    ORDERS_DISCOUNT = "orders:discount"
    ORDERS_EDIT = "orders:edit"
    ORDERS_EXPORT = "orders:export"
    ORDERS_PRICE_LIST = "orders:price_list"
    ORDERS_READ = "orders:read"
    ORDERS_REFUND = "orders:refund"
    ORDERS_VOID = "orders:void"
    PRIVACY_ERASE = "privacy:erase"
    PRIVACY_HANDLE = "privacy:handle"
    PRIVACY_RETAIN = "privacy:retain"
    REPORTS_EXPORT = "reports:export"
    REPORTS_READ = "reports:read"
    REVIEWS_CONDUCT = "reviews:conduct"
    ROLES_MANAGE = "roles:manage"
    SALARIES_EDIT = "salaries:edit"
    SALARIES_READ = "salaries:read"
    SECURITY_SCAN = "security:scan"
    SETTINGS_EDIT = "settings:edit"
    SETTINGS_SECURITY = "settings:security"
    SHIFTS_CLOSE = "shifts:close"
    SHIFTS_OPEN = "shifts:open"
    SHIFTS_READ = "shifts:read"
    STAFF_CLOCK = "staff:clock"
    STAFF_EDIT = "staff:edit"
    STAFF_EXPORT = "staff:export"
    STAFF_READ = "staff:read"
    STOCK_APPROVE_VARIANCE = "stock:approve_variance"
    STOCK_COST = "stock:cost"
    STOCK_COUNT = "stock:count"
    STOCK_EDIT = "stock:edit"
    STOCK_EXPORT = "stock:export"
    STOCK_PRODUCE = "stock:produce"
    STOCK_READ = "stock:read"
    STOCK_TRANSFER = "stock:transfer"
    STOCK_WRITE_OFF = "stock:write_off"
    SUPPLIERS_EDIT = "suppliers:edit"
    SUPPLIERS_READ = "suppliers:read"
    SUPPLIES_APPROVE = "supplies:approve"
    SUPPLIES_CREATE = "supplies:create"
    SUPPLIES_RECEIVE = "supplies:receive"
    USERS_MANAGE = "users:manage"


class Role(StrEnum):
    """The built-in roles; the restaurant's own have ids that begin with `custom:`."""

    OWNER = "owner"
    MANAGER = "manager"
    ACCOUNTANT = "accountant"
    STAFF = "staff"
    AUDITOR = "auditor"


class Limit(StrEnum):
    """A number up to which a role acts alone; above it a second person is needed."""

    DISCOUNT_PERCENT = "discount_percent"
    EXPORT_ROWS = "export_rows"
    REFUND_MINOR = "refund_minor"


PEOPLE_KEY = frozenset(
    {
        Permission.CUSTOMERS_BONUS,
        Permission.CUSTOMERS_EDIT,
        Permission.CUSTOMERS_EXPORT,
        Permission.CUSTOMERS_MERGE,
        Permission.CUSTOMERS_READ,
        Permission.PRIVACY_ERASE,
        Permission.PRIVACY_HANDLE,
        Permission.PRIVACY_RETAIN,
    }
)
"""The permissions that need the key of the people domain."""
OFFICE_KEY = frozenset(
    {Permission.REVIEWS_CONDUCT, Permission.SALARIES_EDIT, Permission.SALARIES_READ}
)
"""The permissions that need the key of the office domain."""
TRAIL_KEY = frozenset({Permission.AUDIT_EXPORT, Permission.AUDIT_READ, Permission.PRIVACY_HANDLE})
"""The permissions that need the key of the trail's contents: a data copy says what is in it."""


def domains_of(permissions: frozenset[Permission]) -> frozenset[Domain]:
    """Return the domains (files, keys) that holders of these permissions need."""
    found = {Domain.OPS}
    if permissions & PEOPLE_KEY:
        found.add(Domain.PEOPLE)
    if permissions & OFFICE_KEY:
        found.add(Domain.OFFICE)
    return frozenset(found)


def reads_trail(permissions: frozenset[Permission]) -> bool:
    """Tell whether holders of these permissions get the key of the trail's contents."""
    return not permissions.isdisjoint(TRAIL_KEY)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or scheduled task) on whose behalf an operation runs.

    `role` is the id of a built-in or custom role; `title` its name; `venues` are the numbers of
    the only venues the person may see, None for all; `here` is the one they have chosen to work
    in, None for all of these; `way` is how they signed in.
    """

    name: str
    role: str
    permissions: frozenset[Permission] = field(repr=False)
    user_id: str = ""
    limits: Mapping[Limit, int] = field(default_factory=dict, repr=False)
    venues: frozenset[int] | None = None
    way: str = ""
    title: Message | None = None
    here: int | None = None

    @property
    def within(self) -> frozenset[int] | None:
        """Return the venues whose rows are in sight now; None for all."""
        if self.here is None:
            return self.venues
        chosen = frozenset({self.here})
        return chosen if self.venues is None else chosen & self.venues

    def can(self, permission: Permission) -> bool:
        """Tell whether this actor holds `permission`."""
        return permission in self.permissions

    def limit(self, limit: Limit) -> int | None:
        """Return up to which number this actor acts alone; None for any."""
        return self.limits.get(limit)

    @property
    def role_title(self) -> Message:
        """Return what the actor's role is called."""
        return self.title or msg("{name}", name=self.role)

    @property
    def domains(self) -> frozenset[Domain]:
        """Return the domains whose keys this actor holds."""
        return domains_of(self.permissions)

    @property
    def reads_trail(self) -> bool:
        """Tell whether this actor can open the trail's contents."""
        return reads_trail(self.permissions)
