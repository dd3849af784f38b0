"""Writing the menu of the demonstration: products, cards, prices, choices, the stop list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from desktop_app.db.transaction import Transaction
from desktop_app.demo.cards import BOUGHT, PREPARED, Item, Question, items, questions, stations
from desktop_app.demo.menu import Portion, dishes
from desktop_app.kernel.clock import millis
from desktop_app.kernel.quantity import ONE
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.tables import (
    Category,
    ListPrice,
    Modifier,
    ModifierGroup,
    PriceChange,
    PriceList,
    Product,
    ProductModifiers,
    ProductVariant,
    RecipeLine,
    SizePart,
    Station,
    StopEntry,
)

_KITCHEN, _DRINKS, _STORE = "Mətbəx", "İçkilər", "Anbar"
_DRINK_CATEGORIES = {"Sərinləşdirici içkilər", "Çay və qəhvə", "Bar"}
_TAX_BP = 1800
AHEAD = frozenset({"Xəmir"})
"""What is made each Monday and lies in the storage until a dish takes it."""
_HALL, _HALL_PRICE = "Banket zalı, 1 saat", 4_000
_DELIVERY, _DELIVERED = "Çatdırılma", {"Plovlar", "Kabablar", "Xəmir yeməkləri", "Salatlar"}
_CHANGE = ("id", "product_id", "variant", "list_id", "old_minor", "new_minor", "at")
_DEAR, _VERY_DEAR = 1_000, 20_000
_HAPPY, _BAR = "Xoş saat", "Bar"
_TIMES = {
    ("Stəkan", "Dolça 1 l"): 4_000, ("Stəkan", "Çaynik"): 3_000, ("0,33 l", "1 l"): 3_000,
    ("Kiçik", "Böyük"): 1_800, ("2 kürə", "3 kürə"): 1_500, ("50 ml", "0,5 l"): 10_000,
    ("Qədəh", "Şüşə"): 5_000,
}  # fmt: skip
"""How many times the card of the first size another one takes."""
_OF_ITS_OWN = {("Kabab çeşidi", "4 nəfərlik", "Lavaş"): 3_000}
_CHOSEN = {Unit.PIECE: 1_000, Unit.MILLILITRE: 150_000, Unit.GRAM: 10_000}
"""How much one answer takes of what it is."""
_STOPPED = {"Nərə kababı": 0, "Meyvə boşqabı": 6_000}
_PRICED_BEFORE, _RAISED_BEFORE = timedelta(days=760), timedelta(days=400)


def write_menu(tx: Transaction, venue_id: int, until: datetime) -> int:
    """Add the whole menu and return how many products that were."""
    categories = _write_categories(tx, venue_id)
    places = _write_stations(tx, venue_id)
    numbers = {one.name: tx.ids.one() for one in items()}
    for one in items():
        tx.add(_product(one, numbers[one.name], venue_id, categories, places))
    hall = tx.ids.one()
    tx.add(
        Product(
            id=hall, venue_id=venue_id, name=_HALL, kind=ProductKind.TIMED,
            category_id=categories[_KITCHEN], tax_bp=_TAX_BP, step_minutes=30, least_minutes=60,
        )
    )  # fmt: skip
    tx.import_rows(
        RecipeLine,
        ("product_id", "line_no", "ingredient_id", "net", "gross"),
        [
            (numbers[one.name], at, numbers[part.name], part.net, part.gross)
            for one in items()
            for at, part in enumerate(one.parts, 1)
        ],
    )
    _write_prices(tx, numbers, hall, until)
    _write_delivery(tx, venue_id, numbers, until)
    _write_happy_hour(tx, venue_id, numbers, until)
    for question in questions():
        _write_question(tx, venue_id, question, numbers)
    for name, remaining in _STOPPED.items():
        tx.add(StopEntry(product_id=numbers[name], remaining=remaining, since=until))
    tx.about("demonstration", products=len(numbers) + 1)
    return len(numbers) + 1


def _write_categories(tx: Transaction, venue_id: int) -> Mapping[str, int]:
    """Add the categories in two levels: kitchen, drinks and what lies in the storage."""
    names = dict.fromkeys(one.category for one in items())
    above = {name: _above(name) for name in names}
    inside = dict(sorted(above.items(), key=lambda one: one[1] == _STORE))
    found: dict[str, int] = {}
    for place, name in enumerate([_KITCHEN, _DRINKS, _STORE, *inside]):
        found[name] = tx.ids.one()
        parent = found[inside[name]] if name in inside else None
        tx.add(
            Category(id=found[name], venue_id=venue_id, name=name, place=place, parent_id=parent)
        )
    return found


def _above(category: str) -> str:
    if category in {BOUGHT, PREPARED}:
        return _STORE
    return _DRINKS if category in _DRINK_CATEGORIES else _KITCHEN


def _write_stations(tx: Transaction, venue_id: int) -> Mapping[str, int]:
    """Add the stations and return which one a category is made at."""
    found: dict[str, int] = {}
    for name, categories in stations().items():
        number = tx.ids.one()
        tx.add(Station(id=number, venue_id=venue_id, name=name))
        found.update(dict.fromkeys(categories, number))
    return found


def _product(
    one: Item, number: int, venue_id: int, categories: Mapping[str, int], places: Mapping[str, int]
) -> Product:
    return Product(
        id=number, venue_id=venue_id, name=one.name, kind=one.kind, unit=one.unit,
        category_id=categories[one.category], station_id=places.get(one.category),
        cost_minor=one.cost_minor, output=one.output, allergens=one.allergens,
        tax_bp=_TAX_BP if one.kind.is_sold else 0,
        low_stock=low_of(one), wished_stock=(low_of(one) or 0) * 4 or None,
        made_ahead=one.name in AHEAD,
    )  # fmt: skip


def low_of(one: Item) -> int | None:
    """Return below how much something should be bought again: less of what is dear."""
    if one.kind not in {ProductKind.GOODS, ProductKind.INGREDIENT}:
        return None
    if one.cost_minor >= _VERY_DEAR:
        return one.unit.whole // 100
    return one.unit.whole if one.cost_minor >= _DEAR else 5 * one.unit.whole


def _write_prices(tx: Transaction, numbers: Mapping[str, int], hall: int, until: datetime) -> None:
    """Add the prices; each was lower once, before the year of the demonstration."""
    prices = [
        (numbers[portion.name], portion.variant, portion.price_minor)
        for dish in dishes()
        for portion in dish.portions
    ]
    prices.append((hall, "", _HALL_PRICE))
    factors = {
        (numbers[portion.name], portion.variant): _factor(dish.portions[0], portion)
        for dish in dishes()
        for portion in dish.portions
    }
    tx.import_rows(
        ProductVariant,
        ("product_id", "name", "price_minor", "factor"),
        [(*one, factors.get((one[0], one[1]), ONE)) for one in prices],
    )
    tx.import_rows(
        SizePart,
        ("product_id", "variant", "ingredient_id", "net", "gross"),
        [
            (numbers[dish], size, numbers[part], much, much)
            for (dish, size, part), much in _OF_ITS_OWN.items()
        ],
    )
    first, raised = millis(until - _PRICED_BEFORE), millis(until - _RAISED_BEFORE)
    history: list[tuple[int, int, str, None, int | None, int, int]] = []
    for product_id, variant, price in prices:
        before = price * 9 // 10 // 10 * 10
        history.append((tx.ids.one(), product_id, variant, None, None, before, first))
        history.append((tx.ids.one(), product_id, variant, None, before, price, raised))
    tx.import_rows(PriceChange, _CHANGE, history)


def _write_delivery(
    tx: Transaction, venue_id: int, numbers: Mapping[str, int], until: datetime
) -> None:
    """Add a price list for deliveries: a tenth more for what travels well."""
    number = tx.ids.one()
    tx.add(PriceList(id=number, venue_id=venue_id, name=_DELIVERY, place=1, sale_type=_DELIVERY))
    prices = [
        (number, numbers[one.name], one.variant, one.price_minor * 11 // 10)
        for dish in dishes()
        for one in dish.portions
        if one.category in _DELIVERED
    ]
    tx.import_rows(ListPrice, ("list_id", "product_id", "variant", "price_minor"), prices)
    since = millis(until - _RAISED_BEFORE)
    changes = [
        (tx.ids.one(), product_id, variant, number, None, price, since)
        for _, product_id, variant, price in prices
    ]
    tx.import_rows(PriceChange, _CHANGE, changes)


def _write_happy_hour(
    tx: Transaction, venue_id: int, numbers: Mapping[str, int], until: datetime
) -> None:
    """Add a price list for the bar on weekdays before dinner: a fifth less."""
    number = tx.ids.one()
    tx.add(
        PriceList(
            id=number, venue_id=venue_id, name=_HAPPY, place=2, weekdays=0b11111,
            from_minute=17 * 60, until_minute=19 * 60,
        )
    )  # fmt: skip
    prices = [
        (number, numbers[one.name], one.variant, one.price_minor * 8 // 10)
        for dish in dishes()
        for one in dish.portions
        if one.category == _BAR
    ]
    tx.import_rows(ListPrice, ("list_id", "product_id", "variant", "price_minor"), prices)
    since = millis(until - _RAISED_BEFORE)
    changes = [
        (tx.ids.one(), product_id, variant, number, None, price, since)
        for _, product_id, variant, price in prices
    ]
    tx.import_rows(PriceChange, _CHANGE, changes)


def _factor(first: Portion, portion: Portion) -> int:
    """Return how much of the card a size takes: the card is that of the first one."""
    if portion.serves != first.serves:
        return portion.serves * ONE // first.serves
    return _TIMES.get((first.variant, portion.variant), ONE)


def _write_question(
    tx: Transaction, venue_id: int, question: Question, numbers: Mapping[str, int]
) -> None:
    number = tx.ids.one()
    units = {one.name: one.unit for one in items()}
    tx.add(
        ModifierGroup(
            id=number, venue_id=venue_id, name=question.name, min_select=question.least,
            max_select=question.most,
        )
    )  # fmt: skip
    for line, (answer, price) in enumerate(question.answers, 1):
        taken = numbers.get(answer)
        tx.add(
            Modifier(
                group_id=number, line_no=line, name=answer, price_minor=price,
                ingredient_id=taken, quantity=_CHOSEN[units[answer]] if taken else 0,
            )
        )  # fmt: skip
    for one in items():
        if one.kind.is_sold and (one.category in question.of or one.name in question.of):
            tx.add(ProductModifiers(product_id=numbers[one.name], group_id=number, place=0))
