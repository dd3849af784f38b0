"""What this PC remembers of its last backup: the vectors and hashes of all pages.

It holds no secret and may be lost at any time: then the next snapshot is a whole one. A state is
named after the manifest it belongs to, so after a crash the one that fits what really lies in the
backup folder is found, and one that fits nothing (a PC set back, a disk cloned) is never used.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop_app.backup.disk import alone, replace_file, room_told
from desktop_app.backup.pages import HASH, Hashes, Vectors
from desktop_app.backup.source import sweep_spools
from desktop_app.kernel.json_text import read_json

_STATE = "state-{}.bin"
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class FileMemory:
    """The pages of one file at the last snapshot."""

    vectors: Vectors
    hashes: Hashes


class Memory:
    """The folder with what is remembered about one repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    @contextmanager
    def held(cls, folder: Path) -> Iterator[Memory]:
        """Open the folder for one run; ConflictError while another run has it."""
        with room_told(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(folder / "lock"):
            sweep_spools(folder)
            yield cls(folder)

    def device(self) -> str:
        """Return the random name this PC has in the repository."""
        path = self.folder / "device"
        if not path.is_file():
            return self.new_device()
        return path.read_text("ascii").strip()

    def new_device(self) -> str:
        """Take another name (this one is used by somebody else, too) and forget everything."""
        name = secrets.token_hex(8)
        with room_told(self.folder):
            replace_file(self.folder / "device", name.encode())
        self._drop_except("")
        return name

    def newest(self) -> int:
        """Return the highest sequence number remembered, 0 for none."""
        found = [state[0] for path in self._states() if (state := _read(path))]
        return max(found, default=0)

    def recall(self, manifest_sha256: str) -> dict[str, FileMemory] | None:
        """Return the state that belongs to a manifest, or None."""
        path = self.folder / _STATE.format(manifest_sha256)
        found = _read(path) if path.is_file() else None
        return found[1] if found else None

    def keep(self, manifest_sha256: str, seq: int, files: Mapping[str, FileMemory]) -> None:
        """Write down a state, before its manifest is written."""
        names = [{"name": name, "pages": len(one.vectors)} for name, one in files.items()]
        parts: list[bytes | memoryview] = [
            json.dumps({"seq": seq, "files": names}).encode() + b"\n"
        ]
        for one in files.values():
            parts += [one.vectors.tobytes(), one.hashes.tobytes()]
        digest = hashlib.sha256()
        for part in parts:
            digest.update(part)
        with room_told(self.folder):
            path = self.folder / _STATE.format(manifest_sha256)
            replace_file(path, *parts, digest.digest())

    def settle(self, manifest_sha256: str) -> None:
        """Forget all other states: the manifest is written."""
        self._drop_except(_STATE.format(manifest_sha256))

    def _states(self) -> list[Path]:
        return list(self.folder.glob(_STATE.format("*")))

    def _drop_except(self, name: str) -> None:
        for path in [*self._states(), *self.folder.glob("*.tmp")]:
            if path.name != name:
                path.unlink(missing_ok=True)


def _read(path: Path) -> tuple[int, dict[str, FileMemory]] | None:
    content = path.read_bytes()
    view = memoryview(content)
    if hashlib.sha256(view[:-_DIGEST]).digest() != bytes(view[-_DIGEST:]):
        return None
    at = content.index(b"\n") + 1
    header = read_json(content[:at])
    found = {}
    for one in header["files"]:
        count = int(one["pages"])
        marks = np.frombuffer(content, np.uint64, count * 2, at).reshape(-1, 2)
        at += count * 16
        known = np.frombuffer(content, np.uint8, count * HASH, at).reshape(-1, HASH)
        at += count * HASH
        found[str(one["name"])] = FileMemory(marks, known)
    return int(header["seq"]), found
