"""The libraries that carry the data are new enough: older ones have bugs that lose or leak it."""

import re

import cryptography
import pytest
import sqlcipher3


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


@pytest.fixture
def connection():
    connection = sqlcipher3.connect(":memory:")
    yield connection
    connection.close()


def test_sqlite_does_not_have_the_wal_reset_bug():
    assert numbers(sqlcipher3.sqlite_version) >= (3, 51, 3)


def test_sqlcipher_is_of_the_fourth_format_and_maintained(connection):
    (version,) = connection.execute("PRAGMA cipher_version").fetchone()
    assert (4, 19) <= numbers(version) < (5,)


def test_sqlite_keeps_temporary_tables_in_memory(connection):
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}


def test_cryptography_brings_the_openssl_we_rely_on():
    assert numbers(cryptography.__version__) >= (47,)
