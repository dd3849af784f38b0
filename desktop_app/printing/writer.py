"""PDF objects, written as soon as they are complete, so that a long document needs little memory.

Small objects are gathered into compressed object streams; the cross-reference table, itself a
stream, comes last (ISO 32000-1, 7.5). The same objects always give the same bytes.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from array import array
from typing import BinaryIO, Protocol

_OBJECTS_PER_STREAM = 250
_ENTRIES_PER_STEP = 5000
_IN_FILE, _IN_STREAM = 1 << 56, 2 << 56
_OFFSET_MASK = (1 << 40) - 1


class Cipher(Protocol):
    """Encrypts what a protected document holds."""

    def encrypt(self, content: bytes) -> bytes:
        """Return one string or stream encrypted."""
        ...

    def dictionary(self) -> str:
        """Return the encryption dictionary."""
        ...


def text_string(text: str) -> str:
    """Return a PDF text string in hexadecimal UTF-16."""
    return byte_string(("\ufeff" + text).encode("utf-16-be", "replace"))


def byte_string(content: bytes) -> str:
    """Return a PDF byte string in hexadecimal."""
    return f"<{content.hex().upper()}>"


def references(numbers: list[int]) -> str:
    """Return references to objects, ready for an array."""
    return " ".join([f"{number} 0 R" for number in numbers])


class Writer:
    """Writes one PDF file from front to back."""

    def __init__(self, out: BinaryIO, cipher: Cipher | None = None) -> None:
        self._out = out
        self._cipher = cipher
        self._place = array("Q", [0xFFFF])  # kind << 56 | offset or object stream << 16 | index
        self._waiting: list[tuple[int, str]] = []
        self._written = 0
        self._hash = hashlib.sha256()
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    @property
    def size(self) -> int:
        """Return the bytes written so far."""
        return self._written

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the bytes written so far, in hexadecimal."""
        return self._hash.hexdigest()

    def reserve(self) -> int:
        """Return the number of an object to be written later."""
        self._place.append(0)
        return len(self._place) - 1

    def write(self, number: int, body: str) -> int:
        """Write an object under a reserved number."""
        self._waiting.append((number, body))
        if len(self._waiting) >= _OBJECTS_PER_STREAM:
            self._write_waiting()
        return number

    def add(self, body: str) -> int:
        """Write an object and return its number."""
        return self.write(self.reserve(), body)

    def stream(self, entries: str, content: bytes, number: int = 0, *, plain: bool = False) -> int:
        """Write a stream, compressed unless `plain`, and return its number."""
        if plain:
            return self.raw_stream(entries, content, number)
        return self.raw_stream(f"{entries}/Filter/FlateDecode", zlib.compress(content, 6), number)

    def raw_stream(self, entries: str, content: bytes, number: int = 0) -> int:
        """Write a stream whose content is encoded already, and return its number."""
        number = number or self.reserve()
        if self._cipher:
            content = self._cipher.encrypt(content)
        self._begin(number)
        self._put(f"<<{entries}/Length {len(content)}>>stream\n".encode("latin-1"))
        self._put(content)
        self._put(b"\nendstream\nendobj\n")
        return number

    def protected(self, content: bytes) -> str:
        """Return a byte string for a stream's own dictionary, encrypted where that is needed."""
        return byte_string(self._cipher.encrypt(content) if self._cipher else content)

    def finish(self, root: int, info: int) -> None:
        """Write the cross-reference table; nothing can be added afterwards."""
        self._write_waiting()
        encryption = self._write_encryption()
        number = self.reserve()
        start = self._written
        self._begin(number)
        identity = self._hash.hexdigest()[:32].upper()
        table = self._table()
        self._put(
            f"<</Type/XRef/Size {len(self._place)}/W[1 8 2]/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{identity}><{identity}>]{encryption}"
            f"/Filter/FlateDecode/Length {len(table)}>>stream\n".encode("latin-1")
        )
        self._put(table)
        self._put(f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode("latin-1"))

    def _put(self, content: bytes) -> None:
        self._out.write(content)
        self._hash.update(content)
        self._written += len(content)

    def _begin(self, number: int) -> None:
        self._place[number] = _IN_FILE | self._written << 16
        self._put(f"{number} 0 obj\n".encode("latin-1"))

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        number = self.reserve()
        heads: list[str] = []
        at = 0
        for index, (member, body) in enumerate(waiting):
            heads.append(f"{member} {at}")
            at += len(body) + 1
            self._place[member] = _IN_STREAM | number << 16 | index
        head = " ".join(heads) + " "
        content = head + "\n".join([body for _, body in waiting])
        entries = f"/Type/ObjStm/N {len(waiting)}/First {len(head)}"
        self.stream(entries, content.encode("latin-1"), number)

    def _write_encryption(self) -> str:
        if not self._cipher:
            return ""
        number = self.reserve()
        self._begin(number)
        self._put(f"{self._cipher.dictionary()}\nendobj\n".encode("latin-1"))
        return f"/Encrypt {number} 0 R"

    def _table(self) -> bytes:
        packer = zlib.compressobj(6)
        parts: list[bytes] = []
        for first in range(0, len(self._place), _ENTRIES_PER_STEP):
            rows = [
                struct.pack(">BQH", entry >> 56, entry >> 16 & _OFFSET_MASK, entry & 0xFFFF)
                for entry in self._place[first : first + _ENTRIES_PER_STEP]
            ]
            parts.append(packer.compress(b"".join(rows)))
        parts.append(packer.flush())
        return b"".join(parts)
