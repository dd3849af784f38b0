"""My sign-in: PIN, authenticator app, till PIN, and where I am signed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.access.own_sign_in import (
    drop_authenticator,
    drop_pin,
    drop_till_pins,
    set_authenticator,
    set_pin,
    set_till_pin,
)
from desktop_app.access.records import SessionRow
from desktop_app.access.sessions import end_session, list_sessions
from desktop_app.access.wording import program_words, way_words
from desktop_app.db.operation import Operation
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import moment
from desktop_app.gui.screens.settings.sign_in_dialogs import (
    AuthenticatorDialog,
    OwnDialog,
    PinDialog,
    PutAwayDialog,
)
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.access import Domain
from desktop_app.vault.totp import Enrolment
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import VenueCard

_MOST_SESSIONS = 6


class SignInCard(Card):
    """What brings me in beside the password, and my sessions."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        super().__init__(tr("My sign-in"), tr("Beside the password"))
        self._bridge, self._tell = bridge, tell
        self._venue: VenueCard | None = None
        self.pin = self._line(
            tr("Quick PIN"),
            tr("Brings you back after locking, for twelve hours after your password."),
            self._choose_pin,
            partial(self._put_away, tr("Put the quick PIN away?"), drop_pin, code=False),
        )
        self.app = self._line(
            tr("Authenticator app"),
            tr("Its code is asked for after the password."),
            self._set_up_app,
            partial(
                self._put_away, tr("Put the authenticator app away?"), drop_authenticator, code=True
            ),
        )
        self.till = self._line(
            tr("Till PIN on this computer"),
            tr("Signs you in here without a password; needs this computer's keyring."),
            self._choose_till_pin,
            self._drop_till_pins,
        )
        actor = bridge.app.actor
        self.till.setVisible(actor.domains <= {Domain.OPS} and not actor.reads_trail)
        self._sessions = column(gap=6)
        self.add(rule(), label(tr("Where I am signed in"), 13, 600))
        self.body.addLayout(self._sessions)
        self.session_rows: list[SessionRow] = []
        bridge.ask(self, self._keep_venue, get_venue)

    def _line(
        self,
        title: str,
        sentence: str,
        choose: Callable[[], None],
        put_away: Callable[[], None],
    ) -> QWidget:
        words = column(label(title, 13, 600), label(sentence, 12, tone="muted", wrap=True), gap=2)
        line = row(gap=8)
        line.addLayout(words, 1)
        line.addWidget(button(tr("Set up…"), on_click=choose))
        away = button("", "trash-2", "ghost", tip=tr("Put away"), on_click=put_away)
        line.addWidget(away)
        made = QWidget()
        made.setLayout(line)
        self.add(made)
        return made

    def _keep_venue(self, venue: VenueCard) -> None:
        self._venue = venue
        self._ask_sessions()

    # --- PIN and app

    def _choose_pin(self) -> None:
        dialog = PinDialog(self)
        dialog.asked.connect(partial(self._send, dialog, set_pin, tr("Your PIN was saved.")))
        dialog.open()

    def _choose_till_pin(self) -> None:
        dialog = PinDialog(self, till=True)
        dialog.asked.connect(partial(self._send, dialog, set_till_pin, tr("Your PIN was saved.")))
        dialog.open()

    def _drop_till_pins(self) -> None:
        self._bridge.ask(self, self._told_gone, drop_till_pins)

    def _told_gone(self, _: object) -> None:
        self._tell(tr("Put away."))

    def _set_up_app(self) -> None:
        venue = self._venue.name if self._venue else "Clopos Desk"
        name = self._bridge.app.actor.name
        dialog = AuthenticatorDialog(Enrolment.random(), name, venue, self)
        dialog.asked.connect(partial(self._app_asked, dialog))
        dialog.open()

    def _app_asked(self, dialog: AuthenticatorDialog, password: str, code: str) -> None:
        done = tr("The app's code is asked for from now on.")
        then = partial(self._done, dialog, done)
        self._bridge.ask_or(
            dialog, then, dialog.refuse, set_authenticator, password, dialog.enrolment, code
        )

    def _put_away(self, title: str, op: Operation[Any, None], *, code: bool) -> None:
        sentence = tr("You sign in without it from now on.")
        dialog = PutAwayDialog(title, sentence, self, code=code)
        dialog.asked.connect(partial(self._away_asked, dialog, op, code))
        dialog.open()

    def _away_asked(
        self,
        dialog: PutAwayDialog,
        op: Operation[Any, None],
        with_code: bool,  # noqa: FBT001 - bound by partial
        password: str,
        code: str,
    ) -> None:
        given = (password, code) if with_code else (password,)
        then = partial(self._done, dialog, tr("Put away."))
        self._bridge.ask_or(dialog, then, dialog.refuse, op, *given)

    def _send(
        self, dialog: OwnDialog, op: Operation[Any, None], done: str, password: str, pin: str
    ) -> None:
        then = partial(self._done, dialog, done)
        self._bridge.ask_or(dialog, then, dialog.refuse, op, password, pin)

    def _done(self, dialog: OwnDialog, text: str, _: object) -> None:
        dialog.accept()
        self._tell(text)

    # --- sessions

    def _ask_sessions(self, _: object = None) -> None:
        self._bridge.ask(self, self._show_sessions, list_sessions)

    def _show_sessions(self, found: Sequence[SessionRow]) -> None:
        while (item := self._sessions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        going_on = [one for one in found if one.ended_at is None]
        ended = [one for one in found if one.ended_at is not None]
        self.session_rows = (going_on + ended)[:_MOST_SESSIONS]
        for one in self.session_rows:
            self._sessions.addWidget(self._session(one))

    def _session(self, one: SessionRow) -> QWidget:
        here = one.id == getattr(self._bridge.app, "session_id", None)
        local = self._venue.time.local(one.started_at) if self._venue else one.started_at
        facts = (way_words(one.way), program_words(one.program))
        since = " · ".join((moment(local, language()), *map(say, facts)))
        words = column(label(one.device, 13, 500), label(since, 12, tone="muted"), gap=1)
        line = row(gap=8)
        line.addLayout(words, 1)
        if here:
            line.addWidget(Badge(Mood(tr("here"), "ok")))
        elif one.ended_at is None:
            line.addWidget(button(tr("End"), on_click=partial(self._end, one.id)))
        else:
            line.addWidget(Badge(Mood(tr("ended"))))
        made = QWidget()
        made.setLayout(line)
        return made

    def _end(self, session_id: int) -> None:
        self._bridge.ask(self, self._ask_sessions, end_session, session_id)
