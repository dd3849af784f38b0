"""A repository: one folder of backups, sealed to one identity that only the recovery key opens.

The repository has an identity of its own. Its public half lies in the folder, its secret half only
wrapped to the recovery key: the PC that writes backups holds nothing that could read them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from desktop_app.backup import age, identities
from desktop_app.backup.fields import BadManifestError, line, mapping, matching
from desktop_app.backup.identities import FIRST, Identity
from desktop_app.backup.manifest import (
    FORMAT,
    PRIVATE_LIMIT,
    PUBLIC_LIMIT,
    PrivateManifest,
    PublicManifest,
)
from desktop_app.backup.packs import BadPackError, compressed_text, expanded_text
from desktop_app.backup.target import Target
from desktop_app.kernel.clock import Clock, SystemClock
from desktop_app.kernel.errors import (
    ConflictError,
    DamagedError,
    InvalidError,
    NotFoundError,
    UnavailableError,
)
from desktop_app.kernel.json_text import read_json
from desktop_app.kernel.words import msg

README = "README.json"
_MANIFEST = re.compile(r"d/([a-z0-9]{16})/s/(\d{8})\.json\Z")
_PLAIN_LIMIT = 1 << 20
_KEYS_LIMIT = 100
_TEXT = """Backups of Clopos Desk. {url}

