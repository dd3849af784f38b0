"""What to buy: what is running out, from whom, and the supplies made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import plain
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import UNIT_TITLES
from desktop_app.stock.ordering import list_to_buy, order_supplies
from desktop_app.stock.records import OrderLine


def order(call: Call, desk: Desk) -> Answer:
    """List what is to be bought, or enter supplies of it."""
    options = call.options
    lines = desk.do(list_to_buy, options.storage)
    drafts: Sequence[int] = ()
    if options.enter:
        if options.storage is None:
            raise InvalidError(
                msg("Say to which storage the supplies come."),
                field="storage",
                hint=msg("“storages list” has their numbers."),
            )
        if lines:
            wanted = [(one.product_id, one.order) for one in lines]
            drafts = desk.do(order_supplies, options.storage, wanted)
    document = {
        "rows": [_row(desk, one) for one in lines],
        "drafts": [str(one) for one in drafts],
        "currency": desk.venue.currency,
        "next": None,
    }
    if not lines:
        return Answer(document, [msg("Nothing is running out.")])
    shown = [_table(call, desk, lines)]
    return Answer(document, [*shown, msg("Written down.")] if drafts else shown)


def _row(desk: Desk, line: OrderLine) -> dict[str, Any]:
    return {
        "id": str(line.product_id),
        "name": line.name,
        "unit": line.unit.value,
        "quantity": plain(line.quantity),
        "coming": plain(line.coming),
        "days_left": line.days_left,
        "low_stock": plain(line.low_stock),
        "wished_stock": plain(line.goal),
        "order": plain(line.order),
        "package": line.package,
        "packages": line.many if line.package else None,
        "supplier_id": None if line.supplier_id is None else str(line.supplier_id),
        "supplier": line.supplier,
        "cost": None if line.cost_minor is None else desk.plain(line.cost_minor),
    }


def _table(call: Call, desk: Desk, lines: Sequence[OrderLine]) -> Table:
    return Table(
        [
            Column(msg("Supplier")),
            Column(msg("Product")),
            Column(msg("There is"), right=True),
            Column(msg("Buy"), right=True),
            Column(msg("Unit")),
            Column(msg("Package")),
            Column(msg("Costs about"), right=True),
        ],
        [
            [
                one.supplier,
                one.name,
                call.quantity(one.quantity),
                call.quantity(one.order),
                call.words.of(UNIT_TITLES[one.unit]),
                f"{call.number(one.many)} × {one.package}" if one.package else "",
                "" if one.cost_minor is None else desk.money(one.cost_minor),
            ]
            for one in lines
        ],
    )
