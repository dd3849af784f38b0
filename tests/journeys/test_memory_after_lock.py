"""What is left in memory after locking: nothing that opens the store (security.md, 2.7 and E6)."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.kernel.clock import SystemClock
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.store_keys import Vault
from desktop_app.venue.records import NewVenue
from tests.conftest import ROOT
from tests.support.memory import copies_in

PASSWORD = "saffron kettle twelve lanterns"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def secrets(tmp_path: Path) -> dict[str, bytes]:
    """Give everything that opens a store with an owner who has a PIN, by name."""
    made = Reception(tmp_path / "store", keyring=False).create(
        NewVenue("A"), "Aysel", PASSWORD, cost=KdfCost.FLOOR
    )
    with made.app as app:
        pin = app._store.keys.unlocked.set_pin(PASSWORD, "8305").key
    vault = Vault.open(tmp_path / "store")
    with vault.unlock("Aysel", PASSWORD, clock=SystemClock()) as owner:
        keys, root = owner._keys(), owner._held.root
        found = {
            "the password": PASSWORD.encode(),
            "the password in the window's letters": PASSWORD.encode("utf-16-le"),
            "the root secret": root.secret.reveal(),
            "the signing key": keys.signing.private_bytes_raw(),
            "the box key": keys.box.private_bytes_raw(),
            "what the PIN derives": pin,
            "what the PIN derives, as text": base64.b64encode(pin),
        }
        for domain, key in owner.domain_keys.items():
            found[f"{domain}, raw"] = key.reveal()
            found[f"{domain}, hex"] = key.hex().encode()
    return found


def test_locking_leaves_no_key_and_no_password_in_memory(secrets, tmp_path) -> None:
    program = [sys.executable, "-m", "tests.journeys.signs_in_and_locks", str(tmp_path / "store")]
    with subprocess.Popen(
        program,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as child:
        seen = {}
        child.stdin.write(f"{PASSWORD}\n".encode())
        for moment in ("unlocked", "locked", "asleep"):
            assert child.stdout.readline().strip().decode() == moment
            seen[moment] = copies_in(child.pid, secrets)
            child.stdin.write(b"\n")
        assert child.wait(600) == 0
    open_now = {name for name, copies in seen["unlocked"].items() if copies}
    # The control: while it is unlocked, the scan must find what the program works with.
    assert {"the root secret", "the box key", "ops, raw", "people, raw"} <= open_now
    assert not {name for name in open_now if "hex" in name}
    for moment in ("locked", "asleep"):
        assert {name: n for name, n in seen[moment].items() if n} == {}, moment


HARDENED = """
import ctypes, resource
from desktop_app.kernel.hardening import harden
harden()
print(*resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def test_no_dump_of_the_memory_is_written_and_nobody_attaches() -> None:
    said = subprocess.run(
        [sys.executable, "-c", HARDENED],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split() == ["0", "0", "0"]
