"""Many products at once: prices, category, the archive."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.menu.bulk import archive_products, change_prices, move_products, preview_prices
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import list_products
from desktop_app.menu.records import MenuFilter
from desktop_app.menu.repricing import PriceStep, RepriceTerms


def reprice(call: Call, desk: Desk) -> Answer:
    """Change the prices of many products, or show what they would become."""
    options = call.options
    kinds = frozenset({ProductKind(options.kind)}) if options.kind else frozenset[ProductKind]()
    wanted = MenuFilter(" ".join(options.words), kinds, options.category)
    ids = [row.id for row in desk.do(list_products, wanted) if row.active and row.kind.is_sold]
    steps = desk.do(preview_prices, ids, _terms(call, desk), options.list_id)
    if steps and not options.preview:
        desk.do(change_prices, steps)
    document = {
        "changed": 0 if options.preview else len(steps),
        "preview": options.preview,
        "currency": desk.venue.currency,
        "rows": [_row(desk, one) for one in steps],
        "next": None,
    }
    table = Table(
        [
            Column(msg("Product")),
            Column(msg("Variant")),
            Column(msg("Before"), right=True),
            Column(msg("After"), right=True),
        ],
        [[one.name, one.variant, _money(desk, one.old_minor), _money(desk, one.new_minor)]
         for one in steps],
    )  # fmt: skip
    if not steps:
        return Answer(document, [msg("No price changes by this.")])
    said = msg("Nothing was changed yet.") if options.preview else msg("Written down.")
    return Answer(document, [table, said])


def _terms(call: Call, desk: Desk) -> RepriceTerms:
    options, currency = call.options, desk.venue.currency
    return RepriceTerms(
        _per_cent(options.percent) if options.percent else 0,
        minor(options.add, currency) if options.add else 0,
        minor(options.round, currency) if options.round else 1,
        options.from_menu,
    )


def _per_cent(text: str) -> int:
    try:
        exact = Decimal(text.rstrip("%")) * 100
        whole = int(exact)
    except (InvalidOperation, ValueError, OverflowError):
        whole, exact = 0, Decimal("NaN")
    if whole != exact:
        raise InvalidError(
            msg("“{text}” is not a per cent with at most two decimals.", text=text),
            field="percent",
            hint=msg("Write it like 10 or -2.5."),
        )
    return whole


def _row(desk: Desk, step: PriceStep) -> dict[str, Any]:
    return {
        "id": str(step.product_id),
        "name": step.name,
        "variant": step.variant,
        "before": None if step.old_minor is None else desk.plain(step.old_minor),
        "after": None if step.new_minor is None else desk.plain(step.new_minor),
    }


def _money(desk: Desk, minor_: int | None) -> str:
    return "–" if minor_ is None else desk.money(minor_)


def move(call: Call, desk: Desk) -> Answer:
    """Put products into another category."""
    options = call.options
    moved = desk.do(move_products, [(one, options.category) for one in options.ids])
    return Answer({"moved": moved}, [msg("Written down.")])


def archive(call: Call, desk: Desk) -> Answer:
    """Put products into the archive, or take them out of it."""
    options = call.options
    changed = desk.do(archive_products, options.ids, archived=not options.restore)
    return Answer({"changed": changed}, [msg("Written down.")])
