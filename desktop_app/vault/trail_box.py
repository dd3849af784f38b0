"""What the trail's contents are sealed with.

Each session (somebody signed in, one open program) has a random AES-256 key. It lies in the store
sealed to the trail's mailbox (HPKE), so everybody can append while only readers of the trail can
open it; an event then costs one AES-GCM. A session's name is the hash of all that lies in the clear
about it, so that nothing of it can be exchanged.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop_app.vault import sealing
from desktop_app.vault.sealing import WrongKeyError, labelled
from desktop_app.vault.secret import SecretBytes

SESSION_BYTES = 16
CHECKPOINT = "trail/checkpoint/v1"
SESSION = "trail/session/v1"
_NONCE = 12
_ANCHOR_BYTES = 10


@dataclass(frozen=True, slots=True)
class SessionHead:
    """What lies in the clear about a session, with its key sealed to the readers of the trail.

    `box` is the version of the mailbox; `sign_key` is empty where nobody can sign (recovery key).
    """

    box: int
    user_id: str
    sign_key: bytes
    started_ms: int
    sealed_key: bytes

    def name(self, install: str) -> bytes:
        """Return the 16 bytes that name this session and no other."""
        parts = (install, *self._facts(), self.sealed_key.hex())
        return hashlib.sha256(labelled("trail/session-name/v1", *parts)).digest()[:SESSION_BYTES]

    def place(self, install: str) -> bytes:
        """Return the label that binds the sealed key to its session."""
        return labelled("trail/session-key/v1", install, *self._facts())

    def _facts(self) -> tuple[str, ...]:
        return str(self.box), self.user_id, self.sign_key.hex(), str(self.started_ms)


class ContentCipher:
    """Seals and opens the contents of the events of one session."""

    __slots__ = ("_aead", "_place")

    def __init__(self, key: SecretBytes, install: str, name: bytes) -> None:
        self._aead = AESGCM(key.buffer)
        self._place = labelled("trail/content/v1", install, name.hex())

    def seal(self, seq: int, plain: bytes) -> bytes:
        """Return the contents of event `seq`, encrypted and bound to its number and session."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, plain, self._place + seq.to_bytes(8, "big"))

    def open(self, seq: int, sealed: bytes) -> bytes:
        """Return what was sealed; WrongKeyError for another event, session or key."""
        try:
            return self._aead.decrypt(
                sealed[:_NONCE], sealed[_NONCE:], self._place + seq.to_bytes(8, "big")
            )
        except (InvalidTag, ValueError):
            raise WrongKeyError from None


def begin_session(
    install: str, box: int, public: bytes, user_id: str, sign_key: bytes, started_ms: int
) -> tuple[SessionHead, ContentCipher]:
    """Return a new session: what is stored of it, and what seals its events."""
    key = SecretBytes(secrets.token_bytes(sealing.KEY_BYTES))
    head = SessionHead(box, user_id, sign_key, started_ms, b"")
    sealed = sealing.seal(public, key, head.place(install))
    head = SessionHead(box, user_id, sign_key, started_ms, sealed)
    cipher = ContentCipher(key, install, head.name(install))
    key.wipe()
    return head, cipher


def open_session(install: str, head: SessionHead, private: SecretBytes) -> ContentCipher:
    """Return what opens the events of a session; WrongKeyError where the key does not fit."""
    box = X25519PrivateKey.from_private_bytes(private.buffer)
    key = sealing.unseal(box, head.sealed_key, head.place(install))
    try:
        return ContentCipher(key, install, head.name(install))
    finally:
        key.wipe()


def note(install: str, seq: int, head: bytes) -> bytes:
    """Return the three lines of a checkpoint (C2SP): origin, size, head."""
    return f"{origin(install)}\n{seq}\n{base64.b64encode(head).decode()}\n".encode()


def origin(install: str) -> str:
    """Return the name of a store's trail in checkpoints."""
    return f"clopos-desk/trail/{install}"


def signed_by(public: bytes, install: str, seq: int, head: bytes, signature: bytes) -> bool:
    """Tell whether the holder of a key signed the trail up to event `seq`."""
    return sealing.verify(public, CHECKPOINT, note(install, seq, head), signature)


def anchor_code(head: bytes) -> str:
    """Return the 80 bits of a head that are printed: `7QK3-9MZD-4T2H-XA0F`."""
    return sealing.printable(head[:_ANCHOR_BYTES])
