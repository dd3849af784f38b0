"""Which orders are wanted: number, status, period, way of selling, one customer's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.lists.bar import ListBar
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.date_range import DateRange, ready_made
from desktop_app.gui.widgets.flow import Flow
from desktop_app.gui.widgets.layout import column
from desktop_app.gui.widgets.search_box import SearchBox
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.orders.records import OrderFilter, OrderStatus
from desktop_app.orders.wording import STATUSES


class FilterBar(ListBar):
    """Emits `changed(OrderFilter)` when something else is wanted; the order is not its matter."""

    def __init__(self, today: date) -> None:
        super().__init__(SearchBox(tr("Order number"), tr("Search by order number"), 150))
        self._today = today
        self._wanted = OrderFilter()
        self._setting = False
        self.status = Segmented(
            tr("Status"),
            [("", tr("All")), *((status, say(name)) for status, name in STATUSES.items())],
        )
        self.period = DateRange(today, "all")
        self.kind = QComboBox()
        self.kind.setFont(font(13))
        self.kind.setAccessibleName(tr("Type of sale"))
        self.kind.addItem(tr("All types"), None)
        self.customer = button(tr("Only one customer"), "x", tip=tr("Show all customers' orders"))
        self.customer.hide()
        flow = Flow(self.search, self.status, self.period, self.kind, self.customer)
        self.setLayout(column(flow))
        self._connect()

    @property
    @override
    def wanted(self) -> OrderFilter:
        """Return the filter in force."""
        return self._wanted

    @property
    @override
    def everything(self) -> bool:
        """Tell whether all orders are wanted."""
        return self._wanted == OrderFilter()

    def show_kinds(self, kinds: Sequence[str]) -> None:
        """Offer these ways of selling."""
        for kind in kinds:
            if self.kind.findData(kind) < 0:
                self.kind.addItem(kind, kind)
        self.kind.setVisible(self.kind.count() > 1)

    @override
    def show_filter(self, wanted: OrderFilter) -> None:
        """Show a filter and tell of it, also where it is the same."""
        self._setting = True
        self.search.setText(wanted.number)
        self.status.choose(wanted.status or "")
        if wanted.first_day is None and wanted.last_day is None:
            self.period.choose("all")
        else:
            first, last = wanted.first_day or 19000101, wanted.last_day
            until = self._today if last is None else as_date(last)
            self.period.show_days(as_date(first), until)
        if wanted.sale_type is not None:
            self.show_kinds([wanted.sale_type])
        self.kind.setCurrentIndex(max(0, self.kind.findData(wanted.sale_type)))
        self._wanted = replace(self._wanted, customer_id=wanted.customer_id)
        self._setting = False
        self._tell()

    @override
    def clear(self) -> None:
        """Want all orders again."""
        self.show_filter(OrderFilter())

    @override
    def state(self) -> Mapping[str, str]:
        """Return the status, and the period where it is a ready-made one."""
        state = {"status": self.status.key}
        if self.period.key in ready_made(self._today):
            state["period"] = self.period.key
        return state

    @override
    def show_state(self, state: Mapping[str, Any]) -> None:
        """Take up what was remembered, without telling."""
        self._setting = True
        if state.get("status") in self.status.keys:
            self.status.choose(str(state["status"]))
        if state.get("period") in ready_made(self._today):
            self.period.choose(str(state["period"]))
        self._setting = False
        self._wanted = self._read()

    def _connect(self) -> None:
        self.search.searched.connect(self._tell)
        self.status.chosen.connect(self._tell)
        self.period.changed.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._tell)
        self.customer.clicked.connect(self._any_customer)

    def _any_customer(self) -> None:
        self._wanted = replace(self._wanted, customer_id=None)
        self._tell()

    def _tell(self, *_: object) -> None:
        if self._setting:
            return
        self._wanted = self._read()
        self.customer.setVisible(self._wanted.customer_id is not None)
        self.changed.emit(self._wanted)

    def _read(self) -> OrderFilter:
        period = self.period.period
        return OrderFilter(
            None if period.first is None else as_number(period.first),
            None if period.last is None else as_number(period.last),
            OrderStatus(self.status.key) if self.status.key else None,
            self.kind.currentData(),
            self._wanted.customer_id,
            self.search.text().strip(),
        )
