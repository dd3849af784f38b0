"""XML of a workbook, read in a stream. A document type is refused: it is how entities come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from desktop_app.exchange.worker.frames import Refused

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


def new_parser(start: Start, end: End | None = None) -> expat.XMLParserType:
    """Return a parser that calls `start` and `end` with `prefix:name`.

    Resolving prefixes would cost a third of the time, and no workbook has two elements that differ
    in their prefix only.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.EntityDeclHandler = _no_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    return parser


def parse(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Read a whole part; Refused where it is not well formed."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError:
        raise Refused("damaged") from None


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _no_doctype(*_: object) -> None:
    raise Refused("entities")
