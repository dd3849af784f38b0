"""What reports give to the outside. Money is minor units of the venue, quantities thousandths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Dimension(StrEnum):
    """By what sales can be added up."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HOUR = "hour"
    WEEKDAY = "weekday"
    ITEM = "item"
    CATEGORY = "category"
    STATION = "station"
    PAYMENT = "payment"
    STAFF = "staff"
    SALE_TYPE = "sale-type"


@dataclass(frozen=True, slots=True)
class Period:
    """Business days (yyyymmdd) from the first to the last, both included; None is open."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class SalesRow:
    """Sales of one key: a day `2026-11-23`, a week `2026-W48`, an hour `18`, a product's name."""

    key: str
    orders: int
    quantity: int
    revenue_minor: int


@dataclass(frozen=True, slots=True)
class SalesReport:
    """Sales by one dimension; the rows add up to the total."""

    rows: Sequence[SalesRow]
    total: SalesRow
    currency: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a period."""

    orders: int = 0
    refunds: int = 0
    quantity: int = 0
    discount_minor: int = 0
    tax_minor: int = 0
    refunded_minor: int = 0
    revenue_minor: int = 0

    @property
    def average_minor(self) -> int:
        """Return the average check as reports round it, 0 without orders."""
        return round(self.revenue_minor / self.orders) if self.orders else 0


@dataclass(frozen=True, slots=True)
class HourSales:
    """Revenue of one hour of the day (0 to 23)."""

    hour: int
    revenue_minor: int


@dataclass(frozen=True, slots=True)
class DaySales:
    """The sums of one business day."""

    date: int
    orders: int
    refunds: int
    revenue_minor: int
    refunded_minor: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A period beside the one before it: what the dashboard shows."""

    period: Period
    before: Period
    totals: Totals
    totals_before: Totals
    hours: Sequence[HourSales]
    hours_before: Sequence[HourSales]
    categories: Sequence[SalesRow]
    best_sellers: Sequence[SalesRow]
    trend: Sequence[DaySales]
    currency: str
    newest_day: int | None


@dataclass(frozen=True, slots=True)
class DiskRoom:
    """The folder of the store and the free bytes of its disk."""

    folder: Path
    free: int
