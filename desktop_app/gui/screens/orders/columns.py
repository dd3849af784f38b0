"""What the list shows of an order."""

from __future__ import annotations

from desktop_app.gui.format import moment, money, quantity
from desktop_app.gui.screens.orders.source import BY_TIME, BY_TOTAL
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import BadgeTone, Mood
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.money import decimals
from desktop_app.orders.records import OrderRow, OrderStatus
from desktop_app.orders.wording import METHODS, STATUSES
from desktop_app.venue.records import VenueCard

_TONES: dict[OrderStatus, BadgeTone] = {
    OrderStatus.OPEN: "info",
    OrderStatus.CLOSED: "ok",
    OrderStatus.REFUNDED: "warn",
    OrderStatus.VOID: "bad",
    OrderStatus.CHANGED: "info",
}


def status_mood(status: OrderStatus) -> Mood:
    """Return the badge of a status."""
    return Mood(say(STATUSES[status]), _TONES[status])


def plain_amount(minor: int, currency: str) -> str:
    """Return money as a spreadsheet takes it: `4812.40`."""
    places = decimals(currency)
    whole, part = divmod(abs(minor), 10**places)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def order_columns(venue: VenueCard) -> list[Column[OrderRow]]:
    """Return the columns of the list."""
    spoken, currency, local = language(), venue.currency, venue.time.local
    return [
        Column(tr("Number"), lambda row: row.number, 90, "strong"),
        Column(
            tr("Time"),
            lambda row: moment(local(row.opened_at), spoken),
            168,
            "dim",
            raw=lambda row: local(row.opened_at).strftime("%Y-%m-%d %H:%M"),
            sort=BY_TIME,
        ),
        Column(
            tr("Status"),
            lambda row: say(STATUSES[row.status]),
            126,
            "badge",
            mood=lambda row: status_mood(row.status),
        ),
        Column(tr("Type"), lambda row: row.sale_type, 100),
        Column(tr("Table"), lambda row: row.table, 96),
        Column(tr("Served by"), lambda row: row.staff_name, 150, stretch=True),
        Column(tr("Items"), lambda row: quantity(row.items, spoken), 64, "number"),
        Column(tr("Payment"), lambda row: say(METHODS[row.payment]), 96, "dim"),
        Column(
            tr("Total"),
            lambda row: money(row.total_minor, currency, spoken),
            120,
            "money",
            raw=lambda row: plain_amount(row.total_minor, currency),
            sort=BY_TOTAL,
        ),
    ]
