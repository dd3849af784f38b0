"""What people earn, with its history: for who holds the key of the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.exports.shown import export_shown_pay
from desktop_app.gui.format import bare, day, money
from desktop_app.gui.lists.bar import Asked, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.ask_dialog import DAY, AskDialog, choose, typed_amount, typed_day
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg
from desktop_app.staff.operations import list_pay
from desktop_app.staff.records import MONTH_HOURS, EmployeeRow, PayRow
from desktop_app.venue.records import Today


def pay_list(shell: Shell, today: Today, actions: Sequence[QWidget]) -> ListPage[PayRow, Asked]:
    """Return the list of pay: every person, every day from which another one holds."""
    spoken, currency = language(), today.venue.currency
    columns: list[Column[PayRow]] = [
        Column(tr("Name"), lambda r: r.name, 240, "strong", stretch=True, sort="name",
               sort_value=lambda r: (fold(r.name), -r.since.toordinal())),
        Column(tr("Position"), lambda r: r.position, 180, sort="position",
               sort_value=lambda r: fold(r.position)),
        Column(tr("Since"), lambda r: day(r.since, spoken), 130, sort="since",
               sort_value=lambda r: r.since.toordinal()),
        Column(tr("A month"), lambda r: money(r.monthly_minor, currency, spoken), 150, "money",
               sort="pay", sort_value=lambda r: r.monthly_minor,
               raw=lambda r: major(r.monthly_minor, currency)),
        Column(tr("Hours a month"), lambda r: str(r.month_hours), 120, "number", sort="hours",
               sort_value=lambda r: r.month_hours),
    ]  # fmt: skip
    look = ListLook(
        "pay", tr("Pay"), columns, frozenset({"salary", "employee"}),
        EmptyState("search", tr("Nobody found"), tr("Try fewer letters."), tr("Show everybody")),
        EmptyState("banknote", tr("No pay is written down yet."),
                   tr("It is sealed: only those who may see salaries have the key.")),
        lambda n, shown: ntr("{shown} entry", "{shown} entries", n, shown=shown),
        sort=Sort("name"),
        total=lambda rows: money(sum(r.monthly_minor for r in rows), currency, spoken),
        shown=export_shown_pay,
    )  # fmt: skip
    source: WholeQuery[PayRow, Asked] = WholeQuery(
        shell.bridge, shell, columns, list_pay,
        lambda r, asked: matches(asked.text, r.name, r.position),
    )  # fmt: skip
    return ListPage(shell, look, FilterBar(tr("Name or position")), source, actions)


class PayDialog(AskDialog):
    """Asks what somebody earns from a day on; `asked(employee id, day, minor units, hours)`."""

    asked = Signal(object, object, object, int)

    def __init__(
        self,
        people: Sequence[EmployeeRow],
        row: PayRow | None,
        today: date,
        currency: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            tr("Write down pay"),
            tr("What was before that day stays. The amounts are sealed: only those who may see "
               "salaries have the key."),
            tr("Write it down"),
            parent,
        )  # fmt: skip
        self._currency = currency
        ordered = sorted(people, key=lambda one: not one.active)
        self.who = self.add_choice(
            "employee", tr("Who"), [(str(one.id), one.name) for one in ordered]
        )
        amount = "" if row is None else bare(row.monthly_minor, currency, language())
        self.amount = self.add_line(
            "amount", tr("A month, in {currency}", currency=currency), amount
        )
        self.since = self.add_line("since", tr("From this day on"), f"{today.replace(day=1):{DAY}}")
        self.hours = self.add_line(
            "hours", tr("Hours a month"), str(row.month_hours if row else MONTH_HOURS),
            tr("An hour costs the pay of a month divided by these hours."),
        )  # fmt: skip
        if row is not None:
            choose(self.who, str(row.employee_id))
        self.amount.setFocus()

    @override
    def send(self) -> None:
        """Send what is typed."""
        amount = typed_amount(self.amount.text(), self._currency)
        since = typed_day(self.since.text(), "since")
        if since is None:
            raise InvalidError(msg("Write the day."), field="since")
        hours = self.hours.text().strip()
        if not (hours.isascii() and hours.isdigit() and len(hours) <= len("744")):
            raise InvalidError(msg("Write whole hours, such as 173."), field="hours")
        self.asked.emit(int(self.who.currentData() or 0), since, amount, int(hours))
