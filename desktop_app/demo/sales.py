"""The orders of the demonstration, business day by business day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from desktop_app.demo.baskets import PARTIES, TAKEN_AWAY, basket
from desktop_app.demo.chance import Wheel, shared_out, stream
from desktop_app.demo.crew import at_table, cashier, waiters
from desktop_app.demo.guests import DISCOUNTS, Guest
from desktop_app.demo.paying import Bonuses, pay
from desktop_app.demo.seasons import busyness, hours_of, part_of, terrace_open
from desktop_app.demo.texts import people
from desktop_app.kernel.clock import VenueTime, as_date
from desktop_app.orders.records import (
    IncomingOrder,
    IncomingPayment,
    LineKind,
    OrderStatus,
    PaymentMethod,
)

DAYS = 365
HALL, TAKE_AWAY, DELIVERY = "Zal", "Paket", "Çatdırılma"
SERVICE_PERCENT = 10
_TYPES = Wheel.of([(HALL, 72), (TAKE_AWAY, 12), (DELIVERY, 16)])
_KNOWN = {HALL: 0.25, TAKE_AWAY: 0.3, DELIVERY: 0.88}
_STAY = {HALL: (35, 125), TAKE_AWAY: (10, 28), DELIVERY: (32, 70)}
_INSIDE = [f"Masa {number}" for number in range(1, 17)] + ["VIP 1", "VIP 2"]
_OUTSIDE = [f"Terras {number}" for number in range(1, 11)]
_VOID, _REFUND, _EVENT = 0.005, 0.003, 0.03
_LEFT_OUT = 1_987
_LUNCH_HOURS = range(12, 15)


@dataclass(frozen=True, slots=True)
class _Visit:
    """Somebody came: when, how, who, and with whom."""

    opened: datetime
    hour: int
    sale_type: str
    guest: Guest | None
    party: int


@dataclass(slots=True)
class Year:
    """A year of orders that ends at a moment; each day is made when it is asked for."""

    seed: int
    orders: int
    until: datetime
    venue: VenueTime
    guests: Sequence[Guest]
    bonuses: Bonuses = field(default_factory=Bonuses)
    _made: int = 0
    _taken: dict[str, datetime] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the business day of the last moment."""
        return as_date(self.venue.business_date(self.until))

    def days(self) -> Iterator[list[IncomingOrder]]:
        """Give the orders of each business day, the earliest first; together exactly `orders`."""
        days = [self.today - timedelta(days=ago) for ago in reversed(range(DAYS))]
        weights = [self._weight(day) for day in days]
        for day, number in zip(days, shared_out(self.orders, weights), strict=True):
            if number:
                yield self._day(day, number)

    def _weight(self, day: date) -> float:
        weather = stream(self.seed, "weather", day).uniform(0.88, 1.12)
        hours = sum(weight for _hour, weight in hours_of(day))
        open_part = sum(weight for _hour, weight in self._hours(day)) / hours
        return busyness(day) * weather * open_part

    def _hours(self, day: date) -> list[tuple[int, float]]:
        """Return the hours of a day that have begun, the running one by its part."""
        if day < self.today:
            return list(hours_of(day))
        found = []
        for hour, weight in hours_of(day):
            passed = (self.until - self._at(day, hour)) / timedelta(hours=1)
            if passed > 0:
                found.append((hour, weight * min(passed, 1.0)))
        return found

    def _at(self, day: date, hour: int, minutes: float = 0) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(hours=hour, seconds=int(minutes * 60))
        return self.venue.from_local(wall)

    def _day(self, day: date, number: int) -> list[IncomingOrder]:
        rng = stream(self.seed, "day", day)
        refunds = sum(rng.random() < _REFUND for _ in range(number))
        names = waiters(day, self.today)
        visits = self._visits(rng, day, number - refunds)
        made = [self._order(rng, visit, day, names) for visit in visits]
        made.extend(self._refunds(rng, made, refunds))
        made.extend(
            self._order(rng, visit, day, names)
            for visit in self._visits(rng, day, number - len(made))
        )
        return _numbered(sorted(made, key=lambda order: (order.opened_at, order.reference)))

    def _visits(self, rng: Random, day: date, number: int) -> list[_Visit]:
        hours = Wheel.of(self._hours(day))
        morning = self._at(day, 0)
        known = [one for one in self.guests if one.since < morning]
        wheel = Wheel.of([(one, one.weight) for one in known])
        return sorted(
            (self._visit(rng, day, hours, wheel) for _ in range(number)),
            key=lambda visit: visit.opened,
        )

    def _visit(self, rng: Random, day: date, hours: Wheel[int], known: Wheel[Guest]) -> _Visit:
        hour = hours.turn(rng)
        span = min(60.0, (self.until - self._at(day, hour)) / timedelta(minutes=1))
        sale_type = _TYPES.turn(rng)
        guest = known.turn(rng) if rng.random() < _KNOWN[sale_type] else None
        sizes = PARTIES if sale_type == HALL else TAKEN_AWAY
        party = sizes.turn(rng)
        return _Visit(self._at(day, hour, rng.random() * span), hour, sale_type, guest, party)

    def _order(self, rng: Random, visit: _Visit, day: date, names: Sequence[str]) -> IncomingOrder:
        self._made += 1
        number = self._number()
        hall = visit.sale_type == HALL
        chosen = basket(rng, day, part_of(visit.hour), visit.party, at_table=hall)
        lines = chosen.lines(rng, _discount(rng, visit, day))
        total = sum(line.total_minor for line in lines)
        service = (total * SERVICE_PERCENT + 50) // 100 if hall else 0
        closed = visit.opened + timedelta(minutes=int(rng.triangular(*_STAY[visit.sale_type])))
        status, note = self._outcome(rng, closed)
        paid: Sequence[IncomingPayment] = ()
        if status is OrderStatus.CLOSED:
            paid = pay(rng, self.bonuses, visit.guest, total + service, closed, number)
        guest = visit.guest
        return IncomingOrder(
            reference=f"{self._made:06d}",
            opened_at=visit.opened,
            lines=lines,
            payments=paid,
            closed_at=None if status is OrderStatus.OPEN else closed,
            number=number,
            status=status,
            sale_type=visit.sale_type,
            table=self._table(rng, day, visit.opened, closed) if hall else "",
            guests=visit.party if hall else 0,
            customer_ref=guest.reference if guest else "",
            customer_name=guest.incoming.name if guest else "",
            staff_name=at_table(rng, names) if hall else cashier(day),
            terminal=("Zal 1", "Zal 2")[self._made % 2] if hall else "Kassa",
            note=note,
            service_minor=service,
        )

    def _number(self) -> str:
        """Return the number of the newest receipt; now and then the till left one out."""
        return str(10_000 + self._made + self._made // _LEFT_OUT)

    def _outcome(self, rng: Random, closed: datetime) -> tuple[OrderStatus, str]:
        chance = rng.random()
        if closed > self.until:
            return OrderStatus.OPEN, ""
        if chance < _VOID:
            return OrderStatus.VOID, rng.choice(people("void reasons"))
        if chance > 1 - _EVENT:
            return OrderStatus.CLOSED, rng.choice(people("order notes"))
        return OrderStatus.CLOSED, ""

    def _table(self, rng: Random, day: date, opened: datetime, closed: datetime) -> str:
        """Return a table that is free, one of the busy ones (guests sit together) if none is."""
        tables = _INSIDE + _OUTSIDE * terrace_open(day)
        free = [one for one in tables if self._taken.get(one, opened) <= opened]
        table = rng.choice(free or tables)
        self._taken[table] = closed
        return table

    def _refunds(
        self, rng: Random, made: Sequence[IncomingOrder], number: int
    ) -> list[IncomingOrder]:
        """Return refunds of some of a day's orders, while there was time for one."""
        found = [
            order
            for order in made
            if order.status is OrderStatus.CLOSED
            and order.closed_at
            and order.closed_at + timedelta(minutes=20) < self.until
        ]
        sales = rng.sample(found, min(number, len(found)))
        return [self._refund(rng, sale) for sale in sales]

    def _refund(self, rng: Random, sale: IncomingOrder) -> IncomingOrder:
        """Return an order of its own that takes back one line of a sale."""
        self._made += 1
        line = rng.choice(sale.lines)
        share = (line.total_minor * SERVICE_PERCENT + 50) // 100 if sale.service_minor else 0
        at = (sale.closed_at or sale.opened_at) + timedelta(minutes=rng.randrange(2, 15))
        main = max(sale.payments, key=lambda payment: payment.amount_minor)
        if main.method is PaymentMethod.BONUS:
            main = replace(main, method=PaymentMethod.CASH)
        return sale._replace(
            reference=f"{self._made:06d}",
            number=self._number(),
            opened_at=at,
            closed_at=at + timedelta(minutes=1),
            status=OrderStatus.REFUNDED,
            lines=[
                replace(
                    line,
                    kind=LineKind.REFUND,
                    quantity=-line.quantity,
                    total_minor=-line.total_minor,
                    gross_minor=-line.gross_minor,
                    discount_minor=-line.discount_minor,
                )
            ],
            payments=[replace(main, amount_minor=-(line.total_minor + share))],
            service_minor=-share,
            note=f"{sale.number}: {rng.choice(people('refund reasons'))}",
        )


def _numbered(day: Sequence[IncomingOrder]) -> list[IncomingOrder]:
    """Give the numbers of a day out anew, in the order of its receipts, as a till does."""
    numbers = sorted((order.number for order in day), key=int)
    new = {order.number: number for order, number in zip(day, numbers, strict=True)}
    found: list[IncomingOrder] = []
    for order in day:
        before, colon, reason = order.note.partition(": ")
        note = f"{new[before]}{colon}{reason}" if before in new else order.note
        found.append(order._replace(number=new[order.number], note=note))
    return found


def _discount(rng: Random, visit: _Visit, day: date) -> int:
    """Return the discount of an order in percent."""
    guest = visit.guest
    if guest is None:
        lunch = visit.hour in _LUNCH_HOURS and day.weekday() < 5 and visit.sale_type == HALL  # noqa: PLR2004
        return 10 if lunch and rng.random() < 0.2 else 0  # noqa: PLR2004 - the lunch offer
    born = guest.incoming.birth_date
    if born and (born.month, born.day) == (day.month, day.day):
        return 15
    return DISCOUNTS.get(guest.incoming.group, 0)
