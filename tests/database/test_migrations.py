"""The schema: migrations and models say the same, and no store is changed by the wrong program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

import desktop_app.db.upgrade as upgrade_module
from desktop_app import __version__
from desktop_app.db.base import Base
from desktop_app.db.engine import APPLICATION_ID, TRANSLATE, encrypted_files
from desktop_app.db.migrations.first_schema import people
from desktop_app.db.upgrade import HEAD, bring_up_to_date, revision
from desktop_app.kernel.access import Domain
from desktop_app.kernel.errors import ConflictError
from tests.conftest import ROOT
from tests.database.shop import Shop, order, sell, sql

KEYS = {domain: bytearray([number] * 32) for number, domain in enumerate(Domain, 1)}


def _differences(connection: Connection) -> list[object]:
    options = {
        "include_schemas": True,
        "version_table_schema": "ops",
        "compare_type": True,
        "compare_server_default": True,
        "include_name": lambda name, kind, _parents: (
            kind != "schema" or name in {domain.value for domain in Domain}
        ),
    }
    return list(
        compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    )


@pytest.mark.postgres
def test_the_migrations_make_what_the_models_say_on_the_server(new_postgres) -> None:
    with new_postgres().around() as connection:
        assert _differences(connection) == []


@pytest.mark.postgres
def test_a_difference_would_be_seen(new_postgres) -> None:
    shop = new_postgres()
    with shop.around(write=True) as connection:
        sql(connection, "ALTER TABLE people.customer DROP COLUMN note")
    with shop.around() as connection:
        assert [change[0] for change in _differences(connection)] == ["add_column"]


def _statements(engine: Engine) -> dict[tuple[str, str], list[str]]:
    """Return the words of every CREATE statement, by file and name; their order may differ."""
    found: dict[tuple[str, str], list[str]] = {}
    with engine.execution_options(read_only=True).connect() as connection:
        for place in TRANSLATE.values():
            rows = connection.exec_driver_sql(
                f"SELECT type, name, sql FROM {place}.sqlite_master WHERE sql IS NOT NULL"
            )
            for kind, name, statement in rows:
                if kind != "trigger" and name != "alembic_version":
                    found[place, name] = sorted(_clauses(statement))
    return found


def _clauses(statement: str) -> list[str]:
    flat = re.sub(r"\s+", " ", statement.replace('"', "")).strip()
    head, _, body = flat.partition("(")
    inside, depth, parts = "", 0, [head.strip()]
    for sign in body:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if (sign == "," and depth == 0) or depth < 0:
            parts.append(inside.strip())
            inside, depth = "", max(depth, 0)
        else:
            inside += sign
    return [*parts, inside.strip()]


def test_the_migrations_make_what_the_models_say_in_the_files(files: Shop, tmp_path: Path) -> None:
    other = tmp_path / "models"
    other.mkdir()
    engine = encrypted_files(other, KEYS, create=True)
    with engine.execution_options(audited=False).begin() as connection:
        Base.metadata.create_all(connection)
    models, migrated = _statements(engine), _statements(files.engine)
    engine.dispose()
    assert models.keys() == migrated.keys()
    assert {name: text for name, text in migrated.items() if text != models[name]} == {}


def test_the_newest_migration_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "desktop_app/db/migrations"))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD]
    assert [one.revision for one in script.walk_revisions()][-1] == "0001"


def test_a_new_store_says_which_program_wrote_it(shop: Shop) -> None:
    assert revision(shop.engine) == HEAD
    with shop.around() as connection:
        assert sql(
            connection, "SELECT text FROM ops.store_info WHERE name = 'program'"
        ).scalar() == (__version__)
        if not shop.is_postgres:
            for place in TRANSLATE.values():
                mark = connection.exec_driver_sql(f"PRAGMA {place}.application_id").scalar()
                version = connection.exec_driver_sql(f"PRAGMA {place}.user_version").scalar()
                assert (mark, version) == (APPLICATION_ID, int(HEAD))


def test_a_store_at_this_version_is_left_alone(shop: Shop) -> None:
    before = shop.events()
    bring_up_to_date(shop.engine, shop.folder)
    assert shop.events() == before
    assert not list(shop.folder.glob("before-*"))


def _set(shop: Shop, number: str, program: str) -> None:
    with shop.around(write=True) as connection:
        sql(connection, "UPDATE ops.alembic_version SET version_num = :n", n=number)
        sql(connection, "UPDATE ops.store_info SET text = :p WHERE name = 'program'", p=program)


def test_a_store_of_a_newer_program_is_refused_with_the_version_to_install(shop: Shop) -> None:
    _set(shop, "0099", "4.2.0")
    before = _contents(shop)
    with pytest.raises(ConflictError) as refused:
        bring_up_to_date(shop.engine, shop.folder)
    assert "4.2.0" in str(refused.value.message)
    assert refused.value.hint is not None
    assert str(refused.value.hint) == "Install Clopos Desk 4.2.0 or newer. Nothing was changed."
    assert refused.value.exit_code == 5
    assert _contents(shop) == before


def _contents(shop: Shop) -> object:
    if shop.is_postgres:
        return shop.real_counts(), revision(shop.engine)
    return {path.name: path.read_bytes() for path in shop.folder.iterdir() if path.is_file()}


@pytest.fixture
def older(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Give a store that this program takes for one of an older schema."""
    sell(shop.app, [order(n) for n in range(20)])
    _set(shop, "0000", "0.0.9")
    return shop


