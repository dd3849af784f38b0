"""Who works in the demonstration restaurant, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop_app.staff.records import MONTH_HOURS, PayBasis

RAISE_PERCENT = 8


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works here. `joined` and `left` are days before today."""

    name: str
    position: str
    monthly_minor: int
    joined: int
    left: int | None = None


CREW: Sequence[Worker] = (
    Worker("Aysel Məmmədova", "Menecer", 180_000, 1650),
    Worker("Elvin Həsənov", "Baş ofisiant", 110_000, 1320),
    Worker("Nigar Əliyeva", "Ofisiant", 80_000, 940),
    Worker("Orxan Quliyev", "Ofisiant", 80_000, 610),
    Worker("Günel İsmayılova", "Ofisiant", 80_000, 505),
    Worker("Tural Abbasov", "Ofisiant", 75_000, 190),
    Worker("Kamran Vəliyev", "Ofisiant", 78_000, 820, 196),
    Worker("Sevinc Babayeva", "Kassir", 85_000, 1100),
    Worker("Rəşad Nəbiyev", "Kassir", 82_000, 430),
    Worker("Vüqar Şirinov", "Baş aşpaz", 260_000, 1650),
    Worker("Pərvanə Hüseynova", "Aşpaz", 150_000, 1200),
    Worker("Zaur Mikayılov", "Kabab ustası", 160_000, 1010),
    Worker("Ləman Rəhimova", "Barmen", 95_000, 560),
    Worker("Fərid Kərimov", "Kuryer", 70_000, 380),
)
_WAITING = ("Baş ofisiant", "Ofisiant")
_TILL = "Kassir"


def waiters(day: date, today: date) -> Sequence[str]:
    """Return who waits at tables on a day: two days on, two days off, the head waiter always."""
    present = [one for one in CREW if one.position in _WAITING and _works(one, day, today)]
    shift = day.toordinal() // 2 % 2
    return [
        one.name
        for place, one in enumerate(present)
        if one.position != _WAITING[1] or place % 2 == shift
    ]


def cashier(day: date) -> str:
    """Return who sits at the till and takes calls on a day."""
    tills = [one.name for one in CREW if one.position == _TILL]
    return tills[day.toordinal() // 2 % len(tills)]


def salaries(worker: Worker, today: date) -> Sequence[tuple[date, int]]:
    """Return what somebody earns from which day on: at first less, then a raise each January."""
    joined = today - timedelta(days=worker.joined)
    raises = [date(year, 1, 1) for year in range(joined.year + 1, today.year + 1)]
    if worker.left is not None:
        raises = [day for day in raises if day < today - timedelta(days=worker.left)]
    days = [joined, *raises]
    return [
        (day, _whole(worker.monthly_minor * 100 // (100 + RAISE_PERCENT * (len(days) - 1 - place))))
        for place, day in enumerate(days)
    ]


def paid(worker: Worker, monthly_minor: int) -> tuple[int, str]:
    """Return what somebody is paid, and for what: the courier by the hour, for one."""
    match worker.position:
        case "Kuryer":
            return round(monthly_minor, -1) // MONTH_HOURS // 10 * 10, PayBasis.HOUR.value
        case "Menecer":
            return monthly_minor, PayBasis.MONTH.value
        case _:
            return monthly_minor, PayBasis.HOURS.value


def at_table(rng: Random, names: Sequence[str]) -> str:
    """Return one of the waiters of a shift."""
    return names[int(rng.random() * len(names))]


def _works(worker: Worker, day: date, today: date) -> bool:
    ago = (today - day).days
    return ago <= worker.joined and (worker.left is None or ago > worker.left)


def _whole(minor: int) -> int:
    return minor // 1000 * 1000
