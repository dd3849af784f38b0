"""The list of shifts with the difference of their cash."""

from __future__ import annotations

from desktop_app.exports.shown import export_shown_sales
from desktop_app.gui.format import day, moment, money
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.money import major
from desktop_app.sales.records import ShiftRow
from desktop_app.sales.shifts import list_shifts
from desktop_app.venue.records import Today, VenueCard

TABLES = frozenset({"cash_shift", "z_report"})


class ShiftList(ListPage[ShiftRow, Asked]):
    """Shows the shifts."""

    def __init__(self, shell: Shell, today: Today) -> None:
        bar = FilterBar(
            tr("Number, name or note"),
            [
                Choice(
                    "state",
                    tr("State"),
                    [("open", tr("Open")), ("closed", tr("Closed")), ("wrong", tr("Difference"))],
                    tr("All"),
                )
            ],
            today.day,
        )
        columns = shift_columns(today.venue)
        super().__init__(
            shell,
            _look(columns),
            bar,
            WholeQuery(shell.bridge, shell, columns, list_shifts, fits),
        )


def fits(row: ShiftRow, asked: Asked) -> bool:
    """Tell whether a shift is listed."""
    state = asked.of("state")
    if state == "wrong" and not row.difference_minor:
        return False
    if state in ("open", "closed") and (row.closed_at is None) != (state == "open"):
        return False
    first, last = asked.first_day, asked.last_day
    if (first and row.business_date < first) or (last and row.business_date > last):
        return False
    numbers = f"{row.number} {row.z_number or ''}"
    return matches(asked.text, numbers, row.opened_by, row.closed_by, row.note, row.till_called)


def shift_columns(venue: VenueCard) -> list[Column[ShiftRow]]:
    """Return the columns of the list."""
    spoken, local, currency = language(), venue.time.local, venue.currency

    def amount(minor: int | None) -> str:
        return "" if minor is None else money(minor, currency, spoken)

    def plain(minor: int | None) -> str:
        return "" if minor is None else major(minor, currency)

    return [
        Column(tr("Shift"), _name, 100, "strong", key="number", sort="number",
               sort_value=lambda row: row.number),
        Column(tr("Business day"), lambda row: day(as_date(row.business_date), spoken), 122,
               key="day", raw=lambda row: as_date(row.business_date).isoformat()),
        Column(tr("State"), lambda row: _mood(row).text, 104, "badge", mood=_mood, key="state"),
        Column(tr("Opened"), lambda row: moment(local(row.opened_at), spoken), 174, "dim",
               key="opened"),
        Column(tr("Closed"),
               lambda row: moment(local(row.closed_at), spoken) if row.closed_at else "",
               174, "dim", key="closed"),
        Column(tr("By"), lambda row: row.closed_by or row.opened_by, 116, stretch=True, key="by"),
        Column(tr("Z report"), lambda row: str(row.z_number or ""), 98, "number", key="z"),
        Column(tr("Revenue"), lambda row: amount(row.total_minor), 112, "money", key="total",
               raw=lambda row: plain(row.total_minor), sort="total",
               sort_value=lambda row: row.total_minor or 0),
        Column(tr("Difference"), lambda row: amount(row.difference_minor), 100, "money",
               key="difference", raw=lambda row: plain(row.difference_minor), sort="difference",
               sort_value=lambda row: row.difference_minor or 0),
    ]  # fmt: skip


def _name(row: ShiftRow) -> str:
    called = row.till_title or row.till
    return f"{row.number} · {called}" if called else str(row.number)


def _mood(row: ShiftRow) -> Mood:
    if row.closed_at is None:
        return Mood(tr("Open"), "info")
    return Mood(tr("Difference"), "warn") if row.difference_minor else Mood(tr("Closed"), "ok")


def _look(columns: list[Column[ShiftRow]]) -> ListLook[ShiftRow]:
    return ListLook(
        "shifts",
        tr("Shifts"),
        columns,
        TABLES,
        EmptyState(
            "list-filter",
            tr("No shift fits"),
            tr("There are shifts, but none with this number, state and period."),
            tr("Show all shifts"),
        ),
        EmptyState(
            "wallet",
            tr("No shifts yet"),
            tr("A shift begins with the cash in the till, and ends with its Z report."),
            tr("Open a shift"),
            "play",
        ),
        lambda n, shown: ntr("{shown} shift", "{shown} shifts", n, shown=shown),
        shown=export_shown_sales,
    )
