"""A user's private keys, locked under their password.

Nothing is stored to compare a password with: it is right if the slot opens.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop_app.vault import sealing
from desktop_app.vault.cost import SALT_BYTES, KdfCost
from desktop_app.vault.sealing import KEY_BYTES, WrongKeyError, labelled

PASSWORD = "password"  # noqa: S105 - the kind of slot, not a password


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


def locked(
    keys: KeyPair, root_fingerprint: bytes, password: str, cost: KdfCost, place: bytes
) -> Slot:
    """Return private keys and the root fingerprint locked under a password (0.2 s and more)."""
    salt = os.urandom(SALT_BYTES)
    payload = bytearray(
        keys.signing.private_bytes_raw() + keys.box.private_bytes_raw() + root_fingerprint
    )
    key = cost.derive(password, salt)
    sealed = sealing.wrap(key, payload, place)
    key.wipe()
    payload[:] = bytes(len(payload))
    return Slot(cost, salt, sealed)


def opened(slot: Slot, password: str, place: bytes) -> tuple[KeyPair, bytes]:
    """Return the private keys and the root fingerprint; WrongKeyError for a wrong password."""
    key = slot.cost.derive(password, slot.salt)
    try:
        payload = sealing.unwrap(key, slot.sealed, place)
    finally:
        key.wipe()
    if len(payload) != 3 * KEY_BYTES:
        raise WrongKeyError
    raw = memoryview(payload.buffer)
    keys = KeyPair(
        Ed25519PrivateKey.from_private_bytes(raw[:KEY_BYTES]),
        X25519PrivateKey.from_private_bytes(raw[KEY_BYTES : 2 * KEY_BYTES]),
    )
    root = bytes(raw[2 * KEY_BYTES :])
    raw.release()
    payload.wipe()
    return keys, root


def slot_place(install: str, user_id: str) -> bytes:
    """Return the label that binds a slot to its store and user."""
    return labelled("slot/v1", install, user_id, PASSWORD)
