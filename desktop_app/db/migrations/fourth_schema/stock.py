"""What the fourth schema adds to stock."""

from __future__ import annotations


def create() -> None:
    """Create it."""
