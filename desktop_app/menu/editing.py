"""Changing the menu: products, their technical cards, categories, stations and choices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import fields

from sqlalchemy import select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_line, check_text
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Message, msg
from desktop_app.menu.prices import write_price
from desktop_app.menu.reading import form_of, users_of
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.menu.rules import (
    LIMIT_QUANTITY,
    check_barcode,
    check_name,
    check_parts,
    check_price,
    check_tax,
    loop_through,
)
from desktop_app.menu.sizing import write_sizes
from desktop_app.menu.tables import (
    Category,
    Modifier,
    ModifierGroup,
    Product,
    ProductModifiers,
    RecipeLine,
    Station,
)
from desktop_app.menu.timed import check_terms
from desktop_app.venue.operations import the_venue

_PLAIN = (
    "kind", "unit", "category_id", "station_id", "cost_minor", "tax_included", "service_charge",
    "discountable", "made_ahead", "low_stock", "active", "output", "wished_stock", "shelf_days",
    "cooking_minutes",
)  # fmt: skip
_NOTE_LETTERS = 10_000
_ALLERGEN_LETTERS = 500
_CODE_LETTERS = 64
_LONGEST_SHELF = 3650
_LONGEST_COOKING = 1440
_NAMED = 5
HAS_MOVED: list[Callable[[Transaction, int], bool]] = []
"""Asked before a unit or a kind changes: the stock, which lies above, says whether it moved."""


SAYS_QUANTITIES: list[Callable[[Transaction, int], Sequence[str]]] = []
"""Asked before a unit changes: the stock names the packages whose quantities are said in it."""


@command(Permission.MENU_EDIT)
def add_product(tx: Transaction, form: ProductForm, prices: Sequence[VariantRow] = ()) -> int:
    """Add a product with its recipe and first prices, and return its number.

    InvalidError or ConflictError says which field breaks a rule; NotAllowedError where a price is
    given by somebody who may not change prices.
    """
    venue_id = the_venue(tx).id
    if prices and not tx.actor.can(Permission.MENU_PRICES):
        raise NotAllowedError(
            msg("Your role does not allow giving prices."), lacking=Permission.MENU_PRICES
        )
    row = Product(id=tx.ids.one(), venue_id=venue_id, reference="")
    _fill(tx, row, form)
    tx.add(row)
    for price in prices or ([VariantRow("", 0)] if form.kind.is_sold else []):
        write_price(tx, row.id, price.name, check_price(price.price_minor), history=bool(prices))
    _write_parts(tx, row.id, form)
    write_sizes(tx, row.id, form)
    return row.id


@command(Permission.MENU_EDIT)
def change_product(tx: Transaction, product_id: int, version: int, form: ProductForm) -> int:
    """Change a product and its recipe; return its new version.

    ConflictError where somebody else changed it since `version` was read: it names the fields in
    which the stored product differs from this form. Prices are changed by `set_price`.
    """
    row = _product(tx, product_id)
    if row.version != version:
        raise ConflictError(
            msg(
                "Somebody else has changed “{name}” meanwhile: {fields}.",
                name=row.name,
                fields=", ".join(differing(form_of(tx, row), form)) or "-",
            ),
            hint=msg("Open it again to see what it is now, then make your change."),
        )
    if not form.active and row.active:
        refuse_used(tx, row, msg("Take it out of these technical cards first."))
    _refuse_moved(tx, row, form)
    _fill(tx, row, form)
    row.version = version + 1
    _write_parts(tx, row.id, form)
    write_sizes(tx, row.id, form)
    return row.version


def differing(stored: ProductForm, wanted: ProductForm) -> list[str]:
    """Return the names of the fields in which two forms differ."""
    return [
        one.name
        for one in fields(ProductForm)
        if getattr(stored, one.name) != getattr(wanted, one.name)
    ]


def _product(tx: Transaction, product_id: int) -> Product:
    row = tx.find(Product, product_id)
    if row is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    return row


def refuse_used(tx: Transaction, row: Product, hint: Message, *, active: bool = True) -> None:
    """Refuse where a product stands in the card of one that is in use, or of any, or in a choice.

    The ConflictError names them.
    """
    names = [one.name for one in users_of(tx, row.id, active=active)]
    names += [
        name
        for (name,) in tx.rows(
            select(ModifierGroup.name)
            .join(Modifier, Modifier.group_id == ModifierGroup.id)
            .where(Modifier.ingredient_id == row.id)
            .distinct()
        )
    ]
    if names:
        raise ConflictError(
            msg("“{name}” is used by {dishes}.", name=row.name, dishes=", ".join(names[:_NAMED])),
            hint=hint,
        )


def refuse_archived(tx: Transaction, product_ids: Collection[int]) -> None:
    """Refuse what is archived as a part of something that is in use."""
    archived = select(Product.name).where(Product.id.in_(product_ids), ~Product.active)
    for (name,) in tx.rows(archived.order_by(Product.name).limit(1)):
        raise InvalidError(
            msg("“{name}” is archived.", name=name),
            field="recipe",
            hint=msg("Restore it first, or take it out of the card."),
        )


def _fill(tx: Transaction, row: Product, form: ProductForm) -> None:
    if form.category_id is not None and tx.find(Category, form.category_id) is None:
        raise NotFoundError(msg("There is no category {number}.", number=form.category_id))
    if form.station_id is not None and tx.find(Station, form.station_id) is None:
        raise NotFoundError(msg("There is no station {number}.", number=form.station_id))
    if form.low_stock is not None and not 0 <= form.low_stock <= LIMIT_QUANTITY:
        raise InvalidError(msg("Low stock cannot be below nothing."), field="low_stock")
    _check_wished(form)
    if not 0 < form.output <= LIMIT_QUANTITY:
        raise InvalidError(msg("A recipe makes more than nothing."), field="output")
    check_price(form.cost_minor, "cost")
    row.name = _name_of_its_own(tx, row, form)
    row.note = check_text(form.note, _NOTE_LETTERS, "note")
    for field in _PLAIN:
        setattr(row, field, getattr(form, field))
    row.barcode = _free_barcode(tx, row, form)
    row.tax_bp = check_tax(form.tax_bp)
    row.gov_code = check_line(form.gov_code, _CODE_LETTERS, "gov_code")
    terms = check_terms(form.terms)
    row.interval_minutes, row.step_minutes = terms.interval, terms.step
    row.least_minutes = terms.least
    words = ", ".join(clean(word) for word in form.allergens if word.strip())
    row.allergens = check_line(words, _ALLERGEN_LETTERS, "allergens")


def _check_wished(form: ProductForm) -> None:
    if form.wished_stock is not None and not (
        (form.low_stock or 0) <= form.wished_stock <= LIMIT_QUANTITY
    ):
        raise InvalidError(
            msg("One buys up to at least what is low stock."),
            field="wished_stock",
            hint=msg("Low stock says when to buy, this says up to how much."),
        )
    if not 0 <= form.shelf_days <= _LONGEST_SHELF:
        raise InvalidError(msg("It keeps from 0 to 3650 days."), field="shelf_days")
    if not 0 <= form.cooking_minutes <= _LONGEST_COOKING:
        raise InvalidError(msg("It takes from 0 to 1440 minutes."), field="cooking_minutes")


def _refuse_moved(tx: Transaction, row: Product, form: ProductForm) -> None:
    """Refuse another unit, or a kind that is not stocked, where stock has moved."""
    if row.unit is not form.unit:
        hint = msg("Its quantities are there in this unit: take it out of these cards first.")
        refuse_used(tx, row, hint, active=False)
        packages = [name for says in SAYS_QUANTITIES for name in says(tx, row.id)]
        if packages:
            raise ConflictError(
                msg(
                    "“{name}” is bought in packages: {packages}.",
                    name=row.name, packages=", ".join(packages[:_NAMED]),
                ),
                hint=msg("What is in them is said in this unit: remove them first."),
            )  # fmt: skip
    stays = row.unit is form.unit and form.kind.is_stocked
    if stays or not any(moved(tx, row.id) for moved in HAS_MOVED):
        return
    if row.unit is not form.unit:
        raise ConflictError(
            msg("The unit of “{name}” cannot change: stock of it has moved.", name=row.name),
            hint=msg("Make a new product in the other unit, and put this one away."),
        )
    raise ConflictError(
        msg("“{name}” lies in a storage: it stays goods, ingredient or preparation.", name=row.name)
    )


def _name_of_its_own(tx: Transaction, row: Product, form: ProductForm) -> str:
    name = check_name(form.name)
    taken = tx.scalar(
        select(Product.id).where(
            Product.venue_id == row.venue_id, Product.name == name, Product.id != row.id
        )
    )
    if taken is not None:
        raise ConflictError(msg("There is a product “{name}” already.", name=name))
    return name


def _free_barcode(tx: Transaction, row: Product, form: ProductForm) -> str:
    code = check_barcode(form.barcode)
    if code:
        for (name,) in tx.rows(
            select(Product.name)
            .where(
                Product.venue_id == row.venue_id,
                Product.barcode == code,
                Product.id != row.id,
                Product.active,
            )
            .limit(1)
        ):
            raise ConflictError(msg("“{name}” has this barcode already.", name=name))
    return code


def _write_parts(tx: Transaction, product_id: int, form: ProductForm) -> None:
    if form.recipe and not form.kind.has_recipe:
        raise InvalidError(
            msg("Only dishes, timed items and preparations have a technical card."),
            field="recipe",
        )
    check_parts(form.recipe)
    _refuse_loop(tx, product_id, form)
    lines = tx.objects(
        select(RecipeLine).where(RecipeLine.product_id == product_id).order_by(RecipeLine.line_no)
    )
    for number, part in enumerate(form.recipe, 1):
        if number <= len(lines):
            line = lines[number - 1]
            line.ingredient_id, line.net, line.gross = part.ingredient_id, part.net, part.gross
        else:
            tx.add(
                RecipeLine(
                    product_id=product_id, line_no=number, ingredient_id=part.ingredient_id,
                    net=part.net, gross=part.gross,
                )
            )  # fmt: skip
    for line in lines[len(form.recipe) :]:
        tx.remove(line)
    _write_groups(tx, product_id, form.choices)


def _refuse_loop(tx: Transaction, product_id: int, form: ProductForm) -> None:
    parts = [*form.recipe, *(part for size in form.sizes for part in size.own)]
    wanted = [part.ingredient_id for part in parts]
    names = tx.pairs(select(Product.id, Product.name).where(Product.id.in_([*wanted, product_id])))
    missing = [str(one) for one in wanted if one not in names]
    if missing:
        raise NotFoundError(msg("There is no product {number}.", number=missing[0]))
    if form.active:
        refuse_archived(tx, wanted)
    way = loop_through(CardBook.read(tx).recipes, product_id, parts)
    if way:
        names = tx.pairs(select(Product.id, Product.name).where(Product.id.in_(way)))
        names[product_id] = form.name
        raise InvalidError(
            msg("It would be inside itself: {way}.", way=" → ".join(names[one] for one in way)),
            field="recipe",
            hint=msg("Take one of these out of its technical card."),
        )


def _write_groups(tx: Transaction, product_id: int, wanted: Sequence[int]) -> None:
    if len(set(wanted)) != len(wanted):
        raise InvalidError(msg("A group of choices stands here twice."), field="choices")
    rows = {
        row.group_id: row
        for row in tx.objects(
            select(ProductModifiers).where(ProductModifiers.product_id == product_id)
        )
    }
    for place, group_id in enumerate(wanted):
        if tx.find(ModifierGroup, group_id) is None:
            raise NotFoundError(msg("There is no group of choices {number}.", number=group_id))
        if group_id in rows:
            rows.pop(group_id).place = place
        else:
            tx.add(ProductModifiers(product_id=product_id, group_id=group_id, place=place))
    for row in rows.values():
        tx.remove(row)
