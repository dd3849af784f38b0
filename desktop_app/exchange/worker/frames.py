"""What child and host say to each other: frames of a letter, a length and a payload.

`T` begins a table (JSON: name, sheet, kind), `D` is a piece of it, `E` ends it (JSON: what to tell
about it). `R` refuses the file (JSON: code, where, figures), `F` is the end (JSON: what was left
out).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

HEAD = struct.Struct(">cI")
PAYLOAD_LIMIT = 1 << 20
NOTE_LIMIT = 16_384
PIECE = 256 << 10

TABLE, DATA, END, REFUSED, FINISHED = b"T", b"D", b"E", b"R", b"F"
_KINDS = frozenset({TABLE, DATA, END, REFUSED, FINISHED})

Frame = tuple[bytes, bytes]


class BadFrameError(ValueError):
    """The other side does not keep to the protocol."""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The file is not taken; `code` says why, `values` are figures and places."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Outlet:
    """The child's end of the pipe."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe

    def answer(self, kind: bytes, /, **fields: Any) -> None:
        """Send a frame of facts."""
        self.send(kind, json.dumps(fields).encode())

    def send(self, kind: bytes, payload: bytes | bytearray) -> None:
        """Send a frame."""
        self._pipe.write(HEAD.pack(kind, len(payload)))
        self._pipe.write(payload)
        self._pipe.flush()

    def pass_on(self, content: bytes | bytearray) -> None:
        """Send a piece of a table, of any length."""
        for at in range(0, len(content), PAYLOAD_LIMIT):
            self.send(DATA, content[at : at + PAYLOAD_LIMIT])


def frames_of(pipe: BinaryIO) -> Iterator[Frame]:
    """Give the frames until the other side closes; BadFrameError where they are none."""
    while head := pipe.read(HEAD.size):
        if len(head) < HEAD.size:
            raise BadFrameError
        kind, length = HEAD.unpack(head)
        limit = PAYLOAD_LIMIT if kind == DATA else NOTE_LIMIT
        if kind not in _KINDS or length > limit:
            raise BadFrameError
        payload = pipe.read(length)
        if len(payload) < length:
            raise BadFrameError
        yield kind, payload