def _migration(monkeypatch: pytest.MonkeyPatch, steps: Callable[[], None]) -> None:
    """Make `steps` the way from schema 0000 to this program's."""

    def run(_config: object, _target: str) -> None:
        connection: Connection = _config.attributes["connection"]
        with op.Operations.context(MigrationContext.configure(connection)):
            steps()
        sql(connection, "UPDATE ops.alembic_version SET version_num = :n", n=HEAD)

    monkeypatch.setattr("alembic.command.upgrade", run)


def test_an_older_store_is_brought_up_to_date_after_its_files_were_copied(
    older: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _contents(older)
    _migration(monkeypatch, lambda: op.execute("CREATE TABLE extra (a INTEGER)"))
    bring_up_to_date(older.engine, None if older.is_postgres else older.folder)
    assert revision(older.engine) == HEAD
    assert inspect(older.engine).has_table("extra")
    older.check_trail()
    older.check_counts()
    if not older.is_postgres:
        copies = older.folder / "before-upgrade-from-0000"
        for domain in Domain:
            name = f"{domain.value}.db"
            assert (copies / name).read_bytes() == before[name]


class _PowerCutError(Exception):
    """Stands for a program that ends in the middle of a migration."""


def test_a_migration_that_is_cut_off_leaves_the_old_state(
    older: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half() -> None:
        op.execute("CREATE TABLE extra (a INTEGER)")
        raise _PowerCutError

    before = older.real_counts()
    _migration(monkeypatch, half)
    with pytest.raises(_PowerCutError):
        bring_up_to_date(older.engine, None if older.is_postgres else older.folder)
    assert revision(older.engine) == "0000"
    assert not inspect(older.engine).has_table("extra")
    assert older.real_counts() == before
    _migration(monkeypatch, lambda: op.execute("CREATE TABLE extra (a INTEGER)"))
    bring_up_to_date(older.engine, None if older.is_postgres else older.folder)
    assert revision(older.engine) == HEAD
    with older.around() as connection:
        if not older.is_postgres:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_first_schema_that_is_cut_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise _PowerCutError

    engine = encrypted_files(tmp_path, KEYS, create=True)
    with monkeypatch.context() as patch:
        patch.setattr(people, "create", fail)
        with pytest.raises(_PowerCutError):
            bring_up_to_date(engine)
    assert revision(engine) is None
    assert _statements(engine) == {}
    bring_up_to_date(engine)
    assert revision(engine) == HEAD
    engine.dispose()


def test_rows_without_their_parents_stop_an_upgrade(
    older: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.kernel.errors import DamagedError

    if older.is_postgres:
        pytest.skip("the server checks every key at every statement")
    _migration(monkeypatch, lambda: op.execute("DELETE FROM main.product"))
    with pytest.raises(DamagedError, match="without their parents"):
        bring_up_to_date(older.engine, older.folder)
    assert revision(older.engine) == "0000"
    older.check_counts()


def test_the_program_names_the_schema_it_writes() -> None:
    assert upgrade_module.HEAD.isdigit()