Format {format}. Everything with data in it is an `age` file (https://age-encryption.org).
To read a backup without Clopos Desk you need the recovery key (a text that begins with
AGE-SECRET-KEY-1), and the programs age, zstd and dd:

  sh reader.sh FOLDER SNAPSHOT FILE RECOVERY_KEY_FILE OUTPUT

for example: sh reader.sh . 0123456789abcdef-12 ops recovery.txt ops.sqlite
Recovery key needed: {recovery_key_id}
SHA-256 of reader.sh: {reader_sha256}
"""


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A snapshot as a list shows it; `at` is by the clock of the PC that made it."""

    id: str
    seq: int
    at: datetime
    device: str
    device_name: str
    base: bool
    bytes_added: int
    rows: int
    recovery_key_id: str
    program: str
    trail: Mapping[str, Any] | None = None


def info_of(manifest: PublicManifest) -> SnapshotInfo:
    """Return what a list shows of a manifest."""
    return SnapshotInfo(
        manifest.id,
        manifest.seq,
        manifest.made,
        manifest.device,
        manifest.device_name,
        manifest.base,
        manifest.bytes_added,
        manifest.rows,
        manifest.recovery_key_id,
        manifest.program,
        manifest.trail,
    )


@dataclass(frozen=True, slots=True)
class Readme:
    """What the folder says about itself."""

    id: str
    recipient: str
    recovery_key_id: str
    sha256: Mapping[str, str]


class Repository:
    """Gives the manifests and objects of one folder, each checked against its name."""

    def __init__(self, target: Target, readme: Readme, later: Sequence[Identity] = ()) -> None:
        self.target = target
        self.id = readme.id
        first = Identity(FIRST, readme.recipient, readme.recovery_key_id, readme.sha256)
        self.identities = (first, *later)
        self.recipient = self.identities[-1].recipient
        self.recovery_key_id = self.identities[-1].recovery_key_id

    @classmethod
    def create(
        cls,
        target: Target,
        recipient: str,
        recovery_key_id: str,
        *,
        program: str = "",
        clock: Clock | None = None,
    ) -> Repository:
        """Make an empty repository for the holder of the recovery key `recipient`."""
        _check_key(recipient, recovery_key_id)
        target.probe()
        _require_empty(target)
        identity = age.new_identity()
        wrapped = age.encrypt(identity.encode() + b"\n", [recipient]).content
        reader = Path(__file__).with_name("reader.sh").read_bytes()
        content = {
            "format": FORMAT,
            "needs": program,
            "id": str(uuid4()),
            "created": (clock or SystemClock()).now().isoformat(timespec="seconds"),
            "recipient": age.recipient_of(identity),
            "recovery_key_id": recovery_key_id,
            "sha256": {
                _key_name(recovery_key_id): hashlib.sha256(wrapped).hexdigest(),
                "reader.sh": hashlib.sha256(reader).hexdigest(),
            },
        }
        text = _TEXT.format(
            url="https://clopos.com",
            reader_sha256=hashlib.sha256(reader).hexdigest(),
            **{name: content[name] for name in ("format", "recovery_key_id")},
        )
        target.put_new(_key_name(recovery_key_id), wrapped)
        target.put_new("reader.sh", reader)
        target.put_new("README.txt", text.encode())
        target.put_new(README, json.dumps(content, indent=1).encode() + b"\n")
        return cls.open(target)

    @classmethod
    def open(cls, target: Target) -> Repository:
        """Return the repository in a folder.

        NotFoundError where there is none, UnavailableError where a newer program made it.
        """
        try:
            fields = mapping(read_json(target.get(README, _PLAIN_LIMIT)), 100)
            readme = Readme(
                line(fields["id"]),
                line(fields["recipient"]),
                matching(fields["recovery_key_id"], identities.KEY_ID),
                identities.digests(fields["sha256"]),
            )
            layout = line(fields["format"])
            needs = line(fields.get("needs", ""))
            age.recipient_public(readme.recipient)
        except NotFoundError:
            raise NotFoundError(
                msg("There are no backups in {folder}.", folder=target.place),
                hint=msg("Check the folder, or set it up for backups first."),
            ) from None
        except (KeyError, TypeError, ValueError):
            raise DamagedError(
                msg("{name} in {folder} is damaged.", name=README, folder=target.place),
                hint=msg("Copy it from another copy of this backup folder."),
            ) from None
        if layout != FORMAT:
            raise UnavailableError(
                msg(
                    "The backups in {folder} have the format {format}, which is newer than this "
                    "program.",
                    folder=target.place,
                    format=layout,
                ),
                hint=msg("Install Clopos Desk {version} or newer.", version=needs),
            )
        return cls(target, readme, identities.later(target))

    def follow(self, recipient: str, recovery_key_id: str) -> Repository:
        """Return the repository as it goes on for the holder of another recovery key.

        What was sealed before stays with the key before. Asking again changes nothing.
        """
        if self.recovery_key_id == recovery_key_id:
            return self
        _check_key(recipient, recovery_key_id)
        number = self.identities[-1].number + 1
        try:
            identities.add(self.target, number, recipient, recovery_key_id)
        except ConflictError:  # another program was quicker
            return Repository.open(self.target).follow(recipient, recovery_key_id)
        return Repository.open(self.target)

    def snapshots(self) -> list[SnapshotInfo]:
        """Return the snapshots whose manifests can be read, oldest first."""
        found = []
        for device in self.devices():
            for seq in self.sequence(device):
                try:
                    found.append(info_of(self.manifest(device, seq)[0]))
                except DamagedError:
                    continue  # `verify` names it
        return sorted(found, key=lambda one: (one.at, one.device, one.seq))

    def devices(self) -> list[str]:
        """Return the devices that have written here."""
        names = (_MANIFEST.match(entry.name) for entry in self.target.list("d"))
        return sorted({found[1] for found in names if found})

    def sequence(self, device: str) -> list[int]:
        """Return the sequence numbers of a device's snapshots, ascending."""
        names = (_MANIFEST.match(one.name) for one in self.target.list(f"d/{device}/s"))
        return sorted(int(found[2]) for found in names if found)

    def manifest(self, device: str, seq: int) -> tuple[PublicManifest, str]:
        """Return a public manifest and its SHA-256; DamagedError where it cannot be read."""
        name = manifest_name(device, seq)
        content = self.target.get(name, PUBLIC_LIMIT)
        try:
            found = PublicManifest.from_bytes(content)
        except BadManifestError:
            raise damaged(self, name) from None
        if (found.device, found.seq, found.repository) != (device, seq, self.id):
            raise damaged(self, name)
        return found, hashlib.sha256(content).hexdigest()

    def find(self, snapshot: str) -> PublicManifest:
        """Return the public manifest of a snapshot by its id."""
        device, _, seq = snapshot.rpartition("-")
        if not seq.isdecimal() or not _MANIFEST.match(manifest_name(device, int(seq))):
            raise _no_snapshot(self, snapshot)
        try:
            return self.manifest(device, int(seq))[0]
        except NotFoundError:
            raise _no_snapshot(self, snapshot) from None

    def chain(self, newest: PublicManifest) -> list[PublicManifest]:
        """Return a snapshot and all it builds upon, newest first, links checked."""
        found = [newest]
        while not found[-1].base:
            child = found[-1]
            name = manifest_name(child.device, child.parent or 0)
            try:
                parent, digest = self.manifest(child.device, child.parent or 0)
            except NotFoundError:
                raise damaged(self, name) from None
            if digest != child.parent_sha256 or parent.seq >= child.seq:
                raise damaged(self, name)
            found.append(parent)
        return found

    def object(self, device: str, name: str) -> bytes:
        """Return an object; DamagedError where it is missing or not what its name says."""
        path = object_name(device, name)
        try:
            content = self.target.get(path)
        except NotFoundError:
            raise damaged(self, path) from None
        if hashlib.sha256(content).hexdigest() != name:
            raise damaged(self, path)
        return content

    def private(self, manifest: PublicManifest, identity: str) -> PrivateManifest:
        """Return the private manifest, opened with the repository's identity."""
        name = manifest.private.name
        if age.recipient_of(identity) != manifest.recipient:
            raise _other_key(manifest.recovery_key_id)
        content = self.object(manifest.device, name)
        try:
            text = expanded_text(age.decrypt(content, identity), PRIVATE_LIMIT)
            found = PrivateManifest.from_bytes(text)
        except (age.AgeError, BadPackError, BadManifestError):
            raise damaged(self, object_name(manifest.device, name)) from None
        if found.snapshot != manifest.id:
            raise damaged(self, object_name(manifest.device, name))
        return found

    def broken_plain_files(self) -> list[str]:
        """Return the key files and tools that are missing or changed."""
        broken = []
        plain = [pair for one in self.identities for pair in one.sha256.items()]
        for name, digest in plain:
            try:
                content = self.target.get(name, _PLAIN_LIMIT)
                good = hashlib.sha256(content).hexdigest() == digest
            except (NotFoundError, DamagedError):
                good = False
            if not good:
                broken.append(name)
        return broken

    def unlock(self, recovery_key: str) -> str:
        """Return the repository's identity, opened with the recovery key."""
        try:
            age.identity_secret(recovery_key)
        except ValueError:
            raise InvalidError(
                msg("This is no recovery key: it is mistyped or incomplete."),
                hint=msg("Type it again from the emergency sheet."),
                field="recovery_key",
            ) from None
        keys = [entry.name for entry in self.target.list("keys")][:_KEYS_LIMIT]
        bad = None
        for name in keys:
            try:
                return self._opened_key(name, recovery_key)
            except age.NoMatchError:
                continue
            except (ValueError, DamagedError):
                bad = name
        if bad or not keys:
            raise damaged(self, bad or _key_name(self.recovery_key_id))
        raise _other_key(self.recovery_key_id)

    def _opened_key(self, name: str, recovery_key: str) -> str:
        identity = age.decrypt(self.target.get(name, _PLAIN_LIMIT), recovery_key).decode().strip()
        if age.recipient_of(identity) not in {one.recipient for one in self.identities}:
            raise ValueError("the key of another repository")
        return identity


def sealed_text(content: bytes, recipient: str) -> bytes:
    """Return a private manifest as it is stored."""
    return bytes(age.encrypt(compressed_text(content), [recipient]).content)


def object_name(device: str, name: str) -> str:
    """Return where an object lies."""
    return f"d/{device}/o/{name[:2]}/{name}.age"


def manifest_name(device: str, seq: int) -> str:
    """Return where a public manifest lies."""
    return f"d/{device}/s/{seq:08d}.json"


def damaged(repository: Repository, name: str) -> DamagedError:
    """Return the error for an object that is missing or changed."""
    return DamagedError(
        msg("{name} in {folder} is damaged or missing.", name=name, folder=repository.target.place),
        hint=msg("Check the backups to see which snapshots are affected, and restore another."),
    )


def _key_name(recovery_key_id: str) -> str:
    return f"keys/{recovery_key_id}.age"


def _other_key(recovery_key_id: str) -> DamagedError:
    return DamagedError(
        msg("These backups need another recovery key: {id}.", id=recovery_key_id),
        hint=msg("Look for the emergency sheet that shows {id}.", id=recovery_key_id),
    )


def _check_key(recipient: str, recovery_key_id: str) -> None:
    try:
        age.recipient_public(recipient)
    except ValueError:
        raise InvalidError(msg("{key} is no public recovery key.", key=recipient)) from None
    if not identities.KEY_ID.match(recovery_key_id):
        raise InvalidError(msg("{id} is no name of a recovery key.", id=recovery_key_id))


def _require_empty(target: Target) -> None:
    if any(entry.name == README for entry in target.list("")):
        raise ConflictError(
            msg("There are backups in {folder} already.", folder=target.place),
            hint=msg("Use them, or choose another folder."),
        )


def _no_snapshot(repository: Repository, snapshot: str) -> NotFoundError:
    return NotFoundError(
        msg("There is no backup {id} in {folder}.", id=snapshot, folder=repository.target.place)
    )
