"""What a child sent, kept compressed in memory: it is read twice, and no file of it may be left."""

from __future__ import annotations

import io
from typing import BinaryIO

import zstandard
from typing_extensions import override

_PIECE = 1 << 20
_LEVEL = 1
_KEPT_LIMIT = 96 << 20


class TooMuchError(ValueError):
    """More would have to be kept than one file may take."""


class Spool:
    """Bytes that are put in once and read any number of times."""

    def __init__(self) -> None:
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self._pieces: list[bytes] = []
        self._last = bytearray()
        self._kept = 0
        self.size = 0

    def put(self, content: bytes) -> None:
        """Add bytes at the end; TooMuchError where memory would not do."""
        self._last += content
        self.size += len(content)
        if len(self._last) >= _PIECE:
            self._pack()

    def close(self) -> None:
        """Say that all of it is there."""
        self._pack()

    def open(self) -> BinaryIO:
        """Return the bytes as a file."""
        return io.BufferedReader(_Reading(self._pieces), _PIECE)

    def _pack(self) -> None:
        piece = self._compressor.compress(self._last)
        self._last.clear()
        self._kept += len(piece)
        if self._kept > _KEPT_LIMIT:
            raise TooMuchError
        self._pieces.append(piece)


class _Reading(io.RawIOBase):
    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = iter(pieces)
        self._expander = zstandard.ZstdDecompressor()
        self._now = memoryview(b"")

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._now:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._now = memoryview(self._expander.decompress(piece))
        count = min(len(buffer), len(self._now))
        buffer[:count] = self._now[:count]
        self._now = self._now[count:]
        return count
