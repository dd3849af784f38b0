"""Stores of every release open with this program, and nothing in them is lost."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.access.operations import list_events, verify_trail
from desktop_app.access.records import EventFilter
from desktop_app.access.users import list_users
from desktop_app.customers.ledger import correct_balance
from desktop_app.customers.operations import find_customers, get_customer
from desktop_app.customers.records import Account
from desktop_app.db.carrying import CARRIED, UPGRADED, Carrying
from desktop_app.db.operation import REGISTRY, Kind, Operation
from desktop_app.db.upgrade import HEAD, revision
from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import ConflictError, NotAllowedError
from desktop_app.orders.operations import count_orders, get_order, list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sign_in import Reception
from desktop_app.venue.operations import get_settings, get_venue
from tests.database.test_venue_limits import QUERIES
from tests.support.pages import decrypted
from tests.support.postgres import PostgresServer
from tests.support.sold import by_size_on_receipts, sizes_on_receipts, sold_by_size, sold_sizes
from tests.upgrade.make_fixture import (
    CUSTOMER,
    CUSTOMERS,
    OPENED,
    ORDERS,
    OWNER,
    PASSWORD,
    REVENUE,
    STAFF,
    Fixture,
)
from tests.upgrade.on_server import bring_back, take_away
from tests.upgrade.trade import what_is_there

LIMIT = 800_000
"""Octets: an empty table takes a page of its own, and the third schema has two hundred."""
FIRST_EVENTS = [
    *("venue.open_venue", "access.note_sign_in", "exchange.import_files", "venue.change_setting"),
]
OLD_HEAD = "3c2587d157c825ce535d3eae8306a22d9f62346670dd973ee00e1d3b64e65f7b"
SCHEMAS = {"0.1.0": "0001", "schema-0002": "0002", "schema-0003": "0003"}
"""The stores that are kept, and their schemas; each of these was somebody's."""
KEPT = [
    *(pytest.param(("store", name), id=name) for name in SCHEMAS),
    *(
        pytest.param(("server", name), id=f"{name}-server", marks=pytest.mark.postgres)
        for name in ("schema-0002", "schema-0003")
    ),
]


@pytest.fixture
def kept(request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock) -> Iterator[Reception]:
    kind, name = request.param if isinstance(request.param, tuple) else ("store", request.param)
    fixture, folder = Fixture(name), tmp_path / "store"
    clock.at += timedelta(days=4)  # after the last that was done in it
    if kind == "store":
        shutil.copytree(fixture.folder, folder)
        yield Reception(folder, clock=clock, keyring=False)
        return
    shutil.copytree(fixture.on_server, folder)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    bring_back(server, name, folder)
    try:
        yield Reception(folder, clock=clock, keyring=False)
    finally:
        take_away(server, name, folder)


def _name(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.params["kept"][1])


def test_every_kept_store_is_tried() -> None:
    folders = {path.name for path in Path(__file__).parent.glob("store-*")}
    assert folders == {f"store-{name}" for name in SCHEMAS}
    assert int(HEAD) == len(SCHEMAS) + 1


@pytest.mark.parametrize("version", SCHEMAS)
def test_a_fixture_stays_small(version: str) -> None:
    for folder in (Fixture(version).folder, Fixture(version).on_server):
        assert sum(path.stat().st_size for path in folder.glob("*")) < LIMIT


@pytest.mark.parametrize("kept", KEPT, indirect=True)
def test_a_store_of_an_older_program_opens_with_everything_in_it(
    kept: Reception, request: pytest.FixtureRequest
) -> None:
    with kept.sign_in(OWNER, PASSWORD) as app:
        assert revision(app._store.engine) == HEAD
        assert app.call(get_venue).name == "Qız Qalası"
        assert app.call(get_settings)["documents.language"] == "en"
        imported = OrderFilter(first_day=20261103, last_day=20261105)
        assert app.call(count_orders, imported, cap=None) == ORDERS
        for dimension in Dimension:
            days = Period(20261103, 20261105)
            assert app.call(sales_by, dimension, days).total.revenue_minor == REVENUE
        newest = app.call(get_order, app.call(list_orders, imported).rows[0].id)
        assert (newest.lines[0].name, newest.payments[0].card_last4) == ("Plov", "4242")
        (found,) = app.call(find_customers, "ilqar").rows
        assert found.name == CUSTOMER
        assert app.call(get_customer, found.id).created_at == OPENED
        checked = app.call(verify_trail, full=True)
        assert checked.ok
        assert checked.rows_checked >= 3 * ORDERS
        (upgraded,) = app.call(list_events, EventFilter(operation=UPGRADED))
        assert (upgraded.actor, upgraded.signed) == (OWNER, True)
        schema = SCHEMAS[_name(request)]
        assert (upgraded.detail["from"], upgraded.detail["to"]) == (schema, HEAD)
        users = {user.name: user.role for user in app.call(list_users)}
        assert users == {OWNER: Role.OWNER, STAFF: Role.STAFF}


