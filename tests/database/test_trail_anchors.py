"""What remembers the trail outside of it, and what a sign-in looks at."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.access.alarms import CHECKERS, list_alarms, sign_alarm
from desktop_app.access.anchors import check_anchor, get_anchor, parsed
from desktop_app.access.operations import list_events, verify_trail
from desktop_app.access.records import EventFilter
from desktop_app.backup.operations import add_target, run_backup
from desktop_app.db.trail import Fault
from desktop_app.db.waiting import note_second_start, waiting
from desktop_app.kernel.access import Role
from desktop_app.kernel.asking import ConfirmationNeededError
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.sign_in import Reception
from desktop_app.vault.trail_box import anchor_code
from desktop_app.venue.operations import change_setting
from tests.database.shop import PASSWORD, PEOPLE, Shop, confirmed, order, sell, sql


def _door(shop: Shop) -> Reception:
    return Reception(shop.folder, clock=shop.clock, keyring=False)


def _cut(shop: Shop, events: int) -> None:
    """Take the newest events away, as somebody with the keys could; the chain stays perfect."""
    with shop.around(write=True) as connection:
        if connection.dialect.name == "sqlite":
            sql(connection, "DROP TRIGGER main.audit_event_no_delete")
        else:
            sql(connection, "ALTER TABLE ops.audit_event DISABLE TRIGGER ALL")
        last = sql(connection, "SELECT max(seq) FROM ops.audit_event").scalar()
        sql(connection, "DELETE FROM ops.audit_event WHERE seq > :s", s=last - events)


def _signed_in(shop: Shop, role: Role = Role.OWNER):
    return _door(shop).sign_in(PEOPLE[role], PASSWORD)


def test_a_session_ends_with_a_signature_and_leaves_a_mark(shop: Shop) -> None:
    with _signed_in(shop, Role.STAFF):
        pass
    newest = shop.app.call(list_events, limit=1)[0]
    assert (newest.operation, newest.actor, newest.signed) == (
        "session.end", PEOPLE[Role.STAFF], True,
    )  # fmt: skip
    mark = shop.app._store.mark.beside()
    assert (mark.events, mark.head) == (newest.seq, newest.hash)


def test_a_trail_that_was_cut_off_is_found_at_the_next_sign_in(shop: Shop) -> None:
    _signed_in(shop).close()
    remembered = len(shop.opened())
    _cut(shop, 2)
    assert shop.app.call(verify_trail, alone=True).ok  # the chain alone says nothing
    with _signed_in(shop, Role.STAFF) as app:
        assert [str(n) for n in app.notices if "audit trail" in str(n)]
    (alarm,) = shop.app.call(list_alarms)
    assert (alarm.fault, alarm.seq) == (Fault.CUT_OFF, remembered)


def test_an_old_store_file_put_back_is_found(files: Shop, tmp_path: Path) -> None:
    """security.md, D9 and E11: no key is needed for this, and the pages all authenticate."""
    for n in range(3):
        files.app.call(change_setting, "window.lock_after_minutes", str(n + 5))
    files.close()
    shutil.copy2(files.folder / "ops.db", tmp_path / "old.db")
    with _signed_in(files) as app:
        sell(app, [order(1)])
    shutil.copy2(tmp_path / "old.db", files.folder / "ops.db")
    with _signed_in(files) as app:
        report = app.call(verify_trail)
    assert (report.ok, report.fault) == (False, Fault.CUT_OFF)


def _trail_of(shop: Shop) -> list[tuple[int, bytes]]:
    shop.engine.dispose()
    with shop.around() as connection:
        return [tuple(row) for row in sql(connection, "SELECT seq, hash FROM ops.audit_event")]


def test_an_old_page_of_the_trail_put_back_is_found(files: Shop) -> None:
    """Encrypted pages authenticate wherever they come from: SQLCipher says nothing."""
    store, path = files.app._store, files.folder / "ops.db"
    for n in range(40):
        files.app.call(change_setting, "window.lock_after_minutes", str(n + 5))
    files.engine.dispose()
    old = path.read_bytes()
    for n in range(40):
        files.app.call(change_setting, "window.lock_after_minutes", str(n + 5))
    store.mark.keep(store.pen.head.seq, store.pen.head.hash)
    true, new, found = _trail_of(files), path.read_bytes(), 0
    for at in range(4096, len(old), 4096):
        if old[at : at + 4096] == new[at : at + 4096]:
            continue
        path.write_bytes(new[:at] + old[at : at + 4096] + new[at + 4096 :])
        if _trail_of(files) != true:
            found += 1
            assert not files.app.call(verify_trail).ok
            files.engine.dispose()
        path.write_bytes(new)
    assert found


def test_backups_remember_the_trail_and_convict_a_cut_one(files: Shop, tmp_path: Path) -> None:
    files.app.call(add_target, "USB 2", str(tmp_path / "usb"))
    files.app.call(change_setting, "documents.language", "en")
    files.app.call(run_backup)
    report = files.app.call(verify_trail)
    assert (report.ok, report.anchored.outside) == (True, True)
    assert str(report.anchored.where) == "backup “USB 2”"
    _cut(files, len(files.opened()) - report.anchored.seq + 2)
    (files.folder / "trail-mark.json").unlink(missing_ok=True)
    broken = files.app.call(verify_trail)
    assert (broken.ok, broken.fault) == (False, Fault.CUT_OFF)
    assert broken.broken_at == report.anchored.seq


def test_a_printed_anchor_is_checked_however_it_is_typed(shop: Shop) -> None:
    shop.app.call(change_setting, "documents.language", "en")
    line = str(shop.app.call(get_anchor))
    newest = shop.app.call(list_events, limit=1)[0]
    code = anchor_code(bytes.fromhex(newest.hash))
    assert line == f"Trail {newest.seq:,} · {code}"
    for typed in (line, f"{newest.seq} {code.lower()}", f" {newest.seq}{code.replace('-', ' ')} "):
        assert shop.app.call(check_anchor, typed).fits
    _cut(shop, 1)
    assert not shop.app.call(check_anchor, line).fits
    shop.as_role(Role.STAFF).call(get_anchor)  # anybody may print it
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(check_anchor, line)


@pytest.mark.parametrize("typed", ["", "48213", "7QK3-9MZD-4T2H-XA0F", "x 7QK3-9MZD-4T2H-XUUU"])
def test_what_is_no_anchor_is_told(typed: str) -> None:
    with pytest.raises(InvalidError):
        parsed(typed)


@given(st.integers(1, 10**9), st.binary(min_size=32, max_size=32), st.data())
def test_an_anchor_survives_being_typed(seq: int, head: bytes, data) -> None:
    code = anchor_code(head)
    typed = "".join(
        data.draw(st.sampled_from([c, c.lower(), *{"0": "Oo", "1": "IiLl"}.get(c, "")]))
        for c in code
    )
    gap = data.draw(st.sampled_from([" ", " · ", "  ", "-", ""]))
    front = data.draw(st.sampled_from(["", "Trail ", "trail:"]))
    assert parsed(f"{front}{seq:,}{gap}{typed}") == (seq, code.replace("-", ""))


def test_a_second_start_is_entered_at_the_next_sign_in(shop: Shop, tmp_path: Path) -> None:
    note_second_start(tmp_path)  # no store there: nothing is left behind
    assert waiting(tmp_path) == []
    note_second_start(shop.folder)
    note_second_start(shop.folder)
    _signed_in(shop).close()
    (found,) = shop.app.call(list_events, EventFilter(operation="program.second_start"))
    assert (found.outcome, found.detail["times"]) == ("done", 2)


def test_failed_sign_ins_are_entered_at_the_next_good_one(shop: Shop) -> None:
    door = _door(shop)
    for name in (PEOPLE[Role.STAFF], PEOPLE[Role.STAFF], "my secret password"):
        with pytest.raises(NotAllowedError):
            door.sign_in(name, "wrong wrong wrong")
        shop.clock.at += timedelta(seconds=1)
    assert {(one.user_id != "", one.count) for one in waiting(shop.folder)} == {
        (True, 2),
        (False, 1),
    }
    _signed_in(shop).close()
    found = shop.app.call(list_events, EventFilter(operation="sign_in.failed"))
    assert {(e.subject, e.outcome, e.detail["times"]) for e in found} == {
        (f"user {PEOPLE[Role.STAFF]}", "refused", 2),
        ("", "refused", 1),
    }
    assert waiting(shop.folder) == []
    raw = b"".join(path.read_bytes() for path in shop.folder.iterdir() if path.is_file())
    assert b"my secret password" not in raw
    assert "my secret" not in shop.trail_text()


def test_a_clock_that_was_set_back_is_an_event_and_keeps_nobody_out(shop: Shop) -> None:
    _signed_in(shop).close()
    shop.clock.at -= timedelta(days=40)
    with _signed_in(shop) as app:
        assert app.call(list_events, EventFilter(operation="clock.went_back"))
        assert app.call(verify_trail).ok


def test_a_clock_set_back_while_somebody_works_is_an_event(shop: Shop) -> None:
    app = shop.another(clock=FrozenClock(shop.clock.at + timedelta(hours=1)))
    app.call(change_setting, "documents.language", "en")
    app._store.clock.at -= timedelta(hours=2)
    app.call(change_setting, "documents.language", "az")
    assert app.call(list_events, limit=2)[1].operation == "clock.went_back"


def test_an_alarm_stays_until_two_people_sign_it_off(shop: Shop) -> None:
    owner = shop.app._store.keys.unlocked
    owner.add_user("Nigar", Role.AUDITOR, PASSWORD)
    _signed_in(shop).close()
    _cut(shop, 2)
    with _signed_in(shop) as app:
        assert not app.call(verify_trail).ok
        (alarm,) = app.call(list_alarms)
        with pytest.raises(ConfirmationNeededError):
            app.call(sign_alarm, alarm.id, "a colleague restored an old file")
        with pytest.raises(InvalidError):
            confirmed(app, sign_alarm, alarm.id, "ok")
        assert confirmed(app, sign_alarm, alarm.id, "a colleague restored an old file") is False
        with pytest.raises(ConflictError):
            confirmed(app, sign_alarm, alarm.id, "a colleague restored an old file")
        (again,) = app.call(list_alarms)
        assert [one.name for one in again.signatures] == [PEOPLE[Role.OWNER]]
    with _door(shop).sign_in("Nigar", PASSWORD) as app:
        assert confirmed(app, sign_alarm, alarm.id, "seen with the owner") is True
        assert app.call(list_alarms) == []
        assert app.call(verify_trail).ok
    events = shop.app.call(list_events, EventFilter(operation="access.sign_alarm"))
    signed = [event for event in events if event.outcome == "done"]
    assert all(event.signed for event in signed)
    assert len(signed) == 2


@pytest.mark.parametrize("checkers", [CHECKERS, {Role.AUDITOR}])
def test_an_owner_alone_closes_an_alarm_where_nobody_else_checks(shop: Shop, checkers) -> None:
    keys = shop.app._store.keys  # an accountant who may not read the trail cannot sign
    for user in keys.vault.users():
        if user.role in checkers:
            keys.unlocked.remove_user(user.name)
    _signed_in(shop).close()
    _cut(shop, 2)
    with _signed_in(shop) as app:
        (alarm,) = app.call(list_alarms)
        assert confirmed(app, sign_alarm, alarm.id, "the disk was full, I restored") is True


def test_at_least_each_500th_event_is_signed(shop: Shop) -> None:
    with shop.around(write=True) as connection:
        from desktop_app.db.trail import Event

        for _ in range(505):
            shop.app._store.pen.write(
                connection, shop.app.actor, shop.clock.now(), Event("a.b", "done"), signed=False
            )
    assert any(one.signature for one in shop.opened() if one.seq == 500)


def test_the_keyring_remembers_the_trail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from desktop_app.vault import device as module

    kept: dict[str, str] = {}

    class Ring:
        def get_password(self, _service: str, account: str) -> str | None:
            return kept.get(account)

        def set_password(self, _service: str, account: str, text: str) -> None:
            kept[account] = text

    monkeypatch.setattr(module, "_backend", Ring)
    device = module.Device(tmp_path)
    device.keep_trail_mark(module.TrailMark(7, "ab" * 32))
    assert device.trail_mark() is None  # a store it does not know
    device.trust("7QK3", 1)
    device.keep_trail_mark(module.TrailMark(7, "ab" * 32))
    device.compare("7QK3", 2)
    assert device.trail_mark() == module.TrailMark(7, "ab" * 32)
