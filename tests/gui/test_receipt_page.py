"""A receipt entered by hand in the window, with the keyboard alone."""

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.customers.editing import add_customer
from desktop_app.customers.records import CustomerForm
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.menu.editing import add_product
from desktop_app.menu.groups import save_choices
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import find_products
from desktop_app.menu.price_lists import add_price_list
from desktop_app.menu.prices import set_price
from desktop_app.menu.records import ChoiceForm, ProductForm, VariantRow
from desktop_app.orders.operations import get_order, list_orders
from desktop_app.orders.records import OrderFilter, OrderStatus, PaymentMethod
from desktop_app.sales.drafts import my_draft
from tests.gui.sales_room import NOW, add_orders, close, feast, new_store, sign_in
from tests.gui.test_shell import unnamed


@pytest.fixture(scope="session")
def counter_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("counter") / "store"
    with new_store(folder) as app:
        add_orders(app, iter([feast("F1", NOW - timedelta(minutes=30))]))
        water = ProductForm("Su", barcode="4760001", tax_bp=1800)
        app.call(add_product, water, [VariantRow("0,5 l", 118), VariantRow("1 l", 236)])
        app.call(add_product, ProductForm("Sosiska", tax_bp=1800), [VariantRow("", 590)])
        sauce = app.call(
            save_choices, None, "Sous", (1, 1), [ChoiceForm("Sarımsaq", 50), ChoiceForm("Acı")]
        )
        app.call(
            add_product, ProductForm("Kabab", tax_bp=1800, choices=(sauce,)), [VariantRow("", 1000)]
        )
        court = ProductForm("Bilyard", ProductKind.TIMED, tax_bp=1800)
        app.call(add_product, court, [VariantRow("", 600)])
        terrace = app.call(add_price_list, "Teras")
        app.call(set_price, app.call(find_products, "sosiska")[0].id, 700, "", terrace)
        app.call(add_customer, CustomerForm("Leyla Əliyeva"))
        app._store.keys.unlocked.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def open_page(qtbot, counter_template, tmp_path):
    made = []

    def show(name="owner"):
        folder = tmp_path / "store"
        shutil.copytree(counter_template, folder, dirs_exist_ok=True)
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("orders")
        screen = window.page("orders")
        qtbot.waitUntil(lambda: screen.list is not None)
        qtbot.waitUntil(lambda: screen.list.count.text() != "Reading…", timeout=10_000)
        qtbot.mouseClick(screen.list.new_receipt, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(screen.receipt.lines._goods))
        return window, screen, screen.receipt

    yield show
    for window in made:
        close(qtbot, window)


def enter_text(qtbot, field, text):
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, text)


def put(qtbot, page, text, lines):
    enter_text(qtbot, page.lines.pick, text)
    qtbot.keyClick(page.lines.pick, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.lines.lines) == lines)


def due(qtbot, page, minor):
    qtbot.waitUntil(lambda: page.quote is not None and page.quote.sums.due_minor == minor)


def newest(window):
    rows = window.bridge.app.call(list_orders, OrderFilter(status=OrderStatus.CLOSED)).rows
    return window.bridge.app.call(get_order, rows[0].id)


