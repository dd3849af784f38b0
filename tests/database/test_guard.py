"""SQL that is not ours: refused by the connection itself, whatever the program meant to run."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError

from desktop_app.access.operations import count_events, list_events
from desktop_app.access.records import EventFilter
from desktop_app.app import App
from desktop_app.customers.operations import count_customers, find_customers
from desktop_app.customers.records import IncomingCustomer
from desktop_app.db import guard
from desktop_app.db.base import Base
from desktop_app.db.choices import StoredSetting
from desktop_app.db.operation import Operation
from desktop_app.db.rights import RIGHTS, TRAIL, access_of
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import AppError, NotAllowedError
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.kernel.settings import SETTINGS
from desktop_app.orders.operations import count_orders, list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.venue.operations import get_settings
from tests.database.shop import Shop, a_query, command, enter, order, sell

CANARY = "Zəhra Canaryyeva"
PAYLOADS = [
    start + middle + end
    for start, middle, end in product(
        ("'", '"', "x'", "%' ", "\\'", "');", "1 ", "\x00'", "’ ", "' COLLATE NOCASE "),
        (
            "OR 1=1", "OR '1'='1'", "UNION SELECT name FROM people.customer",
            "UNION SELECT sql FROM sqlite_master", "; DROP TABLE pos_order", "; DELETE FROM venue",
            "; ATTACH 'x.db' AS x", "UNION SELECT load_extension('x')", "OR randomblob(9)",
            "; PRAGMA rekey='x'",
        ),
        ("--", "/*", " OR ''='", ""),
    )
]  # fmt: skip


def _searches(text: str) -> list[tuple[Operation[..., Any], tuple[Any, ...], dict[str, Any]]]:
    return [
        (find_customers, (text,), {}),
        (count_customers, (text,), {}),
        (list_orders, (OrderFilter(number=text),), {}),
        (list_orders, (OrderFilter(sale_type=text),), {}),
        (count_orders, (OrderFilter(number=text, sale_type=text),), {}),
        (list_events, (EventFilter(text=text),), {}),
        (list_events, (EventFilter(operation=text),), {}),
        (count_events, (EventFilter(text=text, outcome=text),), {}),
    ]


def _denials(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    denied: list[tuple[Any, ...]] = []
    real = guard.Guard.__call__

    def told(self: guard.Guard, *asked: Any) -> int:
        answer = real(self, *asked)
        if answer:
            denied.append(asked)
        return answer

    monkeypatch.setattr(guard.Guard, "__call__", told)
    return denied


def _everything(shop: Shop) -> dict[str, list[dict[str, Any]]]:
    return {t.name: shop.rows(t) for t in Base.metadata.sorted_tables if t.name not in TRAIL}


def test_every_payload_in_every_field_of_every_search_finds_nothing_and_changes_nothing(
    files: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(files.app, [order(1)])
    enter(files.app, IncomingCustomer("c1", CANARY))
    before = _everything(files)
    denied = _denials(monkeypatch)
    tried = 0
    for role in Role:
        app = files.as_role(role)
        for number, text in enumerate(PAYLOADS):
            for op, args, named in _searches(text):
                if op.permission not in app.actor.permissions:
                    continue
                if role is not Role.OWNER and number % 3:
                    continue
                try:
                    found = app.call(op, *args, **named)
                except AppError as error:
                    found = str(error)
                tried += 1
                assert CANARY not in repr(found), (role, op.name, text)
    assert tried >= 1500
    assert denied == []
    assert _everything(files) == before
    files.check_trail()


FORCED = [
    "ATTACH DATABASE ':memory:' AS other",
    "DETACH DATABASE people",
    "SELECT load_extension('evil')",
    "SELECT sqlcipher_export('main')",
    "SELECT writefile('/tmp/x', 'y')",
    "SELECT fts3_tokenizer('x')",
    "PRAGMA writable_schema=ON",
    "PRAGMA trusted_schema=ON",
    "PRAGMA foreign_keys=OFF",
    "PRAGMA key='x'",
    "PRAGMA rekey='x'",
    "PRAGMA cipher_plaintext_header_size=32",
    "PRAGMA journal_mode=MEMORY",
    "PRAGMA main.user_version=1",
    "PRAGMA temp_store_directory='/tmp'",
    "PRAGMA query_only=OFF",
    "CREATE TABLE t (a)",
    "CREATE TEMP TABLE t (a)",
    "CREATE VIEW v AS SELECT 1",
    "CREATE TEMP TRIGGER t BEFORE INSERT ON main.venue BEGIN SELECT 1; END",
    "CREATE INDEX i ON venue (name)",
    "DROP TABLE pos_order",
    "DROP TRIGGER audit_event_no_delete",
    "ALTER TABLE venue ADD COLUMN x",
    "REINDEX",
    "ANALYZE",
    "SELECT name, sql FROM sqlite_master",
    "SELECT sql FROM main.sqlite_master",
    "SELECT * FROM sqlite_schema",
    "SELECT * FROM pragma_table_info('venue')",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM dbstat",
    "UPDATE audit_event SET hash = hash",
    "DELETE FROM audit_event",
    "DELETE FROM main.audit_event WHERE seq = 1",
    "REPLACE INTO audit_event SELECT * FROM audit_event",
    "UPDATE trail_session SET user_id = 'x'",
    "DELETE FROM trail_session",
    "DELETE FROM pos_order",
    "UPDATE pos_order SET total_minor = 0",
    "UPDATE order_line SET total_minor = 0",
    "DELETE FROM payment",
    "DELETE FROM venue",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n",
]


def _force(app: App, statement: str, *, reading: bool = False) -> Exception | None:
    """Run a statement as SQL smuggled into one of ours would run; return what was said."""
    said: list[Exception] = []

    def inject(tx: Any) -> None:
        driver = tx._session.connection().connection.driver_connection
        try:
            driver.execute(statement).fetchall()
        except sqlcipher3.dbapi2.Error as error:
            said.append(error)

    app.call(a_query(inject) if reading else command(inject))
    return said[0] if said else None


@pytest.mark.parametrize("role", list(Role))
def test_what_no_operation_needs_is_refused_to_everybody(files: Shop, role: Role) -> None:
    sell(files.app, [order(1)])
    app = files.as_role(role)
    before = _everything(files)
    reading = {s: str(_force(app, s, reading=True)) for s in FORCED}
    writing = {s: str(_force(app, s)) for s in FORCED}
    for said in (reading, writing):
        wrong = {s: why for s, why in said.items() if not _is_refusal(why)}
        assert wrong == {}
    assert {name: len(rows) for name, rows in _everything(files).items()} == {
        name: len(rows) for name, rows in before.items()
    }
    files.check_trail()


def _is_refusal(said: str) -> bool:
    return (
        "not authorized" in said
        or "prohibited" in said
        or "no such function" in said
        or ("no such table: dbstat" in said or "append-only" in said)
    )


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        (Role.STAFF, "SELECT name FROM people.customer"),
        (Role.STAFF, "SELECT url FROM backup_target"),
        (Role.STAFF, "SELECT sealed FROM audit_event"),
        (Role.STAFF, "SELECT total_minor FROM sales_hour"),
        (Role.STAFF, "SELECT source FROM import_run"),
        (Role.STAFF, "SELECT count(*) FROM sales_hour"),
        (Role.MANAGER, "SELECT monthly_minor FROM office.salary"),
        (Role.ACCOUNTANT, "SELECT name FROM people.customer"),
        (Role.ACCOUNTANT, "SELECT sealed FROM audit_event"),
        (Role.AUDITOR, "SELECT monthly_minor FROM office.salary"),
        *[
            (role, statement)
            for role in (Role.STAFF, Role.ACCOUNTANT, Role.AUDITOR)
            for statement in (
                "UPDATE venue SET name = 'x'",
                "INSERT INTO setting VALUES ('a', 'b')",
                "INSERT INTO category VALUES (1, 1, 'x', 1)",
                "UPDATE product SET name = 'x'",
                "INSERT INTO sales_month_item VALUES (1, 1, 1, 1, 1, 1)",
            )
        ],
        (Role.AUDITOR, "UPDATE office.salary SET monthly_minor = 1"),
        (Role.MANAGER, "INSERT INTO backup_target VALUES (1, 'a', 'b', 1)"),
    ],
)
def test_a_role_reads_and_writes_only_its_own_tables(
    files: Shop, role: Role, statement: str
) -> None:
    said = str(_force(files.as_role(role), statement))
    assert "prohibited" in said or "not authorized" in said or "no such table" in said, said


@pytest.mark.parametrize("name", ["audit_event_no_update", "pos_order", "x"])
def test_a_name_in_a_with_opens_nothing(files: Shop, name: str) -> None:
    statement = f"WITH {name} AS (SELECT sealed FROM main.audit_event) SELECT * FROM {name}"
    assert "prohibited" in str(_force(files.as_role(Role.STAFF), statement))


def test_a_whole_copy_cannot_be_made_between_two_transactions(files: Shop, tmp_path: Path) -> None:
    files.app.call(count_orders, OrderFilter())
    raw = files.engine.raw_connection()
    try:
        for statement in (f"VACUUM INTO '{tmp_path / 'copy.db'}'", "VACUUM"):
            with pytest.raises(sqlcipher3.dbapi2.DatabaseError, match="authoriz"):
                raw.driver_connection.execute(statement)
    finally:
        raw.close()
    assert not (tmp_path / "copy.db").exists()


def test_what_the_connection_refuses_is_said_in_words(files: Shop) -> None:
    def smuggled(tx: Any) -> None:
        tx._session.connection().exec_driver_sql("DELETE FROM pos_order")

    with pytest.raises(NotAllowedError, match="not for your role") as told:
        files.as_role(Role.STAFF).call(command(smuggled))
    assert isinstance(told.value.__cause__, DBAPIError)


def test_rights_that_were_taken_away_are_gone_from_an_open_connection(files: Shop) -> None:
    app = files.as_role(Role.MANAGER)
    read = "SELECT count(total_minor) FROM sales_hour"
    assert _force(app, read) is None
    app.actor = BUILT_IN[Role.STAFF].actor("Rauf")
    assert "prohibited" in str(_force(app, read))


def test_a_migration_is_not_held_up_and_the_next_transaction_is_guarded_again(
    files: Shop,
) -> None:
    with files.around(write=True) as connection:
        connection.exec_driver_sql("CREATE TABLE main.other (a)")
        connection.exec_driver_sql("DROP TABLE main.other")
    assert "not authorized" in str(_force(files.app, "CREATE TABLE main.other (a)"))


def test_cached_statements_are_not_asked_about_again(
    files: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.app.call(get_settings)
    asked: list[int] = []
    real = guard.Guard.__call__
    monkeypatch.setattr(guard.Guard, "__call__", lambda self, *a: asked.append(1) or real(self, *a))
    for _ in range(20):
        files.app.call(get_settings)
    assert len(asked) <= 20, "the end of each transaction, no more"


def test_customers_are_written_and_found_under_the_guard(files: Shop) -> None:
    enter(files.app, IncomingCustomer("c9", "Aydan"))
    assert len(files.app.call(find_customers, "aydan").rows) == 1


def test_every_setting_can_be_stored_by_whom_it_names(files: Shop) -> None:
    for setting in SETTINGS.values():
        assert access_of(frozenset({setting.permission}))[StoredSetting.__tablename__].adds


def test_the_tables_of_the_rights_exist_and_nothing_of_the_trail_can_be_changed() -> None:
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    assert set(RIGHTS) <= set(tables)
    for name, rights in RIGHTS.items():
        assert rights.glance <= set(tables[name].columns.keys())
        if name.startswith(("audit_", "trail_")):
            assert not rights.remove
    everything = access_of(frozenset(Permission))
    assert everything["audit_event"].changes == {"sealed"}, "which can only be emptied"
    assert not everything["trail_session"].changes
