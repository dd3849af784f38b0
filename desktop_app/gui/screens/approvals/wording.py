"""How the state of a request looks."""

from __future__ import annotations

from desktop_app.access.request_records import RequestRow, State
from desktop_app.access.request_words import state_words
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.badge import BadgeTone, Mood

_TONES: dict[State, tuple[BadgeTone, str]] = {
    State.WAITING: ("info", "hourglass"),
    State.APPROVED: ("ok", "check"),
    State.REFUSED: ("bad", "circle-x"),
    State.EXPIRED: ("mute", "clock"),
    State.CANCELLED: ("mute", "rotate-ccw"),
    State.DONE: ("ok", "badge-check"),
}


def mood_of(row: RequestRow) -> Mood:
    """Return the badge of a request."""
    if row.for_me:
        return Mood(tr("waits for you"), "warn", "bell")
    tone, icon = _TONES[row.state]
    return Mood(say(state_words(row.state)), tone, icon)
