"""The menu: kinds, recipes, modifiers, prices, taxes, the stop list, as of migration 0003."""

from __future__ import annotations


def create() -> None:
    """Create it."""
