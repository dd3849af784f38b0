"""Days, sources and files of imports in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_app.gui.format import day
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.words import Message

_NAMED = 3


def days_text(first: int | None, last: int | None) -> str:
    """Return the days of an import: one, from–to, or a dash."""
    if first is None or last is None:
        return "–"
    shown = day(as_date(first), language())
    return shown if first == last else f"{shown} – {day(as_date(last), language())}"


def source_text(source: str, titles: Mapping[str, Message]) -> str:
    """Return the titles of the readers that took part, for their names."""
    names = [name.strip() for name in source.split(",")]
    return ", ".join(say(titles[name]) if name in titles else name for name in names)


def files_text(paths: Sequence[Path]) -> str:
    """Return the names of the first files and how many more there are."""
    return names_text([path.name for path in paths])


def names_text(names: Sequence[str]) -> str:
    """Return the first names and how many more there are."""
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    if more <= 0:
        return shown
    return tr("{names} and {more}", names=shown, more=ntr("{n} more", "{n} more", more))
