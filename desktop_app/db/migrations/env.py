"""What alembic runs: the connection is handed in by db.upgrade, which owns the transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import MetaData

NAMES = {"pk": "pk_%(table_name)s"}
"""Constraint names that migrations leave out; frozen."""

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=MetaData(naming_convention=NAMES),
    # Looking for a table does not pass through the translation of schemas: by the name "ops"
    # alembic never finds what it wrote into SQLite's main file, and would begin anew.
    version_table_schema="main" if connection.dialect.name == "sqlite" else "ops",
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
