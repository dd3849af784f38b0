"""Cards that may be one person's: the list of them, and two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from desktop_app.customers.records import CustomerCard, DuplicateRow, MergeWish
from desktop_app.customers.wording import KINDS, LIKENESSES
from desktop_app.gui.fonts import font
from desktop_app.gui.format import day
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.errors import AppError

_WIDE, _HIGH = 860, 520


class DuplicatesDialog(Dialog):
    """Lists pairs of cards, the surest first; `wanted(DuplicateRow)` for one to look at.

    `apart(DuplicateRow)` for one that is two people's, `marked()` for those that were marked so.
    """

    wanted = Signal(object)
    apart = Signal(object)
    marked = Signal()

    def __init__(
        self, rows: Sequence[DuplicateRow], parent: QWidget | None, *, why_not: str = ""
    ) -> None:
        count = ntr("{n} pair of cards may be one person's.",
                    "{n} pairs of cards may be one person's.", len(rows))  # fmt: skip
        super().__init__(tr("Customers kept twice"), count, parent)
        self.resize(_WIDE, _HIGH)
        self.table: RecordTable[DuplicateRow, None] = RecordTable(
            tr("Customers kept twice"),
            [
                Column(tr("Sure"), lambda one: f"{one.score} %", 76, "strong"),
                Column(tr("Name"), lambda one: one.first.name, 200),
                Column(tr("Other name"), lambda one: one.second.name, 200),
                Column(tr("Why"), why_text, 240, "dim", stretch=True),
            ],
        )
        self.table.show_records(rows)
        self.table.activated_row.connect(self._open)
        if rows:
            self.body.addWidget(self.table, 1)
        else:
            self.body.addWidget(
                EmptyState(
                    "circle-check",
                    tr("Nobody is kept twice"),
                    tr(
                        "No two cards share a telephone, an e-mail, a tax id, or name and birthday."
                    ),
                )
            )
        self.marked_button = self.add_button(tr("Marked as two people…"))
        self.marked_button.clicked.connect(self.marked)
        close = self.add_button(tr("Close"))
        close.clicked.connect(self.accept)
        if rows:
            self.apart_button = self.add_button(tr("Two people"))
            self.apart_button.clicked.connect(partial(self._tell, self.apart))
            allow(self.apart_button, why_not, tip=tr("The pair is not shown again."))
            look = self.add_button(tr("Compare…"), "primary")
            look.clicked.connect(partial(self._tell, self.wanted))

    def _tell(self, signal: SignalInstance, *_: object) -> None:
        row = self.table.current_record() or self.table.record(0)
        if row is not None:
            signal.emit(row)

    def _open(self, at: int) -> None:
        row = self.table.record(at)
        if row is not None:
            self.wanted.emit(row)


class MergeDialog(Dialog):
    """Two cards side by side; `asked(MergeWish)` with what is taken from which."""

    asked = Signal(object)

    def __init__(self, one: CustomerCard, other: CustomerCard, parent: QWidget | None) -> None:
        super().__init__(
            tr("One person, two cards"),
            tr("Choose what the card that stays shall say. Contacts, tags, messages, orders and "
               "bonus of both are kept; it can be undone."),
            parent,
        )  # fmt: skip
        self.setMinimumWidth(_WIDE)
        self._cards = (one, other)
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self._groups: list[QButtonGroup] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(10)
        for place in (1, 2):
            self._grid.setColumnStretch(place, 1)
        self._add("stays", tr("This card stays"), tuple(_about(card) for card in self._cards))
        for field, title, values in self._fields():
            if values[0] != values[1]:
                self._add(field, title, values)
        for title, values in self._sums():
            self._tell(title, values)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.add_cancel()
        self.done_button = self.add_button(tr("Put together"), "primary")
        self.done_button.clicked.connect(self._done)

    def refuse(self, error: AppError) -> None:
        """Say why they were not put together."""
        self.done_button.setEnabled(True)
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    @property
    def wish(self) -> MergeWish:
        """Return what is chosen."""
        second = self.choices["stays"][1].isChecked()
        kept, gone = reversed(self._cards) if second else self._cards
        side = 0 if second else 1
        take = [
            field for field, pair in self.choices.items()
            if field != "stays" and pair[side].isChecked()
        ]  # fmt: skip
        return MergeWish(kept.row.id, kept.version, gone.row.id, gone.version, take)

    def _done(self) -> None:
        self.done_button.setEnabled(False)
        self.asked.emit(self.wish)

    # --- building

    def _add(self, field: str, title: str, values: tuple[str, ...]) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(label(title, 13, 500), at, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self)
        made = []
        for place, value in enumerate(values):
            radio = QRadioButton(value.replace("&", "&&") or "–")
            radio.setFont(font(13))
            radio.setAccessibleName(f"{title}: {value or '–'}")
            radio.setChecked(place == 0)
            group.addButton(radio)
            self._grid.addWidget(radio, at, place + 1)
            made.append(radio)
        if (
            field != "stays" and not values[0]
        ):  # an empty field gives way to one that says something
            made[1].setChecked(True)
        self._groups.append(group)
        self.choices[field] = (made[0], made[1])

    def _tell(self, title: str, values: tuple[str, ...]) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(label(title, 12, tone="muted"), at, 0, Qt.AlignmentFlag.AlignTop)
        for place, value in enumerate(values):
            self._grid.addWidget(label(value or "–", 12, tone="muted", wrap=True), at, place + 1)

    def _fields(self) -> list[tuple[str, str, tuple[str, ...]]]:
        cards = self._cards
        return [
            ("kind", tr("Kind"), tuple(say(KINDS[card.row.kind]) for card in cards)),
            ("name", tr("Name"), tuple(card.row.name for card in cards)),
            (
                "birth_date",
                tr("Date of birth"),
                tuple(
                    day(card.birth_date, language()) if card.birth_date else "" for card in cards
                ),
            ),
            ("tax_id", tr("Tax id (VÖEN)"), tuple(card.tax_id for card in cards)),
            ("group", tr("Group"), tuple(card.row.group for card in cards)),
            ("note", tr("Note"), tuple(card.note[:200] for card in cards)),
        ]

    def _sums(self) -> list[tuple[str, tuple[str, ...]]]:
        cards = self._cards
        return [
            (tr("Contact"), tuple("\n".join(c.value for c in card.contacts) for card in cards)),
            (tr("Tags"), tuple(", ".join(card.tags) for card in cards)),
            (
                tr("Messages"),
                tuple(str(len(card.communications)) for card in cards),
            ),
            (tr("Movements"), tuple(str(len(card.balance)) for card in cards)),
        ]


def why_text(row: DuplicateRow) -> str:
    """Return why two cards may be one person's, as a list of reasons."""
    return ", ".join(say(LIKENESSES[one]) for one in row.why)


def _about(card: CustomerCard) -> str:
    return tr("{name}, code {code}", name=card.row.name, code=card.row.reference)
