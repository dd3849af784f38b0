"""Everything that a sale asks of the menu, of one moment. Pure: no query a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.choosing import pick, said
from desktop_app.menu.pricing import Occasion, PriceBook
from desktop_app.menu.records import LinePrice, SaleProduct


@dataclass(frozen=True, slots=True)
class SaleMenu:
    """What can be sold at a venue, and what it costs: where, how and when it is sold decides."""

    products: Mapping[int, SaleProduct]
    prices: PriceBook
    times: VenueTime

    def occasion(self, at: datetime, sale_type: str = "", table: str = "") -> Occasion:
        """Return the occasion of a moment (aware UTC) at the venue."""
        return Occasion.at(self.times, at, sale_type, table)

    def price(
        self,
        product_id: int,
        occasion: Occasion,
        size: str = "",
        chosen: Sequence[str] = (),
        list_id: int | None = None,
    ) -> LinePrice:
        """Return what one of a product costs with what was chosen with it.

        InvalidError where it is not on the menu, has no such size, or the choices are not offered
        or are too few or too many; its `field` is “product”, “variant” or “choices”.
        """
        product = self.products.get(product_id)
        if product is None:
            raise InvalidError(msg("This is not on the menu."), field="product")
        found = self.prices.price(product_id, size, occasion, list_id)
        if found is None or all(one.name != size for one in product.sizes):
            raise InvalidError(
                msg("“{name}” has no variant “{variant}”.", name=product.name, variant=size),
                field="variant",
            )
        picked = pick(product.choices, chosen)
        return LinePrice(
            found.price_minor,
            sum(choice.price_minor for choice in picked),
            said(choice.name for choice in picked),
            found.list_name,
        )
