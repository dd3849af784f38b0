"""The one-time code: what an owner hands to somebody who has no password (any more).

Three groups of five characters, 70 random bits and a check character, good for a day and only to
choose a password of one's own. Nobody but that person ever knows the password.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop_app.vault import crockford

LENGTH = 15
GROUP = 5
LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A code, shown this once: `7QK3M-9MZDA-0R4TX`, and when it ends."""

    text: str = field(repr=False)
    user: str
    ends_at: datetime


def random_text() -> str:
    """Return a fresh code as it is read out and typed."""
    return crockford.grouped(crockford.random_code(LENGTH), GROUP)


def random_for(user: str, now: datetime) -> OneTimeCode:
    """Return a fresh code for somebody, good for 24 hours."""
    return OneTimeCode(random_text(), user, now + LASTS)


def read(typed: str) -> str | None:
    """Return a typed code as `random_text` writes it; None where it is none or mistyped."""
    found = crockford.read(typed, LENGTH)
    return None if found is None else crockford.grouped(found, GROUP)
