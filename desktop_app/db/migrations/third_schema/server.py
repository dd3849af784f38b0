"""On a server: the venue that somebody has chosen to work in, as of migration 0003.

`clopos.venue` is set for a transaction; empty means all venues that the account may see. It
only ever narrows: an account sees nothing of a venue that is not its own.
"""

from __future__ import annotations

from alembic import op

_CHOSEN = "coalesce(current_setting('clopos.venue', true), '')"
_SEES_ALL = f"""
SELECT EXISTS (SELECT FROM access.account WHERE name = session_user AND venues IS NULL)
AND {_CHOSEN} = ''
"""  # noqa: S608 - constants of this module
_MY_VENUES = f"""
SELECT CASE
WHEN {_CHOSEN} = '' THEN venues
WHEN venues IS NULL OR {_CHOSEN}::bigint = ANY (venues) THEN ARRAY[{_CHOSEN}::bigint]
ELSE ARRAY[]::bigint[] END
FROM access.account WHERE name = session_user
"""  # noqa: S608 - constants of this module


def _replaced(head: str, body: str) -> str:
    how = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog"
    return f"CREATE OR REPLACE FUNCTION access.{head} {how} AS $${body}$$"


def create() -> None:
    """Replace the functions on a server; files have nothing of the kind."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_replaced("sees_all() RETURNS boolean", _SEES_ALL))
        op.execute(_replaced("my_venues() RETURNS bigint[]", _MY_VENUES))
