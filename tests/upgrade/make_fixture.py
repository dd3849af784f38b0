"""Make the store of an older program, for upgrades to be tried on.

`python -m tests.upgrade.make_fixture schema-0003`, run once with that program (check its commit out
and copy `tests/upgrade` and `tests/support/postgres.py` over it), and never again: the folder
`store-<name>` is what its users have on their disks, `server-<name>` what they have on a server.
The password opens nothing else.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_app.app import App
from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.storing import store_customers
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.transaction import Transaction
from desktop_app.db.upgrade import HEAD
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import IncomingLine, IncomingOrder, IncomingPayment, PaymentMethod
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.sign_in import Reception, Server
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import change_setting, the_venue
from desktop_app.venue.records import NewVenue

OWNER, STAFF = "Aysel", "Lalə"
PASSWORD = "saffron kettle twelve lanterns"
CUSTOMER = "Məmmədov İlqar"
ORDERS, CUSTOMERS, REVENUE = 40, 5, 40 * 1250
OPENED = datetime(2026, 11, 3, 8, tzinfo=UTC)
FACTS = "facts.json"
_TRADE = "0003"
"""The schema from which on there is more than sales."""
_LEFT = ("*-journal", "keys.lock", "keys.json.prev", "server-ca.pem")


@dataclass(frozen=True)
class Fixture:
    """A store as an older program left it."""

    version: str

    @property
    def folder(self) -> Path:
        return Path(__file__).with_name(f"store-{self.version}")

    @property
    def on_server(self) -> Path:
        return Path(__file__).with_name(f"server-{self.version}")

    def facts(self, folder: Path) -> Mapping[str, Any] | None:
        """Return what that program said was in it; None for one that knew of sales only."""
        file = folder / FACTS
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def make(folder: Path, server: Server | None = None) -> None:
    """Make the store in `folder`."""
    clock = FrozenClock(OPENED)
    reception = Reception(folder, clock=clock, keyring=False)
    venue = NewVenue("Qız Qalası")
    made = reception.create(venue, OWNER, PASSWORD, server=server, cost=KdfCost.FLOOR)
    with made.app as app:
        app._store.keys.unlocked.add_user(STAFF, Role.STAFF, PASSWORD)
        app.call(Operation("exchange.import_files", Permission.IMPORTS_RUN, Kind.COMMAND, _fill))
        app.call(change_setting, "documents.language", "en")
        if HEAD >= _TRADE:
            _trade(app, clock, folder)


def _trade(app: App, clock: FrozenClock, folder: Path) -> None:
    from tests.upgrade.trade import fill_trade, what_is_there

    fill_trade(app, clock)
    facts = json.dumps(what_is_there(app), ensure_ascii=False, indent=1)
    (folder / FACTS).write_text(facts + "\n", encoding="utf-8")


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


def _make_on_server(name: str) -> None:
    from tests.support.postgres import PostgresCluster
    from tests.upgrade.on_server import dump, prepare

    target = Fixture(name).on_server
    shutil.rmtree(target, ignore_errors=True)
    with PostgresCluster() as server:
        make(target, prepare(server, name))
        dump(server, name, target)
    _tidy(target)


def _tidy(folder: Path) -> None:
    for left in (one for pattern in _LEFT for one in folder.glob(pattern)):
        left.unlink(missing_ok=True)
    size = sum(p.stat().st_size for p in folder.iterdir())
    sys.stdout.write(f"{size} bytes in {folder.name}\n")


if __name__ == "__main__":
    wanted = sys.argv[1]
    shutil.rmtree(Fixture(wanted).folder, ignore_errors=True)
    make(Fixture(wanted).folder)
    _tidy(Fixture(wanted).folder)
    _make_on_server(wanted)
