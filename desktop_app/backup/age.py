"""age files (age-encryption.org/v1) with X25519 recipients, written and read in memory.

A *recipient* is the public half of a key (`age1…`), an *identity* the secret half
(`AGE-SECRET-KEY-1…`). A file is a header that wraps a random file key to each recipient, and a
payload of 64-KiB chunks, each authenticated by itself. Any `age` program reads what is written
here and the other way round. The format: https://c2sp.org/age
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from dataclasses import dataclass

from desktop_app.backup.crypto import (
    TAG,
    BrokenSealError,
    Bytes,
    Seal,
    agree,
    derive,
    new_secret,
    public_of,
)
from desktop_app.kernel import bech32

CHUNK = 64 * 1024
_VERSION = b"age-encryption.org/v1\n"
_PURPOSE = b"age-encryption.org/v1/X25519"
_KEY_BYTES = 32
_FILE_KEY_BYTES = 16
_NONCE_BYTES = 16
_COLUMNS = 64
_HEADER_LIMIT = 64 * 1024
_MAC_LINE = re.compile(rb"--- ([A-Za-z0-9+/]{43})\Z")
_ZERO_NONCE = bytes(12)


class AgeError(ValueError):
    """The bytes are no intact age file."""


class NoMatchError(AgeError):
    """The file is encrypted to other recipients."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An age file and the key of its payload (keep it only while checking what was written)."""

    content: bytearray
    file_key: bytes


def new_identity() -> str:
    """Return a fresh identity in age's own spelling."""
    return bech32.encode("age-secret-key-", new_secret()).upper()


def recipient_of(identity: str) -> str:
    """Return the recipient that belongs to an identity; ValueError where it is mistyped."""
    return bech32.encode("age", public_of(identity_secret(identity)))


def identity_secret(identity: str) -> bytes:
    """Return the 32 secret bytes of an identity; ValueError where it is mistyped."""
    return _key(identity.strip(), "age-secret-key-")


def recipient_public(recipient: str) -> bytes:
    """Return the 32 public bytes of a recipient; ValueError where it is mistyped."""
    return _key(recipient.strip(), "age")


