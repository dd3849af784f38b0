"""No card number gets into the store: refused at every text column, found where it lies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, inspect

from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.tables import Customer, CustomerGroup, CustomerToken
from desktop_app.db.base import Base
from desktop_app.db.card_guard import free_attributes, is_free_text
from desktop_app.db.card_writes import CardAllowance
from desktop_app.db.seal import enter as enter_event
from desktop_app.db.trail import Event
from desktop_app.db.types import Day, UtcMillis, Word
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import InvalidError, StoppedError
from desktop_app.kernel.job import Progress
from desktop_app.menu.tables import Category, Product
from desktop_app.orders.records import IncomingLine
from desktop_app.orders.tables import Order, OrderLine
from desktop_app.security.operations import allow_text, last_card_scan, mask_cards, scan_cards
from desktop_app.venue.operations import get_venue
from tests.database.shop import MORNING, Shop, command, confirmed, enter, order, sell, sql

PAN = "4242 4242 4242 4242"
MASKED = "•••• 4242"
CVV = "CVV: 123"
MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__)


def _value(column: Any) -> Any:
    kind = column.type
    if isinstance(kind, Word):
        return next(iter(kind.words))
    if isinstance(kind, UtcMillis):
        return MORNING
    if isinstance(kind, Day):
        return date(2026, 11, 2)
    if isinstance(kind, Boolean):
        return False
    return 7 if kind.python_type is int else "x" if kind.python_type is str else {}


def _filled(mapper: Any, name: str, text: Any) -> Base:
    values = {attr.key: _value(attr.columns[0]) for attr in mapper.column_attrs}
    made: Base = mapper.class_(**values | {name: text})
    return made


def test_every_text_column_refuses_card_data_and_nothing_is_saved(shop: Shop) -> None:
    before = shop.real_counts(), len(shop.events())
    tried = 0
    for mapper in MAPPERS:
        for name in free_attributes(mapper):
            for text in (PAN, f"not {CVV}", {"deep": [PAN]}):
                with pytest.raises(InvalidError) as refused:
                    shop.app.call(
                        command(lambda tx, m=mapper, n=name, t=text: tx.add(_filled(m, n, t)))
                    )
                assert refused.value.field == name
                assert "4242 4242" not in str(refused.value)
                tried += 1
    assert tried > 100
    assert (shop.real_counts(), len(shop.events())) == before


def test_every_text_column_refuses_card_data_that_comes_in_bulk(shop: Shop) -> None:
    before = shop.real_counts(), len(shop.events())
    for mapper in MAPPERS:
        for name in free_attributes(mapper):
            column = mapper.attrs[name].columns[0].key
            rows = [(f"x{number}",) for number in range(50)] + [(f"kart {PAN} ok",)]
            with pytest.raises(InvalidError) as refused:
                shop.app.call(
                    command(
                        lambda tx, m=mapper, c=column, r=rows: tx.import_rows(m.class_, (c,), r)
                    )
                )
            assert refused.value.field == column
    assert (shop.real_counts(), len(shop.events())) == before


def test_columns_with_a_type_of_their_own_are_few_and_named() -> None:
    typed = {
        f"{mapper.class_.__tablename__}.{attr.columns[0].name}"
        for mapper in MAPPERS
        for attr in mapper.column_attrs
        if attr.columns[0].info["typed"]
    }
    assert {"pos_order.number", "payment.reference", "product.reference"} <= typed
    for free in ("pos_order.note", "customer.note", "venue.phone", "order_line.modifiers"):
        assert free not in typed


def test_order_numbers_barcodes_and_phones_are_written_as_they_are(shop: Shop) -> None:
    number = "4242424242424242"
    line = IncomingLine("Çay", 1000, 250, category="İçkilər", product_ref="4006381333931")
    sell(shop.app, [order(1, line, number=number, terminal=number, note="tel +994501234567")])
    (row,) = shop.rows(Order)
    assert (row["number"], row["terminal"], row["note"]) == (number, number, "tel +994501234567")


def test_a_change_of_a_row_is_refused_too_and_the_row_stays(shop: Shop) -> None:
    group = shop.app.call(command(lambda tx: tx.add(CustomerGroup(id=tx.ids.one(), name="VIP")).id))

    def rename(tx: Any) -> None:
        tx.get(CustomerGroup, group).name = f"VIP {PAN}"

    with pytest.raises(InvalidError, match="•••• 4242"):
        shop.app.call(command(rename))
    assert [row["name"] for row in shop.rows(CustomerGroup)] == ["VIP"]


def test_what_an_operation_says_in_the_trail_is_masked(shop: Shop) -> None:
    shop.app.call(
        command(lambda tx: tx.about(f"order {PAN}", asked={"by": [f"kart {PAN}"]}, code=CVV))
    )
    assert PAN not in shop.trail_text()
    assert MASKED in shop.trail_text()
    assert "CVV: •••" in shop.trail_text()


def test_what_is_no_operation_is_masked_in_the_trail_too(shop: Shop) -> None:
    app = shop.app
    enter_event(app._store, app.actor, Event("test.event", "done", f"by {PAN}", {"typed": PAN}))
    assert PAN not in shop.trail_text()
    assert shop.trail_text().count(MASKED) == 2
    shop.check_trail()


def _write_around(shop: Shop) -> None:
    """Bring card data in as an old program did: around the checks."""
    sell(shop.app, [order(number) for number in range(1, 4)])
    enter(shop.app, IncomingCustomer("C1", "Əli Həsənov"))
    with shop.around(write=True) as connection:
        sql(connection, "UPDATE ops.order_line SET note = :t", t=f"kart {PAN}")
        sql(connection, "UPDATE ops.category SET name = :t", t="4242424242424242")
        sql(connection, "UPDATE people.customer SET note = :t", t=f"{PAN} {CVV}")
        sql(
            connection,
            "INSERT INTO people.customer_token (token, customer_id) "
            "SELECT '4242424242424242', id FROM people.customer",
        )


FOUND = {
    ("order_line", "note"): MASKED,
    ("category", "name"): MASKED,
    ("customer", "note"): f"{MASKED}, •••",
}


def test_a_scan_finds_every_number_and_remembers_how_many(shop: Shop) -> None:
    _write_around(shop)
    assert shop.app.call(last_card_scan) is None
    report = shop.app.call(scan_cards)
    assert {(one.table, one.column): one.masked for one in report.places} == FOUND
    assert report.summary.found == len(report.places) == 5
    assert report.closed == []
    assert "4242 4242" not in str(report)
    assert shop.app.call(last_card_scan) == report.summary
    lines = {f"{row['order_id']},{row['line_no']}" for row in shop.rows(OrderLine)}
    assert {one.row_id for one in report.places if one.table == "order_line"} == lines


def test_a_store_without_card_numbers_is_found_to_be_clean(shop: Shop) -> None:
    sell(shop.app, [order(number) for number in range(1, 4)])
    report = shop.app.call(scan_cards)
    assert (report.summary.found, report.summary.left, report.places) == (0, 0, [])
    assert report.summary.rows >= 10
    assert report.summary.tables == sum(1 for mapper in MAPPERS if free_attributes(mapper))


def test_who_may_not_open_a_part_of_the_store_hears_what_was_not_read(shop: Shop) -> None:
    _write_around(shop)
    report = shop.as_role(Role.AUDITOR).call(scan_cards)
    assert "customer" in report.closed
    assert report.summary.closed_tables == len(report.closed)
    assert {one.table for one in report.places} == {"order_line", "category"}


def test_masking_leaves_the_last_digits_and_an_audited_change(shop: Shop) -> None:
    _write_around(shop)
    report = confirmed(shop.app, mask_cards)
    assert (report.summary.found, report.summary.masked, report.places) == (5, 5, [])
    assert {row["note"] for row in shop.rows(OrderLine)} == {f"kart {MASKED}"}
    assert [row["name"] for row in shop.rows(Category)] == [MASKED]
    assert [row["note"] for row in shop.rows(Customer)] == [f"{MASKED} CVV: •••"]
    assert "4242424242424242" not in {row["token"] for row in shop.rows(CustomerToken)}
    assert "4242 4242" not in shop.trail_text()
    assert "4242424242424242" not in shop.trail_text()
    assert shop.app.call(scan_cards).summary.found == 0
    shop.check_trail()
    shop.check_counts()


def test_two_names_that_mask_alike_are_told_and_left(shop: Shop) -> None:
    sell(shop.app, [order(1)])
    (venue,) = {shop.app.call(get_venue).id}
    with shop.around(write=True) as connection:
        for number, name in ((1, PAN), (2, "4242424242424242")):
            sql(
                connection,
                "INSERT INTO ops.category (id, venue_id, name, place) VALUES (:i, :v, :n, 0)",
                i=number, v=venue, n=name,
            )  # fmt: skip
    report = confirmed(shop.app, mask_cards)
    assert (report.summary.found, report.summary.masked) == (2, 1)
    assert [(one.table, one.row_id) for one in report.places] == [("category", "2")]


def test_a_scan_can_be_stopped(shop: Shop) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(StoppedError):
        shop.app.call_watched(progress, scan_cards)
    assert shop.app.call(last_card_scan) is None


def test_what_somebody_calls_no_card_is_written_once_and_its_place_remembered(
    shop: Shop, clock: FrozenClock
) -> None:
    text = f"müqavilə {PAN}"

    def write(tx: Any) -> int:
        made: int = tx.add(CustomerGroup(id=tx.ids.one(), name=text)).id
        return made

    with pytest.raises(InvalidError):
        shop.app.call(command(write))
    assert shop.app.call(allow_text, text, field="name") == 1
    number = shop.app.call(command(write))
    assert [row["name"] for row in shop.rows(CustomerGroup)] == [text]
    (place,) = shop.rows(CardAllowance)
    assert (place["table_name"], place["row_id"]) == ("customer_group", str(number))
    with pytest.raises(InvalidError):  # once only
        shop.app.call(command(lambda tx: tx.add(CustomerGroup(id=tx.ids.one(), name=text))))
    report = shop.app.call(scan_cards)
    assert (report.summary.found, report.summary.allowed) == (0, 1)
    assert PAN not in shop.trail_text()
    allowed = [event for event in shop.events() if event["operation"] == "security.allow_text"]
    assert [event["subject"] for event in allowed] == ["name"]
    shop.app.call(allow_text, text, field="name")
    clock.at += timedelta(minutes=11)
    with pytest.raises(InvalidError):  # too late
        shop.app.call(command(lambda tx: tx.add(CustomerGroup(id=tx.ids.one(), name=text + "!"))))


def test_what_is_no_card_number_cannot_be_allowed(shop: Shop) -> None:
    with pytest.raises(InvalidError):
        shop.app.call(allow_text, "12 nəfər", field="note")


def test_free_text_is_what_has_no_type_of_its_own() -> None:
    product = inspect(Product).columns
    assert is_free_text(product["name"])
    assert not is_free_text(product["reference"])
    assert not is_free_text(product["id"])
