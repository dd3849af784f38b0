"""What a table is before it is written. Amounts are scaled whole numbers, never floats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Cell = str | int | date | datetime | None
"""Text, a whole number (scaled by the column's decimals), a day, or a time on the local clock."""


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"


class Format(StrEnum):
    """The kinds of files that tables are written as."""

    CSV = "csv"
    XLSX = "xlsx"


class Protection(StrEnum):
    """How a file is locked."""

    NONE = "none"
    XLSX_PASSWORD = "xlsx-password"  # noqa: S105 - the name of a way
    ZIP_AES = "zip-aes"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `decimals` says how cells are scaled: 1250 with two decimals is 12.50.

    A PERCENT has its cells in basis points. `total` asks for a sum below. Ids and telephone
    numbers are TEXT. `key` is what a script calls the column by, in any language.
    """

    title: str
    kind: Kind = Kind.TEXT
    decimals: int = 0
    total: bool = False
    width: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under a title. `about` are lines that say what it is, for a sheet of their own.

    `total_word` stands in the first column of the row of sums.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[tuple[str, str]] = ()
    total_word: str = "Total"
    about_word: str = "About"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows without heading and sums, octets, and their SHA-256 in hex."""

    rows: int
    size: int
    sha256: str
