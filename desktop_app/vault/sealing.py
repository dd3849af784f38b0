"""The few primitives the key file is made of, each with its label, so that none fits elsewhere.

AES-256-GCM binds an envelope to its place by associated data; HPKE (RFC 9180: X25519, HKDF-SHA256,
AES-256-GCM) seals to a person's public key; HKDF makes sub-keys; Ed25519 signs with a purpose.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_app.vault.secret import SecretBytes

KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class WrongKeyError(Exception):
    """The envelope does not open: another key, another place, or damage."""


def canonical(value: Any) -> bytes:
    """Return the one encoding of a JSON value that is signed and hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def labelled(label: str, *parts: str) -> bytes:
    """Return an unmistakable label: no two different lists of parts encode alike."""
    return f"clopos-desk/{label}".encode() + b"\0" + canonical(parts)


def fingerprint(public: bytes) -> bytes:
    """Return the 32-byte fingerprint of a public key."""
    return hashlib.sha256(labelled("fingerprint/v1") + public).digest()


def printable(raw: bytes) -> str:
    """Return bytes (a multiple of five) as Crockford base32 in groups of four: `7QK3-9MZD`."""
    number = int.from_bytes(raw, "big")
    digits = [_CROCKFORD[number >> 5 * i & 31] for i in range(len(raw) * 8 // 5)][::-1]
    return "-".join("".join(digits[i : i + 4]) for i in range(0, len(digits), 4))


def derived(secret: SecretBytes, salt: bytes, info: bytes) -> SecretBytes:
    """Return the 32-byte sub-key of a strong secret (HKDF-SHA256)."""
    key = bytearray(KEY_BYTES)
    HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive_into(secret.buffer, key)
    sub_key = SecretBytes(key)
    key[:] = bytes(KEY_BYTES)
    return sub_key


def wrap(key: SecretBytes, payload: bytes | bytearray, place: bytes) -> bytes:
    """Return `payload` encrypted under `key`, bound to its `place`."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key.buffer).encrypt(nonce, payload, place)


def unwrap(key: SecretBytes, envelope: bytes, place: bytes) -> SecretBytes:
    """Return what was wrapped; WrongKeyError for another key or place."""
    length = len(envelope) - _NONCE_BYTES - _TAG_BYTES
    if length < 0:
        raise WrongKeyError
    plain = bytearray(length)
    try:
        AESGCM(key.buffer).decrypt_into(
            envelope[:_NONCE_BYTES], envelope[_NONCE_BYTES:], place, plain
        )
    except InvalidTag:
        raise WrongKeyError from None
    secret = SecretBytes(plain)
    plain[:] = bytes(length)
    return secret


def seal(public: bytes, secret: SecretBytes, place: bytes) -> bytes:
    """Return `secret` sealed to the holder of an X25519 key, bound to its `place`."""
    return _SUITE.encrypt(secret.buffer, X25519PublicKey.from_public_bytes(public), info=place)


def unseal(private: X25519PrivateKey, envelope: bytes, place: bytes) -> SecretBytes:
    """Return what was sealed; WrongKeyError for another key or place."""
    try:
        return SecretBytes(_SUITE.decrypt(envelope, private, info=place))
    except (InvalidTag, ValueError):
        raise WrongKeyError from None


def sign(private: Ed25519PrivateKey, purpose: str, message: bytes) -> bytes:
    """Return a signature that is good for this purpose only."""
    return private.sign(labelled("sign/v1", purpose) + message)


def verify(public: bytes, purpose: str, message: bytes, signature: bytes) -> bool:
    """Tell whether the holder of an Ed25519 key signed `message` for this purpose."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(signature, labelled("sign/v1", purpose) + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def to_text(raw: bytes) -> str:
    """Return bytes as they are written in the key file (base64)."""
    return base64.b64encode(raw).decode("ascii")


def from_text(text: str) -> bytes:
    """Return the bytes of `to_text`; ValueError for anything else."""
    return base64.b64decode(text, validate=True)
