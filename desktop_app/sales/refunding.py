"""What a refund takes back, and in which ways the money goes. Pure; parts add up to the coin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales.records import LineSums, Refund, Sold, SoldLine, Taken, TakenLine
from desktop_app.sales.rules import spread


def check_way_back(method: PaymentMethod | None) -> None:
    """Raise InvalidError for a way in which nobody can be given money."""
    if method in (PaymentMethod.BONUS, PaymentMethod.UNKNOWN):
        raise InvalidError(
            msg("Money is not given back this way."),
            field="method",
            hint=msg("What was paid with bonus goes back as bonus by itself."),
        )


def ways_back(
    money_minor: int, paid: Mapping[PaymentMethod, int], method: PaymentMethod | None
) -> dict[PaymentMethod, int]:
    """Return how money goes back: in proportion to how it was paid, or all but bonus one way.

    The parts come to the money. `paid` is how the receipt is paid now: below nothing where more
    was given back one way than was paid that way, which is money of the others.
    """
    bonus = max(0, paid.get(PaymentMethod.BONUS, 0))
    rest = {way: amount for way, amount in paid.items() if way is not PaymentMethod.BONUS}
    as_bonus, other = spread(money_minor, [bonus, max(0, sum(rest.values()))])
    ways = {way: amount for way, amount in rest.items() if amount > 0}
    if method is not None or not ways:
        found = {method or PaymentMethod.UNKNOWN: other}
    else:
        found = dict(zip(ways, spread(other, list(ways.values())), strict=True))
    found[PaymentMethod.BONUS] = as_bonus
    return {way: amount for way, amount in found.items() if amount}


def whole_of(line: SoldLine) -> int:
    """Return the quantity by which a line is taken back; 1 for a line without a quantity."""
    return abs(line.quantity) or 1


def left_of(sold: Sold, taken: Taken) -> dict[int, int]:
    """Return the quantity of each line that can still be taken back."""
    return {
        line.line_no: max(0, whole_of(line) - taken.quantities.get(line.line_no, 0))
        for line in sold.lines
    }


def refund_of(sold: Sold, taken: Taken, wanted: Mapping[int, int] | None) -> Refund:
    """Return what a refund takes back: quantities of lines, or (None) everything that is left.

    All refunds of a receipt together give back exactly what was paid, and never more: lines below
    nothing (a discount of their own, a bottle that was returned) are taken back with what they
    belong to. InvalidError for lines that are not there, and for more than is left of one.
    """
    left = left_of(sold, taken)
    chosen = dict(left) if wanted is None else _checked(sold, left, wanted)
    chosen = {number: quantity for number, quantity in chosen.items() if quantity}
    if not chosen:
        raise InvalidError(msg("All of this receipt was taken back already."), field="lines")
    lines = [
        TakenLine(line.line_no, chosen[line.line_no], _part(line, taken, chosen[line.line_no]))
        for line in sold.lines
        if line.line_no in chosen
    ]
    money_left = max(0, sold.paid_minor - taken.money_minor)
    if chosen == {number: quantity for number, quantity in left.items() if quantity}:
        return Refund(lines, sold.service_minor - taken.service_minor, money_left)
    before = sum(_upto(line, taken.quantities.get(line.line_no, 0)) for line in sold.lines)
    after = before + sum(line.sums.total_minor for line in lines)
    whole = sum(line.total_minor for line in sold.lines)
    _check_way(before, after, whole)
    service = _service(sold, taken, lines, (before, after, whole))
    money = _between(sold.paid_minor, before, after, whole)
    if sold.fits:  # then every part does, to the coin
        money = service + sum(line.sums.total_minor + line.sums.tax_minor for line in lines)
    return Refund(lines, service, max(0, min(money, money_left)))


def _service(
    sold: Sold, taken: Taken, lines: Sequence[TakenLine], way: tuple[int, int, int]
) -> int:
    """Return the service charge of lines: that which they bore, else in proportion to revenue."""
    if not sold.knows_service:
        return _between(sold.service_minor, *way)
    left = sold.service_minor - taken.service_minor
    return max(0, min(left, sum(line.sums.service_minor for line in lines)))


def _check_way(before: int, after: int, whole: int) -> None:
    """Raise InvalidError where lines alone would come to less than nothing, or more than all."""
    if whole == before == after == 0:
        return
    if after < before:
        raise InvalidError(
            msg("Taken back alone, this line would cost the guest money."),
            field="lines",
            hint=msg("Take it back together with what it belongs to, or all that is left."),
        )
    if after > whole:
        raise InvalidError(
            msg("These lines come to more than was paid for the receipt."),
            field="lines",
            hint=msg("Take the lines below nothing back with them, or all that is left."),
        )


def _checked(sold: Sold, left: Mapping[int, int], wanted: Mapping[int, int]) -> dict[int, int]:
    by_number = {line.line_no: line for line in sold.lines}
    for number, quantity in wanted.items():
        line = by_number.get(number)
        if line is None:
            raise InvalidError(
                msg("This receipt has no line {number}.", number=number), field="lines"
            )
        if quantity <= 0:
            raise InvalidError(
                msg("Line {number}: this quantity cannot be taken back.", number=number),
                field="lines",
            )
        if quantity > left[number]:
            raise InvalidError(
                msg("Line {number}: more than is left of it cannot be taken back.", number=number),
                field="lines",
            )
    return dict(wanted)


def _part(line: SoldLine, taken: Taken, quantity: int) -> LineSums:
    whole, before = whole_of(line), taken.quantities.get(line.line_no, 0)
    after = before + quantity
    gross, discount, tax, total, service = (
        _between(amount, before, after, whole)
        for amount in (
            line.gross_minor, line.discount_minor, line.tax_minor, line.total_minor,
            line.service_minor or 0,
        )
    )  # fmt: skip
    if _adds_up(line):
        discount = gross - total
    return LineSums(gross, discount, tax, total, service_minor=service)


def _adds_up(line: SoldLine) -> bool:
    return line.gross_minor - line.discount_minor == line.total_minor


def _upto(line: SoldLine, quantity: int) -> int:
    return line.total_minor * quantity // whole_of(line)


def _between(amount: int, before: int, after: int, whole: int) -> int:
    """Return the part of an amount between two places of a way; neighbouring parts add up."""
    if whole == 0:
        return 0
    return amount * after // whole - amount * before // whole
