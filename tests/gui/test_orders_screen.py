"""The orders screen on a real store of 100,000 orders: list, filters, one order, the event loop."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.finders import Finders
from desktop_app.gui.screens.orders.source import filter_of, sort_of
from desktop_app.gui.widgets.records.source import Request
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter, OrderSort, OrderStatus
from tests.gui.sales_room import (
    NOW,
    add_orders,
    close,
    feast,
    new_store,
    plain_orders,
    sale,
    sign_in,
)
from tests.gui.test_shell import unnamed

COUNT = 100_000
ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large") / "store"
    with new_store(folder) as app:
        add_orders(app, plain_orders(COUNT))
    return folder


@pytest.fixture(scope="session")
def small_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small") / "store"
    with new_store(folder) as app:
        add_orders(app, plain_orders(600, NOW - timedelta(hours=1)))
        add_orders(app, iter([feast("F1", NOW - timedelta(minutes=30))]))
        app._store.keys.unlocked.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def small(small_template, tmp_path):
    return shutil.copytree(small_template, tmp_path / "store")


@pytest.fixture
def open_orders(qtbot):
    made = []

    def show(folder, name="owner", target=None):
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("orders", target)
        screen = window.page("orders")
        qtbot.waitUntil(lambda: screen.list is not None)
        qtbot.waitUntil(lambda: screen.list.count.text() != "Reading…", timeout=10_000)
        return window, screen

    yield show
    for window in made:
        close(qtbot, window)


def counted(qtbot, screen):
    qtbot.waitUntil(lambda: screen.list.table.records.exact, timeout=20_000)


def scroll(qtbot, table, row):
    """Scroll to a row. The range of the bar is known only once the rows are laid out."""

    def there():
        table.scrollTo(table.records.index(row, 0), table.ScrollHint.PositionAtTop)
        return table.rowAt(0) == row

    qtbot.waitUntil(there)


def numbers(screen, count=3):
    return [screen.list.table.record(row).number for row in range(count)]


def words(widget):
    return [made.text() for made in widget.findChildren(QLabel) if made.text()]


def test_a_hundred_thousand_orders_are_listed_newest_first(qtbot, large, open_orders):
    _, screen = open_orders(large)
    assert numbers(screen) == ["100000", "99999", "99998"]
    counted(qtbot, screen)
    qtbot.waitUntil(lambda: screen.list.count.text() == "100,000 orders · newest first")


def test_scrolling_and_jumping_never_hold_the_event_loop(qtbot, large, open_orders, watchdog):
    _, screen = open_orders(large)
    table = screen.list.table
    counted(qtbot, screen)
    bar = table.verticalScrollBar()
    with watchdog:
        for step in range(60):
            bar.setValue(step * 900)
            qtbot.wait(8)
        for row in (99_999, 50_123, 12_345, 77_000, 0):
            table.scrollTo(table.records.index(row, 0))
            qtbot.waitUntil(lambda row=row: table.record(row) is not None, timeout=10_000)
            assert table.record(row).number == str(COUNT - row)
    print(f"\nlongest hold of the orders list {watchdog.longest_s * 1000:.1f} ms")


def test_opening_the_screen_never_holds_the_event_loop(qtbot, large, watchdog, open_orders):
    window, _ = open_orders(large)
    window.go("dashboard")
    qtbot.wait(300)
    with watchdog:
        window.go("orders", OrderFilter(status=OrderStatus.VOID, sort=OrderSort.LARGEST))
        screen = window.page("orders")
        qtbot.waitUntil(lambda: "largest" in screen.list.count.text())
    counted(qtbot, screen)
    assert screen.list.table.records.rowCount() == COUNT // 50


def test_sorting_by_total_puts_the_largest_first(qtbot, large, open_orders):
    _, screen = open_orders(large)
    table = screen.list.table
    table._header.sectionClicked.emit(8)
    qtbot.waitUntil(lambda: "smallest first" in screen.list.count.text())
    table._header.sectionClicked.emit(8)
    qtbot.waitUntil(lambda: "largest first" in screen.list.count.text())
    totals = [table.record(row).total_minor for row in range(200)]
    assert totals == sorted(totals, reverse=True)
    counted(qtbot, screen)
    scroll(qtbot, table, 64_321)
    qtbot.waitUntil(lambda: table.record(64_321) is not None)
    assert table.record(64_321).total_minor <= totals[-1]


def test_filters_narrow_the_list_and_can_be_taken_back(qtbot, large, open_orders):
    _, screen = open_orders(large)
    bar = screen.list.filter
    qtbot.keyClicks(bar.search, "9999")
    qtbot.waitUntil(lambda: screen.list.count.text().startswith("11 orders"))
    assert numbers(screen, 2) == ["99999", "99998"]
    bar.status.choose("void")
    qtbot.waitUntil(lambda: screen.list.middle.currentWidget() is screen.list.nothing)
    screen.list.nothing.chosen.emit()
    qtbot.waitUntil(lambda: screen.list.middle.currentWidget() is screen.list.table)
    assert bar.wanted == OrderFilter()
    counted(qtbot, screen)


def test_a_selection_is_added_up_and_copied(qtbot, small, open_orders):
    window, screen = open_orders(small)
    table = screen.list.table
    for row in (1, 2):
        table.selectionModel().select(table.records.index(row, 0), ROWS)
    total = sum(table.record(row).total_minor for row in (1, 2)) / 100
    assert screen.list.sum.text() == f"2 selected · ₼{total:.2f}    Ctrl+C copies"
    with qtbot.waitSignal(table.copied):
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[1].split("\t")[0] == "600"
    assert window._toast._text.text() == "2 rows copied"


def test_enter_opens_an_order_with_lines_modifiers_and_card_and_escape_goes_back(
    qtbot, small, open_orders
):
    window, screen = open_orders(small)
    table = screen.list.table
    table.setFocus()
    assert table.record(0).number == "F1"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.order)
    shown = words(screen.order)
    for text in ("Çay · Armudu", "+ limon, nanə", "“isti olsun”", "Discount −₼1.00", "₼34.00"):
        assert text in shown
    assert "Card Visa •••• 4242" in shown
    assert window._top.heading() == "Order F1"
    assert not unnamed(window)
    qtbot.keyClick(screen.order, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window._top.heading() == "Order 600")
    qtbot.keyClick(screen.order, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window._top.heading() == "Order F1")
    assert not screen.order.earlier.isEnabled()
    qtbot.keyClick(screen.order, Qt.Key.Key_Escape)
    assert screen._pages.currentWidget() is screen.list
    assert window._top.heading() == "Orders"


def test_the_customer_is_a_step_away_for_those_who_may_and_closed_to_others(
    qtbot, small, open_orders
):
    for name, allowed in (("owner", True), ("elvin", False)):
        window, screen = open_orders(small, name)
        asked = []
        window.shell.asked_to_go.connect(
            lambda key, target, asked=asked: asked.append((key, target))
        )
        screen._open_row(0)
        qtbot.waitUntil(lambda screen=screen: screen._pages.currentWidget() is screen.order)
        button = next(
            made
            for made in screen.order.findChildren(type(screen.order.back_button))
            if made.accessibleName() == "Show the customer"
        )
        assert button.isEnabled() is allowed
        button.click()
        assert asked == ([("customers", screen.order.card.row.customer_id)] if allowed else [])
        with qtbot.waitSignal(window.locked):
            window.lock()


def test_new_orders_do_not_move_the_rows_one_is_reading(qtbot, small, open_orders):
    window, screen = open_orders(small)
    table = screen.list.table
    app = window.bridge.app
    scroll(qtbot, table, top := 300)
    qtbot.waitUntil(lambda: table.record(top) is not None)
    before = table.record(top)
    add_orders(app, (sale(f"N{at}", NOW, 1000) for at in range(12)))
    qtbot.waitUntil(screen.list.news.isVisible)
    assert screen.list.news.accessibleName() == "12 new orders"
    assert table.rowAt(0) == top
    assert table.record(top) == before
    screen.list.news.chosen.emit()
    qtbot.waitUntil(lambda: numbers(screen, 1)[0].startswith("N"))
    qtbot.waitUntil(lambda: not screen.list.news.isVisible())


def test_new_orders_appear_at_once_where_the_list_is_at_its_top(qtbot, small, open_orders):
    window, screen = open_orders(small)
    add_orders(window.bridge.app, iter([sale("N1", NOW, 1000)]))
    qtbot.waitUntil(lambda: numbers(screen, 1) == ["N1"])


def test_an_empty_store_offers_the_import(qtbot, tmp_path, open_orders):
    new_store(tmp_path / "empty").close()
    window, screen = open_orders(tmp_path / "empty")
    asked = []
    window.shell.asked_to_go.connect(lambda key, _: asked.append(key))
    assert screen.list.middle.currentWidget() is screen.list.empty
    screen.list.empty.chosen.emit()
    assert asked == ["exchange"]


def test_the_palette_finds_orders_by_number_and_customers_by_name(qtbot, small, open_orders):
    window, _ = open_orders(small)
    window.show_commands(providers=Finders(window.shell).providers)
    for typed, group, text in (("F1", "Orders", "F1"), ("eliyeva", "Customers", "Leyla Əliyeva")):
        window.open_palette()
        qtbot.keyClicks(window._palette.field, typed)
        qtbot.waitUntil(
            lambda text=text: any(text == e.text for e in window._palette.entries._matches)
        )
        entry = next(e for e in window._palette.entries._matches if e.text == text)
        assert entry.group == group
        window._palette.close_palette()
        if group == "Orders":
            entry.run()
            qtbot.waitUntil(lambda: window._top.heading() == "Order F1")


def test_every_control_has_a_name(small, open_orders):
    window, _ = open_orders(small)
    assert not unnamed(window)


def test_the_heading_row_and_the_filter_speak_of_the_same_order():
    for order in OrderSort:
        wanted = OrderFilter(number="7")
        assert filter_of(Request(wanted, sort_of(order))) == replace(wanted, sort=order)


def test_the_count_agrees_with_the_store(large):
    with sign_in(large) as app:
        assert app.call(count_orders, OrderFilter(), cap=None) == COUNT
