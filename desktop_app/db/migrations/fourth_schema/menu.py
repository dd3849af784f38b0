"""What the fourth schema adds to menu."""

from __future__ import annotations


def create() -> None:
    """Create it."""
