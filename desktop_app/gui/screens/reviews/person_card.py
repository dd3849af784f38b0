"""One person of a review: what they may open, what deserves a second look, and the decision."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import moment
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, BadgeTone, Mood
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import Avatar, label, set_tone
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.permissions import permission_text
from desktop_app.reviews.records import Decision, PersonAccess
from desktop_app.reviews.wording import DECISIONS, flag_words, opens

_OPEN = ""


class PersonCard(Card):
    """`decided(user id, Decision, reason)` when the button is clicked."""

    decided = Signal(str, object, str)

    def __init__(self, person: PersonAccess, time: VenueTime) -> None:
        super().__init__()
        self.person = person
        self._time = time
        self.setAccessibleName(person.name)
        self.body.addLayout(self._head())
        flags = self._flags()
        if flags is not None:
            self.body.addWidget(flags)
        self._rights = self._all_rights()
        self._rights.hide()
        self.body.addWidget(self._rights)
        self.choice = Segmented(
            tr("Decision about {name}", name=person.name),
            [(_OPEN, tr("Undecided")), *((d.value, say(DECISIONS[d])) for d in Decision)],
        )
        self.reason = QLineEdit(person.reason)
        self.reason.setFont(font(13))
        self.reason.setMaxLength(1000)
        self.reason.setPlaceholderText(tr("Why, in a few words"))
        self.reason.setAccessibleName(tr("Reason for {name}", name=person.name))
        self.keep = button(tr("Decide"), "check", "primary", on_click=self._decide)
        self.failure = label("", 12, tone="bad", wrap=True)
        self.failure.hide()
        line = row(self.choice, gap=10)
        line.addWidget(self.reason, 1)
        line.addWidget(self.keep)
        self.body.addLayout(line)
        self.body.addWidget(self.failure)
        self.choice.choose(person.decision.value if person.decision else _OPEN)
        self.choice.chosen.connect(self._changed)
        self.reason.textChanged.connect(self._changed)
        self._changed()

    def go_on(self, old: PersonCard) -> None:
        """Take over what somebody has begun on the card that this one stands for now."""
        self.choice.choose(old.choice.key)
        self.reason.setText(old.reason.text())
        self.more.setChecked(old.more.isChecked())
        if old.failure.text() and not old.failure.isHidden():
            self.refuse(old.failure.text())

    def refuse(self, sentence: str) -> None:
        """Say beside the decision why it was not taken."""
        self.failure.setText(sentence)
        self.failure.show()

    def _head(self) -> QHBoxLayout:
        person = self.person
        seen = (
            tr("last sign-in {when}", when=self._when())
            if person.last_sign_in
            else tr("has never signed in")
        )
        facts = " · ".join([say(person.role_title), seen, self._opens()])
        words = column(
            label(person.name, 14, 600), label(facts, 12, tone="muted", wrap=True), gap=2
        )
        line = row(Avatar(person.name), gap=12)
        line.addLayout(words, 1)
        if person.decision is not None:
            tone: BadgeTone = "bad" if person.decision is Decision.REMOVE else "ok"
            line.addWidget(Badge(Mood(say(DECISIONS[person.decision]), tone, "check")))
        self.more = button(
            ntr("{n} right", "{n} rights", len(person.rights)), "chevron-down", "ghost"
        )
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_rights)
        line.addWidget(self.more)
        return line

    def _opens(self) -> str:
        return tr("opens {what}", what=", ".join(say(words) for words in opens(self.person)))

    def _flags(self) -> QWidget | None:
        found = [
            Badge(Mood(say(words), "warn", "triangle-alert")) for words in flag_words(self.person)
        ]
        if self.person.mine:
            found.append(Badge(Mood(tr("This is you"), "info", "user-round")))
        return frame(row(*found, None, gap=8), "clear") if found else None

    def _all_rights(self) -> QWidget:
        rows = column(gap=4, margins=(46, 0, 0, 4))
        for right in self.person.rights:
            used = right.last_used_at
            when = moment(self._time.local(used), language()) if used else tr("never used")
            shown = label(when, 12, tone="muted", tabular=True)
            if right.permission in self.person.unused:
                set_tone(shown, "warn")
            rows.addLayout(row(label(say(permission_text(right.permission)), 12), None, shown))
        return frame(rows, "clear")

    def _show_rights(self, shown: bool) -> None:  # noqa: FBT001 - from a signal
        self._rights.setVisible(shown)

    def _when(self) -> str:
        at = self.person.last_sign_in
        return moment(self._time.local(at), language()) if at else ""

    def _changed(self, _: object = None) -> None:
        self.failure.hide()
        person = self.person
        same = self.choice.key == (person.decision or _OPEN) and self.reason.text() == person.reason
        self.keep.setEnabled(self.choice.key != _OPEN and not same)

    def _decide(self) -> None:
        self.decided.emit(self.person.user_id, Decision(self.choice.key), self.reason.text())
