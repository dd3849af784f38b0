"""The cells of a worksheet are counted before a library builds a table of them.

Two cells, A1 and XFD1048576, make a valid file of 2 KiB and a table of 17 billion cells: the
library gives up by ending its process (calamine issue 693). The scan also notes what the library
does not tell: formulas and errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from desktop_app.exchange.worker.frames import Refused
from desktop_app.exchange.worker.limits import Limits
from desktop_app.exchange.worker.xml_parts import local, new_parser, parse

_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_FILLED = frozenset({"v", "is", "f"})
_TEXT_LIMIT = 8192
_UNKNOWN = "…"
_TAGS: dict[str, str] = {}
_TAGS_LIMIT = 64


@dataclass(slots=True)
class Scan:
    """What was counted. `special` is the text of formula and error cells, by row and column."""

    cells: int = 0
    rows: int = 0
    columns: int = 0
    formulas: int = 0
    first_formula: str = ""
    errors: int = 0
    first_error: str = ""
    special: dict[int, dict[int, str]] = field(default_factory=dict)


def scan(pieces: Iterable[bytes], limits: Limits) -> Scan:
    """Count the filled cells of a sheet; Refused where they are too many or too far apart."""
    reading = _Reading(limits)
    parse(reading.parser, pieces)
    return reading.found


class _Reading:
    """Called for every element of a sheet, millions of times: nothing here is done twice."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.found = Scan()
        self._row = self._column = 0
        self._filled = True
        self._error = False
        self._text: list[str] = []
        self._formula = False
        self.parser = new_parser(self._start)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _TAGS.get(name) or _remembered(name)
        if tag == "c":
            self._filled = self._formula = False
            self._error = attributes.get("t") == "e"
            place = _PLACE.match(attributes.get("r", ""))
            if place:
                self._column, self._row = _column(place[1]), int(place[2])
            else:
                self._column += 1
        elif tag in _FILLED:
            if not self._filled:
                self._filled = True
                self._count()
            if tag == "f" or self._error:
                self._listen()
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1  # noqa: PLR2004
            self._column = 0

    def _count(self) -> None:
        found, limits = self.found, self._limits
        found.cells += 1
        if self._row > found.rows:
            found.rows = self._row
            if found.rows > limits.rows:
                raise Refused("rows", place=self._place, limit=limits.rows)
        if self._column > found.columns:
            found.columns = self._column
            if found.columns > limits.columns:
                raise Refused("columns", place=self._place, limit=limits.columns)
        if found.cells > limits.cells:
            raise Refused("cells", limit=limits.cells)

    def _listen(self) -> None:
        """Take the text of this element; the others are not listened to."""
        self._text.clear()
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag not in {"f", "v"}:
            return
        text = "".join(self._text)[:_TEXT_LIMIT]
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None
        if tag == "f":
            self._formula = True
            self._note_formula(text)
        elif not self._formula:
            self._note_error(text)

    def _note_formula(self, text: str) -> None:
        found = self.found
        found.formulas += 1
        found.first_formula = found.first_formula or self._place
        if found.formulas > self._limits.formulas:
            raise Refused("formulas", limit=self._limits.formulas)
        self._keep(f"={text or _UNKNOWN}")  # one that shares another's text has none

    def _note_error(self, text: str) -> None:
        found = self.found
        found.errors += 1
        found.first_error = found.first_error or self._place
        if found.errors > self._limits.formulas:
            raise Refused("formulas", limit=self._limits.formulas)
        self._keep(text)

    def _keep(self, text: str) -> None:
        self.found.special.setdefault(self._row - 1, {})[self._column - 1] = text

    @property
    def _place(self) -> str:
        letters = ""
        number = self._column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self._row}"


def _remembered(name: str) -> str:
    tag = local(name)
    if len(_TAGS) < _TAGS_LIMIT:
        _TAGS[name] = tag
    return tag


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
