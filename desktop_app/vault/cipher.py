"""Plain AES for file formats that prescribe it; our own data are sealed with AEAD instead."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC


def aes_cbc(key: bytes, vector: bytes, content: bytes) -> bytes:
    """Return whole blocks encrypted with AES-CBC, unpadded, as ISO 32000-2 prescribes it."""
    encryptor = Cipher(AES(key), CBC(vector)).encryptor()
    return encryptor.update(content) + encryptor.finalize()
