"""The encrypted files: settings really in force, nothing readable, damage named."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from desktop_app.app import App
from desktop_app.backup.pages import PAGE, PageCodec
from desktop_app.customers.operations import find_customers
from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.tables import Customer
from desktop_app.db.engine import encrypted_files, file_of
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Domain, Role
from desktop_app.kernel.errors import (
    AppError,
    DamagedError,
    NotAllowedError,
    UnavailableError,
)
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import IncomingLine, OrderFilter
from desktop_app.sign_in import Reception
from desktop_app.venue.operations import change_setting, get_venue
from tests.conftest import ROOT
from tests.database.shop import PASSWORD, PEOPLE, Shop, command, enter, order, sell, sql

PLACES = {"main": Domain.OPS, "people": Domain.PEOPLE, "office": Domain.OFFICE}
CANARY = IncomingCustomer(
    "CANARYREF", "Canaryname Əliyev", phone="+994509998877", email="canary@mail.example",
    note="canarynote",
)  # fmt: skip
CANARIES = (
    b"anaryname",
    b"994509998877",
    b"canary@mail",
    b"canarynote",
    b"CANARYREF",
    b"CANARYDISH",
)


def _keys(shop: Shop) -> dict[Domain, bytearray]:
    return {d: key.buffer for d, key in shop.app._store.keys.unlocked.domain_keys.items()}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("page_size", "4096"),
        ("cipher_page_size", "4096"),
    ],
)
def test_each_file_has_its_settings(files: Shop, place: str, pragma: str, value: object) -> None:
    with files.around() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {place}.{pragma}").scalar() == value


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 5000),
        ("cipher_settings", "PRAGMA kdf_iter = 256000;"),
    ],
)
def test_each_connection_has_its_settings(files: Shop, pragma: str, value: object) -> None:
    with files.around() as one, files.around() as another:
        for connection in (one, another):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_foreign_key_is_enforced_inside_a_file(files: Shop) -> None:
    with (
        pytest.raises(DBAPIError, match="FOREIGN KEY"),
        files.around(write=True) as connection,
    ):
        sql(connection, "INSERT INTO people.customer_tag (customer_id, tag) VALUES (1, 'x')")


def test_a_file_is_unreadable_without_its_key(files: Shop) -> None:
    for domain in Domain:
        with pytest.raises(sqlite3.DatabaseError, match="not a database"):
            sqlite3.connect(file_of(files.folder, domain)).execute("SELECT * FROM sqlite_master")


def test_nothing_can_be_read_in_the_files_or_their_journals(files: Shop) -> None:
    def found() -> set[tuple[str, bytes]]:
        return {
            (path.name, canary)
            for path in files.folder.rglob("*")
            if path.is_file()
            for canary in CANARIES
            if canary.lower() in path.read_bytes().lower()
        }

    enter(files.app, CANARY)
    sell(files.app, [order(1, IncomingLine("CANARYDISH", 1000, 100), customer_ref="CANARYREF")])
    assert found() == set()

    def change_and_look(tx) -> int:
        (customer,) = tx.objects(select(Customer).limit(1))
        customer.note = "canarynote again"
        tx._session.flush()
        journals = [p for p in files.folder.glob("*-journal") if p.stat().st_size]
        assert found() == set()
        return len(journals)

    assert files.app.call(command(change_and_look)) >= 1
    assert found() == set()


def _decrypted(shop: Shop, domain: Domain) -> bytes:
    raw = file_of(shop.folder, domain).read_bytes()
    pages = np.frombuffer(raw, np.uint8).reshape(-1, PAGE).copy()
    codec = PageCodec(bytes(_keys(shop)[domain]), raw[:16])
    codec.open(pages, np.arange(1, len(pages) + 1, dtype=np.int64))
    return pages.tobytes()


def test_erased_bytes_are_gone_from_the_decrypted_pages(files: Shop) -> None:
    number = enter(files.app, CANARY)["CANARYREF"]
    assert b"canarynote" in _decrypted(files, Domain.PEOPLE)

    def forget(tx: Transaction) -> None:
        tx.get(Customer, number).note = ""

    files.app.call(command(forget))
    assert b"canarynote" not in _decrypted(files, Domain.PEOPLE)
    assert b"Canaryname" in _decrypted(files, Domain.PEOPLE)


@pytest.mark.parametrize("role", [Role.STAFF])
def test_a_locked_domain_looks_locked_and_not_empty(files: Shop, role: Role) -> None:
    enter(files.app, CANARY)
    app = files.as_role(role)
    with app._store.engine.execution_options(read_only=True).connect() as connection:
        attached = {row[1] for row in connection.exec_driver_sql("PRAGMA database_list")}
        assert attached == {"main"}
        with pytest.raises(DBAPIError, match="no such table"):
            connection.exec_driver_sql("SELECT count(*) FROM people.customer")
    with pytest.raises(NotAllowedError):
        app.call(find_customers, "canary")
    assert app.call(count_orders, OrderFilter()) == 0


def test_a_manager_has_no_key_to_the_office(files: Shop) -> None:
    assert set(files.unlocked(Role.MANAGER).domain_keys) == {Domain.OPS, Domain.PEOPLE}


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x55
    path.write_bytes(content)


DAMAGE: dict[str, tuple[Callable[[Path], object], type[AppError], str]] = {
    "cut": (_cut, DamagedError, "damaged"),
    "empty": (lambda path: path.write_bytes(b""), DamagedError, "is empty"),
    "missing": (lambda path: path.unlink(), UnavailableError, "is missing"),
    "first page": (lambda path: _flip(path, 100), DamagedError, "damaged"),
    "salt": (lambda path: _flip(path, 3), DamagedError, "damaged"),
    "not a store": (lambda path: path.write_bytes(b"hello" * 2000), DamagedError, "damaged"),
}


@pytest.mark.parametrize("domain", Domain)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_named_when_the_store_is_opened(
    files: Shop, damage: str, domain: Domain
) -> None:
    do, error, words = DAMAGE[damage]
    sell(files.app, [order(n) for n in range(100)])
    enter(files.app, CANARY)
    files.close()
    do(file_of(files.folder, domain))
    with pytest.raises(error, match=words) as told:
        files.another().call(get_venue)
    assert told.value.hint is not None
    assert told.value.exit_code == error.exit_code


def test_a_flipped_byte_in_the_middle_is_told_when_it_is_met(files: Shop) -> None:
    sell(files.app, [order(n) for n in range(300)])
    files.close()
    path = file_of(files.folder, Domain.OPS)
    for page in range(2, path.stat().st_size // 4096):
        _flip(path, page * 4096 + 200)
    with pytest.raises(DamagedError, match="damaged"):
        files.another().call(count_orders, OrderFilter())


def test_two_files_of_different_stores_do_not_open_together(
    new_sqlcipher: Callable[[], Shop], tmp_path: Path
) -> None:
    shop = new_sqlcipher()
    keys = _keys(shop)
    wrong = {domain: bytearray(32) for domain in keys}
    with pytest.raises(DamagedError, match="does not belong to this key"):
        encrypted_files(shop.folder, wrong)
    half = keys | {Domain.PEOPLE: bytearray(32)}
    with pytest.raises(DamagedError, match="does not belong to this key"):
        encrypted_files(shop.folder, half)


def test_a_database_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    keys = {Domain.OPS: bytearray([9] * 32)}
    engine: Engine = encrypted_files(tmp_path, keys, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    engine.dispose()
    with pytest.raises(DamagedError):
        encrypted_files(tmp_path, keys)


def test_a_wrong_password_says_nothing_more(files: Shop) -> None:
    reception = Reception(files.folder, clock=files.clock, keyring=False)
    texts = set()
    for name, password in ((PEOPLE[Role.OWNER], "wrong"), ("Nobody", PASSWORD)):
        with pytest.raises(NotAllowedError) as refused:
            reception.sign_in(name, password)
        texts.add(str(refused.value))
    assert len(texts) == 1


_AS_SOMEBODY = """
import os, sys
from pathlib import Path
import sqlalchemy.dialects.sqlite.pysqlite
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.clock import SystemClock
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.sign_in import Reception
from desktop_app.kernel.words import words
from desktop_app.venue.operations import change_setting
words("en")
if os.geteuid() == 0:
    # Load what is loaded late: the other account need not be able to read this checkout.
    Reception(Path(sys.argv[1]), keyring=False).sign_in(sys.argv[2], sys.argv[3]).close()
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
with Reception(Path(sys.argv[1]), keyring=False).sign_in(sys.argv[2], sys.argv[3]) as app:
    print("orders", app.call(count_orders, OrderFilter()))
    print("notices", len(app.notices))
    try:
        app.call(change_setting, "documents.language", "en")
    except AppError as error:
        print(type(error).__name__, error.exit_code, error)
