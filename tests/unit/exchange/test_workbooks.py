"""The same table from CSV, from a workbook and from an archive gives the same records."""

import csv
import io
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.files import open_files
from desktop_app.exchange.recognise import recognise, shared_out
from desktop_app.exchange.records import Choices, VenueFacts
from desktop_app.exchange.worker.cell_text import lost_digits, text_of
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import AppError, InvalidError
from tests.support.workbooks import HEADER, ROW, book, inline, parts, rows_xml, sheet_xml, zipped

VENUE = VenueFacts("USD", VenueTime("Asia/Baku", time(6)))
TABLES = {
    "pizzaplace": "datasets/pizzaplace/pizzaplace.csv",
    "coffee-vending": "datasets/coffee_vending/index_2.csv",
    "customers-az": "people/customers_az_ru_tr.csv",
}
ROWS = 1500


class Import:
    def __init__(self, paths, **options):
        self.problems, self.orders, self.customers, self.notices, self.files = [], [], [], [], []
        for reader, theirs in recognise(paths, **options):
            reading = reader.read(theirs, VENUE, Choices(), self.problems.append)
            self.orders += reading.orders
            self.customers += reading.customers
            self.notices += map(str, reading.notices)
            self.files += theirs
            self.reader = reader.name


def excel(rows, *, typed: bool) -> bytes:
    """Return a workbook as another program writes it; `typed` gives numbers and dates as such."""
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Orders")
    for row in rows:
        sheet.append([_typed(cell) if typed else cell for cell in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _typed(text):
    for read in (date.fromisoformat, time.fromisoformat):
        try:
            return read(text) if text[:1].isdecimal() and len(text) in {8, 10} else text
        except ValueError:
            continue
    try:
        return float(text) if text.replace(".", "", 1).isdecimal() else text
    except ValueError:
        return text


@pytest.mark.shared_data
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("typed", [False, True], ids=["texts", "typed"])
def test_a_real_table_reads_the_same_from_a_workbook(shared_data: Path, tmp_path, name, typed):
    source = shared_data / TABLES[name]
    with source.open(newline="", encoding="utf-8-sig") as text:
        rows = [row for row, _ in zip(csv.reader(text), range(ROWS), strict=False)]
    plain, sheet = tmp_path / "t.csv", tmp_path / "t.xlsx"
    with plain.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(rows)
    if typed and name != "pizzaplace":
        pytest.skip("hand-written dates and phones mean something else as numbers")
    sheet.write_bytes(excel(rows, typed=typed))
    one, other = Import([plain]), Import([sheet])
    assert (one.reader, other.reader) == (name, name)
    assert one.orders == other.orders
    assert one.customers == other.customers
    assert Counter(map(_bare, one.problems)) == Counter(map(_bare, other.problems))
    assert len(one.orders) + len(one.customers) > 100


def _bare(problem):
    return problem.field, str(problem.message), problem.rejected


@pytest.mark.shared_data
def test_two_tables_of_one_export_come_in_one_archive(shared_data: Path, tmp_path):
    folder = shared_data / "datasets/maven_restaurant_orders"
    names = ("menu_items.csv", "order_details.csv")
    contents = {f"export/{name}": (folder / name).read_bytes() for name in names}
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({
        "__MACOSX/._menu_items.csv": b"x", "export/.DS_Store": b"x", "export/readme.pdf": b"%PDF",
        "export/logo.png": b"\x89PNG", **contents,
    }))  # fmt: skip
    apart, packed = Import([folder / name for name in names]), Import([path])
    assert packed.orders == apart.orders
    assert [file.name for file in packed.files] == [f"export.zip › {name}" for name in names]
    assert {file.sha256 for file in packed.files} == {file.sha256 for file in apart.files}
    assert packed.notices[0] == (
        "2 files in “export.zip” are not tables and were left out: export/readme.pdf,"
        " export/logo.png."
    )


def test_two_tables_of_one_export_come_in_one_workbook(tmp_path):
    path = tmp_path / "export.xlsx"
    menu = rows_xml(
        [("menu_item_id", "item_name", "category", "price"), ("1", "Plov", "Main", "9")]
    )
    sold = rows_xml([
        ("order_details_id", "order_id", "order_date", "order_time", "item_id"),
        ("1", "7", "2023-01-13", "13:08", "1"),
    ])  # fmt: skip
    path.write_bytes(zipped(parts({
        "Summary": sheet_xml(rows_xml([("Sales of", "January")])),
        "Menu": sheet_xml(menu), "Orders": sheet_xml(sold),
    })))  # fmt: skip
    got = Import([path])
    assert [(order.reference, order.lines[0].name) for order in got.orders] == [("7", "Plov")]
    assert got.notices == ["1 table was not recognised and was left out: export.xlsx › Summary."]
    assert [file.sheet for file in got.files] == ["Menu", "Orders"]


def test_only_the_named_sheet_is_read(tmp_path):
    path = tmp_path / "p.xlsx"
    other = [*ROW[:3], "margherita", *ROW[4:]]
    path.write_bytes(zipped(parts({
        "May": sheet_xml(rows_xml([HEADER, ROW])), "June": sheet_xml(rows_xml([HEADER, other])),
    })))  # fmt: skip
    assert [o.lines[0].name for o in Import([path], sheet="june").orders] == ["margherita"]
    assert len(Import([path]).orders[0].lines) == 2
    with pytest.raises(InvalidError, match="no sheet “July”") as refused:
        Import([path], sheet="July")
    assert str(refused.value.hint) == "It has: May, June."


def test_hidden_sheets_are_not_read(tmp_path):
    path = tmp_path / "p.xlsx"
    path.write_bytes(
        zipped(parts({"Old": sheet_xml(rows_xml([HEADER, ROW]))}, states='state="hidden"'))
    )
    with pytest.raises(InvalidError, match="no table"):
        open_files(path)
    assert len(Import([path], sheet="Old").orders) == 1


def test_a_row_is_named_by_its_number_in_the_sheet(tmp_path):
    path = tmp_path / "p.xlsx"
    data = rows_xml([HEADER], 3) + rows_xml([[*ROW[:3], "two\nlines", *ROW[4:]]], 5)
    data += rows_xml([("2", "bad", *ROW[2:])], 9)
    path.write_bytes(book(data))
    got = Import([path])
    assert [(one.line, one.field) for one in got.problems] == [(9, "date")]
    assert got.orders[0].lines[0].name == "two lines"


def test_a_table_that_does_not_begin_in_the_first_column(tmp_path):
    path = tmp_path / "p.xlsx"
    rows = "".join(
        f'<row r="{n}">'
        + "".join(inline(f"{chr(67 + i)}{n}", t) for i, t in enumerate(row))
        + "</row>"
        for n, row in ((2, HEADER), (3, ROW))
    )
    path.write_bytes(book(rows))
    assert [order.reference for order in Import([path]).orders] == ["1"]


def test_formulas_are_read_as_their_text_and_told(tmp_path):
    path = tmp_path / "p.xlsx"
    first = "".join(inline(f"{chr(65 + n)}2", text) for n, text in enumerate(ROW[:6]))
    second = "".join(inline(f"{chr(65 + n)}3", text) for n, text in enumerate(("2", *ROW[1:6])))
    path.write_bytes(book(
        rows_xml([HEADER])
        + f'<row r="2">{first}<c r="G2"><f>6*2</f><v>12</v></c></row>'
        + f'<row r="3">{second}<c r="G3" t="e"><v>#REF!</v></c></row>'
    ))  # fmt: skip
    got = Import([path])
    assert got.orders == []
    assert [str(one.message) for one in got.problems] == [
        "“=6*2” is not an amount of money.", "“#REF!” is not an amount of money.",
    ]  # fmt: skip
    assert got.notices == [
        "“p.xlsx” has 1 cell with a formula (G2); its text was read, not its result.",
        "“p.xlsx” has 1 cell with an error (G3).",
    ]


def test_a_false_dimension_changes_nothing(tmp_path):
    path = tmp_path / "p.xlsx"
    for claimed in ("A1", "A1:XFD1048576"):
        content = sheet_xml(rows_xml([HEADER, ROW]), f'<dimension ref="{claimed}"/>')
        path.write_bytes(zipped(parts({"Sheet1": content})))
        assert len(Import([path]).orders) == 1


def test_cells_with_a_style_and_nothing_in_them_do_not_count(tmp_path):
    path = tmp_path / "p.xlsx"
    path.write_bytes(book(
        rows_xml([HEADER, ROW]) + '<row r="900000"><c r="XFD900000" s="0"/></row>'
    ))  # fmt: skip
    assert len(Import([path]).orders) == 1


def test_the_same_workbook_twice_is_read_once(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(book())
    assert len(Import([tmp_path / "a.xlsx", tmp_path / "b.xlsx"]).files) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\r\nb", "a\u2028b"),
        (True, "TRUE"),
        (13.25, "13.25"),
        (1.0, "1"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.3"),
        (1.234, "1.2340"),
        (1e-7, "0.0000001"),
        (994501234567.0, "994501234567"),
        (date(2015, 1, 2), "2015-01-02"),
        (datetime(2015, 1, 2, 3, 4, 5, 6), "2015-01-02 03:04:05"),  # noqa: DTZ001
        (datetime(2015, 1, 2, 3, 4, 5, 520000), "2015-01-02 03:04:05.520"),  # noqa: DTZ001
        (time(11, 38, 36), "11:38:36"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_values_are_written_so_that_they_mean_one_thing(value, text):
    assert text_of(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_keeps_its_fifteen_digits(number):
    assert float(text_of(number)) == pytest.approx(number, rel=1e-14, abs=1e-300)
    assert "e" not in text_of(number).lower()


def test_a_number_too_long_for_a_spreadsheet_is_told():
    assert lost_digits(1234567890123456.0)
    assert not lost_digits(123456789012345.0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 255), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_a_mutated_workbook_is_read_or_refused(tmp_path_factory, values, random):
    """Every part is stored, so that a flipped byte reaches the parser and not the checksum only."""
    content = bytearray(book())
    for value in values:
        content[random.randrange(len(content))] = value
    path = tmp_path_factory.mktemp("m") / "a.xlsx"
    path.write_bytes(content)
    try:
        shared_out(open_files(path))
    except AppError:
        return


SHEET = sheet_xml(rows_xml([HEADER, ROW])).decode()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_workbook_with_one_thing_wrong_in_its_xml_is_read_or_refused(tmp_path_factory, data):
    start = data.draw(st.integers(0, len(SHEET)))
    end = data.draw(st.integers(start, min(start + 40, len(SHEET))))
    planted = data.draw(st.sampled_from([
        "", "<", "<c/>", "</c>", '<c r="ZZ9"><v>1</v></c>', "&x;", "<f>1</f>", "<v>1e999</v>",
        '<c t="s"><v>-1</v></c>', "]]>", "<row>", '<c r="A0"/>', '<c r="A1" t="d"><v>x</v></c>',
    ]) | st.text(max_size=10))  # fmt: skip
    made = (SHEET[:start] + planted + SHEET[end:]).encode("utf-8", "replace")
    path = tmp_path_factory.mktemp("m") / "a.xlsx"
    path.write_bytes(zipped(parts({"Sheet1": made})))
    try:
        for reader, files in shared_out(open_files(path)):
            list(reader.read(files, VENUE, Choices(), lambda _problem: None).orders)
    except AppError:
        return
