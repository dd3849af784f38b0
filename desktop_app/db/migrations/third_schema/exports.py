"""The register of exports, and what lists remember, as of migration 0003."""

from __future__ import annotations


def create() -> None:
    """Create it."""
