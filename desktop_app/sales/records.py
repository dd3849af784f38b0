"""What the sales slice gives to and takes from the outside. Money is minor units of the venue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop_app.kernel.words import Message
from desktop_app.orders.records import PaymentMethod


class CorrectionKind(StrEnum):
    """What a later entry does to a receipt."""

    REFUND = "refund"
    VOID = "void"
    PAYMENT = "payment"


class Disposal(StrEnum):
    """What became of goods that were taken back."""

    RETURN = "return"
    WASTE = "waste"
    NONE = "none"


class CashKind(StrEnum):
    """Which way cash went that was not a sale."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class SalePayment:
    """One payment; of a card only the brand and the last four digits."""

    method: PaymentMethod
    amount_minor: int
    card_brand: str = ""
    card_last4: str = ""


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line of a sale entered by hand; quantities in thousandths, rates in basis points.

    Without `unit_price_minor` the price is the menu's: of the price list that holds, with what was
    chosen (`choices`, by name). A gift costs nothing. Of a timed item `minutes` say how long; its
    quantity follows from them.
    """

    product_id: int
    quantity: int = 1000
    variant: str = ""
    unit_price_minor: int | None = None
    discount_bp: int = 0
    gift: bool = False
    modifiers: str = ""
    note: str = ""
    choices: Sequence[str] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class NewSale:
    """A receipt entered by hand.

    Each product has the menu's tax, in its price or on top of it. Where `tax_bp` is said it takes
    the place of all of them, and `tax_included` says whether prices hold it already.
    """

    lines: Sequence[SaleLine]
    payments: Sequence[SalePayment]
    discount_bp: int = 0
    service_bp: int = 0
    tax_bp: int | None = None
    tax_included: bool = True
    customer_id: int | None = None
    employee_id: int | None = None
    sale_type: str = ""
    table: str = ""
    guests: int = 0
    note: str = ""
    price_list_id: int | None = None
    """The price list that was chosen; without one those hold that fit the sale."""
    till: str = ""
    """The till that took the money; the venue's own where it is not said."""


@dataclass(frozen=True, slots=True)
class LineSums:
    """What one line comes to: `gross - discount == total`; tax and service charge lie on top.

    `tax_included` says that the menu's price held the tax.
    """

    gross_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    tax_included: bool = True
    service_minor: int = 0


