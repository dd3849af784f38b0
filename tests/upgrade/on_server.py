"""Stores on a server as an older program left them: a dump of the database, and its accounts."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from desktop_app.sign_in import Server
from tests.support.postgres import PostgresServer, find_binaries

_PASSWORD = "only-in-this-fixture"
_DUMP, _ROLES = "store.sql.gz", "roles.json"


def owner_of(name: str) -> str:
    """Return the account that owns the database of a fixture."""
    return f"fixture_{name.replace('-', '_')}"


def prepare(server: PostgresServer, name: str) -> Server:
    """Make the account and the empty database of a store; return how a program gets in."""
    owner = owner_of(name)
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE {owner} LOGIN CREATEROLE PASSWORD '{_PASSWORD}'")
        connection.execute(f"CREATE DATABASE {owner} OWNER {owner} TEMPLATE template0")
    return Server(_url(server, owner), server.ca_file, _PASSWORD)


def dump(server: PostgresServer, name: str, folder: Path) -> None:
    """Write the database and its accounts into the folder of a store."""
    owner = owner_of(name)
    found = _run(server, "pg_dump", "--dbname", owner)
    (folder / _DUMP).write_bytes(gzip.compress(found, mtime=0))
    with server.connect() as connection:
        roles = connection.execute(
            "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 'clopos%' ORDER BY 1"
        ).fetchall()
        members = connection.execute(
            "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members"
            " WHERE member::regrole::text LIKE '%clopos%' ORDER BY 1, 2"
        ).fetchall()
    told = {"roles": roles, "members": members}
    (folder / _ROLES).write_text(json.dumps(told, indent=1) + "\n")


def bring_back(server: PostgresServer, name: str, folder: Path) -> None:
    """Make the database and the accounts of a fixture whose folder was copied to `folder`."""
    where = prepare(server, name)
    owner = owner_of(name)
    told = json.loads((folder / _ROLES).read_text())
    with server.connect() as connection:
        connection.execute(f"SET SESSION AUTHORIZATION {owner}")
        for role, may_sign_in in told["roles"]:
            connection.execute(f"CREATE ROLE {role} {'LOGIN' if may_sign_in else 'NOLOGIN'}")
        for group, member in told["members"]:
            connection.execute(f"GRANT {group} TO {member}")
    statements = gzip.decompress((folder / _DUMP).read_bytes())
    _run(server, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--dbname", owner, given=statements)
    described = json.loads((folder / "store.json").read_text())
    (folder / "store.json").write_text(json.dumps(described | {"url": where.url}))
    (folder / "server-ca.pem").write_bytes(server.ca_file.read_bytes())


def take_away(server: PostgresServer, name: str, folder: Path) -> None:
    """Remove what `bring_back` made."""
    owner = owner_of(name)
    server.drop_database(owner)
    told = json.loads((folder / _ROLES).read_text())
    names: Sequence[str] = [role for role, _may in told["roles"]]
    with server.connect() as connection:
        for role in (*names, owner):
            connection.execute(f"DROP ROLE IF EXISTS {role}")


def _url(server: PostgresServer, owner: str) -> str:
    return f"postgresql://{owner}@{server.host}:{server.port}/{owner}"


def _run(server: PostgresServer, program: str, *arguments: str, given: bytes = b"") -> bytes:
    connecting = ("--host", server.host, "--port", str(server.port), "-U", server.superuser)
    done = subprocess.run(
        [find_binaries() / program, *connecting, *arguments],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "PGPASSWORD": server.password, "PGSSLMODE": "require"},
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
