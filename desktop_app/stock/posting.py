"""Writing a posted paper with its lines: once, and never changed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_number, millis
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.stock.kinds import PAPERS, PaperKind
from desktop_app.stock.records import Amount
from desktop_app.stock.tables import StockDocument, StockDocumentLine
from desktop_app.venue.records import VenueCard

_PAPER = (
    "id", "venue_id", "kind", "serial", "at", "business_date", "storage_id", "target_id",
    "supplier_id", "product_id", "quantity", "invoice", "due_date", "net_minor", "tax_minor",
    "total_minor", "cost_minor", "reverses_id", "count_id", "reason", "note", "entered_at",
    "entered_by",
)  # fmt: skip
_LINE = (
    "document_id", "line_no", "product_id", "quantity", "package", "factor", "amount_minor",
    "discount_minor", "tax_bp", "tax_minor", "cost_minor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of a paper."""

    id: int
    kind: PaperKind
    at: datetime
    business_date: int
    storage_id: int
    target_id: int | None = None
    supplier_id: int | None = None
    made: Amount | None = None
    invoice: str = ""
    due_date: date | None = None
    reverses_id: int | None = None
    count_id: int | None = None
    reason: str = ""
    note: str = ""
    entered_at: datetime | None = None
    """When it was entered, by nobody in particular; now and by the actor for None."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper; `cost_minor` is what the stock of it is worth."""

    product_id: int
    quantity: int
    cost_minor: int
    package: str = ""
    factor: int = 1000
    amount_minor: int = 0
    discount_minor: int = 0
    tax_bp: int = 0
    net_minor: int = 0
    tax_minor: int = 0


def moment_of(tx: Transaction, venue: VenueCard, at: datetime | None) -> tuple[datetime, int]:
    """Return when a paper is of, now for nothing said, and its business day.

    InvalidError for a time that is still to come.
    """
    when = at or tx.at
    if when > tx.at:
        raise InvalidError(
            msg("This time is still to come."),
            field="at",
            hint=msg("Enter what happened until now."),
        )
    return when, venue.time.business_date(when)


def write_paper(
    tx: Transaction,
    venue: VenueCard,
    head: Head,
    lines: Sequence[Line],
    sums: tuple[int, int] | None = None,
) -> int:
    """Write a paper with its lines, and return its running number among those of its kind.

    `sums` are net and tax where they are not those of the lines.
    """
    last = select(func.max(StockDocument.serial)).where(
        StockDocument.venue_id == venue.id, StockDocument.kind == head.kind
    )
    serial = int(tx.scalar(last) or 0) + 1
    net, tax = sums or (
        sum(line.net_minor for line in lines),
        sum(line.tax_minor for line in lines),
    )
    made = head.made or Amount(0, 0)
    row: tuple[Any, ...] = (
        head.id, venue.id, str(head.kind), serial, millis(head.at), head.business_date,
        head.storage_id, head.target_id, head.supplier_id, made.product_id or None,
        made.quantity, head.invoice, as_number(head.due_date) if head.due_date else None,
        net, tax, net + tax, sum(line.cost_minor for line in lines), head.reverses_id,
        head.count_id, head.reason, head.note, millis(head.entered_at or tx.at),
        "" if head.entered_at else tx.actor.user_id,
    )  # fmt: skip
    tx.import_rows(StockDocument, _PAPER, [row])
    tx.import_rows(
        StockDocumentLine,
        _LINE,
        [
            (
                head.id, number, line.product_id, line.quantity, line.package, line.factor,
                line.amount_minor, line.discount_minor, line.tax_bp, line.tax_minor,
                line.cost_minor,
            )
            for number, line in enumerate(lines, 1)
        ],
    )  # fmt: skip
    tx.about(f"{PAPERS[head.kind]} {serial}", lines=len(lines))
    return serial
