"""The one door: permission, one transaction, one event; and nothing beside it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, insert, select, text, update

from desktop_app.app import App
from desktop_app.customers.records import ContactKind, IncomingCustomer
from desktop_app.customers.tables import Customer, CustomerContact, CustomerGroup
from desktop_app.db.choices import StoredSetting
from desktop_app.db.operation import REGISTRY, Job, Kind, Operation
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import (
    InvalidError,
    NotAllowedError,
    NotFoundError,
    StoppedError,
)
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.menu.tables import Category, Product
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.orders.tables import Order
from desktop_app.staff.tables import Salary
from desktop_app.venue.operations import change_setting, get_settings, open_venue
from desktop_app.venue.records import NewVenue
from tests.database.shop import NOBODY, Shop, a_query, command, enter, order, sell


def test_every_operation_refuses_an_actor_without_its_permission(shop: Shop) -> None:
    nobody = shop.another(actor=NOBODY)
    before = len(shop.events())
    for name, real in sorted(REGISTRY.items()):
        entered: list[object] = []
        probe = replace(real, body=lambda *_, entered=entered: entered.append(1))
        with pytest.raises(NotAllowedError):
            nobody.call(probe)
        assert entered == [], name
    refused = shop.events()[before:]
    assert [(e["operation"], e["outcome"], e["actor"]) for e in refused] == [
        (name, "refused", "nobody") for name in sorted(REGISTRY)
    ]
    assert all(
        event["detail"] == {"permission": REGISTRY[event["operation"]].permission.value}
        for event in refused
    )
    shop.check_trail()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_a_role_is_refused_exactly_what_it_was_not_given(shop: Shop, role: Role) -> None:
    app = shop.as_role(role)
    for name, real in sorted(REGISTRY.items()):
        probe = replace(real, body=lambda *_: "entered")
        if real.permission in BUILT_IN[role].permissions:
            app.gate.confirmations.give(name, "password")
            assert app.call(probe) == "entered", name
        else:
            with pytest.raises(NotAllowedError, match="Your role does not allow"):
                app.call(probe)
    shop.check_trail()


@pytest.mark.parametrize("op", REGISTRY.values(), ids=REGISTRY)
def test_operations_cannot_be_called_around_the_application(op: Operation) -> None:
    assert not callable(op)


def test_an_operation_of_the_same_name_cannot_be_registered_twice() -> None:
    from desktop_app.db.operation import _register

    with pytest.raises(RuntimeError, match="defined twice"):
        _register(REGISTRY["venue.get_venue"])


def test_a_command_leaves_one_event_with_what_was_and_what_is(shop: Shop) -> None:
    before = len(shop.events())
    shop.app.call(change_setting, "window.lock_after_minutes", "10")
    shop.app.call(change_setting, "window.lock_after_minutes", "20")
    first, second = shop.events()[before:]
    assert (first["operation"], first["outcome"]) == ("venue.change_setting", "done")
    assert (first["actor"], first["role"]) == ("Aysel", "owner")
    assert shop.changes(first["seq"]) == [
        ("setting", "add", {"name": [None, "window.lock_after_minutes"], "value": [None, "10"]})
    ]
    assert shop.changes(second["seq"]) == [("setting", "change", {"value": ["10", "20"]})]


def test_choosing_the_same_value_again_leaves_an_event_without_changes(shop: Shop) -> None:
    shop.app.call(change_setting, "window.lock_after_minutes", "10")
    shop.app.call(change_setting, "window.lock_after_minutes", "10")
    assert shop.changes(shop.events()[-1]["seq"]) == []
    shop.check_trail()


def test_removing_a_row_is_recorded_and_counted(shop: Shop) -> None:
    key = (1, date(2026, 11, 1))
    paid = Salary(employee_id=key[0], since=key[1], monthly_minor=5)
    shop.app.call(command(lambda tx: tx.add(paid) and None))
    shop.check_counts()
    shop.app.call(command(lambda tx: tx.remove(tx.get(Salary, key))))
    table, action, fields = shop.changes(shop.events()[-1]["seq"])[0]
    assert (table, action) == ("salary", "remove")
    assert "5" not in str(fields)
    assert shop.kept_counts()["salary"] == 0
    shop.check_counts()
    shop.check_trail()


CANARIES = (
    "Məmmədov",
    "+994501234567",
    "canary@example.az",
    "Nizami",
    "1234567890",
    "qoz",
    "19800101",
)


def test_personal_values_never_reach_the_trail(shop: Shop) -> None:
    person = IncomingCustomer(
        "C1", "Məmmədov Ilqar", phone="+994501234567", email="canary@example.az",
        address="Nizami küçəsi 1", tax_id="1234567890", note="qoza allergiya", balance_minor=424242,
    )  # fmt: skip
    number = enter(shop.app, person)["C1"]

    def edit(tx) -> None:
        customer = tx.get(Customer, number)
        customer.name = "Məmmədova Nizami"
        customer.note = "qozsuz"
        for contact in tx.objects(
            select(CustomerContact).where(CustomerContact.customer_id == number)
        ):
            contact.value = contact.value.replace("canary", "canary2")
        tx.add(
            CustomerContact(
                customer_id=number, line_no=9, kind=ContactKind.EMAIL, value="x-canary@example.az",
                preferred=False,
            )
        )  # fmt: skip

    shop.app.call(command(edit))
    sell(shop.app, [order(1, customer_ref="C2", customer_name="Məmmədov Nizami", note="qozsuz")])
    trail = shop.trail_text()
    assert [canary for canary in CANARIES if canary in trail] == []
    assert "424242" not in trail
    edited = [c for c in shop.changes() if c[0] == "customer" and c[1] == "change"]
    assert edited == [
        ("customer", "change", {"name": "(not kept)", "note": "(not kept)"}),
    ]
    shop.check_trail()


def test_a_failed_command_leaves_nothing(shop: Shop) -> None:
    before = shop.events(), shop.real_counts()

    def half(tx) -> None:
        tx.add(CustomerGroup(id=tx.ids.one(), name="Regulars"))
        tx.import_rows(Category, ("id", "venue_id", "name", "place"), [(1, 1, "Soup", 1)])
        tx.get(Order, 12345)

    with pytest.raises(NotFoundError):
        shop.app.call(command(half))
    with pytest.raises(InvalidError):
        shop.app.call(open_venue, NewVenue("   "))
    assert (shop.events(), shop.real_counts()) == before
    shop.check_trail()


@pytest.mark.parametrize(
    "statement",
    [
        update(Product).values(active=False),
        delete(Product),
        insert(Product).values(id=1, venue_id=1, name="x"),
        Product.__table__.delete(),
        text("DELETE FROM product"),
        text("SELECT 1"),
    ],
    ids=["update", "delete", "insert", "core", "text", "text select"],
)
def test_bulk_and_textual_sql_is_refused(shop: Shop, statement: object) -> None:
    before = shop.events()
    with pytest.raises(RuntimeError, match="bypass"):
        shop.app.call(command(lambda tx: tx._session.execute(statement)))
    assert shop.events() == before


@pytest.mark.parametrize(
    "body",
    [
        lambda tx: tx.add(StoredSetting(name="a", value="b")),
        lambda tx: tx.add_all([StoredSetting(name="a", value="b")]),
        lambda tx: tx.import_rows(StoredSetting, ("name", "value"), [("a", "b")]),
        lambda tx: tx.add_to_sums(StoredSetting, {("a",): [1]}),
    ],
    ids=["add", "add_all", "import_rows", "add_to_sums"],
)
def test_a_query_cannot_write(shop: Shop, body) -> None:
    with pytest.raises(RuntimeError, match="a query tried to write"):
        shop.app.call(a_query(body))
    assert shop.rows(StoredSetting) == []


def test_an_object_changed_in_a_query_is_not_saved(shop: Shop) -> None:
    shop.app.call(change_setting, "window.lock_after_minutes", "10")

    def sneaky(tx) -> None:
        tx.get(StoredSetting, "window.lock_after_minutes").value = "99"

    shop.app.call(a_query(sneaky))
    assert shop.app.call(get_settings)["window.lock_after_minutes"] == "10"


def test_a_query_leaves_no_event(shop: Shop) -> None:
    before = shop.events()
    shop.app.call(get_settings)
    assert shop.events() == before


def _job(body) -> Operation:
    return Operation("test.task", Permission.ANYONE, Kind.TASK, body)


def test_stopping_a_task_leaves_the_days_that_were_whole(shop: Shop) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def body(job: Job) -> None:
        for day in range(10):
            with job.transaction() as tx:
                tx.add(StoredSetting(name=f"day{day}", value="x"))
            if day == 4:
                reached.set()
                assert go_on.wait(10)
            job.progress.advance()

    before = len(shop.events())
    running = shop.app.start(_job(body))
    assert reached.wait(10)
    assert running.progress.snapshot().done == 4
    running.progress.cancel()
    go_on.set()
    with pytest.raises(StoppedError):
        running.future.result(10)
    assert [row["name"] for row in shop.rows(StoredSetting)] == [f"day{n}" for n in range(5)]
    assert len(shop.events()) == before + 5
    shop.check_counts()


def test_closing_the_application_stops_what_runs_and_waits_for_it(shop: Shop) -> None:
    reached, stopped = threading.Event(), threading.Event()
    app = shop.another()

    def body(job: Job) -> None:
        reached.set()
        try:
            while True:
                job.progress.checkpoint()
        finally:
            stopped.set()

    running = app.start(_job(body))
    assert reached.wait(10)
    app.close()
    assert stopped.is_set()
    assert isinstance(running.future.exception(0), StoppedError)


def test_reading_does_not_wait_for_a_writer(shop: Shop) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def body(job: Job) -> None:
        with job.transaction() as tx:
            tx.add(StoredSetting(name="a", value="b"))
            reached.set()
            assert go_on.wait(10)

    running = shop.app.start(_job(body))
    assert reached.wait(10)
    assert shop.app.call(count_orders, OrderFilter()) == 0
    assert len(shop.rows(StoredSetting)) == 0
    go_on.set()
    running.future.result(10)
    assert len(shop.rows(StoredSetting)) == 1


def test_a_change_is_told_with_the_names_of_the_tables(shop: Shop) -> None:
    told: list[frozenset[str]] = []
    shop.app.on_change = told.append
    shop.app.call(change_setting, "window.lock_after_minutes", "10")
    sell(shop.app, [order(1)])
    shop.app.call(get_settings)
    with pytest.raises(InvalidError):
        shop.app.call(change_setting, "window.lock_after_minutes", "x")
    assert told[0] == {"setting", "audit_event"}
    assert told[1] >= {"pos_order", "order_line", "payment", "product", "sales_hour"}
    assert len(told) == 2


def test_a_change_is_told_only_after_it_can_be_read(shop: Shop) -> None:
    seen: list[int] = []
    reader = shop.another()
    shop.app.on_change = lambda _touched: seen.append(reader.call(count_orders, OrderFilter()))
    sell(shop.app, [order(1)])
    assert seen == [1]


def test_an_import_is_one_event_with_the_number_of_rows(app: App, shop: Shop) -> None:
    sell(app, [order(n)._replace(reference=f"receipt-{n}") for n in range(50)])
    changes = {(t, a): f for t, a, f in shop.changes(shop.events()[-1]["seq"])}
    assert changes["product", "import"].keys() == {"rows"}
    for table in ("pos_order", "order_line"):  # rows about money are sealed as well
        assert changes[table, "import"].keys() == {"rows", "seal"}
        assert changes[table, "import"]["rows"] == 50
    assert "receipt-1" not in shop.trail_text()  # longer than what a seal could spell by chance
    shop.check_counts()
    shop.check_trail()
