"""Packs: the objects that hold pages. A pack is an age file whose plaintext is zstd frames.

The first frame is one line of JSON (file, page size, runs of page numbers), the next frames hold
64 pages each, the last one 16 bytes of SHA-256 of every page.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass

import numpy as np
import zstandard

from desktop_app.backup import age
from desktop_app.backup.crypto import Bytes
from desktop_app.backup.pages import (
    HASH,
    PAGE,
    Hashes,
    Numbers,
    Pages,
    hashes,
    numbers_of,
    runs,
)
from desktop_app.kernel.json_text import read_json

PACK_PAGES = 4096
FRAME_PAGES = 64
_LEVEL = 1
_HEADER_LIMIT = 1 << 20

_mine = threading.local()


class BadPackError(ValueError):
    """A pack does not hold what its index says; `page` is 0 where no page can be named."""

    def __init__(self, page: int = 0) -> None:
        super().__init__(page)
        self.page = page


@dataclass(frozen=True, slots=True)
class PackIndex:
    """What the private manifest says about one pack."""

    name: str
    file: str
    closed: bool
    runs: list[tuple[int, int]]
    frames: list[int]

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return sum(count for _, count in self.runs)


@dataclass(frozen=True, slots=True)
class Packed:
    """A finished pack and what the manifests need to know about it."""

    content: bytearray
    index: PackIndex
    hashes: Hashes

    @property
    def size(self) -> int:
        """Return the size of the finished pack in bytes."""
        return len(self.content)


def pack(file: str, pages: Pages, numbers: Numbers, recipient: str, *, closed: bool) -> Packed:
    """Return pages as a pack, opened and compared again before it leaves the memory.

    `closed` says that the pages are SQLCipher's ciphertext.
    """
    page_runs = runs(numbers)
    found = hashes(pages)
    header = {"file": file, "closed": closed, "page_size": PAGE, "pages": page_runs}
    frames = [_compressed(json.dumps(header).encode() + b"\n")]
    view = pages.reshape(-1).data
    step = FRAME_PAGES * PAGE
    frames += [_compressed(view[at : at + step]) for at in range(0, len(view), step)]
    frames.append(_compressed(found.tobytes()))
    sealed = age.encrypt(b"".join(frames), [recipient])
    sizes = [len(frame) for frame in frames]
    del frames
    _compare(age.decrypt_with(sealed.content, sealed.file_key), sizes, view)
    name = hashlib.sha256(sealed.content).hexdigest()
    return Packed(sealed.content, PackIndex(name, file, closed, page_runs, sizes), found)


def unpack(plain: Bytes, index: PackIndex) -> tuple[Numbers, Pages, Hashes]:
    """Return page numbers, pages and their checked hashes; BadPackError where they disagree."""
    if sum(index.frames) != len(plain):
        raise BadPackError
    view = memoryview(plain)
    out = bytearray(index.count * PAGE)
    at = index.frames[0]
    header = read_json(_expanded(view[:at], _HEADER_LIMIT), size=_HEADER_LIMIT)
    if [tuple(run) for run in header["pages"]] != index.runs or header["file"] != index.file:
        raise BadPackError
    done = 0
    for size in index.frames[1:-1]:
        frame = _expanded(view[at : at + size], FRAME_PAGES * PAGE)
        out[done : done + len(frame)] = frame
        at += size
        done += len(frame)
    stored = _expanded(view[at:], index.count * HASH)
    if done != index.count * PAGE or len(out) != done or len(stored) != index.count * HASH:
        raise BadPackError
    pages = np.frombuffer(out, np.uint8).reshape(-1, PAGE)
    found = hashes(pages)
    numbers = numbers_of(index.runs)
    if found.tobytes() != stored:
        wrong = (found != np.frombuffer(stored, np.uint8).reshape(-1, HASH)).any(axis=1)
        raise BadPackError(int(numbers[np.nonzero(wrong)[0][0]]))
    return numbers, pages, found


def compressed_text(content: bytes) -> bytes:
    """Return small text as one zstd frame."""
    return _compressed(content)


def expanded_text(frame: Bytes, limit: int) -> bytes:
    """Return the content of one zstd frame; BadPackError where it is damaged or too long."""
    return _expanded(memoryview(frame), limit)


def _compressed(content: Bytes) -> bytes:
    if not hasattr(_mine, "compressor"):
        _mine.compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    frame: bytes = _mine.compressor.compress(content)
    return frame


def _expanded(frame: memoryview, limit: int) -> bytes:
    if not hasattr(_mine, "expander"):
        _mine.expander = zstandard.ZstdDecompressor()
    try:
        size = zstandard.frame_content_size(frame)
        if not 0 <= size <= limit:
            raise BadPackError
        content: bytes = _mine.expander.decompress(frame)
    except zstandard.ZstdError:
        raise BadPackError from None
    return content


def _compare(plain: bytearray, sizes: list[int], pages: memoryview) -> None:
    """Make sure that what was sealed opens to the same pages (memory errors, bugs)."""
    view = memoryview(plain)
    at, done = sizes[0], 0
    for size in sizes[1:-1]:
        frame = _expanded(view[at : at + size], FRAME_PAGES * PAGE)
        if frame != pages[done : done + len(frame)]:
            raise BadPackError
        at += size
        done += len(frame)
    if done != len(pages):
        raise BadPackError
