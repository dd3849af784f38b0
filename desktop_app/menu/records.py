"""What the menu slice gives to the outside. Money is minor units of the venue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A size or kind of a product and its price."""

    name: str
    price_minor: int


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One line of the menu list."""

    id: int
    name: str
    category: str
    active: bool
    variants: Sequence[VariantRow]
