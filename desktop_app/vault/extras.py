"""What lies in a user's slot beside the keys, so that nobody can check it without the password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_app.vault.sealing import WrongKeyError, canonical, from_text, to_text
from desktop_app.vault.secret import forget
from desktop_app.vault.totp import Authenticator


@dataclass(frozen=True, slots=True)
class PinLock:
    """A quick PIN, derived: what the keys are sealed under while the program runs."""

    salt: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Extras:
    """The authenticator app, the quick PIN, and when (Unix ms) a one-time code ends."""

    totp: Authenticator | None = None
    pin: PinLock | None = None
    ends_ms: int | None = None

    def with_totp(self, totp: Authenticator | None) -> Extras:
        """Return the same with another authenticator app, or none."""
        return replace(self, totp=totp)

    def with_pin(self, pin: PinLock | None) -> Extras:
        """Return the same with another quick PIN, or none."""
        return replace(self, pin=pin)


NOTHING = Extras()


def extras_json(extras: Extras) -> bytes:
    """Return extras as they are sealed; nothing for none, as before there were any."""
    if extras == NOTHING:
        return b""
    body: dict[str, Any] = {}
    if extras.totp:
        body["totp"] = {
            "secret": to_text(extras.totp.secret),
            "step": extras.totp.last_step,
            "spare": [to_text(one) for one in extras.totp.spare],
        }
    if extras.pin:
        body["pin"] = {"salt": to_text(extras.pin.salt), "key": to_text(extras.pin.key)}
    if extras.ends_ms is not None:
        body["ends"] = extras.ends_ms
    return canonical(body)


def extras_from(raw: bytes) -> Extras:
    """Return the extras of `extras_json`; WrongKeyError for anything else."""
    if not raw:
        return NOTHING
    try:
        text = raw.decode("ascii")
        body = json.loads(text)
        forget(text)
        totp, pin, ends = body.get("totp"), body.get("pin"), body.get("ends")
        extras = Extras(
            totp=None if totp is None else _authenticator(totp),
            pin=None if pin is None else PinLock(from_text(pin["salt"]), from_text(pin["key"])),
            ends_ms=None if ends is None else int(ends),
        )
        for text in _texts(body):
            forget(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise WrongKeyError from None
    else:
        return extras


def _texts(body: dict[str, Any]) -> Iterator[str]:
    """Yield the secrets as they were written; parsing made them for us alone."""
    if body.get("totp"):
        yield body["totp"]["secret"]
    if body.get("pin"):
        yield body["pin"]["key"]


def _authenticator(body: dict[str, Any]) -> Authenticator:
    spare = tuple(from_text(one) for one in body["spare"])
    return Authenticator(from_text(body["secret"]), int(body["step"]), spare)
