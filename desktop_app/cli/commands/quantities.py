"""Quantities as they are typed on the command line: `12`, `2.5kg`, `2 sack`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import thousandths
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import Unit

_UNITS: Mapping[str, tuple[Unit, int]] = {
    "g": (Unit.GRAM, 1),
    "kg": (Unit.GRAM, 1000),
    "ml": (Unit.MILLILITRE, 1),
    "l": (Unit.MILLILITRE, 1000),
    "pcs": (Unit.PIECE, 1),
}
_MUCH = re.compile(r"\s*([-+]?[\d.]+)\s*(?:[x×]\s+|×)?(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Much:
    """How much was typed: thousandths of the unit, or of a package of that name."""

    quantity: int
    unit: Unit | None = None
    package: str = ""


def much_typed(text: str) -> Much:
    """Return how much `2.5kg`, `12` or `2 sack` says; kg and l stand for a thousand g or ml."""
    found = _MUCH.fullmatch(text)
    number, suffix = (found[1], found[2]) if found else (text, "")
    unit, times = _UNITS.get(suffix.casefold(), (None, 1))
    try:
        quantity = thousandths(Decimal(number) * times)
    except InvalidOperation:
        raise InvalidError(msg("“{amount}” is not a quantity.", amount=text)) from None
    return Much(quantity, unit, "" if unit is not None else suffix)


def unit_typed(text: str) -> Much:
    """Return how much was typed in units; InvalidError for a package."""
    much = much_typed(text)
    if much.package:
        raise InvalidError(
            msg("“{text}” is not a quantity.", text=text),
            field="line",
            hint=msg("Units are g, kg, ml, l and pcs."),
        )
    return much
