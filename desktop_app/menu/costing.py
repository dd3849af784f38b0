"""What products cost, for a list of thousands: the rules of `recipes`, without what it needs not.

Costs are pairs of whole numbers (minor units, and how many thousandths they are for), exact as
fractions are; only what stands in other cards is reduced. A test holds both to the same figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd, lcm

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.quantity import ONE
from desktop_app.menu.kinds import Unit
from desktop_app.menu.recipes import Facts, Size, size_cards
from desktop_app.menu.records import VariantRow
from desktop_app.menu.rules import FULL_BP, Part, Recipe, rounded, tax_of
from desktop_app.menu.sizes import SizeCard, sized
from desktop_app.menu.tables import RecipeLine

Pair = tuple[int, int]
"""Minor units, and for how many thousandths."""
_FREE = (0, 1)


@dataclass(frozen=True, slots=True)
class CostBook:
    """The cost of every product, through its card, and of the sizes that take something else."""

    parts: Mapping[int, Sequence[tuple[int, int]]]
    """Ingredient and gross quantity of each line of each card."""
    outputs: Mapping[int, int]
    sizes: Mapping[Size, SizeCard]
    known: dict[int, Pair] = field(default_factory=dict, compare=False)
    """What costs are known; of what has no card, from the beginning."""

    @classmethod
    def of(cls, tx: Transaction, facts: Collection[Facts]) -> CostBook:
        """Return the costs of products of which somebody has read the facts (as `CardBook.of`)."""
        lines = tx.rows(select(RecipeLine.product_id, RecipeLine.ingredient_id, RecipeLine.gross))
        parts: dict[int, list[tuple[int, int]]] = {}
        for id_, one, gross in lines:
            card = parts.get(id_)
            if card is None:
                parts[id_] = [(one, gross)]
            else:
                card.append((one, gross))
        known = {id_: (cost, unit.whole) for id_, _, cost, unit, _ in facts if id_ not in parts}
        outputs = {id_: output for id_, output, _, _, _ in facts}
        sizes = {(id_, one.name): one for id_, some in size_cards(tx).items() for one in some}
        return cls(parts, outputs, sizes, known)

    def cost(self, product_id: int) -> Pair:
        """Return what a product costs."""
        found = self.known.get(product_id)
        if found is None:
            card = self.parts.get(product_id)
            found = _FREE if card is None else self._made(card, self.outputs[product_id])
            self.known[product_id] = found
        return found

    def cost_of_size(self, product_id: int, size: str) -> Pair:
        """Return what a product costs in a size."""
        card = self.sizes.get((product_id, size))
        if card is None:
            return self.cost(product_id)
        plain = [Part(one, gross, gross) for one, gross in self.parts.get(product_id, ())]
        if not plain and not card.own:
            cost, much = self.cost(product_id)
            return cost * card.factor, much * ONE
        recipe = sized(Recipe(self.outputs[product_id], plain), card)
        return self._made([(one.ingredient_id, one.gross) for one in recipe.parts], recipe.output)

    def _made(self, parts: Sequence[tuple[int, int]], output: int) -> Pair:
        total, common, known = 0, 1, self.known
        for ingredient, gross in parts:
            pair = known.get(ingredient)
            if pair is None:
                pair = known[ingredient] = _reduced(self.cost(ingredient))
            cost, much = pair
            if much != common:
                wider = lcm(common, much)
                total *= wider // common
                cost *= wider // much
                common = wider
            total += gross * cost
        return total, common * output

    def cost_and_margin(
        self, product_id: int, unit: Unit, sold: VariantRow | None, tax: tuple[int, bool]
    ) -> tuple[int, int | None]:
        """Return what a whole unit of a product costs, and the margin of a size without tax."""
        cost, much = self.cost(product_id)
        whole = rounded(cost * unit.whole, much)
        if sold is None:
            return whole, None
        if self.sizes:
            cost, much = self.cost_of_size(product_id, sold.name)
        net, _ = tax_of(sold.price_minor, tax[0], included=tax[1])
        if net <= 0:
            return whole, None
        return whole, rounded((net * much - cost * ONE) * FULL_BP, net * much)


def _reduced(pair: Pair) -> Pair:
    shared = gcd(*pair)
    return (pair[0] // shared, pair[1] // shared) if shared > 1 else pair
