"""What the finance slice gives to and takes from the outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.finance.kinds import SYSTEM, AccountKind, Direction, SystemCategory
from desktop_app.kernel.words import Message, msg


@dataclass(frozen=True, slots=True)
class Entry:
    """Money to be posted: `amount_minor` above nothing came in, below went out."""

    venue_id: int
    account_id: int
    category_id: int
    day: date
    amount_minor: int
    note: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What somebody enters by hand: the amount is signed, the venue is that of the account."""

    account_id: int
    category_id: int
    day: date
    amount_minor: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What an account is called and what it is."""

    name: str
    kind: AccountKind = AccountKind.CASH
    active: bool = True


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with what lies in it."""

    id: int
    version: int
    name: str
    kind: AccountKind
    active: bool
    balance_minor: int
    entries: int
    venue: str = ""
    """Whose it is, where several venues are in sight."""

    @property
    def title(self) -> str:
        """Return the name by which it is told from those of other venues."""
        return f"{self.name} · {self.venue}" if self.venue else self.name


@dataclass(frozen=True, slots=True)
class CategoryForm:
    """What a category of the restaurant's own is called and where it belongs."""

    name: str
    direction: Direction
    parent_id: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category; one of the system's has a lock."""

    id: int
    version: int
    name: str
    direction: Direction
    parent_id: int | None
    active: bool
    system: bool

    @property
    def title(self) -> Message:
        """Return what the category is called, in the reader's language where it is ours."""
        return title_of(self.id, self.name)


def title_of(category_id: int, name: str) -> Message:
    """Return what a category is called; `name` is that of one of the restaurant's own."""
    if category_id in SYSTEM:
        return SYSTEM[SystemCategory(category_id)].title
    return msg("{name}", name=name)


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries to list; empty for all."""

    first: date | None = None
    last: date | None = None
    account_id: int | None = None
    category_id: int | None = None
    text: str = ""
    document: str = ""
    after: int | None = None  # only those that stand below this one in the list


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the books. `corrected` where a later one takes it back."""

    id: int
    day: date
    at: datetime
    account_id: int
    account: str
    category_id: int
    category: str
    amount_minor: int
    note: str
    document: str
    corrects: int | None
    instead_of: int | None
    corrected: bool

    @property
    def title(self) -> Message:
        """Return what its category is called."""
        return title_of(self.category_id, self.category)


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One category of the cash flow: what it brought (or took) each month, in the flow's order."""

    category_id: int
    title: Message
    months: Sequence[int]

    @property
    def total(self) -> int:
        """Return the whole period."""
        return sum(self.months)


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Cash flow by category and month (yyyymm).

    `opening[i]` and what came and went in month i is `opening[i + 1]`, or the closing balance.
    """

    months: Sequence[int]
    income: Sequence[FlowRow]
    expense: Sequence[FlowRow]
    opening: Sequence[int]

    @property
    def net(self) -> Sequence[int]:
        """Return what is left of each month."""
        rows = [*self.income, *self.expense]
        return [sum(row.months[place] for row in rows) for place in range(len(self.months))]

    @property
    def closing(self) -> int:
        """Return what lies in the accounts at the end."""
        return self.opening[0] + sum(self.net) if self.months else 0


Tree = Mapping[int, int | None]
"""The parent of each category."""
