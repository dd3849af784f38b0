"""What each permission lets a person do, what it opens, and how it is enforced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from desktop_app.kernel.access import (
    OFFICE_KEY,
    PEOPLE_KEY,
    TRAIL_KEY,
    Domain,
    Permission,
    domains_of,
)
from desktop_app.kernel.words import Message, msg


class Area(StrEnum):
    """The part of the restaurant's work that a permission belongs to, in the order shown."""

    GENERAL = "general"
    MENU = "menu"
    SALES = "sales"
    STOCK = "stock"
    STAFF = "staff"
    CUSTOMERS = "customers"
    FINANCE = "finance"
    REPORTS = "reports"
    EXCHANGE = "exchange"
    SAFETY = "safety"


class Enforced(StrEnum):
    """What stands between a permission and somebody who does not hold it."""

    SEALED = "sealed"
    """Encryption: without the key the data cannot be read, whatever program is used."""
    SIGNED = "signed"
    """A signature: what is done without it is found out by the checks."""
    SERVER = "server"
    """The database server, which knows each person's account."""
    APP = "app"
    """This program only; another program with the key of the domain could do it."""


class Risk(IntEnum):
    """How much harm a permission can do."""

    NONE = 0
    SOME = 1
    MUCH = 2
    GREAT = 3


@dataclass(frozen=True, slots=True)
class PermissionFacts:
    """What a person should know before giving a permission to somebody."""

    text: Message
    area: Area
    risk: Risk
    enforced: Enforced
    domains: frozenset[Domain]
    trail: bool
    guarded: bool = False
    """Whether the account of whoever holds it has privileges on a server that others lack."""

    def enforced_on(self, *, server: bool) -> Enforced:
        """Return the enforcement for a store on a database server, or on files."""
        guarded = server and self.guarded and self.enforced is Enforced.APP
        return Enforced.SERVER if guarded else self.enforced


_SIGNED = frozenset(
    {
        Permission.APPROVALS_DECIDE,
        Permission.REVIEWS_CONDUCT,
        Permission.ROLES_MANAGE,
        Permission.USERS_MANAGE,
    }
)

_GUARDED = frozenset(
    {
        Permission.BACKUPS_CONFIGURE,
        Permission.BACKUPS_READ,
        Permission.BACKUPS_RUN,
        Permission.CASH_MOVE,
        Permission.FINANCE_EDIT,
        Permission.FINANCE_READ,
        Permission.IMPORTS_READ,
        Permission.IMPORTS_RUN,
        Permission.MENU_EDIT,
        Permission.MENU_EXPORT,
        Permission.MENU_PRICES,
        Permission.MENU_READ,
        Permission.MENU_STOP,
        Permission.ORDERS_EDIT,
        Permission.ORDERS_EXPORT,
        Permission.ORDERS_READ,
        Permission.ORDERS_REFUND,
        Permission.ORDERS_VOID,
        Permission.REPORTS_EXPORT,
        Permission.REPORTS_READ,
        Permission.SECURITY_SCAN,
        Permission.SETTINGS_EDIT,
        Permission.SETTINGS_SECURITY,
        Permission.SHIFTS_CLOSE,
        Permission.SHIFTS_OPEN,
        Permission.SHIFTS_READ,
        Permission.STAFF_CLOCK,
        Permission.STAFF_EDIT,
        Permission.STAFF_EXPORT,
        Permission.STAFF_READ,
        Permission.STOCK_APPROVE_VARIANCE,
        Permission.STOCK_COST,
        Permission.STOCK_COUNT,
        Permission.STOCK_EDIT,
        Permission.STOCK_EXPORT,
        Permission.STOCK_PRODUCE,
        Permission.STOCK_READ,
        Permission.STOCK_TRANSFER,
        Permission.STOCK_WRITE_OFF,
        Permission.SUPPLIERS_EDIT,
        Permission.SUPPLIERS_READ,
        Permission.SUPPLIES_APPROVE,
        Permission.SUPPLIES_CREATE,
        Permission.SUPPLIES_RECEIVE,
    }
)
"""What a server tells apart; a test holds this against the privileges (`db/server_rights.py`)."""