@dataclass(frozen=True, slots=True)
class SaleSums:
    """What a receipt comes to; `due_minor` is what has to be paid."""

    lines: Sequence[LineSums]
    service_minor: int

    @property
    def gross_minor(self) -> int:
        """Return the sum before discounts."""
        return sum(line.gross_minor for line in self.lines)

    @property
    def priced_minor(self) -> int:
        """Return the sum before discounts as the menu's prices say it, with the tax they hold."""
        return sum(
            line.gross_minor + (line.tax_minor if line.tax_included else 0) for line in self.lines
        )

    @property
    def discount_minor(self) -> int:
        """Return all discounts and gifts."""
        return sum(line.discount_minor for line in self.lines)

    @property
    def tax_minor(self) -> int:
        """Return the tax."""
        return sum(line.tax_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        """Return the revenue: after discounts, without tax and service charge."""
        return sum(line.total_minor for line in self.lines)

    @property
    def due_minor(self) -> int:
        """Return what the guest has to pay."""
        return self.total_minor + self.tax_minor + self.service_minor


@dataclass(frozen=True, slots=True)
class EnteredSale:
    """A sale that was entered."""

    order_id: int
    number: str
    total_minor: int
    due_minor: int


@dataclass(frozen=True, slots=True)
class SoldLine:
    """One line of a receipt as the rules of refunds see it.

    `service_minor` is None where its source says the service charge of the whole only.
    """

    line_no: int
    quantity: int
    gross_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    service_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """A receipt as the rules of refunds see it: lines, service charge, and what was paid."""

    lines: Sequence[SoldLine]
    service_minor: int
    paid_minor: int

    @property
    def fits(self) -> bool:
        """Tell whether what was paid is what the receipt came to; some sources add tips."""
        due = sum(line.total_minor + line.tax_minor for line in self.lines) + self.service_minor
        return due == self.paid_minor

    @property
    def knows_service(self) -> bool:
        """Tell whether it is known which lines bore the service charge."""
        return all(line.service_minor is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken back of a receipt before: quantities by line, money, service charge."""

    quantities: Mapping[int, int] = field(default_factory=dict)
    money_minor: int = 0
    service_minor: int = 0


@dataclass(frozen=True, slots=True)
class TakenLine:
    """What one refund takes back of a line. All numbers are positive for a sale."""

    line_no: int
    quantity: int
    sums: LineSums


@dataclass(frozen=True, slots=True)
class Refund:
    """What one refund takes back: lines, service charge, and the money that is given back."""

    lines: Sequence[TakenLine]
    service_minor: int
    money_minor: int

    @property
    def total_minor(self) -> int:
        """Return the revenue that is lost."""
        return sum(line.sums.total_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was entered: its own entry, and the money that is given back."""

    order_id: int
    number: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction of a receipt."""

    order_id: int
    original_id: int
    number: str
    kind: CorrectionKind
    disposal: Disposal
    reason: str
    amount_minor: int
    at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class LeftLine:
    """How much of a line can still be taken back."""

    line_no: int
    name: str
    quantity: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """How a receipt was corrected, and what can still be taken back.

    `original` is set where the receipt is a correction itself. `why_not` says why nothing can be
    taken back.
    """

    rows: Sequence[CorrectionRow]
    original: CorrectionRow | None
    left: Sequence[LeftLine]
    left_minor: int
    payments: Sequence[tuple[PaymentMethod, int]]
    why_not: Message | None


@dataclass(frozen=True, slots=True)
class CashMoveRow:
    """Cash put into the till or taken out; taken out is negative."""

    id: int
    at: datetime
    made_by: str
    kind: CashKind
    amount_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class ShiftSums:
    """What came together in a shift. Payments are money that came in, less what was given back."""

    receipts: int = 0
    refunds: int = 0
    voids: int = 0
    changes: int = 0
    gross_minor: int = 0
    discount_minor: int = 0
    service_minor: int = 0
    tax_minor: int = 0
    total_minor: int = 0
    refunded_minor: int = 0
    first_no: int = 0
    last_no: int = 0
    payments: Sequence[tuple[PaymentMethod, int, int]] = ()
    """Method, number of payments, amount."""

    @property
    def paid_minor(self) -> int:
        """Return all money that came in."""
        return sum(amount for _method, _count, amount in self.payments)

    @property
    def cash_minor(self) -> int:
        """Return the cash that sales brought in."""
        return sum(a for method, _count, a in self.payments if method is PaymentMethod.CASH)


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift: how it was opened and, where it is closed, how its cash came out."""

    id: int
    number: int
    business_date: int
    opened_at: datetime
    opened_by: str
    opening_minor: int
    closed_at: datetime | None = None
    closed_by: str = ""
    z_number: int = 0
    total_minor: int | None = None
    expected_minor: int | None = None
    counted_minor: int | None = None
    difference_minor: int | None = None
    note: str = ""
    till: str = ""
    till_title: str = ""

    @property
    def till_called(self) -> str:
        """Return what its till is called, with the name that is on its receipts."""
        return (
            f"{self.till_title} ({self.till})"
            if self.till_title and self.till
            else (self.till_title or self.till)
        )


@dataclass(frozen=True, slots=True)
class TillRow:
    """A till, the venue's own without a name, and the number of its open shift; 0 for none.

    `title` is what it is called here, where that is not its name; one not `active` was put away.
    """

    name: str
    shift: int = 0
    title: str = ""
    active: bool = True

    @property
    def called(self) -> str:
        """Return what it is called; nothing for the venue's own."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """X (`z_number` 0, of a shift that is open) or Z. `anchor` is the line of the trail."""

    shift: ShiftRow
    until: datetime
    sums: ShiftSums
    moves: Sequence[CashMoveRow]
    grand_total_minor: int
    anchor: str

    @property
    def in_minor(self) -> int:
        """Return the cash put in."""
        return sum(move.amount_minor for move in self.moves if move.amount_minor > 0)

    @property
    def out_minor(self) -> int:
        """Return the cash taken out, a positive number."""
        return -sum(move.amount_minor for move in self.moves if move.amount_minor < 0)

    @property
    def expected_minor(self) -> int:
        """Return the cash that has to be in the till."""
        opening = self.shift.opening_minor
        return opening + self.sums.cash_minor + self.in_minor - self.out_minor


class PaperSize(StrEnum):
    """What a report is printed on."""

    A4 = "a4"
    ROLL = "80mm"
