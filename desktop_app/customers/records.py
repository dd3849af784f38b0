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


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One way to reach a customer."""

    kind: ContactKind
    value: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent, with the words that were agreed to."""

    purpose: str
    given_at: datetime
    withdrawn_at: datetime | None
    channel: str
    language: str
    wording: str


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
    """One entry of a customer's balance."""

    at: datetime
    amount_minor: int
    reason: str


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


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Some customers and where the next page begins (None at the end)."""

    rows: Sequence[CustomerRow]
    next: int | None
