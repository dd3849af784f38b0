"""Numbers, money and dates as people of the window's language write them; the paper's own rules."""

from __future__ import annotations

from desktop_app.printing.format import (
    amount,
    clock,
    day,
    moment,
    money,
    month,
    number,
    percent,
    quantity,
    symbol,
)

__all__ = [
    "amount",
    "clock",
    "day",
    "moment",
    "money",
    "month",
    "number",
    "percent",
    "quantity",
    "symbol",
]
