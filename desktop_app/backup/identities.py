"""The identities of a repository after its first: one for each recovery key that came later.

A recovery key that is made anew opens nothing that was sealed before it. So the repository gets
another identity, wrapped to the new key; from then on snapshots are sealed to that one, and those
before still need the old emergency sheet. Nothing that lies in the folder is changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.backup import age
from desktop_app.backup.fields import SHA, line, mapping, matching
from desktop_app.backup.target import Target
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.json_text import read_json
from desktop_app.kernel.words import msg

_FOLDER = "identities"
_NAME = re.compile(rf"{_FOLDER}/(\d{{8}})\.json\Z")
FIRST = 1
KEY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}\Z")
_PLAIN_FILE = re.compile(r"reader\.sh\Z|keys/[A-Za-z0-9][A-Za-z0-9-]{0,80}\.age\Z")
_LIMIT = 1 << 20
_MOST = 100


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom snapshots are sealed to, and which recovery key opens its secret half."""

    number: int
    recipient: str
    recovery_key_id: str
    sha256: Mapping[str, str]


def later(target: Target) -> list[Identity]:
    """Return the identities after the first, oldest first; DamagedError for one that is broken."""
    found = []
    for entry in target.list(_FOLDER)[:_MOST]:
        named = _NAME.match(entry.name)
        if named:
            found.append(_read(target, entry.name, int(named[1])))
    return sorted(found, key=lambda one: one.number)


def digests(fields: object) -> dict[str, str]:
    """Return the hashes of key files and tools by name; ValueError for any other name."""
    return {
        matching(name, _PLAIN_FILE): matching(digest, SHA)
        for name, digest in mapping(fields, _MOST).items()
    }


def add(target: Target, number: int, recipient: str, recovery_key_id: str) -> Identity:
    """Make an identity for the holder of another recovery key.

    ConflictError where another program has just made one of this number.
    """
    identity = age.new_identity()
    wrapped = bytes(age.encrypt(identity.encode() + b"\n", [recipient]).content)
    # Two programs may do this at once, and one of them may die in the middle.
    name = f"keys/{recovery_key_id}-{secrets.token_hex(4)}.age"
    digest = hashlib.sha256(wrapped).hexdigest()
    content = {
        "recipient": age.recipient_of(identity),
        "recovery_key_id": recovery_key_id,
        "sha256": {name: digest},
    }
    target.put_new(name, wrapped)
    target.put_new(_name(number), json.dumps(content, indent=1).encode() + b"\n")
    return _read(target, _name(number), number)


def _name(number: int) -> str:
    return f"{_FOLDER}/{number:08d}.json"


def _read(target: Target, name: str, number: int) -> Identity:
    try:
        fields = mapping(read_json(target.get(name, _LIMIT)), 100)
        age.recipient_public(fields["recipient"])
        return Identity(
            number,
            line(fields["recipient"]),
            matching(fields["recovery_key_id"], KEY_ID),
            digests(fields["sha256"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DamagedError(
            msg("{name} in {folder} is damaged.", name=name, folder=target.place),
            hint=msg("Copy it from another copy of this backup folder."),
        ) from None
