"""The audit trail: one unbroken chain, append-only, the same for many writers."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from desktop_app.access.operations import (
    count_events,
    get_changes,
    list_events,
    verify_trail,
)
from desktop_app.access.records import EventFilter
from desktop_app.access.sessions import note_sign_in
from desktop_app.db.choices import StoredSetting
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import SystemClock
from desktop_app.venue.operations import change_setting
from tests.conftest import ROOT
from tests.database.shop import PASSWORD, PEOPLE, Shop, command, order, sell, sql


def _some_history(shop: Shop) -> None:
    for minutes in range(5, 15):
        shop.app.call(change_setting, "window.lock_after_minutes", str(minutes))
    sell(shop.app, [order(1), order(2)])


def _disarm(connection, table: str) -> None:
    """Take the triggers away, as somebody with the keys could."""
    if connection.dialect.name == "sqlite":
        for action in ("update", "delete"):
            sql(connection, f"DROP TRIGGER main.{table}_no_{action}")
    else:
        sql(connection, f"ALTER TABLE ops.{table} DISABLE TRIGGER ALL")


def test_an_untouched_trail_verifies(shop: Shop) -> None:
    _some_history(shop)
    events = shop.events()
    report = shop.app.call(verify_trail)
    assert (report.ok, report.events, report.broken_at) == (True, len(events), None)
    assert report.head == events[-1]["hash"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


def test_checking_is_entered_and_signed(shop: Shop) -> None:
    _some_history(shop)
    report = shop.app.call(verify_trail)
    newest = shop.app.call(list_events, limit=1)[0]
    assert (newest.operation, newest.signed) == ("access.verify_trail", True)
    assert newest.detail == {"ok": True, "events": report.events}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ops.audit_event SET at = at + 1",
        "UPDATE ops.audit_event SET seq = seq + 1000",
        "UPDATE ops.audit_event SET sealed = content_hash",
        "UPDATE ops.audit_event SET sealed = '', at = at + 1",
        "UPDATE ops.audit_event SET sealed = '', signature = hash WHERE seq = 7",
        "DELETE FROM ops.audit_event",
        "UPDATE ops.trail_session SET user_id = 'x'",
        "DELETE FROM ops.trail_session",
    ],
)
def test_the_trail_is_append_only_in_the_database(shop: Shop, statement: str) -> None:
    _some_history(shop)
    if not shop.is_postgres:
        statement = statement.replace("''", "x''")
    with pytest.raises(DBAPIError, match="append-only"), shop.around(write=True) as connection:
        sql(connection, statement)
    shop.check_trail()


@pytest.mark.postgres
def test_the_trail_cannot_be_emptied_on_the_server(new_postgres) -> None:
    shop = new_postgres()
    with pytest.raises(DBAPIError, match="append-only"), shop.around(write=True) as connection:
        sql(connection, "TRUNCATE ops.audit_event CASCADE")


def test_an_event_cannot_be_replaced_in_the_files(files: Shop) -> None:
    _some_history(files)
    with pytest.raises(DBAPIError, match="append-only"), files.around(write=True) as connection:
        sql(connection, "REPLACE INTO ops.audit_event SELECT * FROM ops.audit_event WHERE seq = 7")


TAMPERING = {
    "time": "UPDATE ops.audit_event SET at = at + 1 WHERE seq = 7",
    "session": "UPDATE ops.audit_event SET session = substr(hash, 1, 16) WHERE seq = 7",
    "a longer session": "UPDATE ops.audit_event SET session = hash WHERE seq = 7",
    "contents": "UPDATE ops.audit_event SET sealed = hash WHERE seq = 7",
    "contents of another event": "UPDATE ops.audit_event SET sealed = "
    "(SELECT o.sealed FROM ops.audit_event AS o WHERE o.seq = 8) WHERE seq = 7",
    "hash of the contents": "UPDATE ops.audit_event SET content_hash = hash WHERE seq = 7",
    "own hash": "UPDATE ops.audit_event SET hash = content_hash WHERE seq = 7",
    "previous": "UPDATE ops.audit_event SET previous = hash WHERE seq = 7",
    "a signature more": "UPDATE ops.audit_event SET signature = hash WHERE seq = 7",
    "an event taken out": "DELETE FROM ops.audit_event WHERE seq = 7",
    "its number": "UPDATE ops.audit_event SET seq = 7000 WHERE seq = 7",
    "two events exchanged": "UPDATE ops.audit_event SET seq = -seq WHERE seq = 7;"
    "UPDATE ops.audit_event SET seq = 7 WHERE seq = 8;"
    "UPDATE ops.audit_event SET seq = 8 WHERE seq = -7",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_a_rewritten_row_is_found_at_its_place(shop: Shop, statement: str) -> None:
    _some_history(shop)
    with shop.around(write=True) as connection:
        _disarm(connection, "audit_event")
        for one in statement.split(";"):
            assert sql(connection, one).rowcount == 1
    report = shop.app.call(verify_trail)
    assert (report.ok, report.broken_at, report.events) == (False, 7, 6)
    assert report.why is not None


def test_emptied_contents_keep_the_chain_whole(shop: Shop) -> None:
    _some_history(shop)
    with shop.around(write=True) as connection:
        empty = "''" if shop.is_postgres else "x''"
        sql(connection, f"UPDATE ops.audit_event SET sealed = {empty} WHERE seq IN (7, 9)")
    report = shop.app.call(verify_trail, full=True)
    assert (report.ok, report.emptied) == (True, 2)
    row = next(one for one in shop.app.call(list_events) if one.seq == 7)
    assert (row.operation, row.actor) == ("trail.emptied", "")
    with pytest.raises(DBAPIError, match="append-only"), shop.around(write=True) as connection:
        sql(connection, "UPDATE ops.audit_event SET sealed = hash WHERE seq = 7")


def test_a_long_trail_is_verified_in_portions(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.access import verifying

    monkeypatch.setattr(verifying, "CHUNK", 4)
    _some_history(shop)
    shop.check_trail()


def test_events_are_listed_newest_first_and_in_pages(shop: Shop) -> None:
    _some_history(shop)
    total = shop.app.call(count_events)
    whole = [event.seq for event in shop.app.call(list_events, limit=1000)]
    assert whole == list(range(total, 0, -1))
    pages: list[int] = []
    before = None
    while page := shop.app.call(list_events, before=before, limit=3):
        pages += [event.seq for event in page]
        before = pages[-1]
    assert pages == whole


def test_events_are_found_by_actor_and_by_operation(shop: Shop) -> None:
    shop.as_role(Role.MANAGER).call(change_setting, "documents.language", "en")
    shop.app.call(note_sign_in, "password")
    by_actor = shop.app.call(list_events, EventFilter("Rauf"))
    assert [(e.actor, e.operation, e.changes) for e in by_actor] == [
        ("Rauf", "venue.change_setting", 1)
    ]
    assert {e.operation for e in shop.app.call(list_events, EventFilter("access."))} == {
        "access.note_sign_in"
    }
    assert shop.app.call(list_events, EventFilter("%")) == []


def test_the_changes_of_an_event_are_shown(shop: Shop) -> None:
    shop.app.call(change_setting, "documents.language", "en")
    newest = shop.app.call(list_events, limit=1)[0]
    (change,) = shop.app.call(get_changes, newest.seq)
    assert (change.table, change.row_id, change.action) == ("setting", "documents.language", "add")


def test_times_of_events_come_from_the_clock(shop: Shop) -> None:
    shop.clock.at += timedelta(days=3, microseconds=1999)
    shop.app.call(note_sign_in, "password")
    newest = shop.app.call(list_events, limit=1)[0]
    assert newest.at == shop.clock.at.replace(microsecond=1000)


def test_two_applications_writing_at_once_keep_one_chain(shop: Shop) -> None:
    apps = [shop.another(clock=SystemClock()) for _ in range(3)]
    before = len(shop.events())
    start = threading.Barrier(len(apps))
    failures: list[BaseException] = []

    def write(app, place: int) -> None:
        try:
            start.wait(10)
            for number in range(20):
                app.call(
                    command(
                        lambda tx, n=number: (
                            tx.add(StoredSetting(name=f"{place}.{n}", value="x")) and None
                        )
                    )
                )
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(app, n)) for n, app in enumerate(apps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert shop.check_trail() == before + 60
    assert len(shop.rows(StoredSetting)) == 60
    shop.check_counts()


def test_two_applications_selling_at_once_keep_the_sums_and_never_share_a_number(
    shop: Shop,
) -> None:
    apps = [shop.another(clock=SystemClock()) for _ in range(2)]
    failures: list[BaseException] = []

    def write(app, place: int) -> None:
        try:
            for number in range(15):
                sell(app, [order(number * 10 + n) for n in range(10)], f"till {place}")
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(app, n)) for n, app in enumerate(apps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert shop.real_counts()["pos_order"] == 300
    shop.check_counts()
    shop.check_trail()


def test_two_stores_never_hand_out_the_same_numbers_in_the_same_millisecond(shop: Shop) -> None:
    nodes = {shop.another()._store.ids.one() >> 12 & 1023 for _ in range(4)}
    assert len(nodes) > 1


_WRITER = """
import sys
from pathlib import Path
from desktop_app.sign_in import Reception
from desktop_app.venue.operations import change_setting
app = Reception(Path(sys.argv[1]), keyring=False).sign_in(sys.argv[2], sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with app:
    for n in range(25):
        app.call(change_setting, "window.lock_after_minutes", str(n + 1))
"""


def test_two_processes_writing_at_once_keep_one_chain(shop: Shop) -> None:
    before = len(shop.events())
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, shop.folder, PEOPLE[Role.OWNER], PASSWORD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n", writer.stderr.read()
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _out, errors = writer.communicate(timeout=60)
        assert writer.returncode == 0, errors
    assert shop.check_trail() == before + 2 * (1 + 25 + 1)
    shop.check_counts()
