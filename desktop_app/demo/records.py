"""What filling a demonstration store gives back. Money is minor units of the venue."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Written:
    """What was written into the store. Days are business days (yyyymmdd)."""

    orders: int = 0
    customers: int = 0
    products: int = 0
    employees: int = 0
    revenue_minor: int = 0
    first_day: int = 0
    last_day: int = 0


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What a demonstration store holds. The recovery code is shown once and kept nowhere."""

    orders: int
    customers: int
    products: int
    employees: int
    revenue_minor: int
    currency: str
    seconds: float
    first_day: int
    last_day: int
    recovery_key_id: str
    recovery_code_text: str = field(repr=False)
