"""What an editor of products offers to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.records import (
    CategoryRow,
    ChoiceForm,
    ChoiceGroup,
    Ingredients,
    NamedRow,
)
from desktop_app.menu.tables import (
    Category,
    Modifier,
    ModifierGroup,
    PriceList,
    Product,
    Station,
)


def ingredients_of(tx: Transaction) -> Ingredients:
    """Return the products in use by name, with their costs and recipes."""
    book = CardBook.read(tx)
    rows = tx.rows(
        select(Product.id, Product.name, Product.unit)
        .where(Product.active)
        .order_by(Product.name, Product.id)
    )
    return Ingredients(
        {id_: name for id_, name, _ in rows},
        {id_: unit for id_, _, unit in rows},
        {id_: book.cost(id_) for id_, _, _ in rows},
        book.recipes,
    )


def categories_of(tx: Transaction) -> Sequence[CategoryRow]:
    """Return the groups of the menu in their order, with how much lies in each."""
    counts = tx.pairs(select(Product.category_id, func.count()).group_by(Product.category_id))
    rows = tx.objects(select(Category).order_by(Category.place, Category.name, Category.id))
    return [
        CategoryRow(row.id, row.name, row.parent_id, row.color, row.place, counts.get(row.id, 0))
        for row in rows
    ]


def stations_of(tx: Transaction) -> Sequence[NamedRow]:
    """Return the places where dishes are made."""
    rows = tx.rows(select(Station.id, Station.name).order_by(Station.name, Station.id))
    return [NamedRow(id_, name) for id_, name in rows]


def price_lists_of(tx: Transaction) -> Sequence[NamedRow]:
    """Return the price lists in use, in the order in which they are asked."""
    rows = tx.rows(
        select(PriceList.id, PriceList.name)
        .where(PriceList.active)
        .order_by(PriceList.place, PriceList.name, PriceList.id)
    )
    return [NamedRow(id_, name) for id_, name in rows]


def choices_of(tx: Transaction) -> Sequence[ChoiceGroup]:
    """Return the groups of choices with what is in them."""
    choices: dict[int, list[ChoiceForm]] = {}
    for group_id, name, price, ingredient, quantity in tx.rows(
        select(
            Modifier.group_id, Modifier.name, Modifier.price_minor, Modifier.ingredient_id,
            Modifier.quantity,
        ).order_by(Modifier.group_id, Modifier.line_no)
    ):  # fmt: skip
        choices.setdefault(group_id, []).append(ChoiceForm(name, price, ingredient, quantity))
    return [
        ChoiceGroup(
            row.id,
            row.name,
            row.min_select,
            row.max_select,
            choices.get(row.id, ()),
            row.version,
            row.follows_size,
        )
        for row in tx.objects(select(ModifierGroup).order_by(ModifierGroup.name))
    ]
