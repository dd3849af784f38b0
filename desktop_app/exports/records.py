"""What exports take and give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop_app.kernel.words import Message, msg
from desktop_app.sheets.records import Protection


class What(StrEnum):
    """What can be exported."""

    AUDIT = "audit"
    CUSTOMERS = "customers"
    EXPORTS = "exports"
    FINANCE = "finance"
    MENU = "menu"
    ORDERS = "orders"
    PAY = "pay"
    REPORT = "report"
    SALES = "sales"
    STAFF = "staff"
    STOCK = "stock"


WHAT: Mapping[What, Message] = {
    What.AUDIT: msg("Audit trail"),
    What.CUSTOMERS: msg("Customers"),
    What.EXPORTS: msg("Register of exports"),
    What.FINANCE: msg("Finance"),
    What.MENU: msg("Menu"),
    What.ORDERS: msg("Orders"),
    What.PAY: msg("Pay"),
    What.REPORT: msg("Report"),
    What.SALES: msg("Shifts and findings"),
    What.STAFF: msg("Staff"),
    What.STOCK: msg("Stock"),
}
PERSONAL = frozenset({What.CUSTOMERS, What.PAY, What.STAFF})
"""What says who somebody is: never handed out without a password."""
PROTECTIONS: Mapping[Protection, Message] = {
    Protection.NONE: msg("Open"),
    Protection.XLSX_PASSWORD: msg("Locked workbook"),
    Protection.ZIP_AES: msg("Locked archive"),
}


class FileFormat(StrEnum):
    """The kinds of files that are handed out; PRINT is paper, with a printer for a file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    JSON = "json"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Handover:
    """How a file is handed out: for whom, why, for how many days, in which language.

    `columns` are the keys of those that are written, in their order; all where none is named.
    """

    format: FileFormat
    recipient: str
    reason: str = ""
    protection: Protection = Protection.NONE
    days: int = 30
    language: str = "en"
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file that was written, and its line of the register; `paper` is what is to be printed."""

    id: int
    file: Path
    rows: int
    size: int
    sha256: str
    expires_at: datetime
    paper: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One line of the register of exports."""

    id: int
    at: datetime
    actor: str
    what: What
    format: FileFormat
    protection: Protection
    personal: bool
    rows: int
    size: int
    sha256: str
    file: str
    recipient: str
    reason: str
    expires_at: datetime
    destroyed_at: datetime | None
    venues: str = ""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column in sight. `exact` says that its cells are written for programs, not for people."""

    title: str
    width: int = 120
    right: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What a list shows, as text, row by row in its order.

    On paper `facts` (title and text) stand above the rows, and `signatures` are asked for below.
    """

    title: str
    columns: Sequence[ShownColumn]
    rows: Sequence[Sequence[str]]
    facts: Sequence[tuple[str, str]] = ()
    signatures: Sequence[str] = ()
