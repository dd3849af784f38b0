"""A locked file opens with its password only, and is never open on the disk."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import pyzipper

from desktop_app.kernel.errors import ConflictError, InvalidError, UnavailableError
from desktop_app.sheets.records import Column, Format, Protection, Sheet
from desktop_app.sheets.writing import Wish, write_sheet
from tests.support import unlocking

PASSWORD = "dörd söz bir yerdə"
SHEET = Sheet("Customers", [Column("Name")], [("Aynur Məmmədova",)])


def test_a_locked_workbook_opens_with_its_password(tmp_path: Path) -> None:
    out = tmp_path / "c.xlsx"
    wish = Wish(Format.XLSX, protection=Protection.XLSX_PASSWORD, password=PASSWORD)
    write_sheet(out, SHEET, wish)
    with out.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        assert locked.is_encrypted()
        locked.load_key(password=PASSWORD, verify_password=True)
        plain = io.BytesIO()
        locked.decrypt(plain, verify_integrity=True)
        assert openpyxl.load_workbook(plain).active["A2"].value == "Aynur Məmmədova"
        with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
            msoffcrypto.OfficeFile(file).load_key(password="wrong word", verify_password=True)


@pytest.mark.parametrize("kind", list(Format))
def test_a_locked_archive_opens_with_its_password(tmp_path: Path, kind: Format) -> None:
    out = tmp_path / "customers.zip"
    write_sheet(out, SHEET, Wish(kind, protection=Protection.ZIP_AES, password=PASSWORD))
    assert b"Aynur" not in out.read_bytes()
    with pyzipper.AESZipFile(out) as archive:
        (entry,) = archive.infolist()
        assert entry.filename == f"customers.{kind}"
        assert entry.wz_aes_version == 2
        with pytest.raises(RuntimeError):
            archive.read(entry, pwd=b"wrong")
        raw = archive.read(entry, pwd=PASSWORD.encode())
    assert (b"Aynur" in raw) is (kind is Format.CSV)
    with zipfile.ZipFile(out) as plain, pytest.raises((RuntimeError, NotImplementedError)):
        plain.read(entry.filename)


@pytest.mark.parametrize("rows", [1, 3, 4_000])
def test_a_second_implementation_opens_what_we_lock(tmp_path: Path, rows: int) -> None:
    """By the specifications alone; LibreOffice 7.4 and 7-Zip 26 were tried by hand."""
    sheet = replace(SHEET, rows=[(f"Aynur Məmmədova {n}",) for n in range(rows)])
    book = tmp_path / "c.xlsx"
    wish = Wish(Format.XLSX, protection=Protection.XLSX_PASSWORD, password=PASSWORD)
    write_sheet(book, sheet, wish)
    plain = openpyxl.load_workbook(io.BytesIO(unlocking.workbook(book, PASSWORD)))
    assert plain.active.cell(rows + 1, 1).value == f"Aynur Məmmədova {rows - 1}"
    with pytest.raises(unlocking.WrongPasswordError):
        unlocking.workbook(book, "wrong word")
    out = tmp_path / "c.zip"
    write_sheet(out, sheet, replace(wish, format=Format.CSV, protection=Protection.ZIP_AES))
    name, raw = unlocking.archive(out, PASSWORD)
    assert name == "c.csv"
    assert raw.decode("utf-8-sig").splitlines()[-1] == f"Aynur Məmmədova {rows - 1}"
    with pytest.raises(unlocking.WrongPasswordError):
        unlocking.archive(out, "wrong word")


def test_seven_zip_opens_what_we_lock(tmp_path: Path) -> None:
    seven = shutil.which("7z")
    if seven is None:
        pytest.skip("7-Zip is not on this computer")
    out = tmp_path / "c.zip"
    write_sheet(out, SHEET, Wish(Format.CSV, protection=Protection.ZIP_AES, password=PASSWORD))
    right = subprocess.run([seven, "t", f"-p{PASSWORD}", out], capture_output=True, check=False)
    wrong = subprocess.run([seven, "t", "-pwrong", out], capture_output=True, check=False)
    assert (right.returncode, wrong.returncode) == (0, 2)


@pytest.mark.parametrize(
    ("kind", "protection", "password"),
    [
        (Format.XLSX, Protection.XLSX_PASSWORD, "short"),
        (Format.CSV, Protection.ZIP_AES, "elevenchars"),
        (Format.CSV, Protection.XLSX_PASSWORD, PASSWORD),
    ],
)
def test_what_cannot_be_locked_well_is_refused(
    tmp_path: Path, kind: Format, protection: Protection, password: str
) -> None:
    with pytest.raises(InvalidError):
        write_sheet(tmp_path / "x", SHEET, Wish(kind, protection=protection, password=password))
    assert not list(tmp_path.iterdir())


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "c.csv"

    def broken(_: object) -> None:
        raise InvalidError("no")  # type: ignore[arg-type]

    with pytest.raises(InvalidError):
        write_sheet(out, SHEET, Wish(Format.CSV), broken)
    assert not list(tmp_path.iterdir())
    written = write_sheet(out, SHEET, Wish(Format.CSV))
    assert (written.rows, written.size) == (1, out.stat().st_size)
    assert out.stat().st_mode & 0o077 == 0
    with pytest.raises(ConflictError):
        write_sheet(out, SHEET, Wish(Format.CSV))
    with pytest.raises(UnavailableError):
        write_sheet(tmp_path / "none" / "c.csv", SHEET, Wish(Format.CSV))
