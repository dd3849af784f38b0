"""What the staff slice gives to the outside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """Somebody who works here."""

    id: int
    name: str
    position: str
    active: bool
