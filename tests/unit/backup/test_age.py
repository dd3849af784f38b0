"""age files: the same as everybody else's."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zlib
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.backup import age

CHUNK = age.CHUNK
SIZES = (0, 1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 77)
VECTORS = Path(__file__).parents[4] / "shared/data/vectors/age_testkit"
IDENTITY, OTHER = age.new_identity(), age.new_identity()


def _vectors() -> list[Path]:
    if not VECTORS.is_dir():
        return []
    unsupported = ("armor", "scrypt", "hybrid")
    return [path for path in sorted(VECTORS.iterdir()) if not path.name.startswith(unsupported)]


@pytest.mark.parametrize("size", SIZES)
def test_others_read_what_we_write_and_we_what_they_write(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + bytes(size % 256)
    theirs = pyrage.x25519.Identity.from_str(IDENTITY)
    assert str(theirs.to_public()) == age.recipient_of(IDENTITY)
    recipients = [age.recipient_of(OTHER), age.recipient_of(IDENTITY)]
    sealed = age.encrypt(plain, recipients)
    assert pyrage.decrypt(bytes(sealed.content), [theirs]) == plain
    assert age.decrypt(sealed.content, OTHER) == plain
    assert age.decrypt_with(sealed.content, sealed.file_key) == plain
    assert age.decrypt(pyrage.encrypt(plain, [theirs.to_public()]), IDENTITY) == plain


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed")
def test_the_age_program_reads_what_we_write(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(IDENTITY)
    plain = bytes(CHUNK + 5)
    sealed = age.encrypt(plain, [age.recipient_of(IDENTITY)]).content
    command = ["age", "-d", "-i", str(tmp_path / "key")]
    assert subprocess.run(command, input=sealed, capture_output=True, check=True).stdout == plain


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.data())
def test_no_changed_byte_goes_unnoticed(plain: bytes, data: st.DataObject) -> None:
    sealed = age.encrypt(plain, [age.recipient_of(IDENTITY)]).content
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(age.AgeError):
        age.decrypt(sealed, IDENTITY)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_refused_politely(content: bytes) -> None:
    for start in (b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 "):
        with pytest.raises(age.AgeError):
            age.decrypt(start + content, IDENTITY)


@pytest.mark.parametrize("kept", [2 * CHUNK + 32, CHUNK + 16, 1, 0])
def test_a_cut_off_file_is_refused(kept: int) -> None:
    sealed = age.encrypt(bytes(3 * CHUNK), [age.recipient_of(IDENTITY)]).content
    head = len(sealed) - 3 * (CHUNK + 16)
    with pytest.raises(age.AgeError):
        age.decrypt(sealed[: head + kept], IDENTITY)


def test_another_key_is_told_from_damage() -> None:
    sealed = age.encrypt(b"x", [age.recipient_of(IDENTITY)]).content
    with pytest.raises(age.NoMatchError):
        age.decrypt(sealed, OTHER)


@given(st.integers(0, 73), st.sampled_from("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"))
def test_a_mistyped_key_is_caught(at: int, letter: str) -> None:
    typed = IDENTITY[:at] + letter + IDENTITY[at + 1 :]
    if typed == IDENTITY:
        assert age.identity_secret(typed)
        return
    with pytest.raises(ValueError, match=r"."):
        age.identity_secret(typed)


@pytest.mark.shared_data
@pytest.mark.parametrize("path", _vectors(), ids=lambda path: path.name)
def test_public_vectors(path: Path) -> None:
    header, _, content = path.read_bytes().partition(b"\n\n")
    fields = dict(line.split(": ", 1) for line in header.decode().splitlines())
    if "identity" not in fields:
        pytest.skip("not an X25519 vector")
    if fields.get("compressed") == "zlib":
        content = zlib.decompress(content)
    if fields["expect"] == "success":
        plain = age.decrypt(content, fields["identity"])
        assert hashlib.sha256(plain).hexdigest() == fields["payload"]
        return
    with pytest.raises(age.AgeError) as caught:
        age.decrypt(content, fields["identity"])
    assert isinstance(caught.value, age.NoMatchError) == (fields["expect"] == "no match")
