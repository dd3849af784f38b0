"""The first schema: trail, venue, menu, sales, customers, staff, imports, backups, copies."""

from __future__ import annotations

from alembic import op

from desktop_app.db.migrations.first_schema import people, sales, trail

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything; on PostgreSQL the schemas first."""
    if op.get_bind().dialect.name == "postgresql":
        for schema in ("people", "office"):
            op.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    trail.create()
    sales.create()
    people.create()
