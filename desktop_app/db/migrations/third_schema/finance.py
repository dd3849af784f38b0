"""Finance: categories, balances, entries, as of migration 0003."""

from __future__ import annotations


def create() -> None:
    """Create it."""
