"""Every sentence a person reads, in every language we speak.

English text is the key. Code far from the screen makes a `Message` with `msg()` or `msgs()` and
passes it along; whoever shows it asks a `Words` (one language) for the text. Catalogues are
gettext `.mo` files under `resources/i18n/<language>/`, one `.po` per area, compiled by
`make setup`; a missing translation falls back to English (and fails a test).
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from typing_extensions import override

from desktop_app.kernel.resources import resource

LANGUAGES = ("az", "en", "ru", "tr")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be translated when it is shown. `str()` gives English, for logs."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    many: str = ""
    count: int = 1

    @override
    def __str__(self) -> str:
        return words("en").of(self)


def msg(text: str, /, **values: Any) -> Message:
    """Make a message; `{name}` in `text` is filled from `values` (a value may be a Message)."""
    return Message(text, values)


def msgs(one: str, many: str, count: int, /, **values: Any) -> Message:
    """Make a message that depends on a number; `{n}` stands for it."""
    return Message(one, {"n": count, **values}, many, count)


class Words:
    """One language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        for path in sorted(resource("i18n", language).glob("*.mo"), reverse=True):
            with path.open("rb") as file:
                found = gettext.GNUTranslations(file)
            found.add_fallback(self._catalogue)
            self._catalogue = found

    def say(self, text: str, /, **values: Any) -> str:
        """Return `text` in this language with `{name}` filled in."""
        return self._fill(self._catalogue.gettext(text) if text else "", values)

    def count(self, one: str, many: str, number: int, /, **values: Any) -> str:
        """Return the form for `number`; `{n}` stands for it."""
        return self._fill(self._catalogue.ngettext(one, many, number), {"n": number, **values})

    def of(self, message: Message) -> str:
        """Return a message in this language."""
        if message.many:
            return self.count(message.text, message.many, message.count, **message.values)
        return self.say(message.text, **message.values)

    def _fill(self, text: str, values: Mapping[str, Any]) -> str:
        if not values:
            return text
        shown = {k: self.of(v) if isinstance(v, Message) else v for k, v in values.items()}
        return text.format(**shown)


@cache
def words(language: str) -> Words:
    """Return the words of `language`, or English where we do not speak it."""
    return Words(language if language in LANGUAGES else "en")
