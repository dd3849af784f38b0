"""The technical cards of a store, read once and followed through every level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.menu.kinds import Unit
from desktop_app.menu.rules import Part, Recipe, Recipes, flatten, tree_cost
from desktop_app.menu.tables import Product, RecipeLine


@dataclass(frozen=True, slots=True)
class CardBook:
    """Every technical card, and what a thousandth of each product costs without one."""

    recipes: Recipes
    costs: Mapping[int, Fraction]
    made_ahead: frozenset[int]
    _known: dict[int, Fraction] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, tx: Transaction) -> CardBook:
        """Return the cards as they are."""
        facts = tx.rows(
            select(Product.id, Product.output, Product.cost_minor, Product.unit, Product.made_ahead)
        )
        outputs = {id_: output for id_, output, _, _, _ in facts}
        lines = tx.rows(
            select(
                RecipeLine.product_id,
                RecipeLine.ingredient_id,
                RecipeLine.net,
                RecipeLine.gross,
            ).order_by(RecipeLine.product_id, RecipeLine.line_no)
        )
        recipes = {
            id_: Recipe(outputs[id_], [Part(one, net, gross) for _, one, net, gross in some])
            for id_, some in groupby(lines, key=lambda line: line[0])
        }
        costs = {id_: Fraction(cost, unit.whole) for id_, _, cost, unit, _ in facts}
        return cls(recipes, costs, frozenset(id_ for id_, *_, ahead in facts if ahead))

    def cost(self, product_id: int) -> Fraction:
        """Return what one thousandth of a product costs, in minor units."""
        return tree_cost(self.recipes, self.costs, product_id, self._known)

    def takes(self, product_id: int) -> Mapping[int, Fraction]:
        """Return what selling one thousandth of a product takes from the storage."""
        return flatten(self.recipes, product_id, stops=self.made_ahead)


def flattened(tx: Transaction, product_ids: Iterable[int]) -> Mapping[int, Mapping[int, Fraction]]:
    """Return what selling one thousandth of each product takes from the storage."""
    book = CardBook.read(tx)
    return {id_: book.takes(id_) for id_ in product_ids}


def whole_cost(book: CardBook, product_id: int, unit: Unit) -> int:
    """Return what a kilogram, litre or piece of a product costs, in minor units."""
    return round(book.cost(product_id) * unit.whole)
