"""Rows about money: whatever is done to them beside the program is found, and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.access.operations import get_changes, list_events, verify_trail
from desktop_app.access.sealed_rows import compare
from desktop_app.backup.pages import PAGE
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.seal_check import (
    Promised,
    StateFault,
    Wrong,
    misfits,
    read_next,
    read_rows,
    spans,
)
from desktop_app.db.state_seals import Plan, plans, seal_of
from desktop_app.db.trail import Change, Event, Fault
from desktop_app.db.transaction import AuditedSession
from desktop_app.kernel.access import Permission, Role
from desktop_app.orders.records import OrderStatus
from desktop_app.orders.tables import Order, Payment
from tests.database.shop import Shop, order, sell, sql
from tests.upgrade.trade import fill_trade

TABLES = (("payment", "order_id"), ("order_line", "order_id"), ("pos_order", "id"))


def _sold(shop: Shop) -> list[int]:
    """Sell in two batches and return the numbers of the rows, in their order."""
    sell(shop.app, [order(n) for n in range(1, 8)])
    sell(shop.app, [order(n) for n in range(8, 12)])
    return [row["id"] for row in shop.rows(Order, Order.id)]


def _verify(shop: Shop):
    return shop.app.call(verify_trail, full=True)


def test_rows_that_nobody_touched_are_compared_and_fit(shop: Shop) -> None:
    _sold(shop)
    report = _verify(shop)
    assert (report.ok, report.fault) == (True, None)
    counts = shop.real_counts()
    assert report.rows_checked == sum(counts[name] for name in plans())


def test_a_day_worked_in_every_area_fits(shop: Shop) -> None:
    fill_trade(shop.app, shop.clock, shop.as_role(Role.MANAGER))
    report = _verify(shop)
    assert (report.ok, report.why) == (True, None)
    counts = shop.real_counts()
    assert report.rows_checked == sum(counts[name] for name in plans())
    worked = {name for name in plans() if counts[name]}
    assert worked == set(plans()) - {"supply_payment", "line_service"}


def test_an_entry_of_the_books_that_was_changed_is_named(shop: Shop) -> None:
    fill_trade(shop.app, shop.clock, shop.as_role(Role.MANAGER))
    with shop.around(write=True) as connection:
        sql(connection, "UPDATE ops.money_entry SET category_id = 2 WHERE category_id = 1")
    assert str(_verify(shop).why).startswith("the entry of the books with the id")


def test_entries_that_an_older_program_sealed_with_their_category_as_text_fit() -> None:
    plan = plans()["money_entry"]
    place = plan.number_as_text
    assert place is not None
    rows = [tuple(range(n, n + len(plan.columns))) for n in (100, 200, 300)]
    once = [(*row[:place], str(row[place]), *row[place + 1 :]) for row in rows]
    seal = seal_of(plan, plan.columns, [rows[0], *once[1:]])
    promised = Promised()
    kept = {"rows": 3, "seal": {"new": seal.kept()}}
    promised.take(7, Event("x", "done", changes=[Change(plan.table, "", "add", kept)]))
    (span,) = spans(promised.groups(plan.table))
    assert misfits(plan, span, rows) == []
    other = [(*row[:place], row[place] + 1, *row[place + 1 :]) for row in rows]
    assert misfits(plan, span, other) == [StateFault(7, plan.table, 100, Wrong.CHANGED)]


ATTACKS = {
    "total": "UPDATE ops.pos_order SET total_minor = total_minor - 1 WHERE id = :id",
    "status": "UPDATE ops.pos_order SET status = 'void' WHERE id = :id",
    "date": "UPDATE ops.pos_order SET business_date = business_date + 1 WHERE id = :id",
    "line": "UPDATE ops.order_line SET quantity = quantity + 1000 WHERE order_id = :id",
    "method": "UPDATE ops.payment SET method = 'bonus' WHERE order_id = :id",
    "line removed": "DELETE FROM ops.order_line WHERE order_id = :id AND line_no = 1",
    "payment removed": "DELETE FROM ops.payment WHERE order_id = :id",
    "line moved": "UPDATE ops.order_line SET line_no = line_no + 50 WHERE order_id = :id",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_what_is_done_beside_the_program_is_found(shop: Shop, attack: str) -> None:
    ids = _sold(shop)
    with shop.around(write=True) as connection:
        assert sql(connection, attack, id=ids[8]).rowcount >= 1
    assert shop.app.call(verify_trail).ok  # the quick check does not look at the rows
    report = _verify(shop)
    second = shop.app.call(list_events, limit=50)
    wrote = [event.seq for event in second if event.operation.startswith("test")]
    assert (report.ok, report.fault) == (False, Fault.ROWS)
    assert report.broken_at == max(wrote)


def test_the_receipt_is_named(shop: Shop) -> None:
    ids = _sold(shop)
    number = shop.rows(Order, Order.id)[4]["number"]
    with shop.around(write=True) as connection:
        sql(connection, ATTACKS["total"], id=ids[4])
    report = _verify(shop)
    assert str(report.why) == f"receipt {number} is not as it was written"


def test_a_receipt_that_is_gone_is_missed(shop: Shop) -> None:
    ids = _sold(shop)
    with shop.around(write=True) as connection:
        for table, key in TABLES:
            sql(connection, f"DELETE FROM ops.{table} WHERE {key} = :id", id=ids[2])
    report = _verify(shop)
    assert (report.ok, report.fault) == (False, Fault.ROWS)
    assert "missing" in str(report.why)


def test_a_receipt_that_nobody_sold_is_found(shop: Shop) -> None:
    ids = _sold(shop)
    columns = [column.name for column in Order.__table__.columns]
    copied = ", ".join(
        {"id": "id + 5000000000000", "reference": "'forged'"}.get(name, name) for name in columns
    )
    with shop.around(write=True) as connection:
        names = ", ".join(columns)
        sql(
            connection,
            f"INSERT INTO ops.pos_order ({names}) "
            f"SELECT {copied} FROM ops.pos_order WHERE id = :id",
            id=ids[0],
        )
    report = _verify(shop)
    assert (report.ok, report.fault) == (False, Fault.ROWS)
    assert "was not written by any event" in str(report.why)


def test_an_old_page_of_receipts_put_back_is_found(files: Shop) -> None:
    """E11: the page's own seal is right, for it is ours; the receipts sold since are not on it."""
    sell(files.app, [order(1), order(2)])
    with files.around() as connection:
        wanted = "SELECT rootpage FROM main.sqlite_master WHERE name = 'pos_order'"
        page = connection.exec_driver_sql(wanted).scalar()
    place = slice((page - 1) * PAGE, page * PAGE)
    path = _ops_file(files)
    old = _settled(files, path)[place]
    sell(files.app, [order(3)])
    now = bytearray(_settled(files, path))
    assert now[place] != old
    now[place] = old
    files.app._store.engine.dispose()
    path.write_bytes(now)
    assert len(files.rows(Order)) == 2
    report = _verify(files)
    assert (report.ok, report.fault) == (False, Fault.ROWS)
    assert "missing" in str(report.why)


