"""A store ready for use, on both engines, copied from one made once (deriving keys takes time)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.app import App
from desktop_app.kernel.clock import FrozenClock
from desktop_app.sign_in import Server
from tests.database.shop import PEOPLE, Opened, Shop, make_template
from tests.support.postgres import PostgresServer

ENGINES = [
    pytest.param("sqlcipher", id="sqlcipher"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Opened]]:
    """Give the stores made so far, by engine; filled by whoever needs one first."""
    made: dict[str, Opened] = {"folder": tmp_path_factory.mktemp("templates")}
    yield made
    for opened in made.values():
        if isinstance(opened, Opened):
            opened.close()


@pytest.fixture
def new_sqlcipher(
    templates: dict[str, Any], tmp_path: Path, clock: FrozenClock
) -> Iterator[Callable[[], Shop]]:
    """Give a function that makes a fresh store on encrypted files."""
    shops: list[Shop] = []

    def new() -> Shop:
        if "sqlcipher" not in templates:
            templates["sqlcipher"] = make_template(templates["folder"] / "sqlcipher", None)
        template: Opened = templates["sqlcipher"]
        folder = tmp_path / f"store{len(shops) or ''}"
        shutil.copytree(template.folder, folder)
        shops.append(Shop(folder, clock, template.held))
        return shops[-1]

    yield new
    for shop in shops:
        shop.close()


@pytest.fixture
def new_postgres(
    request: pytest.FixtureRequest,
    templates: dict[str, Any],
    tmp_path: Path,
    clock: FrozenClock,
) -> Iterator[Callable[[], Shop]]:
    """Give a function that makes a fresh store in a database of its own."""
    server: PostgresServer = request.getfixturevalue("postgres_server")
    shops: list[tuple[Shop, str]] = []

    def address(database: str) -> str:
        return f"postgresql://{server.superuser}@{server.host}:{server.port}/{database}"

    def new() -> Shop:
        if "postgres" not in templates:
            templates["database"] = server.new_database()
            where = Server(address(templates["database"]), server.ca_file, server.password)
            templates["postgres"] = make_template(templates["folder"] / "postgres", where)
        template: Opened = templates["postgres"]
        database = server.new_database(templates["database"])
        folder = tmp_path / f"store{len(shops) or ''}"
        shutil.copytree(template.folder, folder)
        description = folder / "store.json"
        described = json.loads(description.read_text())
        described["url"] = address(database)
        description.write_text(json.dumps(described))
        shop = Shop(folder, clock, template.held)
        shops.append((shop, database))
        shop.repair_accounts()
        return shop

    yield new
    for shop, database in shops:
        shop.close()
        server.drop_database(database)


@pytest.fixture(params=ENGINES)
def new_shop(request: pytest.FixtureRequest) -> Callable[[], Shop]:
    """Give a function that makes a fresh store, on each engine in turn."""
    return request.getfixturevalue(f"new_{request.param}")


@pytest.fixture
def shop(new_shop: Callable[[], Shop]) -> Shop:
    """Give a fresh store with a venue and nothing else, on each engine in turn."""
    return new_shop()


@pytest.fixture
def files(new_sqlcipher: Callable[[], Shop]) -> Shop:
    """Give a fresh store on encrypted files."""
    return new_sqlcipher()


@pytest.fixture
def app(shop: Shop) -> App:
    """Give the owner, signed in to a fresh store, on each engine in turn."""
    return shop.app


__all__ = ["PEOPLE"]
