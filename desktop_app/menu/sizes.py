"""What a size takes: its own quantities where they are said, else the product's by a factor. Pure.

“Large” may take twice of everything (factor 2), or the same coffee and 300 ml of milk, or a cup
that the others do not: an ingredient with a quantity of its own is not multiplied, one of nothing
is left out, one that the product's card does not have is taken besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import msg
from desktop_app.menu.rules import LIMIT_QUANTITY, Part, Recipe

LIMIT_FACTOR = 1_000_000
"""A thousand times a product is a typing error."""


@dataclass(frozen=True, slots=True)
class SizeCard:
    """A size with what it takes: `factor` in thousandths, and its own quantities."""

    name: str
    factor: int = ONE
    own: Sequence[Part] = ()

    @property
    def is_plain(self) -> bool:
        """Tell whether it takes just what the product's card says."""
        return self.factor == ONE and not self.own


def sized(recipe: Recipe, size: SizeCard) -> Recipe:
    """Return the card of a size, exactly: the factor goes into what the recipe makes."""
    own = {part.ingredient_id: part for part in size.own}
    parts = [
        _times(own.pop(part.ingredient_id), ONE)
        if part.ingredient_id in own
        else _times(part, size.factor)
        for part in recipe.parts
    ]
    parts.extend(_times(part, ONE) for part in own.values())
    return Recipe(recipe.output * ONE, [part for part in parts if part.gross])


def _times(part: Part, factor: int) -> Part:
    return Part(part.ingredient_id, part.net * factor, part.gross * factor)


def check_sizes(sizes: Iterable[SizeCard]) -> Sequence[SizeCard]:
    """Return sizes as they are stored: those that differ from the product, by name.

    InvalidError says which cannot be.
    """
    kept: dict[str, SizeCard] = {}
    for size in sizes:
        if size.name in kept:
            raise InvalidError(
                msg("The size “{size}” stands here twice.", size=size.name), field="sizes"
            )
        if not 0 < size.factor <= LIMIT_FACTOR:
            raise InvalidError(
                msg("“{size}”: the factor is above nothing and at most 1000.", size=size.name),
                field="sizes",
            )
        kept[size.name] = size
        _check_own(size)
    plain = [name for name, size in kept.items() if size.is_plain]
    return [kept[name] for name in sorted(kept) if name not in plain]


def _check_own(size: SizeCard) -> None:
    ids = [part.ingredient_id for part in size.own]
    if len(set(ids)) != len(ids):
        raise InvalidError(
            msg("“{size}”: an ingredient stands here twice.", size=size.name), field="sizes"
        )
    for part in size.own:
        if not 0 <= part.net <= part.gross <= LIMIT_QUANTITY:
            raise InvalidError(
                msg("“{size}”: net is at most gross.", size=size.name),
                field="sizes",
                hint=msg("Gross is what is taken from the storage, net what is left of it."),
            )
