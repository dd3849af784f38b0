"""What a list shows is written as it stands: columns in sight, their order, the rows that fit."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import pyzipper
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog

from desktop_app.db.operation import Kind, Operation
from desktop_app.exports.operations import export_orders, list_exports
from desktop_app.exports.records import FileFormat, Handover, ShownColumn, ShownTable, What
from desktop_app.exports.shown import export_shown_staff, export_shown_stock
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.handing import HandWish
from desktop_app.gui.lists import handing_out
from desktop_app.gui.lists.bar import FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.paper_print import draw_pages
from desktop_app.gui.remembered import Remembered
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import UnavailableError
from desktop_app.orders.records import OrderFilter
from tests.gui.sales_room import new_store

COLUMNS = [
    Column("Name", lambda one: one[0], 200, "strong", stretch=True, key="name"),
    Column("Secret", lambda one: f"hidden {one[0]}", 120, key="secret"),
    Column("Day", lambda _: "26 Nov", 90, key="day", raw=lambda _: "2026-11-26"),
    Column("Worth", lambda one: f"₼{one[1]:,}.50", 90, "money", sort="worth",
           raw=lambda one: f"{one[1]}.50", sort_value=lambda one: one[1]),
]  # fmt: skip
ROWS = [(f"Ət {n}", n * 7 % 1000) for n in range(600)]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with new_store(tmp_path_factory.mktemp("shown") / "store") as made:
        yield made


class Room:
    def __init__(self, qtbot, app, folder, op=export_shown_stock):
        self.told, self.folder, self.app, self.qtbot = [], folder, app, qtbot
        self.read = Operation("test.rows", Permission.ANYONE, Kind.QUERY, lambda _tx: list(ROWS))
        bridge = Bridge(app)
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.shell = Shell(bridge, remembered=Remembered(settings, "1"))
        self.shell.asked_to_tell.connect(lambda text, _: self.told.append(text))
        empty = EmptyState("search", "None", "None.")
        look = ListLook("goods", "Goods", COLUMNS, frozenset({"x"}), empty, empty,
                        lambda _n, shown: shown, shown=op)  # fmt: skip
        source = WholeQuery(bridge, self.shell, COLUMNS, self.read,
                            lambda row, asked: matches(asked.text, row[0]))  # fmt: skip
        bar = FilterBar("Name", (), date(2026, 11, 26), "all")
        self.page = ListPage(self.shell, look, bar, source)
        qtbot.addWidget(self.page)
        self.page.resize(900, 500)
        self.page.show()
        self.page.begin()
        qtbot.waitUntil(lambda: self.page.listed is not None)

    def write(self, kind):
        out = self.folder / f"goods.{kind.value}"
        self.page.shown.ask()
        dialog = self.page.shown.dialog
        dialog.wished.emit(HandWish(out, Handover(kind, "Bank", "loan"), None))
        dialog.reject()
        self.qtbot.waitUntil(lambda: f"{out.name} is written" in self.told, timeout=20_000)
        return out


@pytest.fixture
def room(qtbot, app, tmp_path):
    return Room(qtbot, app, tmp_path)


def arrange(room):
    """Hide a column, put the last one first, sort by it."""
    table = room.page.table
    table.setColumnHidden(1, True)
    table.horizontalHeader().moveSection(3, 0)
    room.page.show_filter(room.page.bar.wanted, Sort("worth", descending=True))
    room.qtbot.waitUntil(lambda: table.record(0) == max(ROWS, key=lambda one: one[1]))


def test_columns_in_sight_and_all_rows_in_their_order_are_written(room):
    arrange(room)
    out = room.write(FileFormat.CSV)
    raw = out.read_text("utf-8-sig")
    rows = list(csv.reader(raw.splitlines()))
    assert rows[0] == ["Worth", "Name", "Day"]
    assert len(rows) == len(ROWS) + 1
    worth = [float(row[0]) for row in rows[1:]]
    assert worth == sorted(worth, reverse=True)
    assert "hidden" not in raw
    line = room.app.call(list_exports)[0]
    assert (line.what, line.rows, line.recipient, line.reason) == (
        What.STOCK, len(ROWS), "Bank", "loan",
    )  # fmt: skip


def test_a_workbook_has_numbers_and_days_and_only_what_fits_the_search(qtbot, room):
    arrange(room)
    room.page.bar.search.setText("599")
    qtbot.waitUntil(lambda: room.page.table.records.rowCount() == 1)
    sheet = openpyxl.load_workbook(room.write(FileFormat.XLSX)).worksheets[0]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0] == ["Worth", "Name", "Day"]
    assert found[1][:2] == [599 * 7 % 1000 + 0.5, "Ət 599"]
    assert found[1][2].date() == date(2026, 11, 26)


def test_a_paper_says_what_the_screen_says(room):
    arrange(room)
    document = pypdfium2.PdfDocument(room.write(FileFormat.PDF))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "Goods" in text
    assert "₼997.50" in text
    assert all(f"Ət {n}" in text for n in (0, 255, 256, 599))
    assert "hidden" not in text


def test_a_list_that_changes_meanwhile_is_not_written(room):
    page = room.page
    page.shown.ask()
    dialog = page.shown.dialog
    out = room.folder / "half.csv"
    dialog.wished.emit(HandWish(out, Handover(FileFormat.CSV, "Bank"), None))
    dialog.reject()
    page.table.records.beginResetModel()
    page.table.records.endResetModel()
    room.qtbot.waitUntil(lambda: any("changed meanwhile" in text for text in room.told))
    assert not out.exists()
    assert page.shown.button.isEnabled()


def test_too_many_rows_are_told_of_and_lists_of_people_have_no_button(
    qtbot, app, tmp_path, monkeypatch, room
):
    monkeypatch.setattr(handing_out, "MOST_ROWS", 10)
    room.page.shown.ask()
    assert room.page.shown.dialog is None
    assert "At most 10 rows" in room.told[-1]
    (tmp_path / "other").mkdir()
    assert Room(qtbot, app, tmp_path / "other", None).page.shown is None


def test_a_list_that_is_too_long_is_written_where_the_data_lie(room, monkeypatch):
    monkeypatch.setattr(handing_out, "MOST_ROWS", 10)
    asked = {"wanted": OrderFilter(last_day=20260101)}
    room.page.shown.long = handing_out.LongExport(export_orders, lambda: asked)
    room.page.shown.ask()
    dialog = room.page.shown.dialog
    assert dialog.formats.keys == ("xlsx", "csv")
    out = room.folder / "long.csv"
    dialog.wished.emit(HandWish(out, Handover(FileFormat.CSV, "Bank"), None))
    dialog.reject()
    room.qtbot.waitUntil(out.exists)
    assert room.app.call(list_exports)[0].what is What.ORDERS


def test_people_leave_behind_a_password_and_not_on_paper(qtbot, app, tmp_path):
    room = Room(qtbot, app, tmp_path, export_shown_staff)
    shown = room.page.shown
    assert shown.personal
    assert not shown.printer.isEnabled()
    assert "paper has no password" in shown.printer.toolTip()
    shown.ask()
    dialog = shown.dialog
    assert dialog.formats.keys == ("xlsx", "csv", "pdf")
    for kind, ways in (("xlsx", ["xlsx-password", "zip-aes"]), ("pdf", ["zip-aes"])):
        dialog.formats.choose(kind)
        dialog._show_format()
        assert [dialog.protect.itemData(at) for at in range(dialog.protect.count())] == ways
    dialog.recipient.setText("Nərgiz")
    out = tmp_path / "people.zip"
    dialog.take_file(str(out))
    secret = dialog.password.text()
    dialog.accept_wish()
    qtbot.waitUntil(lambda: f"{out.name} is written" in room.told, timeout=20_000)
    with pyzipper.AESZipFile(out) as archive:
        assert archive.read("people.pdf", pwd=secret.encode()).startswith(b"%PDF")
    assert app.call(list_exports)[0].personal


def test_what_is_shown_is_copied_whole_or_as_picked(qtbot, room):
    arrange(room)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    room.page.shown.copier.click()
    qtbot.waitUntil(lambda: clipboard.text() != "")
    lines = clipboard.text().splitlines()
    assert lines[0].split("\t") == ["Worth", "Name", "Day"]
    assert len(lines) == len(ROWS) + 1
    room.page.table.selectRow(2)
    room.page.shown.copier.click()
    qtbot.waitUntil(lambda: len(clipboard.text().splitlines()) == 2)


def test_a_list_is_printed_on_the_printer_that_is_chosen(qtbot, room):
    arrange(room)
    paper = room.folder / "printed.pdf"
    room.page.shown.printer.click()
    dialog = room.page.shown.dialog
    assert dialog.formats.key == "print"
    assert dialog._place.isHidden()
    assert dialog._lock.isHidden()
    dialog.recipient.setText("Bank")
    dialog.accept_wish()
    printing = room.page.shown.printing
    printing.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printing.printer.setOutputFileName(str(paper))
    printing.dialog.done(QDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: any("printed" in text for text in room.told), timeout=30_000)
    document = pypdfium2.PdfDocument(paper)
    picture = document[0].render(scale=0.5, grayscale=True)
    pages, dots = len(document), set(bytes(picture.buffer))
    document.close()
    assert pages > 5
    assert min(dots) < 120
    assert max(dots) > 250
    line = room.app.call(list_exports)[0]
    assert (line.format, line.file, line.recipient) == (FileFormat.PRINT, "printed.pdf", "Bank")
    assert [one.name for one in room.folder.iterdir() if one.suffix != ".ini"] == ["printed.pdf"]


def test_nobody_chooses_a_printer_and_nothing_is_written_down(room):
    before = len(room.app.call(list_exports))
    room.page.shown.printer.click()
    room.page.shown.dialog.recipient.setText("Bank")
    room.page.shown.dialog.accept_wish()
    room.page.shown.printing.dialog.reject()
    assert len(room.app.call(list_exports)) == before
    assert room.page.shown.button.isEnabled()


@pytest.mark.qt_log_ignore("QPainter::begin", "QPdf", "propagateSizeHints", extend=True)
def test_only_the_pages_asked_for_are_printed(room):
    to = Handover(FileFormat.PRINT, "Bank")
    table = ShownTable("Long", [ShownColumn("Name")], [[f"row {n}"] for n in range(300)])
    made = room.app.call(export_shown_stock, table, Path("printer"), to)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(room.folder / "two.pdf"))
    printer.setFromTo(2, 3)
    assert draw_pages(made.paper, printer) == 2
    printer.setOutputFileName("/nowhere/at/all.pdf")
    with pytest.raises(UnavailableError):
        draw_pages(made.paper, printer)
