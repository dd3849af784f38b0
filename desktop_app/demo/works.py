"""A year at the time clock of the demonstration: who came when, what was corrected, tips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from desktop_app.db.transaction import Transaction
from desktop_app.demo.chance import stream
from desktop_app.demo.crew import CREW, Worker
from desktop_app.kernel.clock import VenueTime, as_number, millis
from desktop_app.staff.tables import ClockEntry, Employee, EmployeeContact, StaffPosition, TipShare

DAYS = 365
_TIPPED = ("Baş ofisiant", "Ofisiant", "Barmen", "Kuryer")
_TURNS = ("Ofisiant", "Kassir", "Barmen")
"""Positions of two days on and two days off; the others have one day of the week free."""
_FORGOTTEN = 0.012
_MISSED = 0.015
_REASON = "Çıxışı qeyd etməyi unudub"
_CLOCK = (
    "id", "venue_id", "employee_id", "started_at", "ended_at", "corrects", "void", "entered_at",
    "reason",
)  # fmt: skip
_TIP = (
    "id", "venue_id", "employee_id", "business_date", "amount_minor", "corrects", "entered_at",
    "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """A day of somebody at work; `forgot` is what the clock said before it was corrected."""

    worker: Worker
    day: date
    came: datetime
    went: datetime | None
    forgot: datetime | None = None
    tips_minor: int = 0


def write_clock(
    tx: Transaction, venue_id: int, numbers: Mapping[str, int], turns: Iterator[Turn]
) -> None:
    """Add a year of the time clock and of tips."""
    clocked: list[tuple[object, ...]] = []
    tips: list[tuple[object, ...]] = []
    for turn in turns:
        who, came = numbers[turn.worker.name], millis(turn.came)
        went = None if turn.went is None else millis(turn.went)
        wrong = None
        if turn.forgot is not None:
            wrong = tx.ids.one()
            late = millis(turn.forgot)
            clocked.append((wrong, venue_id, who, came, late, None, False, late, ""))
        reason = "" if wrong is None else _REASON
        entered = came if went is None else went
        clocked.append((tx.ids.one(), venue_id, who, came, went, wrong, False, entered, reason))
        if turn.tips_minor:
            day = as_number(turn.day)
            tips.append((tx.ids.one(), venue_id, who, day, turn.tips_minor, None, entered, ""))
    tx.import_rows(ClockEntry, _CLOCK, clocked)
    tx.import_rows(TipShare, _TIP, tips)
    tx.about("demonstration", clock_entries=len(clocked), tips=len(tips))


def write_people(tx: Transaction, venue_id: int, numbers: Mapping[str, int], today: date) -> None:
    """Add what is known of the people besides their names: days, telephones, positions."""
    for place, worker in enumerate(CREW):
        row = tx.get(Employee, numbers[worker.name])
        row.hired_on = today - timedelta(days=worker.joined)
        if worker.left is not None:
            row.left_on = today - timedelta(days=worker.left)
        row.tips = worker.position in _TIPPED
        first = worker.name.split()[0].translate(str.maketrans("əƏşŞıİğĞüÜöÖçÇ", "eEsSiIgGuUoOcC"))
        tx.add(
            EmployeeContact(
                employee_id=row.id, phone=f"+9945001270{place:02d}",
                email=f"{first.lower()}@shirvanshah.example.az", note="",
            )
        )  # fmt: skip
    for name in sorted({worker.position for worker in CREW}):
        tx.add(StaffPosition(id=tx.ids.one(), venue_id=venue_id, name=name))


def year_of_turns(seed: int, until: datetime, at: VenueTime) -> Iterator[Turn]:
    """Return everybody's days at work, oldest first; who is in at the end has not gone yet."""
    today = at.local(until).date()
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        for place, worker in enumerate(CREW):
            if not _is_on(worker, place, day, ago):
                continue
            rng = stream(seed, "clock", worker.name, day.toordinal())
            turn = _turn(rng, worker, place, day, at)
            if rng.random() >= _MISSED and turn.came < until:
                yield _until(turn, until)


def _until(turn: Turn, until: datetime) -> Turn:
    if turn.went is not None and turn.went > until:
        return Turn(turn.worker, turn.day, turn.came, None)
    if turn.forgot is not None and turn.forgot > until:
        return Turn(turn.worker, turn.day, turn.came, turn.went, None, turn.tips_minor)
    return turn


def _turn(rng: Random, worker: Worker, place: int, day: date, at: VenueTime) -> Turn:
    late = worker.position in _TURNS and place % 2 == 1
    begins = datetime.combine(day, time(15 if late else 10))
    came = begins + timedelta(minutes=rng.randint(-14, 9))
    went = begins + timedelta(hours=9, minutes=rng.randint(-6, 34))
    start, end = at.from_local(came), at.from_local(went)
    forgot = end + timedelta(hours=2, minutes=7) if rng.random() < _FORGOTTEN else None
    tips = 0
    if worker.position in _TIPPED:
        tips = max(0, int(rng.gauss(1_400, 700))) // 50 * 50
    return Turn(worker, day, start, end, forgot, tips)


def _is_on(worker: Worker, place: int, day: date, ago: int) -> bool:
    if ago > worker.joined or (worker.left is not None and ago <= worker.left):
        return False
    if worker.position in _TURNS:
        return day.toordinal() // 2 % 2 == place % 2
    return day.weekday() != place % 5
