"""Stock-takes: counted blind by one, approved by somebody else with a right of its own.

Who counts sees products, never how much there should be; the database refuses it to them as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_text
from desktop_app.kernel.clock import millis
from desktop_app.kernel.errors import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.tables import Product
from desktop_app.stock.consuming import end_of_day
from desktop_app.stock.kinds import CountState, MoveKind, PaperKind
from desktop_app.stock.moving import Cause, Mover
from desktop_app.stock.places import open_storage, stocked_product
from desktop_app.stock.posting import Head, Line, moment_of, write_paper
from desktop_app.stock.reading import stock_at
from desktop_app.stock.records import Amount, CountPlace, CountRow, Variance
from desktop_app.stock.rules import LONGEST_NOTE, check_lines, check_quantity
from desktop_app.stock.tables import StockCount, StockCountLine, StockMove, Storage
from desktop_app.venue.operations import venue_card
from desktop_app.venue.records import VenueCard


@query(Permission.STOCK_COUNT)
def count_places(tx: Transaction) -> Sequence[CountPlace]:
    """Return the storages and what may lie in them, without how much."""
    kinds = [kind for kind in ProductKind if kind.is_stocked]
    products: dict[int, list[tuple[int, str, Unit]]] = {}
    for venue_id, id_, name, unit in tx.rows(
        select(Product.venue_id, Product.id, Product.name, Product.unit)
        .where(Product.active, Product.kind.in_(kinds))
        .order_by(Product.name, Product.id)
    ):
        products.setdefault(venue_id, []).append((id_, name, unit))
    order = (Storage.sells.desc(), Storage.name)
    storages = select(Storage.id, Storage.name, Storage.venue_id).where(Storage.active)
    return [
        CountPlace(id_, name, products.get(venue_id, ()))
        for id_, name, venue_id in tx.rows(storages.order_by(*order))
    ]


@command(Permission.STOCK_COUNT)
def hand_in_count(
    tx: Transaction,
    storage_id: int,
    lines: Sequence[Amount],
    *,
    at: datetime | None = None,
    note: str = "",
) -> int:
    """Hand in what was counted in a storage, and return the number of the stock-take.

    Nothing of the stock changes until somebody approves the difference.
    """
    storage = open_storage(tx, storage_id)
    venue = venue_card(tx, storage.venue_id)
    check_lines([line.product_id for line in lines])
    for line in lines:
        stocked_product(tx, line.product_id, line.unit, storage)
        check_quantity(line.quantity, zero=True, field="counted")
    when, day = moment_of(tx, venue, at)
    row = StockCount(
        id=tx.ids.one(), venue_id=venue.id, storage_id=storage_id, at=when, business_date=day,
        state=CountState.WAITING, note=check_text(note, LONGEST_NOTE, "note"),
        counted_by=tx.actor.user_id, decided_at=None, decided_by="",
    )  # fmt: skip
    tx.add(row)
    tx.import_rows(
        StockCountLine,
        ("count_id", "product_id", "counted"),
        [(row.id, line.product_id, line.quantity) for line in lines],
    )
    return row.id


@query(Permission.STOCK_COUNT)
def list_counts(tx: Transaction, *, only_waiting: bool = False) -> Sequence[CountRow]:
    """Return the stock-takes, the newest first; nothing says what they should have found."""
    lines = (
        select(StockCountLine.count_id, func.count().label("lines"))
        .group_by(StockCountLine.count_id)
        .subquery()
    )
    query_ = (
        select(
            StockCount.id, Storage.name, StockCount.at, StockCount.state, lines.c.lines,
            StockCount.counted_by, StockCount.note,
        )
        .join(Storage, Storage.id == StockCount.storage_id)
        .join(lines, lines.c.count_id == StockCount.id)
        .order_by(StockCount.at.desc(), StockCount.id.desc())
    )  # fmt: skip
    if only_waiting:
        query_ = query_.where(StockCount.state == CountState.WAITING)
    return [CountRow(*row) for row in tx.rows(query_)]


@query(Permission.STOCK_APPROVE_VARIANCE)
def show_variance(tx: Transaction, count_id: int) -> Sequence[Variance]:
    """Return what was counted against what there should have been when it was counted."""
    return _variance(tx, _count(tx, count_id))


@command(Permission.STOCK_APPROVE_VARIANCE)
def approve_count(tx: Transaction, count_id: int) -> int:
    """Make the stock what was counted, and return the number of the paper that does it.

    NotAllowedError for whoever counted it, unless nobody else could; ConflictError where it was
    decided on already, or a newer count of the same was approved.
    """
    row = _count(tx, count_id)
    _check_open(tx, row)
    venue = venue_card(tx, row.venue_id)
    _refuse_sold_together(tx, row, venue)
    found = _variance(tx, row)
    mover = Mover.read(tx, venue.id, [row.storage_id], [one.product_id for one in found])
    head = Head(
        tx.ids.one(), PaperKind.COUNT, row.at, row.business_date, row.storage_id,
        count_id=row.id, note=row.note,
    )  # fmt: skip
    cause = Cause(MoveKind.COUNT, row.at, row.business_date, head.id)
    posted = []
    for one in found:
        place = (row.storage_id, one.product_id)
        _refuse_newer(mover, place, row, one.name)
        cost = 0
        if one.difference > 0:
            cost = round(mover.level(place).unit_cost * one.difference)
            mover.put_back(place, one.difference, cost, cause)
        elif one.difference < 0:
            cost = -mover.take(place, -one.difference, cause)
        mover.note_count(place, row.at, row.business_date)
        posted.append(Line(one.product_id, one.difference, cost))
    mover.flush(tx)
    write_paper(tx, venue, head, posted)
    _decide(tx, row, CountState.APPROVED)
    return head.id


@command(Permission.STOCK_APPROVE_VARIANCE)
def refuse_count(tx: Transaction, count_id: int) -> None:
    """Leave the stock as it is: it has to be counted again."""
    row = _count(tx, count_id)
    _check_undecided(row)
    _decide(tx, row, CountState.REFUSED)


def _count(tx: Transaction, count_id: int) -> StockCount:
    row = tx.find(StockCount, count_id)
    if row is None:
        raise NotFoundError(msg("There is no stock-take {number}.", number=count_id))
    return row


def _check_undecided(row: StockCount) -> None:
    if row.state is not CountState.WAITING:
        raise ConflictError(msg("This stock-take was decided on already."))


def _check_open(tx: Transaction, row: StockCount) -> None:
    _check_undecided(row)
    if row.counted_by and row.counted_by == tx.actor.user_id and not _is_alone(tx):
        raise NotAllowedError(
            msg("Whoever counted does not approve the difference."),
            hint=msg("Ask somebody else who has the right to."),
        )


def _is_alone(tx: Transaction) -> bool:
    """Tell whether nobody else could approve: then one person does, and the trail says so."""
    others = [one for one in tx.who_may(Permission.STOCK_APPROVE_VARIANCE)
              if one.name != tx.actor.name]  # fmt: skip
    if not others:
        tx.about(f"stock-take of {tx.actor.name}", alone=True)
    return not others


def _refuse_sold_together(tx: Transaction, row: StockCount, venue: VenueCard) -> None:
    """Refuse a count of a day whose receipts had come in together before it was handed in.

    Nobody knows any more which of them were sold before it. (Row numbers grow with time.)
    """
    end = end_of_day(venue.time, row.business_date)
    if row.at >= end:
        return
    together = select(StockMove.id).where(
        StockMove.business_date == row.business_date, StockMove.storage_id == row.storage_id,
        StockMove.kind == MoveKind.SALE, StockMove.at == end, StockMove.id < row.id,
    )  # fmt: skip
    if tx.rows(together.limit(1)):
        raise ConflictError(
            msg("The receipts of this day came in before the count, as a whole."),
            hint=msg(
                "What was sold before it is not known: refuse it, and hand it in again for {time}.",
                time=f"{venue.time.local(end):%d.%m.%Y %H:%M}",
            ),
        )


def _refuse_newer(mover: Mover, place: tuple[int, int], row: StockCount, name: str) -> None:
    if mover.last_count(place).at > millis(row.at):
        raise ConflictError(
            msg("“{name}” was counted again after this.", name=name),
            hint=msg("Refuse this stock-take: the newer one holds."),
        )


def _decide(tx: Transaction, row: StockCount, state: CountState) -> None:
    row.state, row.decided_at, row.decided_by = state, tx.at, tx.actor.user_id


def _variance(tx: Transaction, row: StockCount) -> list[Variance]:
    lines = tx.rows(
        select(StockCountLine.product_id, Product.name, Product.unit, StockCountLine.counted)
        .join(Product, Product.id == StockCountLine.product_id)
        .where(StockCountLine.count_id == row.id)
        .order_by(Product.name, Product.id)
    )
    products = [id_ for id_, *_ in lines]
    then = stock_at(tx, row.business_date, row.at, storage_id=row.storage_id, products=products)
    mover = Mover.read(tx, row.venue_id, [row.storage_id], products)
    found = []
    for id_, name, unit, counted in lines:
        place = (row.storage_id, id_)
        expected, _ = then.get(place, (0, 0))
        value = round(mover.level(place).unit_cost * (counted - expected))
        found.append(Variance(id_, name, unit, counted, expected, value))
    return found
