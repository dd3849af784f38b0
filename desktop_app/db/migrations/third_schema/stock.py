"""Stock: storages, suppliers, supplies, documents, counts, moves, as of migration 0003."""

from __future__ import annotations


def create() -> None:
    """Create it."""
