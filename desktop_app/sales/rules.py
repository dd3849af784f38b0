"""The arithmetic of receipts and refunds. Pure; whole minor units, so that all adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from desktop_app.kernel.checks import check_line
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import share
from desktop_app.kernel.words import msg
from desktop_app.menu.timed import TimedTerms, timed_amount
from desktop_app.orders.records import IncomingPayment, PaymentMethod
from desktop_app.sales.counter_records import Settled
from desktop_app.sales.records import (
    LineSums,
    NewSale,
    SaleLine,
    SalePayment,
    SaleSums,
)

WHOLE_BP = 10_000
MOST_MINOR = 10**11
MOST_QUANTITY = 10**9
MOST_LINES = 1000
LONGEST_REASON = 500
MOST_MISSING = 1000
_DIGITS_KEPT = 4


def taken_share(given: int, returned: int, paid: int) -> int:
    """Return what is to be taken back of what a receipt earned, once so much of it is returned.

    In proportion, rounded up; all of it when all that was paid is back.
    """
    return -(-given * min(returned, paid) // paid) if paid > 0 else 0


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Share an amount in proportion to weights; the parts add up to it exactly."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts: list[int] = []
    seen = given = 0
    for weight in weights:
        seen += weight
        upto = amount * seen // whole
        parts.append(upto - given)
        given = upto
    return parts


def included(amount: int, basis_points: int) -> int:
    """Return the tax that an amount holds: 18 % in 11.80 are 1.80."""
    whole = WHOLE_BP + basis_points
    return (amount * basis_points + whole // 2) // whole


@dataclass(frozen=True, slots=True)
class LineTerms:
    """What the menu says of a product that is sold: its tax, and what of the whole it shares."""

    tax_bp: int = 0
    tax_included: bool = True
    service_charge: bool = True
    discountable: bool = True
    timed: TimedTerms | None = None


def sums_of(
    sale: NewSale, prices: Sequence[int], terms: Sequence[LineTerms] | None = None
) -> SaleSums:
    """Return what a sale comes to at these unit prices; InvalidError for absurd numbers.

    `terms` are those of the lines, in their order; without them all share the whole and are free
    of tax.
    """
    check_sale(sale, prices)
    all_terms = [LineTerms()] * len(sale.lines) if terms is None else terms
    asked = list(zip(sale.lines, prices, all_terms, strict=True))
    grosses = [_gross(line, price, own.timed) for line, price, own in asked]
    given = [
        gross if line.gift else share(gross, line.discount_bp)
        for gross, line in zip(grosses, sale.lines, strict=True)
    ]
    shared = [
        gross - off if own.discountable else 0
        for gross, off, own in zip(grosses, given, all_terms, strict=True)
    ]
    common = spread(share(sum(shared), sale.discount_bp), shared)
    lines = [
        _line(sale, gross, off + more, own)
        for gross, off, more, own in zip(grosses, given, common, all_terms, strict=True)
    ]
    served = [
        line.total_minor + (line.tax_minor if line.tax_included else 0) if own.service_charge else 0
        for line, own in zip(lines, all_terms, strict=True)
    ]
    service = share(sum(served), sale.service_bp)
    lines = [
        replace(line, service_minor=part)
        for line, part in zip(lines, spread(service, served), strict=True)
    ]
    return SaleSums(lines, service)


def _gross(line: SaleLine, price: int, terms: TimedTerms | None) -> int:
    if terms is not None and line.minutes is not None:
        return timed_amount(price, terms, line.minutes)
    return (price * line.quantity + 500) // 1000


def _line(sale: NewSale, gross: int, discount: int, terms: LineTerms) -> LineSums:
    rate, held = terms.tax_bp, terms.tax_included
    if sale.tax_bp is not None:
        rate, held = sale.tax_bp, sale.tax_included
    paid = gross - discount
    if not held:
        return LineSums(gross, discount, share(paid, rate), paid, tax_included=False)
    tax = included(paid, rate)
    return LineSums(gross - tax, discount, tax, paid - tax)


def discount_percent(
    sale: NewSale,
    prices: Sequence[int],
    usual: Sequence[int],
    terms: Sequence[LineTerms] | None = None,
) -> int:
    """Return the largest discount of a line in percent, rounded up.

    A price below the menu's is a discount as well.
    """
    most = 0
    all_terms = [LineTerms()] * len(sale.lines) if terms is None else terms
    for line, price, menu, own in zip(sale.lines, prices, usual, all_terms, strict=True):
        if line.gift:
            most = 100
            continue
        common = sale.discount_bp if own.discountable else 0
        kept = (WHOLE_BP - line.discount_bp) * (WHOLE_BP - common)
        kept_price, before = kept * min(price, menu), menu * WHOLE_BP * WHOLE_BP
        if before:
            most = max(most, -(-(before - kept_price) * 100 // before))
        elif line.discount_bp or common:
            most = max(most, 100 - kept * 100 // (WHOLE_BP * WHOLE_BP))
    return most


def settle(due_minor: int, typed: Sequence[SalePayment]) -> Settled:
    """Return how payments meet what is due; change is given out of cash alone.

    InvalidError where more than is due was paid in ways that give no change. What stays and the
    rest come to what is due.
    """
    if any(one.amount_minor < 0 for one in typed):
        raise InvalidError(msg("A payment is more than nothing."), field="payments")
    over = max(0, sum(one.amount_minor for one in typed) - due_minor)
    cash = sum(one.amount_minor for one in typed if one.method is PaymentMethod.CASH)
    if over > cash:
        raise InvalidError(
            msg("More is paid than is due, and only cash gives change."), field="payments"
        )
    kept: list[SalePayment] = []
    back = over
    for one in reversed(typed):
        given = min(back, one.amount_minor) if one.method is PaymentMethod.CASH else 0
        back -= given
        if one.amount_minor > given:
            kept.append(replace(one, amount_minor=one.amount_minor - given))
    kept.reverse()
    return Settled(kept, due_minor - sum(one.amount_minor for one in kept), over)


def check_sale(sale: NewSale, prices: Sequence[int]) -> None:
    """Raise InvalidError for a sale that nobody can have made."""
    if not 0 < len(sale.lines) <= MOST_LINES:
        raise InvalidError(
            msg("A receipt has from 1 to {most} lines.", most=MOST_LINES), field="lines"
        )
    for name, rate in (("discount", sale.discount_bp), ("service", sale.service_bp)):
        _check_rate(name, rate)
    _check_rate("tax", sale.tax_bp or 0)
    if not 0 <= sale.guests <= 1000:  # noqa: PLR2004 - a banquet
        raise InvalidError(msg("The number of guests is from 0 to 1000."), field="guests")
    for number, (line, price) in enumerate(zip(sale.lines, prices, strict=True), 1):
        _check_line(number, line, price)


def _check_line(number: int, line: SaleLine, price: int) -> None:
    _check_rate("lines", line.discount_bp)
    if not 0 < line.quantity <= MOST_QUANTITY:
        raise InvalidError(
            msg("Line {number}: the quantity must be more than nothing.", number=number),
            field="lines",
        )
    if not 0 <= price <= MOST_MINOR or price * line.quantity > MOST_MINOR * 1000:
        raise InvalidError(msg("Line {number}: the price is absurd.", number=number), field="lines")


def _check_rate(field: str, rate: int) -> None:
    if not 0 <= rate <= WHOLE_BP:
        raise InvalidError(msg("A rate is from 0 to 100 %."), field=field)


def payment_of(paid: SalePayment) -> IncomingPayment:
    """Return a payment as it is stored; of a card at most its brand and its last four digits."""
    if paid.amount_minor <= 0:
        raise InvalidError(msg("A payment is more than nothing."), field="payments")
    brand, last = check_line(paid.card_brand, 32, "payments"), paid.card_last4
    if last and not (len(last) == _DIGITS_KEPT and last.isascii() and last.isdigit()):
        raise InvalidError(msg("Of a card only its last four digits are kept."), field="payments")
    return IncomingPayment(paid.method, paid.amount_minor, brand, last)


def check_reason(reason: str) -> str:
    """Return a reason, tidied; InvalidError where there is none or it is a novel."""
    tidy = check_line(reason, LONGEST_REASON, "reason")
    if not tidy:
        raise InvalidError(msg("Say why."), field="reason")
    return tidy


def check_cash(amount_minor: int, field: str, *, nothing: bool = True) -> int:
    """Return an amount of cash; InvalidError for one that is negative or absurd."""
    if amount_minor < 0 or amount_minor > MOST_MINOR or (amount_minor == 0 and not nothing):
        raise InvalidError(msg("This is no amount of cash that a till can hold."), field=field)
    return amount_minor


def holes(runs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the numbers left out among runs (first, last, day): first, last, and the day after.

    Tills that begin anew every day are looked at day by day. A step of more than 1000 is another
    series, not a hole.
    """
    ordered = sorted(runs)
    if all(before[1] < after[0] for before, after in pairwise(ordered)):
        return _between_runs(ordered)
    by_day: dict[int, list[tuple[int, int, int]]] = {}
    for run in ordered:
        by_day.setdefault(run[2], []).append(run)
    return [hole for some in by_day.values() for hole in _between_runs(some)]


def _between_runs(ordered: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    reached = ordered[0][0] if ordered else 0
    for first, last, day in ordered:
        if 1 < first - reached <= MOST_MISSING:
            found.append((reached + 1, first - 1, day))
        reached = max(reached, last)
    return found
