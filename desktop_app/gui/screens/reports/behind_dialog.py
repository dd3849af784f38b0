"""The orders behind a number of a report, or what else it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.format import day, moment, money, quantity
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.reports.behind import Behind, BehindRow
from desktop_app.reports.shapes import Trail
from desktop_app.sheets.csv_text import scaled
from desktop_app.venue.records import VenueCard


class BehindDialog(Dialog):
    """Lists rows, newest first; `opened(id)` when the order of one is to be shown."""

    opened = Signal(object)

    def __init__(self, title: str, venue: VenueCard, found: Behind, parent: QWidget) -> None:
        super().__init__(title, "", parent)
        self.setMinimumSize(720, 520)
        columns = _columns(found, venue)
        self.table: RecordTable[BehindRow, None] = RecordTable(title, columns)
        self.table.show_records(found.rows)
        self.table.activated_row.connect(self._open)
        count = _count(found)
        total = sum(row.amount_minor for row in found.rows)
        self.count = label(
            f"{count} · {money(total, venue.currency, language())}", 12, tone="muted"
        )
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.count)
        close = self.add_button(tr("Close"), "primary")
        close.clicked.connect(self.accept)

    def _open(self, at: int) -> None:
        record = self.table.record(at)
        if record is not None and record.order_id:
            self.opened.emit(record.order_id)
            self.accept()


def _columns(found: Behind, venue: VenueCard) -> list[Column[BehindRow]]:
    spoken, local, currency = language(), venue.time.local, venue.currency
    made: list[Column[BehindRow]] = [
        Column(_FIRST[found.trail](), lambda row: row.number or "–", 130, "strong", stretch=True,
               sort="first", sort_value=lambda row: fold(row.number)),
        Column(tr("Time"), lambda row: moment(local(row.opened_at), spoken), 180, sort="time",
               sort_value=lambda row: row.opened_at),
    ]  # fmt: skip
    if found.trail is Trail.HOURS:
        made[1] = Column(
            tr("Day"), lambda row: day(local(row.opened_at).date(), spoken), 140, sort="time",
            sort_value=lambda row: row.opened_at,
            raw=lambda row: f"{local(row.opened_at):%Y-%m-%d}",
        )  # fmt: skip
    if any(row.kind for row in found.rows):
        made.append(Column(tr("Kind"), lambda row: say(row.kind) if row.kind else "–", 140))
    if any(row.note for row in found.rows):
        made.append(Column(tr("Note"), lambda row: row.note or "–", 170, "dim"))
    if any(row.quantity for row in found.rows):
        made.append(
            Column(
                tr("Hours") if found.trail is Trail.HOURS else tr("Quantity"),
                lambda row: quantity(row.quantity, spoken), 96, "number", sort="quantity",
                sort_value=lambda row: row.quantity, raw=lambda row: scaled(row.quantity, 3),
            )
        )  # fmt: skip
    made.append(
        Column(
            tr("Amount"), lambda row: money(row.amount_minor, currency, spoken), 120, "money",
            sort="amount", sort_value=lambda row: row.amount_minor,
            raw=lambda row: major(row.amount_minor, currency),
        )
    )  # fmt: skip
    return made


def _count(found: Behind) -> str:
    if found.trail in _RECEIPTS:
        if found.more:
            return tr("the newest {n} orders", n=len(found.rows))
        return ntr("{n} order", "{n} orders", len(found.rows))
    if found.more:
        return tr("the newest {n} rows", n=len(found.rows))
    return ntr("{n} row", "{n} rows", len(found.rows))


_RECEIPTS = (None, Trail.REFUNDS, Trail.CORRECTIONS)
_FIRST: Mapping[Trail | None, Callable[[], str]] = {
    None: lambda: tr("Order"),
    Trail.REFUNDS: lambda: tr("Order"),
    Trail.CORRECTIONS: lambda: tr("Order"),
    Trail.MOVES: lambda: tr("Storage"),
    Trail.HOURS: lambda: tr("Name"),
    Trail.LEDGER: lambda: tr("Customer"),
    Trail.MONEY: lambda: tr("Account"),
}
