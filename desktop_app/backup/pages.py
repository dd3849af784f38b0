"""The pages of a SQLCipher 4 file: told apart without the key, opened and closed with it.

A page has 4,096 bytes: 4,016 of AES-256-CBC ciphertext, the initialisation vector (16, in clear)
and an HMAC-SHA-512 (64). SQLCipher draws a fresh vector at every write, so the vectors of a file
are a fingerprint of all its pages that needs no key. Page 1 begins with the file's salt.

An *opened* page is the page of a plain SQLite file with 80 reserved bytes, all zero. Pages that
are zero throughout were never written (SQLite leaves holes); SQLCipher reads them as zeros too.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop_app.backup.crypto import decrypt_blocks, encrypt_chained, page_mac_key

Pages: TypeAlias = NDArray[np.uint8]
Numbers: TypeAlias = NDArray[np.int64]
Vectors: TypeAlias = NDArray[np.uint64]
Hashes: TypeAlias = NDArray[np.uint8]

PAGE = 4096
SALT = 16
HASH = 16
# SQLite locks bytes from 1 GiB on and never stores anything in the page that holds them; on Windows
# the locks forbid reading it.
LOCK_PAGE = 0x40000000 // PAGE + 1
MAGIC = b"SQLite format 3\0"

_RESERVE = 80
_CONTENT = PAGE - _RESERVE
_MAC_AT = _CONTENT + 16
_BATCH = 512


class BadPageError(ValueError):
    """A page fails its HMAC: damaged on the disk, or the key is another."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def vectors(pages: Pages) -> Vectors:
    """Return the initialisation vectors of raw pages, two 64-bit numbers each."""
    return np.ascontiguousarray(pages[:, _CONTENT:_MAC_AT]).view(np.uint64)


def runs(numbers: Numbers) -> list[tuple[int, int]]:
    """Return ascending page numbers as (first, count)."""
    if not len(numbers):
        return []
    cuts = np.nonzero(np.diff(numbers) != 1)[0] + 1
    return [(int(part[0]), len(part)) for part in np.split(numbers, cuts)]


def numbers_of(page_runs: list[tuple[int, int]]) -> Numbers:
    """Return the page numbers of (first, count) runs."""
    parts = [np.arange(first, first + count, dtype=np.int64) for first, count in page_runs]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def hashes(pages: Pages) -> Hashes:
    """Return the first 16 bytes of the SHA-256 of each page."""
    view = np.ascontiguousarray(pages).reshape(-1).data
    digests = [
        hashlib.sha256(view[at : at + PAGE]).digest()[:HASH] for at in range(0, len(view), PAGE)
    ]
    return np.frombuffer(b"".join(digests), np.uint8).reshape(-1, HASH)


def root(page_hashes: Hashes) -> str:
    """Return one SHA-256 over the hashes of all pages of a file, in hexadecimal."""
    return hashlib.sha256(np.ascontiguousarray(page_hashes).data).hexdigest()


