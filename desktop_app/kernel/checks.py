"""Rules that the texts of every area share."""

from __future__ import annotations

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg


def check_text(text: str, most: int, field: str) -> str:
    """Return a text of any lines, cleaned, that fits its column; InvalidError names the field."""
    return _fitting(clean(text, lines=True), most, field)


def check_line(text: str, most: int, field: str) -> str:
    """Return a text of one line, cleaned, that fits its column; InvalidError names the field."""
    return _fitting(clean(text), most, field)


def _fitting(cleaned: str, most: int, field: str) -> str:
    if len(cleaned) > most:
        raise InvalidError(msg("This has at most {most} letters.", most=most), field=field)
    return cleaned
