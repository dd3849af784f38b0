"""What a receipt entered by hand comes to: prices of the menu, lists and choices. Pure.

`quote_sale` answers the window with it while one types, `enter_sale` writes what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg
from desktop_app.menu.pricing import Occasion
from desktop_app.menu.records import LinePrice, SaleProduct
from desktop_app.menu.selling import SaleMenu
from desktop_app.menu.timed import TimedTerms, timed_quantity
from desktop_app.sales import rules
from desktop_app.sales.records import NewSale, SaleLine, SaleSums
from desktop_app.sales.rules import LineTerms


@dataclass(frozen=True, slots=True)
class Priced:
    """A sale with its prices: by line what the menu and its lists say, and what it is sold for.

    `sale` is the one that was asked for, with the quantities that times come to.
    """

    sale: NewSale
    products: Sequence[SaleProduct]
    lines: Sequence[LinePrice]
    prices: Sequence[int]
    terms: Sequence[LineTerms]
    sums: SaleSums

    @property
    def usual(self) -> Sequence[int]:
        """Return the unit price of each line without anything given away."""
        return [one.unit_minor for one in self.lines]

    @property
    def discount_percent(self) -> int:
        """Return the largest discount of a line in percent, a price below the usual included."""
        return rules.discount_percent(self.sale, self.prices, self.usual, self.terms)


def price_sale(menu: SaleMenu, sale: NewSale, at: datetime) -> Priced:
    """Return what a sale comes to at a moment (aware UTC).

    InvalidError says which line is not on the menu, has no such size, or chose what is not offered.
    """
    occasion = menu.occasion(at, sale.sale_type, sale.table)
    found = [
        _price(menu, sale, occasion, number, line) for number, line in enumerate(sale.lines, 1)
    ]
    terms = [_terms(menu, number, line) for number, line in enumerate(sale.lines, 1)]
    counted = replace(
        sale, lines=[_counted(line, one.timed) for line, one in zip(sale.lines, terms, strict=True)]
    )
    prices = [
        usual.unit_minor if line.unit_price_minor is None else line.unit_price_minor
        for line, usual in zip(sale.lines, found, strict=True)
    ]
    products = [menu.products[line.product_id] for line in sale.lines]
    sums = rules.sums_of(counted, prices, terms)
    return Priced(counted, products, found, prices, terms, sums)


def _price(
    menu: SaleMenu, sale: NewSale, occasion: Occasion, number: int, line: SaleLine
) -> LinePrice:
    try:
        return menu.price(line.product_id, occasion, line.variant, line.choices, sale.price_list_id)
    except InvalidError as error:
        raise _in_line(number, error) from None


def _terms(menu: SaleMenu, number: int, line: SaleLine) -> LineTerms:
    product = menu.products[line.product_id]
    said = {"number": number, "name": product.name}
    if line.minutes is not None and product.terms is None:
        raise InvalidError(msg("Line {number}: “{name}” is not sold by time.", **said),
                           field="lines")  # fmt: skip
    if line.discount_bp and not product.discountable:
        raise InvalidError(msg("Line {number}: no discount is given on “{name}”.", **said),
                           field="lines")  # fmt: skip
    return LineTerms(
        product.tax_bp, product.tax_included, product.service_charge, product.discountable,
        None if line.minutes is None else product.terms,
    )  # fmt: skip


def _counted(line: SaleLine, terms: TimedTerms | None) -> SaleLine:
    if terms is None or line.minutes is None:
        return line
    return replace(line, quantity=timed_quantity(terms, line.minutes))


def _in_line(number: int, error: InvalidError) -> InvalidError:
    return InvalidError(
        msg("Line {number}: {what}", number=number, what=error.message),
        field="lines",
        hint=error.hint,
    )


def said_in(line: SaleLine, price: LinePrice) -> str:
    """Return what a receipt's line says of choices: those by name, and what was typed besides."""
    return ", ".join(one for one in (price.said, clean(line.modifiers)) if one)
