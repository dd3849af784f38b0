"""A real PostgreSQL for tests: own cluster, TLS only, gone when the tests end.

The server refuses to run as root, so root starts it under another account. A small shell owns it:
when our end of its standard input closes, for whatever reason (also Ctrl-C or kill -9 of the
tests), it stops the server and removes the folder. Nobody has to remember to clean up.
"""

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.support.certificates import write_certificates

OLDEST = 15
ACCOUNTS = ("postgres", "nobody")
SUPERUSER = "postgres"

_CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 60
shared_buffers = 64MB
ssl = on
ssl_cert_file = 'server.crt'
ssl_key_file = 'server.key'
ssl_min_protocol_version = 'TLSv1.2'
password_encryption = 'scram-sha-256'
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 4GB
autovacuum = off
"""
_ACCESS = "hostssl all all 127.0.0.1/32 scram-sha-256\n"

# Reading ends when the tests close the pipe or die.
_KEEPER = """
pg_ctl="$0/pg_ctl"; folder="$1"
if "$pg_ctl" -D "$folder/cluster" -w -t 60 -l "$folder/log" start >/dev/null 2>&1
then echo ready; else tail -n 20 "$folder/log"; fi
cat >/dev/null
"$pg_ctl" -D "$folder/cluster" -w -m immediate stop >/dev/null 2>&1
rm -rf "$folder"
"""


class NoPostgresError(Exception):
    """There is no PostgreSQL server program we could start; says what to install."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """Where the server listens and how to get in; the password is made anew for every run."""

    host: str
    port: int
    superuser: str
    password: str
    ca_file: Path
    _numbers: Any

    def connect(self, database: str = "postgres", **more: Any) -> psycopg.Connection:
        """Connect as the superuser, in autocommit, verifying the server's certificate."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=self.superuser,
            password=self.password,
            dbname=database,
            autocommit=True,
            **{"sslmode": "verify-full", "sslrootcert": str(self.ca_file)} | more,
        )

    def new_database(self, template: str = "template1") -> str:
        """Create a database of its own for one test, as a copy of `template`; return its name."""
        name = f"test_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, throwing out whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def find_binaries() -> Path:
    """Return the folder of initdb and pg_ctl, the newest server from PostgreSQL 15 on."""
    found = [(version_of(folder), folder) for folder in _folders()]
    usable = [pair for pair in found if pair[0] >= OLDEST]
    if not usable:
        older = ", ".join(f"{folder} is {version}" for version, folder in found)
        raise NoPostgresError(
            f"The tests need the PostgreSQL server, version {OLDEST} or newer"
            f" ({older or 'none found'}). Install it: apt-get install postgresql"
        )
    return max(usable)[1]


def _folders() -> list[Path]:
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return [folder for folder in folders if (folder / "postgres").exists()]


def version_of(folder: Path) -> int:
    """Return the major version of the server in `folder`."""
    told = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(re.findall(r"(\d+)", told)[0])


class PostgresCluster:
    """Starts a cluster in a folder of its own and stops it: a context manager."""

    def __init__(self) -> None:
        self._binaries = find_binaries()
        self._account = _account()
        self._folder = Path(tempfile.mkdtemp(prefix="clopos-pg-"))
        self._keeper: subprocess.Popen[str] | None = None

    def __enter__(self) -> PostgresServer:
        password = secrets.token_urlsafe(18)
        port = _free_port()
        try:
            ca_file = self._make(password, port)
        except BaseException:
            shutil.rmtree(self._folder)  # the keeper, who would do it, does not exist yet
            raise
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, self._binaries, self._folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=self._folder,
            start_new_session=True,  # Ctrl-C is for the tests; the keeper cleans up after them
            **self._account,
        )
        answer = self._keeper.stdout.readline()
        if answer.strip() != "ready":
            told = answer + self._stop()
            raise NoPostgresError(f"PostgreSQL did not start: {told}")
        return PostgresServer("127.0.0.1", port, SUPERUSER, password, ca_file, count(1))

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _make(self, password: str, port: int) -> Path:
        cluster = self._folder / "cluster"
        word = self._folder / "password"
        word.write_text(password, encoding="ascii")
        self._give_away(self._folder, word)
        made = subprocess.run(
            [
                *(self._binaries / "initdb", "-D", cluster, "-U", SUPERUSER),
                *("-A", "scram-sha-256", "--pwfile", word),
                *("-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=self._folder,
            **self._account,
        )
        if made.returncode:
            raise NoPostgresError(f"initdb failed: {made.stderr}")
        with (cluster / "postgresql.conf").open("a", encoding="ascii") as file:
            file.write(_CONFIGURATION.format(port=port))
        (cluster / "pg_hba.conf").write_text(_ACCESS, encoding="ascii")
        ca_file = write_certificates(cluster)
        self._give_away(*(cluster / name for name in ("ca.crt", "server.crt", "server.key")))
        return ca_file

    def _give_away(self, *paths: Path) -> None:
        if self._account:
            for path in paths:
                os.chown(path, self._account["user"], self._account["group"])

    def _stop(self) -> str:
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return ""
        told, _ = keeper.communicate()
        return told


def _account() -> dict[str, Any]:
    """Return how a child process changes the account: not at all unless we are root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            entry = known[name]
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoPostgresError(f"PostgreSQL refuses to run as root; make an account: {ACCOUNTS}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
