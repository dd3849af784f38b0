"""The register of exports of the demonstration: who was given which file, and what became of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.db.transaction import Transaction
from desktop_app.exports.records import PERSONAL, FileFormat, What
from desktop_app.exports.tables import ExportRun
from desktop_app.sheets.records import Protection

_ACCOUNTANT = "Nərgiz Səfərova, mühasib"
_NONE, _BOOK, _ZIP = Protection.NONE, Protection.XLSX_PASSWORD, Protection.ZIP_AES
_BYTES_A_ROW = 96


@dataclass(frozen=True, slots=True)
class _Handed:
    """One file: how long ago in days, by whom, what it was, for how long, destroyed after."""

    ago: int
    by: str
    what: What
    format: FileFormat
    lock: Protection
    rows: int
    file: str
    to: str
    why: str
    days: int
    gone_after: int | None = None


_LINES = (
    _Handed(330, "owner", What.REPORT, FileFormat.PDF, _NONE, 12, "satish-aylar.pdf",
            "Kapital Bank, Nizami filialı", "Kredit xətti üçün müraciət", 90, 61),
    _Handed(214, "aysel", What.MENU, FileFormat.XLSX, _NONE, 104, "menyu-yay.xlsx",
            "“Rəng” mətbəəsi", "Yay menyusunun çapı", 30, 22),
    _Handed(121, "nigar", What.FINANCE, FileFormat.XLSX, _NONE, 412, "pul-axini-2-rub.xlsx",
            _ACCOUNTANT, "İkinci rübün bəyannaməsi", 365),
    _Handed(96, "aysel", What.CUSTOMERS, FileFormat.CSV, _ZIP, 180, "qonaqlar-2026-08.zip",
            "SMS mərkəzi MMC", "Payız təklifi, razılıq verənlər", 7, 6),
    _Handed(58, "nigar", What.STOCK, FileFormat.XLSX, _NONE, 61, "anbar-2026-09-30.xlsx",
            _ACCOUNTANT, "Rübün sonuna anbar qalığı", 365),
    _Handed(41, "owner", What.PAY, FileFormat.XLSX, _BOOK, 24, "maashlar-2026-10.xlsx",
            _ACCOUNTANT, "Əməkhaqqı cədvəli", 90),
    _Handed(36, "aysel", What.STAFF, FileFormat.PDF, _ZIP, 24, "ishchiler.zip",
            "Tibb mərkəzi “Sağlam”", "İllik tibbi müayinə", 30),
    _Handed(19, "tural", What.AUDIT, FileFormat.JSON, _NONE, 1_140, "jurnal.json",
            "“Balans Audit” MMC", "Daxili yoxlama", 180),
    _Handed(12, "aysel", What.SALES, FileFormat.PRINT, _NONE, 60, "HP LaserJet M110",
            "aysel", "Növbələrin həftəlik siyahısı", 30),
    _Handed(4, "nigar", What.REPORT, FileFormat.XLSX, _NONE, 31, "abc-2026-11.xlsx",
            "Şef aşpaz", "Menyunun yenilənməsi", 30),
    _Handed(2, "aysel", What.ORDERS, FileFormat.CSV, _NONE, 188, "sifarisler-noyabr.csv",
            _ACCOUNTANT, "Bank çıxarışı ilə tutuşdurma", 30),
)  # fmt: skip


def write_register(tx: Transaction, until: datetime) -> int:
    """Enter what was handed out in the year; return how many files. One is overdue."""
    for one in _LINES:
        at = until - timedelta(days=one.ago, minutes=37 * one.ago % 400)
        gone = None if one.gone_after is None else at + timedelta(days=one.gone_after, hours=2)
        row = ExportRun(
            id=tx.ids.one(),
            at=at,
            actor=one.by,
            what=one.what.value,
            format=one.format,
            protection=one.lock,
            personal=one.what in PERSONAL,
            rows=one.rows,
            size=5_120 + one.rows * _BYTES_A_ROW,
            sha256=hashlib.sha256(f"{one.file} {one.rows}".encode()).hexdigest(),
            file=one.file,
            recipient=one.to,
            reason=one.why,
            expires_at=at + timedelta(days=one.days),
            destroyed_at=gone,
        )
        tx.add(row)
    tx.about("demonstration", files=len(_LINES))
    return len(_LINES)
