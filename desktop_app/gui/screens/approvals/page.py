"""What needs a second person: what waits for me, what I have asked for, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from desktop_app.access.approvals import (
    approve,
    cancel_request,
    list_approvals,
    open_approved,
    refuse,
    show_approval,
)
from desktop_app.access.request_records import RequestRow, RequestSheet, State, Wanted
from desktop_app.access.request_words import wish_words
from desktop_app.db.operation import REGISTRY, Operation
from desktop_app.gui.format import moment
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.approvals.request_dialog import RequestDialog
from desktop_app.gui.screens.approvals.rules_card import RulesCard
from desktop_app.gui.screens.approvals.wording import mood_of
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

KEY = "approvals"
_OPEN = (State.WAITING, State.APPROVED)


class ApprovalsScreen(Screen):
    """The requests in three groups, and the owner's rules below them."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._today: Today | None = None
        self.rows: Sequence[RequestRow] = ()
        self.dialog: RequestDialog | None = None
        self._lists = column(gap=16)
        self.rules = RulesCard(self.bridge)
        body = column(gap=16, margins=(28, 4, 28, 24))
        body.addLayout(self._lists)
        body.addWidget(self.rules)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(body, "page"))
        self.setLayout(column(scroll))
        self.bridge.changed.connect(self._changed)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    @override
    def show_target(self, target: Any) -> None:
        self.open_request(int(target))

    def look(self) -> None:
        """Ask for the requests again."""
        self.bridge.ask(self, self._know_today, get_today)

    def open_request(self, request_id: int) -> None:
        """Show one request."""
        self.bridge.ask(self, self._open, show_approval, request_id)

    def _changed(self, touched: frozenset[str]) -> None:
        if "approval_request" in touched and self.isVisible():
            self.look()

    def _know_today(self, today: Today) -> None:
        self._today = today
        self.bridge.ask(self, self._show, list_approvals)

    def _show(self, rows: Sequence[RequestRow]) -> None:
        self.rows = rows
        clear(self._lists)
        groups = (
            (tr("Waits for you"), [one for one in rows if one.for_me]),
            (tr("Yours"), [one for one in rows if one.mine and one.state in _OPEN]),
            (
                tr("Decided and ended"),
                [one for one in rows if not one.for_me and not (one.mine and one.state in _OPEN)],
            ),
        )
        for title, some in groups:
            if some:
                self._lists.addWidget(self._group(title, some))
        if not rows:
            self._lists.addWidget(
                EmptyState(
                    "users",
                    tr("Nothing waits for a second person"),
                    tr("What you ask for, and what others ask of you, is listed here."),
                )
            )

    def _group(self, title: str, rows: Sequence[RequestRow]) -> QWidget:
        made = Card(title)
        for at, one in enumerate(rows):
            if at:
                made.add(rule())
            made.body.addLayout(self._line(one))
        return made

    def _line(self, one: RequestRow) -> Any:
        what = say(wish_words(one.operation))
        when = moment(self._local(one), language())
        who = tr("asked by {name} · ends {time}", name=one.requester, time=when)
        line = row(column(label(what, 13, 600), label(who, 12, tone="muted"), gap=2), None, gap=12)
        line.addWidget(Badge(mood_of(one)))
        look = button(tr("Look"), "eye", tip=tr("Look at request {id}", id=one.id))
        look.clicked.connect(partial(self.open_request, one.id))
        line.addWidget(look)
        return line

    def _local(self, one: RequestRow) -> Any:
        venue = self._today.venue if self._today else None
        return venue.time.local(one.expires_at) if venue else one.expires_at

    # --- one request

    def _open(self, sheet: RequestSheet) -> None:
        if self._today is None:
            self.bridge.ask(self, partial(self._open_then, sheet), get_today)
            return
        self.dialog = RequestDialog(sheet, self._today, self)
        self.dialog.approved.connect(partial(self._do, approve, sheet.row.id))
        self.dialog.refused.connect(partial(self._do, refuse, sheet.row.id))
        self.dialog.taken_back.connect(partial(self._do, cancel_request, sheet.row.id))
        self.dialog.wanted.connect(partial(self._carry_out, sheet.row.id))
        self.dialog.open()

    def _open_then(self, sheet: RequestSheet, today: Today) -> None:
        self._today = today
        self._open(sheet)

    def _do(self, op: Operation[..., Any], *args: Any) -> None:
        if self.dialog is not None:
            dialog = self.dialog
            self.bridge.ask_or(dialog, partial(self._done, dialog), dialog.show_error, op, *args)

    def _carry_out(self, request_id: int) -> None:
        if self.dialog is not None:
            then = partial(self._call, self.dialog)
            self.bridge.ask_or(self.dialog, then, self.dialog.show_error, open_approved, request_id)

    def _call(self, dialog: RequestDialog, wanted: Wanted) -> None:
        op: Operation[..., Any] = REGISTRY[wanted.operation]
        then = partial(self._carried_out, dialog)
        self.bridge.ask_or(dialog, then, dialog.show_error, op, **wanted.arguments)

    def _carried_out(self, dialog: RequestDialog, result: object) -> None:
        code = getattr(result, "text", None)
        if isinstance(code, str):  # a one-time code is shown now or never
            dialog.banner.tell("info", tr("One-time code"), code)
        else:
            dialog.accept()
            self.shell.tell(tr("It is done as it was agreed to."))
        self.look()

    def _done(self, dialog: RequestDialog, _: object) -> None:
        dialog.accept()
        self.shell.tell(tr("Stored."))
        self.look()
