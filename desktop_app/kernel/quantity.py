"""Quantities as whole thousandths: 1.5 portions are 1500, 250 g are 250 of a kilogram."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

ONE = 1000
LIMIT = 10**12


def thousandths(amount: Decimal | str) -> int:
    """Return an exact decimal quantity as thousandths; InvalidError beyond three decimals."""
    try:
        scaled = Decimal(amount).scaleb(3)
        whole = int(scaled)
    except (InvalidOperation, ValueError, OverflowError):
        raise InvalidError(msg("“{amount}” is not a quantity.", amount=amount)) from None
    if whole != scaled or abs(whole) >= LIMIT:
        raise InvalidError(
            msg("“{amount}” is not a quantity with at most three decimals.", amount=amount)
        )
    return whole


def plain(quantity: int) -> str:
    """Return thousandths as the shortest decimal: 1500 is `1.5`, 2000 is `2`."""
    sign = "-" if quantity < 0 else ""
    whole, part = divmod(abs(quantity), ONE)
    return f"{sign}{whole}" + (f".{part:03d}".rstrip("0") if part else "")
