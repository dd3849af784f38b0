"""The only translator of driver errors: what the world did becomes an AppError, bugs stay bugs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.exc import DataError, DBAPIError

from desktop_app.kernel.errors import (
    AppError,
    DamagedError,
    InvalidError,
    NotAllowedError,
    UnavailableError,
)
from desktop_app.kernel.words import msg

REFUSAL = "another venue"
"""What a limited session's own triggers say."""
_BUSY, _LOCKED, _READONLY, _IOERR = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
)


def explain(error: DBAPIError) -> AppError | None:
    """Return what a database error means to the person, or None where it is our bug."""
    cause: Any = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    fenced = code is not None and code & 0xFF == sqlite3.SQLITE_CONSTRAINT
    if (fenced and str(cause) == REFUSAL) or code == sqlite3.SQLITE_AUTH:
        return not_yours()
    if code is not None:
        return explain_sqlite(code & 0xFF)
    return _explain_postgres(getattr(cause, "sqlstate", None), error)


def explain_sqlite(code: int) -> AppError | None:
    """Return what a primary SQLite result code means to the person."""
    if code in (_BUSY, _LOCKED):
        return UnavailableError(
            msg("The store is busy: another program is writing to it."),
            hint=msg("Wait a moment and try again."),
        )
    if code == sqlite3.SQLITE_FULL:
        return UnavailableError(
            msg("The disk is full. Nothing of this step was saved; what was saved before is safe."),
            hint=msg("Free at least 1 GB on the disk that holds the store, then try again."),
        )
    if code in (_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return UnavailableError(
            msg("The store's folder cannot be written to."),
            hint=msg("Give this account the right to write there, or choose another folder."),
        )
    if code == _IOERR:
        return UnavailableError(
            msg("The disk reported an error. Nothing of this step was saved."),
            hint=msg("Check the disk, its cable and its free space; then make a backup."),
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged()
    return None


def not_yours() -> NotAllowedError:
    """Return the error for what the database itself refuses to somebody's rights or venues."""
    return NotAllowedError(
        msg("The store refused this: it is not for your role or your venues."),
        hint=msg("Nothing was changed. Ask the owner whether you should have the right."),
    )


def unwritable() -> InvalidError:
    """Return the error for a text that no database can hold: half a character, or a zero byte."""
    return InvalidError(
        msg("A text has characters in it that cannot be kept."),
        hint=msg("Type it anew instead of pasting it."),
    )


def too_large() -> InvalidError:
    """Return the error for a number that no column can hold."""
    return InvalidError(
        msg("A number is too large to be one."), hint=msg("Check what was typed or scanned.")
    )


def damaged() -> DamagedError:
    """Return the error for a store file that fails its authentication."""
    return DamagedError(
        msg("A store file is damaged, or it does not belong to this key."),
        hint=msg("Do not delete anything. Restore the last backup into a new folder."),
    )


def _explain_postgres(state: str | None, error: DBAPIError) -> AppError | None:
    if state == "53100":
        return UnavailableError(
            msg("The database server's disk is full. Nothing of this step was saved.")
        )
    if state in _TOLD:
        return _TOLD[state]()
    if isinstance(error, DataError) and state is None:
        return unwritable()
    if error.connection_invalidated or state is None or state.startswith(("08", "57P")):
        return UnavailableError(
            msg("The database server does not answer."),
            hint=msg("Check the network and the server, then try again."),
        )
    if state in ("40001", "40P01", "55P03"):
        return UnavailableError(
            msg("The store is busy: another program is writing to it."),
            hint=msg("Wait a moment and try again."),
        )
    return None


_TOLD: Mapping[str | None, Callable[[], AppError]] = {
    "42501": not_yours,
    "22003": too_large,
    "22021": unwritable,
}
