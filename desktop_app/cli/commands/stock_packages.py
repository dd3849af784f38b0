"""How products are bought: packages of a name and of so much."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.quantities import unit_typed
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.quantity import plain
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import UNIT_TITLES
from desktop_app.stock import operations as stock
from desktop_app.stock import places


def add(call: Call, desk: Desk) -> Answer:
    """Say how a product is bought."""
    options = call.options
    much = unit_typed(options.quantity)
    number = desk.do(
        places.save_package, options.product, options.name, much.quantity, unit=much.unit
    )
    said = msg("Package “{name}” is kept: {id}.", name=options.name, id=number)
    return Answer({"id": str(number)}, [said])


def packages(call: Call, desk: Desk) -> Answer:
    """List the packages of all products, or of one."""
    goods = {row.product_id: row for row in desk.do(stock.list_stock)}
    rows = [
        (one, goods[one.product_id])
        for one in desk.do(stock.list_packages)
        if one.product_id in goods and call.options.product in (None, one.product_id)
    ]
    document = [
        {
            "id": str(one.id),
            "product_id": str(one.product_id),
            "product": product.name,
            "name": one.name,
            "quantity": plain(one.factor),
            "unit": product.unit.value,
        }
        for one, product in rows
    ]
    table = Table(
        [
            Column(msg("Id"), right=True),
            Column(msg("Product")),
            Column(msg("Package")),
            Column(msg("Quantity"), right=True),
            Column(msg("Unit")),
        ],
        [
            [
                str(one.id),
                product.name,
                one.name,
                call.quantity(one.factor),
                call.words.of(UNIT_TITLES[product.unit]),
            ]
            for one, product in rows
        ],
    )
    return Answer({"rows": document, "next": None}, [table])


def remove(call: Call, desk: Desk) -> Answer:
    """Forget a package."""
    desk.do(places.remove_package, call.options.id)
    return Answer({"removed": str(call.options.id)}, [msg("It was removed.")])
