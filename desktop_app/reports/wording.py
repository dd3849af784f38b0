"""What reports, their rows and their groups are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.kernel.words import Message, msg
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.wording import METHODS
from desktop_app.reports.records import Dimension
from desktop_app.reports.shapes import NONE, Group

DIMENSIONS: Mapping[Dimension, Message] = {
    Dimension.DAY: msg("Day"),
    Dimension.WEEK: msg("Week"),
    Dimension.MONTH: msg("Month"),
    Dimension.HOUR: msg("Hour"),
    Dimension.WEEKDAY: msg("Weekday"),
    Dimension.ITEM: msg("Product"),
    Dimension.CATEGORY: msg("Category"),
    Dimension.STATION: msg("Station"),
    Dimension.PAYMENT: msg("Payment"),
    Dimension.STAFF: msg("Staff"),
    Dimension.SALE_TYPE: msg("Sale type"),
}
SALES_BY: Mapping[Dimension, Message] = {
    Dimension.DAY: msg("Sales by day"),
    Dimension.WEEK: msg("Sales by week"),
    Dimension.MONTH: msg("Sales by month"),
    Dimension.HOUR: msg("Sales by hour"),
    Dimension.WEEKDAY: msg("Sales by weekday"),
    Dimension.ITEM: msg("Sales by product"),
    Dimension.CATEGORY: msg("Sales by category"),
    Dimension.STATION: msg("Sales by station"),
    Dimension.PAYMENT: msg("Sales by payment"),
    Dimension.STAFF: msg("Sales by waiter"),
    Dimension.SALE_TYPE: msg("Sales by sale type"),
}
GROUPS: Mapping[Group, Message] = {
    Group.SALES: msg("Sales"),
    Group.MENU: msg("Menu"),
    Group.CONTROL: msg("Control"),
    Group.COSTS: msg("Costs"),
    Group.PEOPLE: msg("People"),
    Group.MONEY: msg("Money"),
}
WEEKDAYS = (
    *(msg("Monday"), msg("Tuesday"), msg("Wednesday"), msg("Thursday")),
    *(msg("Friday"), msg("Saturday"), msg("Sunday")),
)


def label_of(dimension: Dimension, key: str) -> Message | str:
    """Return what people call the key of a row."""
    match dimension:
        case Dimension.WEEKDAY:
            return WEEKDAYS[int(key) - 1]
        case Dimension.PAYMENT:
            return METHODS[PaymentMethod(key)]
        case Dimension.HOUR:
            return f"{key}:00"
        case _:
            return key or NONE
