"""The card about pay: who holds the key reads and writes it, everybody else reads why not."""

import shutil

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.screens.settings.pay_dialog import PayDialog
from desktop_app.gui.text import set_language
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.staff.operations import list_pay
from desktop_app.staff.tables import Employee
from desktop_app.venue.operations import the_venue
from tests.database.shop import command
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.test_shell import unnamed


def _hire(tx):
    venue = the_venue(tx).id
    for name, position in (("Aysel Məmmədova", "Aşpaz"), ("Rauf Əliyev", "Ofisiant")):
        tx.add(Employee(id=tx.ids.one(), venue_id=venue, name=name, position=position))


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pay") / "store"
    with new_store(folder) as app:
        app.call(command(_hire))
        keys = app._store.keys.unlocked
        for name, role in (("nigar", Role.ACCOUNTANT), ("elvin", Role.STAFF)):
            keys.add_user(name, role, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def opened(qtbot, template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "store")
    made = []

    def open_as(name):
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("settings")
        return window, window.page("settings").pay

    yield open_as
    for window in made:
        close(qtbot, window)


def _write(qtbot, card, amount):
    dialog = card.findChild(PayDialog)
    dialog.amount.setText(amount)
    dialog.done_button.click()
    return dialog


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_owner_writes_down_pay_and_an_accountant_reads_it(qtbot, opened, photograph, language):
    set_language(language)
    window, card = opened("owner")
    qtbot.waitUntil(card.write.isEnabled, timeout=20_000)
    card.write.click()
    for wrong in ("", "many", "12,345"):
        dialog = _write(qtbot, card, wrong)
        assert dialog.form.row("amount").error
    assert unnamed(dialog) == []
    photograph(dialog, f"pay_dialog_{language}")
    _write(qtbot, card, "1 250,50")
    qtbot.waitUntil(lambda: len(card.lines) == 1, timeout=20_000)
    (row,) = window.bridge.app.call(list_pay)
    assert (row.name, row.monthly_minor, row.since.day) == ("Aysel Məmmədova", 125050, 1)
    qtbot.waitUntil(lambda: card.findChild(PayDialog) is None)
    card._open_for(row)
    assert card.findChild(PayDialog).amount.text() == {"az": "1250,50", "en": "1250.50"}[language]
    _write(qtbot, card, "-1")
    dialog = card.findChild(PayDialog)
    qtbot.waitUntil(lambda: dialog.form.row("amount").error != "", timeout=20_000)
    dialog.reject()
    assert unnamed(card) == []
    photograph(card, f"pay_card_{language}")
    _other, read = opened("nigar")
    qtbot.waitUntil(lambda: len(read.lines) == 1, timeout=20_000)
    assert not read.write.isEnabled()
    shown = " ".join(made.text() for made in read.findChildren(QLabel))
    assert "1,250.50" in shown or "1.250,50" in shown


def test_who_may_not_see_salaries_reads_why_and_whom_to_ask(qtbot, opened, photograph):
    _window, card = opened("elvin")
    assert card.locked == "Needs the right “See salaries”. Ask owner (Owner) or nigar (Accountant)."
    assert card.lines == {}
    assert not card.write.isEnabled()
    photograph(card, "pay_locked")
