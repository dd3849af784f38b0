"""A user's private keys, locked under what they know: a password, a one-time code, a till PIN.

Nothing is stored to compare a password with: it is right if the slot opens. What must not be
checkable before the password was derived lies in the slot as well: the secret of the
authenticator app, the lock of the quick PIN, the hour a one-time code ends.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import TracebackType
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop_app.kernel.access import Domain
from desktop_app.kernel.roles import RoleFacts
from desktop_app.vault import sealing
from desktop_app.vault.cost import SALT_BYTES, KdfCost
from desktop_app.vault.extras import NOTHING, Extras, extras_from, extras_json
from desktop_app.vault.sealing import KEY_BYTES, WrongKeyError, labelled
from desktop_app.vault.secret import SecretBytes, forget

_KEYS_BYTES = 3 * KEY_BYTES
_DEVICE_BYTES = 4


class SlotKind(StrEnum):
    """The ways of signing in that leave something in the key file."""

    PASSWORD = "password"  # noqa: S105 - the kind of slot, not a password
    CODE = "code"
    TILL = "till"


@dataclass(frozen=True, slots=True)
class Slot:
    """What the key file holds for one user and one way of signing in."""

    cost: KdfCost
    salt: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A user's private keys: one signs, one opens what is sealed to them."""

    signing: Ed25519PrivateKey
    box: X25519PrivateKey

    @classmethod
    def random(cls) -> KeyPair:
        """Return fresh keys."""
        return cls(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    @property
    def sign_key(self) -> bytes:
        """Return the public key that verifies this user's signatures."""
        return self.signing.public_key().public_bytes_raw()

    @property
    def box_key(self) -> bytes:
        """Return the public key to seal to."""
        return self.box.public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """What a slot held, and the key to lock it again; used in a `with`, which wipes that key."""

    keys: KeyPair
    root: bytes
    extras: Extras
    slot: Slot
    _place: bytes
    _key: SecretBytes

    def following(self, root: bytes) -> OpenSlot:
        """Return this slot as it is once it remembers the root that followed; derives nothing."""
        known = replace(self, root=root)
        return replace(known, slot=known.relocked(self.extras))

    def relocked(self, extras: Extras) -> Slot:
        """Return the slot with other extras under the same password; derives nothing."""
        sealed = sealing.wrap(self._key, _payload(self.keys, self.root, extras), self._place)
        return replace(self.slot, sealed=sealed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._key.wipe()


def locked(
    keys: KeyPair,
    root_fingerprint: bytes,
    password: str,
    cost: KdfCost,
    place: bytes,
    *,
    extras: Extras = NOTHING,
    device_secret: SecretBytes | None = None,
) -> Slot:
    """Return private keys and the root fingerprint locked under a password (0.2 s and more).

    With a `device_secret` the slot opens on that computer only.
    """
    salt = os.urandom(SALT_BYTES)
    payload = _payload(keys, root_fingerprint, extras)
    key = cost.derive(password, salt, secret=device_secret)
    sealed = sealing.wrap(key, payload, place)
    key.wipe()
    payload[:] = bytes(len(payload))
    return Slot(cost, salt, sealed)


def open_slot(
    slot: Slot, password: str, place: bytes, *, device_secret: SecretBytes | None = None
) -> OpenSlot:
    """Return what a slot holds; WrongKeyError for a wrong password, computer or place."""
    key = slot.cost.derive(password, slot.salt, secret=device_secret)
    try:
        payload = sealing.unwrap(key, slot.sealed, place)
        try:
            keys, root, extras = _parsed(payload)
        finally:
            payload.wipe()
    except BaseException:
        key.wipe()
        raise
    return OpenSlot(keys, root, extras, slot, place, key)


def opened(slot: Slot, password: str, place: bytes) -> tuple[KeyPair, bytes]:
    """Return the private keys and the root fingerprint; WrongKeyError for a wrong password."""
    with open_slot(slot, password, place) as found:
        return found.keys, found.root


def slot_place(install: str, user_id: str, kind: SlotKind = SlotKind.PASSWORD) -> bytes:
    """Return the label that binds a slot to its store, its user and its way of signing in."""
    return labelled("slot/v1", install, user_id, kind.value)


def slot_key(user_id: str, kind: SlotKind, device_secret: SecretBytes | None = None) -> str:
    """Return where the key file keeps a slot; a till PIN has one on each computer."""
    if kind is SlotKind.PASSWORD:
        return user_id  # as in the first version of the file
    if device_secret is None:
        return f"{user_id}/{kind}"
    return f"{user_id}/{kind}/{device_name(device_secret)}"


def device_name(device_secret: SecretBytes) -> str:
    """Return a short name of a computer that tells nothing about its secret."""
    digest = hashlib.sha256(labelled("device/v1") + device_secret.buffer)
    return digest.digest()[:_DEVICE_BYTES].hex()


def without(slots: Mapping[str, Slot], user_id: str) -> dict[str, Slot]:
    """Return the slots of everybody else."""
    return {k: v for k, v in slots.items() if k.partition("/")[0] != user_id}


def without_till(slots: Mapping[str, Slot], user_id: str) -> dict[str, Slot]:
    """Return the slots without somebody's till PINs."""
    start = slot_key(user_id, SlotKind.TILL)
    return {k: v for k, v in slots.items() if not k.startswith(start)}


def for_till(role: RoleFacts) -> bool:
    """Tell whether a till PIN may open a role: it reaches the till's domain and nothing else."""
    return role.domains <= {Domain.OPS} and not role.reads_trail


def keys_raw(keys: KeyPair) -> bytearray:
    """Return private keys as bytes, to be overwritten after use."""
    return bytearray(keys.signing.private_bytes_raw() + keys.box.private_bytes_raw())


def keys_from(raw: SecretBytes) -> KeyPair:
    """Return the private keys at the beginning of `raw`."""
    with memoryview(raw.buffer) as view:
        return KeyPair(
            Ed25519PrivateKey.from_private_bytes(view[:KEY_BYTES]),
            X25519PrivateKey.from_private_bytes(view[KEY_BYTES : 2 * KEY_BYTES]),
        )


def _payload(keys: KeyPair, root_fingerprint: bytes, extras: Extras) -> bytearray:
    return keys_raw(keys) + root_fingerprint + extras_json(extras)


def _parsed(payload: SecretBytes) -> tuple[KeyPair, bytes, Extras]:
    if len(payload) < _KEYS_BYTES:
        raise WrongKeyError
    root = bytes(payload.buffer[2 * KEY_BYTES : _KEYS_BYTES])
    more = bytes(payload.buffer[_KEYS_BYTES:])
    try:
        return keys_from(payload), root, extras_from(more)
    finally:
        forget(more)
