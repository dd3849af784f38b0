"""Text becomes lines of PDF operators: face fallback, direction, shaping, and line breaks.

Most text is Latin, Cyrillic, Georgian or Chinese without marks and takes a short cut, one glyph
per character. Everything else is cut into runs of one face and one direction and shaped.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from desktop_app.printing import characters
from desktop_app.printing.bidirectional import levels, visual_order
from desktop_app.printing.fonts import KERNED, Chain, Face, Role, chain
from desktop_app.printing.look import Style
from desktop_app.printing.shaping import FaceInUse, Run, shape_run

_CACHED_LINES = 20_000
_LONGEST_LINE = 600
_WORDS = re.compile(r"\S+\s*|\s+")
_BLANKS = " \t\r\n\x0b\x0c\u00a0\u2009\u202f\u3000"
"""What falls away at the end of a line; blanks as wide as a figure stay: they line figures up."""
_PLAIN_RANGES = (
    range(0x20, 0x300),
    range(0x370, 0x483),
    range(0x48A, 0x590),
    range(0x10A0, 0x1100),
    range(0x1C90, 0x1CC0),
    range(0x1E00, 0x200B),
    range(0x2010, 0x2028),
    range(0x202F, 0x2060),
    range(0x20A0, 0x20D0),
    range(0x2100, 0x2500),
    range(0x2C60, 0x2DE0),
)
_SPACE, _NO_BREAK_SPACE, _SOFT_HYPHEN = 0x20, 0xA0, 0xAD
_CONTROLS = range(0x7F, 0xA0)
_WIDEST_SPACE = 400.0  # thousandths; an emoji face has a wider one


class Line(NamedTuple):
    """A line ready to draw: width in points, operators for inside `BT … ET`."""

    width: float
    operators: str


class _Piece(NamedTuple):
    text: str
    face: Face
    level: int


class _PlainGlyphs(dict[str, str]):
    """Character to glyph in hexadecimal, for characters that need no shaping. Fills itself."""

    def __init__(self, used: FaceInUse) -> None:
        super().__init__()
        self.used = used
        self.widths: dict[str, float] = {}

    def __missing__(self, character: str) -> str:
        code_point = ord(character)
        plain = any(code_point in found for found in _PLAIN_RANGES)
        if not plain or code_point == _SOFT_HYPHEN or code_point in _CONTROLS:
            raise KeyError(character)
        space = code_point == _NO_BREAK_SPACE
        face = self.used.face
        glyph = face.glyph(_SPACE if space else code_point)
        text = " " if space else character
        if not glyph or self.used.glyphs.setdefault(glyph, text) != text:
            raise KeyError(character)
        self.widths[character] = face.advance(glyph)
        code = self[character] = f"{glyph:04X}"
        return code


class Typesetter:
    """Sets text for one document and remembers which glyphs of which faces it used."""

    def __init__(self) -> None:
        self._in_use: dict[Face, FaceInUse] = {}
        self._plain: dict[Role, _PlainGlyphs] = {}
        self._lines: dict[Style, dict[str, Line]] = {}
        self._cached = 0

    @property
    def faces(self) -> list[FaceInUse]:
        """Return the faces used so far."""
        return [used for used in self._in_use.values() if used.glyphs]

    def line(self, text: str, style: Style) -> Line:
        """Return `text` set in one line; line ends count as spaces."""
        lines = self._lines.get(style)
        if lines is None:
            lines = self._lines[style] = {}
        found = lines.get(text)
        if found is None:
            if self._cached > _CACHED_LINES:
                self._forget()
            self._cached += 1
            found = lines[text] = self._set(text, style)
        return found

    def width(self, text: str, style: Style) -> float:
        """Return how wide `text` is in points."""
        return self.line(text, style).width

    def wrap(self, text: str, style: Style, width: float) -> list[Line]:
        """Return `text` in lines of at most `width` points; words that are too long are cut."""
        if text.isprintable():
            whole = self.line(text, style)
            if whole.width <= width:
                return [whole]
        lines: list[Line] = []
        for paragraph in characters.paragraphs(text):
            lines += self._wrap_paragraph(paragraph, style, width)
        return lines

    def _forget(self) -> None:
        for lines in self._lines.values():
            lines.clear()
        self._cached = 0

    def _use(self, face: Face) -> FaceInUse:
        used = self._in_use.get(face)
        if used is None:
            used = self._in_use[face] = FaceInUse(face, f"/T{len(self._in_use)}")
        return used

    def _set(self, text: str, style: Style) -> Line:
        fonts = chain(style.role)
        if style.role not in KERNED:
            glyphs = self._plain.get(style.role)
            if glyphs is None:
                glyphs = self._plain[style.role] = _PlainGlyphs(self._use(fonts.main))
            try:
                codes = "".join(map(glyphs.__getitem__, text))
            except KeyError:
                pass
            else:
                width = sum(map(glyphs.widths.__getitem__, text)) * style.size / 1000
                shown = f"<{codes}>Tj"
                return Line(
                    width, f"{style.colour} rg {glyphs.used.name} {style.size:g} Tf {shown}"
                )
        return self._set_runs(_itemised(characters.on_one_line(text), fonts), style)

    def _set_runs(self, pieces: list[_Piece], style: Style) -> Line:
        operators = [f"{style.colour} rg"]
        width = 0.0
        for piece in visual_order(pieces, attrgetter("level")):
            used = self._use(piece.face)
            run = shape_run(used, piece.text, style.size, rtl=piece.level % 2 == 1)
            operators.append(_drawn(run, piece.text, f"{used.name} {style.size:g} Tf"))
            width += run.width
        return Line(width * style.size / 1000, " ".join(operators))

    def _wrap_paragraph(self, text: str, style: Style, width: float) -> list[Line]:
        lines: list[Line] = []
        current = ""
        for word in _WORDS.findall(text):
            if self._fits(current + word, style, width):
                current += word
                continue
            if current:
                lines.append(self.line(current.rstrip(_BLANKS), style))
            rest = word
            while not self._fits(rest, style, width):
                cut = self._longest_start(rest, style, width)
                lines.append(self.line(rest[:cut], style))
                rest = rest[cut:]
            current = rest
        lines.append(self.line(current.rstrip(_BLANKS), style))
        return lines

    def _fits(self, text: str, style: Style, width: float) -> bool:
        return len(text) < _LONGEST_LINE and self._set(text.rstrip(_BLANKS), style).width <= width

    def _longest_start(self, word: str, style: Style, width: float) -> int:
        low, high = 1, min(len(word), _LONGEST_LINE) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._fits(word[:middle], style, width):
                low = middle
            else:
                high = middle - 1
        cut = low
        while cut > 1 and characters.clings(word[cut]):
            cut -= 1
        return cut if cut > 1 else low


def _drawn(run: Run, text: str, font: str) -> str:
    if run.exact:
        return f"{font} {run.operators}"
    actual = ("\ufeff" + text).encode("utf-16-be").hex().upper()
    return f"/Span<</ActualText<{actual}>>>BDC {font} {run.operators} EMC"


def _itemised(text: str, fonts: Chain) -> list[_Piece]:
    """Cut text into runs of one face and one direction, in logical order."""
    shown: list[str] = []
    faces: list[Face] = []
    current = fonts.main
    for character in text:
        face = _face_for(character, current, fonts)
        drawn = character if face else characters.spelled_out(character)
        current = face or fonts.main
        shown.extend(drawn)
        faces.extend([current] * len(drawn))
    joined = "".join(shown)
    keyed = zip(joined, faces, levels(joined), strict=True)
    return [
        _Piece("".join(item[0] for item in group), face, level)
        for (face, level), group in groupby(keyed, key=lambda item: (item[1], item[2]))
    ]


def _face_for(character: str, current: Face, fonts: Chain) -> Face | None:
    """Return the face that draws a character, or None where it must be spelled out."""
    code_point = ord(character)
    if characters.is_unseen(code_point):
        return current
    if characters.is_control(character):
        return None
    if characters.clings(character) and code_point in current.characters:
        return current
    if character == " ":
        return _face_for_space(current, fonts)
    return fonts.face_for(code_point)


def _face_for_space(current: Face, fonts: Chain) -> Face:
    """Return a face for a space: that of the word before, but never an emoji's wide one."""
    drawn = _SPACE in current.characters
    narrow = drawn and current.advance(current.glyph(_SPACE)) < _WIDEST_SPACE
    return current if narrow else fonts.main
