"""What somebody needs who enters a receipt: what is sold, and what it comes to."""

from __future__ import annotations

from sqlalchemy import select

from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.text import fold
from desktop_app.menu.price_lists import sale_menu
from desktop_app.orders import listing
from desktop_app.orders.records import OrderFilter
from desktop_app.sales.counter_records import Counter, Good, Quote
from desktop_app.sales.entering import priced
from desktop_app.sales.records import NewSale
from desktop_app.sales.tills import tills_of
from desktop_app.staff.tables import Employee
from desktop_app.venue.operations import the_venue

_AMONG = 1000


@query(Permission.ORDERS_READ)
def get_counter(tx: Transaction) -> Counter:
    """Return what is sold and by whom, and the tables and types of sale of the newest receipts."""
    venue = the_venue(tx)
    menu = sale_menu(tx)
    goods = [
        Good(
            one.id, one.name, one.category, one.barcode, one.unit, one.sizes, one.left,
            one.choices, one.terms,
        )
        for one in menu.products.values()
        if one.sizes
    ]  # fmt: skip
    newest = listing.page(OrderFilter(), None, _AMONG).subquery()
    seen = tx.rows(select(newest.c.sale_type, newest.c.table_name).distinct())
    waiters = tx.rows(
        select(Employee.id, Employee.name)
        .where(Employee.active, Employee.venue_id == venue.id)
        .order_by(Employee.name, Employee.id)
    )
    return Counter(
        sorted(goods, key=lambda one: fold(one.name)),
        sorted({table for _kind, table in seen if table}, key=_by_number),
        sorted({kind for kind, _table in seen if kind}),
        [(id_, name) for id_, name in waiters],
        [(one.id, one.name) for one in menu.prices.lists],
        [one for one in tills_of(tx, venue) if one.active],
    )


@query(Permission.ORDERS_READ)
def quote_sale(tx: Transaction, sale: NewSale) -> Quote:
    """Return what a receipt would come to; InvalidError as `enter_sale`, but for its payments."""
    found = priced(tx, sale)
    return Quote(found.prices, found.usual, found.sums)


def _by_number(table: str) -> tuple[int, str]:
    digits = "".join(one for one in table if one.isdecimal() and one.isascii())
    return int(digits[:9] or 0), table
