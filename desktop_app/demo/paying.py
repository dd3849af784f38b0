"""How orders of the demonstration are paid, and the bonus that regulars collect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from desktop_app.demo.guests import LOYAL, Guest, new_card
from desktop_app.orders.records import IncomingPayment, PaymentMethod

BONUS_PERCENT = 3
EARNED, SPENT, DEPOSIT = "Bonus: {number}", "Bonusla ödəniş: {number}", "Banket üçün depozit"
_LEAST_SPENT = 1000
_SPLIT_FROM = 4000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a customer's balance."""

    at: datetime
    amount_minor: int
    reason: str


@dataclass(slots=True)
class Bonuses:
    """What regulars earned and spent, by customer code."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    _left: dict[str, int] = field(default_factory=dict)

    def balance(self, reference: str) -> int:
        """Return what a customer has left."""
        return self._left.get(reference, 0)

    def enter(self, reference: str, entry: Entry) -> None:
        """Add an entry."""
        self.entries.setdefault(reference, []).append(entry)
        self._left[reference] = self.balance(reference) + entry.amount_minor

    def all(self) -> Mapping[str, Sequence[Entry]]:
        """Return every entry, by customer code."""
        return self.entries


def pay(
    rng: Random, bonuses: Bonuses, guest: Guest | None, due: int, at: datetime, number: str
) -> list[IncomingPayment]:
    """Return payments that cover what is due to the last qəpik."""
    payments: list[IncomingPayment] = []
    if guest and guest.incoming.group == LOYAL:
        spent = _bonus(rng, bonuses, guest, due)
        if spent:
            entry = Entry(at, -spent, SPENT.format(number=number))
            bonuses.enter(guest.reference, entry)
            payments.append(IncomingPayment(PaymentMethod.BONUS, spent))
            due -= spent
        earned = due * BONUS_PERCENT // 100
        if earned:
            bonuses.enter(guest.reference, Entry(at, earned, EARNED.format(number=number)))
    return payments + _money(rng, guest, due)


def _bonus(rng: Random, bonuses: Bonuses, guest: Guest, due: int) -> int:
    most = min(bonuses.balance(guest.reference), due // 2) // 100 * 100
    return most if most >= _LEAST_SPENT and rng.random() < 0.25 else 0  # noqa: PLR2004


def _money(rng: Random, guest: Guest | None, due: int) -> list[IncomingPayment]:
    if due >= _SPLIT_FROM and rng.random() < 0.045:  # noqa: PLR2004 - some share the bill
        first = due // 200 * 100
        return [_one(rng, guest, first), _one(rng, None, due - first)]
    return [_one(rng, guest, due)]


def _one(rng: Random, guest: Guest | None, due: int) -> IncomingPayment:
    chance = rng.random()
    if guest and guest.company and chance < 0.6:  # noqa: PLR2004 - by invoice
        return IncomingPayment(PaymentMethod.TRANSFER, due)
    if chance < 0.34:  # noqa: PLR2004 - a third in cash
        return IncomingPayment(PaymentMethod.CASH, due)
    brand, last4 = guest.card if guest else new_card(rng)
    return IncomingPayment(PaymentMethod.CARD, due, brand, last4)