def _ops_file(shop: Shop) -> Path:
    with shop.around() as connection:
        return Path(connection.exec_driver_sql("PRAGMA database_list").all()[0][2])


def _settled(shop: Shop, path: Path) -> bytes:
    """Return a file of the store with everything in it that was written."""
    with shop.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def test_orders_as_they_were_before_the_last_sales_are_found(shop: Shop) -> None:
    """What old pages of a longer table do to its rows, on both engines."""
    ids = _sold(shop)
    with shop.around(write=True) as connection:
        for table, key in TABLES:
            sql(connection, f"DELETE FROM ops.{table} WHERE {key} >= :id", id=ids[7])
    report = _verify(shop)
    assert (report.ok, report.fault) == (False, Fault.ROWS)


def test_a_change_of_a_row_moves_its_seal(shop: Shop) -> None:
    """No operation changes receipts; what the session records of one is enough to follow it."""
    ids = _sold(shop)
    promised = _promised(shop)
    with shop.around(write=True) as connection, AuditedSession(connection, read_only=False) as db:
        db.get(Order, ids[3]).status = OrderStatus.VOID
        db.get(Order, ids[9]).note = "the seal does not look at texts"
        db.delete(db.get(Payment, (ids[5], 1)))
        db.flush()
        promised.take(promised.upto + 1, Event("x", "done", changes=db.changes))
        assert [bool(change.fields.get("seal")) for change in db.changes] == [True, False, True]
        assert _misfits(connection, promised) == []
        connection.rollback()
    with shop.around() as connection:
        assert len(_misfits(connection, promised)) == 2


