"""What the staff slice gives to the outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """Somebody who works here."""

    id: int
    name: str
    position: str
    active: bool


@dataclass(frozen=True, slots=True)
class PayRow:
    """What somebody earns a month from a day on."""

    employee_id: int
    name: str
    position: str
    since: date
    monthly_minor: int
