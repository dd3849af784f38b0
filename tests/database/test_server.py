"""The PostgreSQL side: verified TLS or nothing, and a server that goes away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from desktop_app.db.choices import StoredSetting
from desktop_app.db.engine import postgres
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import ConflictError, InvalidError, UnavailableError
from desktop_app.sign_in import Reception, Server
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import change_setting, get_settings
from desktop_app.venue.records import NewVenue
from tests.database.shop import PASSWORD, PEOPLE, Shop, command
from tests.support.certificates import write_certificates
from tests.support.postgres import PostgresCluster, PostgresServer

pytestmark = pytest.mark.postgres


def _url(server: PostgresServer, **query: str):
    url = make_url(f"postgresql://{server.superuser}@{server.host}:{server.port}/postgres")
    return url.set(password=server.password, query=query)


def test_the_connection_is_encrypted(new_postgres: Callable[[], Shop]) -> None:
    with new_postgres().around() as connection:
        (version,) = connection.exec_driver_sql(
            "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        ).one()
    assert version.startswith("TLSv1.")


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require"])
def test_an_address_cannot_ask_for_less_than_verified_tls(
    postgres_server: PostgresServer, mode: str, tmp_path: Path
) -> None:
    wrong = write_certificates(tmp_path)
    with pytest.raises((UnavailableError, InvalidError)):
        postgres(_url(postgres_server, sslmode=mode), ca_file=wrong)


def test_another_authority_is_refused(postgres_server: PostgresServer, tmp_path: Path) -> None:
    wrong = write_certificates(tmp_path)
    with pytest.raises(UnavailableError, match="verified TLS") as told:
        postgres(_url(postgres_server), ca_file=wrong)
    assert "certificate" in str(told.value.hint)


def test_an_address_that_is_not_postgresql_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match=r"postgresql://"):
        postgres(make_url("mysql://a@b/c"), ca_file=tmp_path / "ca.pem")


@pytest.mark.parametrize("url", ["nonsense", "postgresql://me:secret@host/base"])
def test_a_password_or_nonsense_in_the_address_is_refused(
    tmp_path: Path, url: str, clock: FrozenClock, postgres_server: PostgresServer
) -> None:
    reception = Reception(tmp_path / "store", clock=clock, keyring=False)
    server = Server(url, postgres_server.ca_file, "x")
    with pytest.raises(InvalidError) as told:
        reception.create(NewVenue("A"), "Aysel", PASSWORD, server=server, cost=KdfCost.FLOOR)
    assert "secret" not in str(told.value)
    assert not (tmp_path / "store").exists()


def test_a_wrong_database_password_is_told_without_it(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    url = _url(postgres_server).set(password="wrong-one")
    with pytest.raises(UnavailableError) as told:
        postgres(url, ca_file=postgres_server.ca_file)
    assert "wrong-one" not in str(told.value)


def test_a_database_that_holds_a_store_is_not_taken_for_a_new_one(
    new_postgres: Callable[[], Shop], postgres_server: PostgresServer, tmp_path: Path
) -> None:
    shop = new_postgres()
    before = shop.events()
    url = json.loads((shop.folder / "store.json").read_text())["url"]
    server = Server(url, postgres_server.ca_file, postgres_server.password)
    with pytest.raises(ConflictError, match="There is a store in") as refused:
        Reception(tmp_path / "second", keyring=False).create(
            NewVenue("B"), "Aysel", PASSWORD, server=server, cost=KdfCost.FLOOR
        )
    assert postgres_server.password not in str(refused.value)
    assert not (tmp_path / "second").exists()
    assert shop.events() == before


def test_the_database_password_lies_in_no_file(
    new_postgres: Callable[[], Shop], postgres_server: PostgresServer
) -> None:
    folder = new_postgres().folder
    secret = postgres_server.password.encode()
    assert [
        path for path in folder.rglob("*") if path.is_file() and secret in path.read_bytes()
    ] == []


def test_a_member_of_staff_signs_in_through_the_server_too(
    new_postgres: Callable[[], Shop],
) -> None:
    shop = new_postgres()
    reception = Reception(shop.folder, clock=shop.clock, keyring=False)
    with reception.sign_in(PEOPLE[Role.STAFF], PASSWORD) as app:
        assert app.call(get_settings)["documents.language"] == "az"


def test_a_server_that_stops_is_told_and_comes_back(tmp_path: Path, clock: FrozenClock) -> None:
    with PostgresCluster() as server:
        where = Server(
            f"postgresql://{server.superuser}@{server.host}:{server.port}/{server.new_database()}",
            server.ca_file, server.password,
        )  # fmt: skip
        reception = Reception(tmp_path / "store", clock=clock, keyring=False)
        made = reception.create(NewVenue("A"), "Aysel", PASSWORD, server=where, cost=KdfCost.FLOOR)
        app = made.app
        with server.connect() as boss:
            boss.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid()"
            )
        app.call(change_setting, "documents.language", "en")  # found dead, connected anew
    for _ in range(2):
        with pytest.raises(UnavailableError, match="does not answer"):
            app.call(change_setting, "documents.language", "ru")
    with pytest.raises(UnavailableError):
        reception.sign_in("Aysel", PASSWORD)
    app.close()


def test_a_connection_cut_in_the_middle_of_a_command_saves_nothing(
    new_postgres: Callable[[], Shop], postgres_server: PostgresServer
) -> None:
    shop = new_postgres()
    before = shop.events()

    def cut(tx) -> None:
        tx.add(StoredSetting(name="a", value="b"))
        pid = tx._session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with postgres_server.connect() as boss:
            boss.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        tx.add(StoredSetting(name="c", value="d"))

    with pytest.raises(UnavailableError, match="does not answer"):
        shop.app.call(command(cut))
    assert shop.events() == before
    assert shop.rows(StoredSetting) == []
    shop.app.call(change_setting, "documents.language", "en")
    shop.check_trail()
