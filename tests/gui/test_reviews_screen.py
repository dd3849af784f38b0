"""The access review on a real store: begin, look, decide, sign, check."""

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.text import set_language
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.reviews.operations import decide, list_reviews, review_state
from desktop_app.reviews.records import Decision
from tests.gui.safe_room import said
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.step_up_room import give_password


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reviews") / "store"
    with new_store(folder) as app:
        for name, role in (("Elvin Şıxlı", Role.STAFF), ("Aysel", Role.MANAGER)):
            app._store.keys.unlocked.add_user(name, role, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def opened(qtbot, template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "store")
    made = []

    def open_as(name="owner"):
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("reviews")
        return window, window.page("reviews") if window.key == "reviews" else None

    yield open_as
    for window in made:
        close(qtbot, window)


def card_of(screen, name):
    return next(card for card in screen.people if card.person.name == name)


def decided(qtbot, screen, name, decision, reason=""):
    qtbot.waitUntil(lambda: any(card.person.name == name for card in screen.people))
    card = card_of(screen, name)
    card.choice.choose(decision.value)
    card.reason.setText(reason)
    qtbot.mouseClick(card.keep, Qt.MouseButton.LeftButton)


def test_a_review_from_the_first_look_to_the_signature(qtbot, opened):
    window, screen = opened()
    qtbot.waitUntil(lambda: "due on" in screen.headline.text())
    assert "no review yet" in screen.detail.text()
    qtbot.mouseClick(screen.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(screen.people) == 3)
    assert not screen.sign.isEnabled()
    decided(qtbot, screen, "Elvin Şıxlı", Decision.REMOVE)
    card = lambda: card_of(screen, "Elvin Şıxlı")  # noqa: E731 - there is a new one each time
    qtbot.waitUntil(lambda: "needs a second look" in card().failure.text())
    decided(qtbot, screen, "Elvin Şıxlı", Decision.REMOVE, "left in May")
    qtbot.waitUntil(lambda: card_of(screen, "Elvin Şıxlı").person.decision is Decision.REMOVE)
    decided(qtbot, screen, "Aysel", Decision.KEEP, "begins on Monday")
    qtbot.waitUntil(lambda: card_of(screen, "Aysel").person.decision is Decision.KEEP)
    assert card_of(screen, "owner").person.mine
    decided(qtbot, screen, "owner", Decision.KEEP)
    qtbot.waitUntil(screen.sign.isEnabled)
    qtbot.mouseClick(screen.sign, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(ConfirmDialog)
    assert "Elvin Şıxlı cannot sign in any more" in said(dialog)
    dialog._confirm()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: not screen.history.isHidden(), timeout=15000)
    qtbot.waitUntil(lambda: screen.people == [])  # the state comes by another lane
    (row,) = window._session.call(list_reviews)
    assert (row.people, row.removed, row.closed_by) == (3, 1, "owner")
    qtbot.waitUntil(lambda: "access taken from 1" in said(screen.history))


def test_what_somebody_has_begun_stays_where_another_person_decides(qtbot, opened):
    window, screen = opened()
    screen.start()
    qtbot.waitUntil(lambda: len(screen.people) == 3)
    decided(qtbot, screen, "Elvin Şıxlı", Decision.REMOVE)
    qtbot.waitUntil(lambda: "needs a second look" in card_of(screen, "Elvin Şıxlı").failure.text())
    card_of(screen, "Aysel").reason.setText("begins on")
    before = card_of(screen, "Elvin Şıxlı")
    person = card_of(screen, "owner").person
    call = window._session.call
    call(decide, screen.review.row.id, person.user_id, Decision.KEEP, "")  # beside this window
    qtbot.waitUntil(lambda: card_of(screen, "owner").person.decision is Decision.KEEP)
    card = card_of(screen, "Elvin Şıxlı")
    assert card is not before
    assert (card.choice.key, card.reason.text()) == (Decision.REMOVE.value, "")
    assert "needs a second look" in card.failure.text()
    assert not card.failure.isHidden()
    assert card_of(screen, "Aysel").reason.text() == "begins on"


def test_the_dashboard_asks_for_a_review_that_is_overdue(qtbot, opened):
    window, _ = opened()
    session = window._session
    clock = session._store.clock
    clock.at = session.call(review_state).due_at + timedelta(days=5)
    window.go("dashboard")
    board = window.page("dashboard")
    board.watch.look()
    qtbot.waitUntil(lambda: "The review of access is" in said(board.attention))


def test_who_may_not_review_does_not_get_in(qtbot, opened):
    window, screen = opened("Aysel")
    assert screen is None
    assert not window._sidebar.item("reviews").isEnabled()


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_review_is_drawn(qtbot, opened, photograph, language):
    set_language(language)
    window, screen = opened()
    screen.start()
    qtbot.waitUntil(lambda: len(screen.people) == 3)
    decided(qtbot, screen, "Elvin Şıxlı", Decision.REMOVE, "Mayda işdən çıxıb")
    qtbot.waitUntil(lambda: card_of(screen, "Elvin Şıxlı").person.decision is Decision.REMOVE)
    card_of(screen, "Elvin Şıxlı").more.setChecked(True)
    photograph(window, f"review_{language}")
