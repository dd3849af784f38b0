"""What the till means for the restaurant's books: cash in and out at once, takings with the Z."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.db.transaction import Transaction
from desktop_app.finance.kinds import AccountKind, SystemCategory
from desktop_app.finance.posting import account_for, post
from desktop_app.finance.records import Entry
from desktop_app.kernel.clock import as_date
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales.records import ShiftReport
from desktop_app.venue.records import VenueCard

_KINDS: Mapping[PaymentMethod, AccountKind] = {
    PaymentMethod.CASH: AccountKind.CASH,
    PaymentMethod.CARD: AccountKind.CARD,
    PaymentMethod.TRANSFER: AccountKind.BANK,
    PaymentMethod.OTHER: AccountKind.OTHER,
    PaymentMethod.UNKNOWN: AccountKind.OTHER,
}
"""Where money of a method lies; bonus is no money."""


def post_cash(
    tx: Transaction, venue: VenueCard, shift: tuple[int, int], amount_minor: int, reason: str
) -> None:
    """Enter cash that was put in, or (negative) taken out; `shift` is its number and its day."""
    category = SystemCategory.CASH_IN if amount_minor > 0 else SystemCategory.CASH_OUT
    _post(tx, venue, AccountKind.CASH, category, (*shift, amount_minor, reason))


def post_takings(tx: Transaction, venue: VenueCard, z: ShiftReport) -> None:
    """Enter what a shift took in, by method, and the difference of its cash."""
    day, note = z.shift.business_date, f"Z {z.shift.z_number}"
    for method, _count, amount in z.sums.payments:
        kind = _KINDS.get(method)
        if kind is not None and amount:
            category = SystemCategory.SALES if amount > 0 else SystemCategory.REFUNDS
            _post(tx, venue, kind, category, (z.shift.id, day, amount, note))
    if z.shift.difference_minor:
        entry = (z.shift.id, day, z.shift.difference_minor, note)
        _post(tx, venue, AccountKind.CASH, SystemCategory.DIFFERENCES, entry)


def _post(
    tx: Transaction,
    venue: VenueCard,
    kind: AccountKind,
    category: SystemCategory,
    entry: tuple[int, int, int, str],
) -> None:
    shift_id, day, amount, note = entry
    account = account_for(tx, venue.id, kind)
    document = f"shift:{shift_id}"
    post(tx, Entry(venue.id, account, int(category), as_date(day), amount, note, document))
