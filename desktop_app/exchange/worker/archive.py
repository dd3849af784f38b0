"""ZIP archives: their directory is judged before anything is unpacked."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from desktop_app.exchange.worker.frames import PIECE, Refused
from desktop_app.exchange.worker.limits import MIB, Limits

_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_ACTIVE = re.compile(
    r"(vbaProject\.bin|vbaData\.xml|/(externalLinks|embeddings|activeX|macrosheets)/)",
    re.IGNORECASE,
)


class Archive:
    """A ZIP whose directory was found harmless. What it unpacks counts against one budget."""

    def __init__(self, file: BinaryIO, limits: Limits, spent: int = 0) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Refused("damaged") from None
        self._limits = limits
        self.unpacked = spent
        self.entries = [one for one in self._zip.infolist() if not one.is_dir()]
        self._judge(self._zip.infolist())

    @property
    def names(self) -> list[str]:
        """Return the names of the files inside."""
        return [one.filename for one in self.entries]

    def pieces(self, entry: zipfile.ZipInfo | str) -> Iterator[bytes]:
        """Give a file in pieces; Refused where it is damaged or not as long as it says."""
        try:
            with self._zip.open(entry) as source:
                while piece := source.read(PIECE):
                    self.unpacked += len(piece)
                    if self.unpacked > self._limits.unpacked:
                        raise Refused("unpacked", limit=self._limits.unpacked // MIB)
                    yield piece
        except KeyError:
            raise Refused("damaged") from None
        except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, OSError):
            raise Refused("damaged") from None
        except zipfile.zlib.error:  # type: ignore[attr-defined]
            raise Refused("damaged") from None

    def whole(self, entry: zipfile.ZipInfo | str) -> bytes:
        """Return a whole file."""
        return b"".join(self.pieces(entry))

    def _judge(self, entries: list[zipfile.ZipInfo]) -> None:
        limits = self._limits
        if len(entries) > limits.entries:
            raise Refused("entries", n=len(entries), limit=limits.entries)
        names = set()
        for one in entries:
            _judge_entry(one, limits)
            names.add(one.filename.casefold())
        if len(names) != len(entries):
            raise Refused("twice")
        if self.unpacked + sum(one.file_size for one in entries) > limits.unpacked:
            raise Refused("unpacked", limit=limits.unpacked // MIB)


def _judge_entry(one: zipfile.ZipInfo, limits: Limits) -> None:
    name = one.orig_filename
    if _leads_out(name):
        raise Refused("path", place=name[:120])
    mode = one.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Refused("link", place=name[:120])
    if one.flag_bits & _ENCRYPTED:
        raise Refused("encrypted")
    if one.compress_type not in _METHODS:
        raise Refused("method", place=name[:120])
    if one.file_size > MIB and one.file_size > limits.ratio * max(one.compress_size, 1):
        raise Refused("ratio", place=name[:120], limit=limits.ratio)
    if _ACTIVE.search("/" + name):
        raise Refused("active", place=name[:120])


def _leads_out(name: str) -> bool:
    return bool(
        not name
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or _CONTROL.search(name)
        or ".." in name.split("/")
    )
