"""The list of suppliers."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.exports.shown import export_shown_stock
from desktop_app.gui.format import number
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.stock.wording import DASH, money_of
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.text import fold
from desktop_app.stock.operations import list_suppliers
from desktop_app.stock.places import save_supplier
from desktop_app.stock.records import SupplierRow

TABLES = frozenset({"supplier", "stock_document", "supply_payment"})


class SupplierList(ListPage[SupplierRow, Asked]):
    """Shows who supplies the restaurant and what is owed to them; `add` adds one."""

    def __init__(self, shell: Shell, currency: str) -> None:
        self.add = button(tr("Add"), "plus", "primary")
        allow(self.add, shell.bridge.why_not(save_supplier))
        columns: list[Column[SupplierRow]] = [
            Column(
                tr("Supplier"), lambda row: row.form.name, 260, "strong", stretch=True,
                sort="name", sort_value=lambda row: fold(row.form.name),
            ),
            Column(tr("Tax id"), lambda row: row.form.tax_id or DASH, 120, "dim", key="tax_id"),
            Column(tr("Phone"), lambda row: row.form.phone or DASH, 160, key="phone"),
            Column(
                tr("Papers"), lambda row: number(row.supplies, language()), 100, "number",
                sort="papers", sort_value=lambda row: row.supplies,
            ),
            Column(
                tr("Bought"), lambda row: money_of(row.bought_minor, currency), 140, "money",
                sort="bought", sort_value=lambda row: row.bought_minor,
            ),
            Column(
                tr("Owed"), lambda row: money_of(row.unpaid_minor, currency), 140, "money",
                sort="owed", sort_value=lambda row: row.unpaid_minor,
            ),
        ]  # fmt: skip

        def total(rows: Sequence[SupplierRow]) -> str:
            owed = sum(row.unpaid_minor for row in rows)
            return tr("{amount} owed", amount=money_of(owed, currency))

        look = ListLook(
            "suppliers",
            tr("Suppliers"),
            columns,
            TABLES,
            EmptyState(
                "list-filter",
                tr("Nothing fits"),
                tr("There are suppliers, but none of this name."),
                tr("Show all suppliers"),
            ),
            EmptyState(
                "truck",
                tr("No suppliers yet"),
                tr("Add the first one; supplies then say from whom they came."),
                tr("Add a supplier"),
                "plus",
            ),
            lambda n, shown: ntr("{shown} supplier", "{shown} suppliers", n, shown=shown),
            total=total,
            shown=export_shown_stock,
        )
        bar = FilterBar(
            tr("Name, tax id or phone"), [Choice("owed", tr("Owed"), [("owed", tr("Owed"))])]
        )
        source = WholeQuery(shell.bridge, shell, columns, list_suppliers, fits)
        super().__init__(shell, look, bar, source, [self.add])


def fits(row: SupplierRow, asked: Asked) -> bool:
    """Tell whether a supplier is listed."""
    if asked.of("owed") and not row.unpaid_minor:
        return False
    return matches(asked.text, row.form.name, row.form.tax_id, row.form.phone)
