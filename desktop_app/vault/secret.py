"""Bytes that must not be seen: they print as their length and can be overwritten.

Python copies `str` and `bytes` freely and has no way to wipe them; a `SecretBytes` keeps the one
copy that lives long in a buffer that can. `forget` is for the short-lived rest.
"""

from __future__ import annotations

import ctypes
import hmac
import sys
from typing import NoReturn

from typing_extensions import override


class SecretBytes:
    """A secret that is shown nowhere and can be wiped."""

    __slots__ = ("_buffer", "_wiped")

    def __init__(self, value: bytes | bytearray) -> None:
        self._buffer = bytearray(value)
        self._wiped = False

    @property
    def buffer(self) -> bytearray:
        """Return the one copy, to be read at once and not kept; ValueError after wiping."""
        if self._wiped:
            message = "the secret was used after it had been wiped"
            raise ValueError(message)
        return self._buffer

    @property
    def wiped(self) -> bool:
        """Tell whether the secret is gone."""
        return self._wiped

    def reveal(self) -> bytes:
        """Return a copy as `bytes`, which nobody can wipe."""
        return bytes(self.buffer)

    def hex(self) -> str:
        """Return a copy as hex digits, which nobody can wipe."""
        return self.buffer.hex()

    def wipe(self) -> None:
        """Overwrite the secret; it cannot be used after that."""
        self._buffer[:] = bytes(len(self._buffer))
        self._wiped = True

    def __len__(self) -> int:
        return len(self._buffer)

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SecretBytes):
            return NotImplemented
        return hmac.compare_digest(self.buffer, other.buffer)

    __hash__ = None  # type: ignore[assignment]

    @override
    def __repr__(self) -> str:
        return f"SecretBytes({len(self._buffer)} bytes)"

    @override
    def __reduce__(self) -> NoReturn:
        message = "a secret is not pickled"
        raise TypeError(message)


def forget(text: str | bytes) -> None:
    """Overwrite a text of which nobody else can have a reference, such as one just put together.

    Only for what was made at run time and is thrown away: the object is left full of zeros.
    """
    if sys.implementation.name != "cpython" or len(text) < _LEAST_FORGOTTEN:
        return
    if isinstance(text, bytes):
        start, size = _BYTES_HEAD, len(text)
    else:
        width = 1 if text.isascii() or max(text) <= "\xff" else 2 if max(text) <= "\uffff" else 4
        start = _ASCII_HEAD if text.isascii() else _TEXT_HEAD
        size = len(text) * width
    # CPython keeps the characters behind the head of the object; there is no official way.
    ctypes.memset(id(text) + start, 0, size)


_BYTES_HEAD = sys.getsizeof(b"") - 1
_ASCII_HEAD = sys.getsizeof("x" * 4) - 5
_TEXT_HEAD = sys.getsizeof("\xff" * 4) - 5  # made just now: it has no UTF-8 form beside it yet
_LEAST_FORGOTTEN = 4  # shorter texts are shared by the interpreter
