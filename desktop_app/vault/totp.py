"""Codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, six digits) and their spares.

It guards signing in at the keyboard: whoever has the password also needs the phone. It does not
make the files harder to guess at, since its secret lies in the slot that the password opens.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from desktop_app.vault import crockford
from desktop_app.vault.sealing import labelled

STEP_S = 30
DIGITS = 6
SPARES = 10
_SECRET_BYTES = 20  # RFC 4226, 4: the length of the hash
_WINDOW = 1  # RFC 6238, 5.2: one step for a slow network; here for a clock that goes wrong
_SPARE_LENGTH = 12  # 55 random bits and a check
_SPARE_GROUP = 4


@dataclass(frozen=True, slots=True)
class Authenticator:
    """An enrolled app: its secret, the last step taken, hashes of the spare codes left."""

    secret: bytes = field(repr=False)
    last_step: int = -1
    spare: tuple[bytes, ...] = field(default=(), repr=False)

    def taken(self, typed: str, now: datetime) -> Authenticator | None:
        """Return the authenticator after a right code; None for a wrong or a used one.

        A code is good one step before and after its own and never twice; a spare code once.
        """
        digits = "".join(unicodedata.normalize("NFKC", typed).split())
        if len(digits) == DIGITS and digits.isascii() and digits.isdigit():
            return self._step_taken(digits, now)
        return self._spare_taken(typed)

    def _step_taken(self, digits: str, now: datetime) -> Authenticator | None:
        present = int(now.timestamp()) // STEP_S
        fitting = None
        for step in range(present - _WINDOW, present + _WINDOW + 1):
            same = hmac.compare_digest(code_at(self.secret, step), digits)
            if same and step > self.last_step:
                fitting = step
        return None if fitting is None else replace(self, last_step=fitting)

    def _spare_taken(self, typed: str) -> Authenticator | None:
        code = crockford.read(typed, _SPARE_LENGTH)
        if code is None:
            return None
        wanted = _hashed(code)
        left = tuple(one for one in self.spare if not hmac.compare_digest(one, wanted))
        return None if len(left) == len(self.spare) else replace(self, spare=left)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is shown once when an app is set up: the secret and the spare codes."""

    secret: bytes = field(repr=False)
    spare: tuple[str, ...] = field(repr=False)

    @classmethod
    def random(cls) -> Enrolment:
        """Return a fresh secret with ten spare codes."""
        codes = (crockford.random_code(_SPARE_LENGTH) for _ in range(SPARES))
        spare = tuple(crockford.grouped(code, _SPARE_GROUP) for code in codes)
        return cls(secrets.token_bytes(_SECRET_BYTES), spare)

    @property
    def typed_secret(self) -> str:
        """Return the secret to type where the camera cannot read the picture (base32, groups)."""
        return crockford.grouped(base64.b32encode(self.secret).decode("ascii"), 4).replace("-", " ")

    def address(self, name: str, venue: str) -> str:
        """Return the `otpauth://` address that the QR code shows."""
        label = quote(f"{venue}:{name}")
        asked = {
            "secret": base64.b32encode(self.secret).decode("ascii"),
            "issuer": venue,
            "algorithm": "SHA1",
            "digits": DIGITS,
            "period": STEP_S,
        }
        return f"otpauth://totp/{label}?{urlencode(asked, quote_via=quote)}"

    def authenticator(self) -> Authenticator:
        """Return the authenticator as it is kept, before its first code."""
        return Authenticator(self.secret, -1, tuple(_hashed(_bare(one)) for one in self.spare))


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """Return the code of a step (RFC 4226, 5.3)."""
    # SHA-1 because every app can do it; HMAC does not need collision resistance.
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def _bare(spare: str) -> str:
    return spare.replace("-", "")


def _hashed(code: str) -> bytes:
    # 55 random bits, and the hash itself is sealed: no slow hash is needed.
    return hashlib.sha256(labelled("spare-code/v1", code)).digest()
