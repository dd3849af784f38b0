"""Days as people type them into a field."""

from __future__ import annotations

from datetime import date, datetime

_SHOWN = "%d.%m.%Y"


def written(day: date | None) -> str:
    """Return a day as it stands in a field; nothing for none."""
    return f"{day:{_SHOWN}}" if day else ""


def typed_day(text: str) -> date | None:
    """Return the day somebody typed, None for nothing; ValueError for what is no day."""
    typed = text.strip().replace("/", ".").replace("-", ".")
    if not typed:
        return None
    parts = typed.split(".")
    shape = "%Y.%m.%d" if len(parts[0]) == 4 else _SHOWN  # noqa: PLR2004 - digits of a year
    return datetime.strptime(typed, shape).date()  # noqa: DTZ007 - a day has no zone
