"""The session of a window: noted when it ends, and watched while it goes on."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.access.sessions import CLOSED, LOCKED, note_lock, session_open
from desktop_app.gui.bridge import Bridge, Session
from desktop_app.gui.text import tr
from desktop_app.kernel.errors import AppError, NotAllowedError

__all__ = ["CLOSED", "LOCKED", "SessionWatch", "end_session", "number_of"]
_LOOK_MS = 20_000


def number_of(session: Session) -> int | None:
    """Return the number of a session in the list; None where there is no list of it."""
    found = getattr(session, "session_id", None)
    return found if isinstance(found, int) else None


def end_session(session: Session, how: str) -> None:
    """Note that a session ended here, then close it; runs on a worker thread."""
    number = number_of(session)
    if number is not None:
        with suppress(AppError):  # removed, ended elsewhere, disk full: it ends all the same
            session.start(note_lock, number, how).future.result()
    session.close()


class SessionWatch(QObject):
    """Looks three times a minute whether a session goes on; `ended(reason)` when it does not."""

    ended = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        if number_of(bridge.app) is not None:
            self._timer.start()

    def look(self) -> None:
        """Look now."""
        number = number_of(self._bridge.app)
        if number is not None:
            self._bridge.ask_or(self, self._answered, self._failed, session_open, number)

    def _answered(self, goes_on: object) -> None:
        if not goes_on:
            self._timer.stop()
            self.ended.emit(tr("Your session has ended. Sign in with the password."))

    def _failed(self, error: AppError) -> None:
        if isinstance(error, NotAllowedError):
            self._timer.stop()
            self.ended.emit(tr("Your access was changed. Sign in again."))
