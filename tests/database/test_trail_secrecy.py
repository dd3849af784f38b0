"""What somebody can do to the trail who has the files, the program and a cashier's password."""

from __future__ import annotations

import hashlib

import pytest

from desktop_app.access.operations import get_changes, list_events, note_restore, verify_trail
from desktop_app.access.records import EventFilter
from desktop_app.db.audit_tables import TrailSession
from desktop_app.db.pen import Pen
from desktop_app.db.trail import START, Content, Event, chained, encoded
from desktop_app.db.trail_reader import TrailReader
from desktop_app.kernel.access import Domain, Role
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.menu.operations import list_products
from desktop_app.vault import trail_box
from desktop_app.venue.operations import change_setting
from tests.database.shop import PEOPLE, Shop, a_query, command, order, sell, sql
from tests.support.pages import decrypted


def _history(shop: Shop) -> None:
    shop.app.call(change_setting, "documents.language", "en")
    sell(shop.app, [order(1)])
    shop.app.call(note_restore, "snap-of-tuesday")
    shop.as_role(Role.STAFF).call(command(lambda tx: tx.about("till seventeen")))


def test_files_program_and_a_cashiers_password_do_not_read_the_trail(files: Shop) -> None:
    _history(files)
    files.app.call(list_events)
    key = files.unlocked(Role.STAFF).domain_keys[Domain.OPS].reveal()
    seen = decrypted(files.folder / "ops.db", key)
    assert b"documents.language" in seen  # the setting itself: the pages were really opened
    for said in (
        "change_setting",
        "note_restore",
        "snap-of-tuesday",
        "till seventeen",
        "note_sign",
    ):
        assert said.encode() not in seen
    with files.around() as connection:  # the list of sessions has names; the trail has none
        rows = sql(connection, "SELECT * FROM ops.audit_event").all()
    cells = b"".join(cell for row in rows for cell in row if isinstance(cell, bytes))
    assert cells
    for name in PEOPLE.values():
        assert name.encode() not in cells


def test_a_cashier_holds_no_key_of_the_trail(shop: Shop) -> None:
    _history(shop)
    staff = shop.as_role(Role.STAFF)
    assert staff._store.keys.unlocked.trail_key() is None
    for asked in ((list_events,), (get_changes, 1)):
        with pytest.raises(NotAllowedError):
            staff.call(*asked)
    reader = TrailReader(staff._store.keys.vault, staff._store.keys.unlocked)

    def body(tx) -> list[object]:
        return [one.content for one in reader.opened(tx, tx.trail_rows(1, 99))]

    with pytest.raises(NotAllowedError):  # not even the sealed contents
        staff.call(a_query(body))
    rows = shop.app.call(a_query(lambda tx: list(tx.trail_rows(1, 99))))
    opened = shop.app.call(a_query(lambda tx: list(reader.opened(tx, rows))))
    assert {one.content for one in opened} == {None}


def test_everybody_appends_what_only_readers_open(shop: Shop) -> None:
    shop.as_role(Role.STAFF).call(command(lambda tx: tx.about("till seventeen")))
    (found,) = shop.app.call(list_events, EventFilter(actor=PEOPLE[Role.STAFF]))
    assert (found.subject, found.role) == ("till seventeen", "staff")
    (again,) = shop.as_role(Role.MANAGER).call(list_events, EventFilter("till seventeen"))
    assert again.seq == found.seq


