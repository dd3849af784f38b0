"""Who connects to a database server as whom, and what keeps the accounts there as they should be.

Everybody works over an account of their own, owners too. The account that owns the database makes
and changes the tables and the others' accounts; its password is for owners only.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import errors, sql
from sqlalchemy import URL, Engine, make_url

from desktop_app.db.engine import postgres
from desktop_app.db.server_accounts import Account, Repaired, Wanted, account_name, sync
from desktop_app.db.store import Keys, Store
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import ConflictError, NotFoundError, UnavailableError
from desktop_app.kernel.json_text import read_json
from desktop_app.kernel.words import Message, msg
from desktop_app.vault.server_secrets import (
    FOR_OWNERS,
    NEXT_SECRET,
    OWNERS_SECRET,
    account_secret,
)
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.unlocked import Unlocked

DESCRIPTION = "store.json"
AUTHORITY = "server-ca.pem"
_LIMIT = 1 << 16
_BYTES = 24
ACCOUNT_DEEDS = frozenset({Deed.USER_CHANGE, Deed.ROLE_CHANGE, Deed.REVIEW})
"""The deeds after which the accounts on a server have to follow."""


def own_engine(url: URL, folder: Path, unlocked: Unlocked) -> Engine:
    """Connect as the person signed in.

    As the account of all, where nobody has one of their own yet: the store is of the first release
    and no owner has signed in since, or the server's account may not make others.
    """
    try:
        secret = unlocked.secret(account_secret(unlocked.user_id))
    except NotFoundError:
        return owner_engine(url, folder, unlocked)
    name = account_name(unlocked.install, unlocked.user_id)
    return postgres(_as(url, secret.reveal(), name), ca_file=folder / AUTHORITY)


def owner_engine(url: URL, folder: Path, unlocked: Unlocked) -> Engine:
    """Connect as the account that owns the database; NotFoundError for who has no secret of it."""
    try:
        secret = unlocked.secret(OWNERS_SECRET)
        return postgres(_as(url, secret.reveal()), ca_file=folder / AUTHORITY)
    except UnavailableError:
        try:
            secret = unlocked.secret(NEXT_SECRET)
        except NotFoundError:
            secret = None
        if secret is None:
            raise
    return postgres(_as(url, secret.reveal()), ca_file=folder / AUTHORITY)


def _as(url: URL, password: bytes, name: str | None = None) -> URL:
    changed = url.set(password=password.decode())
    return changed.set(username=name) if name else changed


def settle_accounts(engine: Engine, keys: Keys) -> Sequence[Message]:
    """Make the server what the list of users says, at an owner's sign-in; say what was new.

    A store of the first release has one account for all, whose password everybody held: it gets
    another, which owners hold alone.
    """
    unlocked = keys.unlocked
    shared = not unlocked.secret_is_for_owners(OWNERS_SECRET)
    try:
        _synced(engine, keys.vault, unlocked)
    except errors.InsufficientPrivilege as error:
        return [_cannot_make(engine, error)]
    if not shared:
        return []
    found: list[Message] = [
        msg("Everybody has an account of their own on the database server now.")
    ]
    known = unlocked.secret(OWNERS_SECRET).reveal()
    if _holds(engine, "rolsuper"):
        unlocked.put_secret(OWNERS_SECRET, known, FOR_OWNERS)
        found.append(
            msg(
                "Everybody could know the password of the server's account “{name}”, which may do"
                " everything there: have the server's administrator change it.",
                name=engine.url.username,
            )
        )
    else:
        _change_password(engine, unlocked)
        found.append(
            msg("The password that all shared was changed on the server; only owners hold it now.")
        )
    return found


def not_let_in(url: URL) -> Message:
    """Return what it means that the account that owns the database is refused by the server."""
    return msg(
        "The server's account “{name}” was not let in: people and roles cannot be changed on the"
        " server.",
        name=url.username,
    )


def require_accounts(engine: Engine, keys: Keys) -> None:
    """Make the accounts of a new store; ConflictError where the server's account may not."""
    try:
        _synced(engine, keys.vault, keys.unlocked)
    except errors.InsufficientPrivilege as error:
        raise ConflictError(
            _cannot_make(engine, error),
            hint=msg("Have the server's administrator run: ALTER ROLE … CREATEROLE"),
        ) from error


def sync_accounts(store: Store) -> Repaired:
    """Let the accounts follow a change of users or roles; files have none."""
    if not store.is_postgres:
        return Repaired()
    with _owning(store) as engine:
        try:
            return _synced(engine, store.keys.vault, store.keys.unlocked)
        except errors.InsufficientPrivilege as error:
            raise ConflictError(_cannot_make(engine, error)) from error


@contextmanager
def _owning(store: Store) -> Iterator[Engine]:
    described = read_json((store.folder / DESCRIPTION).read_bytes(), size=_LIMIT)
    engine = owner_engine(make_url(described["url"]), store.folder, store.keys.unlocked)
    try:
        yield engine
    finally:
        engine.dispose()


def _synced(engine: Engine, vault: Vault, unlocked: Unlocked) -> Repaired:
    if not _holds(engine, "rolsuper OR rolcreaterole"):
        # Before there are passwords for accounts that do not come to be.
        raise errors.InsufficientPrivilege("CREATEROLE")
    passwords = unlocked.keep_accounts()
    vault.look_again()
    accounts = [
        Account(user.id, user.role, user.venues, passwords[user.id])
        for user in vault.users()
        if user.removed_at is None
    ]
    roles = {role.id: role.permissions for role in vault.roles().values()}
    return sync(engine, Wanted(unlocked.install, accounts, roles))


def _holds(engine: Engine, attribute: str) -> bool:
    """Tell whether the account that owns the database has an attribute."""
    with engine.execution_options(audited=False).connect() as connection:
        found: Any = connection.exec_driver_sql(
            f"SELECT {attribute} FROM pg_roles WHERE rolname = current_user"  # noqa: S608
        ).scalar()
    return bool(found)


def _change_password(engine: Engine, unlocked: Unlocked) -> None:
    """Give the owning account a new password; after any crash one of two kept ones is right."""
    fresh = secrets.token_urlsafe(_BYTES)
    unlocked.put_secret(NEXT_SECRET, fresh.encode(), FOR_OWNERS)
    with engine.execution_options(audited=False).begin() as connection:
        driver: Any = connection.connection.driver_connection
        name = driver.execute("SELECT current_user").fetchone()[0]
        verifier = driver.pgconn.encrypt_password(fresh.encode(), name.encode(), b"scram-sha-256")
        driver.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(verifier.decode())
            )
        )
    unlocked.put_secret(OWNERS_SECRET, fresh.encode(), FOR_OWNERS)


def _cannot_make(engine: Engine, error: Exception) -> Message:
    return msg(
        "The server's account “{name}” may not make accounts, so that the server cannot hold people"
        " to their roles: {reason}.",
        name=engine.url.username,
        reason=str(error).splitlines()[0],
    )
