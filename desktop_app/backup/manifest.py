"""Manifests: what a snapshot consists of.

The *public* manifest can be read by everybody who can read the folder: names, sizes and SHA-256
of objects, the parent, a total of rows. The *private* one is an object, sealed like the packs: the
pages of each file, their common hash, the small files and the facts about the rows.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from desktop_app.backup.fields import (
    SHA,
    BadManifestError,
    Json,
    different,
    file_name,
    line,
    many,
    mapping,
    matching,
    truth,
    whole,
)
from desktop_app.backup.packs import FRAME_PAGES, PACK_PAGES, PackIndex
from desktop_app.kernel.json_text import read_json

FORMAT = "pos-pages/1"
# A manifest holds its own SHA-256, taken with zeros in its place.
_NO_CHECK = "0" * 64
_ZEROS = _NO_CHECK.encode()
_DEVICE = re.compile(r"[a-z0-9]{16}\Z")
_SALT = re.compile(r"[0-9a-f]{32}\Z")
PUBLIC_LIMIT = 32 << 20
PRIVATE_LIMIT = 256 << 20
_SEQ_LIMIT = 99_999_999
_PAGES_LIMIT = 1 << 31
_FRAME_LIMIT = 2 << 20
_FILES_LIMIT = 32
_OBJECTS_LIMIT = 200_000
_SMALL_LIMIT = 16 << 20
_TABLES_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object by its SHA-256, which is also its name."""

    name: str
    size: int
    file: str


@dataclass(frozen=True, slots=True)
class PublicManifest:
    """What everybody may know about a snapshot. `at` is milliseconds since 1970.

    `trail` is the caller's anchor of its audit trail: number and hash of the newest event.
    """

    device: str
    device_name: str
    seq: int
    at: int
    program: str
    repository: str
    recipient: str
    recovery_key_id: str
    base: bool
    parent: int | None
    parent_sha256: str
    rows: int
    bytes_added: int
    base_bytes: int
    delta_bytes: int
    deltas: int
    private: StoredObject
    objects: list[StoredObject]
    trail: Json | None = None

    @property
    def id(self) -> str:
        """Return the name people and commands use for the snapshot."""
        return f"{self.device}-{self.seq}"

    @property
    def made(self) -> datetime:
        """Return when it was made, by the clock of the PC that made it."""
        return datetime.fromtimestamp(self.at / 1000, UTC)

    def all_objects(self) -> list[StoredObject]:
        """Return every object the snapshot added."""
        return [*self.objects, self.private]

    def to_bytes(self) -> bytes:
        """Return the JSON text of the manifest."""
        fields = {"format": FORMAT, "check": _NO_CHECK, **asdict(self)}
        content = json.dumps(fields, indent=1).encode() + b"\n"
        return content.replace(_ZEROS, _check(content), 1)

    @classmethod
    def from_bytes(cls, content: bytes) -> PublicManifest:
        """Read a manifest; BadManifestError for anything else."""
        try:
            fields = mapping(read_json(content, size=PUBLIC_LIMIT), 100)
            check = matching(fields["check"], SHA).encode()
            if fields["format"] != FORMAT or check != _check(content.replace(check, _ZEROS, 1)):
                raise BadManifestError
            found = cls(**_public(fields))
            if not found.made.year:
                raise BadManifestError
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            raise BadManifestError from None
        return found


@dataclass(frozen=True, slots=True)
class FileState:
    """One file at the moment of the snapshot; `root` is the hash over all its pages."""

    name: str
    db_pages: int
    file_name: str
    salt: bytes
    root: str


