"""What a report is: columns, rows, a period beside another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import Message, msg
from desktop_app.reports.records import Dimension, Period

Value = int | Message | str | None


class Unit(StrEnum):
    """What a column counts: money in minor units, quantities in thousandths, shares in 1/10000."""

    COUNT = "count"
    QUANTITY = "quantity"
    MONEY = "money"
    SHARE = "share"
    WORD = "word"


class Group(StrEnum):
    """Where a report stands in the list of them."""

    SALES = "sales"
    MENU = "menu"
    CONTROL = "control"
    COSTS = "costs"
    PEOPLE = "people"
    MONEY = "money"


class Picture(StrEnum):
    """How a report is drawn."""

    CURVE = "curve"
    BARS = "bars"
    COLUMNS = "columns"
    MAP = "map"


class Trail(StrEnum):
    """What stands behind the rows of a report, where it is not the orders that were sold."""

    REFUNDS = "refunds"
    CORRECTIONS = "corrections"
    MOVES = "moves"
    HOURS = "hours"
    LEDGER = "ledger"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `total` says that its sum means something."""

    key: str
    title: Message
    unit: Unit
    total: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is read: its key for programs, its label for people, a value a column."""

    key: str
    label: Message | str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What is known of a report before it is read.

    `main` is the column that is drawn and compared, `drawn` others that stand beside it. `times`
    says that rows follow each other in time, so that another period is laid beside this one from
    its beginning; else by key. `behind` is by what the orders behind a row are found, or what else
    is there.
    """

    key: str
    title: Message
    about: Message
    group: Group
    first: Message
    columns: Sequence[Column]
    main: str
    permission: Permission = Permission.REPORTS_READ
    picture: Picture = Picture.BARS
    times: bool = False
    behind: Dimension | Trail = Dimension.DAY
    drawn: Sequence[str] = ()

    @property
    def personal(self) -> bool:
        """Tell whether its rows say what somebody earns: then it leaves locked only."""
        return self.permission is Permission.SALARIES_READ

    @property
    def main_at(self) -> int:
        """Return the place of the main column."""
        return self.place_of(self.main)

    @property
    def drawn_at(self) -> Sequence[int]:
        """Return the places of the columns that a picture of columns shows, in their order.

        What is left of others that are drawn is not drawn itself.
        """
        keys = self.drawn if self.main == "left" else (self.main, *self.drawn)
        return sorted(self.place_of(key) for key in keys)

    def place_of(self, key: str) -> int:
        """Return the place of a column."""
        return [column.key for column in self.columns].index(key)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row, with the main column of the other period beside it (None without one)."""

    key: str
    label: Message | str
    values: Sequence[Value]
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report over a period; `totals` has None where a sum means nothing."""

    facts: ReportFacts
    period: Period
    against: Period | None
    rows: Sequence[ReportRow]
    totals: Sequence[int | None]
    total_before: int | None
    currency: str


def change(now: int, before: int | None) -> int | None:
    """Return the change in hundredths of a percent; None where there was nothing before."""
    return None if not before else round((now - before) * 10_000 / abs(before))


def as_number(value: Value) -> int:
    """Return a value for adding up; words and nothing are 0."""
    return value if isinstance(value, int) else 0


def totals_of(columns: Sequence[Column], rows: Sequence[Line]) -> list[int | None]:
    """Return the sums of the columns that have one."""
    return [
        sum(as_number(row.values[at]) for row in rows) if column.total else None
        for at, column in enumerate(columns)
    ]


NONE = msg("(none)")
