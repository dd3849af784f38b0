"""The stock screen: six lists, and the dialogs that enter and show papers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.stock.buy_list import BuyList
from desktop_app.gui.screens.stock.count_list import CountList
from desktop_app.gui.screens.stock.deeds import Deeds
from desktop_app.gui.screens.stock.draft_list import DraftList
from desktop_app.gui.screens.stock.paper_list import PaperList
from desktop_app.gui.screens.stock.past import StockAsked
from desktop_app.gui.screens.stock.stock_list import StockList
from desktop_app.gui.screens.stock.supplier_deeds import SupplierDeeds
from desktop_app.gui.screens.stock.supplier_list import SupplierList
from desktop_app.gui.screens.stock.supply_deeds import SupplyDeeds
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.stock.counting import list_counts
from desktop_app.stock.operations import (
    list_drafts,
    list_papers,
    list_stock,
    list_suppliers,
)
from desktop_app.stock.ordering import list_to_buy
from desktop_app.stock.places import save_storage
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

STOCK, BUY, PAPERS, DRAFTS = "stock", "buy", "papers", "drafts"
COUNTS, SUPPLIERS = "counts", "suppliers"


class StockScreen(Screen):
    """Shows the stock. A target is one of the lists' names, or a text to search the stock for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.stock: StockList | None = None
        self.buying: BuyList | None = None
        self.papers: PaperList | None = None
        self.drafts: DraftList | None = None
        self.counts: CountList | None = None
        self.suppliers: SupplierList | None = None
        self.deeds: Deeds | None = None
        self.supplies: SupplyDeeds | None = None
        self.vendors: SupplierDeeds | None = None
        self.locked: EmptyState | None = None
        self.today: Today | None = None
        self._target: object = None
        self._pages = QStackedWidget()
        self._may = {
            STOCK: self.bridge.can(list_stock),
            BUY: self.bridge.can(list_to_buy),
            PAPERS: self.bridge.can(list_papers),
            DRAFTS: self.bridge.can(list_drafts),
            COUNTS: self.bridge.can(list_counts),
            SUPPLIERS: self.bridge.can(list_suppliers),
        }
        self.tabs = Segmented(
            tr("What to show"),
            [
                (STOCK, tr("Stock")), (BUY, tr("To buy")), (PAPERS, tr("Papers")),
                (DRAFTS, tr("Entered supplies")), (COUNTS, tr("Stock-takes")),
                (SUPPLIERS, tr("Suppliers")),
            ],
        )  # fmt: skip
        self.storage_button = button(tr("Storages…"), "store")
        allow(self.storage_button, self.bridge.why_not(save_storage))
        head = row(self.tabs, None, self.storage_button, margins=(28, 4, 28, 12))
        layout = column(gap=0)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        self.setLayout(layout)
        if any(self._may.values()):
            self.bridge.ask(self, self._begin, get_today)
        else:
            self._show_locked()

    @override
    def show_target(self, target: object) -> None:
        if self.today is None:
            self._target = target
        elif target in self._may:
            self.tabs.choose(str(target))
        elif isinstance(target, str) and self.stock is not None:
            self.tabs.choose(STOCK)
            self.stock.show_filter(StockAsked(target))

    def _show_locked(self) -> None:
        self.tabs.hide()
        self.storage_button.hide()
        self.locked = EmptyState(
            "lock", tr("The stock is locked for your role"), self.bridge.why_not(list_stock)
        )
        self._pages.addWidget(self.locked)

    def _begin(self, today: Today) -> None:
        self.today = today
        self.deeds = Deeds(self, today.venue.currency, today.venue.time)
        self.vendors = SupplierDeeds(self, self.deeds)
        self.supplies = SupplyDeeds(self, self.deeds, today.venue.currency, today.venue.time)
        for key, may in self._may.items():
            self.tabs.set_offered(key, offered=may)
        first = next(key for key, may in self._may.items() if may)
        self.tabs.choose(first)
        self.tabs.chosen.connect(self._show)
        self.storage_button.clicked.connect(self.deeds.show_storages)
        self._show(first)
        target, self._target = self._target, None
        if target is not None:
            self.show_target(target)

    def _show(self, key: str) -> None:
        """Show a list; it is made when somebody looks at it first."""
        if not self._may.get(key):
            return
        make: dict[str, Callable[[], QWidget]] = {
            STOCK: self._stock, BUY: self._buying, PAPERS: self._papers, DRAFTS: self._drafts,
            COUNTS: self._counts, SUPPLIERS: self._suppliers,
        }  # fmt: skip
        self._pages.setCurrentWidget(make[key]())

    def _stock(self) -> StockList:
        if self.stock is None and self.today is not None and self.deeds is not None:
            self.stock = StockList(self.shell, self.today)
            self.stock.opened.connect(self.deeds.show_moves)
            self._pages.addWidget(self.stock)
            self.stock.begin()
        assert self.stock is not None  # noqa: S101 - made above
        return self.stock

    def _buying(self) -> BuyList:
        if self.buying is None and self.today is not None:
            self.buying = BuyList(self.shell, self, self.today.venue.currency)
            self.buying.entered.connect(partial(self.tabs.choose, DRAFTS))
            self._pages.addWidget(self.buying)
            self.buying.begin()
        assert self.buying is not None  # noqa: S101 - made above
        return self.buying

    def _papers(self) -> PaperList:
        if self.papers is None and self.today and self.deeds and self.supplies:
            venue = self.today.venue
            made = PaperList(self.shell, venue.currency, self.today.day, venue.time.local)
            made.opened.connect(self.deeds.show_paper)
            made.supply.clicked.connect(self.supplies.ask_supply)
            made.write_off.clicked.connect(self.deeds.ask_write_off)
            made.transfer.clicked.connect(self.deeds.ask_transfer)
            made.produce.clicked.connect(self.deeds.ask_production)
            self.papers = made
            self._pages.addWidget(made)
            made.begin()
        assert self.papers is not None  # noqa: S101 - made above
        return self.papers

    def _drafts(self) -> DraftList:
        if self.drafts is None and self.today and self.supplies:
            venue = self.today.venue
            made = DraftList(self.shell, venue.currency, venue.time.local)
            made.opened.connect(self.supplies.open_draft)
            made.add.clicked.connect(self.supplies.ask_supply)
            self.drafts = made
            self._pages.addWidget(made)
            made.begin()
        assert self.drafts is not None  # noqa: S101 - made above
        return self.drafts

    def _counts(self) -> CountList:
        if self.counts is None and self.today is not None and self.deeds is not None:
            self.counts = CountList(self.shell, self.today.venue.time.local)
            self.counts.count_button.clicked.connect(self.deeds.ask_count)
            self.counts.opened.connect(self.deeds.show_variance)
            self._pages.addWidget(self.counts)
            self.counts.begin()
        assert self.counts is not None  # noqa: S101 - made above
        return self.counts

    def _suppliers(self) -> SupplierList:
        if self.suppliers is None and self.today is not None and self.vendors is not None:
            made = SupplierList(self.shell, self.today.venue.currency)
            made.add.clicked.connect(partial(self.vendors.ask_supplier, None))
            made.empty.chosen.connect(partial(self.vendors.ask_supplier, None))
            made.opened.connect(self.vendors.ask_supplier)
            self.suppliers = made
            self._pages.addWidget(made)
            made.begin()
        assert self.suppliers is not None  # noqa: S101 - made above
        return self.suppliers
