"""Open the database: three encrypted files, or a PostgreSQL server over verified TLS.

Pragmas and their reasons are in storage.md (decisions 2 to 4 and 12): rollback journal, because a
WAL over attached files left them disagreeing after 294 of 894 power cuts; synchronous FULL; a raw
256-bit key; BEGIN IMMEDIATE for whoever writes.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import sqlcipher3.dbapi2
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError

from desktop_app.db.failures import damaged, explain_sqlite
from desktop_app.db.folding import teach
from desktop_app.kernel.access import Domain
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.errors import AppError, DamagedError, InvalidError, UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.vault.rotation import FileKey
from desktop_app.vault.secret import SecretBytes, forget

_sqlcipher: Any = sqlcipher3.dbapi2
APPLICATION_ID = 0x436C6F70  # "Clop"
PATIENCE_S = 10.0
_BUSY_MS = 5000
_SCRUBS, _SCRUB_CHARACTERS = 12, 200
_CACHE_KIB = {Domain.OPS: 40960, Domain.PEOPLE: 20480, Domain.OFFICE: 4096}
_MAIN = {Domain.OPS: "main", Domain.PEOPLE: "people", Domain.OFFICE: "office"}
TRANSLATE = {domain.value: name for domain, name in _MAIN.items()}
"""The ops file is the main database of a connection, so that commits over several files have one
super-journal and stay atomic; its PostgreSQL schema is `ops`."""


KeyRing: TypeAlias = Callable[[], Mapping[Domain, FileKey]]
"""Asked for each new connection: the keys of a store can change while it is open (db/rekey.py)."""

Fence: TypeAlias = Callable[[Mapping[Domain, int]], None]
"""Raises where the versions a connection was opened with are no longer those of the store."""


class StoreConnection(_sqlcipher.Connection):  # type: ignore[misc]
    """A connection that remembers which versions of the files it has open."""

    versions: Mapping[Domain, int]


def file_of(folder: Path, domain: Domain, version: int = 1) -> Path:
    """Return the file of a domain under a version of its key: `people.db`, then `people.2.db`.

    Each version has a file (and so a journal) of its own: a program that still has the one before
    open can never play its journal into the new one.
    """
    return folder / (f"{domain.value}.db" if version == 1 else f"{domain.value}.{version}.db")


def encrypted_files(
    folder: Path,
    keys: Mapping[Domain, bytearray] | KeyRing,
    *,
    create: bool = False,
    fence: Fence | None = None,
) -> Engine:
    """Open the store's files with their raw 256-bit keys; only the domains with a key are opened.

    `fence` is asked at the beginning of every transaction, and for a writer once it is its turn.
    Raises UnavailableError where a file is missing or cannot be read, DamagedError where a file
    does not open with its key, is cut short, or is no store of ours.
    """
    ring = keys if callable(keys) else _fixed(keys)
    if not create:
        for domain, one in ring().items():
            _check_file(file_of(folder, domain, one.version))

    def connect() -> Any:
        found = ring()
        if fence is not None:
            fence(_versions(found))
        return _connect(folder, found, create=create)

    engine = create_engine(
        "sqlite://",
        module=_sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=4,
    ).execution_options(schema_translate_map=TRANSLATE)
    event.listen(engine, "begin", lambda connection: _begin(connection, fence))
    event.listen(engine, "checkout", lambda opened, *_: _replace_stale(opened, ring))
    try:
        with engine.connect() as connection:
            mark = connection.exec_driver_sql("PRAGMA main.application_id").scalar()
            if not create and mark != APPLICATION_ID:
                raise damaged()
    except DBAPIError as error:
        engine.dispose()
        raise (_explained(error)) from error
    except AppError:
        engine.dispose()
        raise
    return engine


def _fixed(keys: Mapping[Domain, bytearray]) -> KeyRing:
    first = {domain: FileKey(1, SecretBytes(key)) for domain, key in keys.items()}
    return lambda: first


def _replace_stale(opened: Any, ring: KeyRing) -> None:
    """Let the pool open the files anew where this session holds newer keys than a connection."""
    if opened.versions != _versions(ring()):
        raise DisconnectionError


def _versions(found: Mapping[Domain, FileKey]) -> dict[Domain, int]:
    return {domain: one.version for domain, one in found.items()}


def _explained(error: DBAPIError) -> Exception:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (explain_sqlite(code & 0xFF) if code is not None else None) or error


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError:
        raise UnavailableError(
            msg("The store file {file} is missing or cannot be reached.", file=path.name),
            hint=msg("Connect the disk it lies on, or restore the last backup."),
        ) from None
    if size == 0:  # an empty file would open as an empty store: say what it is
        raise DamagedError(
            msg("The store file {file} is empty: its contents are gone.", file=path.name),
            hint=msg("Do not delete anything. Restore the last backup into a new folder."),
        )


def _connect(folder: Path, keys: Mapping[Domain, FileKey], *, create: bool) -> Any:
    main = file_of(folder, Domain.OPS, keys[Domain.OPS].version)
    mode = "rwc" if create else "rw"
    connection = _sqlcipher.connect(
        _uri(main, mode),
        uri=True,
        timeout=10,
        isolation_level=None,
        check_same_thread=False,
        factory=StoreConnection,
    )
    connection.versions = _versions(keys)
    run = connection.execute
    try:
        run("PRAGMA cipher_log_level=NONE")
        give_key(connection, "PRAGMA key", keys[Domain.OPS].key.buffer)
        run("PRAGMA cipher_compatibility=4")
        # cipher_memory_security stays off: it made inserts six times slower (DESIGN.md, D-004)
        run("SELECT count(*) FROM sqlite_master").fetchone()
        for domain, one in keys.items():
            if domain is not Domain.OPS:
                uri = _uri(file_of(folder, domain, one.version), mode)
                give_key(
                    connection, f"ATTACH DATABASE '{uri}' AS {domain.value} KEY", one.key.buffer
                )
                run(f"SELECT count(*) FROM {domain.value}.sqlite_master").fetchone()  # noqa: S608
        _scrub(run)
        for domain in keys:
            _set_pragmas(run, domain)
        run("PRAGMA foreign_keys=ON")
        run("PRAGMA recursive_triggers=ON")  # else REPLACE goes past the trail's triggers
        run("PRAGMA trusted_schema=OFF")
        run("PRAGMA cell_size_check=ON")
        run(f"PRAGMA busy_timeout={_BUSY_MS}")
        teach(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"  # quotes come out as %27


def give_key(connection: Any, before: str, key: bytearray) -> None:
    """Run a statement that ends in a key, and leave no copy of it behind.

    As a script: statements that are executed stay in a cache with their text until closing.
    """
    digits = key.hex()
    equals = "=" if before.startswith("PRAGMA") else " "
    statement = f"{before}{equals}\"x'{digits}'\""
    forget(digits)
    try:
        connection.executescript(statement)
    finally:
        forget(statement)


def _scrub(run: Any) -> None:
    """Let harmless statements of the same size take the memory where those with keys were."""
    for number in range(_SCRUBS):
        run(f"SELECT {number}, '{'0' * _SCRUB_CHARACTERS}'").fetchone()


def _set_pragmas(run: Any, domain: Domain) -> None:
    name = _MAIN[domain]
    run(f"PRAGMA {name}.journal_mode=TRUNCATE")
    run(f"PRAGMA {name}.synchronous=FULL")
    run(f"PRAGMA {name}.secure_delete=ON")
    run(f"PRAGMA {name}.cache_size=-{_CACHE_KIB[domain]}")
    if sys.platform == "darwin":
        run("PRAGMA fullfsync=1")


def _begin(connection: Connection, fence: Fence | None) -> None:
    if connection.get_execution_options().get("read_only", False):
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_writing(connection)
    if fence is None:
        return
    opened: Any = connection.connection.driver_connection
    try:
        # After the lock is ours: whoever gives the store new keys holds it while saying so.
        fence(opened.versions)
    except AppError:
        opened.execute("ROLLBACK")
        raise


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        in_turn(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"), OperationalError)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_MS}")


def in_turn(ask: Callable[[], object], kind: type[Exception]) -> None:
    """Ask for a lock until it is ours, often; the busy `kind` of error once patience is at its end.

    SQLite itself asks ten times a second; beside an import, which writes without a pause, others
    would hardly ever meet the moment between two of its transactions.
    """
    until = monotonic() + PATIENCE_S
    while True:
        try:
            ask()
        except kind as error:
            cause: Any = getattr(error, "orig", error)
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            if code != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
        else:
            return
        time.sleep(random.uniform(0.001, 0.008))  # noqa: S311 - a pause, not a secret


def postgres(url: URL, *, ca_file: Path) -> Engine:
    """Open a PostgreSQL 15+ database; TLS with a verified certificate, plaintext is refused.

    Raises InvalidError for a URL that is not PostgreSQL's, UnavailableError where the server does
    not answer, its certificate does not fit, or it is too old.
    """
    if url.get_backend_name() != "postgresql":
        raise InvalidError(msg("The address of the database must begin with postgresql://."))
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        connect_args={"sslmode": "verify-full", "sslrootcert": str(ca_file)},
    )
    event.listen(engine, "begin", _begin_postgres)
    try:
        with engine.execution_options(read_only=True).connect() as connection:
            version = connection.exec_driver_sql("SHOW server_version_num").scalar()
    except DBAPIError as error:
        engine.dispose()
        raise UnavailableError(
            msg("The database server does not answer over a verified TLS connection."),
            hint=msg("Check its address, its certificate, the user name and the password."),
        ) from error
    if int(version or 0) < 150000:  # noqa: PLR2004
        engine.dispose()
        raise UnavailableError(msg("PostgreSQL 15 or newer is needed."))
    return engine


def _begin_postgres(connection: Any) -> None:
    """Let writers queue up before they take their snapshot, so that the trail has one head.

    LOCK TABLE takes no snapshot; a lock taken by a SELECT would come after it. It takes the right
    to change the table, which nobody has on the trail: an empty table stands for it.
    """
    options = connection.get_execution_options()
    if options.get("read_only", False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif options.get("audited", True):
        connection.exec_driver_sql("LOCK TABLE access.turn IN SHARE ROW EXCLUSIVE MODE")
