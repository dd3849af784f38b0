"""What the orders slice gives to and takes from the outside. Money is minor units of the venue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class OrderStatus(StrEnum):
    """Where an order stands. Only closed and refunded orders count as sales."""

    OPEN = "open"
    CLOSED = "closed"
    REFUNDED = "refunded"
    VOID = "void"
    CHANGED = "changed"
    """An entry that says an earlier receipt was paid in another way; it sells nothing."""


class LineKind(StrEnum):
    """What a line does to the sums."""

    SALE = "sale"
    REFUND = "refund"
    GIFT = "gift"


class PaymentMethod(StrEnum):
    """How money came in."""

    CASH = "cash"
    CARD = "card"
    BONUS = "bonus"
    TRANSFER = "transfer"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """One line of an order read from a file, already checked. `quantity` is in thousandths.

    `total_minor` is what counts as revenue: after discounts, before tax that is added on top.
    Refund lines carry negative quantities and amounts.
    """

    name: str
    quantity: int
    total_minor: int
    category: str = ""
    variant: str = ""
    product_ref: str = ""
    unit_price_minor: int = 0
    gross_minor: int = 0
    discount_minor: int = 0
    tax_minor: int = 0
    modifiers: str = ""
    note: str = ""
    kind: LineKind = LineKind.SALE
    product_id: int | None = None
    """The product, where it is known; its name and category are then as they were sold."""


@dataclass(frozen=True, slots=True)
class IncomingPayment:
    """One payment; of a card only the brand and the last four digits."""

    method: PaymentMethod
    amount_minor: int
    card_brand: str = ""
    card_last4: str = ""
    reference: str = ""


class IncomingOrder(NamedTuple):
    """One order read from a file, already checked. A tuple, since an import makes a million.

    `reference` is the order's own number in the source and makes a second import add nothing.
    `opened_at` is aware UTC. `zone` is the time zone the file names for it (IANA), where it names
    one: the business day is then that of the place of sale. Empty means the venue's.
    """

    reference: str
    opened_at: datetime
    lines: Sequence[IncomingLine]
    payments: Sequence[IncomingPayment] = ()
    closed_at: datetime | None = None
    number: str = ""
    status: OrderStatus = OrderStatus.CLOSED
    sale_type: str = ""
    table: str = ""
    guests: int = 0
    customer_ref: str = ""
    customer_name: str = ""
    staff_name: str = ""
    terminal: str = ""
    note: str = ""
    service_minor: int = 0
    zone: str = ""
    customer_id: int | None = None
    employee_id: int | None = None
    """Who bought and who served, where their numbers in the store are known."""


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """What a batch of orders added."""

    orders_added: int = 0
    lines_added: int = 0
    products_added: int = 0
    customers_added: int = 0
    already_known: int = 0
    revenue_minor: int = 0


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of the orders list."""

    id: int
    number: str
    opened_at: datetime
    business_date: int
    status: OrderStatus
    sale_type: str
    table: str
    staff_name: str
    customer_id: int | None
    items: int
    total_minor: int
    payment: PaymentMethod


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of an order, as sold."""

    line_no: int
    name: str
    variant: str
    category: str
    modifiers: str
    note: str
    kind: LineKind
    quantity: int
    unit_price_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment of an order."""

    line_no: int
    method: PaymentMethod
    amount_minor: int
    card_brand: str
    card_last4: str


@dataclass(frozen=True, slots=True)
class ReceiptNumbers:
    """The numbers of a receipt at its venue; 0 where an earlier program gave none."""

    running: int = 0
    daily: int = 0
    monthly: int = 0


@dataclass(frozen=True, slots=True)
class OrderCard:
    """Everything about one order."""

    row: OrderRow
    reference: str
    source: str
    closed_at: datetime | None
    guests: int
    terminal: str
    note: str
    gross_minor: int
    discount_minor: int
    tax_minor: int
    service_minor: int
    lines: Sequence[LineRow]
    payments: Sequence[PaymentRow]
    numbers: ReceiptNumbers = ReceiptNumbers()


@dataclass(frozen=True, slots=True)
class CustomerSales:
    """What a customer bought, without void and open orders. `first_at` is None for nothing."""

    orders: int
    spent_minor: int
    first_at: datetime | None
    last_at: datetime | None

    @property
    def average_minor(self) -> int:
        """Return the mean order, rounded to the minor unit."""
        return round(self.spent_minor / self.orders) if self.orders else 0


class OrderSort(StrEnum):
    """The ways the orders list can be sorted; each has an index."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders to list. `first_day` and `last_day` are business days (yyyymmdd), inclusive.

    `cards` are all numbers of the customer; the operations find them out.
    """

    first_day: int | None = None
    last_day: int | None = None
    status: OrderStatus | None = None
    sale_type: str | None = None
    customer_id: int | None = None
    number: str = ""
    sort: OrderSort = OrderSort.NEWEST
    cards: tuple[int, ...] = ()


Cursor = tuple[int, ...]
"""The key of a row in a sorted list; opaque to whoever passes it back."""


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Some orders and where the next page begins (None at the end)."""

    rows: Sequence[OrderRow]
    next: Cursor | None
