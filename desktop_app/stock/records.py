"""What the stock slice gives to and takes from the outside.

Quantities are thousandths of the product's unit, money is minor units, shares are hundredths of a
per cent. Costs are None for somebody who may not see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.stock.kinds import CountState, MoveKind, PaperKind


@dataclass(frozen=True, slots=True)
class StorageForm:
    """What can be said of a storage; sales take from the one that `sells`."""

    name: str
    sells: bool = False
    since: date | None = None
    """From which day on sales are taken from it; today for none."""
    active: bool = True


@dataclass(frozen=True, slots=True)
class StorageRow:
    """A storage and what can be said of it."""

    id: int
    version: int
    form: StorageForm


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station, and from which storage goes what is made there; None for the one that sells."""

    id: int
    name: str
    storage_id: int | None
    storage: str


@dataclass(frozen=True, slots=True)
class SupplierForm:
    """What can be said of a supplier."""

    name: str
    tax_id: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    days_to_pay: int = 0
    note: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier, how many supplies came from it, and what is not paid yet."""

    id: int
    version: int
    form: SupplierForm
    supplies: int
    bought_minor: int
    unpaid_minor: int


@dataclass(frozen=True, slots=True)
class PackageRow:
    """How a product is bought: `factor` thousandths of its unit in one."""

    id: int
    product_id: int
    name: str
    factor: int


@dataclass(frozen=True, slots=True)
class StockFilter:
    """Which stock to list; `at` is a moment in the past, or `day` the end of a business day."""

    text: str = ""
    storage_id: int | None = None
    only_low: bool = False
    only_negative: bool = False
    kinds: frozenset[ProductKind] = frozenset()
    day: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StockRow:
    """How much of a product there is, in one storage or in all."""

    product_id: int
    name: str
    kind: ProductKind
    unit: Unit
    category: str
    quantity: int
    value_minor: int | None
    whole_cost_minor: int | None
    """What a kilogram, litre or piece costs."""
    low_stock: int | None

    @property
    def is_low(self) -> bool:
        """Tell whether it is below what there should be at least."""
        return self.low_stock is not None and self.quantity < self.low_stock

    @property
    def is_negative(self) -> bool:
        """Tell whether more went out than had come in."""
        return self.quantity < 0


@dataclass(frozen=True, slots=True)
class StockValue:
    """What all stock is worth, by storage."""

    storages: Sequence[tuple[int, str, int]]
    """Number, name and value of each."""

    @property
    def total_minor(self) -> int:
        """Return the value of everything."""
        return sum(value for _, _, value in self.storages)


@dataclass(frozen=True, slots=True)
class MoveFilter:
    """Which moves to list; days are business days."""

    product_id: int | None = None
    storage_id: int | None = None
    kinds: frozenset[MoveKind] = frozenset()
    first_day: int | None = None
    last_day: int | None = None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of stock."""

    id: int
    at: datetime
    business_date: int
    kind: MoveKind
    storage: str
    product_id: int
    product: str
    unit: Unit
    quantity: int
    cost_minor: int | None
    document_id: int | None


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """One line of an invoice: `quantity` counts packages where there is one."""

    product_id: int
    quantity: int
    amount_minor: int
    tax_bp: int = 0
    discount_bp: int = 0
    package: str = ""
    factor: int = 1000
    unit: Unit | None = None
    """The unit that was said, held against the product's; None where none was."""


@dataclass(frozen=True, slots=True)
class SupplyForm:
    """A supply as it stands on the invoice.

    `tax_included` says that the amounts have the tax inside; `tax_reclaimed` that it is given back
    and is no part of what the stock costs.
    """

    storage_id: int
    lines: Sequence[SupplyLine]
    supplier_id: int | None = None
    at: datetime | None = None
    invoice: str = ""
    due_date: date | None = None
    tax_included: bool = True
    tax_reclaimed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A supply that was not received yet."""

    id: int
    version: int
    form: SupplyForm
    storage: str
    supplier: str
    total_minor: int | None


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a product; a `unit` that was said is held against the product's."""

    product_id: int
    quantity: int
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What to buy of a product that is running out: `order` of it, as `many` packages.

    `coming` stands in supplies that were not received yet. Without a package `factor` is the least
    that one buys loose. `cost_minor` is what so much cost last.
    """

    product_id: int
    name: str
    unit: Unit
    quantity: int
    coming: int
    low_stock: int
    goal: int
    order: int
    many: int
    package: str
    factor: int
    supplier_id: int | None
    supplier: str
    cost_minor: int | None
    days_left: int | None = None
    """For how many days there is enough, as it was sold in the last weeks; None if it was not."""


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """Which posted papers to list; days are business days."""

    kinds: frozenset[PaperKind] = frozenset()
    text: str = ""
    supplier_id: int | None = None
    only_unpaid: bool = False
    first_day: int | None = None
    last_day: int | None = None
    after: int | None = None  # only those that stand below this one in the list


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the list of papers. `reversed_by` is the paper that took it back."""

    id: int
    kind: PaperKind
    serial: int
    at: datetime
    business_date: int
    storage: str
    target: str
    supplier: str
    invoice: str
    reason: str
    due_date: date | None
    total_minor: int | None
    cost_minor: int | None
    unpaid_minor: int | None
    reverses_id: int | None
    reversed_by: int | None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of a posted paper."""

    line_no: int
    product_id: int
    name: str
    unit: Unit
    quantity: int
    package: str
    factor: int
    amount_minor: int | None
    discount_minor: int | None
    tax_bp: int
    tax_minor: int | None
    cost_minor: int | None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """Money paid for a supply."""

    at: datetime
    amount_minor: int
    note: str


@dataclass(frozen=True, slots=True)
class PaperCard:
    """Everything about a posted paper."""

    row: PaperRow
    lines: Sequence[PaperLine]
    payments: Sequence[PaymentLine]
    made: Amount | None
    note: str
    net_minor: int | None
    tax_minor: int | None
    made_name: str = ""
    """What a production made."""
    made_unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class CountPlace:
    """A storage that can be counted, and what may lie in it; nothing says how much should."""

    storage_id: int
    storage: str
    products: Sequence[tuple[int, str, Unit]]


@dataclass(frozen=True, slots=True)
class CountRow:
    """A stock-take in the list."""

    id: int
    storage: str
    at: datetime
    state: CountState
    lines: int
    counted_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Variance:
    """What was counted against what there should have been at that moment."""

    product_id: int
    name: str
    unit: Unit
    counted: int
    expected: int
    value_minor: int
    """What the difference is worth."""

    @property
    def difference(self) -> int:
        """Return how much more was counted than there should have been."""
        return self.counted - self.expected
