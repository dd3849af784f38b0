"""What the proof asks for: an anchor from paper, a reason to sign off, for whom to export."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop_app.access.alarms import SHORTEST_REASON, sign_alarm
from desktop_app.access.anchors import check_anchor
from desktop_app.access.records import Alarm, AnchorCheck
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.format import moment, number
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.venue.records import Today

_ROOM = (540, 330)  # also for a refusal in two lines
_LOOK = "48213 7QK3-9MZD-4T2H-XA0F"


class _Asking(Dialog):
    """A form that is refused in words and stays open then."""

    def __init__(self, title: str, sentence: str, parent: QWidget) -> None:
        super().__init__(title, sentence, parent)
        self.form = Form()
        self.setMinimumSize(*_ROOM)
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    def refuse(self, error: AppError) -> None:
        """Say why it did not work, beside the field where it is one."""
        self.banner.hide()
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")


class AnchorDialog(_Asking):
    """Compares a line on paper with the trail, as often as wanted."""

    def __init__(self, bridge: Bridge, today: Today, parent: QWidget) -> None:
        super().__init__(
            tr("Check a printed anchor"),
            tr(
                "Type the line as it stands on the paper, with its number. Spaces, dashes and "
                "small letters do not matter."
            ),
            parent,
        )
        self._bridge, self._today = bridge, today
        self.typed = _line(80)
        self.typed.setFont(font(15, tabular=True))
        self.typed.setPlaceholderText(_LOOK)
        self.form.add("anchor", tr("Anchor"), self.typed)
        self.add_button(tr("Close")).clicked.connect(self.accept)
        self.look = self.add_button(tr("Check"), "primary", "shield-check")
        self.look.clicked.connect(self._ask)
        self.typed.textChanged.connect(self._typed)
        self._typed("")

    def _typed(self, text: str) -> None:
        self.form.clear_errors()
        self.banner.hide()
        self.look.setEnabled(bool(text.strip()))

    def _ask(self) -> None:
        self._bridge.ask_or(self, self._show, self.refuse, check_anchor, self.typed.text())

    def _show(self, found: AnchorCheck) -> None:
        self.form.clear_errors()
        written = ""
        if found.at is not None:
            local = moment(self._today.venue.time.local(found.at), language())
            written = tr("That event was entered {when}.", when=local)
        self.typed.setFocus()
        self.banner.tell("ok" if found.fits else "bad", say(found.said), written)


class SignDialog(_Asking):
    """Signs an alarm off with what it was; `signed(bool)`, true where that closes it."""

    signed = Signal(bool)

    def __init__(self, bridge: Bridge, alarm: Alarm, parent: QWidget) -> None:
        at = number(alarm.seq, language())
        super().__init__(
            tr("Sign off the alarm at event {number}", number=at),
            tr(
                "You sign with your own key that you know what happened. It is entered in the "
                "trail and cannot be taken back."
            ),
            parent,
        )
        self._bridge, self._alarm = bridge, alarm
        self.reason = _line(500)
        self.form.add("reason", tr("What it was"), self.reason)
        self.add_cancel()
        self.done_button = self.add_button(tr("Sign off"), "primary", "badge-check")
        self.done_button.clicked.connect(self._sign)
        self.reason.textChanged.connect(self._typed)
        self._typed("")

    def _typed(self, text: str) -> None:
        short = len(" ".join(text.split())) < SHORTEST_REASON
        allow(self.done_button, tr("Say in a few words what it was.") if short else "")

    def _sign(self) -> None:
        self.done_button.setEnabled(False)
        self._bridge.ask_or(
            self, self._done, self.refuse, sign_alarm, self._alarm.id, self.reason.text()
        )

    @override
    def refuse(self, error: AppError) -> None:
        """Say why it was not signed."""
        self.done_button.setEnabled(True)
        super().refuse(error)

    def _done(self, closed: bool) -> None:  # noqa: FBT001 - the answer
        self.signed.emit(closed)
        self.accept()


def _line(most: int) -> QLineEdit:
    made = QLineEdit()
    made.setFont(font(13))
    made.setMaxLength(most)
    return made