class PageCodec:
    """Opens and closes the pages of one file."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        self._salt = salt
        self._mac_key = page_mac_key(key, salt)

    def open(self, pages: Pages, numbers: Numbers) -> None:
        """Check and decrypt raw pages in place; BadPageError names the first bad one."""
        for at in range(0, len(pages), _BATCH):
            part, some = pages[at : at + _BATCH], numbers[at : at + _BATCH]
            empty = self._authenticated(part, some)
            self._decrypt(part, first=bool(some[0] == 1))
            part[:, _CONTENT:] = 0
            part[empty] = 0

    def check(self, pages: Pages, numbers: Numbers) -> None:
        """Raise BadPageError for the first raw page that the key does not authenticate."""
        for at in range(0, len(pages), _BATCH):
            self._authenticated(pages[at : at + _BATCH].copy(), numbers[at : at + _BATCH])

    def close(self, pages: Pages, numbers: Numbers) -> Pages:
        """Return opened pages as raw pages under fresh vectors."""
        closed = np.zeros((len(pages), PAGE), np.uint8)
        for at in range(0, len(pages), _BATCH):
            self._encrypt(pages[at : at + _BATCH], numbers[at : at + _BATCH], closed[at:])
        closed[numbers == LOCK_PAGE] = 0
        return closed

    def _authenticated(self, pages: Pages, numbers: Numbers) -> list[int]:
        """Return the places of empty pages. Destroys the stored HMACs."""
        stored = pages[:, _MAC_AT:].copy()
        found = self._macs(pages, numbers)
        if found == stored.tobytes():
            return []
        wrong = np.nonzero((np.frombuffer(found, np.uint8).reshape(-1, 64) != stored).any(axis=1))
        empty = []
        for i in map(int, wrong[0]):
            if numbers[i] == 1 or stored[i].any() or pages[i, :_MAC_AT].any():
                raise BadPageError(int(numbers[i]))
            empty.append(i)
        return empty

    def _macs(self, pages: Pages, numbers: Numbers) -> bytes:
        # The HMAC covers ciphertext, vector and page number: writing the number where the HMAC
        # begins makes the message one piece of memory.
        pages[:, _MAC_AT : _MAC_AT + 4] = numbers.astype("<u4").view(np.uint8).reshape(-1, 4)
        view = pages.reshape(-1).data
        key, size = self._mac_key, _MAC_AT + 4
        macs = [
            hmac.digest(key, view[at + (SALT if number == 1 else 0) : at + size], "sha512")
            for at, number in zip(range(0, len(view), PAGE), numbers.tolist(), strict=True)
        ]
        return b"".join(macs)

    def _decrypt(self, pages: Pages, *, first: bool) -> None:
        # One ECB call for all pages and one XOR with the shifted ciphertext: four times the speed
        # of a CBC call per page.
        raw = pages.copy()
        blocks = np.empty(pages.size + 15, np.uint8)
        decrypt_blocks(self._key, raw.reshape(-1).data, blocks.data)
        plain = blocks[: pages.size].reshape(-1, PAGE)
        np.bitwise_xor(plain[:, 16:_CONTENT], raw[:, : _CONTENT - 16], out=pages[:, 16:_CONTENT])
        np.bitwise_xor(plain[:, :16], raw[:, _CONTENT:_MAC_AT], out=pages[:, :16])
        if first:
            # Page 1 begins with the salt: its chain starts one block later.
            pages[0, :SALT] = np.frombuffer(MAGIC, np.uint8)
            pages[0, SALT : SALT + 16] = plain[0, SALT : SALT + 16] ^ raw[0, _CONTENT:_MAC_AT]

    def _encrypt(self, pages: Pages, numbers: Numbers, out: Pages) -> None:
        """Encrypt up to a batch of pages as one CBC stream.

        Each page follows a random block whose ciphertext is, for CBC, the page's own vector.
        """
        first = int(len(numbers) > 0 and numbers[0] == 1)
        if first:
            self._chain(pages[:1], SALT, out[:1])
            out[0, :SALT] = np.frombuffer(self._salt, np.uint8)
        if len(pages) > first:
            self._chain(pages[first:], 0, out[first : len(pages)])
        stamped = out[: len(pages)]
        macs = self._macs(stamped, numbers)
        stamped[:, _MAC_AT:] = np.frombuffer(macs, np.uint8).reshape(-1, 64)

    def _chain(self, pages: Pages, start: int, out: Pages) -> None:
        size = _CONTENT - start
        stream = np.empty((len(pages), 16 + size), np.uint8)
        random = secrets.token_bytes(16 * len(pages))
        stream[:, :16] = np.frombuffer(random, np.uint8).reshape(-1, 16)
        stream[:, 16:] = pages[:, start:_CONTENT]
        chained = encrypt_chained(self._key, secrets.token_bytes(16), stream.reshape(-1).data)
        closed = np.frombuffer(chained, np.uint8).reshape(len(pages), -1)
        out[:, start:_CONTENT] = closed[:, 16:]
        out[:, _CONTENT:_MAC_AT] = closed[:, :16]