def test_a_receipt_is_typed_priced_and_paid_in_two_ways(qtbot, open_page):
    window, screen, page = open_page()
    assert (page.sums.tax.text(), page.sums.on_top.isEnabled()) == ("", False)
    put(qtbot, page, "sosis", 1)
    line = page.lines.lines[0]
    enter_text(qtbot, line.much, "2,5")
    enter_text(qtbot, line.discount, "10")
    due(qtbot, page, 1327)
    qtbot.keyClick(line.discount, Qt.Key.Key_Return)
    assert window.focusWidget() is page.lines.pick
    put(qtbot, page, "4760001", 2)
    put(qtbot, page, "4760001", 2)  # scanned once more
    assert page.lines.lines[1].much.text() == "2"
    page.lines.lines[1].size_box.setCurrentIndex(1)
    due(qtbot, page, 1799)
    enter_text(qtbot, page.sums.service, "10")
    due(qtbot, page, 1979)
    page.guest.table.setEditText("Teras 3")
    page.guest.kind.setEditText("Zal")
    page.guest.waiter.setCurrentIndex(page.guest.waiter.findText("Nigar"))
    enter_text(qtbot, page.guest.guests, "2")
    qtbot.keyClick(page.lines.pick, Qt.Key.Key_Return)  # nothing typed: on to paying
    assert window.focusWidget() is page.paying.lines[0].amount
    enter_text(qtbot, page.paying.lines[0].amount, "10")
    assert "9.79" in page.paying.rest.text()
    card = page.paying.add_line()
    enter_text(qtbot, card.last4, "4242")
    assert card.amount.placeholderText() == "9.79"
    assert page.paying.rest.text() == "Paid in full"
    qtbot.keyClick(card.last4, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.lines.lines)
    stored = newest(window)
    assert [(one.method, one.amount_minor, one.card_last4) for one in stored.payments] == [
        (PaymentMethod.CASH, 1000, ""), (PaymentMethod.CARD, 979, "4242"),
    ]  # fmt: skip
    assert (stored.row.table, stored.row.sale_type, stored.row.staff_name, stored.guests) == (
        "Teras 3", "Zal", "Nigar", 2,
    )  # fmt: skip
    assert [(one.name, one.variant, one.quantity) for one in stored.lines] == [
        ("Sosiska", "", 2500), ("Su", "1 l", 2000),
    ]  # fmt: skip
    assert page.guest.table.currentText() == ""
    assert page.sums.service.text() == "10"
    window.activateWindow()
    qtbot.waitUntil(page.lines.pick.hasFocus)
    qtbot.keyClick(page.lines.pick, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.list.isVisibleTo(screen))


def test_cash_gives_change_and_a_gift_costs_nothing(qtbot, open_page):
    window, _, page = open_page()
    put(qtbot, page, "sosiska", 1)
    put(qtbot, page, "cay", 2)
    page.lines.lines[1].gift.setChecked(True)
    due(qtbot, page, 590)
    enter_text(qtbot, page.paying.lines[0].amount, "20")
    assert "14.10" in page.paying.rest.text()
    page.send()
    qtbot.waitUntil(lambda: not page.lines.lines)
    stored = newest(window)
    assert [one.amount_minor for one in stored.payments] == [590]
    assert stored.lines[1].total_minor == 0


def test_what_is_wrong_is_said_beside_its_field(qtbot, open_page):
    _, _, page = open_page()
    page.send()
    assert page.lines.problem.isVisibleTo(page)
    enter_text(qtbot, page.lines.pick, "yoxdur bele")
    qtbot.keyClick(page.lines.pick, Qt.Key.Key_Return)
    assert "Nothing that is sold fits" in page.lines.problem.text()
    put(qtbot, page, "sosiska", 1)
    line = page.lines.lines[0]
    enter_text(qtbot, line.much, "0")
    qtbot.waitUntil(lambda: "more than nothing" in line.problem.text())
    enter_text(qtbot, line.much, "1,2345")
    qtbot.waitUntil(lambda: "three decimals" in line.problem.text())
    assert line.much.property("wrong") == "true"
    enter_text(qtbot, line.much, "1")
    due(qtbot, page, 590)
    assert not line.problem.isVisibleTo(page)
    enter_text(qtbot, page.sums.service, "200")
    qtbot.waitUntil(lambda: page.sums._forms["service"].row("service").error != "")
    enter_text(qtbot, page.sums.service, "")
    enter_text(qtbot, page.guest.guests, "cox")
    page.send()
    assert page.guest._forms["guests"].row("guests").error
    page.guest.guests.clear()
    enter_text(qtbot, page.paying.lines[0].amount, "5")
    page.send()
    qtbot.waitUntil(lambda: page.paying.problem.isVisibleTo(page))
    assert "0.90" in page.paying.problem.text()
    page.paying.lines[0].method_box.setCurrentIndex(1)
    enter_text(qtbot, page.paying.lines[0].amount, "50")
    assert "only cash gives change" in page.paying.rest.text()
    page.leave()
    assert page.confirm is None
    assert page.lines.lines


