"""What dialogs promise: nothing cut off, typing begins in a field, Tab ends at the buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QTimeEdit

from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.gui.widgets.dialog import ConfirmDialog, Dialog


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def buttons_of(dialog):
    places = [dialog.buttons.itemAt(at).widget() for at in range(dialog.buttons.count())]
    return [made for made in places if made is not None]


def test_buttons_are_never_narrower_than_their_words(qtbot):
    dialog = Dialog("Z report 12", "", None)
    dialog.setMinimumSize(200, 100)
    made = [dialog.add_button(f"80 mm üçün PDF {at}", "", "file-down") for at in range(4)]
    shown(qtbot, dialog)
    assert all(one.width() >= one.sizeHint().width() for one in made)


def test_typing_begins_in_the_first_field_and_tab_ends_at_the_buttons(qtbot):
    dialog = AskDialog("Write off", "", "Write it off", None)
    first = dialog.add_choice("storage", "Storage", [("1", "Kitchen")])
    second = dialog.add_line("reason", "Why")
    shown(qtbot, dialog)
    assert dialog.focusWidget() is first
    reached = list(dialog._chain())
    fields = [reached.index(one) for one in (first, second)]
    buttons = buttons_of(dialog)
    assert max(fields) < min(reached.index(one) for one in buttons)
    assert [one for one in reached if one in buttons] == buttons


def test_the_field_a_dialog_chose_itself_stays_chosen(qtbot):
    dialog = AskDialog("Pay", "", "Write", None)
    dialog.add_choice("who", "Who", [("1", "Aysel")])
    amount = dialog.add_line("amount", "Amount")
    amount.setFocus()
    assert shown(qtbot, dialog).focusWidget() is amount


def test_a_question_never_begins_at_what_it_asks(qtbot):
    dialog = shown(qtbot, ConfirmDialog("Destroyed?", "", "It is destroyed", parent=None))
    assert dialog.focusWidget() in (None, buttons_of(dialog)[0])  # never at what destroys


@pytest.mark.parametrize("field", [QLineEdit, QComboBox, QTimeEdit])
def test_fields_of_every_kind_are_as_high_as_each_other(qtbot, field):
    dialog, made, line = Dialog("Venue", "", None), field(), QLineEdit()
    for one in (made, line):
        dialog.body.addWidget(one)
    shown(qtbot, dialog)
    assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert abs(made.sizeHint().height() - line.sizeHint().height()) <= 4
