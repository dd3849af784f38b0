"""The dialogs of the pictures: all there, with names for everybody, and the store as it was."""

from collections import Counter

from desktop_app.access.operations import count_events
from desktop_app.gui.screenshot_dialogs import dialogs
from tests.gui.people_room import demo_desk, demo_template
from tests.gui.test_shell import unnamed

__all__ = ["demo_desk", "demo_template"]


def test_every_dialog_is_made_has_names_and_leaves_the_store_as_it_was(qtbot, demo_desk):
    window, _ = demo_desk.open("dashboard")
    app = window.bridge.app
    before = app.call(count_events)
    seen = Counter()
    for name, dialog in dialogs(window, app):
        dialog.show()
        seen[name] += 1
        assert not unnamed(dialog), name
        dialog.close()
    assert set(seen.values()) == {1}
    assert {"dialog-role", "dialog-code", "dialog-event", "review-person"} <= set(seen)
    assert len(seen) == 16
    assert app.call(count_events) == before
