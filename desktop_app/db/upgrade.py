"""Make a new store, or bring an old one to this program's schema.

Order at opening: is it ours → is it newer than us (refused, with the version to install) → copy the
files → migrate, one transaction a step → check foreign keys. Nothing is deleted before the copy.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from desktop_app import __version__
from desktop_app.db.carrying import Carrying
from desktop_app.db.engine import APPLICATION_ID, TRANSLATE
from desktop_app.kernel.access import Actor, Domain, Role
from desktop_app.kernel.errors import ConflictError, DamagedError
from desktop_app.kernel.words import msg

if TYPE_CHECKING:
    from desktop_app.db.store import Store

HEAD = "0004"
"""The newest migration; a test holds this against the files."""
_SEALS = "0002"
"""The migration from which on rows about money are sealed as they are written."""


def revision(engine: Engine) -> str | None:
    """Return the schema version of a store, or None where it has no tables yet."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.execution_options(read_only=True, audited=False).connect() as connection:
        place = TRANSLATE["ops"] if sqlite else "ops"
        if not inspect(connection).has_table("alembic_version", schema=place):
            return None
        found = connection.execute(text(f"SELECT version_num FROM {place}.alembic_version"))  # noqa: S608
        return found.scalar()


def is_in_use(engine: Engine) -> bool:
    """Tell whether somebody has worked in this database; one that was only begun is free."""
    if revision(engine) is None:
        return False
    place = TRANSLATE["ops"] if engine.dialect.name == "sqlite" else "ops"
    with engine.execution_options(read_only=True, audited=False).connect() as connection:
        event = connection.execute(text(f"SELECT 1 FROM {place}.audit_event LIMIT 1"))  # noqa: S608
        return event.first() is not None


def refuse_used(engine: Engine) -> None:
    """Raise ConflictError where somebody has worked in this database."""
    if is_in_use(engine):
        where = engine.url.render_as_string()  # the password is left out
        raise ConflictError(msg("There is a store in {folder} already.", folder=where))


def is_outdated(engine: Engine) -> bool:
    """Tell whether a store has the schema of an older program."""
    found = revision(engine)
    return found is not None and found < HEAD


def bring_up_to_date(
    engine: Engine, folder: Path | None = None, carrying: Carrying | None = None
) -> None:
    """Create or upgrade the schema; a store at this version is left alone.

    `folder` is the store's folder on SQLCipher: its files are copied before they are changed.
    `carrying` seals the trail of a store that has one from the first release. Raises ConflictError
    where the store was written by a newer program.
    """
    found = revision(engine)
    if found == HEAD:
        return
    if found is not None:
        _refuse_newer(engine, found)
        if folder is not None:
            _copy_files(folder, found)
    _migrate(engine, carrying, found)


def upgrade_store(store: Store, actor: Actor) -> None:
    """Bring an older store to this program's schema; only an owner holds all the keys for it."""
    if is_outdated(store.engine):
        if actor.role != Role.OWNER:
            raise ConflictError(
                msg("This store was last used with an older Clopos Desk and has to be upgraded."),
                hint=msg("The owner has to sign in once with this program."),
            )
        store.keys.unlocked.ensure_trail_box()
    carrying = Carrying(store.pen, actor, store.clock.now())
    bring_up_to_date(store.engine, None if store.is_postgres else store.folder, carrying)
    store.pen.committed()


def _refuse_newer(engine: Engine, found: str) -> None:
    if found < HEAD:
        _refuse_without_all_keys(engine)
        return
    place = TRANSLATE["ops"] if engine.dialect.name == "sqlite" else "ops"
    with engine.execution_options(read_only=True, audited=False).connect() as connection:
        version = connection.execute(
            text(f"SELECT text FROM {place}.store_info WHERE name = 'program'")  # noqa: S608
        ).scalar()
    raise ConflictError(
        msg(
            "This store was written by Clopos Desk {newer}; this is {own}, which is older.",
            newer=version,
            own=__version__,
        ),
        hint=msg("Install Clopos Desk {newer} or newer. Nothing was changed.", newer=version),
    )


def _refuse_without_all_keys(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    with engine.execution_options(read_only=True).connect() as connection:
        attached = {row[1] for row in connection.exec_driver_sql("PRAGMA database_list")}
    if not attached.issuperset(TRANSLATE.values()):
        raise ConflictError(
            msg("This store was last used with an older Clopos Desk and has to be upgraded."),
            hint=msg("The owner has to sign in once with this program."),
        )


def _copy_files(folder: Path, found: str) -> None:
    kept = folder / f"before-upgrade-from-{found}"
    kept.mkdir(mode=0o700, exist_ok=True)
    for source in sorted(path for domain in Domain for path in folder.glob(f"{domain}*.db")):
        if not (kept / source.name).exists():
            part = kept / f"{source.name}.part"
            shutil.copy2(source, part)
            part.replace(kept / source.name)


def _migrate(engine: Engine, carrying: Carrying | None, found: str | None) -> None:
    from alembic import command  # noqa: PLC0415 - a quarter of the start time, needed once
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    sqlite = engine.dialect.name == "sqlite"
    with (
        engine.execution_options(audited=False).connect() as connection,
        _without_foreign_keys(connection),
    ):
        config.attributes["connection"] = connection
        config.attributes["carry"] = carrying
        with connection.begin():
            if not sqlite:  # alembic's own table lies in it, before the first migration runs
                connection.execute(text("CREATE SCHEMA IF NOT EXISTS ops"))
            command.upgrade(config, "head")
            if carrying is not None and found is not None:
                if found < _SEALS:
                    carrying.seal_rows(connection)
                carrying.upgraded(connection, found, HEAD)
            _finish(connection, sqlite=sqlite)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Hold back SQLite's foreign keys; the pragma does nothing once a transaction has begun."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _finish(connection: Connection, *, sqlite: bool) -> None:
    place = TRANSLATE["ops"] if sqlite else "ops"
    connection.execute(
        text(
            f"INSERT INTO {place}.store_info (name, text) VALUES ('program', :version) "  # noqa: S608
            "ON CONFLICT (name) DO UPDATE SET text = excluded.text"
        ),
        {"version": __version__},
    )
    if sqlite:
        for domain in TRANSLATE.values():
            broken = connection.exec_driver_sql(f"PRAGMA {domain}.foreign_key_check").first()
            if broken is not None:
                raise DamagedError(
                    msg("The store has entries without their parents, in {table}.", table=broken[0])
                )
            connection.exec_driver_sql(f"PRAGMA {domain}.application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA {domain}.user_version={int(HEAD)}")
