"""Which permission reads and writes which table: one table for every engine.

The authorizer of a SQLCipher connection (`guard`) and the privileges of a person's account on a
server (`server_accounts`) are computed from it. A permission whose domain somebody holds no key of
gives nothing there. Changing and removing rows includes reading them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Table

from desktop_app.db.base import Base
from desktop_app.db.card_guard import free_columns, maskable_columns
from desktop_app.kernel.access import Domain, Permission, domains_of

P = Permission
_NOBODY: frozenset[Permission] = frozenset()
_ANYONE = frozenset({P.ANYONE})
_TRAIL = frozenset({P.AUDIT_EXPORT, P.AUDIT_READ, P.PRIVACY_HANDLE})
_IMPORT = frozenset({P.IMPORTS_RUN})
_CORRECTING = frozenset({P.ORDERS_EDIT, P.ORDERS_REFUND, P.ORDERS_VOID})
_SELLS = _IMPORT | _CORRECTING
_TILL = frozenset({P.CASH_MOVE, P.SHIFTS_CLOSE, P.SHIFTS_OPEN, P.SHIFTS_READ})
_SALES = (
    frozenset({P.ORDERS_EXPORT, P.ORDERS_READ, P.PRIVACY_HANDLE, P.REPORTS_EXPORT, P.REPORTS_READ})
    | _SELLS
    | {P.SHIFTS_CLOSE, P.SHIFTS_READ}
)
_SUMS = frozenset({P.IMPORTS_RUN, P.REPORTS_EXPORT, P.REPORTS_READ})
_MENU = frozenset({P.IMPORTS_RUN, P.MENU_EXPORT, P.MENU_READ}) | _SALES
_PRICES = frozenset({P.MENU_PRICES})
_SIZES = frozenset({P.MENU_EDIT, P.MENU_PRICES})
_STOP = frozenset({P.MENU_STOP})
_SELLING = frozenset({P.IMPORTS_RUN, P.ORDERS_EDIT, P.ORDERS_REFUND, P.ORDERS_VOID})
_RECEIVING = frozenset({P.SUPPLIES_APPROVE, P.SUPPLIES_RECEIVE})
_MOVING = _RECEIVING | {
    P.STOCK_APPROVE_VARIANCE, P.STOCK_EDIT, P.STOCK_PRODUCE, P.STOCK_TRANSFER, P.STOCK_WRITE_OFF
}  # fmt: skip
_STOCK_READING = _MOVING | {
    P.REPORTS_EXPORT, P.REPORTS_READ, P.STOCK_COST, P.STOCK_EXPORT, P.STOCK_READ,
    P.SUPPLIERS_EDIT, P.SUPPLIERS_READ, P.SUPPLIES_CREATE,
}  # fmt: skip
_GOODS = _MENU | _SELLING | _STOCK_READING | {P.STOCK_COUNT}
_BACKUPS = frozenset({P.BACKUPS_CONFIGURE, P.BACKUPS_READ, P.BACKUPS_RUN})
_MASK = frozenset({P.SETTINGS_EDIT})
_SCAN = _MASK | {P.SECURITY_SCAN}
_CUSTOMERS = frozenset(
    {P.CUSTOMERS_EXPORT, P.CUSTOMERS_READ, P.IMPORTS_RUN, P.PRIVACY_HANDLE, P.PRIVACY_RETAIN}
)
_KEEPS_CUSTOMERS = frozenset({P.CUSTOMERS_BONUS, P.CUSTOMERS_EDIT, P.CUSTOMERS_MERGE}) | _IMPORT
_EXPORTS = frozenset(
    {
        P.AUDIT_EXPORT,
        P.CUSTOMERS_EXPORT,
        P.MENU_EXPORT,
        P.ORDERS_EXPORT,
        P.REPORTS_EXPORT,
        P.STAFF_EXPORT,
    }
) | {P.STOCK_EXPORT}
_POSTS = frozenset({P.CASH_MOVE, P.FINANCE_EDIT, P.SHIFTS_CLOSE, P.SUPPLIES_APPROVE})
_MONEY = frozenset({P.FINANCE_READ}) | _POSTS
_CLOCK = frozenset({P.STAFF_CLOCK})
_STAFF = frozenset({P.SALARIES_READ, P.STAFF_CLOCK, P.STAFF_EDIT, P.STAFF_EXPORT, P.STAFF_READ})
_REVIEW = frozenset({P.REVIEWS_CONDUCT})
COUNTING = frozenset({P.BACKUPS_READ})
"""Whoever checks backups may count the rows of any table, and see nothing of them."""
SCANNING = _SCAN
"""Whoever looks for card numbers reads the free text of any table, and what numbers its rows."""
MASKING = _MASK
"""Whoever masks what was found reads the row and changes its free text, but for proofs."""


@dataclass(frozen=True, slots=True)
class TableRights:
    """The permissions that read, add, change and remove rows of a table.

    `glance` are columns that everybody may read.
    """

    read: frozenset[Permission]
    add: frozenset[Permission] = _NOBODY
    change: frozenset[Permission] = _NOBODY
    remove: frozenset[Permission] = _NOBODY
    glance: frozenset[str] = frozenset()
    changed: frozenset[str] | None = None
    """The only columns that `change` may change; None for all."""

    @property
    def readers(self) -> frozenset[Permission]:
        """Return the permissions that read whole rows."""
        return self.read | self.change | self.remove


_SUM = TableRights(_SUMS, add=_SELLS, change=_SELLS)
_SALE = TableRights(_SALES, add=_SELLS)
_CUSTOMER = TableRights(_CUSTOMERS, add=_KEEPS_CUSTOMERS, change=_KEEPS_CUSTOMERS)
_CUSTOMER_PART = TableRights(
    _CUSTOMERS,
    add=_KEEPS_CUSTOMERS,
    change=_KEEPS_CUSTOMERS,
    remove=frozenset({P.CUSTOMERS_EDIT}),
)
_CARD = TableRights(
    _MENU,
    add=frozenset({P.MENU_EDIT}),
    change=frozenset({P.MENU_EDIT}),
    remove=frozenset({P.MENU_EDIT}),
)
_PAPER = TableRights(_STOCK_READING, add=_MOVING)
_DRAFT = TableRights(
    _STOCK_READING | {P.MENU_EDIT},
    add=frozenset({P.SUPPLIES_CREATE}),
    change=frozenset({P.SUPPLIES_CREATE}),
    remove=frozenset({P.SUPPLIES_CREATE, P.SUPPLIES_RECEIVE}),
)
_STOCK_SUM = TableRights(
    _STOCK_READING | _SELLING, add=_MOVING | _SELLING, change=_MOVING | _SELLING
)
_KEEPS_SUPPLIERS = frozenset({P.SUPPLIERS_EDIT})
_KEEPS_STORAGES = frozenset({P.STOCK_EDIT})
_SETTINGS = frozenset({P.BACKUPS_CONFIGURE, P.SETTINGS_EDIT, P.SETTINGS_SECURITY})

RIGHTS: Mapping[str, TableRights] = {
    "approval_request": TableRights(_ANYONE, add=_ANYONE, change=_ANYONE),
    "audit_event": TableRights(
        _TRAIL,
        add=_ANYONE,
        change=frozenset({P.PRIVACY_RETAIN}),
        changed=frozenset({"sealed"}),
        glance=frozenset(
            {"seq", "at", "session", "content_hash", "previous", "hash", "signature"}
        ),  # every sign-in checks the end of the chain
    ),
    "trail_session": TableRights(_ANYONE, add=_ANYONE),
    "trail_alarm": TableRights(
        _ANYONE, add=_ANYONE, change=frozenset({P.AUDIT_READ}), changed=frozenset({"closed_at"})
    ),
    "trail_alarm_signature": TableRights(_ANYONE, add=frozenset({P.AUDIT_READ})),
    "desk_session": TableRights(_ANYONE, add=_ANYONE, change=_ANYONE),
    "permission_use": TableRights(_ANYONE, add=_ANYONE, change=_ANYONE),
    "pin_twin": TableRights(_ANYONE, add=_ANYONE, change=_ANYONE),
    "access_review": TableRights(_ANYONE, add=_REVIEW, change=_REVIEW),
    "review_decision": TableRights(_REVIEW, add=_REVIEW, change=_REVIEW, remove=_REVIEW),
    "review_paper": TableRights(_REVIEW, add=_REVIEW),
    "card_allowance": TableRights(_SCAN, add=_ANYONE, change=_ANYONE),
    "card_scan": TableRights(_SCAN, add=_SCAN),
    "row_count": TableRights(_ANYONE, add=_ANYONE, change=_ANYONE),
    "store_info": TableRights(_ANYONE, change=_ANYONE, changed=frozenset({"text"})),
    "setting": TableRights(_ANYONE, add=_SETTINGS, change=_SETTINGS),
    "venue": TableRights(
        _ANYONE, add=frozenset({P.SETTINGS_EDIT}), change=frozenset({P.SETTINGS_EDIT})
    ),
    "backup_target": TableRights(
        _BACKUPS,
        add=frozenset({P.BACKUPS_CONFIGURE}),
        remove=frozenset({P.BACKUPS_CONFIGURE}),
    ),
    "backup_run": TableRights(_BACKUPS, add=_BACKUPS, remove=frozenset({P.BACKUPS_CONFIGURE})),
    "import_run": TableRights(
        frozenset({P.IMPORTS_READ, P.IMPORTS_RUN}), add=_IMPORT, change=_IMPORT
    ),
    "imported_file": TableRights(frozenset({P.IMPORTS_READ, P.IMPORTS_RUN}), add=_IMPORT),
    "category": TableRights(
        _GOODS,
        add=_IMPORT | {P.MENU_EDIT},
        change=frozenset({P.MENU_EDIT}),
        remove=frozenset({P.MENU_EDIT}),
    ),
    "product": TableRights(
        _GOODS,
        add=_IMPORT | {P.MENU_EDIT},
        change=frozenset({P.MENU_EDIT, P.STOCK_EDIT, P.SUPPLIES_RECEIVE}),  # what it costs
    ),
    "product_variant": TableRights(_GOODS, add=_IMPORT | _SIZES, change=_SIZES, remove=_SIZES),
    "size_part": TableRights(_GOODS, add=_SIZES, change=_SIZES, remove=_SIZES),
    "product_photo": _CARD,
    "station": _CARD,
    "recipe_line": replace(_CARD, read=_GOODS),
    "modifier_group": _CARD,
    "modifier": replace(_CARD, read=_GOODS),
    "product_modifiers": replace(_CARD, read=_GOODS),
    "price_list": TableRights(_MENU, add=_PRICES, change=_PRICES, remove=_PRICES),
    "list_price": TableRights(_MENU, add=_PRICES, change=_PRICES, remove=_PRICES),
    "price_change": TableRights(_MENU, add=_PRICES),
    "stop_entry": TableRights(_MENU, add=_STOP, change=_STOP, remove=_STOP),
    "employee": TableRights(
        _SALES | _STAFF | {P.SALARIES_EDIT},
        add=_IMPORT | {P.STAFF_EDIT},
        change=frozenset({P.STAFF_EDIT}),
    ),
    "money_account": TableRights(_MONEY, add=_POSTS, change=frozenset({P.FINANCE_EDIT})),
    "money_category": TableRights(
        _MONEY, add=frozenset({P.FINANCE_EDIT}), change=frozenset({P.FINANCE_EDIT})
    ),
    "money_entry": TableRights(_MONEY, add=_POSTS),
    "employee_contact": TableRights(
        frozenset({P.STAFF_EXPORT, P.STAFF_READ}),
        add=frozenset({P.STAFF_EDIT}),
        change=frozenset({P.STAFF_EDIT}),
    ),
    "employee_token": TableRights(
        frozenset({P.STAFF_CLOCK, P.STAFF_EDIT}),
        add=frozenset({P.STAFF_EDIT}),
        change=frozenset({P.STAFF_EDIT}),
        remove=frozenset({P.STAFF_EDIT}),
        glance=frozenset({"employee_id", "kind"}),  # whether there is one; never the hash
    ),
    "staff_position": TableRights(
        frozenset({P.STAFF_EDIT, P.STAFF_EXPORT, P.STAFF_READ}),
        add=frozenset({P.STAFF_EDIT}),
        change=frozenset({P.STAFF_EDIT}),
        remove=frozenset({P.STAFF_EDIT}),
    ),
    "clock_entry": TableRights(_STAFF, add=_CLOCK, change=_CLOCK, changed=frozenset({"ended_at"})),
    **dict.fromkeys(("clock_miss", "card_miss"), TableRights(_CLOCK, add=_CLOCK, change=_CLOCK)),
    "tip_share": TableRights(_STAFF | {P.SALARIES_EDIT}, add=_CLOCK),
    "tip_entry": TableRights(
        frozenset({P.SALARIES_EDIT, P.SALARIES_READ}), add=frozenset({P.SALARIES_EDIT})
    ),
    "pos_order": _SALE,
    "order_line": _SALE,
    "payment": _SALE,
    "receipt_counter": TableRights(_SELLS | {P.ORDERS_READ}, add=_SELLS, change=_SELLS),
    "correction": _SALE,
    "correction_line": _SALE,
    "line_service": _SALE,
    "receipt_draft": TableRights(
        frozenset({P.ORDERS_EDIT, P.PRIVACY_HANDLE}),
        add=frozenset({P.ORDERS_EDIT}),
        change=frozenset({P.ORDERS_EDIT}),
        remove=frozenset({P.ORDERS_EDIT}),
    ),
    "till": TableRights(
        _TILL | {P.ORDERS_READ},
        add=frozenset({P.SHIFTS_CLOSE}),
        change=frozenset({P.SHIFTS_CLOSE, P.SHIFTS_OPEN}),
    ),
    "cash_shift": TableRights(
        _TILL | {P.ORDERS_EDIT, P.ORDERS_READ}, add=frozenset({P.SHIFTS_OPEN})
    ),
    "cash_move": TableRights(_TILL, add=frozenset({P.CASH_MOVE})),
    "z_report": TableRights(_TILL | {P.ORDERS_READ}, add=frozenset({P.SHIFTS_CLOSE})),
    "z_payment": TableRights(_TILL | {P.ORDERS_READ}, add=frozenset({P.SHIFTS_CLOSE})),
    "gap_mark": TableRights(frozenset({P.ORDERS_READ}), add=frozenset({P.SHIFTS_CLOSE})),
    "receipt_edit": TableRights(frozenset({P.ORDERS_READ}), add=frozenset({P.IMPORTS_RUN})),
    "sales_hour": _SUM,
    "sales_day_item": _SUM,
    "sales_day_category": _SUM,
    "sales_day_size": _SUM,
    "sales_month_item": _SUM,
    "sold_size": TableRights(_SELLS | _PRICES, add=_SELLS, change=_SELLS),
    "sales_day_payment": _SUM,
    "sales_day_service": _SUM,
    "export_run": TableRights(
        frozenset({P.PRIVACY_HANDLE}),
        add=_EXPORTS,
        change=frozenset({P.PRIVACY_HANDLE}),
        changed=frozenset({"destroyed_at"}),
    ),
    "customer": _CUSTOMER,
    "customer_group": TableRights(
        _CUSTOMERS,
        add=_KEEPS_CUSTOMERS,
        change=_KEEPS_CUSTOMERS,
        remove=frozenset({P.CUSTOMERS_EDIT}),
    ),
    "customer_alias": TableRights(
        _CUSTOMERS | _KEEPS_CUSTOMERS | _SALES,
        add=frozenset({P.CUSTOMERS_MERGE}),
        change=frozenset({P.CUSTOMERS_EDIT, P.CUSTOMERS_MERGE}),
        changed=frozenset({"edited"}),
        remove=frozenset({P.CUSTOMERS_MERGE}),
    ),
    "customer_apart": TableRights(
        _CUSTOMERS | {P.CUSTOMERS_MERGE},
        add=frozenset({P.CUSTOMERS_MERGE}),
        remove=frozenset({P.CUSTOMERS_MERGE}),
    ),
    "loyalty_due": TableRights(
        _CORRECTING | {P.CUSTOMERS_BONUS, P.PRIVACY_HANDLE},
        add=_CORRECTING,
        remove=frozenset({P.CUSTOMERS_BONUS}),
    ),
    "customer_token": TableRights(
        _CUSTOMERS, add=_KEEPS_CUSTOMERS, change=_KEEPS_CUSTOMERS, remove=_KEEPS_CUSTOMERS | _MASK
    ),
    "customer_contact": _CUSTOMER_PART,
    "customer_tag": _CUSTOMER_PART,
    "consent": TableRights(
        _CUSTOMERS,
        add=_KEEPS_CUSTOMERS,
        change=frozenset({P.CUSTOMERS_EDIT}),
        changed=frozenset({"withdrawn_at"}),
    ),
    "communication": _CUSTOMER,
    "balance_entry": TableRights(_CUSTOMERS | _KEEPS_CUSTOMERS, add=_IMPORT | {P.CUSTOMERS_BONUS}),
    "recipient": TableRights(frozenset({P.PRIVACY_HANDLE}), add=frozenset({P.PRIVACY_HANDLE})),
    "handed_copy": TableRights(
        frozenset({P.CUSTOMERS_READ, P.PRIVACY_HANDLE}), add=frozenset({P.PRIVACY_HANDLE})
    ),
    "storage": TableRights(
        _ANYONE, add=_KEEPS_STORAGES, change=_KEEPS_STORAGES, remove=_KEEPS_STORAGES
    ),
    "station_storage": TableRights(
        _ANYONE, add=_KEEPS_STORAGES, change=_KEEPS_STORAGES, remove=_KEEPS_STORAGES
    ),
    "supplier": TableRights(
        _STOCK_READING, add=_KEEPS_SUPPLIERS, change=_KEEPS_SUPPLIERS, remove=_KEEPS_SUPPLIERS
    ),
    "product_package": TableRights(
        _STOCK_READING | {P.MENU_EDIT},
        add=_KEEPS_STORAGES,
        change=_KEEPS_STORAGES,
        remove=_KEEPS_STORAGES,
    ),
    "supply_draft": _DRAFT,
    "supply_draft_line": _DRAFT,
    "stock_document": _PAPER,
    "stock_document_line": _PAPER,
    "supply_payment": TableRights(_STOCK_READING, add=_RECEIVING),
    "stock_count": TableRights(
        _STOCK_READING | _SELLING | {P.STOCK_COUNT},
        add=frozenset({P.STOCK_COUNT}),
        change=frozenset({P.STOCK_APPROVE_VARIANCE}),
        changed=frozenset({"state", "decided_at", "decided_by"}),
    ),
    "stock_count_line": TableRights(
        _STOCK_READING | {P.STOCK_COUNT}, add=frozenset({P.STOCK_COUNT})
    ),
    "stock_move": TableRights(_STOCK_READING | _SELLING | {P.MENU_EDIT}, add=_MOVING | _SELLING),
    "stock_level": _STOCK_SUM,
    "stock_month": _STOCK_SUM,
    "stock_day": _STOCK_SUM,
    "salary": TableRights(
        frozenset({P.SALARIES_READ}),
        add=frozenset({P.SALARIES_EDIT}),
        change=frozenset({P.SALARIES_EDIT}),
        remove=frozenset({P.SALARIES_EDIT}),
    ),
}
TRAIL = frozenset({"audit_event", "trail_session"})
_OPEN = TableRights(_ANYONE, add=_ANYONE, change=_ANYONE)
"""A table without a line here; a test of the architecture finds it."""


@dataclass(frozen=True, slots=True)
class TableAccess:
    """What somebody may do with a table; `reads` and `changes` are columns."""

    reads: frozenset[str]
    changes: frozenset[str]
    counts: bool
    adds: bool
    removes: bool

    @property
    def writes(self) -> bool:
        """Tell whether anything of the table can be changed."""
        return self.adds or self.removes or bool(self.changes)


@cache
def access_of(permissions: frozenset[Permission]) -> Mapping[str, TableAccess]:
    """Return what holders of these permissions may do with each table, by its name."""
    held = permissions | _ANYONE  # the trail is written for whoever asks
    domains = domains_of(held)
    return {
        table.name: _access(table, held)
        for table in Base.metadata.sorted_tables
        if Domain(table.schema or "") in domains
    }


def _access(table: Table, held: frozenset[Permission]) -> TableAccess:
    rights = RIGHTS.get(table.name, _OPEN)
    every = frozenset(table.columns.keys())
    texts = free_columns(table)
    reads = set(rights.glance)
    changes: set[str] = set()
    if texts and SCANNING & held:
        reads |= texts | set(table.primary_key.columns.keys())
    if texts and MASKING & held and table.name not in TRAIL:
        reads |= every
        changes |= maskable_columns(table)
    if rights.readers & held:
        reads |= every
    if rights.change & held:
        changes |= every if rights.changed is None else rights.changed
    return TableAccess(
        frozenset(reads),
        frozenset(changes),
        bool(reads) or bool(COUNTING & held),
        bool(rights.add & held),
        bool(rights.remove & held),
    )
