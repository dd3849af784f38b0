"""What the operating system's keyring remembers about a store on this computer.

One entry per store folder: the fingerprint of its root key, the newest roster seen, and a random
device secret. It binds a store to a computer and notices a replaced one; it is no vault, since any
program of the same person can read it, and never the only copy of anything. Without a keyring
passwords work as ever.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.kernel.words import Message, msg
from desktop_app.vault.secret import SecretBytes

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "clopos-desk"
_SECRET_BYTES = 32
# Keyrings that encrypt. Everything else (keyrings.alt writes plain text) is refused.
_TRUSTED = tuple(
    f"keyring.backends.{name}"
    for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Binding:
    """What the keyring said. `unavailable` tells why there is none; `notices` are warnings."""

    secret: SecretBytes | None = None
    unavailable: Message | None = None
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class TrailMark:
    """How far the audit trail had come: its newest event and that event's hash in hex digits."""

    events: int
    head: str


@dataclass(frozen=True, slots=True)
class _Entry:
    root: str
    epoch: int
    secret: str
    trail: TrailMark | None = None


class Device:
    """What this computer remembers of the store in one folder. Making one costs nothing."""

    def __init__(self, folder: Path) -> None:
        place = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass"))
        self._account = f"store {place.hexdigest()[:16]}"

    def compare(self, fingerprint: str, epoch: int, ancestors: Collection[str] = ()) -> Binding:
        """Return what has changed since last time; a store not seen before is remembered.

        `ancestors` are fingerprints that the store had before and rightfully gave up.
        """
        return self._with_keyring(fingerprint, epoch, ancestors=ancestors)

    def trust(self, fingerprint: str, epoch: int) -> Binding:
        """Remember the store as it is now: after creating it, or when a person says so."""
        return self._with_keyring(fingerprint, epoch, forced=True)

    def trail_mark(self) -> TrailMark | None:
        """Return how far the store's trail had come; None where nothing is known."""
        backend = _backend()
        if backend is None:
            return None
        try:
            entry = _entry(backend.get_password(SERVICE, self._account))
        except _failures() as error:
            _log.info("The keyring did not answer: %s", type(error).__name__)
            return None
        return None if entry is None else entry.trail

    def keep_trail_mark(self, mark: TrailMark) -> None:
        """Remember how far the trail has come; does nothing without a keyring that knows us."""
        backend = _backend()
        if backend is None:
            return
        try:
            entry = _entry(backend.get_password(SERVICE, self._account))
            if entry is not None and entry.trail != mark:
                backend.set_password(SERVICE, self._account, _text(replace(entry, trail=mark)))
        except _failures() as error:
            _log.info("The keyring did not answer: %s", type(error).__name__)

    def _with_keyring(
        self,
        fingerprint: str,
        epoch: int,
        *,
        forced: bool = False,
        ancestors: Collection[str] = (),
    ) -> Binding:
        backend = _backend()
        if backend is None:
            return Binding(unavailable=_no_keyring())
        try:
            entry = _entry(backend.get_password(SERVICE, self._account))
            succeeded = entry is not None and entry.root in ancestors
            now = _updated(entry, fingerprint, epoch, forced=forced or succeeded)
            if now != entry:
                backend.set_password(SERVICE, self._account, _text(now))
        except _failures() as error:
            # The text of a backend's error may hold anything; its kind is enough for the log.
            _log.info("The keyring did not answer: %s", type(error).__name__)
            return Binding(
                unavailable=msg(
                    "The computer's keyring is locked or does not answer. Passwords work as usual."
                )
            )
        notices = () if forced else _notices(entry, fingerprint, epoch)
        if succeeded and not forced:
            notices = (_succeeded(fingerprint),)
        return Binding(SecretBytes(bytes.fromhex(now.secret)), None, notices)


def _no_keyring() -> Message:
    return msg(
        "This computer has no keyring that keeps secrets encrypted. Passwords work as usual,"
        " but a replaced store would not be noticed here."
    )


def _backend() -> KeyringBackend | None:
    import keyring  # noqa: PLC0415 - looks for backends, which sign-in without one need not pay
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415

    try:
        found = keyring.get_keyring()
        backends = found.backends if isinstance(found, ChainerBackend) else [found]
    except _failures():
        return None
    return next((b for b in backends if type(b).__module__ in _TRUSTED), None)


def _failures() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError  # noqa: PLC0415

    # OSError and RuntimeError: D-Bus gone, a name in the environment that is no keyring.
    kinds: list[type[Exception]] = [KeyringError, OSError, RuntimeError, ImportError]
    try:
        # Linux only, and without type stubs.
        kinds.append(import_module("jeepney").DBusErrorResponse)
        kinds.append(import_module("secretstorage").exceptions.SecretStorageException)
    except ImportError:
        pass
    return tuple(kinds)


def _updated(entry: _Entry | None, fingerprint: str, epoch: int, *, forced: bool) -> _Entry:
    secret = entry.secret if entry else secrets.token_hex(_SECRET_BYTES)
    if entry is None or forced:
        same = entry is not None and hmac.compare_digest(entry.root, fingerprint)
        return _Entry(fingerprint, epoch, secret, entry.trail if entry and same else None)
    if not hmac.compare_digest(entry.root, fingerprint):
        return entry
    return replace(entry, epoch=max(entry.epoch, epoch))


def _notices(entry: _Entry | None, fingerprint: str, epoch: int) -> tuple[Message, ...]:
    if entry is None:
        return ()
    if not hmac.compare_digest(entry.root, fingerprint):
        return (
            msg(
                "This is not the store this computer knows in this folder: the fingerprint was"
                " {known} and is {found} now. Compare it with the emergency sheet.",
                known=entry.root,
                found=fingerprint,
            ),
        )
    if epoch < entry.epoch:
        return (
            msg(
                "An older list of users has been put back: number {found}, and this computer has"
                " seen {known}. After restoring a backup this is normal.",
                found=epoch,
                known=entry.epoch,
            ),
        )
    return ()


def _succeeded(fingerprint: str) -> Message:
    return msg(
        "An owner has left, and the store has a new fingerprint: {found}. Compare it with the new"
        " emergency sheet.",
        found=fingerprint,
    )


def _entry(text: str | None) -> _Entry | None:
    if text is None:
        return None
    try:
        parsed = json.loads(text)
        bytes.fromhex(parsed["secret"])
        trail = parsed.get("trail")
        mark = None if trail is None else TrailMark(int(trail[0]), str(trail[1]))
        return _Entry(str(parsed["root"]), int(parsed["epoch"]), str(parsed["secret"]), mark)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _text(entry: _Entry) -> str:
    said: dict[str, object] = {
        "root": entry.root,
        "epoch": entry.epoch,
        "secret": entry.secret,
    }
    if entry.trail is not None:
        said["trail"] = [entry.trail.events, entry.trail.head]
    return json.dumps(said)
