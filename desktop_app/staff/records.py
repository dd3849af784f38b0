"""What the staff slice gives to and takes from the outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.kernel.words import Message, msg

MONTH_HOURS = 173
"""The hours of a month of full-time work: 40 a week, 52 weeks, over twelve."""


class TokenKind(StrEnum):
    """By what somebody is known at the clock."""

    PIN = "pin"
    CARD = "card"


TOKENS: Mapping[TokenKind, Message] = {TokenKind.PIN: msg("PIN"), TokenKind.CARD: msg("Card")}


class PayBasis(StrEnum):
    """What somebody is paid for."""

    HOURS = "hours"
    """A month's pay by the hours of a month: each hour at work costs its part."""
    HOUR = "hour"
    DAY = "day"
    """Each day on which they came."""
    MONTH = "month"
    """The month itself, whatever is worked: each day of it costs its part."""


BASES: Mapping[PayBasis, Message] = {
    PayBasis.HOURS: msg("A month, by the hours worked"),
    PayBasis.HOUR: msg("An hour"),
    PayBasis.DAY: msg("A day at work"),
    PayBasis.MONTH: msg("A month, whatever is worked"),
}


@dataclass(frozen=True, slots=True)
class PayTerms:
    """What is paid (for what the basis says), and for how many hours a month counts."""

    amount_minor: int
    month_hours: int = MONTH_HOURS
    basis: PayBasis = PayBasis.HOURS


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """Somebody who works here; `since` is when they clocked in, None while they are not in."""

    id: int
    name: str
    position: str
    active: bool
    hired_on: date | None = None
    left_on: date | None = None
    since: datetime | None = None
    venue: str = ""
    """Where, where several venues are in sight."""


@dataclass(frozen=True, slots=True)
class EmployeeForm:
    """What an editor of staff asks."""

    name: str
    position: str = ""
    phone: str = ""
    email: str = ""
    hired_on: date | None = None
    left_on: date | None = None
    tips: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class EmployeeCard:
    """Everything about somebody who works here but the pay; `tokens` says which are set."""

    id: int
    version: int
    form: EmployeeForm
    active: bool
    tokens: frozenset[TokenKind]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position and how many people have it."""

    id: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class PayRow:
    """What somebody earns from a day on: `monthly_minor` is for what the basis says."""

    employee_id: int
    name: str
    position: str
    since: date
    monthly_minor: int
    month_hours: int = MONTH_HOURS
    basis: PayBasis = PayBasis.HOURS

    @property
    def terms(self) -> PayTerms:
        """Return what is paid, without for whom and since when."""
        return PayTerms(self.monthly_minor, self.month_hours, self.basis)


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time at work; open where it has no end."""

    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockRow:
    """An entry of the time clock. `counts` unless a later one stands for it, or it voids one."""

    id: int
    employee_id: int
    name: str
    started_at: datetime
    ended_at: datetime | None
    corrects: int | None
    void: bool
    reason: str
    entered_at: datetime
    counts: bool

    @property
    def spell(self) -> Spell:
        """Return its time."""
        return Spell(self.started_at, self.ended_at)


@dataclass(frozen=True, slots=True)
class HoursRow:
    """How long somebody was at work on a business day, and what that cost.

    Who is paid by the month costs something on days without work, too.
    `cost_minor` is None where it was not asked for, or no pay is written down for that day.
    """

    employee_id: int
    name: str
    position: str
    day: date
    worked_ms: int
    cost_minor: int | None = None

    @property
    def hours(self) -> float:
        """Return the hours, for showing."""
        return self.worked_ms / 3_600_000


@dataclass(frozen=True, slots=True)
class Clocked:
    """What came of clocking: who, and when they came (`came`) or went."""

    employee_id: int
    name: str
    at: datetime
    came: bool


@dataclass(frozen=True, slots=True)
class TipRow:
    """Tips that somebody was given; `corrected` where they were taken back."""

    id: int
    employee_id: int
    name: str
    day: date
    amount_minor: int
    reason: str
    corrects: int | None
    corrected: bool


PayHistory = Mapping[int, Sequence[PayRow]]
"""What everybody earned, oldest first."""
