"""The menu: products, their technical cards, prices and the stop list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.quantities import unit_typed
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.cli.values import row_id, words_of
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.quantity import plain, thousandths
from desktop_app.kernel.words import msg
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.kinds import KIND_TITLES, UNIT_TITLES, ProductKind, Unit, check_unit
from desktop_app.menu.operations import get_product, list_products, takes_of
from desktop_app.menu.prices import release_product, set_price, stop_product
from desktop_app.menu.records import MenuFilter, ProductCard, ProductForm, ProductRow, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.printing.format import percent

_TEXTS = ("name", "barcode", "note", "gov_code", "shelf_days", "cooking_minutes")
_NUMBERS = {"category": "category_id", "station": "station_id"}


def list_menu(call: Call, desk: Desk) -> Answer:
    """List the menu with every variant's price."""
    wanted = call.options
    kinds = frozenset({ProductKind(wanted.kind)}) if wanted.kind else frozenset[ProductKind]()
    found = desk.do(
        list_products,
        MenuFilter(wanted.text, kinds, wanted.category, wanted.stopped, wanted.archived),
    )
    return Answer(
        {"rows": [_row(desk, product) for product in found], "next": None},
        [
            Table(
                [
                    Column(msg("Category")),
                    Column(msg("Product")),
                    Column(msg("Kind")),
                    Column(msg("Variant")),
                    Column(msg("Price"), right=True),
                    Column(msg("Cost"), right=True),
                    Column(msg("Margin"), right=True),
                    Column(msg("On sale")),
                ],
                [line for product in found for line in _lines(call, desk, product)],
            )
        ],
    )


def _row(desk: Desk, product: ProductRow) -> dict[str, Any]:
    currency = desk.venue.currency
    return {
        "id": str(product.id),
        "name": product.name,
        "category": product.category,
        "kind": product.kind.value,
        "unit": product.unit.value,
        "active": product.active,
        "barcode": product.barcode,
        "station": product.station,
        "cost": desk.plain(product.cost_minor),
        "margin_percent": None if product.margin_bp is None else product.margin_bp / 100,
        "left": None if product.stopped is None else plain(product.stopped),
        "currency": currency,
        "variants": [
            {"name": v.name, "price": desk.plain(v.price_minor), "currency": currency}
            for v in product.variants
        ],
    }


def _lines(call: Call, desk: Desk, product: ProductRow) -> list[list[str]]:
    cost = desk.money(product.cost_minor) if product.cost_minor else ""
    known = product.margin_bp is not None and product.cost_minor
    margin = percent(product.margin_bp or 0, call.words.language) if known else ""
    on_sale = call.yes(product.active and product.stopped != 0)
    kind = call.words.of(KIND_TITLES[product.kind])
    variants = product.variants if product.kind.is_sold else ()
    return [
        [product.category, product.name, kind, name, price, cost, margin, on_sale]
        for name, price in [(v.name, desk.money(v.price_minor)) for v in variants] or [("", "")]
    ]


def show(call: Call, desk: Desk) -> Answer:
    """Show one product."""
    card = desk.do(get_product, call.options.id)
    return Answer(_document(desk, card), _shown(call, desk, card))


