"""Who may do what: the sealed trail, and what the rights of people need."""

from __future__ import annotations

from desktop_app.db.migrations.second_schema import (
    approvals,
    cards,
    pins,
    reviews,
    server,
    sessions,
    trail,
)

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create it, area by area."""
    approvals.create()
    cards.create()
    pins.create()
    reviews.create()
    sessions.create()
    server.create()
    trail.create()
