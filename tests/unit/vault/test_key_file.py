import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.errors import AppError, DamagedError, NotFoundError, UnavailableError
from desktop_app.vault import durable
from desktop_app.vault.key_file import VERSION, KeyFile, decoded, encoded
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.store_keys import Vault

from .conftest import OWNER, OWNER_PASSWORD

# Test fixture: the keys of an empty store, made by version 1 of the format.
GOLDEN = Path(__file__).with_name("golden_keys_v1.json")
GOLDEN_CODE = "616297-007535-030107-593901-525030-429583-643467-681054-197362"
GOLDEN_OPS = "9647f27624c6945d05afe13bde71b30696e163af71a5446beb3a5a7d90263e07"


@pytest.mark.parametrize("damage", [lambda raw: raw[: len(raw) // 2], lambda raw: raw[:0], None])
def test_a_cut_or_missing_key_file_is_replaced_by_the_generation_before(store, damage):
    if damage is None:
        store.path.unlink()
    else:
        store.path.write_bytes(damage(store.path.read_bytes()))
    with store.sign_in() as owner:
        assert "one before" in str(owner.notices[0])
        owner.put_secret("smtp", b"x", Permission.USERS_MANAGE)
    with store.sign_in() as owner:
        assert not owner.notices
        assert owner.secret("smtp").reveal() == b"x"


def test_saving_over_a_damaged_file_keeps_a_good_generation_before(store):
    store.path.write_bytes(b"{}")
    with store.sign_in() as owner:
        owner.put_secret("smtp", b"x", Permission.USERS_MANAGE)
    store.path.unlink()
    assert store.sign_in().name == OWNER


@pytest.mark.parametrize("cut", [0, 1, 100, 3000])
def test_with_both_generations_damaged_it_is_said_what_to_do(store, cut):
    store.path.write_bytes(store.path.read_bytes()[:cut])
    store.previous.write_bytes(b"not json")
    with pytest.raises(DamagedError, match="from a backup with the recovery key"):
        Vault.open(store.folder)


def test_a_folder_with_other_files_holds_no_store(tmp_path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(NotFoundError):
        Vault.open(tmp_path)


def test_a_newer_key_file_is_refused_and_no_older_one_used_instead(store):
    assert store.previous.exists()
    body = json.loads(store.path.read_bytes())
    store.path.write_text(json.dumps({**body, "version": VERSION + 1}), encoding="utf-8")
    with pytest.raises(UnavailableError, match=r"newer Clopos Desk.*Install the newest version"):
        Vault.open(store.folder)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(position=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_a_flipped_bit_is_always_found(store, position, bit):
    raw = bytearray(store.path.read_bytes())
    raw[position % len(raw)] ^= 1 << bit
    try:
        contents = decoded(bytes(raw), store.path)
    except (DamagedError, UnavailableError):
        return
    # A flip that only changes how the same thing is written, such as a line end for a space.
    assert encoded(contents) == store.path.read_bytes()


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    raw=st.binary(max_size=300)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.dictionaries(st.text(max_size=5), inner, max_size=3) | st.lists(inner, max_size=3)
        ),
    ).map(
        lambda value: json.dumps(
            {"format": "clopos-desk keys", "version": 1, "checksum": "", "roster": value}
        ).encode()
    )
)
def test_any_other_bytes_are_damage_and_nothing_else(tmp_path, raw):
    with pytest.raises(DamagedError):
        decoded(raw, tmp_path / "keys.json")


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"format":' * 50_000, b"x" * (5 << 20)])
def test_a_bomb_is_damage(tmp_path, raw):
    with pytest.raises(DamagedError):
        decoded(raw, tmp_path / "keys.json")


def test_a_write_that_fails_leaves_the_file_as_it_was(store, monkeypatch):
    owner = store.sign_in()
    before = store.path.read_bytes()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnavailableError, match="No space left"):
        owner.add_user("New", Role.STAFF, "pəncərə alma dəniz yol")
    monkeypatch.undo()
    assert store.path.read_bytes() == before
    assert store.sign_in().name == OWNER


def failing_at(fatal, calls, real, *, done_first):
    def call(*args, **named):
        if next(calls) != fatal:
            return real(*args, **named)
        if done_first:
            real(*args, **named)
        raise OSError(5, "Input/output error")

    return call


@pytest.mark.parametrize("done_first", [False, True])
@pytest.mark.parametrize("fatal", range(12))
def test_a_failure_at_any_step_of_saving_leaves_the_old_or_the_new_file(
    store, monkeypatch, fatal, done_first
):
    file = KeyFile(store.folder)
    before, calls = file.read().generation, itertools.count()
    with monkeypatch.context() as patch:
        for owner, name in [(os, "open"), (os, "fsync"), (Path, "replace")]:
            real = getattr(owner, name)
            patch.setattr(owner, name, failing_at(fatal, calls, real, done_first=done_first))
        try:
            file.update(lambda contents: contents)
            failed = False
        except UnavailableError:
            failed = True
    assert failed == (fatal < 11), "saving takes eleven steps, and each one that fails is told"
    assert before <= file.read().generation <= before + 1
    assert not file.fell_back
    file.update(lambda contents: contents)


def test_a_store_made_by_the_first_version_still_opens(tmp_path, clock):
    shutil.copy(GOLDEN, tmp_path / "keys.json")
    vault = Vault.open(tmp_path)
    with vault.unlock("Ənvər", "first version words", clock=clock) as owner:
        ops = owner.domain_keys[Domain.OPS].hex()
        assert owner.secret("postgres").reveal() == b"db password"
    with vault.unlock("Staff", "first version words", clock=clock) as staff:
        assert staff.domain_keys[Domain.OPS].hex() == ops == GOLDEN_OPS
    code = RecoveryCode.parse(GOLDEN_CODE)
    with vault.open_with_recovery(code) as opened:
        assert opened.domain_keys[Domain.OPS].hex() == ops


def test_a_wrong_password_on_a_full_disk_is_still_just_wrong(store, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError, match="password is wrong"):
        store.sign_in(password="wrong")
    assert store.sign_in(password=OWNER_PASSWORD).name == OWNER


def test_a_lock_held_too_long_is_said(store, monkeypatch):
    monkeypatch.setattr(durable, "_PATIENCE_S", 0.05)
    owner = store.sign_in()
    with (
        durable.Lock(store.folder / "keys.lock"),
        pytest.raises(UnavailableError, match="Another program"),
    ):
        owner.put_secret("smtp", b"x", Permission.USERS_MANAGE)


_SAVER = """
import sys
from dataclasses import replace
from pathlib import Path
from desktop_app.vault.key_file import VERSION, KeyFile
from desktop_app.vault.throttle import Misses
file = KeyFile(Path(sys.argv[1]))
while True:
    saved = file.update(lambda c: replace(c, misses={"x": Misses(c.generation, 0)}))
    print(saved.generation, flush=True)
"""


def test_killing_the_program_while_it_saves_always_leaves_a_readable_generation(store):
    acknowledged = KeyFile(store.folder).read().generation
    for kill in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", _SAVER, str(store.folder)], stdout=subprocess.PIPE, text=True
        ) as saver:
            for _ in range(3 + 7 * kill):
                acknowledged = int(saver.stdout.readline())
            saver.send_signal(signal.SIGKILL)
            rest = saver.stdout.read().splitlines()
            acknowledged = int(rest[-1]) if rest else acknowledged
        found = KeyFile(store.folder)
        assert found.read().generation >= acknowledged
        assert not found.fell_back
    assert store.sign_in().name == OWNER
