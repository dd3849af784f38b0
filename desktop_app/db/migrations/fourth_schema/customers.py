"""What the fourth schema adds to customers."""

from __future__ import annotations


def create() -> None:
    """Create it."""
