"""Lines of papers as they are typed on the command line: how much, of what, in which package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from desktop_app.cli.call import Desk
from desktop_app.cli.values import row_id
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.quantity import thousandths
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import Unit
from desktop_app.stock import operations as stock
from desktop_app.stock.records import Amount, PackageRow, SupplyLine

_UNITS: Mapping[str, tuple[Unit, int]] = {
    "g": (Unit.GRAM, 1),
    "kg": (Unit.GRAM, 1000),
    "ml": (Unit.MILLILITRE, 1),
    "l": (Unit.MILLILITRE, 1000),
    "pcs": (Unit.PIECE, 1),
}
_MUCH = re.compile(r"\s*([-+]?[\d.]+)\s*(?:[x×]\s+|×)?(.*?)\s*", re.DOTALL)
_AMOUNT_PARTS, _SUPPLY_PARTS = 2, 3


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


def amounts(texts: Sequence[str]) -> list[Amount]:
    """Return the lines of a paper that moves stock."""
    found = []
    for text in texts:
        product, typed = _parts(text, _AMOUNT_PARTS)
        much = unit_typed(typed)
        found.append(Amount(row_id(product), much.quantity, much.unit))
    return found


def supply_lines(desk: Desk, texts: Sequence[str], tax_bp: int) -> list[SupplyLine]:
    """Return the lines of a supply; the packages of products are asked for where one is named."""
    known: Sequence[PackageRow] | None = None
    found = []
    for text in texts:
        product, typed, amount = _parts(text, _SUPPLY_PARTS)
        much, id_ = much_typed(typed), row_id(product)
        money = minor(amount, desk.venue.currency)
        factor = 1000
        if much.package:
            known = desk.do(stock.list_packages) if known is None else known
            factor = _factor(known, id_, much.package)
        found.append(
            SupplyLine(
                id_, much.quantity, money, tax_bp,
                package=much.package, factor=factor, unit=much.unit,
            )
        )  # fmt: skip
    return found


def _factor(known: Sequence[PackageRow], product_id: int, name: str) -> int:
    own = [one for one in known if one.product_id == product_id]
    for one in own:
        if one.name.casefold() == name.casefold():
            return one.factor
    names = ", ".join(one.name for one in own)
    raise InvalidError(
        msg("“{name}” is neither a unit nor a package of this product.", name=name),
        field="line",
        hint=msg("Its packages: {names}.", names=names) if names else
        msg("Units are g, kg, ml, l and pcs."),
    )  # fmt: skip


def _parts(text: str, count_: int) -> list[str]:
    parts = text.split(":")
    if len(parts) != count_:
        raise InvalidError(
            msg("“{text}” is not a line.", text=text),
            field="line",
            hint=msg("Write the product's number, a colon and how much, such as 7512:2.5kg."),
        )
    return parts


def per_cent(text: str) -> int:
    """Return per cent as hundredths of one."""
    try:
        share = Decimal(text) * 100
        whole = int(share)
    except (InvalidOperation, ValueError, OverflowError):
        raise InvalidError(msg("“{text}” is not a per cent.", text=text), field="tax") from None
    if whole != share:
        raise InvalidError(msg("“{text}” is not a per cent.", text=text), field="tax")
    return whole
