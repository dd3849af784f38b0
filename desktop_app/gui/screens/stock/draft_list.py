"""The list of supplies that were entered and not received yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from desktop_app.exports.shown import export_shown_stock
from desktop_app.gui.format import moment, number
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.stock.wording import DASH, day_of, money_of
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column
from desktop_app.stock.operations import list_drafts
from desktop_app.stock.records import DraftRow
from desktop_app.stock.supplies import save_draft

TABLES = frozenset({"supply_draft", "supply_draft_line"})


class DraftList(ListPage[DraftRow, Asked]):
    """Shows entered supplies; `add` enters one, a row is opened to change or receive it."""

    def __init__(self, shell: Shell, currency: str, local: Callable[[datetime], datetime]) -> None:
        self.add = button(tr("Enter a supply…"), "truck", "primary")
        allow(self.add, shell.bridge.why_not(save_draft))
        columns = _columns(currency, local)

        def total(rows: Sequence[DraftRow]) -> str:
            return money_of(sum(row.total_minor or 0 for row in rows), currency)

        look = ListLook(
            "supply_drafts",
            tr("Entered supplies"),
            columns,
            TABLES,
            EmptyState(
                "list-filter",
                tr("Nothing fits"),
                tr("There are entered supplies, but none with these words."),
                tr("Show all of them"),
            ),
            EmptyState(
                "truck",
                tr("No supply waits"),
                tr("A supply can be entered now and received when the goods were looked at."),
            ),
            lambda n, shown: ntr(
                "{shown} entered supply", "{shown} entered supplies", n, shown=shown
            ),
            total=total,
            shown=export_shown_stock,
        )
        bar = FilterBar(
            tr("Supplier, storage or invoice"),
            [Choice("from", tr("Supplier"), [("none", tr("Nobody named"))])],
        )
        source = WholeQuery(shell.bridge, shell, columns, list_drafts, fits)
        super().__init__(shell, look, bar, source, [self.add])


def _columns(currency: str, local: Callable[[datetime], datetime]) -> list[Column[DraftRow]]:
    def when(row: DraftRow) -> str:
        return moment(local(row.form.at), language()) if row.form.at else DASH

    return [
        Column(
            tr("Came"), when, 160, "strong", sort="at", sort_value=lambda row: str(row.form.at)
        ),
        Column(
            tr("Supplier"), lambda row: row.supplier or DASH, 220, stretch=True, sort="supplier",
            sort_value=lambda row: row.supplier,
        ),
        Column(
            tr("Storage"), lambda row: row.storage, 150, sort="storage",
            sort_value=lambda row: row.storage,
        ),
        Column(tr("Invoice"), lambda row: row.form.invoice or DASH, 130, "dim", key="invoice"),
        Column(tr("Due"), lambda row: day_of(row.form.due_date), 120, "dim", key="due"),
        Column(
            tr("Lines"), lambda row: number(len(row.form.lines), language()), 80, "number",
            sort="lines", sort_value=lambda row: len(row.form.lines),
        ),
        Column(
            tr("Amount"), lambda row: money_of(row.total_minor, currency), 130, "money",
            sort="amount", sort_value=lambda row: row.total_minor or 0,
        ),
    ]  # fmt: skip


def fits(row: DraftRow, asked: Asked) -> bool:
    """Tell whether an entered supply is listed."""
    if asked.of("from") == "none" and row.supplier:
        return False
    return matches(asked.text, row.supplier, row.storage, row.form.invoice, row.form.note)