@pytest.mark.parametrize("kept", KEPT, indirect=True)
def test_totals_are_what_they_were(kept: Reception, request: pytest.FixtureRequest) -> None:
    facts = Fixture(_name(request)).facts(kept.folder)
    with kept.sign_in(OWNER, PASSWORD) as app:
        now = what_is_there(app)
        ask = Operation("test.ask", Permission.ANYONE, Kind.QUERY, sizes_on_receipts)
        sold = app.call(ask)
        assert sold
        assert app.call(replace(ask, body=sold_sizes)) == sold
        by_size = app.call(replace(ask, body=by_size_on_receipts))
        assert app.call(replace(ask, body=sold_by_size)) == by_size
    if facts is None:
        assert set(now["sales"].values()) == {REVENUE}
        assert (now["shifts"], now["stock"], now["money"]) == ([], [], [])
        assert len(now["customers"]) == CUSTOMERS
        return
    assert set(facts.pop("gaps")) <= set(now.pop("gaps"))
    assert {key: now[key] for key in facts} == facts


@pytest.mark.parametrize("kept", KEPT, indirect=True)
def test_every_list_opens_after_the_upgrade(kept: Reception) -> None:
    everything = {name: calls[0] for name, calls in QUERIES.items()} | {
        name: () for name, op in REGISTRY.items() if op.kind is Kind.QUERY and _is_bare(op)
    }
    everything.pop("sales.x_report")  # only where a shift is open
    with kept.sign_in(OWNER, PASSWORD) as app:
        for name, args in everything.items():
            app.call(REGISTRY[name], *args)
        customer = app.call(find_customers, "Customer 1").rows[0]
        app.call(correct_balance, customer.id, Account.BONUS, 100, "works")
    with kept.sign_in(OWNER, PASSWORD) as app:
        assert app.call(verify_trail, full=True).ok


def _is_bare(op: Operation[..., object]) -> bool:
    """Tell whether a query can be asked without saying anything."""
    given = list(inspect.signature(op.body).parameters.values())[1:]
    return all(one.default is not inspect.Parameter.empty for one in given)


@pytest.mark.parametrize("kept", ["0.1.0"], indirect=True)
def test_staff_sign_in_after_the_owner_has(kept: Reception) -> None:
    before = {path.name: path.read_bytes() for path in kept.folder.glob("*.db")}
    with pytest.raises(ConflictError) as refused:
        kept.sign_in(STAFF, PASSWORD)
    assert str(refused.value.hint) == "The owner has to sign in once with this program."
    assert {path.name: path.read_bytes() for path in kept.folder.glob("*.db")} == before
    kept.sign_in(OWNER, PASSWORD).close()
    with kept.sign_in(STAFF, PASSWORD) as app:
        assert app.call(count_orders, OrderFilter()) == ORDERS
    with pytest.raises(NotAllowedError):
        kept.sign_in(STAFF, "wrong")


@pytest.mark.parametrize("kept", ["0.1.0"], indirect=True)
def test_the_trail_of_the_first_release_is_carried_over_sealed(kept: Reception) -> None:
    with kept.sign_in(OWNER, PASSWORD) as app:
        assert app.call(verify_trail, full=True).ok
        events = app.call(list_events)[::-1]
        carried = next(e for e in events if e.operation == CARRIED)
        assert [e.operation for e in events[: carried.seq - 1]] == FIRST_EVENTS
        assert (carried.signed, carried.detail["events"]) == (True, carried.seq - 1)
        assert carried.detail["broken_at"] is None
        assert carried.detail["head"] == OLD_HEAD
        assert app.call(list_events, EventFilter("exchange."))[0].changes > 0
        key = app._store.keys.unlocked.domain_keys[Domain.OPS].reveal()
    assert b"change_setting" not in decrypted(kept.folder / "ops.db", key)


@pytest.mark.parametrize("kept", ["0.1.0"], indirect=True)
def test_an_upgrade_that_is_killed_leaves_the_old_trail(
    kept: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_self: Carrying, _connection: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Carrying, "finish", cut)
        with pytest.raises(KeyboardInterrupt):
            kept.sign_in(OWNER, PASSWORD)
    with kept.sign_in(OWNER, PASSWORD) as app:
        assert app.call(verify_trail).ok
        assert sum(e.operation == CARRIED for e in app.call(list_events)) == 1