def _document(desk: Desk, card: ProductCard) -> dict[str, Any]:
    form = card.form
    return {
        "id": str(card.id),
        "version": card.version,
        "name": form.name,
        "kind": form.kind.value,
        "unit": form.unit.value,
        "category_id": None if form.category_id is None else str(form.category_id),
        "station_id": None if form.station_id is None else str(form.station_id),
        "barcode": form.barcode,
        "active": form.active,
        "tax_percent": form.tax_bp / 100,
        "tax_included": form.tax_included,
        "low_stock": None if form.low_stock is None else plain(form.low_stock),
        "wished_stock": None if form.wished_stock is None else plain(form.wished_stock),
        "gov_code": form.gov_code,
        "shelf_days": form.shelf_days,
        "cooking_minutes": form.cooking_minutes,
        "allergens": list(form.allergens),
        "note": form.note,
        "cost": desk.plain(card.cost_minor),
        "margin_percent": None if card.margin_bp is None else card.margin_bp / 100,
        "currency": desk.venue.currency,
        "left": None if card.stopped is None else plain(card.stopped),
        "output": plain(form.output),
        "minutes": {
            "interval": form.terms.interval,
            "step": form.terms.step,
            "least": form.terms.least,
        },
        "sizes": [
            {
                "name": size.name,
                "factor": plain(size.factor),
                "own": [
                    {"id": str(part.ingredient_id), "gross": plain(part.gross)} for part in size.own
                ],
            }
            for size in form.sizes
        ],
        "recipe": [
            {
                "id": str(part.ingredient_id),
                "name": part.name,
                "unit": part.unit.value,
                "gross": plain(part.gross),
                "net": plain(part.net),
            }
            for part in card.parts
        ],
        "choices": [str(one) for one in form.choices],
        "used_in": [{"id": str(one.id), "name": one.name} for one in card.used_in],
        "variants": [
            {
                "name": v.name,
                "price": desk.plain(v.price_minor),
                "sold": v.active,
                "cost": desk.plain(cost.cost_minor),
                "margin_percent": None if cost.margin_bp is None else cost.margin_bp / 100,
            }
            for v, cost in zip(card.variants, card.size_costs, strict=True)
        ],
        "list_prices": [
            {"list_id": str(list_id), "variant": variant, "price": desk.plain(price)}
            for list_id, variant, price in card.list_prices
        ],
        "prices": [
            {
                "at": desk.iso(one.at),
                "variant": one.variant,
                "price_list": one.price_list,
                "before": None if one.old_minor is None else desk.plain(one.old_minor),
                "after": None if one.new_minor is None else desk.plain(one.new_minor),
            }
            for one in card.history
        ],
    }


def _shown(call: Call, desk: Desk, card: ProductCard) -> list[Shown]:
    form, of = card.form, call.words.of
    spoken = call.words.language
    return [
        Facts(
            [
                (msg("Name"), form.name),
                (msg("Kind"), of(KIND_TITLES[form.kind])),
                (msg("Measured in"), of(UNIT_TITLES[form.unit])),
                (msg("Barcode"), form.barcode),
                (msg("Cost"), desk.money(card.cost_minor)),
                (msg("Margin"), "" if card.margin_bp is None else percent(card.margin_bp, spoken)),
                (msg("Tax (%)"), percent(form.tax_bp, spoken)),
                (msg("Allergens"), ", ".join(form.allergens)),
                (msg("Used in"), ", ".join(one.name for one in card.used_in)),
                (msg("Note"), form.note),
            ]
        ),
        Table(
            [Column(msg("Variant")), Column(msg("Price"), right=True)],
            [[v.name, desk.money(v.price_minor)] for v in card.variants],
        ),
        Table(
            [
                Column(msg("Ingredient")),
                Column(msg("Gross"), right=True),
                Column(msg("Net"), right=True),
                Column(msg("Unit")),
                Column(msg("Cost"), right=True),
            ],
            [
                [
                    part.name, call.quantity(part.gross), call.quantity(part.net),
                    of(UNIT_TITLES[part.unit]), desk.money(round(part.cost_minor)),
                ]
                for part in card.parts
            ],
        ),
    ]  # fmt: skip


def add(call: Call, desk: Desk) -> Answer:
    """Add a product."""
    typed = call.options.price
    prices = [VariantRow("", minor(typed, desk.venue.currency))] if typed else []
    number = desk.do(add_product, _changed(call, desk, ProductForm(call.options.name)), prices)
    return Answer({"id": str(number)}, [msg("Written down.")])


def edit(call: Call, desk: Desk) -> Answer:
    """Change what is named of a product; the rest stays."""
    card = desk.do(get_product, call.options.id)
    form = _changed(call, desk, card.form)
    if call.options.active is not None:
        form = replace(form, active=call.options.active == "yes")
    if call.options.choices is not None:
        form = replace(form, choices=tuple(map(row_id, words_of(call.options.choices))))
    return _stored(desk, card, form)


