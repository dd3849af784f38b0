"""Transfers, write-offs, production, and taking a paper back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_text
from desktop_app.kernel.clock import as_date, millis
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.rules import flatten
from desktop_app.menu.tables import Product
from desktop_app.stock.forgetting import forget_count, forget_price
from desktop_app.stock.kinds import MoveKind, PaperKind
from desktop_app.stock.moving import Cause, Mover
from desktop_app.stock.paying import paid_for
from desktop_app.stock.places import get_product, get_storage, open_storage, stocked_product
from desktop_app.stock.posting import Head, Line, moment_of, write_paper
from desktop_app.stock.records import Amount
from desktop_app.stock.rules import (
    LONGEST_NOTE,
    check_lines,
    check_quantity,
    check_reason,
)
from desktop_app.stock.supplies import reversal_of
from desktop_app.stock.tables import StockDocument, StockDocumentLine, StockMove, Storage
from desktop_app.venue.operations import venue_card
from desktop_app.venue.records import VenueCard

_TAKES_BACK = {
    PaperKind.SUPPLY: Permission.SUPPLIES_APPROVE,
    PaperKind.COUNT: Permission.STOCK_APPROVE_VARIANCE,
}
"""Whose right it needs to take such a paper back, beside changing stock."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody wants to post."""

    kind: PaperKind
    storage_id: int
    lines: Sequence[Amount]
    at: datetime | None
    note: str


@command(Permission.STOCK_TRANSFER)
def transfer(
    tx: Transaction,
    storage_id: int,
    target_id: int,
    lines: Sequence[Amount],
    *,
    at: datetime | None = None,
    note: str = "",
) -> int:
    """Move stock from one storage to another at its cost, and return the number of the paper."""
    if storage_id == target_id:
        raise InvalidError(msg("It lies there already: choose another storage."), field="target")
    asked = _Asked(PaperKind.TRANSFER, storage_id, lines, at, note)
    venue, mover, head = _begin(tx, asked, target_id=target_id)
    cause = Cause(MoveKind.TRANSFER, head.at, head.business_date, head.id)
    posted = []
    for line in lines:
        cost = mover.take((storage_id, line.product_id), line.quantity, cause)
        mover.add((target_id, line.product_id), line.quantity, cost, cause)
        posted.append(Line(line.product_id, line.quantity, cost))
    return _end(tx, venue, mover, head, posted)


@command(Permission.STOCK_WRITE_OFF)
def write_off(
    tx: Transaction,
    storage_id: int,
    lines: Sequence[Amount],
    reason: str,
    *,
    at: datetime | None = None,
    note: str = "",
) -> int:
    """Take out what was spoilt, broken or lost, and return the number of the paper."""
    asked = _Asked(PaperKind.WRITE_OFF, storage_id, lines, at, note)
    venue, mover, head = _begin(tx, asked, reason=check_reason(reason))
    cause = Cause(MoveKind.WRITE_OFF, head.at, head.business_date, head.id)
    posted = []
    for line in lines:
        cost = mover.take((storage_id, line.product_id), line.quantity, cause)
        posted.append(Line(line.product_id, line.quantity, cost))
    return _end(tx, venue, mover, head, posted)


@command(Permission.STOCK_PRODUCE)
def produce(
    tx: Transaction,
    storage_id: int,
    made: Amount,
    *,
    target_id: int | None = None,
    at: datetime | None = None,
    note: str = "",
) -> int:
    """Make a preparation of its ingredients, at what they cost, and return the paper's number.

    It comes to `target_id`, or to where the ingredients lay.
    """
    product = stocked_product(tx, made.product_id, made.unit)
    check_quantity(made.quantity)
    used = _ingredients(tx, product, made.quantity)
    goal = storage_id if target_id is None else target_id
    asked = _Asked(PaperKind.PRODUCTION, storage_id, used, at, note)
    venue, mover, head = _begin(tx, asked, target_id=goal, made=made)
    cause = Cause(MoveKind.PRODUCTION, head.at, head.business_date, head.id)
    posted = []
    for line in used:
        cost = mover.take((storage_id, line.product_id), line.quantity, cause)
        posted.append(Line(line.product_id, line.quantity, cost))
    worth = sum(line.cost_minor for line in posted)
    mover.add((goal, made.product_id), made.quantity, worth, cause)
    return _end(tx, venue, mover, head, posted)


@command(Permission.STOCK_EDIT)
def reverse(tx: Transaction, document_id: int, reason: str) -> int:
    """Take a posted paper back by another that moves the opposite; return that one's number.

    ConflictError where it was taken back already, was paid, or was followed by a count.
    """
    row = tx.find(StockDocument, document_id)
    if row is None:
        raise NotFoundError(msg("There is no paper {number}.", number=document_id))
    _check_reversible(tx, row)
    venue = venue_card(tx, row.venue_id)
    lines = tx.objects(
        select(StockDocumentLine)
        .where(StockDocumentLine.document_id == row.id)
        .order_by(StockDocumentLine.line_no)
    )
    moves = tx.rows(
        select(StockMove.storage_id, StockMove.product_id, StockMove.quantity, StockMove.cost_minor)
        .where(StockMove.document_id == row.id, StockMove.quantity != 0)
        .order_by(StockMove.id.desc())
    )
    products = {line.product_id for line in lines} | {m[1] for m in moves}
    mover = Mover.read(tx, venue.id, {row.storage_id, *(m[0] for m in moves)}, products)
    _refuse_counted(tx, mover, row, [(place, product) for place, product, _, _ in moves])
    head = Head(
        tx.ids.one(), row.kind, tx.at, venue.time.business_date(tx.at), row.storage_id,
        row.target_id, row.supplier_id,
        Amount(row.product_id, -row.quantity) if row.product_id else None,
        row.invoice, None, row.id, row.count_id, check_reason(reason),
    )  # fmt: skip
    cause = Cause(MoveKind(row.kind.value), head.at, head.business_date, head.id)
    for storage, product, quantity, cost in moves:
        if quantity > 0:
            mover.take_at((storage, product), quantity, cost, cause)
        else:
            mover.put_back((storage, product), -quantity, -cost, cause)
    if row.kind is PaperKind.SUPPLY:
        forget_price(tx, mover, row, cause)
    elif row.kind is PaperKind.COUNT:
        forget_count(tx, mover, row, products)
    mover.flush(tx)
    sums = (-row.net_minor, -row.tax_minor)
    write_paper(tx, venue, head, [_opposite(line) for line in lines], sums)
    return head.id