def _facts(permission: Permission, area: Area, risk: int, text: Message) -> PermissionFacts:
    alone = frozenset({permission})
    if alone & (PEOPLE_KEY | OFFICE_KEY | TRAIL_KEY):
        enforced = Enforced.SEALED
    else:
        enforced = Enforced.SIGNED if permission in _SIGNED else Enforced.APP
    domains = domains_of(alone) - {Domain.OPS}
    return PermissionFacts(
        text, area, Risk(risk), enforced, domains, permission in TRAIL_KEY, permission in _GUARDED
    )


_TABLE: tuple[tuple[Permission, Area, int, Message], ...] = (
    (Permission.ANYONE, Area.GENERAL, 0, msg("What everybody signed in may do")),
    (Permission.APPROVALS_DECIDE, Area.SAFETY, 3, msg("Approve or refuse what others ask for")),
    (Permission.AUDIT_EXPORT, Area.SAFETY, 2, msg("Export the audit trail")),
    (Permission.AUDIT_READ, Area.SAFETY, 2, msg("Read and verify the audit trail")),
    (Permission.BACKUPS_CONFIGURE, Area.SAFETY, 3, msg("Choose where backups go")),
    (Permission.BACKUPS_READ, Area.SAFETY, 0, msg("See the backups and verify them")),
    (Permission.BACKUPS_RESTORE, Area.SAFETY, 3, msg("Restore a backup")),
    (Permission.BACKUPS_RUN, Area.SAFETY, 1, msg("Back up now")),
    (Permission.CASH_MOVE, Area.SALES, 2, msg("Put cash into the till and take it out")),
    (Permission.CUSTOMERS_BONUS, Area.CUSTOMERS, 2, msg("Correct bonus, cashback and balance")),
    (Permission.CUSTOMERS_EDIT, Area.CUSTOMERS, 2, msg("Change customers")),
    (Permission.CUSTOMERS_EXPORT, Area.CUSTOMERS, 3, msg("Export customers")),
    (Permission.CUSTOMERS_MERGE, Area.CUSTOMERS, 2, msg("Merge customers kept twice")),
    (Permission.CUSTOMERS_READ, Area.CUSTOMERS, 2, msg("See customers")),
    (Permission.FINANCE_EDIT, Area.FINANCE, 2, msg("Enter income, expenses and payments")),
    (Permission.FINANCE_READ, Area.FINANCE, 1, msg("See income, expenses and balances")),
    (Permission.IMPORTS_READ, Area.EXCHANGE, 0, msg("See what was imported")),
    (Permission.IMPORTS_RUN, Area.EXCHANGE, 2, msg("Import files")),
    (Permission.IMPORTS_UNDO, Area.EXCHANGE, 3, msg("Take an import back")),
    (Permission.MENU_EDIT, Area.MENU, 1, msg("Change dishes, goods and recipes")),
    (Permission.MENU_EXPORT, Area.MENU, 0, msg("Export the menu")),
    (Permission.MENU_PRICES, Area.MENU, 2, msg("Change prices")),
    (Permission.MENU_READ, Area.MENU, 0, msg("See the menu")),
    (Permission.MENU_STOP, Area.MENU, 1, msg("Put dishes on the stop list")),
    (Permission.ORDERS_DISCOUNT, Area.SALES, 2, msg("Give discounts")),
    (Permission.ORDERS_EDIT, Area.SALES, 2, msg("Change open orders")),
    (Permission.ORDERS_EXPORT, Area.SALES, 1, msg("Export orders")),
    (Permission.ORDERS_PRICE_LIST, Area.SALES, 2, msg("Choose the price list of a receipt")),
    (Permission.ORDERS_READ, Area.SALES, 0, msg("See orders")),
    (Permission.ORDERS_REFUND, Area.SALES, 3, msg("Refund")),
    (Permission.ORDERS_VOID, Area.SALES, 3, msg("Void orders and lines")),
    (Permission.PRIVACY_ERASE, Area.CUSTOMERS, 3, msg("Erase a person's data")),
    (
        Permission.PRIVACY_HANDLE,
        Area.CUSTOMERS,
        2,
        msg("Answer people's requests about their data"),
    ),
    (Permission.PRIVACY_RETAIN, Area.CUSTOMERS, 3, msg("Delete what has passed its time")),
    (Permission.REPORTS_EXPORT, Area.REPORTS, 1, msg("Export reports")),
    (Permission.REPORTS_READ, Area.REPORTS, 1, msg("See reports")),
    (Permission.REVIEWS_CONDUCT, Area.SAFETY, 3, msg("Review who has access")),
    (Permission.ROLES_MANAGE, Area.SAFETY, 3, msg("Make and change roles")),
    (Permission.SALARIES_EDIT, Area.STAFF, 3, msg("Change salaries")),
    (Permission.SALARIES_READ, Area.STAFF, 3, msg("See salaries")),
    (Permission.SECURITY_SCAN, Area.SAFETY, 1, msg("Search the store for card numbers")),
    (Permission.SETTINGS_EDIT, Area.GENERAL, 1, msg("Change settings")),
    (Permission.SETTINGS_SECURITY, Area.SAFETY, 3, msg("Change the rules of security")),
    (Permission.SHIFTS_CLOSE, Area.SALES, 2, msg("Close shifts and print the Z report")),
    (Permission.SHIFTS_OPEN, Area.SALES, 1, msg("Open a shift")),
    (Permission.SHIFTS_READ, Area.SALES, 0, msg("See shifts and cash counts")),
    (Permission.STAFF_CLOCK, Area.STAFF, 2, msg("Correct working hours")),
    (Permission.STAFF_EDIT, Area.STAFF, 2, msg("Change staff")),
    (Permission.STAFF_EXPORT, Area.STAFF, 2, msg("Export staff")),
    (Permission.STAFF_READ, Area.STAFF, 0, msg("See who works here")),
    (
        Permission.STOCK_APPROVE_VARIANCE,
        Area.STOCK,
        3,
        msg("Approve the difference of a stock-take"),
    ),
    (Permission.STOCK_COST, Area.STOCK, 1, msg("See cost and stock value")),
    (Permission.STOCK_COUNT, Area.STOCK, 1, msg("Count stock blind")),
    (Permission.STOCK_EDIT, Area.STOCK, 2, msg("Change ingredients, units and storages")),
    (Permission.STOCK_EXPORT, Area.STOCK, 1, msg("Export stock")),
    (Permission.STOCK_PRODUCE, Area.STOCK, 1, msg("Record production")),
    (Permission.STOCK_READ, Area.STOCK, 0, msg("See stock")),
    (Permission.STOCK_TRANSFER, Area.STOCK, 1, msg("Move stock between storages")),
    (Permission.STOCK_WRITE_OFF, Area.STOCK, 2, msg("Write stock off")),
    (Permission.SUPPLIERS_EDIT, Area.STOCK, 2, msg("Change suppliers")),
    (Permission.SUPPLIERS_READ, Area.STOCK, 0, msg("See suppliers")),
    (Permission.SUPPLIES_APPROVE, Area.STOCK, 3, msg("Approve a supply")),
    (Permission.SUPPLIES_CREATE, Area.STOCK, 1, msg("Enter a supply")),
    (Permission.SUPPLIES_RECEIVE, Area.STOCK, 1, msg("Receive a supply")),
    (Permission.USERS_MANAGE, Area.SAFETY, 3, msg("Let people sign in and take access away")),
)

ABOUT: Mapping[Permission, PermissionFacts] = {
    permission: _facts(permission, area, risk, text) for permission, area, risk, text in _TABLE
}

AREA_TITLES: Mapping[Area, Message] = {
    Area.GENERAL: msg("General"),
    Area.MENU: msg("Menu"),
    Area.SALES: msg("Sales"),
    Area.STOCK: msg("Stock"),
    Area.STAFF: msg("Staff"),
    Area.CUSTOMERS: msg("Customers"),
    Area.FINANCE: msg("Finance"),
    Area.REPORTS: msg("Reports"),
    Area.EXCHANGE: msg("Import and export"),
    Area.SAFETY: msg("Safety"),
}

ENFORCED_TITLES: Mapping[Enforced, Message] = {
    Enforced.SEALED: msg("Sealed by a key"),
    Enforced.SIGNED: msg("Signed"),
    Enforced.SERVER: msg("Guarded by the server"),
    Enforced.APP: msg("Rule of the program"),
}


def permission_text(permission: Permission) -> Message:
    """Return in words what a permission lets a person do."""
    return ABOUT[permission].text