def encrypt(plain: Bytes, recipients: list[str]) -> Sealed:
    """Return `plain` as an age file that every one of the recipients can open."""
    file_key = secrets.token_bytes(_FILE_KEY_BYTES)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    head = _header(file_key, recipients) + nonce
    source = memoryview(plain).cast("B")
    chunks = max(1, -(-len(source) // CHUNK))
    content = bytearray(len(head) + len(source) + chunks * TAG)
    content[: len(head)] = head
    seal = Seal(derive(file_key, nonce, b"payload"))
    out = memoryview(content)[len(head) :]
    for i in range(chunks):
        piece = source[i * CHUNK : (i + 1) * CHUNK]
        at = i * (CHUNK + TAG)
        seal.close_into(_nonce(i, chunks), piece, out[at : at + len(piece) + TAG])
    out.release()
    return Sealed(content, file_key)


def decrypt(content: Bytes, identity: str) -> bytearray:
    """Return the plaintext; NoMatchError for another key, AgeError for a damaged file."""
    file_key, start = _opened_header(content, identity_secret(identity))
    return _payload(memoryview(content).cast("B")[start:], file_key)


def decrypt_with(content: Bytes, file_key: bytes) -> bytearray:
    """Return the plaintext of a file whose file key is known; the header is only skipped."""
    start = bytes(content[:_HEADER_LIMIT]).index(b"\n--- ") + 1
    start = bytes(content[:_HEADER_LIMIT]).index(b"\n", start) + 1
    return _payload(memoryview(content).cast("B")[start:], file_key)


def _key(text: str, expected: str) -> bytes:
    key = bech32.decode(expected, text)
    if len(key) != _KEY_BYTES:
        raise ValueError("another kind of key")
    return key


def _nonce(chunk: int, chunks: int) -> bytes:
    return chunk.to_bytes(11, "big") + (b"\x01" if chunk == chunks - 1 else b"\x00")


def _encoded(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise AgeError("base64") from None
    if _encoded(content) != text:
        raise AgeError("base64 is not canonical")
    return content


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(derive(file_key, b"", b"header"), head, "sha256")


def _header(file_key: bytes, recipients: list[str]) -> bytes:
    head = _VERSION
    for recipient in recipients:
        public = recipient_public(recipient)
        once = new_secret()
        share = public_of(once)
        wrap = Seal(derive(agree(once, public), share + public, _PURPOSE))
        body = wrap.close(_ZERO_NONCE, file_key)
        head += b"-> X25519 " + _encoded(share) + b"\n" + _encoded(body) + b"\n"
    head += b"---"
    return head + b" " + _encoded(_mac(file_key, head)) + b"\n"


def _opened_header(content: Bytes, secret: bytes) -> tuple[bytes, int]:
    head = bytes(content[:_HEADER_LIMIT])
    if not head.startswith(_VERSION):
        raise AgeError("not an age file")
    stanzas, at = _stanzas(head)
    end = head.find(b"\n", at)
    mac = _MAC_LINE.match(head[at:end]) if end >= 0 else None
    if mac is None:
        raise AgeError("no end of the header")
    keys = [key for words, body in stanzas if (key := _unwrapped(words, body, secret))]
    if not keys:
        raise NoMatchError("no recipient matches")
    if not hmac.compare_digest(_mac(keys[0], head[: at + 3]), _decoded(mac[1])):
        raise AgeError("header authentication")
    return keys[0], end + 1


def _stanzas(head: bytes) -> tuple[list[tuple[list[bytes], bytes]], int]:
    found = []
    at = len(_VERSION)
    while not head.startswith(b"---", at):
        line, at = _line(head, at)
        words = line.split(b" ")
        if words[0] != b"->" or len(words) < 2 or not all(map(_is_word, words[1:])):  # noqa: PLR2004
            raise AgeError("stanza")
        body = b""
        while True:
            line, at = _line(head, at)
            if len(line) > _COLUMNS:
                raise AgeError("long line")
            body += line
            if len(line) < _COLUMNS:
                break
        found.append((words[1:], _decoded(body)))
    if not found:
        raise AgeError("no recipients")
    return found, at


def _line(head: bytes, at: int) -> tuple[bytes, int]:
    end = head.find(b"\n", at)
    if end < 0:
        raise AgeError("header is cut off")
    return head[at:end], end + 1


def _is_word(word: bytes) -> bool:
    return bool(word) and all(33 <= byte <= 126 for byte in word)  # noqa: PLR2004 — visible ASCII


def _unwrapped(words: list[bytes], body: bytes, secret: bytes) -> bytes | None:
    if words[0] != b"X25519":
        return None
    if len(words) != 2 or len(body) != _FILE_KEY_BYTES + TAG:  # noqa: PLR2004 — name and share
        raise AgeError("X25519 stanza")
    share = _decoded(words[1])
    if len(share) != _KEY_BYTES:
        raise AgeError("X25519 share")
    try:
        shared = agree(secret, share)
    except ValueError:
        raise AgeError("X25519 share") from None
    try:
        return Seal(derive(shared, share + public_of(secret), _PURPOSE)).open(_ZERO_NONCE, body)
    except BrokenSealError:
        return None


def _payload(payload: memoryview, file_key: bytes) -> bytearray:
    if len(payload) < _NONCE_BYTES + TAG:
        raise AgeError("payload is cut off")
    seal = Seal(derive(file_key, bytes(payload[:_NONCE_BYTES]), b"payload"))
    body = payload[_NONCE_BYTES:]
    sealed_chunk = CHUNK + TAG
    chunks = -(-len(body) // sealed_chunk)
    last = len(body) - (chunks - 1) * sealed_chunk - TAG
    if last < 0 or (last == 0 and chunks > 1):
        raise AgeError("last chunk")
    plain = bytearray((chunks - 1) * CHUNK + last)
    out = memoryview(plain)
    for i in range(chunks):
        piece = body[i * sealed_chunk : (i + 1) * sealed_chunk]
        try:
            seal.open_into(_nonce(i, chunks), piece, out[i * CHUNK : i * CHUNK + len(piece) - TAG])
        except BrokenSealError:
            raise AgeError(f"chunk {i}") from None
    out.release()
    return plain
