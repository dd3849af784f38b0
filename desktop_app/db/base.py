"""The declarative base and the data map: what each column holds, why, on what basis, for how long.

A table says `__about__ = About(...)` and each column says what it `Holds`. The audit trail, the
customer's copy, erasure, retention, exports and the register of processing all read these words;
a column or table without them fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

from desktop_app.kernel.access import Domain


class Holds(StrEnum):
    """What a column holds."""

    TECHNICAL = "technical"
    """Row numbers, versions, marks of the program itself."""
    BUSINESS = "business"
    """Facts of the trade that say nothing of a person."""
    IDENTITY = "identity"
    """Who somebody is: name, birth date, tax id."""
    CONTACT = "contact"
    """How to reach somebody."""
    BEHAVIOUR = "behaviour"
    """What somebody bought, when, how they paid."""
    PREFERENCE = "preference"
    """What somebody agreed to, wants, or was noted about them."""
    FINANCE = "finance"
    """Balances and pay of a person."""
    SECRET = "secret"  # noqa: S105
    """Never shown, never exported."""


PERSONAL = frozenset(
    {Holds.IDENTITY, Holds.CONTACT, Holds.BEHAVIOUR, Holds.PREFERENCE, Holds.FINANCE}
)
REDACTED = PERSONAL - {Holds.BEHAVIOUR} | {Holds.SECRET}
"""Kinds whose values never reach the audit trail."""


class Purpose(StrEnum):
    """Why something is kept (privacy policy, 2.1 to 2.6)."""

    ACCOUNT = "account"
    SERVICE = "service"
    LOYALTY = "loyalty"
    MARKETING = "marketing"
    COMMUNICATION = "communication"
    BOOKKEEPING = "bookkeeping"
    EMPLOYMENT = "employment"
    SECURITY = "security"
    OPERATION = "operation"


class Basis(StrEnum):
    """On what legal basis (GDPR, article 6)."""

    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    CONSENT = "consent"
    LEGITIMATE_INTEREST = "legitimate_interest"
    NOT_PERSONAL = "not_personal"


class Keep(StrEnum):
    """For how long; the retention engine turns these into dates."""

    WHILE_ACTIVE = "while_active"
    TAX_PERIOD = "tax_period"
    UNTIL_WITHDRAWN = "until_withdrawn"
    TRAIL_PERIOD = "trail_period"
    WHILE_USED = "while_used"


class Person(StrEnum):
    """Whom a row is about."""

    CUSTOMER = "customer"
    EMPLOYEE = "employee"
    USER = "user"


@dataclass(frozen=True, slots=True)
class About:
    """What a table is for and whom it is about.

    `path` leads from a row to the person: the column with the person's row number, or, where the
    parent knows, `parent_column>parent_table` (`order_id>pos_order`). `derived` tables can be
    computed again from others and are not counted in backups. `sealed` tables mean money: the trail
    remembers what was written to them (`state_seals`).
    """

    purpose: Purpose
    basis: Basis
    keep: Keep
    person: Person | None = None
    path: str = ""
    derived: bool = False
    sealed: bool = False


class Base(DeclarativeBase):
    """Base of every table."""

    __about__: ClassVar[About]
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def column(
    holds: Holds,
    *args: Any,
    typed: bool = False,
    later: bool = False,
    proof: bool = False,
    **kwargs: Any,
) -> MappedColumn[Any]:
    """Map a column and say what it holds; there is no way to map one without saying.

    `typed` says that a text has a type of its own (barcode, order number, hash) and is not searched
    for card numbers; every other text is free text, and searched whenever it is written. `later`
    marks a number that a sealed table got after rows of it had been sealed: a row in which it is
    nothing keeps the seal it had. `proof` marks words that stay as they were written: also who
    masks card numbers may not change them.
    """
    info = {"holds": holds, "typed": typed, "later": later, "proof": proof}
    return mapped_column(*args, info=info, active_history=True, **kwargs)


def schema(domain: Domain, **options: Any) -> dict[str, Any]:
    """Return the table arguments that place a table in a domain."""
    return {"schema": domain.value, **options}


WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""For child rows keyed by (parent, line): 0.57 times the size (storage.md, 5)."""
