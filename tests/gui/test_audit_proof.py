"""The audit screen's proof: its state, an open alarm, an anchor from paper, the export."""

import json

import pytest
from sqlalchemy import text

from desktop_app.access.alarms import list_alarms, sign_alarm
from desktop_app.access.anchors import get_anchor
from desktop_app.access.operations import count_events, list_events
from desktop_app.access.records import Anchor
from desktop_app.exports.operations import list_exports
from desktop_app.exports.records import FileFormat, What
from desktop_app.gui.screens.audit.wording import anchored_text
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import get_today
from tests.database.shop import confirmed
from tests.gui.people_room import demo_desk, demo_template
from tests.gui.step_up_room import give_password
from tests.gui.test_shell import unnamed

__all__ = ["demo_desk", "demo_template"]
SLOW_MS = 20_000
CHECKER = "tural"  # the demonstration's auditor


@pytest.fixture
def shown(demo_desk):
    window, screen = demo_desk.open("audit")
    demo_desk.qtbot.waitUntil(lambda: screen.list is not None)
    demo_desk.qtbot.waitUntil(lambda: "Reading" not in screen.proof.card.detail)
    return window, screen


def tamper(window, seq=3):
    """Change an event as somebody with the keys of the store could."""
    with window.bridge.app._store.engine.execution_options(audited=False).begin() as connection:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(text(guards)).all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text(f"UPDATE main.audit_event SET at = at + 1 WHERE seq = {seq}"))


def verified(qtbot, screen, word):
    screen.proof.card.verify.click()
    assert not screen.proof.card.verify.isEnabled()
    qtbot.waitUntil(lambda: word in screen.proof.card.headline, timeout=SLOW_MS)
    qtbot.waitUntil(screen.proof.card.verify.isEnabled)


def test_verifying_says_that_the_trail_is_intact_and_what_remembers_it(qtbot, shown):
    window, screen = shown
    assert screen.proof.card.headline == "Not checked since you came"
    count = window.bridge.app.call(count_events)
    verified(qtbot, screen, "intact")
    said = screen.proof.card.detail
    assert said.startswith(f"{count} events · checked 19:20 · anchored")
    assert screen.proof.alarm is None


def test_an_anchor_is_told_with_its_place_and_day(shown):
    window, _ = shown
    today = window.bridge.app.call(get_today)
    usb = msg("backup “{name}”", name="USB")
    at = today.now.replace(hour=18, minute=14)
    for days, when in ((1, "yesterday 22:14"), (0, "22:14")):
        moment = at.replace(day=at.day - days)
        said = anchored_text(Anchor(5, "", usb, moment, outside=True), today)
        assert said == f"anchored {when} (backup “USB”)"


def test_the_last_check_is_told_when_coming_back(qtbot, demo_desk, shown):
    window, screen = shown
    assert screen.proof.card.detail == "Nobody has checked this trail yet."
    verified(qtbot, screen, "intact")
    with qtbot.waitSignal(window.locked):
        window.lock()
    _, again = demo_desk.open("audit")
    qtbot.waitUntil(lambda: "Last checked by owner" in again.proof.card.detail)
    assert again.proof.card.headline == "Not checked since you came"


def test_an_alarm_names_the_event_and_is_signed_off(qtbot, shown):
    window, screen = shown
    event = window.bridge.app.call(list_events, before=4, limit=1)[0]
    tamper(window)
    verified(qtbot, screen, "broken at event 3")
    qtbot.waitUntil(lambda: screen.proof.alarm is not None)
    alarm = screen.proof.alarm
    assert "Event 3" in alarm.accessibleName()
    qtbot.waitUntil(lambda: event.actor in screen.proof.alarm.said)
    alarm = screen.proof.alarm  # the card is made anew where the trail was asked twice
    assert alarm.said.endswith("There is none before it.")
    qtbot.waitUntil(alarm.isVisible)
    assert not unnamed(window)
    alarm.sign.click()
    dialog = screen.proof.dialog
    assert not dialog.done_button.isEnabled()
    assert "few words" in dialog.done_button.toolTip()
    dialog.reason.setText("Disk was repaired by hand")
    with qtbot.waitSignal(dialog.signed, timeout=SLOW_MS) as signed:
        dialog.done_button.click()
        give_password(qtbot, window)
    assert signed.args == [False]  # the demonstration has an auditor
    qtbot.waitUntil(lambda: not screen.proof.alarm.sign.isEnabled())
    assert "signed this alarm already" in screen.proof.alarm.sign.toolTip()
    assert len(window.bridge.app.call(list_alarms)) == 1


