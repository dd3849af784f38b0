"""One run of text in one face becomes glyphs and the PDF operators that draw them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from desktop_app.printing.bidirectional import as_seen_from_right, one_character
from desktop_app.printing.engines import harfbuzz
from desktop_app.printing.fonts import Face

_FEATURES = {"liga": False, "clig": False, "dlig": False}


@dataclass(slots=True)
class FaceInUse:
    """A face as one document uses it: its resource name and which glyph stands for what text."""

    face: Face
    name: str
    glyphs: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A drawn run: width in thousandths of the size, operators without the font selection.

    `exact` says that the glyphs alone give the text back when it is copied.
    """

    width: float
    operators: str
    exact: bool


def shape_run(used: FaceInUse, text: str, size: float, *, rtl: bool = False) -> Run:
    """Shape `text` and return how to draw it at `size` points."""
    buffer = _shaped(used.face, text, rtl=rtl)
    clusters = [info.cluster for info in buffer.glyph_infos]
    seen_as = as_seen_from_right(text) if rtl else text
    exact = _note_glyphs(used, seen_as, [info.codepoint for info in buffer.glyph_infos], clusters)
    pen = _Pen(size)
    width = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        step = position.x_advance * used.face.scale
        pen.place(
            info.codepoint,
            natural=used.face.advance(info.codepoint),
            step=step,
            right=position.x_offset * used.face.scale,
            rise=position.y_offset * used.face.scale,
        )
        width += step
    return Run(width, pen.finish(), exact)


def _shaped(face: Face, text: str, *, rtl: bool) -> Any:
    buffer = harfbuzz.Buffer()
    buffer.cluster_level = harfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    harfbuzz.shape(face.font, buffer, _FEATURES)
    return buffer


def _note_glyphs(used: FaceInUse, text: str, glyphs: list[int], clusters: list[int]) -> bool:
    """Remember what each glyph stands for; tell whether that alone gives the text back."""
    bounds = [*sorted(set(clusters)), len(text)]
    following = dict(pairwise(bounds))
    seen: set[int] = set()
    exact = True
    for glyph, cluster in zip(glyphs, clusters, strict=True):
        part = one_character(text[cluster : following[cluster]])
        if cluster in seen:
            exact = False
            part = part[-1:]
        seen.add(cluster)
        if used.glyphs.setdefault(glyph, part) != part:
            exact = False
    return exact


class _Pen:
    """Collects glyphs into TJ arrays, with corrections where advances are not natural."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._done: list[str] = []
        self._array: list[str] = []
        self._hex: list[str] = []
        self._owed = 0.0
        self._rise = 0.0

    def place(self, glyph: int, *, natural: float, step: float, right: float, rise: float) -> None:
        """Draw one glyph; distances in thousandths of the size."""
        if rise != self._rise:
            self._lift(rise)
        correction = round(self._owed - right)
        if correction:
            self._end_hex()
            self._array.append(str(correction))
            self._owed -= correction
        self._hex.append(f"{glyph:04X}")
        self._owed += natural - step

    def finish(self) -> str:
        """Return the operators for everything placed."""
        if round(self._owed):
            self._end_hex()
            self._array.append(str(round(self._owed)))
        self._lift(0.0)
        return " ".join(self._done)

    def _end_hex(self) -> None:
        if self._hex:
            self._array.append(f"<{''.join(self._hex)}>")
            self._hex = []

    def _lift(self, rise: float) -> None:
        self._end_hex()
        if self._array:
            plain = len(self._array) == 1 and self._array[0].startswith("<")
            shown = f"{self._array[0]}Tj" if plain else f"[{''.join(self._array)}]TJ"
            self._done.append(shown)
            self._array = []
        if rise != self._rise:
            self._done.append(f"{rise * self._size / 1000:.2f} Ts")
            self._rise = rise
