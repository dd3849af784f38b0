"""What may be entered into the books. Pure: values in, values or InvalidError out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.finance.kinds import SYSTEM, Direction, SystemCategory
from desktop_app.finance.records import CashFlow, FlowRow, Tree, title_of
from desktop_app.kernel.checks import check_text
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import LIMIT_MINOR
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg

_LONGEST_NAME = 200
_LONGEST_NOTE = 1000
_FIRST_YEAR = 2000
_DECEMBER = 12


def check_name(name: str) -> str:
    """Return a name as it will be stored."""
    cleaned = clean(name)
    if not cleaned:
        raise InvalidError(msg("A name is needed."), field="name")
    if len(cleaned) > _LONGEST_NAME:
        raise InvalidError(
            msg("A name has at most {most} letters.", most=_LONGEST_NAME), field="name"
        )
    return cleaned


def check_note(note: str) -> str:
    """Return a note as it will be stored."""
    return check_text(note, _LONGEST_NOTE, "note")


def check_reason(reason: str) -> str:
    """Return why something is corrected; nothing is corrected without a reason."""
    cleaned = check_note(reason)
    if not cleaned:
        raise InvalidError(msg("Say why it is corrected."), field="reason")
    return cleaned


def check_day(day: date, today: date) -> date:
    """Return a day on which money can have come or gone."""
    if day > today:
        raise InvalidError(msg("{day} has not come yet.", day=day.isoformat()), field="day")
    if day.year < _FIRST_YEAR:
        raise InvalidError(
            msg("{day} is too long ago to be entered.", day=day.isoformat()), field="day"
        )
    return day


def check_amount(amount_minor: int, direction: Direction) -> int:
    """Return an amount whose sign fits its category."""
    if amount_minor == 0:
        raise InvalidError(msg("An entry of nothing is no entry."), field="amount")
    if abs(amount_minor) >= LIMIT_MINOR:
        raise InvalidError(msg("This is too large to be money."), field="amount")
    if direction is Direction.INCOME and amount_minor < 0:
        raise InvalidError(
            msg("Money of this category comes in; it cannot go out."),
            field="amount",
            hint=msg("Choose a category of expenses, or correct the entry that was wrong."),
        )
    if direction is Direction.EXPENSE and amount_minor > 0:
        raise InvalidError(
            msg("Money of this category goes out; it cannot come in."),
            field="amount",
            hint=msg("Choose a category of income, or correct the entry that was wrong."),
        )
    return amount_minor


def check_not_system(category_id: int) -> None:
    """Raise InvalidError for a category that is the program's own."""
    if category_id in SYSTEM:
        raise InvalidError(
            msg("“{name}” is a category of the program and stays as it is.",
                name=SYSTEM[SystemCategory(category_id)].title),
            field="category",
            hint=msg("Add a category of your own; it can lie below this one."),
        )  # fmt: skip


def check_parent(category_id: int, parent_id: int | None, parents: Tree) -> None:
    """Raise InvalidError where a category would lie inside itself."""
    above, seen = parent_id, {category_id}
    while above is not None:
        if above in seen:
            raise InvalidError(
                msg("A category cannot lie inside itself."),
                field="parent",
                hint=msg("Choose another category around it, or none."),
            )
        seen.add(above)
        above = parents.get(above)


def months_between(first: date, last: date) -> list[int]:
    """Return the months (yyyymm) from one day to another, both included."""
    if last < first:
        raise InvalidError(msg("The last day is before the first one."), field="to")
    found, month = [], first.year * 100 + first.month
    while month <= last.year * 100 + last.month:
        found.append(month)
        month += 1 if month % 100 < _DECEMBER else 100 - _DECEMBER + 1
    return found


def cash_flow(
    months: Sequence[int],
    opening: int,
    sums: Mapping[tuple[int, int, bool], int],
    names: Mapping[int, str],
) -> CashFlow:
    """Arrange sums by (category, month, whether it came in) into a cash flow, largest first.

    A category whose money does both stands on both sides; nothing is lost and nothing is counted
    twice, so what came and went adds up to the change of the balances.
    """
    income, expense = (_side(months, sums, names, came=came) for came in (True, False))
    openings = [opening]
    for place in range(len(months) - 1):
        openings.append(openings[-1] + sum(row.months[place] for row in (*income, *expense)))
    return CashFlow(months, income, expense, openings)


def _side(
    months: Sequence[int],
    sums: Mapping[tuple[int, int, bool], int],
    names: Mapping[int, str],
    *,
    came: bool,
) -> list[FlowRow]:
    ids = {category for category, _, side in sums if side is came}
    rows = [
        FlowRow(
            id_, title_of(id_, names.get(id_, "")),
            [sums.get((id_, month, came), 0) for month in months],
        )
        for id_ in ids
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-abs(row.total), row.category_id))
