"""A password on a document: the standard security handler, revision 6, with AES-256.

ISO 32000-2, 7.6.4. The cipher itself comes from outside, because cryptography has its own home;
only `aes_cbc` is needed, without padding. A protected file cannot be PDF/A (ISO 19005-3, 6.1.3).
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.printing.writer import byte_string

AesCbc = Callable[[bytes, bytes, bytes], bytes]
"""Encrypts whole blocks: key (16 or 32 bytes), initial vector (16 bytes), content."""

_BLOCK = 16
_LONGEST = 127
_LEAST_ROUNDS = 64
_EVERYTHING_ALLOWED = -1
_NO_VECTOR = b"\0" * _BLOCK
_HASHES = (hashlib.sha256, hashlib.sha384, hashlib.sha512)


class PasswordProtection:
    """Encrypts one document under a password; printing and reading aloud stay allowed."""

    def __init__(self, password: str, aes_cbc: AesCbc) -> None:
        """Prepare the keys; InvalidError unless the password is plain ASCII.

        Readers disagree on how to read any other letter, and would lock people out.
        """
        if not password or len(password) > _LONGEST or not password.isascii():
            raise InvalidError(
                msg(
                    "A document’s password must have 1 to 127 plain Latin letters, digits or signs."
                ),
                field="protect",
                hint=msg("Letters such as ə, ı or ş do not open the file in every reader."),
            )
        self._aes_cbc = aes_cbc
        self._key = os.urandom(32)
        user, owner = password.encode("ascii"), os.urandom(32)
        self._user, self._user_key = self._entry(user, b"")
        self._owner, self._owner_key = self._entry(owner, self._user)
        permissions = struct.pack("<i", _EVERYTHING_ALLOWED) + b"\xff" * 4 + b"Tadb"
        # one block: CBC without a vector is what the standard calls ECB
        self._permissions = aes_cbc(self._key, _NO_VECTOR, permissions + os.urandom(4))

    def encrypt(self, content: bytes) -> bytes:
        """Return one string or stream encrypted, its initial vector in front."""
        vector = os.urandom(_BLOCK)
        missing = _BLOCK - len(content) % _BLOCK
        return vector + self._aes_cbc(self._key, vector, content + bytes([missing]) * missing)

    def dictionary(self) -> str:
        """Return the encryption dictionary."""
        return (
            f"<</Filter/Standard/V 5/R 6/Length 256/P {_EVERYTHING_ALLOWED}"
            f"/U{byte_string(self._user)}/UE{byte_string(self._user_key)}"
            f"/O{byte_string(self._owner)}/OE{byte_string(self._owner_key)}"
            f"/Perms{byte_string(self._permissions)}/EncryptMetadata true"
            "/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF>>"
        )

    def _entry(self, password: bytes, user: bytes) -> tuple[bytes, bytes]:
        """Return a password's check value and the document key wrapped under it."""
        check_salt, key_salt = os.urandom(8), os.urandom(8)
        check = self._hash(password, check_salt, user) + check_salt + key_salt
        wrapping = self._hash(password, key_salt, user)
        return check, self._aes_cbc(wrapping, _NO_VECTOR, self._key)

    def _hash(self, password: bytes, salt: bytes, user: bytes) -> bytes:
        """Return algorithm 2.B of the standard."""
        key = hashlib.sha256(password + salt + user).digest()
        rounds, last = 0, 0
        while rounds < _LEAST_ROUNDS or last > rounds - 32:
            block = self._aes_cbc(key[:16], key[16:32], (password + key + user) * 64)
            key = _HASHES[sum(block[:16]) % 3](block).digest()
            last = block[-1]
            rounds += 1
        return key[:32]