def _changed(call: Call, desk: Desk, form: ProductForm) -> ProductForm:
    wanted = call.options
    given: dict[str, Any] = {
        name: getattr(wanted, name) for name in _TEXTS if getattr(wanted, name) is not None
    }
    for option, name in _NUMBERS.items():
        if getattr(wanted, option) is not None:
            given[name] = getattr(wanted, option)
    if wanted.kind is not None:
        given["kind"] = ProductKind(wanted.kind)
    if wanted.unit is not None:
        given["unit"] = Unit(wanted.unit)
    if wanted.tax_included is not None:
        given["tax_included"] = wanted.tax_included == "yes"
    if wanted.allergens is not None:
        given["allergens"] = tuple(w.strip() for w in wanted.allergens.split(",") if w.strip())
    times = {
        name: getattr(wanted, name)
        for name in ("interval", "step", "least")
        if getattr(wanted, name) is not None
    }
    return replace(form, **given, **_numbers(call, desk), terms=replace(form.terms, **times))


def _numbers(call: Call, desk: Desk) -> dict[str, Any]:
    wanted, given = call.options, dict[str, Any]()
    if wanted.cost is not None:
        given["cost_minor"] = minor(wanted.cost, desk.venue.currency)
    if wanted.low_stock is not None:
        given["low_stock"] = thousandths(wanted.low_stock)
    if wanted.wished_stock is not None:
        given["wished_stock"] = thousandths(wanted.wished_stock)
    if wanted.tax is not None:
        tax = thousandths(wanted.tax)
        if tax % 10:
            raise InvalidError(msg("A tax has at most two decimals."), field="tax")
        given["tax_bp"] = tax // 10
    return given


def _stored(desk: Desk, card: ProductCard, form: ProductForm) -> Answer:
    version = desk.do(change_product, card.id, card.version, form)
    return Answer({"id": str(card.id), "version": version}, [msg("Written down.")])


def price(call: Call, desk: Desk) -> Answer:
    """Change a price."""
    wanted = call.options
    amount = minor(wanted.amount, desk.venue.currency)
    desk.do(set_price, wanted.id, amount, wanted.variant, wanted.list_id)
    return Answer(
        {"id": str(wanted.id), "variant": wanted.variant, "price": desk.plain(amount)},
        [msg("Written down.")],
    )


def stop(call: Call, desk: Desk) -> Answer:
    """Put a product on the stop list."""
    left = thousandths(call.options.left)
    desk.do(stop_product, call.options.id, left)
    return Answer({"id": str(call.options.id), "left": plain(left)}, [msg("Written down.")])


def unstop(call: Call, desk: Desk) -> Answer:
    """Take a product off the stop list."""
    desk.do(release_product, call.options.id)
    return Answer({"id": str(call.options.id), "left": None}, [msg("Written down.")])


def recipe(call: Call, desk: Desk) -> Answer:
    """Show what a product takes from the storage, or write its card."""
    wanted = call.options
    card = desk.do(get_product, wanted.id)
    if wanted.part or wanted.empty or wanted.output:
        parts = [part_of(desk, one) for one in wanted.part or ()] or card.form.recipe
        form = replace(card.form, recipe=() if wanted.empty else parts)
        if wanted.output:
            form = replace(form, output=_much(wanted.output, card.form, "output"))
        return _stored(desk, card, form)
    found = desk.do(takes_of, wanted.id)
    return Answer(
        {
            "rows": [
                {
                    "id": str(one.ingredient_id),
                    "name": one.name,
                    "unit": one.unit.value,
                    "gross": plain(one.gross),
                }
                for one in found
            ],
            "next": None,
        },
        [
            Table(
                [Column(msg("Ingredient")), Column(msg("Gross"), right=True), Column(msg("Unit"))],
                [
                    [one.name, call.quantity(one.gross), call.words.of(UNIT_TITLES[one.unit])]
                    for one in found
                ],
            )
        ],
    )


def part_of(desk: Desk, text: str) -> Part:
    """Return a part of a card as it was typed."""
    number, _, amount = text.partition("=")
    gross, _, net = amount.partition("/")
    if not amount:
        raise InvalidError(
            msg("“{text}” is not a part of a card.", text=text),
            hint=msg("Write the number of the ingredient and how much of it: 123=200g/180g."),
        )
    form = desk.do(get_product, row_id(number)).form
    return Part(row_id(number), _much(net or gross, form), _much(gross, form))


def _much(text: str, form: ProductForm, field: str = "recipe") -> int:
    """Return how much of a product was typed; a unit that is typed must be the product's."""
    much = unit_typed(text)
    check_unit(form.name, form.unit, much.unit, field)
    return much.quantity
