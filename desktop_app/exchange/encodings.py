"""Which encoding a text file is in, by stated rules; anything but plain UTF-8 is told.

1. A byte order mark decides. 2. Zero bytes in every other place mean UTF-16. 3. What is valid
UTF-8, or mostly, is UTF-8. 4. High bytes side by side, as in words, mean Windows-1251 (Cyrillic);
alone among Latin letters and all of them Turkish, Windows-1254. 5. Anything else is refused.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg

_SAMPLE = 8192
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ORDINARY = re.compile("[\t\n\r -~\u00a0-\u024f\u0259\u0400-\u04ff\u2010-\u203a\u20a0-\u20bf]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_STARTS_UTF8 = re.compile(rb"[\xc2-\xf4]")
_TURKISH = frozenset("ÇĞİÖŞÜçğıöşüâÂîÎûÛ’‘“”–—…€°№«»\u00a0".encode("cp1254", "ignore"))
_CYRILLIC = frozenset(range(0xC0, 0x100)) | frozenset("Ёё—№«»".encode("cp1251"))
_MARK_ITSELF = "\ufffd".encode()
_MOSTLY = 0.9
_NAMES = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1251": "Windows-1251",
    "cp1254": "Windows-1254",
}


class EncodingProbe:
    """Watches the bytes of a file go by and says at the end how to read them."""

    def __init__(self) -> None:
        self._start = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._broken = 0
        self._whole = 0
        self._lone: Counter[bytes] = Counter()
        self._words: Counter[int] = Counter()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes."""
        if len(self._start) < _SAMPLE:
            self._start += chunk[: _SAMPLE - len(self._start)]
        if chunk.isascii():
            self._broken += bool(self._decoder.getstate()[0])
            self._decoder.reset()
            return
        self._count_broken(self._decoder.decode(chunk), chunk)
        self._whole += len(_STARTS_UTF8.findall(chunk))
        if self._broken:
            self._count_high(chunk)

    def _count_broken(self, text: str, chunk: bytes) -> None:
        marks = text.count("\ufffd")
        if marks:  # some may stand in the file itself, left by another program
            self._broken += max(marks - chunk.count(_MARK_ITSELF), 0)

    @property
    def sound(self) -> bool:
        """Tell whether all of it was valid UTF-8."""
        return not self._broken

    def encoding(self, name: str) -> str:
        """Return the name of the codec; InvalidError where no rule fits."""
        self._broken += self._decoder.decode(b"", final=True).count("\ufffd")
        for mark, codec in _MARKS:
            if self._start.startswith(mark):
                return codec or self._refuse(name)
        wide = self._wide()
        if wide:
            return wide
        if self._broken <= (self._whole - self._broken) // 2:
            return "utf-8"
        return self._eight_bit(name)

    def _wide(self) -> str:
        if b"\0" not in self._start:
            return ""
        even = self._start[: len(self._start) // 2 * 2]
        for codec in ("utf-16-le", "utf-16-be"):
            text = even.decode(codec, "replace")
            if text and len(_ORDINARY.findall(text)) >= _MOSTLY * len(text):
                return codec
        return ""

    def _count_high(self, chunk: bytes) -> None:
        for run in _HIGH.findall(chunk):
            if len(run) > 1:
                self._words.update(run)
            else:
                self._lone[run] += 1

    def _eight_bit(self, name: str) -> str:
        lone, words = self._lone.total(), self._words.total()
        if words > lone:
            letters = sum(count for byte, count in self._words.items() if byte in _CYRILLIC)
            return "cp1251" if letters >= _MOSTLY * words else self._refuse(name)
        if lone and all(byte[0] in _TURKISH for byte in self._lone):
            return "cp1254"
        return self._refuse(name)

    def _refuse(self, name: str) -> str:
        raise InvalidError(
            msg("“{file}” is not text in an encoding we know.", file=name),
            hint=msg("Save it as “CSV UTF-8” and try again."),
        )


def encoding_notice(name: str, codec: str) -> Message | None:
    """Return what to tell the person about an encoding; nothing about UTF-8."""
    if codec not in _NAMES:
        return None
    return msg(
        "“{file}” is not UTF-8; it was read as {encoding}. Check the letters in the names.",
        file=name,
        encoding=_NAMES[codec],
    )
