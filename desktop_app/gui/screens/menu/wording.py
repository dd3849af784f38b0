"""The words of the menu's screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.gui.format import quantity
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.kernel.words import Message, msg
from desktop_app.menu.kinds import UNIT_TITLES, WHOLE_TITLES, Unit
from desktop_app.menu.records import CategoryRow

FIELDS: Mapping[str, Message] = {
    "name": msg("Name"),
    "kind": msg("Kind"),
    "unit": msg("Measured in"),
    "category_id": msg("Category"),
    "station_id": msg("Station"),
    "barcode": msg("Barcode"),
    "cost_minor": msg("Cost"),
    "tax_bp": msg("Tax (%)"),
    "tax_included": msg("The price has the tax inside"),
    "service_charge": msg("Service charge is added"),
    "discountable": msg("Discounts are allowed"),
    "made_ahead": msg("Made ahead and kept in a storage"),
    "low_stock": msg("Low stock below"),
    "wished_stock": msg("Buy up to"),
    "gov_code": msg("Code of the tax office"),
    "shelf_days": msg("Keeps for (days)"),
    "cooking_minutes": msg("Takes to make (minutes)"),
    "allergens": msg("Allergens"),
    "note": msg("Note"),
    "active": msg("In use"),
    "output": msg("One recipe makes"),
    "recipe": msg("Technical card"),
    "choices": msg("Choices"),
    "sizes": msg("What sizes take"),
    "terms": msg("How time is counted"),
}
"""What each field of a product is called."""

_DEEP = 16


def state_mood(*, active: bool, stopped: int | None) -> Mood:
    """Return the badge of a product: whether it can be had."""
    if not active:
        return Mood(tr("Archived"), "mute", "archive")
    if stopped is None:
        return Mood(tr("In use"), "ok")
    if stopped == 0:
        return Mood(tr("Stop"), "bad")
    return Mood(tr("{count} left", count=quantity(stopped, language())), "warn")


def unit_title(unit: Unit) -> str:
    """Return a unit in short: g, ml, pcs."""
    return say(UNIT_TITLES[unit])


def whole_title(unit: Unit) -> str:
    """Return what costs are said for: kg, l, piece."""
    return say(WHOLE_TITLES[unit])


def category_paths(categories: Sequence[CategoryRow]) -> list[tuple[int, str]]:
    """Return the categories with the way to each, in their order: `Drinks › Hot drinks`."""
    rows = {one.id: one for one in categories}

    def way(one: CategoryRow) -> list[str]:
        names: list[str] = []
        current: CategoryRow | None = one
        while current is not None and len(names) < _DEEP:
            names.insert(0, current.name)
            current = rows.get(current.parent_id) if current.parent_id is not None else None
        return names

    inside: dict[int | None, list[CategoryRow]] = {}
    for one in categories:
        parent = one.parent_id if one.parent_id in rows else None
        inside.setdefault(parent, []).append(one)
    found: list[tuple[int, str]] = []
    waiting = list(reversed(inside.get(None, [])))
    while waiting:
        one = waiting.pop()
        found.append((one.id, " › ".join(way(one))))
        waiting.extend(reversed(inside.get(one.id, [])))
    return found


def insides(categories: Sequence[CategoryRow]) -> Mapping[int, frozenset[int]]:
    """Return of each category itself and every one inside it."""
    parents = {one.id: one.parent_id for one in categories}
    found: dict[int, set[int]] = {one.id: {one.id} for one in categories}
    for one in categories:
        above = one.parent_id
        for _ in range(_DEEP):
            if above is None or above not in found:
                break
            found[above].add(one.id)
            above = parents[above]
    return {id_: frozenset(some) for id_, some in found.items()}
