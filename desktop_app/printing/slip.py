"""A slip: lines under each other, on a roll of 80 mm (one page as long as it has to be) or on A4.

What is written on it is the same for both; only the paper, the sizes and the margins differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import BinaryIO

from desktop_app.kernel.job import Progress
from desktop_app.printing import drawing, look
from desktop_app.printing.document import Document, Element
from desktop_app.printing.look import Style
from desktop_app.printing.metadata import About
from desktop_app.printing.typeset import Line, Typesetter

_GAP = 8.0
_RULE = 9.0
_SCOPE = "/A<</O/Table/Scope/Row>>"


class Tone(Enum):
    """How a line of a slip is set."""

    TITLE = auto()
    STRONG = auto()
    PLAIN = auto()
    SMALL = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a slip: a name with its value on the right, a text, or (both empty) a rule."""

    left: str = ""
    right: str = ""
    tone: Tone = Tone.PLAIN

    @property
    def is_rule(self) -> bool:
        """Tell whether it is a rule across the paper."""
        return not (self.left or self.right)


RULE = Entry()


@dataclass(frozen=True, slots=True)
class Paper:
    """What a slip is printed on; without a height it is as long as it has to be."""

    width: float
    margin: float
    height: float | None
    styles: dict[Tone, Style]


ROLL = Paper(
    look.ROLL_WIDTH,
    look.ROLL_MARGIN,
    None,
    {
        Tone.TITLE: look.ROLL_TITLE,
        Tone.STRONG: look.ROLL_STRONG,
        Tone.PLAIN: look.ROLL_TEXT,
        Tone.SMALL: look.ROLL_SMALL,
        Tone.CODE: look.ROLL_CODE,
    },
)
SHEET = Paper(
    look.PAPER_WIDTH,
    look.MARGIN * 2,
    look.PAPER_HEIGHT,
    {
        Tone.TITLE: look.SLIP_TITLE,
        Tone.STRONG: look.SLIP_STRONG,
        Tone.PLAIN: look.SLIP_TEXT,
        Tone.SMALL: look.SLIP_SMALL,
        Tone.CODE: look.SLIP_CODE,
    },
)


def write_slip(
    entries: Sequence[Entry], paper: Paper, about: About, out: BinaryIO, progress: Progress
) -> None:
    """Write a slip as a PDF."""
    height = paper.height or _height(entries, paper)
    document = Document(out, about, progress, paper=(paper.width, height))
    _Slip(document, paper, height).write(entries)
    document.finish()


def _height(entries: Sequence[Entry], paper: Paper) -> float:
    """Return how long a roll has to be."""
    type_ = Typesetter()
    inner = paper.width - 2 * paper.margin
    heights = [_tall(_set(type_, entry, paper, inner), entry, paper) for entry in entries]
    return round(sum(heights) + 2 * paper.margin + 4, 2)


def _set(
    type_: Typesetter, entry: Entry, paper: Paper, inner: float
) -> tuple[list[Line], Line | None]:
    style = paper.styles[entry.tone]
    right = type_.line(entry.right, style) if entry.right else None
    room = inner - (right.width + _GAP if right else 0)
    return (type_.wrap(entry.left, style, max(room, 40)) if entry.left else []), right


def _tall(made: tuple[list[Line], Line | None], entry: Entry, paper: Paper) -> float:
    if entry.is_rule:
        return _RULE
    return max(1, len(made[0])) * paper.styles[entry.tone].leading


class _Slip:
    def __init__(self, document: Document, paper: Paper, height: float) -> None:
        self._document, self._paper, self._height = document, paper, height
        self._left, self._right = paper.margin, paper.width - paper.margin
        self._y = 0.0
        self._table: Element | None = None

    def write(self, entries: Sequence[Entry]) -> None:
        self._begin()
        for entry in entries:
            made = _set(self._document.type, entry, self._paper, self._right - self._left)
            tall = _tall(made, entry, self._paper)
            if self._y - tall < self._paper.margin / 2:
                self._close_table()
                self._document.end_page()
                self._begin()
            if entry.is_rule:
                self._close_table()
                self._document.draw(drawing.hairline(self._left, self._right, self._y - _RULE / 2))
            else:
                self._draw(entry, *made)
            self._y -= tall
        self._close_table()
        self._document.end_page()

    def _begin(self) -> None:
        self._document.begin_page()
        self._y = self._height - self._paper.margin

    def _draw(self, entry: Entry, lines: list[Line], right: Line | None) -> None:
        style = self._paper.styles[entry.tone]
        base = self._y - style.size
        left = [_at(self._left, base - at * style.leading, one) for at, one in enumerate(lines)]
        if right is None:
            self._close_table()
            self._tagged("H1" if entry.tone is Tone.TITLE else "P", left, self._document.root)
            return
        if self._table is None:
            self._table = self._document.open("Table")
        row = self._document.open("TR", self._table)
        self._tagged("TH", left, row, _SCOPE)
        self._tagged("TD", [_at(self._right - right.width, base, right)], row)
        self._document.close(row)

    def _tagged(
        self, tag: str, operators: Sequence[str], parent: Element, attributes: str = ""
    ) -> None:
        mark = self._document.leaf(tag, parent, attributes)
        self._document.draw(f"/{tag}<</MCID {mark}>>BDC BT {' '.join(operators)} ET EMC")

    def _close_table(self) -> None:
        if self._table is not None:
            self._document.close(self._table)
            self._table = None


def _at(x: float, y: float, line: Line) -> str:
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm {line.operators}"
