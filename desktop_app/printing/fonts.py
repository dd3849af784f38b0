"""The faces documents are set in, and which one is asked for a character first.

Faces are memory-mapped: the Chinese one costs nothing until somebody has a Chinese name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from desktop_app.kernel.resources import resource
from desktop_app.printing.engines import harfbuzz


class Role(StrEnum):
    """What a piece of text is, as far as its face goes. Headings are kerned."""

    TEXT = "text"
    STRONG = "strong"
    BOLD = "bold"
    ITALIC = "italic"
    MONO = "mono"
    HEADING = "heading"
    TITLE = "title"


KERNED = frozenset({Role.HEADING, Role.TITLE})


class Face:
    """One font file, shared by all documents of the program and never changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._advances: dict[int, float] = {}

    @cached_property
    def face(self) -> Any:
        """Return HarfBuzz's view of the file."""
        return harfbuzz.Face(harfbuzz.Blob.from_file_path(str(self.path)))

    @cached_property
    def font(self) -> Any:
        """Return the face at its design size."""
        font = harfbuzz.Font(self.face)
        harfbuzz.ot_font_set_funcs(font)
        return font

    @cached_property
    def scale(self) -> float:
        """Return thousandths of the type size per design unit."""
        return 1000 / float(self.face.upem)

    @cached_property
    def characters(self) -> frozenset[int]:
        """Return the code points this face draws."""
        return frozenset(self.face.unicodes)

    def table(self, tag: str) -> bytes:
        """Return one table of the font file."""
        return bytes(self.face.reference_table(tag).data)

    def glyph(self, code_point: int) -> int:
        """Return the plain glyph of a character, 0 where there is none."""
        return int(self.font.get_nominal_glyph(code_point) or 0)

    def advance(self, glyph: int) -> float:
        """Return the width of a glyph in thousandths of the type size."""
        width = self._advances.get(glyph)
        if width is None:
            width = self._advances[glyph] = self.font.get_glyph_h_advance(glyph) * self.scale
        return width


@dataclass(frozen=True, slots=True)
class Chain:
    """A main face and the faces asked in turn for what it lacks."""

    faces: tuple[Face, ...]

    @property
    def main(self) -> Face:
        """Return the face a text is meant to be set in."""
        return self.faces[0]

    def face_for(self, code_point: int) -> Face | None:
        """Return the first face that draws a character, or None."""
        return next((face for face in self.faces if code_point in face.characters), None)


_MAIN = {
    Role.TEXT: "NotoSans-Regular",
    Role.STRONG: "NotoSans-SemiBold",
    Role.BOLD: "NotoSans-Bold",
    Role.ITALIC: "NotoSans-Italic",
    Role.MONO: "NotoSansMono-Regular",
    Role.HEADING: "NotoSans-SemiBold",
    Role.TITLE: "NotoSans-Bold",
}
_HEAVY = frozenset({Role.STRONG, Role.BOLD, Role.HEADING, Role.TITLE})
_OTHER_SCRIPTS = (
    "NotoSans-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansThai-Regular",
    "NotoSansSymbols2-Regular",
    "NotoSansSC-Regular",
    "NotoEmoji-Regular",
)


@cache
def _face(name: str) -> Face:
    return Face(resource("fonts", f"{name}.ttf"))


@cache
def chain(role: Role) -> Chain:
    """Return the faces for a role, the one to try first in front."""
    weight = "Bold" if role in _HEAVY else "Regular"
    weighted = [f"NotoSans{script}-{weight}" for script in ("Georgian", "Arabic", "Hebrew")]
    names = dict.fromkeys((_MAIN[role], *weighted, *_OTHER_SCRIPTS))
    return Chain(tuple(_face(name) for name in names))
