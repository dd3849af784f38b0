"""Everybody's own account on the server: what it may, tried with a client that is not ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import make_url

from desktop_app.access.users import remove_user
from desktop_app.db.base import Base
from desktop_app.db.operation import REGISTRY
from desktop_app.db.rights import RIGHTS, access_of
from desktop_app.db.server import settle_accounts, sync_accounts
from desktop_app.db.server_accounts import account_name
from desktop_app.db.store import Keys
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import ConflictError
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.sign_in import Reception, Server, _described
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.server_secrets import OWNERS_SECRET, account_secret
from desktop_app.vault.store_keys import Vault
from desktop_app.venue.operations import list_venues
from desktop_app.venue.records import NewVenue
from tests.database.shop import PASSWORD, PEOPLE, Shop, enter, order, sell
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.postgres

NewShop = Callable[[], Shop]


@contextmanager
def _as(shop: Shop, role: Role, **more: Any) -> Iterator[psycopg.Connection]:
    """Connect with a person's own password, as any program on their PC could."""
    unlocked = shop.unlocked(role)
    password = unlocked.secret(account_secret(unlocked.user_id)).reveal().decode()
    with _connected(shop, unlocked.install, unlocked.user_id, password, **more) as connection:
        yield connection


def _connected(
    shop: Shop, install: str, user_id: str, password: str, **more: Any
) -> psycopg.Connection:
    url = make_url(_described(shop.folder)["url"])
    options = {"sslmode": "verify-full", "sslrootcert": str(shop.folder / "server-ca.pem")} | more
    return psycopg.connect(
        host=url.host,
        port=url.port,
        dbname=url.database,
        user=account_name(install, user_id),
        password=password,
        autocommit=True,
        **options,
    )


def _refused(connection: psycopg.Connection, statement: str) -> bool:
    try:
        connection.execute(statement)
    except errors.InsufficientPrivilege:
        return True
    return False


DENIED = [
    (Role.STAFF, "SELECT name FROM people.customer"),
    (Role.STAFF, "SELECT monthly_minor FROM office.salary"),
    (Role.STAFF, "SELECT sealed FROM ops.audit_event"),
    (Role.STAFF, "SELECT url FROM ops.backup_target"),
    (Role.STAFF, "UPDATE ops.pos_order SET total_minor = 0"),
    (Role.STAFF, "INSERT INTO ops.setting VALUES ('a', 'b')"),
    (Role.MANAGER, "SELECT monthly_minor FROM office.salary"),
    (Role.MANAGER, "DELETE FROM ops.pos_order"),
    (Role.MANAGER, "UPDATE ops.pos_order SET total_minor = 0"),
    (Role.MANAGER, "UPDATE ops.order_line SET total_minor = 0"),
    (Role.MANAGER, "DELETE FROM ops.payment"),
    (Role.ACCOUNTANT, "SELECT name FROM people.customer"),
    (Role.ACCOUNTANT, "UPDATE office.salary SET monthly_minor = 1"),
    (Role.AUDITOR, "SELECT name FROM people.customer"),
    (Role.AUDITOR, "UPDATE ops.venue SET name = 'x'"),
    (Role.AUDITOR, "INSERT INTO ops.category VALUES (1, 1, 'x', 1)"),
    (Role.AUDITOR, "UPDATE ops.product SET name = 'x'"),
]
EVERYBODY = [
    "UPDATE ops.audit_event SET hash = hash",
    "DELETE FROM ops.audit_event",
    "TRUNCATE ops.audit_event",
    "UPDATE ops.trail_session SET user_id = 'x'",
    "DELETE FROM ops.trail_session",
    "DROP TABLE ops.pos_order",
    "ALTER TABLE ops.pos_order DISABLE ROW LEVEL SECURITY",
    "CREATE TABLE ops.t (a int)",
    "CREATE TABLE public.t (a int)",
    "CREATE TEMP TABLE t (a int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "UPDATE access.account SET venues = NULL",
    "SELECT * FROM access.account",
    "CREATE OR REPLACE FUNCTION access.sees_all() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "COPY ops.venue TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT rolpassword FROM pg_authid",
]