def _misfits(connection, promised: Promised) -> list[StateFault]:
    return [
        fault
        for plan in plans().values()
        for span in spans(promised.groups(plan.table))
        for fault in misfits(plan, span, read_rows(connection, plan, span))
    ]


def _promised(shop: Shop) -> Promised:
    promised = Promised()
    for one in shop.opened():
        promised.take(one.seq, one.content.event)
    return promised


def test_what_is_sold_while_rows_are_compared_is_no_fault(shop: Shop) -> None:
    """Every table is met by sales that came after the events were read; each event counts once."""
    _sold(shop)
    promised = _promised(shop)
    sell(shop.app, [order(n) for n in range(20, 25)])
    rows, faults = shop.app.call(_task(lambda job: compare(job, promised)))
    counts = shop.real_counts()
    assert (rows, faults) == (sum(counts[name] for name in plans()), [])


def test_a_fault_that_was_found_first_hides_no_other(shop: Shop) -> None:
    ids = _sold(shop)
    promised = _promised(shop)
    with shop.around(write=True) as connection:
        for place in (1, 9):
            sql(connection, ATTACKS["total"], id=ids[place])
    _, faults = shop.app.call(_task(lambda job: compare(job, promised)))
    assert [fault.key for fault in faults] == [ids[1], ids[9]]
    assert len({fault.seq for fault in faults}) == 2


def _task(body) -> Operation:
    return Operation("test.compare", Permission.AUDIT_READ, Kind.TASK, body)


