"""What alembic runs: the connection is handed in by db.upgrade, which owns the transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import MetaData

NAMES = {"pk": "pk_%(table_name)s"}
"""Constraint names that migrations leave out; frozen."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MetaData(naming_convention=NAMES),
    version_table_schema="ops",
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
