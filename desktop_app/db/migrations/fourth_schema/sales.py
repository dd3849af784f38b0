"""What the fourth schema adds to sales."""

from __future__ import annotations


def create() -> None:
    """Create it."""
