"""The language of the window: `tr` and `ntr` give a sentence in it, `speech` tells of a change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.kernel.words import LANGUAGES, Message, Words, words

LANGUAGE_NAMES = {"az": "Azərbaycanca", "en": "English", "ru": "Русский", "tr": "Türkçe"}


class Speech(QObject):
    """Holds the language in force and tells the shell to rebuild itself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words: Words = words("en")


speech = Speech()


def tr(text: str, /, **values: Any) -> str:
    """Return a sentence in the language of the window; `{name}` is filled from `values`."""
    return speech.words.say(text, **values)


def ntr(one: str, many: str, number: int, /, **values: Any) -> str:
    """Return the form of a sentence for a number; `{n}` stands for it."""
    return speech.words.count(one, many, number, **values)


def say(message: Message) -> str:
    """Return a message from below (an error, a stage of a job) in the language of the window."""
    return speech.words.of(message)


def language() -> str:
    """Return the code of the language in force: az, en, ru or tr."""
    return speech.words.language


def set_language(code: str) -> None:
    """Speak another language from now on; unknown codes mean English."""
    chosen = words(code if code in LANGUAGES else "en")
    if chosen.language != language():
        speech.words = chosen
        speech.changed.emit()
