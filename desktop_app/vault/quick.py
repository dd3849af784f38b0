"""Quick unlocking: who gave their password in this program today comes back with a PIN.

Their private keys stay in memory, sealed under Argon2id of the PIN. Five misses, twelve hours, a
suspended computer or the end of the program make an end of them; nothing of it is ever written.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop_app.kernel.clock import Clock, SystemClock, monotonic
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.vault import pins, sealing, throttle
from desktop_app.vault.cost import SALT_BYTES, KdfCost
from desktop_app.vault.extras import PinLock
from desktop_app.vault.sealing import KEY_BYTES, WrongKeyError, labelled
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import KeyPair, keys_from, keys_raw

LASTS = timedelta(hours=12)
_COST = KdfCost.FLOOR
_DRIFT = timedelta(minutes=2)  # a clock that is put right by the network


@dataclass(frozen=True, slots=True)
class Remembered:
    """Somebody who may come back with their PIN."""

    user_id: str
    name: str


@dataclass(slots=True)
class _Kept:
    who: Remembered
    salt: bytes
    sealed: bytearray
    ends_at: datetime
    ends_s: float
    misses: int = 0
    wait_until_s: float = 0.0


@dataclass(frozen=True, slots=True)
class OneSignature:
    """Signs one message for somebody whose PIN was right, and nothing after that."""

    user_id: str
    name: str
    _keys: list[KeyPair] = field(repr=False)

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Return the signature; NotAllowedError for a second one."""
        if not self._keys:
            raise NotAllowedError(msg("A PIN is good for one signature. Type it again."))
        return sealing.sign(self._keys.pop().signing, purpose, message)


class QuickUnlock:
    """The people who unlocked this program today. One an open window; safe on any thread."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def remember(self, who: Remembered, keys: KeyPair, lock: PinLock) -> None:
        """Keep somebody's keys for twelve hours under a PIN that `lock_of` has derived.

        Call it after a password, never after a PIN: the hours count from the password.
        """
        key = SecretBytes(lock.key)
        sealed = bytearray(sealing.wrap(key, keys_raw(keys), _place(who.user_id)))
        key.wipe()
        kept = _Kept(
            who, lock.salt, sealed, self._clock.now() + LASTS, monotonic() + LASTS.total_seconds()
        )
        with self._lock:
            self._drop(who.user_id)
            self._kept[who.user_id] = kept

    def people(self) -> list[Remembered]:
        """Return who may come back with a PIN now."""
        with self._lock:
            self._sweep()
            return [kept.who for kept in self._kept.values()]

    def wait_seconds(self, user_id: str) -> int:
        """Return for how many seconds no PIN is tried for somebody."""
        with self._lock:
            kept = self._kept.get(user_id)
            return 0 if kept is None else max(0, -int(-(kept.wait_until_s - monotonic()) // 1))

    def open(self, user_id: str, pin: str) -> KeyPair:
        """Return somebody's private keys; derives a key (0.2 s), so call it off the GUI's thread.

        NotAllowedError for a wrong PIN, with how many tries are left, while there is a wait, and
        where nobody is kept: a password is needed then.
        """
        with self._lock:
            self._sweep()
            kept = self._kept.get(user_id)
            if kept is None:
                raise _needs_password()
            wait = kept.wait_until_s - monotonic()
            if wait > 0:
                raise throttle.wait_error(-int(-wait // 1))
            # Counted before trying: two threads cannot have one try between them.
            kept.misses += 1
        key = _COST.derive(pin, kept.salt)
        try:
            raw = sealing.unwrap(key, bytes(kept.sealed), _place(user_id))
        except WrongKeyError:
            raise self._missed(user_id, kept) from None
        finally:
            key.wipe()
        with self._lock:
            kept.misses, kept.wait_until_s = 0, 0.0
        try:
            return keys_from(raw)
        finally:
            raw.wipe()

    def signer(self, user_id: str, pin: str) -> OneSignature:
        """Return what signs once for somebody; fails as `open` does."""
        keys = self.open(user_id, pin)
        with self._lock:
            kept = self._kept.get(user_id)
        return OneSignature(user_id, kept.who.name if kept else "", [keys])

    def also_opens(self, pin: str, but: str) -> list[str]:
        """Return the ids of the others kept here whose PIN is this one; no try is counted.

        For the review of access alone: whoever chooses a PIN is not told whose it is already.
        """
        with self._lock:
            self._sweep()
            others = [kept for user_id, kept in self._kept.items() if user_id != but]
        return [kept.who.user_id for kept in others if _opens(kept, pin)]

    def forget(self, user_id: str) -> None:
        """Throw somebody's keys away: they were removed, or their PIN was."""
        with self._lock:
            self._drop(user_id)

    def forget_all(self) -> None:
        """Throw everybody's keys away: the computer goes to sleep, the program ends."""
        with self._lock:
            for user_id in list(self._kept):
                self._drop(user_id)

    def _missed(self, user_id: str, kept: _Kept) -> NotAllowedError:
        with self._lock:
            left = pins.MISSES - kept.misses
            if left <= 0:
                self._drop(user_id)
                return NotAllowedError(
                    msg("Too many wrong PINs. The PIN works again after the password.")
                )
            kept.wait_until_s = monotonic() + throttle.delay_s(kept.misses)
        return NotAllowedError(
            msg("The PIN is wrong."),
            hint=msgs("{n} try is left.", "{n} tries are left.", left),
        )

    def _sweep(self) -> None:
        # Both clocks: one may be set back, the other may have slept.
        now, now_s = self._clock.now(), monotonic()
        for user_id, kept in list(self._kept.items()):
            early = now < kept.ends_at - LASTS - _DRIFT
            if now >= kept.ends_at or now_s >= kept.ends_s or early:
                self._drop(user_id)

    def _drop(self, user_id: str) -> None:
        kept = self._kept.pop(user_id, None)
        if kept is not None:
            kept.sealed[:] = bytes(len(kept.sealed))


def _opens(kept: _Kept, pin: str) -> bool:
    key = _COST.derive(pin, kept.salt)
    try:
        sealing.unwrap(key, bytes(kept.sealed), _place(kept.who.user_id)).wipe()
    except WrongKeyError:
        return False
    finally:
        key.wipe()
    return True


def lock_of(pin: str) -> PinLock:
    """Return a new PIN, derived (0.2 s); InvalidError where it is one of the first tried."""
    pins.check(pin)
    salt = os.urandom(SALT_BYTES)
    key = _COST.derive(pin, salt)
    lock = PinLock(salt, key.reveal())
    key.wipe()
    return lock


def _needs_password() -> NotAllowedError:
    reason: Message = msg("The PIN works after the password has been given here today.")
    return NotAllowedError(reason, hint=msg("Sign in with the password."))


def _place(user_id: str) -> bytes:
    return labelled("quick/v1", user_id, str(KEY_BYTES))
