"""What the venue slice gives to and takes from the outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from desktop_app.kernel.clock import VenueTime


@dataclass(frozen=True, slots=True)
class VenueCard:
    """A place of sale and how it counts."""

    id: int
    name: str
    legal_name: str
    tax_id: str
    email: str
    phone: str
    address: str
    country: str
    currency: str
    timezone: str
    opening: time

    @property
    def time(self) -> VenueTime:
        """Return how the venue counts its days."""
        return VenueTime(self.timezone, self.opening)


@dataclass(frozen=True, slots=True)
class NewVenue:
    """What is needed to open a venue in the books."""

    name: str
    currency: str = "AZN"
    timezone: str = "Asia/Baku"
    opening: time = time(6)
    country: str = "AZ"
    legal_name: str = ""
    tax_id: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
