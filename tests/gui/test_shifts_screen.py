"""The shifts screen and the gap radar in the window, on a real store."""

import shutil
from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.orders.operations import list_orders
from desktop_app.orders.records import OrderFilter, OrderStatus
from desktop_app.sales.records import PaperSize
from desktop_app.sales.shifts import close_shift, open_shift
from tests.gui.sales_room import NOW, add_orders, close, new_store, sale, sign_in
from tests.gui.test_shell import unnamed


@pytest.fixture(scope="session")
def till_template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("till") / "store"
    with new_store(folder) as app:
        app._store.clock.at = NOW - timedelta(hours=2)
        app.call(open_shift, 10_000)
        some = [sale(str(n), NOW - timedelta(minutes=100 - n), 1000 + n) for n in (1, 2, 4)]
        add_orders(app, iter(some))
        app._store.clock.at = NOW - timedelta(minutes=30)
        app.call(close_shift, 13_000)
        app._store.keys.unlocked.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def open_at(qtbot, till_template, tmp_path):
    made = []

    def show(key, name="owner"):
        folder = tmp_path / "store"
        if not folder.exists():
            shutil.copytree(till_template, folder)
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go(key)
        return window, window.page(key)

    yield show
    for window in made:
        close(qtbot, window)


def listed(qtbot, screen):
    qtbot.waitUntil(lambda: screen.list is not None)
    qtbot.waitUntil(lambda: screen.list.count.text() != "Reading…", timeout=10_000)


def click(qtbot, made):
    assert made.isEnabled(), made.toolTip()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def fill(qtbot, screen, amount, reason=""):
    qtbot.waitUntil(lambda: screen.dialog is not None)
    screen.dialog.amount.setText(amount)
    screen.dialog.reason.setText(reason)
    click(qtbot, screen.dialog.done_button)


def test_a_shift_is_opened_gets_cash_and_is_closed_with_its_z(qtbot, open_at, tmp_path):
    _, screen = open_at("shifts")
    listed(qtbot, screen)
    assert screen.list.table.record(0).difference_minor == -7
    assert not screen.till.close_button.isVisibleTo(screen)
    click(qtbot, screen.till.open_button)
    fill(qtbot, screen, "-5")
    qtbot.waitUntil(lambda: screen.dialog.form.row("opening").error != "")
    fill(qtbot, screen, "100,00")
    qtbot.waitUntil(lambda: screen.till.report is not None)
    click(qtbot, screen.till.cash_out)
    fill(qtbot, screen, "12.50")
    assert screen.dialog.form.row("reason").error
    fill(qtbot, screen, "12.50", "çörək")
    qtbot.waitUntil(lambda: screen.till.report.expected_minor == 8_750)
    click(qtbot, screen.till.close_button)
    fill(qtbot, screen, "87.50")
    qtbot.waitUntil(lambda: hasattr(screen.dialog, "sheet"))
    assert screen.dialog.windowTitle() == "Z report 2"
    assert unnamed(screen.dialog) == []
    report = screen.dialog._report
    screen.dialog.accept()
    qtbot.waitUntil(lambda: screen.till.report is None)
    out = tmp_path / "z.pdf"
    screen.save(report, PaperSize.ROLL, out)
    qtbot.waitUntil(out.exists)
    with pypdfium2.PdfDocument(out.read_bytes()) as document:
        assert report.anchor in document[0].get_textpage().get_text_bounded()
    qtbot.waitUntil(lambda: screen.list.table.records.rowCount() == 2)
    assert unnamed(screen) == []


def test_a_shift_of_before_shows_its_report(qtbot, open_at):
    _, screen = open_at("shifts")
    listed(qtbot, screen)
    screen.list.open_row(0)
    qtbot.waitUntil(lambda: screen.dialog is not None)
    assert screen.dialog.windowTitle() == "Z report 1"
    screen.dialog.accept()


def test_with_one_till_there_is_nothing_to_choose(qtbot, open_at):
    _, screen = open_at("shifts")
    listed(qtbot, screen)
    click(qtbot, screen.till.open_button)
    assert screen.dialog.windowTitle() == "Open a shift"
    assert screen.dialog.name is None
    fill(qtbot, screen, "100")
    qtbot.waitUntil(lambda: screen.till.report is not None)
    assert not screen.till.choice.isVisibleTo(screen)


