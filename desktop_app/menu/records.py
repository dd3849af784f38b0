"""What the menu slice gives to and takes from the outside.

Money is minor units of the venue, quantities are thousandths of the product's unit, taxes are
hundredths of a per cent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.rules import Part, Recipes
from desktop_app.menu.sizes import SizeCard
from desktop_app.menu.timed import HOURLY, TimedTerms


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A size or kind of a product and its price; the plain one has an empty name."""

    name: str
    price_minor: int
    factor: int = 1000
    """How many thousandths of the product's card it takes."""
    active: bool = True
    """Whether it is still sold."""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One line of the menu list.

    `cost_minor` is for a kilogram, litre or piece, through the recipe where there is one;
    `margin_bp` is of the least price of its variants, without tax. `stopped` is what may still be
    sold of something on the stop list.
    """

    id: int
    name: str
    category: str
    active: bool
    variants: Sequence[VariantRow]
    kind: ProductKind = ProductKind.DISH
    unit: Unit = Unit.PIECE
    cost_minor: int = 0
    margin_bp: int | None = None
    stopped: int | None = None
    barcode: str = ""
    station: str = ""
    category_id: int | None = None


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """A product found by its name or barcode."""

    id: int
    name: str
    kind: ProductKind


@dataclass(frozen=True, slots=True)
class MenuFilter:
    """Which products to list: words of the name or the barcode, kinds, category, only stopped."""

    text: str = ""
    kinds: frozenset[ProductKind] = frozenset()
    category_id: int | None = None
    only_stopped: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ProductForm:
    """What can be said of a product besides its prices.

    `output` is how much one recipe makes. Recipes belong to dishes, timed items and preparations.
    """

    name: str
    kind: ProductKind = ProductKind.DISH
    unit: Unit = Unit.PIECE
    category_id: int | None = None
    station_id: int | None = None
    barcode: str = ""
    cost_minor: int = 0
    tax_bp: int = 0
    tax_included: bool = True
    service_charge: bool = True
    discountable: bool = True
    made_ahead: bool = False
    low_stock: int | None = None
    allergens: Sequence[str] = ()
    note: str = ""
    active: bool = True
    output: int = 1000
    recipe: Sequence[Part] = ()
    choices: Sequence[int] = ()
    """The groups of choices offered with it, in their order."""
    sizes: Sequence[SizeCard] = ()
    """The sizes that take something else than the card says, by name."""
    terms: TimedTerms = HOURLY
    """How the time of a timed item is counted."""
    wished_stock: int | None = None
    """Up to how much of it one buys, where it is running out."""
    gov_code: str = ""
    shelf_days: int = 0
    cooking_minutes: int = 0


@dataclass(frozen=True, slots=True)
class SizeCost:
    """What one of a product costs in a size, and its margin without tax."""

    name: str
    cost_minor: int
    margin_bp: int | None


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price as it became; `old_minor` is None for the first one, `new_minor` where it went."""

    at: datetime
    variant: str
    price_list: str
    old_minor: int | None
    new_minor: int | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A line of a technical card with what it costs (minor units, exact to a millionth)."""

    ingredient_id: int
    name: str
    unit: Unit
    net: int
    gross: int
    cost_minor: float
    is_made: bool


@dataclass(frozen=True, slots=True)
class TakenRow:
    """What one of a product takes from the storage of something, in whole thousandths."""

    ingredient_id: int
    name: str
    unit: Unit
    gross: int


@dataclass(frozen=True, slots=True)
class Used:
    """A product that takes another one by its recipe."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ProductCard:
    """Everything about one product. `version` goes back with a change."""

    id: int
    version: int
    form: ProductForm
    variants: Sequence[VariantRow]
    parts: Sequence[PartRow]
    history: Sequence[PriceRow]
    used_in: Sequence[Used]
    cost_minor: int
    margin_bp: int | None
    stopped: int | None
    list_prices: Sequence[tuple[int, str, int]] = field(default_factory=tuple)
    """Price list, variant and price, where one differs."""
    size_costs: Sequence[SizeCost] = ()


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A group of the menu with how many products lie directly in it."""

    id: int
    name: str
    parent_id: int | None
    color: str
    place: int
    products: int


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A station or a price list."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ChoiceForm:
    """One thing to choose; `quantity` of `ingredient_id` is taken from the storage with it."""

    name: str
    price_minor: int = 0
    ingredient_id: int | None = None
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """A choice at the table: at least so many of these, and at most so many."""

    id: int
    name: str
    min_select: int
    max_select: int
    choices: Sequence[ChoiceForm]
    version: int = 1
    follows_size: bool = False
    """Whether a size takes its factor of what a choice takes."""


@dataclass(frozen=True, slots=True)
class SaleProduct:
    """A product as it can be sold: its sizes at the menu's price, and what can be chosen with it.

    `left` is what may still be sold of something on the stop list; `terms` are of timed items.
    """

    id: int
    name: str
    kind: ProductKind
    unit: Unit
    category: str
    barcode: str
    tax_bp: int
    tax_included: bool
    service_charge: bool
    discountable: bool
    sizes: Sequence[VariantRow]
    choices: Sequence[ChoiceGroup] = ()
    left: int | None = None
    terms: TimedTerms | None = None


@dataclass(frozen=True, slots=True)
class LinePrice:
    """What one of a product costs on a receipt: its price, that of its choices, and both.

    `said` is what was chosen, as the receipt keeps it; `list_name` is empty for the menu's price.
    """

    price_minor: int
    choices_minor: int
    said: str
    list_name: str = ""

    @property
    def unit_minor(self) -> int:
        """Return the price of one with what was chosen."""
        return self.price_minor + self.choices_minor


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What an editor needs to compute a card as one types: every product's cost and recipe."""

    names: Mapping[int, str]
    units: Mapping[int, Unit]
    costs: Mapping[int, Fraction]
    """Minor units for one thousandth of the unit, through recipes."""
    recipes: Recipes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbench:
    """Everything an editor of products offers to choose from, of one moment."""

    ingredients: Ingredients
    categories: Sequence[CategoryRow]
    stations: Sequence[NamedRow]
    choices: Sequence[ChoiceGroup]
    price_lists: Sequence[NamedRow]
