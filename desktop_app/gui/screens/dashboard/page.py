"""The dashboard: greets, shows a period beside the one before, says what needs attention."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.backup.operations import add_target, list_targets, run_backup, verify_backups
from desktop_app.exchange.operations import import_files
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.safety import not_mine, safety_mood
from desktop_app.gui.screens.dashboard.attention_card import AttentionCard
from desktop_app.gui.screens.dashboard.board import Board
from desktop_app.gui.screens.dashboard.figures import View
from desktop_app.gui.screens.dashboard.first_steps import FirstSteps
from desktop_app.gui.screens.dashboard.period_bar import PeriodBar
from desktop_app.gui.screens.dashboard.spans import Kind, Span, around
from desktop_app.gui.screens.dashboard.watch import Watch
from desktop_app.gui.screens.dashboard.wording import business_day, greeting, long_day
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.layout import column, frame
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.words import msg
from desktop_app.reports.operations import newest_day, overview
from desktop_app.reports.records import Overview, Period
from desktop_app.reports.rules import Concern, Facts, Mend, attention, safety
from desktop_app.reviews.operations import open_review
from desktop_app.security.operations import scan_cards
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

MINUTE_MS = 60_000
REST_MS = 800
_NOTHING = Period(0, 0)
_FIGURES = frozenset({"pos_order", "sales_hour", "venue"})


_PLACES = {
    Mend.SET_UP_BACKUP: "backups",
    Mend.IMPORT_AGAIN: "exchange",
    Mend.REVIEW_ACCESS: "reviews",
    Mend.SEE_CARDS: "settings",
    Mend.SEE_DEEDS: "approvals",
}


class DashboardScreen(Screen):
    """The first page after signing in."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._today: Today | None = None
        self._asked = 0
        self._own_choice = False
        self._stale = False
        self.bar: PeriodBar | None = None
        self.attention = AttentionCard(self._why_not)
        self.board = Board(self.attention)
        self.first_steps = FirstSteps(
            why_not_import=self.bridge.why_not(import_files),
            why_not_back_up=self.bridge.why_not(add_target),
        )
        self.watch = Watch(self.bridge, self)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._build()
        self._connect()
        self.bridge.ask(self, self._begin, get_today)
        self.watch.look()
        self.watch.measure()
        self._minute.start()

    # --- building

    def _build(self) -> None:
        self._pages = QStackedWidget()
        self._body = column(gap=16, margins=(28, 4, 28, 24))
        self._body.addWidget(self.first_steps)
        self._body.addWidget(self.board)
        self._body.addStretch(1)
        self.first_steps.hide()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(self._body, "page"))
        self._pages.addWidget(scroll)
        self.reduced = self._make_reduced()
        self._pages.addWidget(self.reduced)
        self.setLayout(column(self._pages))
        self._pages.setCurrentWidget(scroll if self.bridge.can(overview) else self.reduced)
        if not self.bridge.can(list_targets):
            self.shell.show_safety(not_mine)

    def _make_reduced(self) -> QWidget:
        made = EmptyState(
            "lock",
            tr("Your role does not see sales figures"),
            tr("The owner decides who sees them. You can look up orders."),
            tr("Show the orders"),
            "receipt-text",
        )
        made.chosen.connect(partial(self.shell.go, "orders"))
        return made

    def _connect(self) -> None:
        self.bridge.changed.connect(self._changed)
        self.watch.known.connect(self._show_facts)
        self.board.opened.connect(partial(self.shell.go, "orders"))
        self.attention.mended.connect(self._mend)
        self.first_steps.chosen.connect(self.shell.go)
        self._minute.timeout.connect(self._each_minute)
        self._rest.timeout.connect(self._refresh)

    # --- the period

    def _begin(self, today: Today) -> None:
        self._show_today(today)
        if self.bridge.can(newest_day):
            self.bridge.ask(self, self._choose_first, newest_day)

    def _show_today(self, today: Today) -> None:
        before, self._today = self._today, today
        self.set_heading(greeting(today, self.bridge.app.actor.name), business_day(today))
        if self.bar is not None and before is not None and before.day != today.day:
            self.bar.show_today(today.day)

    def _choose_first(self, newest: int | None) -> None:
        """Show the newest day with sales, and say so where that is not today."""
        if self._today is None:
            return
        self._show_first_steps(newest is None)
        today = self._today.day
        shown = today if newest is None else as_date(newest)
        span = around(Kind.DAY, min(shown, today), today)
        if self.bar is None:
            self.bar = PeriodBar(today, span)
            self.bar.changed.connect(self._chosen)
            self._body.insertWidget(0, self.bar)
        note = ""
        if newest is not None and span.last != today:
            note = tr("No sales yet today: this is {day}, the newest.", day=long_day(span.last))
        self.bar.show_span(span, note)
        self.bar.setVisible(newest is not None)
        self._ask(span)

    def _chosen(self, span: Span) -> None:
        self._own_choice = True
        self._ask(span)

    def _ask(self, span: Span) -> None:
        self._asked += 1
        before = span.before()
        then = partial(self._show, self._asked, span)
        self.bridge.ask(self, then, overview, span.period, before.period if before else _NOTHING)

    def _show(self, asked: int, span: Span, found: Overview) -> None:
        if asked == self._asked and self._today is not None:
            self._show_first_steps(found.newest_day is None)
            self.board.show_view(View(found, span, self._today))

    def _show_first_steps(self, empty: bool) -> None:  # noqa: FBT001 - what it is about
        if self.first_steps.isHidden() == empty:
            self.first_steps.setVisible(empty)
            self.board.show_figures(there=not empty)
            self._show_facts(self.watch.facts)

    # --- keeping up

    def _changed(self, touched: frozenset[str]) -> None:
        self._stale = self._stale or bool(touched & _FIGURES)
        # An import commits many times a second; the page follows once in a while.
        if not self._rest.isActive():
            self._rest.start()

    def _refresh(self) -> None:
        self.watch.look()
        if self._stale and self.isVisible():
            self._stale = False
            self._reload()

    def _reload(self) -> None:
        if not self.bridge.can(overview):
            return
        if self._own_choice and self.bar is not None:
            self._ask(self.bar.span)
        else:
            self.bridge.ask(self, self._begin, get_today)

    def _each_minute(self) -> None:
        self.bridge.ask(self, self._show_today, get_today)
        self.watch.look()
        self.watch.measure()

    def _show_facts(self, facts: Facts) -> None:
        state = safety(facts)
        if state is not None:
            self.shell.show_safety(partial(safety_mood, state))
        self.first_steps.show_backup(there=bool(facts.targets))
        concerns = attention(facts)
        if not self.first_steps.isHidden():
            concerns = [one for one in concerns if one.mend is not Mend.SET_UP_BACKUP]
        empty = not self.first_steps.isHidden()
        self.attention.setVisible(bool(concerns) or not empty)
        if facts.targets is not None or concerns:
            self.attention.show_concerns(concerns, fresh=not empty)

    # --- mending

    def _why_not(self, mend: Mend) -> str:
        needed: dict[Mend, Any] = {
            Mend.SET_UP_BACKUP: add_target,
            Mend.BACK_UP: run_backup,
            Mend.VERIFY: verify_backups,
            Mend.IMPORT_AGAIN: import_files,
            Mend.REVIEW_ACCESS: open_review,
            Mend.SEE_CARDS: scan_cards,
        }
        return self.bridge.why_not(needed[mend]) if mend in needed else ""

    def _mend(self, concern: Concern) -> None:
        match concern.mend:
            case Mend.BACK_UP:
                title = msg("Backing up to “{name}”", name=concern.subject)
                self.bridge.start(self, self._mended, title, run_backup, concern.subject)
            case Mend.VERIFY:
                title = msg("Verifying the backup in “{name}”", name=concern.subject)
                self.bridge.start(self, self._mended, title, verify_backups, concern.subject)
            case Mend.FREE_SPACE:
                QDesktopServices.openUrl(QUrl.fromLocalFile(concern.subject))
            case Mend.NOTED:
                self.watch.dismiss(concern.message)
            case place:
                self.shell.go(_PLACES[place])

    def _mended(self, _: object) -> None:
        self.watch.look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._rest.start(0)
