"""What statuses and payment methods are called."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.kernel.words import Message, msg
from desktop_app.orders.records import OrderStatus, PaymentMethod

STATUSES: Mapping[OrderStatus, Message] = {
    OrderStatus.OPEN: msg("Open"),
    OrderStatus.CLOSED: msg("Closed"),
    OrderStatus.REFUNDED: msg("Refunded"),
    OrderStatus.VOID: msg("Void"),
    OrderStatus.CHANGED: msg("Payment changed"),
}

METHODS: Mapping[PaymentMethod, Message] = {
    PaymentMethod.CASH: msg("Cash"),
    PaymentMethod.CARD: msg("Card"),
    PaymentMethod.BONUS: msg("Bonus"),
    PaymentMethod.TRANSFER: msg("Transfer"),
    PaymentMethod.OTHER: msg("Other"),
    PaymentMethod.UNKNOWN: msg("Not stated"),
}
