"""Money as whole minor units of one currency; never a float.

A currency has a fixed number of decimals (ISO 4217: 2 for AZN and USD, 0 for JPY, 3 for KWD).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from typing_extensions import override

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

_NOT_TWO_DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "ISK": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3}
LIMIT_MINOR = 10**15
_WHOLE_BP = 10_000


def decimals(currency: str) -> int:
    """Return how many decimals a currency has."""
    return _NOT_TWO_DECIMALS.get(currency, 2)


def major(minor: int, currency: str) -> str:
    """Return minor units as a plain decimal string: `81786005` in USD is `817860.05`."""
    places = decimals(currency)
    if places == 0:
        return str(minor)
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 10**places)
    return f"{sign}{whole}.{part:0{places}d}"


def minor(amount: Decimal | str, currency: str) -> int:
    """Return an exact decimal amount as minor units.

    Raises InvalidError where the amount is no number, has more decimals than the currency, or is
    beyond 10^15 minor units.
    """
    try:
        scaled = Decimal(amount).scaleb(decimals(currency))
        whole = int(scaled)
    except (InvalidOperation, ValueError, OverflowError):
        raise InvalidError(msg("“{amount}” is not an amount of money.", amount=amount)) from None
    if whole != scaled:
        raise InvalidError(
            msg(
                "“{amount}” has more decimals than {currency} has.",
                amount=amount,
                currency=currency,
            )
        )
    if abs(whole) >= LIMIT_MINOR:
        raise InvalidError(msg("“{amount}” is too large to be money.", amount=amount))
    return whole


def rounded(amount: Decimal) -> int:
    """Round a computed amount of minor units half to even, as accountants do."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units of one currency."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    @override
    def __str__(self) -> str:
        return f"{major(self.minor, self.currency)} {self.currency}"

    @property
    def major(self) -> str:
        """Return the amount as a plain decimal string in major units."""
        return major(self.minor, self.currency)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            message = f"cannot mix {self.currency} and {other.currency}"
            raise ValueError(message)


def share(amount: int, basis_points: int) -> int:
    """Return a share of an amount, halves rounded up."""
    return (amount * basis_points + _WHOLE_BP // 2) // _WHOLE_BP