def test_verifying_names_a_receipt_that_was_changed_beside_the_program(qtbot, shown):
    window, screen = shown
    audited = window.bridge.app._store.engine.execution_options(audited=False)
    with audited.begin() as connection:
        found = connection.execute(text("SELECT id, number FROM main.pos_order LIMIT 1 OFFSET 7"))
        id_, receipt = found.one()
        lower = "UPDATE main.pos_order SET total_minor = total_minor - 100 WHERE id = :id"
        connection.execute(text(lower), {"id": id_})
    verified(qtbot, screen, "broken at event")
    assert screen.proof.card.detail.startswith(f"receipt {receipt} is not as it was written")
    qtbot.waitUntil(lambda: screen.proof.alarm is not None)


def test_the_second_signature_closes_the_alarm(qtbot, demo_desk, shown):
    window, screen = shown
    tamper(window)
    verified(qtbot, screen, "broken at event 3")
    alarm = window.bridge.app.call(list_alarms)[0]
    confirmed(window.bridge.app, sign_alarm, alarm.id, "Disk was repaired by hand")
    with qtbot.waitSignal(window.locked):
        window.lock()
    window, screen = demo_desk.open("audit", name=CHECKER)
    qtbot.waitUntil(lambda: screen.proof.alarm is not None)
    qtbot.waitUntil(lambda: "Alarm" in screen.proof.card.headline)
    screen.proof.alarm.sign.click()
    screen.proof.dialog.reason.setText("Seen and understood")
    with qtbot.waitSignal(screen.proof.told, timeout=SLOW_MS) as told:
        screen.proof.dialog.done_button.click()
        give_password(qtbot, window)
    assert told.args == ["The alarm is closed."]
    qtbot.waitUntil(lambda: screen.proof.alarm is None)
    qtbot.waitUntil(lambda: screen.proof.card.headline == "Not checked since you came")


def test_an_anchor_from_paper_fits_or_not(qtbot, shown):
    window, screen = shown
    line = str(window.bridge.app.call(get_anchor))
    screen.proof.card.check.click()
    dialog = screen.proof.dialog
    assert not dialog.look.isEnabled()
    dialog.typed.setText("nothing of the kind")
    dialog.look.click()
    qtbot.waitUntil(lambda: "is no anchor" in dialog.form.row("anchor").error)
    dialog.typed.setText(line.lower().replace("-", " "))
    dialog.look.click()
    qtbot.waitUntil(lambda: "fits: up to event" in dialog.banner.accessibleName())
    number = line.split()[1]
    dialog.typed.setText(f"{number} 7QK3-9MZD-4T2H-XA0F")
    assert dialog.banner.isHidden()
    dialog.look.click()
    qtbot.waitUntil(lambda: "does not fit" in dialog.banner.accessibleName())
    assert not unnamed(dialog)
    dialog.accept()


@pytest.mark.parametrize("kind", [FileFormat.CSV, FileFormat.JSON])
def test_the_trail_is_exported_for_somebody(qtbot, shown, tmp_path, kind):
    window, screen = shown
    screen.proof.ask_export(kind)
    dialog = screen.proof.dialog
    assert dialog.formats.key == kind.value
    dialog.recipient.setText("Tax office")
    out = tmp_path / f"trail.{kind}"
    dialog.take_file(str(out))
    with qtbot.waitSignal(screen.proof.told) as told:
        dialog.accept_wish()
    assert out.name in told.args[0]
    first = out.read_text("utf-8-sig").splitlines()[0]
    if kind is FileFormat.CSV:
        assert first.startswith("number,time,actor")
    else:
        assert json.loads(first)["events"]
    line = window.bridge.app.call(list_exports)[0]
    assert (line.what, line.recipient) == (What.AUDIT, "Tax office")
