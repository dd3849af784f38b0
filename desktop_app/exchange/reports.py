"""What imports say about themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.exchange.records import RowProblem
from desktop_app.kernel.words import Message


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """A format we read."""

    name: str
    title: Message
    looks_for: Message


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import (or its preview) found and added.

    `rejected` counts the rows that did not come in; every problem is listed, also of rows that
    came in with a part left out. In a preview the `added` figures say what would be added.
    """

    import_id: int | None
    source: str
    orders_added: int
    lines_added: int
    customers_added: int
    products_added: int
    already_known: int
    rejected: int
    revenue_minor: int
    currency: str
    problems: Sequence[RowProblem]
    notices: Sequence[Message]
    first_day: int | None
    last_day: int | None


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the list of imports."""

    id: int
    at: datetime
    actor: str
    source: str
    files: Sequence[str]
    orders_added: int
    lines_added: int
    customers_added: int
    already_known: int
    rejected: int
    revenue_minor: int
    finished: bool
