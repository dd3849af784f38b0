"""What the venue slice gives to and takes from the outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_app.kernel.clock import VenueTime, as_date


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

    @property
    def profile(self) -> VenueProfile:
        """Return what can be changed of it."""
        return VenueProfile(
            self.name, self.opening, self.legal_name, self.tax_id, self.email, self.phone,
            self.address,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Today:
    """The present at a venue. `now` is aware UTC; `several` that more venues are in sight."""

    venue: VenueCard
    now: datetime
    several: bool = False

    @property
    def local(self) -> datetime:
        """Return the present on the venue's wall clock."""
        return self.venue.time.local(self.now)

    @property
    def day(self) -> date:
        """Return the business day that is running."""
        return as_date(self.venue.time.business_date(self.now))


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


@dataclass(frozen=True, slots=True)
class VenueProfile:
    """What can be changed of a venue. Currency and time zone stay: sales were counted by them."""

    name: str
    opening: time = time(6)
    legal_name: str = ""
    tax_id: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
