"""Make the store of a release, for upgrades to be tried on: `python -m tests.upgrade.make_fixture`.

Run it once for a release, with that release's program, and never again: the folder
`store-<version>` is what its users have on their disks. The password opens nothing else.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_app import __version__
from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.storing import store_customers
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import IncomingLine, IncomingOrder, IncomingPayment, PaymentMethod
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import change_setting, the_venue
from desktop_app.venue.records import NewVenue

OWNER, STAFF = "Aysel", "Lalə"
PASSWORD = "saffron kettle twelve lanterns"
CUSTOMER = "Məmmədov İlqar"
ORDERS, CUSTOMERS, REVENUE = 40, 5, 40 * 1250
OPENED = datetime(2026, 11, 3, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Fixture:
    """A store as a release left it."""

    version: str

    @property
    def folder(self) -> Path:
        return Path(__file__).with_name(f"store-{self.version}")


def make(folder: Path) -> None:
    """Make the store in `folder`."""
    reception = Reception(folder, clock=FrozenClock(OPENED), keyring=False)
    made = reception.create(NewVenue("Qız Qalası"), OWNER, PASSWORD, cost=KdfCost.FLOOR)
    with made.app as app:
        app._store.keys.unlocked.add_user(STAFF, Role.STAFF, PASSWORD)
        app.call(Operation("exchange.import_files", Permission.IMPORTS_RUN, Kind.COMMAND, _fill))
        app.call(change_setting, "documents.language", "en")


def _fill(tx: Transaction) -> None:
    customers = [
        IncomingCustomer(f"C{n}", CUSTOMER if n == 0 else f"Customer {n}", balance_minor=n * 100)
        for n in range(CUSTOMERS)
    ]
    store_customers(tx, "fixture", customers)
    line = IncomingLine("Plov", 1000, 1250, category="İsti", unit_price_minor=1250)
    orders = [
        IncomingOrder(
            f"R{n}",
            OPENED + timedelta(hours=n),
            [line],
            [IncomingPayment(PaymentMethod.CARD, 1250, "Visa", "4242")],
            customer_ref=f"C{n % CUSTOMERS}",
            staff_name="Rauf",
        )
        for n in range(ORDERS)
    ]
    venue = the_venue(tx)
    store_orders(tx, Batch(venue, "fixture", None, Catalogue.read(tx, venue.id)), orders)


if __name__ == "__main__":
    target = Fixture(__version__).folder
    shutil.rmtree(target, ignore_errors=True)
    make(target)
    for left in (*target.glob("*-journal"), target / "keys.lock", target / "keys.json.prev"):
        left.unlink(missing_ok=True)
    sys.stdout.write(f"{sum(p.stat().st_size for p in target.iterdir())} bytes in {target.name}\n")