def _opposite(line: StockDocumentLine) -> Line:
    return Line(
        line.product_id, -line.quantity, -line.cost_minor, line.package, line.factor,
        -line.amount_minor, -line.discount_minor, line.tax_bp, tax_minor=-line.tax_minor,
    )  # fmt: skip


def _check_reversible(tx: Transaction, row: StockDocument) -> None:
    right = _TAKES_BACK.get(row.kind)
    if right is not None and not tx.actor.can(right):
        raise NotAllowedError(msg("Your role does not allow taking this back."), lacking=right)
    if row.reverses_id is not None:
        raise ConflictError(
            msg("This paper takes another one back."), hint=msg("Enter it anew instead.")
        )
    if reversal_of(tx, row.id) is not None:
        raise ConflictError(msg("This paper was taken back already."))
    if paid_for(tx, row.id):
        raise ConflictError(
            msg("Something was paid for this supply."), hint=msg("Take the payments back first.")
        )


def _refuse_counted(
    tx: Transaction, mover: Mover, row: StockDocument, places: Sequence[tuple[int, int]]
) -> None:
    """Refuse where a product was counted since: taking the paper back would falsify that."""
    for place in places:
        count = mover.last_count(place)
        if count.at > millis(row.at):
            raise ConflictError(
                msg(
                    "“{name}” was counted on {day}, after this paper.",
                    name=tx.get(Product, place[1]).name,
                    day=as_date(count.business_date).isoformat(),
                ),
                hint=msg("The count has put it right already."),
            )


def _ingredients(tx: Transaction, product: Product, quantity: int) -> list[Amount]:
    book = CardBook.read(tx)
    if product.id not in book.recipes:
        raise InvalidError(
            msg("“{name}” has no technical card.", name=product.name),
            field="product",
            hint=msg("Enter what it is made of in the menu first."),
        )
    shares = flatten(book.recipes, product.id, stops=book.made_ahead)
    used = [Amount(one, round(share * quantity)) for one, share in shares.items()]
    return [one for one in used if one.quantity > 0]


def _begin(
    tx: Transaction,
    asked: _Asked,
    *,
    target_id: int | None = None,
    made: Amount | None = None,
    reason: str = "",
) -> tuple[VenueCard, Mover, Head]:
    """Check what every paper must be like, and return what it takes to post it."""
    storage = open_storage(tx, asked.storage_id)
    venue = venue_card(tx, storage.venue_id)
    _check_target(tx, storage, target_id)
    products = [line.product_id for line in asked.lines]
    check_lines(products)
    for line in asked.lines:
        check_quantity(line.quantity)
        stocked_product(tx, line.product_id, line.unit, storage)
    when, day = moment_of(tx, venue, asked.at)
    storages = [asked.storage_id] if target_id is None else [asked.storage_id, target_id]
    mover = Mover.read(tx, venue.id, storages, [*products, made.product_id] if made else products)
    head = Head(
        tx.ids.one(), asked.kind, when, day, asked.storage_id, target_id, made=made,
        reason=reason, note=check_text(asked.note, LONGEST_NOTE, "note"),
    )  # fmt: skip
    places = [(asked.storage_id, one) for one in products]
    if target_id is not None:
        places += [(target_id, one) for one in ([made.product_id] if made else products)]
    _refuse_older(tx, mover, head, places)
    return venue, mover, head


def _check_target(tx: Transaction, storage: Storage, target_id: int | None) -> None:
    if target_id is not None and open_storage(tx, target_id).venue_id != storage.venue_id:
        raise InvalidError(
            msg("“{name}” is a storage of another venue.", name=get_storage(tx, target_id).name),
            field="target",
            hint=msg("Write it off here, and enter it there as a supply."),
        )


def _refuse_older(
    tx: Transaction, mover: Mover, head: Head, places: Sequence[tuple[int, int]]
) -> None:
    for place in places:
        count, product_id = mover.last_count(place), place[1]
        if count.at > millis(head.at):
            raise InvalidError(
                msg(
                    "“{name}” was counted on {day}: nothing before that can be entered.",
                    name=get_product(tx, product_id).name,
                    day=as_date(count.business_date).isoformat(),
                ),
                field="at",
                hint=msg("Date it after the count."),
            )


def _end(tx: Transaction, venue: VenueCard, mover: Mover, head: Head, lines: Sequence[Line]) -> int:
    mover.flush(tx)
    write_paper(tx, venue, head, lines)
    return head.id
