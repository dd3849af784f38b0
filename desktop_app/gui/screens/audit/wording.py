"""Events and changes in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from desktop_app.access.records import Anchor, EventRow
from desktop_app.access.wording import operation_words, outcome_words, subject_words, way_words
from desktop_app.gui.format import clock, moment, number
from desktop_app.gui.screens.audit.record_words import field_words, value_text
from desktop_app.gui.sidebar import role_name
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.venue.records import Today, VenueCard

_WAYS = frozenset({"way", "confirmed"})


def what(event: EventRow) -> str:
    """Return the operation of an event in words."""
    return say(operation_words(event.operation))


def about(event: EventRow) -> str:
    """Return what an event is about."""
    return say(subject_words(event.subject)) if event.subject else ""


def role(event: EventRow) -> str:
    """Return the role in words; one that a newer program knows stands as it is."""
    return role_name(event.role)


def outcome_mood(event: EventRow) -> Mood:
    """Return the badge of what became of it."""
    tone: dict[str, Mood] = {
        "done": Mood(say(outcome_words("done")), "ok"),
        "refused": Mood(say(outcome_words("refused")), "bad"),
    }
    return tone.get(event.outcome, Mood(say(outcome_words(event.outcome)), "mute"))


def detail_lines(detail: Mapping[str, Any], venue: VenueCard) -> Iterator[tuple[str, str]]:
    """Yield what the trail keeps beside an event."""
    for name, value in detail.items():
        if name in _WAYS:
            yield tr("How"), say(way_words(str(value)))
        elif isinstance(value, list):
            yield field_words(name), "\n".join(value_text(name, one, venue) for one in value)
        else:
            yield field_words(name), value_text(name, value, venue)


def anchored_text(anchor: Anchor | None, today: Today) -> str:
    """Return what remembers the trail and since when: `anchored yesterday 22:14 (backup “USB”)`."""
    if anchor is None:
        return ""
    where = say(anchor.where)
    if anchor.at is None:
        return tr("anchored ({where})", where=where)
    return tr("anchored {when} ({where})", when=recent(anchor.at, today), where=where)


def anchor_text(anchor: Anchor, today: Today) -> str:
    """Return an anchor: `Event 48,213 · yesterday 22:14 · backup “USB”`."""
    when = "" if anchor.at is None else recent(anchor.at, today)
    event = tr("Event {number}", number=number(anchor.seq, language()))
    return " · ".join(part for part in (event, when, say(anchor.where)) if part)


def recent(at: datetime, today: Today) -> str:
    """Return a moment as people say it: the time today, `yesterday 22:14`, or the day with it."""
    local = today.venue.time.local(at)
    days = (today.local.date() - local.date()).days
    if days == 0:
        return clock(local)
    if days == 1:
        return tr("yesterday {time}", time=clock(local))
    return moment(local, language())
