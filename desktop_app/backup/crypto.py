"""The few cryptographic primitives a backup is made of; nothing else here imports `cryptography`.

X25519 and ChaCha20-Poly1305 for age files, AES-256 for the pages of SQLCipher, hashes and HMACs
from the standard library. Everything that takes long releases the interpreter lock.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

Bytes: TypeAlias = bytes | bytearray | memoryview

TAG = 16
_BLOCK = 16


class BrokenSealError(ValueError):
    """The authentication tag does not match: damaged, tampered with, or another key."""


def new_secret() -> bytes:
    """Return a fresh X25519 secret of 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(secret: bytes) -> bytes:
    """Return the public half of an X25519 secret."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def agree(secret: bytes, public: bytes) -> bytes:
    """Return the secret that two X25519 parties share; ValueError for a low-order point."""
    theirs = X25519PublicKey.from_public_bytes(public)
    return X25519PrivateKey.from_private_bytes(secret).exchange(theirs)


def derive(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA-256 (RFC 5869)."""
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(extracted, purpose + b"\x01", "sha256")


class Seal:
    """ChaCha20-Poly1305 under one key, into buffers the caller owns."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def close_into(self, nonce: bytes, plain: Bytes, out: memoryview) -> None:
        """Write ciphertext and tag of `plain` to `out` (16 bytes longer)."""
        self._cipher.encrypt_into(nonce, plain, None, out)

    def open_into(self, nonce: bytes, sealed: Bytes, out: memoryview) -> None:
        """Write the plaintext of `sealed` to `out` (16 bytes shorter), or raise BrokenSealError."""
        try:
            self._cipher.decrypt_into(nonce, sealed, None, out)
        except InvalidTag:
            raise BrokenSealError from None

    def close(self, nonce: bytes, plain: bytes) -> bytes:
        """Return ciphertext and tag."""
        return self._cipher.encrypt(nonce, plain, None)

    def open(self, nonce: bytes, sealed: bytes) -> bytes:
        """Return the plaintext, or raise BrokenSealError."""
        try:
            return self._cipher.decrypt(nonce, sealed, None)
        except InvalidTag:
            raise BrokenSealError from None


def decrypt_blocks(key: bytes, blocks: Bytes, out: memoryview) -> None:
    """Decrypt AES blocks without chaining (the caller undoes CBC for many pages at once).

    `out` must have 15 spare bytes at the end, as the library asks for them.
    """
    cipher = Cipher(algorithms.AES(key), modes.ECB()).decryptor()  # noqa: S305 — CBC by hand
    cipher.update_into(blocks, out)


def encrypt_chained(key: bytes, start: bytes, plain: Bytes) -> bytearray:
    """Return AES-256-CBC of `plain` (whole blocks, no padding) from the vector `start`."""
    out = bytearray(len(plain) + _BLOCK - 1)
    Cipher(algorithms.AES(key), modes.CBC(start)).encryptor().update_into(plain, out)
    del out[len(plain) :]
    return out


def page_mac_key(key: bytes, salt: bytes) -> bytes:
    """Return the key that authenticates the pages of a SQLCipher 4 file opened with a raw key."""
    mask = bytes(byte ^ 0x3A for byte in salt)
    return hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)
