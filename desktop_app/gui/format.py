"""Numbers, money and dates as people of the window's language write them; the paper's own rules."""

from __future__ import annotations

from desktop_app.printing.format import (
    amount,
    bare,
    clock,
    day,
    moment,
    money,
    month,
    number,
    percent,
    pointed,
    quantity,
    share,
    symbol,
)

__all__ = [
    "amount",
    "bare",
    "clock",
    "day",
    "moment",
    "money",
    "month",
    "number",
    "percent",
    "pointed",
    "quantity",
    "share",
    "symbol",
]
