"""Customer tables. All but the numbers of joined cards lie in the people domain."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped

from desktop_app.customers.records import (
    Account,
    Cause,
    ContactKind,
    CustomerKind,
    CustomerState,
    TaxIdState,
)
from desktop_app.db.base import (
    WITHOUT_ROWID,
    About,
    Base,
    Basis,
    Holds,
    Keep,
    Person,
    Purpose,
    column,
    schema,
)
from desktop_app.db.types import Day, Id, UtcMillis, Word
from desktop_app.kernel.access import Domain

_NONE = text("0")


def _about(purpose: Purpose, basis: Basis, keep: Keep, path: str = "customer_id") -> About:
    return About(purpose, basis, keep, Person.CUSTOMER, path)


def _belongs_to_customer() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["customer_id"], ["people.customer.id"])


class CustomerGroup(Base):
    """A group of customers, such as regulars or companies.

    Receipts entered here always earn at these rates; imported ones from `earns_from` on.
    """

    __tablename__ = "customer_group"
    __about__ = About(Purpose.LOYALTY, Basis.NOT_PERSONAL, Keep.WHILE_USED)
    __table_args__ = (schema(Domain.PEOPLE),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = column(Holds.BUSINESS, String(200), unique=True)
    discount_bp: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    cashback_bp: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1, server_default=text("1"))
    bonus_bp: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    earns_from: Mapped[date | None] = column(Holds.BUSINESS, Day, default=None)


class Customer(Base):
    """A guest or company that gave us their details.

    The three amounts are the sums of the ledger's accounts, kept with it; `state` says whether the
    card is in use, put away, or kept under another one (`customer_alias`).
    """

    __tablename__ = "customer"
    __about__ = _about(Purpose.SERVICE, Basis.CONTRACT, Keep.WHILE_ACTIVE, "id")
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["people.customer_group.id"]),
        Index(None, "source", "reference", unique=True),
        Index(None, "sort_name", "id"),
        Index("ix_customer_state", "state", "sort_name", "id"),
        schema(Domain.PEOPLE),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    kind: Mapped[CustomerKind] = column(Holds.BUSINESS, Word(CustomerKind))
    name: Mapped[str] = column(Holds.IDENTITY, String(300))
    sort_name: Mapped[str] = column(Holds.IDENTITY, String(300))
    birth_date: Mapped[date | None] = column(Holds.IDENTITY, Day)
    birth_date_ambiguous: Mapped[bool] = column(Holds.IDENTITY, Boolean, default=False)
    tax_id: Mapped[str] = column(Holds.IDENTITY, String(32), default="")
    tax_id_state: Mapped[TaxIdState | None] = column(Holds.IDENTITY, Word(TaxIdState))
    group_id: Mapped[int | None] = column(Holds.PREFERENCE, BigInteger)
    note: Mapped[str] = column(Holds.PREFERENCE, Text, default="")
    balance_minor: Mapped[int] = column(Holds.FINANCE, BigInteger, default=0)
    source: Mapped[str] = column(Holds.BUSINESS, String(64))
    reference: Mapped[str] = column(Holds.BUSINESS, String(200))
    created_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1)
    bonus_minor: Mapped[int] = column(Holds.FINANCE, BigInteger, default=0, server_default=_NONE)
    cashback_minor: Mapped[int] = column(Holds.FINANCE, BigInteger, default=0, server_default=_NONE)
    state: Mapped[CustomerState] = column(
        Holds.BUSINESS,
        Word(CustomerState),
        default=CustomerState.ACTIVE,
        server_default=text("'active'"),
    )


class CustomerAlias(Base):
    """A card kept under another one of the same person; nothing of either moves.

    Numbers only, beside the receipts, so that whoever reads somebody's receipts finds them under
    both numbers. `swapped` are the fields whose values the two cards exchanged, `edited` those of
    them that somebody changed since; `place` says which came later, where `at` is the same.
    """

    __tablename__ = "customer_alias"
    __about__ = _about(Purpose.SERVICE, Basis.LEGITIMATE_INTEREST, Keep.WHILE_ACTIVE, "kept_id")
    __table_args__ = (Index(None, "kept_id"), schema(Domain.OPS))

    gone_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    kept_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    made_by: Mapped[str] = column(Holds.BUSINESS, String(200))
    swapped: Mapped[str] = column(Holds.TECHNICAL, String(300), typed=True)
    edited: Mapped[str] = column(
        Holds.TECHNICAL, String(300), default="", server_default=text("''"), typed=True
    )
    place: Mapped[int] = column(Holds.TECHNICAL, Integer, default=0, server_default=_NONE)


class CustomerApart(Base):
    """Two cards that look like one person's and are two people's; a line for each of them."""

    __tablename__ = "customer_apart"
    __about__ = _about(Purpose.SERVICE, Basis.LEGITIMATE_INTEREST, Keep.WHILE_ACTIVE)
    __table_args__ = (
        _belongs_to_customer(),
        schema(Domain.PEOPLE, **WITHOUT_ROWID),
    )

    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    other_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    made_by: Mapped[str] = column(Holds.BUSINESS, String(200))


class CustomerToken(Base):
    """A folded word or number ending by which a customer is found from the first letter."""

    __tablename__ = "customer_token"
    __about__ = About(
        Purpose.SERVICE, Basis.CONTRACT, Keep.WHILE_ACTIVE, Person.CUSTOMER, "customer_id",
        derived=True,
    )  # fmt: skip
    __table_args__ = (
        _belongs_to_customer(),
        Index(None, "customer_id"),
        schema(Domain.PEOPLE, **WITHOUT_ROWID),
    )

    token: Mapped[str] = column(Holds.IDENTITY, String(64), primary_key=True, typed=True)
    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)


class CustomerContact(Base):
    """A way to reach a customer."""

    __tablename__ = "customer_contact"
    __about__ = _about(Purpose.SERVICE, Basis.CONTRACT, Keep.WHILE_ACTIVE)
    __table_args__ = (_belongs_to_customer(), schema(Domain.PEOPLE, **WITHOUT_ROWID))

    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    kind: Mapped[ContactKind] = column(Holds.BUSINESS, Word(ContactKind))
    value: Mapped[str] = column(Holds.CONTACT, String(500))
    preferred: Mapped[bool] = column(Holds.PREFERENCE, Boolean, default=False)


class Consent(Base):
    """What a customer agreed to: the exact words, when, how, and when it was withdrawn.

    `recorded_at` and `recorded_by` say who wrote it down and when, where it was given on paper
    before. The words are proof: nobody changes them, also not who masks card numbers.
    """

    __tablename__ = "consent"
    __about__ = _about(Purpose.MARKETING, Basis.CONSENT, Keep.UNTIL_WITHDRAWN)
    __table_args__ = (_belongs_to_customer(), schema(Domain.PEOPLE, **WITHOUT_ROWID))

    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    purpose: Mapped[str] = column(Holds.PREFERENCE, String(64), proof=True)
    wording: Mapped[str] = column(Holds.PREFERENCE, Text, proof=True)
    language: Mapped[str] = column(Holds.PREFERENCE, String(8), typed=True)
    channel: Mapped[str] = column(Holds.PREFERENCE, String(32), proof=True)
    given_at: Mapped[datetime] = column(Holds.PREFERENCE, UtcMillis)
    withdrawn_at: Mapped[datetime | None] = column(Holds.PREFERENCE, UtcMillis)
    recorded_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis, default=None)
    recorded_by: Mapped[str] = column(
        Holds.BUSINESS, String(200), default="", server_default=text("''"), proof=True
    )


class Communication(Base):
    """A message to or from a customer."""

    __tablename__ = "communication"
    __about__ = _about(Purpose.COMMUNICATION, Basis.LEGITIMATE_INTEREST, Keep.WHILE_ACTIVE)
    __table_args__ = (_belongs_to_customer(), schema(Domain.PEOPLE, **WITHOUT_ROWID))

    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    at: Mapped[datetime] = column(Holds.PREFERENCE, UtcMillis)
    direction: Mapped[str] = column(Holds.PREFERENCE, String(8))
    channel: Mapped[str] = column(Holds.PREFERENCE, String(32))
    subject: Mapped[str] = column(Holds.PREFERENCE, String(300))
    text: Mapped[str] = column(Holds.PREFERENCE, Text)


class CustomerTag(Base):
    """A word that staff gave a customer."""

    __tablename__ = "customer_tag"
    __about__ = _about(Purpose.SERVICE, Basis.LEGITIMATE_INTEREST, Keep.WHILE_ACTIVE)
    __table_args__ = (_belongs_to_customer(), schema(Domain.PEOPLE, **WITHOUT_ROWID))

    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    tag: Mapped[str] = column(Holds.PREFERENCE, String(64), primary_key=True)


class BalanceEntry(Base):
    """A movement of a customer's money with us; what they have is always the sum of these.

    `corrects` is the line of the same customer that this one takes back; `cause` what the receipt
    that `document` names did, which is entered once for each account.
    """

    __tablename__ = "balance_entry"
    __about__ = _about(Purpose.LOYALTY, Basis.CONTRACT, Keep.TAX_PERIOD)
    __table_args__ = (
        _belongs_to_customer(),
        Index("ix_balance_entry_corrects", "customer_id", "corrects", unique=True),
        Index("ix_balance_entry_cause", "document", "account", "cause", unique=True),
        schema(Domain.PEOPLE, **WITHOUT_ROWID),
    )

    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    at: Mapped[datetime] = column(Holds.FINANCE, UtcMillis)
    amount_minor: Mapped[int] = column(Holds.FINANCE, BigInteger)
    reason: Mapped[str] = column(Holds.FINANCE, String(200))
    account: Mapped[Account] = column(
        Holds.FINANCE, Word(Account), default=Account.BALANCE, server_default=text("'balance'")
    )
    document: Mapped[str] = column(
        Holds.TECHNICAL, String(64), default="", server_default=text("''"), typed=True
    )
    corrects: Mapped[int | None] = column(Holds.TECHNICAL, Integer, default=None)
    cause: Mapped[Cause | None] = column(Holds.TECHNICAL, Word(Cause), default=None)
