"""The customers screen on the demonstration: search, card, hidden contacts, the copy of data."""

import hashlib

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from desktop_app.customers.operations import find_customers, get_customer
from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.passphrase import WORDS, new_passphrase
from desktop_app.gui.screens.customers.copy_dialog import CopyDialog
from desktop_app.gui.screens.customers.masking import SHOWN_S
from desktop_app.gui.text import set_language
from desktop_app.orders.operations import count_orders, customer_sales, list_orders
from desktop_app.orders.records import OrderFilter, OrderStatus
from tests.gui.people_room import demo_desk, demo_template, empty_desk, empty_template
from tests.gui.step_up_room import give_password
from tests.gui.test_shell import unnamed

__all__ = ["demo_desk", "demo_template", "empty_desk", "empty_template"]


@pytest.fixture
def shown(demo_desk):
    window, screen = demo_desk.open("customers")
    demo_desk.qtbot.waitUntil(lambda: screen.list is not None)
    demo_desk.qtbot.waitUntil(lambda: screen.list.table.records.rowCount() > 0)
    return window, screen


def names(screen):
    table = screen.list.table
    return [table.record(row).name for row in range(table.records.rowCount())]


def cell(screen, row, column):
    records = screen.list.table.records
    return records.data(records.index(row, column))


def search(qtbot, screen, text):
    screen.list.bar.search.clear()
    if text.isascii():
        qtbot.keyClicks(screen.list.bar.search, text)
    else:  # the test keyboard has no such keys
        screen.list.bar.search.setText(text)
    qtbot.waitUntil(lambda: screen.list.listed == Asked(text))


def words(widget):
    return [made.text() for made in widget.findChildren(QLabel) if made.text()]


def guest(app):
    """Return the card of somebody with consents, messages, a balance, an e-mail and orders."""
    for row in app.call(find_customers, "", limit=400).rows:
        card = app.call(get_customer, row.id)
        orders = app.call(count_orders, OrderFilter(customer_id=row.id))
        if row.email and card.communications and card.balance and card.birth_date and orders > 2:
            return card
    raise AssertionError("the demonstration has no such guest")


def open_card(qtbot, window, screen):
    card = guest(window.bridge.app)
    window.go("customers", card.row.id)
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.card)
    qtbot.waitUntil(lambda: screen.card.history.orders.records.rowCount() > 0)
    qtbot.waitUntil(lambda: "visit" in screen.card.since.text())
    return card


def test_everybody_is_listed_by_name_with_hidden_contacts(shown):
    _, screen = shown
    assert screen.list.count.text() == "556 customers · by name"
    assert screen.list.table.record(0).phone.startswith("+994")
    assert cell(screen, 0, 1) == f"+994•••••{screen.list.table.record(0).phone[-2:]}"
    assert "•••@" in cell(screen, 0, 2)


def test_the_first_letter_finds_and_every_spelling_does(qtbot, shown):
    _, screen = shown
    search(qtbot, screen, "ə")
    first = names(screen)
    assert 0 < len(first) < 556
    assert any(name.startswith("Ə") for name in first)
    search(qtbot, screen, "eliyev")
    plain = names(screen)
    assert plain
    for typed in ("Əliyev", "ƏLİYEV", "алиев"):
        search(qtbot, screen, typed)
        assert names(screen) == plain, typed


def test_the_last_digits_of_a_telephone_find_its_owner(qtbot, shown):
    _, screen = shown
    someone = screen.list.table.record(5)
    search(qtbot, screen, someone.phone[-7:])
    assert someone.name in names(screen)


def test_nobody_found_says_so_and_leads_back(qtbot, shown):
    _, screen = shown
    search(qtbot, screen, "qqqqzz")
    assert screen.list.middle.currentWidget() is screen.list.nothing
    screen.list.nothing.chosen.emit()
    qtbot.waitUntil(lambda: screen.list.middle.currentWidget() is screen.list.table)
    assert screen.list.count.text().startswith("556 customers")


def test_contacts_are_shown_for_half_a_minute_and_hidden_again(qtbot, shown):
    _, screen = shown
    reveal = screen.list.reveal
    qtbot.mouseClick(screen.list.show_contacts, Qt.MouseButton.LeftButton)
    assert cell(screen, 0, 1) == screen.list.table.record(0).phone
    for _ in range(SHOWN_S):
        reveal._count_down()
    assert not reveal.on
    assert "•" in cell(screen, 0, 1)


def test_enter_opens_the_card_and_escape_goes_back(qtbot, shown):
    window, screen = shown
    table = screen.list.table
    table.setFocus()
    qtbot.waitUntil(lambda: table.currentIndex().isValid())
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.card)
    assert window._top.findChildren(QLabel)
    assert screen.sentence == table.record(0).name
    qtbot.keyClick(screen.card, Qt.Key.Key_Escape)
    assert screen._pages.currentWidget() is screen.list


