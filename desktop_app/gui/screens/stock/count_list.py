"""The list of stock-takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop_app.exports.shown import export_shown_stock
from desktop_app.gui.format import moment
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.stock.wording import DASH, count_mood
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column
from desktop_app.stock.counting import hand_in_count, list_counts
from desktop_app.stock.kinds import COUNT_STATES
from desktop_app.stock.records import CountRow

TABLES = frozenset({"stock_count", "stock_count_line"})


class CountList(ListPage[CountRow, Asked]):
    """Shows the stock-takes; `count` begins one."""

    def __init__(self, shell: Shell, local: Callable[[datetime], datetime]) -> None:
        self.count_button = button(tr("Count…"), "scale", "primary")
        allow(self.count_button, shell.bridge.why_not(hand_in_count))
        states = [(state.value, say(title)) for state, title in COUNT_STATES.items()]
        columns: list[Column[CountRow]] = [
            Column(
                tr("Time"), lambda row: moment(local(row.at), language()), 180, "strong",
                sort="at", sort_value=lambda row: row.at,
            ),
            Column(
                tr("Storage"), lambda row: row.storage, 200, sort="storage",
                sort_value=lambda row: row.storage,
            ),
            Column(
                tr("State"), lambda row: count_mood(row).text, 180, "badge", mood=count_mood,
                sort="state", sort_value=lambda row: row.state.value,
            ),
            Column(tr("Products"), lambda row: str(row.lines), 100, "number", key="lines"),
            Column(tr("Note"), lambda row: row.note or DASH, 260, "dim", stretch=True, key="note"),
        ]  # fmt: skip
        look = ListLook(
            "stock_counts",
            tr("Stock-takes"),
            columns,
            TABLES,
            EmptyState(
                "list-filter",
                tr("Nothing fits"),
                tr("There are stock-takes, but none in this state."),
                tr("Show all stock-takes"),
            ),
            EmptyState(
                "scale",
                tr("Nothing was counted yet"),
                tr("Count a storage: who counts does not see how much there should be."),
            ),
            lambda n, shown: ntr("{shown} stock-take", "{shown} stock-takes", n, shown=shown),
            shown=export_shown_stock,
        )
        bar = FilterBar(tr("Storage or note"), [Choice("state", tr("State"), states)])
        source = WholeQuery(shell.bridge, shell, columns, list_counts, fits)
        super().__init__(shell, look, bar, source, [self.count_button])


def fits(row: CountRow, asked: Asked) -> bool:
    """Tell whether a stock-take is listed."""
    state = asked.of("state")
    return state in ("", row.state.value) and matches(asked.text, row.storage, row.note)
