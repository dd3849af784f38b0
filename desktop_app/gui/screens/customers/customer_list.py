"""The list of customers: search as one types, hidden contacts, a line that counts."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.customers.records import CustomerRow
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.icons import icon
from desktop_app.gui.screens.customers.columns import customer_columns
from desktop_app.gui.screens.customers.masking import Reveal
from desktop_app.gui.screens.customers.source import CustomerSource
from desktop_app.gui.text import ntr, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.gui.widgets.search_box import SearchBox

REST_MS = 800
_MANY = 1000


class CustomerList(QWidget):
    """Emits `opened(customer id)`, and `import_wanted` where there are no customers at all."""

    opened = Signal(object)
    import_wanted = Signal()

    def __init__(self, bridge: Bridge, currency: str) -> None:
        super().__init__()
        self._bridge = bridge
        self._stale = False
        self._listed = ""
        self.reveal = Reveal(self)
        self.search = SearchBox(
            tr("Name, telephone, e-mail or code"), tr("Search customers"), width=380
        )
        self.show_contacts = button("", "eye", on_click=self.reveal.turn)
        self.source = CustomerSource(bridge, self)
        columns = customer_columns(currency, lambda: self.reveal.on)
        self.table: RecordTable[CustomerRow, str] = RecordTable(
            tr("Customers"), columns, self.source.queries
        )
        self.count = label(tr("Reading…"), 12, tone="muted", tabular=True)
        self.picked = label("", 12, 500, "soft", tabular=True)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._connect()
        self._show_reveal()
        self.table.show_request("")

    def note_change(self) -> None:
        """Take notice that customers were added or changed."""
        self._stale = True
        if self.isVisible() and not self._rest.isActive():
            self._rest.start()

    def catch_up(self) -> None:
        """Look at what changed while the list was out of sight."""
        if self._stale:
            self._rest.start(0)

    # --- building

    def _lay_out(self) -> None:
        self.nothing = EmptyState(
            "search",
            tr("Nobody found"),
            tr("Try fewer letters, the last digits of the telephone, or another spelling."),
            tr("Show all customers"),
        )
        self.empty = EmptyState(
            "contact",
            tr("No customers yet"),
            tr("Take them over from a file of your till; you see first who would come in."),
            tr("Import customers"),
            "upload",
        )
        self.middle = QStackedWidget()
        for page in (self.table, self.nothing, self.empty):
            self.middle.addWidget(page)
        inside = column(gap=0)
        inside.addLayout(row(self.search, None, self.show_contacts, margins=(16, 14, 16, 14)))
        inside.addWidget(rule())
        inside.addWidget(self.middle, 1)
        inside.addWidget(rule())
        inside.addLayout(row(self.count, None, self.picked, margins=(16, 10, 16, 10)))
        self.setLayout(column(frame(inside, "card"), margins=(28, 4, 28, 24)))

    def _connect(self) -> None:
        self.search.searched.connect(self._ask)
        self.search.returnPressed.connect(self._enter)
        self.table.counted.connect(self._counted)
        self.table.picked_changed.connect(self._show_picked)
        self.table.activated_row.connect(self._open_row)
        self.table.failed.connect(self._bridge.failed)
        self.reveal.changed.connect(self._show_reveal)
        self.nothing.chosen.connect(self.search.clear)
        self.empty.chosen.connect(self.import_wanted)
        self._rest.timeout.connect(self._look_again)

    # --- reactions

    def _ask(self, text: str) -> None:
        self._stale = False
        self.table.scrollToTop()
        self.table.show_request(text)

    def _enter(self) -> None:
        """Open the only one found, or go into the list."""
        records = self.table.records
        settled = records.request is not None and records.request.filter == self._listed
        if settled and self._listed == self.search.text().strip() and records.rowCount() == 1:
            self._open_row(0)
        elif records.rowCount():
            self.table.setFocus()
            self.table.setCurrentIndex(records.index(0, 0))

    def _counted(self, text: str) -> None:
        request = self.table.records.request
        if request is None:
            return
        rows = self.table.records.rowCount()
        self._listed = request.filter
        page: QWidget = self.table if rows else self.nothing if request.filter else self.empty
        self.middle.setCurrentWidget(page)
        self.search.setEnabled(bool(rows or request.filter))
        shown = ntr("{n} customer", "{n} customers", rows)
        if not self.table.records.exact or rows >= _MANY:
            shown = tr("{count} customers", count=text)
        self.count.setText(f"{shown} · " + tr("by name"))

    def _show_picked(self) -> None:
        picked = len(self.table.picked())
        text = ntr("{n} selected", "{n} selected", picked) + "    " + tr("Ctrl+C copies")
        self.picked.setText(text if picked else "")

    def _open_row(self, at: int) -> None:
        record = self.table.record(at)
        if record is not None:
            self.opened.emit(record.id)

    def _show_reveal(self) -> None:
        on = self.reveal.on
        title = self.reveal.text if on else tr("Show contacts for 30 seconds")
        retitle(self.show_contacts, title)
        self.show_contacts.setIcon(icon("eye-off" if on else "eye"))
        records = self.table.records
        if records.rowCount():
            last = records.index(records.rowCount() - 1, records.columnCount() - 1)
            records.dataChanged.emit(records.index(0, 0), last)

    def _look_again(self) -> None:
        if self._stale:
            self._stale = False
            self.table.refresh()
