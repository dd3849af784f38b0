"""The customers of the demonstration: people and companies that do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from desktop_app.customers.records import CustomerKind, IncomingCustomer, TaxIdState
from desktop_app.demo.chance import Wheel, stream
from desktop_app.demo.texts import people
from desktop_app.kernel.tax_ids import is_tax_id
from desktop_app.kernel.text import fold

PEOPLE, REGULARS = 520, 60
ADULT = 18
BEST = "M0001"
"""The customer who comes most often."""
LOYAL, GUEST, COMPANY, FAMILY = "Daimi qonaqlar", "Qonaqlar", "Şirkətlər", "Dostlar və ailə"
DISCOUNTS = {LOYAL: 5, FAMILY: 10, COMPANY: 7}
"""Discount in percent, by group."""
_YEARS = 1100
_OPERATORS = ("50", "51", "55", "70", "77", "99")
_BRANDS = Wheel.of([("Visa", 0.52), ("Mastercard", 0.46), ("UnionPay", 0.02)])
# What share of the visits of known customers the first few regulars make.
_HEAVY = (0.052, 0.030, 0.022, 0.018, 0.015, 0.012)


@dataclass(frozen=True, slots=True)
class Guest:
    """A customer, since when, how often they come, and the card they pay with."""

    incoming: IncomingCustomer
    since: datetime
    weight: float
    card: tuple[str, str]
    tags: Sequence[str]

    @property
    def reference(self) -> str:
        """Return the customer's code."""
        return self.incoming.reference

    @property
    def company(self) -> bool:
        """Tell whether it is a company."""
        return self.incoming.kind is CustomerKind.COMPANY

    def age_on(self, day: date) -> int:
        """Return the age in years, that of an adult where the birth date is not known."""
        born = self.incoming.birth_date
        if born is None:
            return ADULT
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def guests(seed: int, until: datetime) -> Sequence[Guest]:
    """Return everybody, the oldest customer first; the regulars came before the year began."""
    rng = stream(seed, "guests")
    names = _names(rng)
    found = [
        _person(rng, place, name, until) if place < PEOPLE else _company(rng, place, name, until)
        for place, name in enumerate([*names, *people("companies")])
    ]
    return sorted(found, key=lambda one: (one.since, one.reference))


def new_card(rng: Random) -> tuple[str, str]:
    """Return a brand and four last digits."""
    return _BRANDS.turn(rng), f"{int(rng.random() * 10_000):04d}"


def _names(rng: Random) -> list[str]:
    names = list(people("foreign"))
    known = set(names)
    while len(names) < PEOPLE:
        woman = rng.random() < 0.48  # noqa: PLR2004 - about half
        surname = rng.choice(people("surnames"))
        ending = "a" if woman and surname.endswith("*") else ""
        first = rng.choice(people("women" if woman else "men"))
        name = f"{first} {surname.rstrip('*')}{ending}"
        if name not in known:
            known.add(name)
            names.append(name)
    rng.shuffle(names)
    return names


def _person(rng: Random, place: int, name: str, until: datetime) -> Guest:
    regular, best = place < REGULARS, place == 0  # of the best customer everything is known
    group = (FAMILY if place % 12 == 5 else LOYAL) if regular else GUEST  # noqa: PLR2004
    allergic = rng.random() < 0.04 or best  # noqa: PLR2004 - about one in twenty-five
    incoming = IncomingCustomer(
        reference=f"M{place + 1:04d}",
        name=name,
        phone=_phone(rng, place),
        email=_email(rng, name, place) if rng.random() < 0.58 or best else "",  # noqa: PLR2004
        address=_address(rng) if rng.random() < 0.42 or best else "",  # noqa: PLR2004
        birth_date=_birth_date(rng, until, minor=place % 50 == 49 and not regular, said=best),  # noqa: PLR2004
        note=_note(rng, allergic=allergic, often=1.0 if best else 0.3 if regular else 0.08),
        group=group,
    )
    tags = {"daimi"} if regular else set()
    tags |= {"allergiya"} if allergic else set()
    if rng.random() < (0.5 if regular else 0.1):
        tags.add(rng.choice(people("tags")))
    return Guest(
        incoming, _since(rng, until, early=regular), _weight(place), new_card(rng), sorted(tags)
    )


def _company(rng: Random, place: int, name: str, until: datetime) -> Guest:
    incoming = IncomingCustomer(
        reference=f"Ş{place - PEOPLE + 1:03d}",
        name=name,
        phone=f"+99412{_subscriber(place)}",
        email=f"ofis@{_latin(name.rpartition(' ')[0]).replace('.', '-')}.example.az",
        address=_address(rng),
        tax_id=_tax_id(rng),
        tax_id_state=TaxIdState.VALID,
        note="Hesab-faktura ayın sonunda göndərilsin." if rng.random() < 0.5 else "",  # noqa: PLR2004
        kind=CustomerKind.COMPANY,
        group=COMPANY,
    )
    since = _since(rng, until, early=place % 3 != 0)
    return Guest(incoming, since, 0.006, new_card(rng), ["banket"] if place % 4 == 0 else [])


def _weight(place: int) -> float:
    """Return how often somebody comes, as a share of the visits of known customers."""
    if place < len(_HEAVY):
        return _HEAVY[place]
    return 0.0068 - place * 0.00006 if place < REGULARS else 0.0009


def _since(rng: Random, until: datetime, *, early: bool) -> datetime:
    days = rng.randrange(380, _YEARS) if early else int(_YEARS * rng.random() ** 1.3)
    minutes = rng.randrange(12 * 60, 22 * 60)
    day = (until - timedelta(days=days + 1)).date()
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes - 4 * 60)


def _birth_date(rng: Random, until: datetime, *, minor: bool, said: bool) -> date | None:
    days = rng.randrange(14 * 366, 17 * 365) if minor else int(rng.triangular(19, 74, 34) * 365.25)
    known = minor or rng.random() < 0.7 or said  # noqa: PLR2004 - not everybody says
    return until.date() - timedelta(days=days) if known else None


def _note(rng: Random, *, allergic: bool, often: float) -> str:
    notes = [rng.choice(people("allergies"))] if allergic else []
    if rng.random() < often:
        notes.append(rng.choice(people("notes")))
    return " ".join(notes)


def _phone(rng: Random, place: int) -> str:
    return f"+994{rng.choice(_OPERATORS)}{_subscriber(place)}"


def _subscriber(place: int) -> str:
    """Return a number that nobody has: those of subscribers begin with 2 or more."""
    return f"0{(place * 7919 + 104_729) % 1_000_000:06d}"


def _email(rng: Random, name: str, place: int) -> str:
    domain = "example.com" if rng.random() < 0.6 else "example.az"  # noqa: PLR2004
    return f"{_latin(name)}{place % 90 + 10}@{domain}"


def _latin(name: str) -> str:
    words = [word for word in fold(name).split() if word.isascii()]
    return ".".join(words) or "qonaq"


def _address(rng: Random) -> str:
    street = rng.choice(people("streets"))
    return f"Bakı, {street} {rng.randrange(1, 140)}, mənzil {rng.randrange(1, 90)}"


def _tax_id(rng: Random) -> str:
    while True:
        start = f"{rng.randrange(10_000_000, 30_000_000)}"
        for check in range(10):
            if is_tax_id(f"{start}{check}1"):
                return f"{start}{check}1"
