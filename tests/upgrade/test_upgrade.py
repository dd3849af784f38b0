"""Stores of every release open with this program, and nothing in them is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.access.operations import list_events, verify_trail
from desktop_app.access.records import EventFilter
from desktop_app.access.users import list_users
from desktop_app.backup.checking import count_rows
from desktop_app.customers.operations import find_customers, get_customer
from desktop_app.db.carrying import CARRIED, UPGRADED, Carrying
from desktop_app.db.upgrade import HEAD, revision
from desktop_app.kernel.access import Domain, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import ConflictError, NotAllowedError
from desktop_app.orders.operations import count_orders, get_order, list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sign_in import Reception
from desktop_app.venue.operations import get_settings, get_venue
from tests.support.pages import decrypted
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

LIMIT = 300_000
FIRST_EVENTS = [
    *("venue.open_venue", "access.note_sign_in", "exchange.import_files", "venue.change_setting"),
]
OLD_HEAD = "3c2587d157c825ce535d3eae8306a22d9f62346670dd973ee00e1d3b64e65f7b"
RELEASES = sorted(
    path.name.removeprefix("store-") for path in Path(__file__).parent.glob("store-*")
)


@pytest.fixture
def kept(request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock) -> Reception:
    shutil.copytree(Fixture(request.param).folder, tmp_path / "store")
    return Reception(tmp_path / "store", clock=clock, keyring=False)


def test_there_is_a_store_of_the_first_release() -> None:
    assert "0.1.0" in RELEASES


@pytest.mark.parametrize("version", RELEASES)
def test_a_fixture_stays_small(version: str) -> None:
    files = [path for path in Fixture(version).folder.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LIMIT


@pytest.mark.parametrize("kept", RELEASES, indirect=True)
def test_a_store_of_a_release_opens_with_everything_in_it(kept: Reception) -> None:
    with kept.sign_in(OWNER, PASSWORD) as app:
        assert revision(app._store.engine) == HEAD
        assert app.call(get_venue).name == "Qız Qalası"
        assert app.call(get_settings)["documents.language"] == "en"
        assert app.call(count_orders, OrderFilter(), cap=None) == ORDERS
        for dimension in Dimension:
            assert app.call(sales_by, dimension, Period()).total.revenue_minor == REVENUE
        newest = app.call(get_order, app.call(list_orders, OrderFilter()).rows[0].id)
        assert (newest.lines[0].name, newest.payments[0].card_last4) == ("Plov", "4242")
        (found,) = app.call(find_customers, "ilqar").rows
        assert found.name == CUSTOMER
        assert app.call(get_customer, found.id).created_at == OPENED
        assert app.call(count_rows)["customer"] == CUSTOMERS
        checked = app.call(verify_trail, full=True)
        assert (checked.ok, checked.rows_checked) == (True, 3 * ORDERS)
        (upgraded,) = app.call(list_events, EventFilter(operation=UPGRADED))
        assert (upgraded.actor, upgraded.signed) == (OWNER, True)
        assert (upgraded.detail["from"], upgraded.detail["to"]) == ("0001", HEAD)
        users = {user.name: user.role for user in app.call(list_users)}
        assert users == {OWNER: Role.OWNER, STAFF: Role.STAFF}


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