@pytest.mark.parametrize(("role", "statement"), DENIED)
def test_an_account_is_refused_what_its_role_may_not(
    new_postgres: NewShop, role: Role, statement: str
) -> None:
    with _as(new_postgres(), role) as connection:
        assert _refused(connection, statement)


def test_no_account_rewrites_the_trail_or_the_schema(new_postgres: NewShop) -> None:
    shop = new_postgres()
    sell(shop.app, [order(1)])
    for role in Role:
        with _as(shop, role) as connection:
            assert [s for s in EVERYBODY if not _refused(connection, s)] == []
    shop.check_trail()


def test_the_customers_schema_is_closed_to_a_cashier(new_postgres: NewShop) -> None:
    with (
        _as(new_postgres(), Role.STAFF) as connection,
        pytest.raises(errors.InsufficientPrivilege, match="permission denied for schema people"),
    ):
        connection.execute("SELECT count(*) FROM people.customer")


def test_everybody_appends_to_the_trail(new_postgres: NewShop) -> None:
    shop = new_postgres()
    for role in Role:
        before = shop.check_trail()
        shop.as_role(role).call(list_venues)
        sync_less = REGISTRY["access.note_sign_in"]
        shop.as_role(role).call(sync_less, "password", "test")
        assert shop.check_trail() > before


def test_an_account_without_venues_sees_no_rows_and_with_one_its_rows(
    new_postgres: NewShop,
) -> None:
    shop = new_postgres()
    sell(shop.app, [order(1), order(2), order(3)])
    (venue,) = shop.app.call(list_venues)
    for venues, rows in (((), 0), ((venue.id,), 3), ((venue.id + 1,), 0), (None, 3)):
        shop.app._store.keys.unlocked.change_user(PEOPLE[Role.STAFF], Role.STAFF, venues)
        sync_accounts(shop.app._store)
        with _as(shop, Role.STAFF) as connection:
            for table in ("pos_order", "order_line", "payment"):
                found = connection.execute(f"SELECT count(*) FROM ops.{table}").fetchone()
                assert found == (rows,), (venues, table)


@pytest.mark.parametrize(
    "trick",
    [
        "SET SESSION AUTHORIZATION {other}",
        "SET ROLE {other}",
        "SET row_security = off",
        "SET clopos.venues = '1'",
    ],
)
def test_an_account_cannot_take_its_limits_off(new_postgres: NewShop, trick: str) -> None:
    shop = new_postgres()
    sell(shop.app, [order(1)])
    shop.app._store.keys.unlocked.change_user(PEOPLE[Role.STAFF], Role.STAFF, ())
    sync_accounts(shop.app._store)
    other = (
        f'"{account_name(shop.unlocked(Role.OWNER).install, shop.unlocked(Role.OWNER).user_id)}"'
    )
    with _as(shop, Role.STAFF) as connection:
        try:
            connection.execute(trick.format(other=other))
            found = connection.execute("SELECT count(*) FROM ops.pos_order").fetchone()
        except errors.InsufficientPrivilege:
            return
        assert found == (0,)


def test_a_connection_without_encryption_is_refused(new_postgres: NewShop) -> None:
    shop = new_postgres()
    with (
        pytest.raises(psycopg.OperationalError, match=r"no encryption|pg_hba"),
        _as(shop, Role.MANAGER, sslmode="disable", sslrootcert=""),
    ):
        pass


def test_each_person_has_an_account_and_no_password_is_shared(new_postgres: NewShop) -> None:
    shop = new_postgres()
    passwords = set()
    for role in Role:
        unlocked = shop.unlocked(role)
        passwords.add(bytes(unlocked.secret(account_secret(unlocked.user_id)).reveal()))
        with shop.as_role(role)._store.engine.connect() as connection:
            (me,) = connection.exec_driver_sql("SELECT current_user").one()
        assert me == account_name(unlocked.install, unlocked.user_id)
    assert len(passwords) == len(Role)
    for role in Role:
        others = [r for r in Role if r is not role and role is not Role.OWNER]
        for other in others:
            with pytest.raises(Exception, match="no stored secret"):
                shop.unlocked(role).secret(account_secret(shop.unlocked(other).user_id))
        if role is not Role.OWNER:
            with pytest.raises(Exception, match="no stored secret"):
                shop.unlocked(role).secret(OWNERS_SECRET)