def _disarm(connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in ("audit_event_no_update", "audit_event_no_delete"):
            sql(connection, f"DROP TRIGGER main.{name}")
    else:
        sql(connection, "ALTER TABLE ops.audit_event DISABLE TRIGGER ALL")


def _rechain(connection, install: str) -> None:
    """Compute all hashes again, as an insider with the key of the files can."""
    previous = START
    rows = sql(connection, "SELECT * FROM ops.audit_event ORDER BY seq").all()
    for row in rows:
        content = hashlib.sha256(row.sealed).digest()
        signed = row.signature is not None
        own = chained(previous, row.seq, row.at, row.session, content, signed)
        sql(
            connection,
            "UPDATE ops.audit_event SET content_hash = :c, previous = :p, hash = :h WHERE seq = :s",
            c=content, p=previous, h=own, s=row.seq,
        )  # fmt: skip
        previous = own


def test_a_chain_rebuilt_by_an_insider_fails_at_the_next_signature(shop: Shop) -> None:
    _history(shop)
    signed = next(one.seq for one in shop.opened() if one.signature is not None)
    with shop.around(write=True) as connection:
        _disarm(connection)
        sql(connection, "UPDATE ops.audit_event SET at = at + 1 WHERE seq = 2")
        _rechain(connection, shop.app._store.keys.vault.install_id)
    report = shop.app.call(verify_trail)
    assert (report.ok, report.broken_at) == (False, signed)
    assert "signature" in str(report.why)


def test_contents_moved_to_another_event_do_not_open(shop: Shop) -> None:
    _history(shop)
    last = shop.opened()[-1].seq
    with shop.around(write=True) as connection:
        _disarm(connection)
        sql(
            connection,
            "UPDATE ops.audit_event SET (sealed, session) = (SELECT o.sealed, o.session FROM "
            "ops.audit_event AS o WHERE o.seq = :other) WHERE seq = :seq",
            other=last - 1, seq=last,
        )  # fmt: skip
        _rechain(connection, shop.app._store.keys.vault.install_id)
    newest = shop.app.call(list_events, limit=1)[0]
    assert newest.operation == "trail.unreadable"
    assert shop.app.call(verify_trail).ok  # no signature covers it yet, so the chain alone holds
    report = shop.app.call(verify_trail, full=True)
    assert (report.ok, report.broken_at) == (False, last)


def test_a_session_forged_in_the_owners_name_is_found(shop: Shop) -> None:
    """Somebody with the file key makes a session of their own and says it is the owner's."""
    _history(shop)
    owner, staff = shop.app._store.keys, shop.as_role(Role.STAFF)._store.keys
    pen = Pen(staff.vault, staff.unlocked)
    session = pen._begun(0)
    head, cipher = trail_box.begin_session(
        owner.vault.install_id,
        staff.unlocked.trail_version,
        staff.unlocked.trail_public,
        owner.unlocked.user_id,
        owner.unlocked.public_key,
        0,
    )
    session.head, session.cipher, session.name = head, cipher, head.name(owner.vault.install_id)
    before = shop.opened()[-1].seq
    with shop.around(write=True) as connection:
        actor = shop.app.actor
        pen.write(connection, actor, shop.clock.now(), Event("orders.refund", "done"), signed=True)
    assert shop.app.call(list_events, limit=1)[0].actor == actor.name  # it reads like the owner's
    report = shop.app.call(verify_trail)
    assert (report.ok, report.broken_at) == (False, before + 1)
    assert "session" in str(report.why)


def test_an_event_in_somebody_elses_name_is_found(shop: Shop) -> None:
    """A cashier's own session, whose contents say that the owner did it."""
    staff = shop.as_role(Role.STAFF)._store
    before = len(shop.opened())
    with shop.around(write=True) as connection:
        staff.pen.write(
            connection, shop.app.actor, shop.clock.now(), Event("orders.refund", "done"),
            signed=True,
        )  # fmt: skip
    report = shop.app.call(verify_trail, full=True)
    assert (report.ok, report.broken_at) == (False, before + 1)
    assert "somebody else" in str(report.why)


def test_a_session_that_was_exchanged_is_found(shop: Shop) -> None:
    _history(shop)
    with shop.around(write=True) as connection:
        if connection.dialect.name == "sqlite":
            sql(connection, "DROP TRIGGER main.trail_session_no_update")
        else:
            sql(connection, "ALTER TABLE ops.trail_session DISABLE TRIGGER ALL")
        sql(connection, "UPDATE ops.trail_session SET user_id = 'somebody'")
    report = shop.app.call(verify_trail)
    assert (report.ok, report.broken_at) == (False, 1)


def test_a_session_is_kept_once_and_signed_by_its_person(shop: Shop) -> None:
    for _ in range(3):
        shop.app.call(change_setting, "documents.language", "en")
    keys = shop.app._store.keys
    mine = [
        row for row in shop.rows(TrailSession) if row["id"] == shop.app._store.pen._session.name
    ]
    assert [row["user_id"] for row in mine] == [keys.unlocked.user_id]
    assert keys.vault.verify(
        PEOPLE[Role.OWNER], trail_box.SESSION, mine[0]["id"], mine[0]["signature"]
    )


def test_a_transaction_that_fails_takes_its_session_with_it(shop: Shop) -> None:
    other = shop.another(Role.STAFF)

    def fail(tx) -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        other.call(command(fail))
    with pytest.raises(NotAllowedError):
        other.call(list_events)
    other.call(list_products)
    shop.check_trail()
    shop.check_counts()


def test_long_contents_are_compressed_and_come_back(shop: Shop) -> None:
    said = [f"word {n}" for n in range(400)]
    shop.app.call(command(lambda tx: tx.about("long", words=said)))
    newest = shop.app.call(list_events, EventFilter("long"))[0]
    assert newest.detail["words"] == said
    event = Event("a.b", "done", "long", {"words": said})
    assert len(encoded(Content(event, "x", "", "owner"))) < 2000
