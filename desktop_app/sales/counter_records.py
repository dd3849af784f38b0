"""What is offered and answered while a receipt is entered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.menu.kinds import Unit
from desktop_app.menu.records import ChoiceGroup, VariantRow
from desktop_app.menu.timed import TimedTerms
from desktop_app.sales.records import SalePayment, SaleSums, TillRow


@dataclass(frozen=True, slots=True)
class Good:
    """Something that is sold: its sizes with their prices."""

    product_id: int
    name: str
    category: str
    barcode: str
    unit: Unit
    variants: Sequence[VariantRow]
    stopped: int | None
    choices: Sequence[ChoiceGroup] = ()
    terms: TimedTerms | None = None
    """How time is counted, where it is sold by time: `SaleLine.minutes` says how long."""


@dataclass(frozen=True, slots=True)
class Counter:
    """What is chosen from while a receipt is entered; people and price lists by number."""

    goods: Sequence[Good]
    tables: Sequence[str]
    sale_types: Sequence[str]
    waiters: Sequence[tuple[int, str]]
    price_lists: Sequence[tuple[int, str]] = ()
    tills: Sequence[TillRow] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What a receipt would come to: the unit price of each line, the menu's, and the sums."""

    prices: Sequence[int]
    usual: Sequence[int]
    sums: SaleSums


@dataclass(frozen=True, slots=True)
class Settled:
    """How typed payments meet what is due: what stays in the till, the rest, or the change."""

    kept: Sequence[SalePayment]
    rest_minor: int
    change_minor: int