def test_somebody_removed_is_thrown_out_at_once_and_cannot_come_back(
    new_postgres: NewShop,
) -> None:
    shop = new_postgres()
    unlocked = shop.unlocked(Role.STAFF)
    password = unlocked.secret(account_secret(unlocked.user_id)).reveal().decode()
    with _as(shop, Role.STAFF) as connection:
        connection.execute("SELECT 1")
        shop.app._store.keys.unlocked.remove_user(PEOPLE[Role.STAFF])
        done = sync_accounts(shop.app._store)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert done.removed == [account_name(unlocked.install, unlocked.user_id)]
    with pytest.raises(psycopg.OperationalError, match=r"authentication failed|does not exist"):
        _connected(shop, unlocked.install, unlocked.user_id, password)
    assert remove_user.deed is not None


def test_another_role_counts_for_a_connection_that_is_open(new_postgres: NewShop) -> None:
    shop = new_postgres()
    with _as(shop, Role.STAFF) as connection:
        assert _refused(connection, "SELECT count(name) FROM people.customer")
        shop.app._store.keys.unlocked.change_user(PEOPLE[Role.STAFF], Role.MANAGER)
        sync_accounts(shop.app._store)
        connection.execute("SELECT count(name) FROM people.customer")
        shop.app._store.keys.unlocked.change_user(PEOPLE[Role.STAFF], Role.STAFF)
        sync_accounts(shop.app._store)
        assert _refused(connection, "SELECT count(name) FROM people.customer")


def test_sync_repairs_whatever_somebody_changed_and_then_finds_nothing(
    new_postgres: NewShop, postgres_server: PostgresServer
) -> None:
    shop = new_postgres()
    database = str(make_url(_described(shop.folder)["url"]).database)
    staff = shop.unlocked(Role.STAFF)
    account = account_name(staff.install, staff.user_id)
    with postgres_server.connect(database) as boss:
        for statement in (
            f'GRANT ALL ON ops.audit_event TO "{account}"',
            f'GRANT UPDATE (name) ON ops.venue TO "{account}"',
            "GRANT SELECT ON office.salary TO PUBLIC",
            f'GRANT CREATE ON SCHEMA ops TO "{account}"',
            f'ALTER ROLE "{account}" BYPASSRLS CREATEDB',
            f'GRANT "clopos_{staff.install}_role_manager" TO "{account}"',
            f'REVOKE SELECT ON ops.pos_order FROM "clopos_{staff.install}_role_staff"',
            "ALTER TABLE ops.pos_order DISABLE ROW LEVEL SECURITY",
            "CREATE POLICY open ON ops.product USING (true)",
            "UPDATE access.account SET venues = '{1}'",
        ):
            boss.execute(statement)
    assert sync_accounts(shop.app._store)
    assert not sync_accounts(shop.app._store)
    with _as(shop, Role.STAFF) as connection:
        assert _refused(connection, "UPDATE ops.venue SET name = 'x'")
        assert _refused(connection, "UPDATE ops.audit_event SET hash = hash")
        assert _refused(connection, "SELECT count(name) FROM people.customer")
        connection.execute("SELECT count(*) FROM ops.pos_order")
    with postgres_server.connect(database) as boss:
        attributes = boss.execute(
            "SELECT rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = %s", [account]
        ).fetchone()
        secured = boss.execute(
            "SELECT relrowsecurity FROM pg_class WHERE oid = 'ops.pos_order'::regclass"
        ).fetchone()
    assert attributes == (False, False)
    assert secured == (True,)


def test_privileges_are_those_of_the_table_of_rights(new_postgres: NewShop) -> None:
    shop = new_postgres()
    for role in Role:
        access = access_of(BUILT_IN[role].permissions)
        with _as(shop, role) as connection:
            for table in Base.metadata.sorted_tables:
                name = f"{table.schema}.{table.name}"
                given = access.get(table.name)
                for action, expected in (
                    ("SELECT", bool(given and given.reads == set(table.columns.keys()))),
                    ("INSERT", bool(given and given.adds)),
                    ("UPDATE", bool(given and given.changes == set(table.columns.keys()))),
                    ("DELETE", bool(given and given.removes)),
                    ("TRUNCATE", False),
                ):
                    found = connection.execute(
                        "SELECT has_schema_privilege(%s, 'USAGE') "
                        "AND has_table_privilege(%s::regclass, %s)"
                        if given
                        else "SELECT has_schema_privilege(%s, 'USAGE')",
                        [str(table.schema), name, action] if given else [str(table.schema)],
                    ).fetchone()
                    assert found == (expected if given else False,), (role, name, action)


