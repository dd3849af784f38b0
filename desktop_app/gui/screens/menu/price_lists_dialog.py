"""The price lists: when each holds, in which order they are asked, and those put away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget
from typing_extensions import override

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.price_lists import (
    add_price_list,
    change_price_list,
    order_price_lists,
    remove_price_list,
    show_price_lists,
)
from desktop_app.menu.pricing import ListCard, ListTerms

_SIZE = (620, 520)
_NEW = ListCard(0, "")
_LONGEST = 5


class PriceListsDialog(Dialog):
    """Lists them in the order in which they are asked; each change is stored at once."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(
            tr("Price lists"),
            tr("The first list that fits the sale and has a price for it counts; else the menu's "
               "own price holds."),
            parent,
        )  # fmt: skip
        self.resize(*_SIZE)
        self._bridge = bridge
        self._why_not = bridge.why_not(change_price_list)
        self.lists: Sequence[ListCard] = ()
        self.editing: PriceListDialog | None = None
        self._rows = column(gap=0)
        self.add_one = button(tr("New price list"), "plus", on_click=partial(self.edit, _NEW))
        allow(self.add_one, self._why_not)
        inside = column(gap=10, margins=(0, 0, 12, 0))
        inside.addLayout(self._rows)
        inside.addLayout(row(self.add_one, None))
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(inside, "clear"))
        self.body.addWidget(scroll, 1)
        self.add_button(tr("Close"), "primary").clicked.connect(self.accept)
        self._look()

    def edit(self, one: ListCard, *_: object) -> None:
        """Ask what a list is called and when it holds."""
        self.editing = PriceListDialog(one, self)
        self.editing.asked.connect(partial(self._store, self.editing, one))
        self.editing.open()

    def _look(self, *_: object) -> None:
        self._bridge.ask(self, self._show, show_price_lists)

    def _show(self, found: Sequence[ListCard]) -> None:
        self.lists = found
        clear(self._rows)
        for at, one in enumerate(found):
            if at:
                self._rows.addWidget(rule())
            words = column(
                label(one.name, 13, 500, tone="" if one.active else "muted"),
                label(told_terms(one), 12, tone="muted", wrap=True), gap=1,
            )  # fmt: skip
            line = row(gap=6, margins=(0, 6, 0, 6))
            line.addLayout(words, 1)
            for icon_name, tip, act in (
                ("arrow-up", tr("Move {name} up", name=one.name), partial(self._move, one, -1)),
                ("arrow-down", tr("Move {name} down", name=one.name), partial(self._move, one, 1)),
                ("pencil", tr("Change {name}", name=one.name), partial(self.edit, one)),
                ("trash-2", tr("Remove {name}", name=one.name), partial(self.remove, one)),
            ):
                made = button("", icon_name, "ghost", tip=tip)
                made.clicked.connect(lambda _=False, act=act: act())
                allow(made, self._why_not, tip=tip)
                line.addWidget(made)
            self._rows.addLayout(line)
        if not found:
            self._rows.addWidget(label(tr("There are no price lists yet."), tone="muted"))

    def _move(self, one: ListCard, step: int) -> None:
        order = [other.id for other in self.lists]
        at = order.index(one.id)
        if 0 <= at + step < len(order):
            order[at], order[at + step] = order[at + step], order[at]
            self._bridge.ask(self, self._look, order_price_lists, order)

    def remove(self, one: ListCard) -> None:
        """Remove a list; it is told where it is used."""
        self.banner.hide()
        self._bridge.ask_or(self, self._look, self._refuse, remove_price_list, one.id)

    def _refuse(self, error: AppError) -> None:
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _store(
        self, dialog: PriceListDialog, one: ListCard, name: str, terms: ListTerms, active: object
    ) -> None:
        then = partial(self._stored, dialog)
        if one is _NEW:
            self._bridge.ask_or(dialog, then, dialog.refuse, add_price_list, name, terms)
        else:
            self._bridge.ask_or(
                dialog, then, dialog.refuse, change_price_list, one.id, name, terms,
                active=bool(active),
            )  # fmt: skip

    def _stored(self, dialog: Dialog, _: object) -> None:
        dialog.accept()
        self._look()


