"""What the fourth schema adds to staff."""

from __future__ import annotations


def create() -> None:
    """Create it."""
