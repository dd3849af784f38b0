"""What the list shows of a product."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPixmap

from desktop_app.gui.format import amount, money, share
from desktop_app.gui.screens.menu.wording import state_mood, whole_title
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.menu.kinds import KIND_TITLES
from desktop_app.menu.records import ProductRow

_DASH = "–"


def mood_of(row: ProductRow) -> Mood:
    """Return the badge of a line."""
    return state_mood(active=row.active, stopped=row.stopped)


def prices_of(row: ProductRow, currency: str) -> str:
    """Return the price of a product, or from which to which its sizes go."""
    if not row.variants or not row.kind.is_sold:
        return _DASH
    least = min(one.price_minor for one in row.variants)
    most = max(one.price_minor for one in row.variants)
    spoken = language()
    cheapest, dearest = money(least, currency, spoken), money(most, currency, spoken)
    if least == most:
        return dearest
    if cheapest[:1].isdigit():  # the sign of the currency stands once: at the end, or before both
        cheapest = amount(least, currency, spoken)
    else:
        dearest = amount(most, currency, spoken)
    return f"{cheapest} – {dearest}"


def menu_columns(
    currency: str, picture: Callable[[ProductRow], QPixmap | None] | None = None
) -> list[Column[ProductRow]]:
    """Return the columns of the list; `picture` gives the photo beside a name."""
    spoken = language()

    def cost(row: ProductRow) -> str:
        if not row.cost_minor:
            return _DASH
        return f"{money(row.cost_minor, currency, spoken)} / {whole_title(row.unit)}"

    def margin(row: ProductRow) -> str:
        known = row.margin_bp is not None and row.cost_minor and row.kind.is_sold
        return share(row.margin_bp or 0, spoken) if known else _DASH

    def least(row: ProductRow) -> int:
        return min((one.price_minor for one in row.variants), default=-1)

    return [
        Column(
            tr("Name"), lambda row: row.name, 250, "strong", stretch=True, sort="name",
            sort_value=lambda row: fold(row.name), picture=picture,
        ),
        Column(
            tr("Category"), lambda row: row.category or _DASH, 150, sort="category",
            sort_value=lambda row: fold(row.category),
        ),
        Column(
            tr("Kind"), lambda row: say(KIND_TITLES[row.kind]), 128, "dim", sort="kind",
            sort_value=lambda row: say(KIND_TITLES[row.kind]),
        ),
        Column(
            tr("State"), lambda row: mood_of(row).text, 148, "badge", mood=mood_of, sort="state",
            sort_value=lambda row: mood_of(row).text,
        ),
        Column(
            tr("Price"), lambda row: prices_of(row, currency), 150, "money", sort="price",
            raw=lambda row: "; ".join(major(one.price_minor, currency) for one in row.variants),
            sort_value=least,
        ),
        Column(
            tr("Cost"), cost, 140, "money", sort="cost",
            raw=lambda row: major(row.cost_minor, currency), sort_value=lambda row: row.cost_minor,
        ),
        Column(
            tr("Margin"), margin, 90, "number", sort="margin",
            sort_value=lambda row: row.margin_bp if row.margin_bp is not None else -(10**9),
        ),
        Column(tr("Station"), lambda row: row.station or _DASH, 110, "dim", key="station"),
    ]  # fmt: skip
