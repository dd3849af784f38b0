"""Lines of papers as they are typed on the command line: how much, of what, in which package."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from desktop_app.cli.call import Desk
from desktop_app.cli.commands.quantities import much_typed, unit_typed
from desktop_app.cli.values import row_id
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.stock import operations as stock
from desktop_app.stock.records import Amount, PackageRow, SupplyLine

_AMOUNT_PARTS, _SUPPLY_PARTS = 2, 3


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
