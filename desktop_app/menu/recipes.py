"""The technical cards of a store, read once and followed through every level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.quantity import ONE
from desktop_app.menu.kinds import Unit
from desktop_app.menu.rules import Part, Recipe, Recipes, flatten, recipe_cost, rounded, tree_cost
from desktop_app.menu.sizes import SizeCard, sized
from desktop_app.menu.tables import Product, ProductVariant, RecipeLine, SizePart

Facts = Any
"""Number, output, cost, unit and whether it is made ahead, of one product: a row or a tuple."""
Size = tuple[int, str]
"""A product and one of its sizes."""


_share = lru_cache(maxsize=4096)(Fraction)


@dataclass(frozen=True, slots=True)
class CardBook:
    """Every technical card, and what a thousandth of each product costs without one."""

    recipes: Recipes
    costs: Mapping[int, Fraction]
    made_ahead: frozenset[int]
    sizes: Mapping[Size, Recipe] = field(default_factory=dict)
    """The card of each size that has parts of its own, or takes another share of the product's."""
    factors: Mapping[Size, int] = field(default_factory=dict)
    """How many thousandths of itself a size takes, of products that have no card."""
    _known: dict[int, Fraction] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, tx: Transaction) -> CardBook:
        """Return the cards as they are."""
        return cls.of(
            tx,
            tx.rows(
                select(
                    Product.id, Product.output, Product.cost_minor, Product.unit,
                    Product.made_ahead,
                )
            ),
        )  # fmt: skip

    @classmethod
    def of(cls, tx: Transaction, facts: Collection[Facts]) -> CardBook:
        """Return the cards of all products, of which somebody has read the facts already."""
        outputs = {id_: output for id_, output, _, _, _ in facts}
        lines = tx.rows(
            select(
                RecipeLine.product_id,
                RecipeLine.ingredient_id,
                RecipeLine.net,
                RecipeLine.gross,
            ).order_by(RecipeLine.product_id, RecipeLine.line_no)
        )
        parts: dict[int, list[Part]] = {}
        for id_, one, net, gross in lines:
            parts.setdefault(id_, []).append(Part(one, net, gross))
        recipes = {id_: Recipe(outputs[id_], some) for id_, some in parts.items()}
        costs = {id_: _share(cost, unit.whole) for id_, _, cost, unit, _ in facts}
        sizes, factors = _sizes(tx, recipes, outputs)
        ahead = frozenset(id_ for id_, *_, is_ahead in facts if is_ahead)
        return cls(recipes, costs, ahead, sizes, factors)

    def cost(self, product_id: int, size: str = "") -> Fraction:
        """Return what one thousandth of a product costs in a size, in minor units."""
        own = self.sizes.get((product_id, size))
        if own is not None:
            return recipe_cost(own, self.cost) if own.parts else Fraction(0)
        found = self._known.get(product_id)
        if found is None:
            found = tree_cost(self.recipes, self.costs, product_id, self._known)
        factor = self.factors.get((product_id, size), ONE)
        return found if factor == ONE else Fraction(factor, ONE) * found

    def takes(self, product_id: int, size: str = "") -> Mapping[int, Fraction]:
        """Return what selling one thousandth of a product in a size takes from the storage."""
        own = self.sizes.get((product_id, size))
        if own is None:
            factor = Fraction(self.factors.get((product_id, size), ONE), ONE)
            found = flatten(self.recipes, product_id, stops=self.made_ahead)
            return {one: share * factor for one, share in found.items()} if factor != 1 else found
        if not own.parts:
            return {}
        return flatten({**self.recipes, product_id: own}, product_id, stops=self.made_ahead)

    def inside(self, product_id: int) -> Mapping[int, Fraction]:
        """Return what one thousandth of a product takes where it goes into something else."""
        if product_id in self.made_ahead:
            return {product_id: Fraction(1)}
        return self.takes(product_id)


def size_cards(tx: Transaction, product_id: int | None = None) -> Mapping[int, list[SizeCard]]:
    """Return the sizes that take something else than their product, by product and name."""
    own = select(
        SizePart.product_id, SizePart.variant, SizePart.ingredient_id, SizePart.net, SizePart.gross
    ).order_by(SizePart.product_id, SizePart.variant, SizePart.ingredient_id)
    shares = select(ProductVariant.product_id, ProductVariant.name, ProductVariant.factor).where(
        ProductVariant.factor != ONE
    )
    if product_id is not None:
        own = own.where(SizePart.product_id == product_id)
        shares = shares.where(ProductVariant.product_id == product_id)
    factors = {(id_, name): factor for id_, name, factor in tx.rows(shares)}
    parts: dict[Size, list[Part]] = {}
    for id_, name, *part in tx.rows(own):
        parts.setdefault((id_, name), []).append(Part(*part))
    found: dict[int, list[SizeCard]] = {}
    for id_, name in sorted({*factors, *parts}):
        card = SizeCard(name, factors.get((id_, name), ONE), tuple(parts.get((id_, name), ())))
        found.setdefault(id_, []).append(card)
    return found


def _sizes(
    tx: Transaction, recipes: Recipes, outputs: Mapping[int, int]
) -> tuple[Mapping[Size, Recipe], Mapping[Size, int]]:
    cards: dict[Size, Recipe] = {}
    factors: dict[Size, int] = {}
    for id_, sizes in size_cards(tx).items():
        for size in sizes:
            if size.own or id_ in recipes:
                recipe = recipes.get(id_, Recipe(outputs[id_], ()))
                cards[id_, size.name] = sized(recipe, size)
            else:
                factors[id_, size.name] = size.factor
    return cards, factors


def flattened(tx: Transaction, product_ids: Iterable[int]) -> Mapping[int, Mapping[int, Fraction]]:
    """Return what selling one thousandth of each product takes from the storage."""
    book = CardBook.read(tx)
    return {id_: book.takes(id_) for id_ in product_ids}


def whole_cost(book: CardBook, product_id: int, unit: Unit) -> int:
    """Return what a kilogram, litre or piece of a product costs, in minor units."""
    cost = book.cost(product_id)
    return rounded(cost.numerator * unit.whole, cost.denominator)