class PriceListDialog(AskDialog):
    """Asks for the name of a list and when it holds; `asked(name, terms, active)`."""

    asked = Signal(str, object, object)

    def __init__(self, one: ListCard, parent: QWidget) -> None:
        super().__init__(
            tr("Change {name}", name=one.name) if one.name else tr("New price list"),
            tr("With nothing said it holds where somebody chooses it for a receipt."),
            tr("Save"),
            parent,
        )
        terms = one.terms
        self.name = self.add_line("name", tr("Name"), one.name)
        self.sale_type = self.add_line(
            "sale_type", tr("Type of sale"), terms.sale_type, tr("Such as delivery.")
        )
        self.halls = self.add_line(
            "halls", tr("Which tables"), ", ".join(terms.halls),
            tr("What their names begin with, separated by commas: Terrace, VIP."),
        )  # fmt: skip
        self.days = [QCheckBox(text) for text in day_names()]
        days = row(gap=10)
        for at, box in enumerate(self.days):
            box.setFont(font(13))
            box.setChecked(bool(terms.weekdays >> at & 1))
            days.addWidget(box)
        days.addStretch(1)
        self.form.add("weekdays", tr("Days"), frame(days, "clear"), tr("None ticked: every day."))
        hours = terms.from_minute != terms.until_minute
        self.first = self.add_line(
            "from", tr("From what time"), told_minute(terms.from_minute, on=hours)
        )
        self.until = self.add_line(
            "until", tr("Until what time"), told_minute(terms.until_minute, on=hours),
            tr("Such as 17:00 and 19:00; it may lie over midnight. Empty: the whole day."),
        )  # fmt: skip
        self.active = QCheckBox(tr("In use"))
        self.active.setFont(font(13))
        self.active.setChecked(one.active)
        self.active.setVisible(bool(one.name))
        self.body.addWidget(self.active)
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send what is typed."""
        halls = tuple(one.strip() for one in self.halls.text().split(",") if one.strip())
        days = sum(1 << at for at, box in enumerate(self.days) if box.isChecked())
        first = typed_minute(self.first.text(), "from")
        until = typed_minute(self.until.text(), "until")
        terms = ListTerms(self.sale_type.text(), halls, days, first, until)
        self.asked.emit(self.name.text(), terms, self.active.isChecked())


def day_names() -> Sequence[str]:
    """Return the days of the week in short, Monday first."""
    return [tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun")]


def told_terms(one: ListCard) -> str:
    """Return in words when a list holds."""
    terms, parts = one.terms, list[str]()
    if not one.active:
        parts.append(tr("Archived"))
    if not terms.say_something:
        return " · ".join([*parts, tr("where somebody chooses it")])
    if terms.sale_type:
        parts.append(terms.sale_type)
    if terms.halls:
        parts.append(", ".join(terms.halls))
    if terms.weekdays:
        parts.append(
            ", ".join(name for at, name in enumerate(day_names()) if terms.weekdays >> at & 1)
        )
    if terms.from_minute != terms.until_minute:
        parts.append(
            f"{told_minute(terms.from_minute, on=True)}–{told_minute(terms.until_minute, on=True)}"
        )
    return " · ".join(parts)


def told_minute(minute: int, *, on: bool) -> str:
    """Return a minute of the day as 17:30; nothing where hours are not said."""
    return f"{minute // 60:02d}:{minute % 60:02d}" if on else ""


def typed_minute(text: str, field: str) -> int:
    """Return a time of day typed as 17:30, as minutes; 0 for nothing typed."""
    cleaned = text.strip()
    if not cleaned:
        return 0
    hour, _, minute = cleaned.replace(".", ":").partition(":")
    digits = hour + (minute or "0")
    if len(cleaned) > _LONGEST or not (digits.isascii() and digits.isdigit()):
        raise InvalidError(
            msg("“{text}” is not a time of day.", text=cleaned[:20]),
            field=field,
            hint=msg("Write it like 17:30."),
        )
    found = int(hour or 0) * 60 + int(minute or 0)
    if int(minute or 0) > 59:  # noqa: PLR2004 - minutes of an hour
        raise InvalidError(msg("A time of day is from 00:00 to 23:59."), field=field)
    return found
