"""What an editor says while one types is what the store says once it is stored."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.live import branches, figures, line_cost, size_figures
from desktop_app.menu.records import Ingredients, ProductForm
from desktop_app.menu.rules import Part, Recipe, margin_bp, tax_of, tree_cost
from desktop_app.menu.sizes import SizeCard

FLOUR, SALT, DOUGH, BREAD = 1, 2, 3, 4
_QUANTITY = st.integers(1, 10**9)


def known(costs: dict[int, Fraction], recipes: dict[int, Recipe]) -> Ingredients:
    names = {FLOUR: "Un", SALT: "Duz", DOUGH: "Xəmir", BREAD: "Çörək"}
    units = {FLOUR: Unit.GRAM, SALT: Unit.GRAM, DOUGH: Unit.GRAM, BREAD: Unit.PIECE}
    through = {one: tree_cost(recipes, costs, one) for one in names}
    return Ingredients(names, units, through, recipes)


@given(
    amounts=st.tuples(_QUANTITY, _QUANTITY, _QUANTITY, _QUANTITY),
    costs=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    price=st.integers(0, 10**7),
    tax_bp=st.integers(0, 10_000),
    included=st.booleans(),
)
def test_live_figures_are_the_stored_ones(
    amounts: tuple[int, int, int, int],
    costs: tuple[int, int],
    price: int,
    tax_bp: int,
    included: bool,
) -> None:
    flour, salt, dough, output = amounts
    base = {FLOUR: Fraction(costs[0], 10**6), SALT: Fraction(costs[1], 10**6)}
    below = {DOUGH: Recipe(output, [Part(FLOUR, flour, flour)])}
    parts = (Part(DOUGH, dough, dough), Part(SALT, salt, salt))
    form = ProductForm("Çörək", tax_bp=tax_bp, tax_included=included, recipe=parts)
    found = figures(known(base, below), form, price)
    stored = tree_cost({**below, BREAD: Recipe(1000, parts)}, base, BREAD)
    assert found.whole_minor == round(stored * 1000)
    net, _ = tax_of(price, tax_bp, included=included)
    assert found.margin_bp == margin_bp(net, stored * 1000)
    assert found.price_minor == net
    assert (found.gross, found.net) == (dough + salt, dough + salt)


@given(flour=_QUANTITY, dough=_QUANTITY, output=_QUANTITY, cost=st.integers(0, 10**6))
def test_what_is_inside_a_preparation_costs_what_it_costs(
    flour: int, dough: int, output: int, cost: int
) -> None:
    book = known({FLOUR: Fraction(cost, 10**6)}, {DOUGH: Recipe(output, [Part(FLOUR, 1, flour)])})
    part = Part(DOUGH, dough, dough)
    (inside,) = branches(book, part)
    assert inside.cost_minor == line_cost(book, part)
    assert inside.gross == Fraction(dough * flour, output)
    assert branches(book, Part(FLOUR, 1, 1)) == []


def test_what_is_bought_costs_what_was_entered() -> None:
    form = ProductForm("Un", ProductKind.INGREDIENT, Unit.GRAM, cost_minor=120)
    found = figures(known({}, {}), form, None)
    assert (found.whole_minor, found.margin_bp, found.yield_bp) == (120, None, None)


def test_a_card_tells_how_much_is_left_of_what_is_taken() -> None:
    form = ProductForm("Salat", recipe=(Part(FLOUR, 75_000, 100_000), Part(BREAD, 1000, 1000)))
    assert figures(known({}, {}), form, 100).yield_bp == 7500


@given(
    grosses=st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
    costs=st.lists(st.fractions(0, 10**6), min_size=6, max_size=6),
    output=_QUANTITY,
)
def test_what_is_remembered_between_products_changes_no_cost(
    grosses: list[int], costs: list[Fraction], output: int
) -> None:
    base = {10 + at: cost for at, cost in enumerate(costs)}
    parts = [Part(10 + at, gross, gross) for at, gross in enumerate(grosses)]
    recipes = {1: Recipe(output, parts), 2: Recipe(output, [Part(1, 7, 7), Part(10, 3, 3)])}
    remembered: dict[int, Fraction] = {}
    one = tree_cost(recipes, base, 1, remembered)
    assert one == sum(g * c for g, c in zip(grosses, costs, strict=False)) / Fraction(output)
    assert tree_cost(recipes, base, 2, remembered) == tree_cost(recipes, base, 2)


def test_a_size_costs_live_what_its_card_costs() -> None:
    known = Ingredients({2: "Qəhvə", 3: "Süd"}, {}, {2: Fraction(1, 10), 3: Fraction(1, 100)})
    form = ProductForm("Kofe", recipe=(Part(2, 18_000, 18_000), Part(3, 100_000, 100_000)))
    large = SizeCard("böyük", 2000, (Part(2, 18_000, 18_000),))
    assert figures(known, form, None).whole_minor == 1800 + 1000
    found = size_figures(known, form, large, 10_000)
    assert (found.whole_minor, found.margin_bp) == (1800 + 2000, 6200)
    bought = ProductForm("Su", ProductKind.GOODS, cost_minor=40)
    assert size_figures(known, bought, SizeCard("6-lıq", 6000), None).whole_minor == 240
