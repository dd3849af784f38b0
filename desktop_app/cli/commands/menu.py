"""The menu."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.words import msg
from desktop_app.menu.operations import list_products


def list_menu(call: Call, desk: Desk) -> Answer:
    """List the menu with every variant's price."""
    found = desk.do(list_products)
    currency = desk.venue.currency
    return Answer(
        {
            "rows": [
                {
                    "id": str(product.id),
                    "name": product.name,
                    "category": product.category,
                    "active": product.active,
                    "currency": currency,
                    "variants": [
                        {"name": v.name, "price": desk.plain(v.price_minor), "currency": currency}
                        for v in product.variants
                    ],
                }
                for product in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Category")),
                    Column(msg("Product")),
                    Column(msg("Variant")),
                    Column(msg("Price"), right=True),
                    Column(msg("On sale")),
                ],
                [
                    [
                        product.category,
                        product.name,
                        v.name,
                        desk.money(v.price_minor),
                        call.yes(product.active),
                    ]
                    for product in found
                    for v in product.variants
                ],
            )
        ],
    )
