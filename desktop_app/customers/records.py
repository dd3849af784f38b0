"""What the customers slice gives to and takes from the outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CustomerKind(StrEnum):
    """A person or a company."""

    PERSON = "person"
    COMPANY = "company"


class ContactKind(StrEnum):
    """A way to reach somebody."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


class CustomerState(StrEnum):
    """Whether a card is in use, put away, or kept under another card of the same person."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    JOINED = "joined"


class Account(StrEnum):
    """What a movement of somebody's money with us belongs to."""

    BALANCE = "balance"
    BONUS = "bonus"
    CASHBACK = "cashback"


class Cause(StrEnum):
    """What a receipt did to somebody's bonus or cashback; each at most once a receipt."""

    EARNED = "earned"
    TAKEN = "taken"
    """Taken back, since the receipt that earned it was."""
    SPENT = "spent"
    GIVEN = "given"
    """Given back, since the receipt that was paid with it was taken back."""


class Likeness(StrEnum):
    """In what two cards are alike."""

    TAX_ID = "tax_id"
    PHONE = "phone"
    EMAIL = "email"
    CODE = "code"
    SAME_NAME = "same_name"
    BIRTH_DATE = "birth_date"
    LIKE_NAME = "like_name"


class TaxIdState(StrEnum):
    """What the check digit says about a tax id (VÖEN)."""

    VALID = "valid"
    ZERO_LOST = "zero_lost"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class IncomingCustomer:
    """One customer read from a file, already checked.

    `reference` is the customer's code in the source. A value that breaks a rule but is worth
    keeping (a phone that cannot exist, a tax id with a wrong check digit) is kept and reported.
    """

    reference: str
    name: str
    phone: str = ""
    phone_possible: bool = True
    email: str = ""
    address: str = ""
    birth_date: date | None = None
    birth_date_ambiguous: bool = False
    tax_id: str = ""
    tax_id_state: TaxIdState | None = None
    balance_minor: int = 0
    note: str = ""
    kind: CustomerKind = CustomerKind.PERSON
    group: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the customers list."""

    id: int
    name: str
    kind: CustomerKind
    phone: str
    email: str
    group: str
    balance_minor: int
    reference: str
    bonus_minor: int = 0
    cashback_minor: int = 0
    state: CustomerState = CustomerState.ACTIVE


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One way to reach a customer."""

    kind: ContactKind
    value: str
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent, with the words that were agreed to, and who wrote it down when.

    `recorded_at` is None for what came with an import or was written down by an earlier program.
    """

    purpose: str
    given_at: datetime
    withdrawn_at: datetime | None
    channel: str
    language: str
    wording: str
    customer_id: int
    line_no: int
    recorded_at: datetime | None = None
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class CommunicationRow:
    """One message to or from a customer."""

    at: datetime
    direction: str
    channel: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One entry of a customer's ledger.

    `customer_id` and `line_no` name it; `corrects` is the line it takes back, `taken_back` that
    another one took it back.
    """

    at: datetime
    amount_minor: int
    reason: str
    account: Account = Account.BALANCE
    document: str = ""
    customer_id: int = 0
    line_no: int = 0
    corrects: int | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything on one customer's card, without the orders."""

    row: CustomerRow
    birth_date: date | None
    birth_date_ambiguous: bool
    tax_id: str
    tax_id_state: TaxIdState | None
    note: str
    created_at: datetime
    source: str
    contacts: Sequence[ContactRow]
    consents: Sequence[ConsentRow]
    communications: Sequence[CommunicationRow]
    balance: Sequence[BalanceRow]
    tags: Sequence[str]
    version: int = 1
    group_id: int | None = None
    joined: Sequence[JoinedRow] = ()


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """A card that was put together with another one, and can be taken out again."""

    id: int
    name: str
    at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Some customers and where the next page begins (None at the end)."""

    rows: Sequence[CustomerRow]
    next: int | None


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """What somebody fills in about a customer. Contacts stand in the order they are shown."""

    name: str
    kind: CustomerKind = CustomerKind.PERSON
    contacts: Sequence[ContactRow] = ()
    birth_date: date | None = None
    tax_id: str = ""
    group_id: int | None = None
    note: str = ""
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class GroupForm:
    """A group of customers: what they pay less and what they get back, in basis points.

    Imported receipts earn too from the business day `earns_from` on; None for never.
    """

    name: str
    discount_bp: int = 0
    cashback_bp: int = 0
    bonus_bp: int = 0
    earns_from: date | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group, with how many customers are in it."""

    id: int
    version: int
    name: str
    discount_bp: int
    cashback_bp: int
    customers: int
    bonus_bp: int = 0
    earns_from: date | None = None


@dataclass(frozen=True, slots=True)
class Balances:
    """What lies in a customer's accounts with us."""

    balance_minor: int = 0
    bonus_minor: int = 0
    cashback_minor: int = 0

    def of(self, account: Account) -> int:
        """Return what lies in one of them."""
        match account:
            case Account.BALANCE:
                return self.balance_minor
            case Account.BONUS:
                return self.bonus_minor
            case Account.CASHBACK:
                return self.cashback_minor


@dataclass(frozen=True, slots=True)
class Movement:
    """What a receipt did to somebody's account; `document` names the receipt (`order:5`)."""

    customer_id: int
    account: Account
    amount_minor: int
    reason: str
    document: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class BirthdayRow:
    """Somebody whose birthday comes. `turns` is the age; `may_greet` that they agreed to offers."""

    id: int
    name: str
    phone: str
    day: date
    turns: int
    may_greet: bool


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to or from a customer that is written down."""

    direction: str
    channel: str
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What a customer agreed to: for what, how, in which language, and the exact words.

    `given_on` is the day on the paper, where it was given before it is written down.
    """

    purpose: str
    channel: str
    language: str
    wording: str
    given_on: date | None = None


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """Two cards that may be one person's: the older one first, how sure (60 to 100), and why."""

    first: CustomerRow
    second: CustomerRow
    score: int
    why: Sequence[Likeness]


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Two cards that somebody marked as two people's, when and who."""

    first: CustomerRow
    second: CustomerRow
    at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class MergeWish:
    """Which card stays, which goes under it, and the fields that are taken from that one."""

    kept_id: int
    kept_version: int
    gone_id: int
    gone_version: int
    take: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OwnCard:
    """One card as it is filled in, without what others kept under it say."""

    id: int
    version: int
    form: CustomerForm


class MoneyState(StrEnum):
    """What lies in somebody's accounts with us."""

    OWES = "owes"
    """A balance below nothing."""
    HAS = "has"
    """A balance above nothing."""
    BONUS = "bonus"
    """Bonus or cashback."""


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers to list: those whose words begin so, in use or put away; None for any.

    A tag that stands on a card kept under another one counts for that one.
    """

    text: str = ""
    state: CustomerState = CustomerState.ACTIVE
    group_id: int | None = None
    tag: str = ""
    money: MoneyState | None = None
