"""What the fourth schema adds to the register of exports: whose rows a file holds."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.db.migrations.widening import widen


def create() -> None:
    """Widen the register; files of before say nothing."""
    empty = sa.text("''")
    widen(
        "ops", "export_run", sa.Column("venues", sa.String(1000), nullable=False,
                                       server_default=empty),
    )  # fmt: skip
