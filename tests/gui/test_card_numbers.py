"""Card numbers in the window: told beside the field, replaced by a click, searched for, masked."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit
from sqlalchemy import text

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.screens.access.person_dialogs import PersonDialog
from desktop_app.gui.text import set_language
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.kernel.cards import find_card_numbers
from desktop_app.security.operations import last_card_scan
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.step_up_room import give_password

PAN = "4242 4242 4242 4242"


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cards") / "store"
    with new_store(folder) as app:
        app._store.keys.unlocked.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
        with app._store.engine.execution_options(audited=False).begin() as connection:
            connection.execute(text("UPDATE main.venue SET address = :t"), {"t": f"kart {PAN}"})
    return folder


@pytest.fixture
def opened(qtbot, template, tmp_path):
    made = []

    def open_as(name, language="en"):
        set_language(language)
        folder = shutil.copytree(template, tmp_path / f"store{len(made)}")
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.resize(1280, 800)
        window.show()
        window.go("settings")
        return window, window.page("settings")

    yield open_as
    for window in made:
        close(qtbot, window)


@pytest.fixture(params=[QLineEdit, QPlainTextEdit])
def noted(request, qtbot):
    form = Form()
    qtbot.addWidget(form)
    field = request.param()
    row = form.add("note", "Note", field, "What the waiter should know")
    form.show()
    return form, row, field


def content(field):
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_a_card_number_is_told_beside_the_field_and_replaced_by_a_click(qtbot, noted):
    _form, row, field = noted
    qtbot.keyClicks(field, f"kart {PAN}!")
    qtbot.waitUntil(lambda: "looks like a card number (•••• 4242)" in row.error)
    assert "4242 4242" not in row.error
    qtbot.waitUntil(row.card_fix.isVisible)
    assert "Replace by •••• 4242" in row.card_fix.replace.text()
    assert not row.card_fix.no_card.isVisible()  # only who may is offered it
    qtbot.mouseClick(row.card_fix.replace, Qt.MouseButton.LeftButton)
    assert content(field) == "kart •••• 4242!"
    assert row.error == ""
    qtbot.waitUntil(lambda: not row.card_fix.isVisible())


def test_a_security_code_is_taken_out(qtbot, noted):
    _form, row, field = noted
    qtbot.keyClicks(field, "cvv 123")
    qtbot.waitUntil(lambda: "security code" in row.error)
    qtbot.mouseClick(row.card_fix.replace, Qt.MouseButton.LeftButton)
    assert content(field) == "cvv •••"


def test_phones_and_barcodes_are_typed_in_peace(qtbot, noted):
    _form, row, field = noted
    qtbot.keyClicks(field, "+994 50 123 45 67, 4006381333931")
    qtbot.wait(400)
    assert row.error == ""


def test_what_the_number_is_taken_out_of_is_no_longer_wrong(qtbot, noted):
    _form, row, field = noted
    qtbot.keyClicks(field, PAN)
    qtbot.waitUntil(lambda: row.error != "")
    for _ in range(6):
        qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: row.error == "")


def test_passwords_are_not_searched(qtbot):
    form = Form()
    qtbot.addWidget(form)
    assert form.add("password", "Password", PasswordEdit("Password")).card_fix is None


def test_who_may_says_that_it_is_no_card(qtbot, opened):
    window, page = opened("owner")
    field = page.choices.fields["disk.warn_below_mb"]
    qtbot.waitUntil(lambda: field.text() == "1024")
    row = page.choices.form.row("disk.warn_below_mb")
    field.setText(PAN)
    qtbot.waitUntil(row.card_fix.no_card.isVisible)
    qtbot.mouseClick(row.card_fix.no_card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Allowed once" in row._note.text())
    assert row.error == ""
    store = window.bridge.app._store
    assert store.allowed.take(PAN, find_card_numbers(PAN), store.clock.now())


def test_staff_are_not_offered_it_and_do_not_search(qtbot, opened):
    _window, page = opened("elvin")
    row = page.choices.form.row("disk.warn_below_mb")
    qtbot.waitUntil(lambda: row.control.text() == "1024")
    row.control.setText(PAN)
    qtbot.waitUntil(lambda: "card number" in row.error)
    assert not row.card_fix.no_card.isVisible()
    assert not page.card_numbers.search.isEnabled()
    assert "Needs the right “Search the store" in page.card_numbers.facts.text()


def test_the_door_refuses_and_the_dialog_says_so_beside_the_name(qtbot, opened):
    window, _page = opened("owner")
    window.go("access", "people")
    page = window.page("access")
    qtbot.waitUntil(lambda: page.people is not None and bool(page.people.names))
    page.people.adding.click()
    dialog = page.people.findChild(PersonDialog)
    dialog.name.setText(f"Aysel {PAN}")
    qtbot.waitUntil(lambda: any("•••• 4242" in row.error for row in dialog.form._rows.values()))
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_owner_searches_and_masks(qtbot, opened, photograph, language):
    window, page = opened("owner", language)
    card, app = page.card_numbers, window.bridge.app
    qtbot.waitUntil(lambda: card.badge.mood.tone == "warn")
    qtbot.mouseClick(card.search, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.badge.mood.tone == "bad")
    assert "1" in card.badge.mood.text
    qtbot.waitUntil(lambda: card.places.count() == 1)
    page.choices.fields["disk.warn_below_mb"].setText(PAN)
    qtbot.waitUntil(lambda: page.choices.form.row("disk.warn_below_mb").error != "")
    photograph(window, f"card_numbers_{language}")
    qtbot.mouseClick(card.mask_all, Qt.MouseButton.LeftButton)
    dialog = card.findChild(ConfirmDialog)
    dialog._confirm()
    assert dialog.result() == QDialog.DialogCode.Accepted
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: card.badge.mood.tone == "ok")
    qtbot.waitUntil(lambda: not card.mask_all.isVisible())
    assert app.call(last_card_scan).masked == 1
