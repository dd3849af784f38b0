"""The badge of the top bar: how safe the data are."""

from __future__ import annotations

from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.reports.rules import Harm, Safety


def safety_mood(found: Safety) -> Mood:
    """Return what is said of the newest verified backup."""
    if found.harm is None:
        return Mood(say(found.message), "ok", "circle-check")
    if found.harm is Harm.GRAVE:
        return Mood(say(found.message), "bad", "shield-alert")
    return Mood(say(found.message), "warn", "triangle-alert")


def not_mine() -> Mood:
    """Return what is said to somebody who does not look after backups."""
    return Mood(tr("Backups are the owner's care"), "mute", "lock")
