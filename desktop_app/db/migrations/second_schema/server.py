"""What a server needs to know each person's account, as of migration 0002.

A schema of its own: `turn`, an empty table that writers lock to queue up (it takes the right to
change it, and there is nothing in it to change); `account`, the venues of each account (null for
all), which nobody but the schema's owner reads; and functions that say what the account at work
may see.
"""

from __future__ import annotations

from alembic import op

_SAFE = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog"


def _function(head: str, body: str) -> str:
    return f"CREATE FUNCTION access.{head} {_SAFE} AS $$ {body} $$"


STATEMENTS = (
    "CREATE SCHEMA access",
    "CREATE TABLE access.turn (number integer)",
    "CREATE TABLE access.account (name name PRIMARY KEY, venues bigint[])",
    _function(
        "sees_all() RETURNS boolean",
        "SELECT EXISTS (SELECT FROM access.account WHERE name = session_user AND venues IS NULL)",
    ),
    _function(
        "my_venues() RETURNS bigint[]",
        "SELECT venues FROM access.account WHERE name = session_user",
    ),
)


def create() -> None:
    """Create it on a server; files have nothing of the kind."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in STATEMENTS:
            op.execute(statement)
