"""Files for others: what is in them, who may, how they are locked, and the register of them."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msoffcrypto
import openpyxl
import pypdfium2
import pytest
import pyzipper

from desktop_app.customers.records import CustomerFilter, IncomingCustomer
from desktop_app.exports import operations as exports
from desktop_app.exports.records import FileFormat, Handover, What
from desktop_app.kernel.access import Role
from desktop_app.kernel.asking import ApprovalNeededError, ConfirmationNeededError
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.orders.records import IncomingLine, IncomingOrder, OrderFilter
from desktop_app.reports.catalogue import REPORTS
from desktop_app.reports.records import Period
from desktop_app.sheets.records import Protection
from tests.database.shop import Shop, enter, sell

BEGIN = datetime(2026, 1, 28, 9, tzinfo=UTC)
TO = Handover(FileFormat.CSV, "Hesabdar Nərgiz", "month end")
LOCKED = replace(TO, format=FileFormat.XLSX, protection=Protection.XLSX_PASSWORD)
SECRET = "nar çiçəyi pəncərə"
GUESTS = [
    IncomingCustomer("C1", "=cmd|x", phone="+994501234567", balance_minor=-550),
    IncomingCustomer("C2", "Aynur Məmmədova", email="aynur@example.com", balance_minor=1200),
]


def sold(shop: Shop, number: int = 3) -> None:
    some = [
        IncomingOrder(f"E{n}", BEGIN + timedelta(days=n), [IncomingLine("Plov", 1000, 1250)])
        for n in range(number)
    ]
    sell(shop.app, some)


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_orders_are_written_with_their_line_in_the_register(shop: Shop, tmp_path: Path) -> None:
    sold(shop)
    out = tmp_path / "orders.csv"
    made = shop.app.call(exports.export_orders, out, TO)
    rows = table(out)
    assert made.rows == len(rows) - 1 == 3
    assert {row[10] for row in rows[1:]} == {"12.50"}
    (line,) = shop.app.call(exports.list_exports)
    assert (line.what, line.rows, line.recipient, line.reason) == (
        What.ORDERS, 3, "Hesabdar Nərgiz", "month end",
    )  # fmt: skip
    assert line.sha256 == made.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert line.expires_at - line.at == timedelta(days=30)
    shop.app.call(exports.note_destroyed, line.id)
    assert shop.app.call(exports.list_exports)[0].destroyed_at is not None
    shop.check_trail()


def test_a_filter_is_kept_and_long_lists_come_whole(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports.lists, "_STEP", 4)
    sold(shop, 23)
    out = tmp_path / "orders.xlsx"
    wanted = OrderFilter(first_day=20260130)
    made = shop.app.call(
        exports.export_orders, out, replace(TO, format=FileFormat.XLSX), wanted=wanted
    )
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert made.rows == 21
    assert sheet["K23"].value == "=SUM(K2:K22)"
    assert len({cell.value for cell in sheet["A"]}) == 21 + 2
    assert sheet["D2"].value > datetime(2026, 1, 1)  # noqa: DTZ001


def test_customers_leave_with_a_password_only(shop: Shop, tmp_path: Path) -> None:
    enter(shop.app, *GUESTS)
    out = tmp_path / "guests.xlsx"
    with pytest.raises(InvalidError):
        shop.confirmed(exports.export_customers, out, TO)
    with pytest.raises(ConfirmationNeededError):
        shop.app.call(exports.export_customers, out, LOCKED, password=SECRET)
    made = shop.confirmed(exports.export_customers, out, LOCKED, password=SECRET)
    assert made.rows == 2
    plain = io.BytesIO()
    with out.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=SECRET, verify_password=True)
        locked.decrypt(plain, verify_integrity=True)
    sheet = openpyxl.load_workbook(plain).worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2, max_row=3)}
    assert rows["=cmd|x"][1].data_type != "f"
    assert rows["=cmd|x"][3].value == "+994501234567"
    assert rows["=cmd|x"][6].value == -5.5
    zipped = tmp_path / "guests.zip"
    shop.confirmed(
        exports.export_customers, zipped, replace(TO, protection=Protection.ZIP_AES),
        wanted=CustomerFilter("Aynur"), password=SECRET,
    )  # fmt: skip
    with pyzipper.AESZipFile(zipped) as archive:
        raw = archive.read("guests.csv", pwd=SECRET.encode()).decode("utf-8-sig")
    assert "aynur@example.com" in raw
    assert len(shop.app.call(exports.list_exports)) == 2


def test_phones_of_a_csv_are_not_spoiled_and_formulas_do_nothing(
    shop: Shop, tmp_path: Path
) -> None:
    enter(shop.app, *GUESTS)
    out = tmp_path / "guests.zip"
    to = replace(TO, protection=Protection.ZIP_AES)
    shop.confirmed(exports.export_customers, out, to, password=SECRET)
    with pyzipper.AESZipFile(out) as archive:
        raw = archive.read("guests.csv", pwd=SECRET.encode()).decode("utf-8-sig")
    rows = {row[1]: row for row in csv.reader(io.StringIO(raw, newline=""))}
    assert rows["'=cmd|x"][3] == "+994501234567"
    assert rows["'=cmd|x"][6] == "-5.50"


def test_menu_and_staff(shop: Shop, tmp_path: Path) -> None:
    sold(shop)
    shop.app.call(exports.export_menu, tmp_path / "menu.csv", TO)
    assert [row[1] for row in table(tmp_path / "menu.csv")[1:]] == ["Plov"]
    shop.app.call(exports.export_staff, tmp_path / "staff.xlsx", LOCKED, password=SECRET)
    with pytest.raises(InvalidError):
        shop.app.call(exports.export_staff, tmp_path / "open.csv", TO)


def test_more_rows_than_a_role_may_need_a_second_person(shop: Shop, tmp_path: Path) -> None:
    sold(shop, 201)
    out = tmp_path / "orders.csv"
    with pytest.raises(ApprovalNeededError):
        shop.as_role(Role.MANAGER).call(exports.export_orders, out, TO)
    assert not list(tmp_path.glob("orders*"))
    shop.as_role(Role.ACCOUNTANT).call(exports.export_orders, out, TO)


def test_who_may_not_gets_no_file(shop: Shop, tmp_path: Path) -> None:
    sold(shop)
    for op in (exports.export_orders, exports.export_menu, exports.export_staff):
        with pytest.raises(NotAllowedError):
            shop.as_role(Role.STAFF).call(op, tmp_path / "x.csv", TO)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.ACCOUNTANT).call(exports.export_customers, tmp_path / "x.csv", TO)
    assert not list(tmp_path.glob("x*"))


@pytest.mark.parametrize(
    "to",
    [replace(TO, recipient="  "), replace(TO, days=0), replace(TO, recipient="x" * 301)],
)
def test_what_the_register_needs_is_asked_for(shop: Shop, tmp_path: Path, to: Handover) -> None:
    with pytest.raises(InvalidError):
        shop.app.call(exports.export_orders, tmp_path / "x.csv", to)
    assert shop.app.call(exports.list_exports) == []


def test_no_file_is_written_over(shop: Shop, tmp_path: Path) -> None:
    sold(shop)
    out = tmp_path / "orders.csv"
    out.write_text("mine")
    with pytest.raises(ConflictError):
        shop.app.call(exports.export_orders, out, TO)
    with pytest.raises(ConflictError):
        shop.app.call(
            exports.export_report, "sales-day", Period(), out, replace(TO, format=FileFormat.PDF)
        )
    assert out.read_text() == "mine"
    assert shop.app.call(exports.list_exports) == []


def test_every_report_is_written_in_every_format(shop: Shop, tmp_path: Path) -> None:
    sold(shop, 40)
    for key in REPORTS:
        for kind in (FileFormat.CSV, FileFormat.XLSX, FileFormat.PDF):
            out = tmp_path / f"{key}.{kind}"
            to = replace(TO, format=kind, language="az")
            secret = None
            if REPORTS[key].personal:
                with pytest.raises(InvalidError):
                    shop.app.call(exports.export_report, key, Period(), out, to)
                to, secret = replace(to, protection=Protection.ZIP_AES), SECRET
            made = shop.app.call(
                exports.export_report, key, Period(), out, to,
                against=Period(20250101, 20251231), password=secret,
            )  # fmt: skip
            assert made.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    sheet = openpyxl.load_workbook(tmp_path / "sales-day.xlsx").worksheets[0]
    assert sheet["A2"].value == datetime(2026, 1, 28)  # noqa: DTZ001
    assert sheet["D2"].value == 12.5
    assert sheet["D42"].value == "=SUM(D2:D41)"
    paper = pypdfium2.PdfDocument(tmp_path / "sales-day.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    assert "28.01.2026" in text or "2026-01-28" in text
    paper.close()
