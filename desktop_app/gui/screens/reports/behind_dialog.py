"""The orders behind a number of a report."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.format import moment, money, quantity
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.money import major
from desktop_app.reports.behind import Behind, BehindRow
from desktop_app.sheets.csv_text import scaled
from desktop_app.venue.records import VenueCard


class BehindDialog(Dialog):
    """Lists orders, newest first; `opened(id)` when one is to be shown."""

    opened = Signal(object)

    def __init__(self, title: str, venue: VenueCard, found: Behind, parent: QWidget) -> None:
        super().__init__(title, "", parent)
        self.setMinimumSize(720, 520)
        spoken, local = language(), venue.time.local
        columns: list[Column[BehindRow]] = [
            Column(tr("Order"), lambda row: row.number, 120, "strong", stretch=True),
            Column(tr("Opened"), lambda row: moment(local(row.opened_at), spoken), 180),
            Column(tr("Quantity"), lambda row: quantity(row.quantity, spoken), 100, "number",
                   raw=lambda row: scaled(row.quantity, 3)),
            Column(
                tr("Amount"), lambda row: money(row.amount_minor, venue.currency, spoken), 140,
                "money", raw=lambda row: major(row.amount_minor, venue.currency),
            ),
        ]  # fmt: skip
        self.table: RecordTable[BehindRow, None] = RecordTable(title, columns)
        self.table.show_records(found.rows)
        self.table.activated_row.connect(self._open)
        count = ntr("{n} order", "{n} orders", len(found.rows))
        if found.more:
            count = tr("the newest {n} orders", n=len(found.rows))
        total = sum(row.amount_minor for row in found.rows)
        self.count = label(f"{count} · {money(total, venue.currency, spoken)}", 12, tone="muted")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.count)
        close = self.add_button(tr("Close"), "primary")
        close.clicked.connect(self.accept)

    def _open(self, at: int) -> None:
        record = self.table.record(at)
        if record is not None:
            self.opened.emit(record.order_id)
            self.accept()
