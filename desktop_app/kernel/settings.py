"""Every setting, declared once: type, default, description, who may change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import LANGUAGES, Message, msg


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice the restaurant can make. Values are stored as text."""

    name: str
    default: str
    description: Message
    permission: Permission
    allowed: Callable[[str], bool]
    expected: Message

    @property
    def is_rule_of_security(self) -> bool:
        """Tell whether changing it is a dangerous deed, for which the password is asked again."""
        return self.permission is Permission.SETTINGS_SECURITY


def _whole_number(low: int, high: int) -> Callable[[str], bool]:
    return lambda text: text.isascii() and text.isdigit() and low <= int(text) <= high


def _one_of(*choices: str) -> Callable[[str], bool]:
    return lambda text: text in choices


_ALL = (
    Setting(
        "access.request_hours",
        "24",
        msg("A request for a second person ends after this many hours."),
        Permission.SETTINGS_SECURITY,
        _whole_number(1, 24 * 7),
        msg("a number of hours from 1 to 168"),
    ),
    Setting(
        "access.review_every_days",
        "91",
        msg("Review who has access after this many days."),
        Permission.SETTINGS_SECURITY,
        _whole_number(7, 366),
        msg("a number of days from 7 to 366"),
    ),
    Setting(
        "backup.warn_after_hours",
        "26",
        msg("Warn when the newest backup is older than this many hours."),
        Permission.BACKUPS_CONFIGURE,
        _whole_number(1, 24 * 31),
        msg("a number of hours from 1 to 744"),
    ),
    Setting(
        "disk.warn_below_mb",
        "1024",
        msg("Warn when the disk with the store has less free space than this many megabytes."),
        Permission.SETTINGS_EDIT,
        _whole_number(64, 1_000_000),
        msg("a number of megabytes from 64 to 1000000"),
    ),
    Setting(
        "documents.language",
        "az",
        msg("The language of documents for customers, unless another is chosen."),
        Permission.SETTINGS_EDIT,
        _one_of(*LANGUAGES),
        msg("az, en, ru or tr"),
    ),
    Setting(
        "window.lock_after_minutes",
        "5",
        msg("Lock the window after this many minutes without a key or a click."),
        Permission.SETTINGS_EDIT,
        _whole_number(1, 240),
        msg("a number of minutes from 1 to 240"),
    ),
    Setting(
        "window.lock_staff_after_minutes",
        "15",
        msg("The same for people whose role opens only orders, menu and stock."),
        Permission.SETTINGS_EDIT,
        _whole_number(1, 240),
        msg("a number of minutes from 1 to 240"),
    ),
)

SETTINGS: dict[str, Setting] = {setting.name: setting for setting in _ALL}


def parse(setting: Setting, text: str) -> str:
    """Return the text if it is a value of the setting, else raise InvalidError."""
    if not setting.allowed(text):
        raise InvalidError(
            msg(
                "“{text}” does not fit here: expected {expected}.",
                text=text,
                expected=setting.expected,
            ),
            field=setting.name,
        )
    return text
