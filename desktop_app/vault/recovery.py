"""The recovery key on paper: 128 random bits as nine groups of six digits.

Eight groups carry 16 bits each, times eleven (BitLocker's form), so a wrong digit or two swapped
neighbours make a group that is no multiple of eleven. The ninth group carries 16 bits of a hash of
the rest. Digits need no language and no keyboard layout.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from typing_extensions import override

from desktop_app.kernel import bech32
from desktop_app.kernel.errors import InvalidError, NotFoundError, UnavailableError
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.vault.sealing import derived, labelled, printable
from desktop_app.vault.secret import SecretBytes

GROUPS = 9
DIGITS = 6
_STEP = 11
_BITS = 16
_CODE_BYTES = 16
_KEY_ID_BYTES = 5
_MOST_FILE_BYTES = 64 * 1024
_BETWEEN = r"[\s\-\u2010-\u2015\u2212]+"
_IN_TEXT = re.compile(rf"(?<!\d)\d{{6}}(?:{_BETWEEN}\d{{6}}){{8}}(?!\d)", re.ASCII)
_DIGIT_LINE = re.compile(rf"(?:\d|{_BETWEEN}){{20,}}", re.ASCII)


class RecoveryCode:
    """The recovery key of a store, as printed on the emergency sheet."""

    __slots__ = ("_code", "age_recipient")

    def __init__(self, code: bytes) -> None:
        if len(code) != _CODE_BYTES:
            message = "a recovery key has 128 bits"
            raise ValueError(message)
        self._code = SecretBytes(code)
        private = X25519PrivateKey.from_private_bytes(self.age_secret.buffer)
        self.age_recipient = bech32.encode("age", private.public_key().public_bytes_raw())

    @classmethod
    def random(cls) -> RecoveryCode:
        """Return a fresh recovery key."""
        return cls(secrets.token_bytes(_CODE_BYTES))

    @classmethod
    def parse(cls, text: str) -> RecoveryCode:
        """Return the key a person typed; InvalidError names the group that is wrong.

        Spaces, dashes and line ends between the digits do not matter.
        """
        code = b"".join(_bits(group, place) for place, group in enumerate(_split(text), start=1))
        if _check(code[:_CODE_BYTES]) != code[_CODE_BYTES:]:
            raise InvalidError(
                msg("Each group of the recovery key is possible, but together they do not match."),
                field="recovery_key",
                hint=msg("Check that no two groups have changed places."),
            )
        return cls(code[:_CODE_BYTES])

    @classmethod
    def read(cls, path: Path) -> RecoveryCode:
        """Return the key in a text file, whatever other lines stand around it."""
        text = _file_text(path)
        found = _IN_TEXT.search(text)
        if found:
            return cls.parse(found.group())
        lines = [line for line in text.splitlines() if _DIGIT_LINE.fullmatch(line.strip())]
        if lines:
            return cls.parse("\n".join(lines))
        raise InvalidError(
            msg("The file {path} holds no recovery key.", path=str(path)),
            field="recovery_key",
            hint=msg("A recovery key is nine groups of six digits."),
        )

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the nine groups of six digits."""
        code = self._code.buffer + _check(self._code.buffer)
        return tuple(
            f"{int.from_bytes(code[i : i + 2], 'big') * _STEP:06d}" for i in range(0, len(code), 2)
        )

    @property
    def text(self) -> str:
        """Return the groups with dashes between them."""
        return "-".join(self.groups)

    @property
    def key_id(self) -> str:
        """Return the short public name of this key."""
        return key_id(self.age_recipient)

    @property
    def age_secret(self) -> SecretBytes:
        """Return the X25519 key that opens backups. It depends on the digits alone."""
        return derived(self._code, b"clopos-desk", labelled("recovery/age/v1"))

    @property
    def age_identity(self) -> str:
        """Return `AGE-SECRET-KEY-1…`, which the public age program understands."""
        return bech32.encode("age-secret-key-", self.age_secret.buffer).upper()

    def wrapping_key(self, install: bytes) -> SecretBytes:
        """Return the key that wraps the root secret of one store."""
        return derived(self._code, install, labelled("recovery/root/v1"))

    def wipe(self) -> None:
        """Overwrite the key; it cannot be used after that."""
        self._code.wipe()

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecoveryCode) and self._code == other._code

    __hash__ = None  # type: ignore[assignment]

    @override
    def __repr__(self) -> str:
        return f"RecoveryCode({self.key_id})"


def key_id(recipient: str) -> str:
    """Return the short name of the recovery key behind an `age1…` recipient: `7QK3-9MZD`."""
    digest = hashlib.sha256(labelled("recovery/key-id/v1", recipient)).digest()
    return printable(digest[:_KEY_ID_BYTES])


def possible(group: str) -> bool:
    """Tell whether six digits can be a group of a recovery key, whichever it is."""
    if not re.fullmatch(rf"\d{{{DIGITS}}}", group, re.ASCII):
        return False
    return int(group) % _STEP == 0 and not int(group) // _STEP >> _BITS


def _check(code: bytes | bytearray) -> bytes:
    return hashlib.sha256(code).digest()[:2]


def _bits(group: str, place: int) -> bytes:
    if not possible(group):
        raise InvalidError(
            msg("Group {place} of the recovery key is mistyped.", place=place),
            field="recovery_key",
            hint=msg("Compare it with the emergency sheet, digit by digit."),
        )
    return (int(group) // _STEP).to_bytes(2, "big")


def _split(text: str) -> list[str]:
    normal = unicodedata.normalize("NFKC", text.removeprefix("\ufeff")).strip()
    groups = [group for group in re.split(_BETWEEN, normal) if group]
    for place, group in enumerate(groups, start=1):
        if not re.fullmatch(r"\d+", group, re.ASCII):
            where = place if len(groups) == GROUPS else (_digits(groups[: place - 1]) // DIGITS) + 1
            raise _shape(msg("Group {place} of the recovery key is not a number.", place=where))
    if len(groups) == GROUPS:
        for place, group in enumerate(groups, start=1):
            if len(group) != DIGITS:
                raise _shape(
                    msg("Group {place} of the recovery key must have six digits.", place=place)
                )
        return groups
    joined = "".join(groups)
    if len(joined) != GROUPS * DIGITS:
        raise _shape(
            msgs(
                "A recovery key has 54 digits, but {n} digit was given.",
                "A recovery key has 54 digits, but {n} digits were given.",
                len(joined),
            )
        )
    return [joined[i : i + DIGITS] for i in range(0, len(joined), DIGITS)]


def _digits(groups: list[str]) -> int:
    return sum(len(group) for group in groups)


def _shape(message: Message) -> InvalidError:
    return InvalidError(
        message, field="recovery_key", hint=msg("A recovery key is nine groups of six digits.")
    )


def _file_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_FILE_BYTES)
    except FileNotFoundError:
        raise NotFoundError(msg("There is no file {path}.", path=str(path))) from None
    except OSError as error:
        raise UnavailableError(
            msg(
                "The file {path} cannot be read: {reason}.",
                path=str(path),
                reason=error.strerror or "?",
            )
        ) from None
    # Windows Notepad still offers UTF-16 under the name “Unicode”.
    coding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    return raw.decode(coding, errors="replace")