def test_each_till_has_its_shift_its_cash_and_its_z(qtbot, open_at, photograph):
    window, screen = open_at("shifts")
    window.resize(1280, 800)
    listed(qtbot, screen)
    click(qtbot, screen.till.open_button)
    fill(qtbot, screen, "100")
    qtbot.waitUntil(lambda: screen.till.report is not None)
    ask_another(qtbot, screen)
    fill(qtbot, screen, "50")
    assert screen.dialog.form.row("till").error == "Write the name of the till."
    screen.dialog.name.setEditText(" Bar ")
    photograph(screen.dialog, "shift_at_another_till")
    fill(qtbot, screen, "50")
    qtbot.waitUntil(lambda: screen.till.choice.isVisibleTo(screen))
    qtbot.waitUntil(
        lambda: screen.till.report is not None and screen.till.report.shift.till == "Bar"
    )
    assert [screen.till.choice.itemText(at) for at in range(2)] == [
        "The venue's own till · shift 2 is open", "Bar · shift 3 is open",
    ]  # fmt: skip
    ask_another(qtbot, screen)
    screen.dialog.name.setEditText("Bar")
    fill(qtbot, screen, "1")
    qtbot.waitUntil(lambda: screen.dialog.form.row("till").error == "A shift is open already.")
    screen.dialog.reject()
    click(qtbot, screen.till.cash_in)
    assert screen.dialog.windowTitle() == "Put cash in · Bar"
    fill(qtbot, screen, "5", "xırda pul")
    qtbot.waitUntil(lambda: screen.till.report.expected_minor == 5_500)
    qtbot.waitUntil(lambda: screen.list.table.records.rowCount() == 3)
    photograph(window, "shifts_of_two_tills")
    click(qtbot, screen.till.rename)
    screen.dialog.title.setText("Bar içəri")
    click(qtbot, screen.dialog.done_button)
    qtbot.waitUntil(lambda: screen.till.choice.currentText().startswith("Bar içəri ·"))
    assert screen.till.put_away.toolTip() == "A shift is open at this till."
    click(qtbot, screen.till.close_button)
    fill(qtbot, screen, "55")
    qtbot.waitUntil(lambda: screen.till.report is None)
    screen.dialog.accept()
    qtbot.waitUntil(screen.till.put_away.isEnabled)
    click(qtbot, screen.till.put_away)
    qtbot.waitUntil(lambda: screen.till.till == "" and not screen.till.choice.isVisibleTo(screen))
    qtbot.waitUntil(lambda: screen.till.report is not None)
    assert screen.till.report.expected_minor == 10_000


def test_an_answer_that_comes_late_does_not_open_a_closed_shift_again(qtbot, open_at):
    window, screen = open_at("shifts")
    listed(qtbot, screen)
    click(qtbot, screen.till.open_button)
    fill(qtbot, screen, "100")
    qtbot.waitUntil(lambda: screen.till.report is not None)
    late, asked = screen.till.report, screen._turn
    window.bridge.app.call(close_shift, 10_000)
    qtbot.waitUntil(lambda: screen.till.report is None)
    screen._found(asked, late)
    screen._tills_found(asked, screen.till.tills)
    assert screen.till.report is None


def test_x_and_z_are_those_of_the_till_in_sight(qtbot, open_at):
    window, screen = open_at("shifts")
    window.bridge.app.call(open_shift, 10_000)
    window.bridge.app.call(open_shift, 5_000, till="Bar")
    listed(qtbot, screen)
    qtbot.waitUntil(lambda: screen.till.several)
    pick(qtbot, screen, "Bar")
    click(qtbot, screen.till.x_button)
    qtbot.waitUntil(lambda: hasattr(screen.dialog, "sheet"))
    assert screen.dialog._report.shift.till == "Bar"
    assert unnamed(screen.dialog) == []
    screen.dialog.accept()
    click(qtbot, screen.till.close_button)
    fill(qtbot, screen, "50")
    qtbot.waitUntil(lambda: hasattr(screen.dialog, "sheet"))
    assert screen.dialog._report.shift.till == "Bar"
    screen.dialog.accept()
    qtbot.waitUntil(lambda: screen.till.report is None)
    assert screen.till.choice.currentText() == "Bar · closed"
    click(qtbot, screen.till.open_button)
    assert screen.dialog.windowTitle() == "Open a shift · Bar"
    screen.dialog.reject()
    assert unnamed(screen) == []


def test_a_terminal_on_receipts_is_offered_as_a_till(qtbot, open_at):
    window, screen = open_at("shifts")
    listed(qtbot, screen)
    at_bar = sale("9", NOW - timedelta(minutes=5), 700)._replace(terminal="Bar kassası")
    add_orders(window.bridge.app, iter([at_bar]))
    ask_another(qtbot, screen)
    offered = screen.dialog.name
    assert [offered.itemText(at) for at in range(offered.count())] == ["Bar kassası"]
    offered.setCurrentIndex(0)
    fill(qtbot, screen, "0")
    qtbot.waitUntil(lambda: screen.till.till == "Bar kassası" and screen.till.shift == 2)


def ask_another(qtbot, screen):
    screen.dialog = None
    click(qtbot, screen.till.another)
    qtbot.waitUntil(lambda: screen.dialog is not None)


def pick(qtbot, screen, till):
    choice = screen.till.choice
    choice.setCurrentIndex(choice.findData(till))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(
        lambda: screen.till.report is not None and screen.till.report.shift.till == till
    )


