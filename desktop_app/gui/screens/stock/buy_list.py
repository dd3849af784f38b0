"""The list of what is to be bought: what is running out, how much, in what package, from whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.exports.shown import export_shown_stock
from desktop_app.gui.format import number
from desktop_app.gui.lists.bar import Asked, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.stock.wording import DASH, amount_of, lined_up, money_of, unit_of
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.stock.operations import list_storages
from desktop_app.stock.ordering import list_to_buy, order_supplies
from desktop_app.stock.records import OrderLine, StorageRow

TABLES = frozenset({"stock_level", "product", "supply_draft", "stock_document"})
_MOST = 5_000


class BuyList(ListPage[OrderLine, Asked]):
    """Shows what to buy; `entered` when supplies of it were entered."""

    entered = Signal()

    def __init__(self, shell: Shell, screen: Screen, currency: str) -> None:
        self._screen = screen
        self.enter = button(tr("Enter supplies…"), "truck", "primary")
        allow(
            self.enter, shell.bridge.why_not(order_supplies),
            tip=tr("Of what is picked, else of all: one supply for each supplier"),
        )  # fmt: skip
        columns = _columns(currency)
        source: WholeQuery[OrderLine, Asked] = WholeQuery(
            shell.bridge, shell, columns, list_to_buy, _fits
        )
        self._listed = source
        bar = FilterBar(tr("Name or supplier"), [])
        super().__init__(shell, _look(columns, currency), bar, source, [self.enter])
        self.dialog: PlaceDialog | None = None
        self.enter.clicked.connect(self.ask_place)

    def ask_place(self) -> None:
        """Ask to which storage what is bought comes."""
        self._screen.bridge.ask(self, self._ask_place, list_storages)

    def _ask_place(self, storages: Sequence[StorageRow]) -> None:
        lines = self.table.picked_records(_MOST) or self._listed.shown
        if not lines:
            return
        self.dialog = PlaceDialog(lines, storages, self)
        self.dialog.asked.connect(partial(self._enter_supplies, self.dialog, lines))
        self.dialog.open()

    def _enter_supplies(
        self, dialog: PlaceDialog, lines: Sequence[OrderLine], storage: int
    ) -> None:
        wanted = [(one.product_id, one.order) for one in lines]
        then = partial(self._supplies_entered, dialog)
        self._screen.bridge.ask_or(dialog, then, dialog.refuse, order_supplies, storage, wanted)

    def _supplies_entered(self, dialog: PlaceDialog, drafts: Sequence[int]) -> None:
        dialog.accept()
        told = ntr("{n} supply is entered", "{n} supplies are entered", len(drafts))
        self._screen.shell.tell(told)
        self.entered.emit()


class PlaceDialog(AskDialog):
    """Asks for a storage; `asked(storage)`."""

    asked = Signal(object)

    def __init__(
        self, lines: Sequence[OrderLine], storages: Sequence[StorageRow], parent: QWidget
    ) -> None:
        super().__init__(
            tr("Enter supplies"),
            ntr("{n} product. They wait to be received.",
                "{n} products. They wait to be received.", len(lines)),
            tr("Enter"), parent,
        )  # fmt: skip
        order = sorted(storages, key=lambda one: not one.form.sells)
        self.place = self.add_choice(
            "storage", tr("Storage"), [(str(one.id), one.form.name) for one in order]
        )

    @override
    def send(self) -> None:
        """Send the storage."""
        chosen = str(self.place.currentData() or "")
        if chosen:
            self.asked.emit(int(chosen))


def _fits(row: OrderLine, asked: Asked) -> bool:
    return matches(asked.text, row.name, row.supplier)


def _package(row: OrderLine) -> str:
    return f"{number(row.many, language())} × {row.package}" if row.package else DASH


def _columns(currency: str) -> list[Column[OrderLine]]:
    return [
        Column(
            tr("Product"), lambda row: row.name, 210, "strong", stretch=True, sort="name",
            sort_value=lambda row: fold(row.name),
        ),
        Column(
            tr("Supplier"), lambda row: row.supplier or DASH, 170, sort="supplier",
            sort_value=lambda row: (not row.supplier, fold(row.supplier)),
        ),
        Column(
            tr("There is"), lambda row: lined_up(row.quantity, row.unit), 110, "number", key="has",
            raw=lambda row: amount_of(row.quantity, row.unit),
        ),
        Column(
            tr("Lasts (days)"),
            lambda row: DASH if row.days_left is None else number(row.days_left, language()),
            104, "number", sort="days",
            sort_value=lambda row: 10**9 if row.days_left is None else row.days_left,
        ),
        Column(
            tr("On its way"),
            lambda row: lined_up(row.coming, row.unit) if row.coming else DASH,
            110, "number", key="coming", raw=lambda row: amount_of(row.coming, row.unit),
        ),
        Column(
            tr("Low below"), lambda row: lined_up(row.low_stock, row.unit), 110, "number",
            key="low", raw=lambda row: amount_of(row.low_stock, row.unit), spare=True,
        ),
        Column(
            tr("Buy"), lambda row: lined_up(row.order, row.unit), 110, "number", key="order",
            raw=lambda row: amount_of(row.order, row.unit),
        ),
        Column(tr("Unit"), lambda row: unit_of(row.unit), 74, "dim", key="unit"),
        Column(tr("Package"), _package, 130, "dim", key="package"),
        Column(
            tr("Costs about"),
            lambda row: money_of(row.cost_minor, currency) if row.cost_minor else DASH,
            120, "money", key="cost", raw=lambda row: major(row.cost_minor or 0, currency),
        ),
    ]  # fmt: skip


def _look(columns: Sequence[Column[OrderLine]], currency: str) -> ListLook[OrderLine]:
    def total(rows: Sequence[OrderLine]) -> str:
        cost = sum(row.cost_minor or 0 for row in rows)
        return tr("about {amount}", amount=money_of(cost, currency))

    return ListLook(
        "stock_to_buy",
        tr("To buy"),
        columns,
        TABLES,
        EmptyState(
            "list-filter",
            tr("Nothing fits"),
            tr("Something is running out, but nothing of this name or supplier."),
            tr("Show everything"),
        ),
        EmptyState(
            "check",
            tr("Nothing is running out"),
            tr("What falls below its low stock stands here, with how much to buy and from whom."),
        ),
        lambda n, shown: ntr("{shown} product", "{shown} products", n, shown=shown),
        total=total,
        shown=export_shown_stock,
    )