def test_enter_in_the_search_opens_the_only_one_or_goes_to_the_list(qtbot, shown):
    _, screen = shown
    someone = screen.list.table.record(3)
    search(qtbot, screen, "a")
    qtbot.keyClick(screen.list.bar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.list.table.currentIndex().row() == 0)
    search(qtbot, screen, someone.reference)
    assert names(screen) == [someone.name]
    qtbot.keyClick(screen.list.bar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.card)
    assert screen.card.card.row.id == someone.id


def test_the_card_tells_what_is_known_with_contacts_hidden(qtbot, shown):
    window, screen = shown
    card = open_card(qtbot, window, screen)
    page = screen.card
    said = words(page)
    assert card.row.name in said
    assert card.row.phone not in said
    assert card.row.email not in said
    assert page.contacts.button.text().strip() == "Show for 30 seconds"
    page.contacts.button.click()
    said = words(page)
    assert card.row.phone in said
    assert card.row.email in said
    page.contacts.reveal.hide()
    assert card.row.phone not in words(page)


def test_going_elsewhere_hides_contacts_at_once(qtbot, shown):
    window, screen = shown
    card = open_card(qtbot, window, screen)
    screen.card.contacts.button.click()
    window.go("orders")
    assert card.row.phone not in words(screen.card)


def test_consents_have_their_state_and_their_words_on_demand(qtbot, shown):
    window, screen = shown
    card = open_card(qtbot, window, screen)
    states = [made.accessibleName() for made in screen.card.consents.findChildren(object)
              if hasattr(made, "mood")]  # fmt: skip
    withdrawn = sum(one.withdrawn_at is not None for one in card.consents)
    assert states.count("Withdrawn") == withdrawn
    assert states.count("In force") == len(card.consents) - withdrawn
    made = screen.card.consents.findChildren(QPushButton)
    buttons = [one for one in made if one.isCheckable()]
    assert len(buttons) == len(card.consents)
    assert len(screen.card.consents.withdraw) == len(card.consents) - withdrawn
    wording = [made for made in screen.card.consents.findChildren(QLabel) if made.text()[0] == "“"]
    assert not any(made.isVisible() for made in wording)
    buttons[0].click()
    assert [made.isVisible() for made in wording].count(True) == 1


def test_figures_agree_with_the_orders(qtbot, shown):
    window, screen = shown
    card = open_card(qtbot, window, screen)
    app = window.bridge.app
    rows = app.call(list_orders, OrderFilter(customer_id=card.row.id), limit=10_000).rows
    counted = [row for row in rows if row.status in (OrderStatus.CLOSED, OrderStatus.REFUNDED)]
    sales = app.call(customer_sales, card.row.id)
    assert sales.orders == len(counted)
    assert sales.spent_minor == sum(row.total_minor for row in counted)
    assert sales.last_at == max(row.opened_at for row in counted)
    figures = screen.card._figures
    assert figures["orders"].text == str(len(counted))
    assert figures["spent"].text == f"₼{sales.spent_minor / 100:,.2f}"
    table = screen.card.history.orders
    assert [table.record(at).id for at in range(len(rows))] == [row.id for row in rows]
    assert rows[0].opened_at == max(row.opened_at for row in rows)


def test_orders_open_in_the_orders_screen(qtbot, shown):
    window, screen = shown
    card = open_card(qtbot, window, screen)
    history = screen.card.history
    history.orders.setFocus()
    qtbot.waitUntil(lambda: history.orders.currentIndex().isValid())
    number = history.orders.record(0).number
    qtbot.keyClick(history.orders, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window._top.heading() == f"Order {number}")
    window.go("customers")
    history.see_all.click()
    orders = window.page("orders")
    assert window.key == "orders"
    qtbot.waitUntil(lambda: orders.list.filter.wanted.customer_id == card.row.id)


def test_messages_and_balance_are_a_step_away(qtbot, shown):
    window, screen = shown
    card = open_card(qtbot, window, screen)
    history = screen.card.history
    history.choice.choose("messages")
    qtbot.waitUntil(history.messages.isVisible)
    assert history.messages.records.rowCount() == len(card.communications)
    history.choice.choose("balance")
    total = sum(one.amount_minor for one in card.balance) / 100
    assert history.count.text().endswith(f"together ₼{total:,.2f}".replace("₼-", "−₼"))


def ask_for_copy(qtbot, screen):
    screen.card.copy_button.click()
    qtbot.waitUntil(lambda: screen.dialog is not None and screen.dialog.isVisible())
    return screen.dialog


def test_the_copy_is_written_and_its_figures_are_shown(qtbot, shown, tmp_path):
    window, screen = shown
    card = open_card(qtbot, window, screen)
    dialog = ask_for_copy(qtbot, screen)
    assert dialog.path.name.startswith("DC-2026-0001")
    assert card.row.name not in dialog.file.text()
    assert not unnamed(dialog)
    dialog.take_file(str(tmp_path / "DC-2026-0001.pdf"))
    dialog.language.setCurrentIndex(dialog.language.findData("az"))
    dialog.write.click()
    give_password(qtbot, window)
    assert not screen.card.copy_button.isEnabled()
    qtbot.waitUntil(screen.card.result.isVisible, timeout=20_000)
    qtbot.waitUntil(screen.card.copy_button.isEnabled)
    result = screen.card.result
    written = tmp_path / "DC-2026-0001.pdf"
    assert hashlib.sha256(written.read_bytes()).hexdigest() in result.digest.text()
    with pikepdf.open(written) as document:
        assert result.facts.text().startswith(f"{len(document.pages)} pages")
    assert "places searched" in result.facts.text()
    assert window._toast._text.text() == "Copy DC-2026-0001 is written"


