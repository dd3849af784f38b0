"""Staff: the people, the time clock, hours with what they cost, and tips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.lists.page import ListPage
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.staff.clock_dialogs import (
    CorrectDialog,
    EnterDialog,
    TapDialog,
    TipDialog,
)
from desktop_app.gui.screens.staff.lists import clock_list, hours_list, people_list, tips_list
from desktop_app.gui.screens.staff.pay import PayDeeds, pay_list
from desktop_app.gui.screens.staff.person_dialog import (
    PersonDialog,
    TokenDialog,
    person_differences,
)
from desktop_app.gui.screens.staff.wages import WagesDeeds
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.difference import DifferenceDialog, show_difference
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.kernel.errors import AppError, ConflictError
from desktop_app.staff.clock import (
    clock_in,
    clock_out,
    correct_clock,
    enter_hours,
    list_labour,
)
from desktop_app.staff.editing import add_employee, change_employee, drop_token, set_card, set_pin
from desktop_app.staff.operations import (
    get_employee,
    list_employees,
    list_pay,
    list_positions,
    set_pay,
)
from desktop_app.staff.records import (
    Clocked,
    ClockRow,
    EmployeeCard,
    EmployeeForm,
    EmployeeRow,
    PayRow,
    PositionRow,
    TokenKind,
)
from desktop_app.staff.tapping import clock_by_card, clock_by_pin
from desktop_app.staff.tips import add_tip, correct_tip, list_tips
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

PEOPLE, CLOCK, HOURS, PAY, TIPS = "people", "clock", "hours", "pay", "tips"


class StaffScreen(Screen):
    """Five parts; a target names one, or is somebody's number."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.tabs = Segmented(
            tr("Part of the page"),
            [
                (PEOPLE, tr("People")), (CLOCK, tr("Time clock")), (HOURS, tr("Hours and cost")),
                (PAY, tr("Pay")), (TIPS, tr("Tips")),
            ],
        )  # fmt: skip
        self.parts: dict[str, QWidget] = {}
        self.dialog: Any = None
        self.difference: DifferenceDialog | None = None
        self.wages: WagesDeeds | None = None
        self._today: Today | None = None
        self._target: object = None
        self._stack = QStackedWidget()
        layout = column(row(self.tabs, None, margins=(28, 4, 28, 12)), gap=0)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.tabs.chosen.connect(self.show_part)
        self.bridge.ask(self, self._begin, get_today)

    @override
    def show_target(self, target: object) -> None:
        if self._today is None:
            self._target = target
        elif isinstance(target, int):
            self.open_person(target)
        elif target in self.tabs.keys:
            self.tabs.choose(str(target))

    def show_part(self, key: str) -> None:
        """Show one of the parts, made when it is first wanted."""
        if self._today is None:
            return
        if key not in self.parts:
            self.parts[key] = self._made(key, self._today)
            self._stack.addWidget(self.parts[key])
        self._stack.setCurrentWidget(self.parts[key])

    # --- building

    def _begin(self, today: Today) -> None:
        self._today = today
        self.show_part(self.tabs.key)
        target, self._target = self._target, None
        if target is not None:
            self.show_target(target)

    def _made(self, key: str, today: Today) -> QWidget:
        makers: dict[str, Callable[[Today], QWidget]] = {
            PEOPLE: self._people, CLOCK: self._clock, HOURS: self._hours, PAY: self._pay,
            TIPS: self._tips,
        }  # fmt: skip
        made = makers[key](today)
        if isinstance(made, ListPage):
            made.begin()
        return made

    def _people(self, today: Today) -> ListPage[EmployeeRow, Asked]:
        add = button(tr("Add a person"), "user-plus", "primary", on_click=self.open_new)
        allow(add, self.bridge.why_not(add_employee))
        made = people_list(self.shell, today, [self._tap_button(), add])
        made.opened.connect(self._open_row)
        made.empty.chosen.connect(self.open_new)
        return made

    def _clock(self, today: Today) -> ListPage[ClockRow, Asked]:
        enter = button(tr("Enter hours"), "plus", on_click=partial(self._with_people, self._enter))
        allow(enter, self.bridge.why_not(enter_hours))
        made = clock_list(self.shell, today, [self._tap_button(), enter])
        made.opened.connect(self.correct)
        return made

    def _hours(self, today: Today) -> QWidget:
        self.wages = WagesDeeds(self.shell, self, today)
        enter = button(tr("Enter wages"), "banknote", on_click=self.wages.ask)
        allow(enter, self.wages.why_not())
        return hours_list(self.shell, today, [enter], costs=self.bridge.can(list_labour))

    def _pay(self, today: Today) -> QWidget:
        if why_not := self.bridge.why_not(list_pay):
            return EmptyState("lock", tr("Pay is locked for your role"), why_not)
        write = button(tr("Write down"), "pencil", "primary", on_click=partial(self.ask_pay, None))
        allow(write, self.bridge.why_not(set_pay))
        made = pay_list(self.shell, today, [write])
        made.opened.connect(self.ask_pay)
        return made

    def _tips(self, today: Today) -> QWidget:
        if why_not := self.bridge.why_not(list_tips):
            return EmptyState("lock", tr("Tips are locked for your role"), why_not)
        enter = button(
            tr("Enter tips"), "plus", "primary", on_click=partial(self._with_people, self._tip)
        )
        allow(enter, self.bridge.why_not(add_tip))
        return tips_list(self.shell, today, [enter])

    def _tap_button(self) -> QWidget:
        made = button(tr("Clock"), "clock", on_click=partial(self._with_people, self._tap))
        allow(made, self.bridge.why_not(clock_by_card))
        return made

    # --- one person

    def open_person(self, employee_id: int) -> None:
        """Show somebody."""
        self.bridge.ask(self, self._with_positions, get_employee, employee_id)

    def open_new(self) -> None:
        """Show an empty form."""
        self._with_positions(None)

    def _open_row(self, found: EmployeeRow) -> None:
        self.open_person(found.id)

    def _with_positions(self, card: EmployeeCard | None) -> None:
        self.bridge.ask(self, partial(self._show_person, card), list_positions)

    def _show_person(self, card: EmployeeCard | None, found: Sequence[PositionRow]) -> None:
        dialog = PersonDialog(card, ["", *(one.name for one in found)], self)
        dialog.allow_deeds(
            edit=self.bridge.why_not(add_employee), clock=self.bridge.why_not(clock_in)
        )
        dialog.asked.connect(partial(self._store, dialog))
        if card is not None:
            dialog.turned.connect(partial(self._turn, dialog, card))
            dialog.token_wanted.connect(partial(self._ask_token, dialog, card))
        self._open(dialog)

    def _store(self, dialog: PersonDialog, form: EmployeeForm) -> None:
        done = partial(self._done, dialog, tr("{name} is stored", name=form.name.strip()))
        if dialog.card is None:
            self.bridge.ask_or(dialog, done, dialog.refuse, add_employee, form)
            return
        card = dialog.card
        changed = partial(self._changed_person, dialog, card, form)
        failed = partial(self._not_stored, dialog, card, form)
        self.bridge.ask_or(dialog, changed, failed, change_employee, card.id, card.version, form)

    def _not_stored(
        self, dialog: PersonDialog, card: EmployeeCard, form: EmployeeForm, error: AppError
    ) -> None:
        """Show the difference where somebody else was faster; else say what is wrong."""
        dialog.refuse(error)

        def found(now: EmployeeCard) -> None:
            if now.version != card.version:
                dialog.banner.hide()
                self.difference = show_difference(
                    dialog, now.form.name, person_differences(now.form, form),
                    mine=partial(self._store_over, dialog, now, form),
                    theirs=partial(self._show_stored, dialog, now.id),
                )  # fmt: skip

        if isinstance(error, ConflictError):
            self.bridge.ask(dialog, found, get_employee, card.id)

    def _store_over(self, dialog: PersonDialog, now: EmployeeCard, form: EmployeeForm) -> None:
        dialog.card = now
        self._store(dialog, form)

    def _show_stored(self, dialog: PersonDialog, employee_id: int) -> None:
        dialog.reject()
        self.open_person(employee_id)

    def _changed_person(
        self, dialog: PersonDialog, before: EmployeeCard, form: EmployeeForm, version: int
    ) -> None:
        dialog.accept()
        lost = form.left_on is not None and bool(before.tokens)
        undo = partial(self._undo, before, lost, version) if before.active else None
        self.shell.tell(tr("{name} is stored", name=form.name.strip()), undo)

    def _undo(self, before: EmployeeCard, lost: bool, version: int) -> None:  # noqa: FBT001
        """Make somebody what they were before; refused where others changed them since."""
        said = tr("{name} is as it was before", name=before.form.name)
        if lost:
            said = tr("{name} works here again; give them PIN and card anew.",
                      name=before.form.name)  # fmt: skip
        self.bridge.ask(
            self, partial(self._told, said), change_employee, before.id, version, before.form
        )

    def _told(self, sentence: str, _: object) -> None:
        self.shell.tell(sentence)

    def _turn(self, dialog: PersonDialog, card: EmployeeCard) -> None:
        op = clock_in if card.since is None else clock_out
        self.bridge.ask_or(dialog, partial(self._turned, dialog), dialog.refuse, op, card.id)

    def _turned(self, dialog: PersonDialog, clocked: Clocked) -> None:
        self._done(dialog, _said(clocked))

    def _ask_token(self, above: PersonDialog, card: EmployeeCard, kind: TokenKind) -> None:
        dialog = TokenDialog(kind, card.form.name, known=kind in card.tokens, parent=self)
        dialog.asked.connect(partial(self._set_token, dialog, card.id))
        dialog.dropped.connect(partial(self._drop_token, dialog, card.id))
        above.reject()
        self._open(dialog)

    def _set_token(self, dialog: TokenDialog, who: int, kind: TokenKind, secret: str) -> None:
        done = partial(self._done, dialog, tr("Stored"))
        if kind is TokenKind.PIN:
            self.bridge.ask_or(dialog, done, dialog.refuse, set_pin, who, secret)
        else:
            self.bridge.ask_or(dialog, done, dialog.refuse, set_card, who, secret)

    def _drop_token(self, dialog: TokenDialog, who: int, kind: TokenKind) -> None:
        done = partial(self._done, dialog, tr("Taken away"))
        self.bridge.ask_or(dialog, done, dialog.refuse, drop_token, who, kind)

    # --- the clock

    def _with_people(self, then: Any) -> None:
        self.bridge.ask(self, then, list_employees)

    def _tap(self, people: Sequence[EmployeeRow]) -> None:
        dialog = TapDialog(people, self)
        dialog.card.connect(partial(self._by_card, dialog))
        dialog.pin.connect(partial(self._by_pin, dialog))
        self._open(dialog)

    def _by_card(self, dialog: TapDialog, card: str) -> None:
        self.bridge.ask_or(dialog, partial(_tell, dialog), dialog.refuse, clock_by_card, card)

    def _by_pin(self, dialog: TapDialog, who: int, pin: str) -> None:
        self.bridge.ask_or(dialog, partial(_tell, dialog), dialog.refuse, clock_by_pin, who, pin)

    def correct(self, entry: ClockRow) -> None:
        """Ask how an entry is to be corrected."""
        if self._today is None:
            return
        dialog = CorrectDialog(entry, self._today.venue.time, self)
        why_not = self.bridge.why_not(correct_clock)
        if not entry.counts and not entry.void:
            why_not = why_not or tr("It has been corrected already: correct the newer entry.")
        for one in (dialog.done_button, dialog.void):
            allow(one, why_not)
        dialog.asked.connect(partial(self._correct, dialog, entry))
        self._open(dialog)

    def _correct(
        self, dialog: CorrectDialog, entry: ClockRow, start: Any, end: Any, why: str
    ) -> None:
        before = (None, None) if entry.void else (entry.started_at, entry.ended_at)
        done = partial(self._clocked, dialog, tr("Corrected"), *before)
        self.bridge.ask_or(dialog, done, dialog.refuse, correct_clock, entry.id, start, end, why)

    def _clocked(
        self, dialog: Dialog, said: str, start: datetime | None, end: datetime | None, entry_id: int
    ) -> None:
        """Say that an entry was written; another one can stand for it at once, as it was before."""
        dialog.accept()

        def back() -> None:
            why = tr("Entered by mistake")
            told = partial(self._told, tr("It is as it was before"))
            self.bridge.ask(self, told, correct_clock, entry_id, start, end, why)

        self.shell.tell(said, back)

    def _enter(self, people: Sequence[EmployeeRow]) -> None:
        if self._today is None:
            return
        dialog = EnterDialog(people, self._today.day, self._today.venue.time, self)
        dialog.asked.connect(partial(self._entered, dialog))
        self._open(dialog)

    def _entered(self, dialog: EnterDialog, who: int, start: Any, end: Any, why: str) -> None:
        done = partial(self._clocked, dialog, tr("Entered"), None, None)
        self.bridge.ask_or(dialog, done, dialog.refuse, enter_hours, who, start, end, why)

    def _tip(self, people: Sequence[EmployeeRow]) -> None:
        if self._today is None:
            return
        dialog = TipDialog(people, self._today.day, self._today.venue.currency, self)
        dialog.asked.connect(partial(self._tipped, dialog))
        self._open(dialog)

    def _tipped(self, dialog: TipDialog, who: int, day: Any, amount: int) -> None:
        def done(entry_id: int) -> None:
            dialog.accept()
            self.shell.tell(tr("Entered"), partial(self._tip_back, entry_id))

        self.bridge.ask_or(dialog, done, dialog.refuse, add_tip, who, day, amount)

    def _tip_back(self, entry_id: int) -> None:
        told = partial(self._told, tr("It is as it was before"))
        self.bridge.ask(self, told, correct_tip, entry_id, tr("Entered by mistake"))

    def ask_pay(self, found: PayRow | None) -> None:
        """Ask what somebody earns from a day on."""
        self._with_people(partial(self._show_pay, found))

    def _show_pay(self, found: PayRow | None, people: Sequence[EmployeeRow]) -> None:
        if self._today is not None:
            self._open(PayDeeds(self.shell, self, self._today).dialog(people, found))

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _done(self, dialog: Dialog, sentence: str, _: object = None) -> None:
        dialog.accept()
        self.shell.tell(sentence)


def _tell(dialog: TapDialog, clocked: Clocked) -> None:
    dialog.told(_said(clocked))


def _said(clocked: Clocked) -> str:
    if clocked.came:
        return tr("{name} has come.", name=clocked.name)
    return tr("{name} has gone.", name=clocked.name)