"""


def test_a_read_only_folder_can_be_looked_at_and_says_why_not_more(files: Shop) -> None:
    sell(files.app, [order(1)])
    files.close()
    place = Path("/tmp") / f"clopos-read-only-{os.getpid()}"  # noqa: S108 - others must reach it
    shutil.copytree(files.folder, place)
    try:
        for path in place.iterdir():
            path.chmod(0o444)
        place.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", _AS_SOMEBODY, place, PEOPLE[Role.OWNER], PASSWORD],
            capture_output=True, text=True, cwd=ROOT, check=False, timeout=60,
        )  # fmt: skip
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)
    assert done.returncode == 0, done.stderr
    orders, notices, refused = done.stdout.strip().split("\n")
    assert (orders, notices) == ("orders 1", "notices 1")
    assert refused.startswith("UnavailableError 6 The store's folder cannot be written to.")


def test_two_programs_may_open_one_store(files: Shop) -> None:
    one, other = files.another(), files.another()
    sell(one, [order(1)])
    assert other.call(count_orders, OrderFilter()) == 1
    sell(other, [order(2)], "other")
    assert one.call(count_orders, OrderFilter()) == 2
    files.check_trail()


def test_a_writer_that_waits_in_vain_says_that_the_store_is_busy(
    files: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.db.engine.PATIENCE_S", 0.05)
    other: App = files.another()
    with (
        files.around(write=True),
        pytest.raises(UnavailableError, match="busy: another program is writing"),
    ):
        other.call(change_setting, "documents.language", "en")
    other.call(change_setting, "documents.language", "en")
    files.check_trail()
