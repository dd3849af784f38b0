"""The list of what there is."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.exports.shown import export_shown_stock
from desktop_app.gui.format import moment, money
from desktop_app.gui.lists.bar import Asked, Choice
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.stock.past import StockAsked, StockBar
from desktop_app.gui.screens.stock.wording import (
    DASH,
    amount_of,
    lined_up,
    money_of,
    stock_mood,
    unit_of,
)
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.menu.kinds import KIND_TITLES, WHOLE_TITLES, ProductKind
from desktop_app.stock.operations import list_stock
from desktop_app.stock.records import StockRow
from desktop_app.venue.records import Today

TABLES = frozenset({"stock_level", "product"})


class StockList(ListPage[StockRow, StockAsked]):
    """Shows how much there is of each product, or was, and what it is worth."""

    def __init__(self, shell: Shell, today: Today) -> None:
        currency = today.venue.currency
        kinds = [kind for kind in ProductKind if kind.is_stocked]
        bar = StockBar(
            [

                Choice("state", tr("State"), [("low", tr("Running out")),
                                              ("negative", tr("Below nothing"))]),
                Choice("kind", tr("Kind"), [(one.value, say(KIND_TITLES[one])) for one in kinds],
                       tr("Every kind")),
            ],
            today,
        )  # fmt: skip
        columns = _columns(currency)
        source: WholeQuery[StockRow, StockAsked] = WholeQuery(
            shell.bridge, shell, columns, list_stock, fits, of=lambda asked: (asked.moment,)
        )
        super().__init__(shell, _look(columns, currency), bar, source)
        self._local = today.venue.time.local
        if self.shown is not None:
            self.shown.named = self._named

    def _named(self) -> str:
        """Return what a file of the list is called: stock of the past says of when it is."""
        if self.listed is None or self.listed.at is None:
            return tr("Stock")
        return f"{tr('Stock as it was at')}: {moment(self._local(self.listed.at), language())}"


def fits(row: StockRow, asked: Asked) -> bool:
    """Tell whether a product is listed."""
    state, kind = asked.of("state"), asked.of("kind")
    if (state == "low" and not row.is_low) or (state == "negative" and not row.is_negative):
        return False
    if kind and row.kind.value != kind:
        return False
    return matches(asked.text, row.name, row.category)


def _columns(currency: str) -> list[Column[StockRow]]:
    def cost(row: StockRow) -> str:
        if not row.whole_cost_minor:
            return DASH
        whole = say(WHOLE_TITLES[row.unit])
        return f"{money(row.whole_cost_minor, currency, language())} / {whole}"

    return [
        Column(
            tr("Product"), lambda row: row.name, 260, "strong", stretch=True, sort="name",
            sort_value=lambda row: fold(row.name),
        ),
        Column(
            tr("Category"), lambda row: row.category or DASH, 150, "dim", sort="category",
            sort_value=lambda row: fold(row.category),
        ),
        Column(
            tr("Kind"), lambda row: say(KIND_TITLES[row.kind]), 130, "dim", sort="kind",
            sort_value=lambda row: say(KIND_TITLES[row.kind]),
        ),
        Column(
            tr("State"), lambda row: stock_mood(row).text, 140, "badge", mood=stock_mood,
            sort="state", sort_value=lambda row: (not row.is_negative, not row.is_low),
        ),
        Column(
            tr("Quantity"), lambda row: lined_up(row.quantity, row.unit), 120, "number",
            sort="quantity", raw=lambda row: amount_of(row.quantity, row.unit),
            sort_value=lambda row: row.quantity * 1000 // row.unit.whole,
        ),
        Column(tr("Unit"), lambda row: unit_of(row.unit), 74, "dim", key="unit"),
        Column(
            tr("Cost"), cost, 140, "money", sort="cost",
            sort_value=lambda row: row.whole_cost_minor or 0,
        ),
        Column(
            tr("Value"), lambda row: money_of(row.value_minor, currency), 130, "money",
            sort="value", sort_value=lambda row: row.value_minor or 0,
            raw=lambda row: major(row.value_minor or 0, currency),
        ),
    ]  # fmt: skip


def _look(columns: Sequence[Column[StockRow]], currency: str) -> ListLook[StockRow]:
    def total(rows: Sequence[StockRow]) -> str:
        value = sum(row.value_minor or 0 for row in rows)
        return tr("worth {amount}", amount=money_of(value, currency))

    return ListLook(
        "stock",
        tr("Stock"),
        columns,
        TABLES,
        EmptyState(
            "list-filter",
            tr("Nothing fits"),
            tr("There is stock, but nothing of this name, kind and state."),
            tr("Show all stock"),
        ),
        EmptyState(
            "package",
            tr("Nothing to keep in stock yet"),
            tr("Add ingredients and goods to the menu; then enter the first supply."),
        ),
        lambda n, shown: ntr("{shown} product", "{shown} products", n, shown=shown),
        total=total,
        shown=export_shown_stock,
    )
