"""What one guess at a password costs: Argon2id and its parameters.

The floor is the second choice of RFC 9106 (64 MiB, three passes), a sixth of a second on an office
PC. The ceiling is checked before anything is derived, so that a planted key file cannot stop the
program by asking for terabytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.errors import InvalidError, UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.vault.secret import SecretBytes, forget

KEY_BYTES = 32
SALT_BYTES = 16
_MIB = 1024
_LEAST_KIB, _MOST_KIB = 64 * _MIB, 1024 * _MIB
_LEAST_PASSES, _MOST_PASSES = 3, 10
_MOST_LANES = 8
_LEAST_POSSIBLE_KIB = 8


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Memory (KiB), passes over it, and lanes of one Argon2id derivation."""

    memory_kib: int
    iterations: int
    lanes: int = 1

    FLOOR: ClassVar[KdfCost]

    def __post_init__(self) -> None:
        """Refuse a cost below the floor or above the ceiling."""
        fits = (
            _LEAST_KIB <= self.memory_kib <= _MOST_KIB
            and _LEAST_PASSES <= self.iterations <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        )
        if not fits:
            raise InvalidError(
                msg(
                    "A password check of {memory} MiB with {passes} passes is out of bounds.",
                    memory=self.memory_kib // _MIB,
                    passes=self.iterations,
                )
            )

    def derive(
        self, password: str, salt: bytes, *, secret: SecretBytes | None = None
    ) -> SecretBytes:
        """Return the 32-byte key of a password; a different spelling of the same text is the same.

        NFKC only: never trimmed, cut or folded. Lets go of the GIL, so a window stays alive.
        Whoever guesses needs the `secret` too, where there is one.
        """
        key = bytearray(KEY_BYTES)
        key_of_device = None if secret is None else secret.reveal()
        kdf = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.iterations,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
            secret=key_of_device,
        )
        typed = encoded(password)
        try:
            kdf.derive_into(typed, key)
        except MemoryError:
            raise UnavailableError(
                msg(
                    "There is not enough free memory to check the password ({memory} MiB).",
                    memory=self.memory_kib // _MIB,
                ),
                hint=msg("Close other programs and try again."),
            ) from None
        finally:
            size = len(typed)
            forget(typed)
            _scrub(size, secret)
        derived = SecretBytes(key)
        key[:] = bytes(KEY_BYTES)
        return derived


def _scrub(size: int, secret: SecretBytes | None) -> None:
    """Derive from zeros where OpenSSL has just left a password in memory it gave back.

    Found by scanning: its parameters are copied to one block; as long a password takes the same.
    """
    Argon2id(
        salt=bytes(SALT_BYTES),
        length=KEY_BYTES,
        iterations=1,
        lanes=1,
        memory_cost=_LEAST_POSSIBLE_KIB,
        secret=None if secret is None else bytes(len(secret)),
    ).derive(bytes(size))


KdfCost.FLOOR = KdfCost(_LEAST_KIB, _LEAST_PASSES)


def encoded(password: str) -> bytes:
    """Return the bytes of a password that are hashed, to be forgotten after use."""
    # surrogatepass: a console with the wrong encoding must not make a password impossible.
    normal = unicodedata.normalize("NFKC", password)
    typed = normal.encode("utf-8", errors="surrogatepass")
    if normal is not password:
        forget(normal)
    return typed


def calibrated(
    target_s: float = 0.5, *, time_of: Callable[[KdfCost], float] | None = None
) -> KdfCost:
    """Return the cost nearest to `target_s` seconds on this computer, never below the floor.

    Memory is doubled while the next step still fits, then passes fill the rest: memory is what a
    graphics card lacks.
    """
    measure = time_of or _seconds
    cost = KdfCost.FLOOR
    took = measure(cost)
    while took * 2 <= target_s and cost.memory_kib * 2 <= _MOST_KIB:
        cost = KdfCost(cost.memory_kib * 2, cost.iterations)
        took = measure(cost)
    passes = round(cost.iterations * target_s / max(took, 1e-6))
    return KdfCost(cost.memory_kib, min(max(passes, _LEAST_PASSES), _MOST_PASSES))


def _seconds(cost: KdfCost) -> float:
    start = monotonic()
    cost.derive("calibration", bytes(SALT_BYTES)).wipe()
    return monotonic() - start