def test_what_is_typed_is_there_again_in_another_window(qtbot, open_page, tmp_path):
    window, _, page = open_page()
    put(qtbot, page, "bilyard", 1)
    enter_text(qtbot, page.lines.lines[0].much, "60")
    put(qtbot, page, "sosiska", 2)
    enter_text(qtbot, page.lines.lines[1].much, "2.5")
    enter_text(qtbot, page.lines.lines[1].discount, "12.5")
    page.guest.table.setEditText("Masa 9")
    enter_text(qtbot, page.guest.guests, "3")
    enter_text(qtbot, page.sums.service, "10")
    qtbot.waitUntil(lambda: page.quote is not None and len(page.quote.sums.lines) == 2)
    page.keep()
    app = window.bridge.app
    qtbot.waitUntil(lambda: app.call(my_draft) is not None)
    window.close()
    later = Window(sign_in(tmp_path / "store", "owner"), SCREENS)
    later.show()
    later.go("orders")
    screen = later.page("orders")
    qtbot.waitUntil(lambda: screen.list is not None)
    screen.list.new_receipt.click()
    qtbot.waitUntil(lambda: screen.receipt is not None and len(screen.receipt.lines.lines) == 2)
    again = screen.receipt
    assert again.again.isVisibleTo(again)
    line = again.lines.lines[1]
    assert (line.much.text(), line.discount.text()) == ("2.5", "12.5")
    assert again.guest.table.currentText() == "Masa 9"
    assert (again.guest.guests.text(), again.sums.service.text()) == ("3", "10")
    qtbot.waitUntil(lambda: again.quote is not None)
    again.send()
    app = later.bridge.app
    qtbot.waitUntil(lambda: not again.lines.lines)
    assert app.call(my_draft) is None
    assert newest(later).guests == 3
    close(qtbot, later)


def test_begin_anew_forgets_what_was_kept_and_undo_brings_it_back(qtbot, open_page):
    window, _, page = open_page()
    put(qtbot, page, "sosiska", 1)
    page.keep()
    app = window.bridge.app
    qtbot.waitUntil(lambda: app.call(my_draft) is not None)
    page.drop()
    qtbot.waitUntil(lambda: app.call(my_draft) is None)
    assert not page.lines.lines


def test_a_customer_is_found_while_typing(qtbot, open_page):
    window, _, page = open_page()
    put(qtbot, page, "sosiska", 1)
    field = page.guest.customer
    enter_text(qtbot, field, "leyla")
    page.send()
    assert page.guest._forms["customer"].row("customer").error
    field.setFocus()
    qtbot.keyClicks(field, " ")
    qtbot.waitUntil(lambda: bool(field._keys))
    QApplication.processEvents()
    qtbot.keyClick(field.popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.guest.customer_id is not None)
    assert field.text() == "Leyla Əliyeva"
    due(qtbot, page, 590)
    page.send()
    qtbot.waitUntil(lambda: not page.lines.lines)
    assert newest(window).row.customer_id is not None


def test_staff_may_begin_and_a_manager_finishes_it(qtbot, open_page):
    _, screen, page = open_page("elvin")
    assert unnamed(page) == []
    assert screen.list.new_receipt.isEnabled()
    assert not page.guest.customer.isEnabled()
    put(qtbot, page, "sosiska", 1)
    due(qtbot, page, 590)


def test_choices_minutes_and_price_lists_make_the_price(qtbot, open_page):
    window, _, page = open_page()
    put(qtbot, page, "kabab", 1)
    line = page.lines.lines[0]
    qtbot.waitUntil(lambda: "from 1 to 1 are chosen" in line.problem.text())
    line.choices.choose("Acı")
    due(qtbot, page, 1000)
    line.choices.choose("Sarımsaq")  # takes its place: at most one
    due(qtbot, page, 1050)
    put(qtbot, page, "bilyard", 2)
    enter_text(qtbot, page.lines.lines[1].much, "90")
    due(qtbot, page, 1950)
    put(qtbot, page, "sosiska", 3)
    due(qtbot, page, 2540)
    page.sums.price_list.setCurrentIndex(page.sums.price_list.findText("Teras"))
    due(qtbot, page, 2650)
    page.send()
    qtbot.waitUntil(lambda: not page.lines.lines)
    stored = newest(window)
    assert [(one.modifiers, one.quantity) for one in stored.lines] == [
        ("Sarımsaq", 1000), ("", 1500), ("", 1000),
    ]  # fmt: skip
