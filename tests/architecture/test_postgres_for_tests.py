"""The PostgreSQL that the tests run on is what we ask customers to run: TLS, passwords, new."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import OLDEST

pytestmark = pytest.mark.postgres


def test_it_is_new_enough_and_speaks_tls(postgres_server):
    with postgres_server.connect() as connection:
        assert connection.info.server_version // 10000 >= OLDEST
        assert connection.pgconn.ssl_in_use


def test_it_refuses_plain_text(postgres_server):
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        postgres_server.connect(sslmode="disable")


def test_it_refuses_a_wrong_password(postgres_server):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(
            host=postgres_server.host,
            port=postgres_server.port,
            user=postgres_server.superuser,
            password="wrong",
            dbname="postgres",
            sslmode="verify-full",
            sslrootcert=str(postgres_server.ca_file),
        )


def test_its_certificate_is_not_trusted_by_other_authorities(postgres_server, tmp_path):
    from tests.support.certificates import write_certificates

    stranger = write_certificates(tmp_path)
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        postgres_server.connect(sslrootcert=str(stranger))


def test_each_test_gets_a_database_of_its_own(postgres_server):
    first = postgres_server.new_database()
    with postgres_server.connect(first) as connection:
        connection.execute("CREATE TABLE dish (name text)")
    copy = postgres_server.new_database(template=first)
    with postgres_server.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM dish").fetchone() == (0,)
    postgres_server.drop_database(copy)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        postgres_server.connect(copy)


def test_a_killed_run_leaves_no_server_and_no_folder():
    script = (
        "import os, signal\n"
        "from tests.support.postgres import PostgresCluster\n"
        "with PostgresCluster() as server:\n"
        "    print(server.ca_file.parents[1], flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    # The keeper holds our end of standard error; run() returns when it has finished cleaning.
    assert killed.returncode == -9
    assert not Path(killed.stdout.strip()).exists()
