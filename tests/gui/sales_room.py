"""Small and large stores of orders for the screens of sales, and a window on them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from desktop_app.app import App
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import FrozenClock
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    IncomingPayment,
    OrderStatus,
    PaymentMethod,
    StoredCounts,
)
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import NewVenue

NOW = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)  # a Monday, 19:20 in Baku
OWNER, PASSWORD = "owner", "demo"
BATCH = 5_000


def reception(folder: Path, now: datetime = NOW) -> Reception:
    return Reception(folder, clock=FrozenClock(now), keyring=False)


def new_store(folder: Path) -> App:
    made = reception(folder).create(
        NewVenue("Şirvanşah"), OWNER, PASSWORD, cost=KdfCost.FLOOR, weak_password_allowed=True
    )
    return made.app


def sign_in(folder: Path, name: str = OWNER, now: datetime = NOW) -> App:
    return reception(folder, now).sign_in(name, PASSWORD)


def add_orders(app: App, orders: Iterator[IncomingOrder], source: str = "test") -> None:
    venue = app.call(get_venue)

    def written(tx: Transaction, some: list[IncomingOrder]) -> StoredCounts:
        return store_orders(tx, Batch(venue, source, None, Catalogue.read(tx, venue.id)), some)

    store = Operation("test.store", Permission.IMPORTS_RUN, Kind.COMMAND, written)
    while some := list(islice(orders, BATCH)):
        app.call(store, some)


def plain_orders(count: int, last: datetime = NOW) -> Iterator[IncomingOrder]:
    """Yield orders with one line, a minute apart, the newest last; number 1 is the oldest."""
    for at in range(1, count + 1):
        minor = 500 + at * 37 % 9000
        yield IncomingOrder(
            f"P{at}",
            last - timedelta(minutes=count - at),
            [IncomingLine("Şah plov", 1000, minor, "Plov", unit_price_minor=minor)],
            [IncomingPayment(PaymentMethod.CASH, minor)],
            number=str(at),
            status=OrderStatus.VOID if at % 50 == 0 else OrderStatus.CLOSED,
            sale_type=("Zal", "Paket")[at % 2],
            table=str(at % 40),
            staff_name=f"Ofisiant {at % 7}",
        )


def sale(
    reference: str,
    at: datetime,
    minor: int,
    dish: tuple[str, str] = ("Şah plov", "Plov"),
    status: OrderStatus = OrderStatus.CLOSED,
) -> IncomingOrder:
    return IncomingOrder(
        reference,
        at,
        [IncomingLine(dish[0], 1000, minor, dish[1], unit_price_minor=minor, gross_minor=minor)],
        [IncomingPayment(PaymentMethod.CASH, minor)],
        number=reference,
        status=status,
    )


def feast(reference: str, at: datetime) -> IncomingOrder:
    """Return an order that has everything: variants, modifiers, discount, a card."""
    return IncomingOrder(
        reference,
        at,
        [
            IncomingLine(
                "Çay",
                2000,
                900,
                "Çay və qəhvə",
                variant="Armudu",
                unit_price_minor=500,
                gross_minor=1000,
                discount_minor=100,
                modifiers="limon, nanə",
                note="isti olsun",
            ),
            IncomingLine("Şah plov", 1000, 2500, "Plov", unit_price_minor=2500, gross_minor=2500),
        ],
        [IncomingPayment(PaymentMethod.CARD, 3400, "Visa", "4242")],
        closed_at=at + timedelta(minutes=50),
        number=reference,
        sale_type="Zal",
        table="7",
        guests=2,
        customer_ref="leyla",
        customer_name="Leyla Əliyeva",
        staff_name="Nigar",
    )


def close(qtbot, window) -> None:
    """Close a window, also while its pages still ask."""
    if not window._leaving:
        qtbot.waitUntil(lambda: not window.jobs.rows, timeout=20_000)  # else it asks before closing
        with qtbot.waitSignal(window.closed, timeout=20_000):
            window.close()