def test_the_database_account_that_may_not_make_accounts_is_refused_for_a_new_store(
    postgres_server: PostgresServer, tmp_path: Any
) -> None:
    database = postgres_server.new_database()
    with postgres_server.connect() as boss:
        boss.execute("CREATE ROLE weak LOGIN PASSWORD 'weak-pass'")
        boss.execute(f'ALTER DATABASE "{database}" OWNER TO weak')
    url = f"postgresql://weak@{postgres_server.host}:{postgres_server.port}/{database}"
    server = Server(url, postgres_server.ca_file, "weak-pass")
    try:
        with pytest.raises(ConflictError, match="may not make accounts"):
            Reception(tmp_path / "store", keyring=False).create(
                NewVenue("A"), "Aysel", PASSWORD, server=server, cost=KdfCost.FLOOR
            )
        assert not (tmp_path / "store").exists()
    finally:
        postgres_server.drop_database(database)
        with postgres_server.connect() as boss:
            boss.execute("DROP ROLE weak")


def test_an_account_that_is_no_superuser_owns_a_store_and_loses_its_shared_password(
    postgres_server: PostgresServer, tmp_path: Any
) -> None:
    database = postgres_server.new_database()
    with postgres_server.connect() as boss:
        boss.execute("CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'shared-by-all'")
        boss.execute(f'ALTER DATABASE "{database}" OWNER TO keeper')
    url = f"postgresql://keeper@{postgres_server.host}:{postgres_server.port}/{database}"
    server = Server(url, postgres_server.ca_file, "shared-by-all")
    reception = Reception(tmp_path / "store", keyring=False)
    made = reception.create(NewVenue("A"), "Aysel", PASSWORD, server=server, cost=KdfCost.FLOOR)
    with made.app as app:
        owner = app._store.keys.unlocked
        owner.add_user("Rauf", Role.STAFF, PASSWORD)
        owner.put_secret(OWNERS_SECRET, b"shared-by-all", Permission.ANYONE)  # as 0.1.0 kept it
    with reception.sign_in("Rauf", PASSWORD) as app:  # no account yet: over the shared one
        assert app.call(count_orders, OrderFilter()) == 0
    with reception.sign_in("Aysel", PASSWORD) as app:
        told = " ".join(str(notice) for notice in app.notices)
        assert "account of their own" in told
        assert "was changed on the server" in told
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            host=postgres_server.host, port=postgres_server.port, dbname=database, user="keeper",
            password="shared-by-all", sslmode="verify-full",
            sslrootcert=str(postgres_server.ca_file),
        )  # fmt: skip
    with reception.sign_in("Rauf", PASSWORD) as app:
        with app._store.engine.connect() as connection:
            (me,) = connection.exec_driver_sql("SELECT current_user").one()
        assert me.startswith("clopos_")
        assert app.call(count_orders, OrderFilter()) == 0
    with reception.sign_in("Aysel", PASSWORD) as app:
        app._store.keys.unlocked.remove_user("Rauf")
        assert len(sync_accounts(app._store).removed) == 1
    postgres_server.drop_database(database)


def test_an_owner_told_twice_is_told_once(new_postgres: NewShop) -> None:
    shop = new_postgres()
    keys = Keys(Vault.open(shop.folder), shop.unlocked(Role.OWNER))
    assert settle_accounts(shop.server_engine(), keys) == []


def test_rights_of_the_server_are_labelled_truly(new_postgres: NewShop) -> None:
    """A right that is called guarded by the server is one whose tables the server closes."""
    shop = new_postgres()
    enter(shop.app)
    without = BUILT_IN[Role.STAFF].permissions
    closed = [
        name
        for name, rights in RIGHTS.items()
        if not rights.readers & without and not rights.glance
    ]
    with _as(shop, Role.STAFF) as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in closed:
                assert _refused(connection, f"SELECT 1 FROM {table.schema}.{table.name}")
