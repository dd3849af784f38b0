"""What is taken from the storage for what a receipt says: product, size, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.text import fold
from desktop_app.menu.choosing import of_group, read_said
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.tables import (
    Modifier,
    ModifierGroup,
    ProductModifiers,
    ProductVariant,
    SizePart,
)

Place = tuple[int, int]
"""A choice: its group and its place in it."""


@dataclass(frozen=True, slots=True)
class SoldBook:
    """Every card with its sizes, and what choices take."""

    cards: CardBook
    offered: Mapping[int, Mapping[str, Place]]
    """The choices of each product that take something, by their folded names."""
    takes_of: Mapping[Place, tuple[int, int, bool]]
    """What one of a choice takes: an ingredient, thousandths of it, and whether sizes matter."""
    factors: Mapping[tuple[int, str], int] = field(default_factory=dict)
    """How many thousandths of the product's card a size takes, where it is not the whole."""

    @classmethod
    def read(cls, tx: Transaction) -> SoldBook:
        """Return the cards and choices as they are."""
        offered: dict[int, dict[str, Place]] = {}
        takes: dict[Place, tuple[int, int, bool]] = {}
        rows = tx.rows(
            select(
                ProductModifiers.product_id, Modifier.group_id, Modifier.line_no, Modifier.name,
                Modifier.ingredient_id, Modifier.quantity, ModifierGroup.name,
                ModifierGroup.follows_size,
            )
            .join(Modifier, Modifier.group_id == ProductModifiers.group_id)
            .join(ModifierGroup, ModifierGroup.id == ProductModifiers.group_id)
            .order_by(ProductModifiers.product_id, ProductModifiers.place, Modifier.line_no)
        )  # fmt: skip
        for product_id, some in groupby(rows, key=lambda row: row[0]):
            names: dict[str, Place] = {}
            for _, group_id, line, name, ingredient_id, quantity, group, follows in some:
                names.setdefault(fold(name), (group_id, line))
                names.setdefault(fold(of_group(group, name)), (group_id, line))
                if ingredient_id is not None and quantity:
                    takes[group_id, line] = ingredient_id, quantity, follows
            offered[product_id] = names
        return cls(CardBook.read(tx), offered, takes, _factors(tx))

    def takes(self, product_id: int, size: str = "", said: str = "") -> Mapping[int, Fraction]:
        """Return what selling one thousandth takes from the storage, with what was chosen."""
        found = dict(self.cards.takes(product_id, size))
        if not said:
            return found
        for place, times in read_said(said, self.offered.get(product_id, {})).items():
            if place not in self.takes_of:
                continue
            ingredient_id, quantity, follows = self.takes_of[place]
            factor = self.factors.get((product_id, size), ONE) if follows else ONE
            much = Fraction(quantity * times * factor, ONE * ONE)
            for one, share in self.cards.inside(ingredient_id).items():
                found[one] = found.get(one, Fraction(0)) + share * much
        return found


def _factors(tx: Transaction) -> Mapping[tuple[int, str], int]:
    rows = tx.rows(
        select(ProductVariant.product_id, ProductVariant.name, ProductVariant.factor).where(
            ProductVariant.factor != ONE
        )
    )
    return {(id_, name): factor for id_, name, factor in rows}


def apart(tx: Transaction) -> frozenset[int]:
    """Return the products of which it matters in what size and with what choices they are sold."""
    found: set[int] = set()
    for wanted in (
        select(ProductVariant.product_id).where(ProductVariant.factor != ONE),
        select(SizePart.product_id),
        select(ProductModifiers.product_id)
        .join(Modifier, Modifier.group_id == ProductModifiers.group_id)
        .where(Modifier.ingredient_id.is_not(None), Modifier.quantity != 0),
    ):
        found.update(id_ for (id_,) in tx.rows(wanted.distinct()))
    return frozenset(found)