@dataclass(frozen=True, slots=True)
class PrivateManifest:
    """What only the owner of the recovery key may know about a snapshot."""

    snapshot: str
    files: list[FileState]
    packs: list[PackIndex]
    facts: Json
    small_files: Mapping[str, bytes] = field(repr=False)

    def to_bytes(self) -> bytes:
        """Return the JSON text of the manifest."""
        content = {
            "format": FORMAT,
            "snapshot": self.snapshot,
            "files": [{**asdict(one), "salt": one.salt.hex()} for one in self.files],
            "packs": [asdict(one) for one in self.packs],
            "facts": self.facts,
            "small_files": {
                name: base64.b64encode(content).decode()
                for name, content in self.small_files.items()
            },
        }
        return json.dumps(content).encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes) -> PrivateManifest:
        """Read a manifest; BadManifestError for anything else."""
        try:
            fields = mapping(read_json(content, size=PRIVATE_LIMIT), 100)
            if fields["format"] != FORMAT:
                raise BadManifestError
            found = cls(
                line(fields["snapshot"]),
                [_file_state(one) for one in many(fields["files"], _FILES_LIMIT)],
                [_pack_index(one) for one in many(fields["packs"], _OBJECTS_LIMIT)],
                _facts(fields["facts"]),
                {
                    file_name(name): _small(text)
                    for name, text in mapping(fields["small_files"], _FILES_LIMIT).items()
                },
            )
            _agree(found)
        except (KeyError, TypeError, ValueError):
            raise BadManifestError from None
        return found


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _public(fields: Json) -> dict[str, Any]:
    seq = whole(fields["seq"], 1, _SEQ_LIMIT)
    base = truth(fields["base"])
    counts = ("at", "rows", "bytes_added", "base_bytes", "delta_bytes", "deltas")
    texts = ("device_name", "program", "repository", "recipient", "recovery_key_id")
    return {
        "device": matching(fields["device"], _DEVICE),
        "seq": seq,
        "base": base,
        "parent": None
        if base and fields["parent"] is None
        else whole(fields["parent"], 1, seq - 1),
        "parent_sha256": line(fields["parent_sha256"]),
        "private": _stored(fields["private"]),
        "trail": _trail(fields.get("trail")),  # not in manifests of the first release
        "objects": [_stored(one) for one in many(fields["objects"], _OBJECTS_LIMIT)],
        **{name: whole(fields[name]) for name in counts},
        **{name: line(fields[name]) for name in texts},
    }


def _trail(fields: Json | None) -> Json | None:
    if fields is None:
        return None
    return {"events": whole(fields["events"], 1), "head": matching(fields["head"], SHA)}


def _stored(fields: Json) -> StoredObject:
    return StoredObject(
        matching(fields["name"], SHA), whole(fields["size"]), line(fields["file"], 64)
    )


def _file_state(fields: Json) -> FileState:
    return FileState(
        file_name(fields["name"]),
        whole(fields["db_pages"], 1, _PAGES_LIMIT),
        file_name(fields["file_name"]),
        bytes.fromhex(matching(fields["salt"], _SALT)),
        matching(fields["root"], SHA),
    )


def _pack_index(fields: Json) -> PackIndex:
    runs = [
        (whole(first, 1, _PAGES_LIMIT), whole(count, 1, PACK_PAGES))
        for first, count in many(fields["runs"], PACK_PAGES)
    ]
    frames = [whole(size, 1, _FRAME_LIMIT) for size in many(fields["frames"], PACK_PAGES)]
    found = PackIndex(
        matching(fields["name"], SHA), file_name(fields["file"]), truth(fields["closed"]), runs,
        frames,
    )  # fmt: skip
    ascending = all(one + count <= other for (one, count), (other, _) in pairwise(runs))
    expected = -(-found.count // FRAME_PAGES) + 2
    if not runs or not ascending or found.count > PACK_PAGES or len(frames) != expected:
        raise BadManifestError
    return found


def _small(text: Any) -> bytes:
    if not isinstance(text, str) or len(text) > _SMALL_LIMIT:
        raise BadManifestError
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise BadManifestError from None


def _facts(fields: Any) -> dict[str, Any]:
    """Return the caller's facts; those that are counted with are numbers."""
    facts = mapping(fields, 100)
    for name, rows in mapping(facts["rows"], _TABLES_LIMIT).items():
        line(name)
        whole(rows)
    if facts.get("trail") is not None:
        whole(mapping(facts["trail"], 100)["events"])
    return facts


def _agree(found: PrivateManifest) -> None:
    """Refuse a manifest whose packs hold pages that none of its files has."""
    sizes = {one.name: one.db_pages for one in found.files}
    different([*sizes])
    different([*(one.file_name for one in found.files), *found.small_files])
    different([one.name for one in found.packs])
    for pack in found.packs:
        first, count = pack.runs[-1]
        if first + count - 1 > sizes.get(pack.file, 0):
            raise BadManifestError
    if len(sizes) != len(found.files):
        raise BadManifestError