@pytest.mark.parametrize(("wide", "width"), [(80, 80), (210, 210)])
def test_a_report_is_printed_as_wide_as_the_paper_is(qtbot, open_at, tmp_path, wide, width):
    window, screen = open_at("shifts")
    told = []
    window.shell.asked_to_tell.connect(lambda text, _: told.append(text))
    listed(qtbot, screen)
    screen.list.open_row(0)
    qtbot.waitUntil(lambda: screen.dialog is not None)
    screen.dialog.paper.click()
    printing, out = screen.printing, tmp_path / "z.pdf"
    printing.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printing.printer.setOutputFileName(str(out))
    printing.printer.setPageSize(QPageSize(QSizeF(wide, 297), QPageSize.Unit.Millimeter))
    printing.dialog.done(QDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: told == ["1 page is printed"], timeout=20_000)
    with pypdfium2.PdfDocument(out.read_bytes()) as document:
        assert abs(document[0].get_width() / 72 * 25.4 - width) < 1
    screen.dialog.accept()


def test_a_finding_is_noted(qtbot, open_at):
    _, screen = open_at("gaps")
    listed(qtbot, screen)
    kinds = [screen.list.table.record(row).kind.value for row in range(3)]
    assert sorted(kinds) == ["cash", "clock", "hole"]  # the store was made later than it is here
    screen.list.open_row(0)
    qtbot.waitUntil(lambda: screen.dialog is not None)
    click(qtbot, screen.dialog.done_button)
    assert screen.dialog.form.row("reason").error
    screen.dialog.note.setText("soruşmaq lazımdır")
    click(qtbot, screen.dialog.note_button)
    qtbot.waitUntil(lambda: screen.list.table.record(0).noted, timeout=5_000)
    screen.list.open_row(0)
    qtbot.waitUntil(screen.dialog.isVisible)
    screen.dialog.note.setText("kassa yenidən qoşulub")
    click(qtbot, screen.dialog.done_button)
    qtbot.waitUntil(lambda: screen.list.table.record(0).seen, timeout=5_000)
    assert unnamed(screen) == []


def order_open(qtbot, window, screen):
    qtbot.waitUntil(lambda: screen.list is not None)
    (row, *_) = window.bridge.app.call(list_orders, OrderFilter(status=OrderStatus.CLOSED)).rows
    screen.show_target(row.id)
    qtbot.waitUntil(lambda: screen.order.correcting.found is not None)
    return row


def test_a_receipt_is_refunded_in_part_and_then_not_voided(qtbot, open_at):
    window, screen = open_at("orders")
    row = order_open(qtbot, window, screen)
    correcting = screen.order.correcting
    click(qtbot, correcting.refund_button)
    dialog = correcting.dialog
    assert unnamed(dialog) == []
    click(qtbot, dialog.done_button)
    assert dialog.form.row("reason").error
    dialog.reason.setText("soyuq idi")
    qtbot.waitUntil(lambda: dialog.amount.text().startswith("Given back"))
    whole = dialog.amount.text()
    dialog.lines[0].much.clear()
    qtbot.keyClicks(dialog.lines[0].much, "0,5")
    qtbot.waitUntil(lambda: dialog.amount.text() not in ("", whole))
    qtbot.keyClicks(dialog.lines[0].much, "0000")
    click(qtbot, dialog.done_button)
    qtbot.waitUntil(lambda: correcting.found is not None and bool(correcting.found.rows))
    assert correcting.card.isVisibleTo(screen)
    assert correcting.refund_button.isEnabled()
    assert "refund the rest" in correcting.void_button.toolTip()
    assert screen.order.card.row.id == row.id


def test_a_payment_is_changed_and_the_receipt_voided(qtbot, open_at):
    window, screen = open_at("orders")
    order_open(qtbot, window, screen)
    correcting = screen.order.correcting
    click(qtbot, correcting.pay_button)
    correcting.dialog.method.setCurrentIndex(correcting.dialog.method.findData("card"))
    correcting.dialog.reason.setText("çek tapıldı")
    click(qtbot, correcting.dialog.done_button)
    qtbot.waitUntil(lambda: correcting.found is not None and len(correcting.found.rows) == 1)
    click(qtbot, correcting.void_button)
    correcting.dialog.reason.setText("səhv masa")
    click(qtbot, correcting.dialog.done_button)
    qtbot.waitUntil(lambda: correcting.found is not None and len(correcting.found.rows) == 2)
    assert "taken back already" in correcting.refund_button.toolTip()


def test_staff_see_why_and_may_ask_a_manager(qtbot, open_at):
    window, screen = open_at("orders", "elvin")
    order_open(qtbot, window, screen)
    assert screen.order.correcting.refund_button.isEnabled()  # a manager at the desk can finish it
