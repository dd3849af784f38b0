"""Reviewing who has access: when it is due, the open review person by person, the signed ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from desktop_app.gui.format import day, moment
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.pick_path import pick_new_file
from desktop_app.gui.screens.reviews.person_card import PersonCard
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.kernel.errors import AppError
from desktop_app.reviews.handing import write_review
from desktop_app.reviews.operations import (
    check_review,
    decide,
    get_review,
    list_reviews,
    open_review,
    review_state,
    sign_review,
)
from desktop_app.reviews.records import Decision, Review, ReviewRow, ReviewState, Signed
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

_TABLES = frozenset({"access_review", "review_decision"})


class ReviewsScreen(Screen):
    """The state, the open review, and the signed ones."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._today: Today | None = None
        self.review: Review | None = None
        self.people: list[PersonCard] = []
        self.headline = label("", 20, 600, wrap=True)
        self.detail = label("", 13, tone="soft", wrap=True)
        self.begin = button(tr("Begin the review"), "play", "primary", on_click=self.start)
        self.sign = button(tr("Sign the review"), "badge-check", "primary", on_click=self.ask)
        allow(self.begin, self.bridge.why_not(open_review))
        self.sign.hide()
        self._icon = IconLabel("badge-check", "ok", 24, "ok_soft")
        self._cards = column(gap=12)
        self._signed = column(gap=0)
        self.history = Card(tr("Signed reviews"), tr("Each with its paper and its signature"))
        self.history.body.addLayout(self._signed)
        self._build()
        self.bridge.changed.connect(self._changed)
        self._look()

    def _build(self) -> None:
        top = Card()
        line = row(self._icon, gap=16)
        line.addLayout(column(self.headline, self.detail, gap=3), 1)
        line.addWidget(self.begin)
        line.addWidget(self.sign)
        top.body.addLayout(line)
        body = column(top, gap=16, margins=(28, 4, 28, 24))
        body.addLayout(self._cards)
        body.addWidget(self.history)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(body, "page"))
        self.setLayout(column(scroll))
        self.history.hide()

    # --- reading

    def _look(self) -> None:
        self.bridge.ask(self, self._show_today, get_today)

    def _show_today(self, today: Today) -> None:
        self._today = today
        self.bridge.ask(self, self._show_state, review_state)
        if self.bridge.can(list_reviews):
            self.bridge.ask(self, self._show_history, list_reviews)

    def _show_state(self, state: ReviewState) -> None:
        due = self._day(state.due_at)
        if state.overdue_days:
            self._icon.show_icon("triangle-alert", "warn")
            self.headline.setText(
                ntr(
                    "The review of access is {n} day overdue",
                    "The review of access is {n} days overdue",
                    state.overdue_days,
                )
            )
        else:
            self._icon.show_icon("badge-check", "ok")
            self.headline.setText(tr("The next review of access is due on {day}", day=due))
        last = state.last_closed_at
        self.detail.setText(
            tr("Last signed on {day}.", day=self._day(last))
            if last
            else tr(
                "There has been no review yet. You go through everybody who may sign in, see what "
                "they may do and what they used, and decide whether they keep it."
            )
        )
        self.begin.setVisible(state.open_id is None)
        if state.open_id is not None and self.bridge.can(get_review):
            self.bridge.ask(self, self._show_review, get_review, state.open_id)
        else:
            self._show_nobody()

    def _show_nobody(self) -> None:
        self.review, self.people = None, []
        self.sign.hide()
        clear(self._cards)

    def _show_review(self, review: Review) -> None:
        if self._today is None or (review == self.review and self.people):
            return
        before = {card.person.user_id: card for card in self.people}
        self.review = review
        clear(self._cards)
        left = len(review.undecided)
        self._cards.addWidget(label(self._progress(left, len(review.people)), 15, 600))
        self.people = [PersonCard(person, self._today.venue.time) for person in review.people]
        for card in self.people:
            card.decided.connect(self._decide)
            old = before.get(card.person.user_id)
            if old is not None and old.person.decision == card.person.decision:
                card.go_on(old)
            self._cards.addWidget(card)
        self.sign.show()
        waiting = ntr("{n} person is left to decide", "{n} people are left to decide", left)
        allow(
            self.sign,
            waiting if left else "",
            tip=tr("Sign with your own key and take away what was decided"),
        )

    @staticmethod
    def _progress(left: int, people: int) -> str:
        if not left:
            return tr("Everybody has been decided about")
        return tr("{left} of {all} people are left to decide", left=left, all=people)

    def _show_history(self, rows: Sequence[ReviewRow]) -> None:
        clear(self._signed)
        closed = [found for found in rows if found.closed_at is not None]
        for at, found in enumerate(closed):
            if at:
                self._signed.addWidget(rule())
            self._signed.addWidget(self._line(found))
        self.history.setVisible(bool(closed))

    def _line(self, found: ReviewRow) -> QWidget:
        when = self._moment(found)
        sentence = tr(
            "{people} people, access taken from {removed}, signed by {name}",
            people=found.people,
            removed=found.removed,
            name=found.closed_by,
        )
        words = column(label(when, 13, 600), label(sentence, 12, tone="muted"), gap=2)
        line = row(IconLabel("file-text", "accent", 16), words, None, gap=12)
        state = row()
        line.addLayout(state)
        checking = button(tr("Check the signature"), "shield-check")
        checking.clicked.connect(partial(self._check, found.id, state))
        printing = button(tr("Save as PDF…"), "printer")
        printing.clicked.connect(partial(self._print, found))
        line.addWidget(checking)
        line.addWidget(printing)
        line.setContentsMargins(0, 9, 0, 9)
        return frame(line, "clear")

    # --- doing

    def start(self) -> None:
        """Begin a review, or go on with the open one."""
        self.bridge.ask(self, lambda _: self._look(), open_review)

    def ask(self) -> None:
        """Ask before the review is signed."""
        if self.review is None:
            return
        leaving = [p.name for p in self.review.people if p.decision is Decision.REMOVE]
        sentence = (
            tr("{names} cannot sign in any more afterwards.", names=", ".join(leaving))
            if leaving
            else tr("Nobody's access is taken away.")
        )
        dialog = ConfirmDialog(
            tr("Sign the review of access?"),
            sentence + " " + tr("A signed review cannot be changed."),
            tr("Sign the review"),
            parent=self,
        )
        dialog.confirmed.connect(self._sign)
        dialog.open()

    def _sign(self) -> None:
        if self.review is not None:
            self.bridge.ask(self, self._signed_now, sign_review, self.review.row.id)

    def _signed_now(self, _: Signed) -> None:
        self.shell.tell(tr("The review was signed."))
        self._look()

    def _decide(self, user_id: str, decision: Decision, reason: str) -> None:
        if self.review is not None:
            self.bridge.ask_or(
                self,
                lambda _: None,  # the table it touched brings the new state
                partial(self._refused, user_id),
                decide,
                self.review.row.id,
                user_id,
                decision,
                reason,
            )

    def _refused(self, user_id: str, error: AppError) -> None:
        said = " ".join(say(part) for part in (error.message, error.hint) if part)
        for card in self.people:  # it may be another one than was clicked: others decide as well
            if card.person.user_id == user_id:
                card.refuse(said)

    def _check(self, number: int, state: QHBoxLayout, *_: object) -> None:
        self.bridge.ask(self, partial(self._checked, state), check_review, number)

    @staticmethod
    def _checked(state: QHBoxLayout, fits: bool) -> None:  # noqa: FBT001 - the answer
        clear(state)
        mood = (
            Mood(tr("Signature fits"), "ok", "circle-check")
            if fits
            else Mood(tr("Changed after signing"), "bad", "shield-alert")
        )
        state.addWidget(Badge(mood))

    def _print(self, found: ReviewRow, *_: object) -> None:
        name = tr("Review of access")
        pick_new_file(self, name, partial(self._save, found.id), name, "pdf")

    def _save(self, number: int, path: Path) -> None:
        self.bridge.ask(self, self._saved, write_review, number, path, language())

    def _saved(self, path: Path) -> None:
        self.shell.tell(tr("Saved as {file}.", file=path.name))

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & _TABLES:
            self._look()

    # --- words

    def _day(self, at: datetime | None) -> str:
        if self._today is None or at is None:
            return "–"
        return day(self._today.venue.time.local(at).date(), language())

    def _moment(self, found: ReviewRow) -> str:
        if self._today is None or found.closed_at is None:
            return "–"
        return moment(self._today.venue.time.local(found.closed_at), language())
