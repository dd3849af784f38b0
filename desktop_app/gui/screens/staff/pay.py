"""What people earn, with its history: for who holds the key of the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from desktop_app.exports.shown import export_shown_pay
from desktop_app.gui.format import bare, day, money
from desktop_app.gui.lists.bar import Asked, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.ask_dialog import DAY, AskDialog, choose, typed_amount, typed_day
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg
from desktop_app.staff.operations import list_pay, remove_pay, set_pay
from desktop_app.staff.records import (
    BASES,
    MONTH_HOURS,
    EmployeeRow,
    PayBasis,
    PayRow,
    PayTerms,
)
from desktop_app.venue.records import Today

_MONTHLY = (PayBasis.HOURS, PayBasis.MONTH)


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
        Column(tr("Pay"), lambda r: money(r.monthly_minor, currency, spoken), 150, "money",
               sort="pay", sort_value=lambda r: r.monthly_minor,
               raw=lambda r: major(r.monthly_minor, currency)),
        Column(tr("Paid for"), lambda r: say(BASES[r.basis]), 230, sort="basis",
               sort_value=lambda r: r.basis.value),
        Column(tr("Hours a month"),
               lambda r: str(r.month_hours) if r.basis is PayBasis.HOURS else "–", 120, "number",
               sort="hours", sort_value=lambda r: r.month_hours),
    ]  # fmt: skip
    look = ListLook(
        "pay", tr("Pay"), columns, frozenset({"salary", "employee"}),
        EmptyState("search", tr("Nobody found"), tr("Try fewer letters."), tr("Show everybody")),
        EmptyState("banknote", tr("No pay is written down yet."),
                   tr("It is sealed: only those who may see salaries have the key.")),
        lambda n, shown: ntr("{shown} entry", "{shown} entries", n, shown=shown),
        sort=Sort("name"),
        total=lambda rows: tr(
            "{amount} a month",
            amount=money(sum(r.monthly_minor for r in rows if r.basis in _MONTHLY), currency,
                         spoken),
        ),
        shown=export_shown_pay,
    )  # fmt: skip
    source: WholeQuery[PayRow, Asked] = WholeQuery(
        shell.bridge, shell, columns, list_pay,
        lambda r, asked: matches(asked.text, r.name, r.position),
    )  # fmt: skip
    return ListPage(shell, look, FilterBar(tr("Name or position")), source, actions)


class PayDialog(AskDialog):
    """Asks what somebody earns from a day on; `asked(employee id, day, PayTerms)`.

    `remove_wanted` to take the line away with which it began.
    """

    asked = Signal(object, object, object)
    remove_wanted = Signal()

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
        self.basis = self.add_choice(
            "basis", tr("Pay for"), [(key.value, say(words)) for key, words in BASES.items()]
        )
        amount = "" if row is None else bare(row.monthly_minor, currency, language())
        self.amount = self.add_line("amount", tr("Pay, in {currency}", currency=currency), amount)
        self.since = self.add_line("since", tr("From this day on"), f"{today.replace(day=1):{DAY}}")
        self.hours = self.add_line(
            "hours", tr("Hours a month"), str(row.month_hours if row else MONTH_HOURS),
            tr("An hour costs the pay of a month divided by these hours."),
        )  # fmt: skip
        self.remove: QPushButton | None = None
        if row is not None:
            choose(self.who, str(row.employee_id))
            choose(self.basis, row.basis.value)
            since = day(row.since, language())
            gone = tr("Take away what holds since {day}", day=since)
            self.remove = button(gone, "trash-2", "ghost", on_click=self.remove_wanted)
            self.buttons.insertWidget(0, self.remove)
        self.basis.currentIndexChanged.connect(self._fit)
        self._fit()
        self.amount.setFocus()

    def _fit(self, *_: object) -> None:
        """Ask for the hours of a month only where they count."""
        counts = self.basis.currentData() == PayBasis.HOURS.value
        self.form.row("hours").setVisible(counts)

    @override
    def send(self) -> None:
        """Send what is typed."""
        amount = typed_amount(self.amount.text(), self._currency)
        since = typed_day(self.since.text(), "since")
        if since is None:
            raise InvalidError(msg("Write the day."), field="since")
        basis = PayBasis(self.basis.currentData())
        hours = self.hours.text().strip() if basis is PayBasis.HOURS else str(MONTH_HOURS)
        if not (hours.isascii() and hours.isdigit() and len(hours) <= len("744")):
            raise InvalidError(msg("Write whole hours, such as 173."), field="hours")
        self.asked.emit(
            int(self.who.currentData() or 0), since, PayTerms(amount, int(hours), basis)
        )


class PayDeeds(QObject):
    """Has pay written down and taken away, each with its way back at once."""

    def __init__(self, shell: Shell, over: QWidget, today: Today) -> None:
        super().__init__(over)
        self._shell, self._over, self._today = shell, over, today
        self._bridge = shell.bridge

    def dialog(self, people: Sequence[EmployeeRow], row: PayRow | None) -> PayDialog:
        """Return the dialog, ready to be opened."""
        currency = self._today.venue.currency
        made = PayDialog(people, row, self._today.day, currency, self._over)
        allow(made.done_button, self._bridge.why_not(set_pay))
        made.asked.connect(partial(self._write, made))
        if row is not None and made.remove is not None:
            allow(made.remove, self._bridge.why_not(remove_pay))
            made.remove_wanted.connect(partial(self._remove, made, row))
        return made

    def _write(self, dialog: PayDialog, who: int, since: date, terms: PayTerms) -> None:
        done = partial(self._written, dialog, who, since, terms)
        self._bridge.ask_or(
            dialog, done, dialog.refuse, set_pay, who, since, terms.amount_minor,
            terms.month_hours, basis=terms.basis,
        )  # fmt: skip

    def _written(
        self, dialog: PayDialog, who: int, since: date, terms: PayTerms, before: PayTerms | None
    ) -> None:
        """Say that it is written down; that day can say at once what it said before."""
        dialog.accept()

        def back() -> None:
            if before is None:
                self._bridge.ask(self, self._told, remove_pay, who, since, terms)
            else:
                self._put_back(who, since, before, terms)

        self._shell.tell(tr("The pay is written down."), back)

    def _remove(self, dialog: PayDialog, row: PayRow) -> None:
        done = partial(self._removed, dialog, row)
        self._bridge.ask_or(
            dialog, done, dialog.refuse, remove_pay, row.employee_id, row.since, row.terms
        )

    def _removed(self, dialog: PayDialog, row: PayRow, before: PayTerms) -> None:
        dialog.accept()

        def back() -> None:
            self._put_back(row.employee_id, row.since, before, None)

        self._shell.tell(tr("Taken away; the pay before it holds on."), back)

    def _put_back(self, who: int, since: date, before: PayTerms, now: PayTerms | None) -> None:
        """Write down what a day said before; refused where somebody else changed it since."""
        self._bridge.ask(
            self, self._told, set_pay, who, since, before.amount_minor, before.month_hours,
            basis=before.basis, was=now,
        )  # fmt: skip

    def _told(self, _: object) -> None:
        self._shell.tell(tr("It is as it was before"))