def test_a_seal_that_no_program_wrote_is_a_fault_and_no_crash() -> None:
    promised = Promised()
    for seal in (7, {"new": 7}, {"new": {"sum": "x"}}, {"new": {"sum": "0", "first": 1}}):
        change = Change("pos_order", "", "import", {"rows": 1, "seal": seal})
        promised.take(promised.upto + 1, Event("x", "done", changes=[change]))
    assert (promised.broken, promised.groups("pos_order")) == (1, [])


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_rows_are_read_once_whatever_the_portion(
    shop: Shop, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = _sold(shop)
    monkeypatch.setattr("desktop_app.db.seal_check.SPAN_ROWS", size)
    plan = plans()["order_line"]
    with shop.around() as connection:
        found, after = [], -1
        while rows := read_next(connection, plan, after):
            found += rows
            after = rows[-1][0]
        counted = shop.real_counts()["order_line"]
    assert len(found) == counted
    assert {row[0] for row in found} == set(ids)


def test_texts_and_the_person_may_be_taken_out_without_a_false_alarm(shop: Shop) -> None:
    """Card numbers are masked in texts, and a person may be erased."""
    ids = _sold(shop)
    with shop.around(write=True) as connection:
        sql(connection, "UPDATE ops.pos_order SET note = 'x', customer_id = NULL WHERE id = :id",
            id=ids[0])  # fmt: skip
    assert _verify(shop).ok


def test_seals_are_not_shown_to_people(shop: Shop) -> None:
    _sold(shop)
    for event in shop.app.call(list_events, limit=50):
        assert all("seal" not in change.fields for change in shop.app.call(get_changes, event.seq))


def test_somebody_kept_to_some_venues_compares_no_rows(shop: Shop) -> None:
    """They do not see every row: what others sold would seem missing."""
    _sold(shop)
    (venue,) = {row["venue_id"] for row in shop.rows(Order)}
    app = shop.newcomer(Role.AUDITOR, venues=(venue,))
    report = app.call(verify_trail, full=True)
    assert (report.ok, report.rows_checked) == (True, 0)


PLAN = Plan("pos_order", ("id", "total_minor"))
ROWS = st.dictionaries(st.integers(0, 40), st.integers(-3, 3), min_size=1, max_size=25)


@given(ROWS, st.lists(st.integers(1, 4), max_size=8), st.data())
def test_any_one_difference_in_any_batches_is_found(
    rows: dict[int, int], cuts: list[int], data: st.DataObject
) -> None:
    promised, rest = Promised(), list(rows.items())
    if data.draw(st.booleans()):
        rest = data.draw(st.permutations(rest))  # batches whose keys lie among each other
    seq = 0
    for size in [*cuts, len(rest)]:
        some, rest = rest[:size], rest[size:]
        if some:
            seq += 1
            kept = {"new": seal_of(PLAN, PLAN.columns, some).kept()}
            change = Change("pos_order", "", "import", {"rows": len(some), "seal": kept})
            promised.take(seq, Event("x", "done", changes=[change]))
    stored = sorted(rows.items())
    assert _faults(promised, stored) == []
    place = data.draw(st.integers(0, len(stored) - 1))
    key, total = stored[place]
    changed = [*stored[:place], (key, total + 1), *stored[place + 1 :]]
    assert [(one.key, one.wrong) for one in _faults(promised, changed)] == [(key, Wrong.CHANGED)]
    assert len(_faults(promised, [*stored[:place], *stored[place + 1 :]])) == 1
    added = sorted([*stored, (data.draw(st.integers(0, 50)), 9)])
    assert len(_faults(promised, added)) == 1


def _faults(promised: Promised, rows: list[tuple[int, int]]) -> list[StateFault]:
    return [
        fault
        for span in spans(promised.groups("pos_order"))
        for fault in misfits(PLAN, span, [row for row in rows if span.first <= row[0] <= span.last])
    ]


def test_what_came_later_is_sealed_only_where_it_says_something() -> None:
    before = Plan("till", ("id", "total"))
    now = Plan("till", ("id", "total", "number"), 1)
    assert now.digest((1, 250, 0)) == before.digest((1, 250))
    assert now.digest((1, 250, 7)) != before.digest((1, 250))
    rows = [(1, 250, 0), (2, 300, 8)]
    seal = seal_of(now, now.columns, rows)
    assert seal.total == (
        int.from_bytes(before.digest((1, 250))) + int.from_bytes(now.digest((2, 300, 8)))
    ) % (1 << 256)


@given(st.data())
def test_many_rows_are_sealed_as_each_of_them_alone(data: st.DataObject) -> None:
    plan = data.draw(st.sampled_from(sorted(plans().values(), key=lambda one: one.table)))
    value = st.one_of(st.integers(-2, 10**6), st.sampled_from(["", "sale", "a'b", 'a"b', "ə"]))
    key = st.integers(0, 1 << 62)
    rest = len(plan.columns) - plan.keys
    row = st.tuples(*[key] * plan.keys, *[value] * rest)
    rows = data.draw(st.lists(row, min_size=1, max_size=8))
    seal = seal_of(plan, plan.columns, rows)
    digests = [plan.digest(one) for one in rows]
    assert seal.total == sum(map(int.from_bytes, digests)) % (1 << 256)
    assert seal.marks == b"".join(digest[:4] for digest in digests)
