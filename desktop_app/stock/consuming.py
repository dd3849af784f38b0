"""What sales take from the storage, through technical cards: one row a day and ingredient."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import VenueTime, as_date, millis, moment
from desktop_app.kernel.quantity import ONE
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.sold import SoldBook
from desktop_app.menu.tables import Product
from desktop_app.stock.kinds import CountState, MoveKind
from desktop_app.stock.moving import Cause, Mover, Place
from desktop_app.stock.rules import portions, share_of
from desktop_app.stock.tables import (
    StationStorage,
    StockCount,
    StockLevel,
    StockMove,
    Storage,
)
from desktop_app.venue.tables import Venue

_CHUNK = 500


class SoldAs(NamedTuple):
    """What was sold on a business day: a product, its size, and what the receipt says was chosen.

    Size and choices may be left out where they take nothing of their own (`menu.sold.apart`).
    `until` is the stock-take of that day (`count_moments`) before which it was sold, 0 for none.
    """

    day: int
    product: int
    size: str = ""
    said: str = ""
    until: int = 0


Wanted = dict[tuple[int, int, int], int]
"""How much of an ingredient goes on a business day until a moment of it; below 0 comes back."""


class Card:
    """What a product takes from the storage, worked out once for many sales of it."""

    def __init__(self, shares: Mapping[int, Fraction]) -> None:
        self._shares = [(one, share, portions(share, ONE)) for one, share in shares.items()]

    def takes(self, sold: int) -> Iterator[tuple[int, int]]:
        """Give each ingredient with how much of it goes with `sold` thousandths."""
        pieces, rest = divmod(sold, ONE)
        for ingredient, share, each in self._shares:
            yield ingredient, portions(share, sold) if rest else each * pieces


@dataclass(frozen=True, slots=True)
class _Place:
    storage_id: int
    since: int
    times: VenueTime


def consume(
    tx: Transaction,
    venue_id: int,
    sold: Mapping[SoldAs, int],
    *,
    sold_on: int | None = None,
) -> None:
    """Take from the storage what was sold, in thousandths, by the cards of sizes and choices.

    Quantities below 0 come back, at what the sales of `sold_on` (or of that same day) took them
    for. Nothing happens before the day from which the storage sells, or where no storage does.
    """
    for place, some in _by_place(tx, venue_id, sold):
        _consume_at(tx, venue_id, place, some, sold_on)


def _consume_at(
    tx: Transaction,
    venue_id: int,
    place: _Place,
    sold: Mapping[SoldAs, int],
    sold_on: int | None,
) -> None:
    if not any((sold_on or day) >= place.since for day, *_ in sold):
        return
    wanted = _wanted(tx, {key: much for key, much in sold.items() if key.day >= place.since})
    if not wanted:
        return
    mover = Mover.read(tx, venue_id, [place.storage_id], {product for *_, product in wanted})
    back = [(sold_on or day, product) for (day, _, product), much in wanted.items() if much < 0]
    taken = _taken_before(tx, place.storage_id, back)
    causes: dict[tuple[int, int], Cause] = {}
    for (day, until, product), much in sorted(wanted.items(), key=_in_time):
        cause = causes.get((day, until))
        if cause is None:
            at = moment(until) if until else min(tx.at, end_of_day(place.times, day))
            cause = causes[day, until] = Cause(MoveKind.SALE, at, day)
        known = taken.get((sold_on or day, product), (0, 0))
        here = (place.storage_id, product)
        counted = day < mover.last_count(here).business_date or (
            0 < until <= mover.last_count(here).at
        )
        _move(mover, here, much, cause, known, counted=counted)
    mover.flush(tx)


def _in_time(wanted: tuple[tuple[int, int, int], int]) -> tuple[int, bool, int, int]:
    """Order by day; on it, what was sold before a stock-take comes before the rest."""
    (day, until, product), _ = wanted
    return day, not until, until, product


def count_moments(
    tx: Transaction, venue_id: int, days: Collection[int]
) -> Mapping[int, Sequence[int]]:
    """Return when on these business days stock was counted, in milliseconds, in order.

    What is sold on such a day is told apart by whether it was sold before. Refused stock-takes do
    not matter.
    """
    if not days:
        return {}
    rows = tx.rows(
        select(StockCount.business_date, StockCount.at)
        .where(
            StockCount.venue_id == venue_id,
            StockCount.state != CountState.REFUSED,
            StockCount.business_date.between(min(days), max(days)),
        )
        .order_by(StockCount.at)
    )
    found: dict[int, list[int]] = {}
    for day, at in rows:
        if day in days:
            found.setdefault(day, []).append(millis(at))
    return found


def sells_from_storage(tx: Transaction, venue_id: int) -> bool:
    """Tell whether there is a storage of a venue that sales take from."""
    usual, stations = _places(tx, venue_id)
    return usual is not None or bool(stations)


def _by_place(
    tx: Transaction, venue_id: int, sold: Mapping[SoldAs, int]
) -> Iterator[tuple[_Place, Mapping[SoldAs, int]]]:
    """Yield from which storages something goes: that of its station, else the one that sells."""
    usual, stations = _places(tx, venue_id)
    if not stations:
        if usual is not None:
            yield usual, sold
        return
    made_at = _made_at(tx, sorted({one.product for one in sold}), stations)
    by_place: dict[_Place, dict[SoldAs, int]] = {}
    for one, much in sold.items():
        place = stations.get(made_at.get(one.product, 0), usual)
        if place is not None:
            by_place.setdefault(place, {})[one] = much
    yield from sorted(by_place.items(), key=lambda found: found[0].storage_id)


def _places(tx: Transaction, venue_id: int) -> tuple[_Place | None, dict[int, _Place]]:
    """Return the storage that sells, and those of stations."""
    found = tx.rows(
        select(
            Storage.id, Storage.since, Storage.sells, StationStorage.station_id, Venue.timezone,
            Venue.opening_minute,
        )
        .join(Venue, Venue.id == Storage.venue_id)
        .outerjoin(StationStorage, StationStorage.storage_id == Storage.id)
        .where(Storage.venue_id == venue_id, Storage.active)
        .order_by(Storage.id)
    )  # fmt: skip
    usual, stations = None, dict[int, _Place]()
    for id_, since, sells, station, zone, opening in found:
        place = _Place(id_, since, VenueTime(zone, time(opening // 60, opening % 60)))
        if sells and usual is None:
            usual = place
        if station is not None:
            stations[station] = place
    return usual, stations


def _made_at(tx: Transaction, products: Sequence[int], stations: Collection[int]) -> dict[int, int]:
    """Return at which of these stations products are made."""
    found: dict[int, int] = {}
    for start in range(0, len(products), _CHUNK):
        wanted = select(Product.id, Product.station_id).where(
            Product.id.in_(products[start : start + _CHUNK]),
            Product.station_id.in_(sorted(stations)),
        )
        found.update({product: station or 0 for product, station in tx.rows(wanted)})
    return found


def _wanted(tx: Transaction, sold: Mapping[SoldAs, int]) -> Wanted:
    """Return what goes and comes back, by time and what lies in the storage."""
    book = SoldBook.read(tx)
    plain = {one.product for one in sold if one.product not in book.cards.recipes}
    stocked = _stocked(tx, plain) if plain else frozenset()
    cards: dict[tuple[int, str, str], Card] = {}
    wanted: Wanted = {}
    for one, much in sold.items():
        card = cards.get(one[1:4])
        if card is None:
            shares = book.takes(*one[1:4])
            if one.product in plain and one.product not in stocked:
                shares = {taken: share for taken, share in shares.items() if taken != one.product}
            card = cards[one[1:4]] = Card(shares)
        for ingredient, taken in card.takes(much):
            key = (one.day, one.until, ingredient)
            wanted[key] = wanted.get(key, 0) + taken
    return {key: much for key, much in wanted.items() if much}


def _stocked(tx: Transaction, products: Collection[int]) -> frozenset[int]:
    """Return which of these lie in a storage as they are sold."""
    found: set[int] = set()
    numbers = sorted(products)
    for start in range(0, len(numbers), _CHUNK):
        query = (
            select(StockLevel.product_id)
            .join(Product, Product.id == StockLevel.product_id)
            .where(
                StockLevel.product_id.in_(numbers[start : start + _CHUNK]),
                Product.kind.in_([kind for kind in ProductKind if kind.is_stocked]),
            )
        )
        found.update(id_ for (id_,) in tx.rows(query))
    return frozenset(found)


def _taken_before(
    tx: Transaction, storage_id: int, keys: Collection[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return quantity and cost that sales of those days took, less what came back."""
    if not keys:
        return {}
    query = (
        select(
            StockMove.business_date,
            StockMove.product_id,
            func.sum(StockMove.quantity),
            func.sum(StockMove.cost_minor),
        )
        .where(
            StockMove.storage_id == storage_id,
            StockMove.kind == MoveKind.SALE,
            StockMove.business_date.in_(sorted({day for day, _ in keys})),
            StockMove.product_id.in_(sorted({product for _, product in keys})),
        )
        .group_by(StockMove.business_date, StockMove.product_id)
    )
    return {
        (day, product): (-int(quantity), -int(cost))
        for day, product, quantity, cost in tx.rows(query)
    }


def _move(
    mover: Mover, here: Place, much: int, cause: Cause, known: tuple[int, int], *, counted: bool
) -> None:
    """Move `much` of something; `known` is the quantity and cost that sales of its day took.

    What was `counted` after it was sold stays as it was counted.
    """
    taken, taken_cost = known
    if much > 0:
        cost = mover.take(here, much, cause)
    else:
        back = -much
        unit = mover.level(here).unit_cost
        cost = share_of(taken_cost, back, taken) if taken >= back else round(unit * back)
        mover.put_back(here, back, cost, cause)
    if counted:
        count = mover.last_count(here)
        settled = Cause(MoveKind.COUNT, moment(count.at), count.business_date)
        if much > 0:
            mover.put_back(here, much, cost, settled)
        else:
            mover.take_at(here, -much, cost, settled)


def end_of_day(times: VenueTime, day: int) -> datetime:
    """Return the last millisecond of a business day."""
    after = datetime.combine(as_date(day) + timedelta(days=1), times.opening)
    return times.from_local(after) - timedelta(milliseconds=1)
