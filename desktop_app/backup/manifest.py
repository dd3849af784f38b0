"""Manifests: what a snapshot consists of.

The *public* manifest can be read by everybody who can read the folder: names, sizes and SHA-256
of objects, the parent, a total of rows. The *private* one is an object, sealed like the packs: the
pages of each file, their common hash, the small files and the facts about the rows.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from desktop_app.backup.packs import PackIndex

FORMAT = "pos-pages/1"
# A manifest holds its own SHA-256, taken with zeros in its place.
_NO_CHECK = "0" * 64
_ZEROS = _NO_CHECK.encode()
_SHA = re.compile(r"[0-9a-f]{64}\Z")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\Z")
_DEVICE = re.compile(r"[a-z0-9]{16}\Z")

Json: TypeAlias = Mapping[str, Any]


class BadManifestError(ValueError):
    """The bytes are no manifest of this format."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object by its SHA-256, which is also its name."""

    name: str
    size: int
    file: str


@dataclass(frozen=True, slots=True)
class PublicManifest:
    """What everybody may know about a snapshot. `at` is milliseconds since 1970."""

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
            fields = dict(json.loads(content))
            check = str(fields["check"]).encode()
            if fields["format"] != FORMAT or check != _check(content.replace(check, _ZEROS, 1)):
                raise BadManifestError
            fields["private"] = _stored(fields["private"])
            fields["objects"] = [_stored(entry) for entry in fields["objects"]]
            found = cls(**{name: fields[name] for name in cls.__slots__})
            if not _DEVICE.match(found.device) or found.seq < 1 or found.made.year < 1:
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
            fields = json.loads(content)
            if fields["format"] != FORMAT:
                raise BadManifestError
            return cls(
                str(fields["snapshot"]),
                [_file_state(one) for one in fields["files"]],
                [_pack_index(one) for one in fields["packs"]],
                dict(fields["facts"]),
                {
                    _file_name(name): base64.b64decode(text)
                    for name, text in fields["small_files"].items()
                },
            )
        except (KeyError, TypeError, ValueError):
            raise BadManifestError from None


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _stored(fields: Json) -> StoredObject:
    if not _SHA.match(fields["name"]):
        raise BadManifestError
    return StoredObject(fields["name"], int(fields["size"]), str(fields["file"]))


def _file_name(text: str) -> str:
    if not _FILE_NAME.match(text):
        raise BadManifestError
    return text


def _file_state(fields: Json) -> FileState:
    return FileState(
        _file_name(fields["name"]),
        int(fields["db_pages"]),
        _file_name(fields["file_name"]),
        bytes.fromhex(fields["salt"]),
        str(fields["root"]),
    )


def _pack_index(fields: Json) -> PackIndex:
    return PackIndex(
        str(fields["name"]),
        str(fields["file"]),
        bool(fields["closed"]),
        [(int(first), int(count)) for first, count in fields["runs"]],
        [int(size) for size in fields["frames"]],
    )