def test_a_password_of_six_words_closes_the_file(qtbot, shown, tmp_path):
    window, screen = shown
    open_card(qtbot, window, screen)
    dialog = ask_for_copy(qtbot, screen)
    dialog.take_file(str(tmp_path / "closed.pdf"))
    dialog.protect.setChecked(True)
    password = dialog.password.text()
    assert len(password.split("-")) == WORDS
    dialog.accept_wish()
    give_password(qtbot, window)
    qtbot.waitUntil(screen.card.result.isVisible, timeout=20_000)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "closed.pdf")
    with pikepdf.open(tmp_path / "closed.pdf", password=password) as document:
        assert document.encryption.R == 6


def test_a_password_with_our_letters_is_refused_beside_its_field(qtbot, shown):
    window, screen = shown
    open_card(qtbot, window, screen)
    dialog = ask_for_copy(qtbot, screen)
    dialog.protect.setChecked(True)
    dialog.password.setText("çay və şəkər")
    with qtbot.assertNotEmitted(dialog.wished):
        dialog.accept_wish()
    assert dialog._password_row.error.startswith("Only plain Latin letters")
    dialog.reject()


def test_a_copy_that_cannot_be_written_says_why_and_may_be_tried_again(qtbot, shown, tmp_path):
    window, screen = shown
    open_card(qtbot, window, screen)
    dialog = ask_for_copy(qtbot, screen)
    dialog.take_file(str(tmp_path / "gone" / "copy.pdf"))
    dialog.accept_wish()
    give_password(qtbot, window)
    qtbot.waitUntil(window.banner.isVisible)
    assert "cannot be written" in window.banner.accessibleName()
    qtbot.waitUntil(screen.card.copy_button.isEnabled)
    qtbot.waitUntil(lambda: not screen.card.result.isVisible())


def test_only_the_languages_we_speak_can_be_chosen(shown):
    window, _ = shown
    dialog = CopyDialog("Leyla", "DC-2026-0001", window)
    box: QComboBox = dialog.language
    enabled = [box.itemData(at) for at in range(box.count()) if box.model().item(at).isEnabled()]
    assert enabled == ["az", "en"]
    assert box.count() == 4
    dialog.close()


def test_made_up_passwords_are_plain_and_never_the_same():
    made = {new_passphrase() for _ in range(200)}
    assert len(made) == 200
    assert all(one.isascii() and len(one) == WORDS * 5 - 1 for one in made)


def test_a_role_without_the_right_sees_a_lock_and_why(qtbot, demo_desk):
    _, screen = demo_desk.open("customers", target=5, name="elvin")
    qtbot.waitUntil(screen.locked.isVisible)
    assert "Customers are locked for your role" in words(screen)
    assert screen.list is None


def test_an_empty_store_offers_the_import(qtbot, empty_desk):
    window, screen = empty_desk.open("customers")
    qtbot.waitUntil(lambda: screen.list is not None)
    qtbot.waitUntil(lambda: screen.list.middle.currentWidget() is screen.list.empty)
    screen.list.empty.chosen.emit()
    assert window.key == "exchange"


def test_the_card_fits_the_smallest_window(qtbot, shown):
    window, screen = shown
    open_card(qtbot, window, screen)
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: screen.card._narrow)
    for figure in screen.card._figures.values():
        value = figure._value
        qtbot.waitUntil(lambda value=value: value.width() >= value.sizeHint().width())
    assert screen.card.history.choice.width() >= screen.card.history.choice.sizeHint().width()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not screen.card._narrow)


def test_every_control_has_a_name(qtbot, shown):
    window, screen = shown
    assert not unnamed(window)
    open_card(qtbot, window, screen)
    assert not unnamed(window)


def test_the_card_speaks_azerbaijani(qtbot, shown):
    window, screen = shown
    set_language("az")
    screen = window.page("customers")
    qtbot.waitUntil(lambda: screen.list is not None)
    qtbot.waitUntil(lambda: screen.list.count.text() == "556 müştəri · ada görə")


def test_typing_and_opening_cards_never_hold_the_event_loop(qtbot, shown, watchdog):
    window, screen = shown
    card = guest(window.bridge.app)
    with watchdog:
        for text in ("a", "al", "ali"):
            search(qtbot, screen, text)
        screen._ask_card(card.row.id)
        qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.card)
        qtbot.waitUntil(lambda: "visit" in screen.card.since.text())
        screen.card.contacts.button.click()
        screen.card.history.choice.choose("messages")
        qtbot.wait(100)
    print(f"\nlongest hold of the customers {watchdog.longest_s * 1000:.1f} ms")
