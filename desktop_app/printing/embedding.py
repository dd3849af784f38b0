"""Faces as PDF fonts: subset to the glyphs in use, with widths and the text behind each glyph."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from itertools import groupby

from desktop_app.printing.engines import harfbuzz
from desktop_app.printing.fonts import Face
from desktop_app.printing.shaping import FaceInUse
from desktop_app.printing.writer import Writer

_NOT_EMBEDDED = (
    *("GSUB", "GPOS", "GDEF", "BASE", "MATH", "STAT", "DSIG"),
    *("name", "post", "meta", "kern", "gasp", "vhea", "vmtx"),
)
_ENTRIES_PER_BLOCK = 100
_SEMIBOLD = 600
_CMAP_HEAD = (
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
    "/CMapName/Adobe-Identity-UCS def/CMapType 2 def "
    "1 begincodespacerange<0000><FFFF>endcodespacerange\n"
)
_CMAP_TAIL = "endcmap CMapName currentdict/CMap defineresource pop end end"


def embed(writer: Writer, used: FaceInUse) -> int:
    """Write a face with the glyphs a document used; return the font's object number."""
    glyphs = sorted(used.glyphs)
    program = _subset(used.face, glyphs)
    name = f"{_tag(glyphs)}+{_postscript_name(used.face)}"
    file = writer.stream(f"/Length1 {len(program)}", program)
    texts = writer.stream("", _to_unicode(used, glyphs))
    descriptor = writer.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4{_metrics(used.face)}"
        f"/FontFile2 {file} 0 R>>"
    )
    descendant = writer.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/W[{_widths(used.face, glyphs)}]/DW 1000"
        "/CIDToGIDMap/Identity>>"
    )
    return writer.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {texts} 0 R>>"
    )


def _subset(face: Face, glyphs: list[int]) -> bytes:
    wanted = harfbuzz.SubsetInput()
    wanted.flags = harfbuzz.SubsetFlags.RETAIN_GIDS | harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.glyph_set.update(glyphs)
    for table in _NOT_EMBEDDED:
        tag = int.from_bytes(table.ljust(4).encode("ascii"), "big")
        wanted.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).add(tag)
    return bytes(harfbuzz.subset(face.face, wanted).blob.data)


def _tag(glyphs: list[int]) -> str:
    """Return the six letters that mark a subset."""
    digest = hashlib.sha256(repr(glyphs).encode("ascii")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _widths(face: Face, glyphs: list[int]) -> str:
    parts: list[str] = []
    for _, group in groupby(enumerate(glyphs), key=lambda item: item[1] - item[0]):
        run = [glyph for _, glyph in group]
        widths = " ".join(f"{round(face.advance(glyph), 2):g}" for glyph in run)
        parts.append(f"{run[0]}[{widths}]")
    return "".join(parts)


def _to_unicode(used: FaceInUse, glyphs: list[int]) -> bytes:
    entries = [
        f"<{glyph:04X}><{used.glyphs[glyph].encode('utf-16-be').hex().upper()}>"
        for glyph in glyphs
        if glyph and used.glyphs[glyph]
    ]
    blocks = list(_blocks(entries))
    return (_CMAP_HEAD + "".join(blocks) + _CMAP_TAIL).encode("ascii")


def _blocks(entries: list[str]) -> Iterator[str]:
    for first in range(0, len(entries), _ENTRIES_PER_BLOCK):
        block = entries[first : first + _ENTRIES_PER_BLOCK]
        lines = "\n".join(block)
        yield f"{len(block)} beginbfchar\n{lines}\nendbfchar\n"


def _metrics(face: Face) -> str:
    """Return the descriptor's numbers, read from the head, hhea, OS/2 and post tables."""
    head, hhea, os2, post = (face.table(tag) for tag in ("head", "hhea", "OS/2", "post"))
    box = " ".join(f"{edge * face.scale:.0f}" for edge in struct.unpack(">4h", head[36:44]))
    ascent, descent = (number * face.scale for number in struct.unpack(">2h", hhea[4:8]))
    weight = struct.unpack(">H", os2[4:6])[0]
    version = struct.unpack(">H", os2[:2])[0]
    capital = struct.unpack(">h", os2[88:90])[0] * face.scale if version > 1 else 700
    slant = struct.unpack(">i", post[4:8])[0] / 65536
    stem = 80 if weight < _SEMIBOLD else 140
    return (
        f"/FontBBox[{box}]/ItalicAngle {slant:g}/Ascent {ascent:.0f}/Descent {descent:.0f}"
        f"/CapHeight {capital:.0f}/StemV {stem}"
    )


def _postscript_name(face: Face) -> str:
    """Return the face's own name, from the file's name."""
    return face.path.stem
