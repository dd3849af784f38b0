"""What a workbook says of itself: which sheets it has and in which parts they lie."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.exchange.worker.archive import Archive
from desktop_app.exchange.worker.frames import Refused
from desktop_app.exchange.worker.xml_parts import local, new_parser, parse

_TYPES = "[Content_Types].xml"
_MACROS = b"macroEnabled"
_SHEET = "/worksheet"
_BOOK = "/officeDocument"
_ID = ":id"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet and the part of the archive that holds it."""

    name: str
    part: str
    hidden: bool


def is_workbook(archive: Archive) -> bool:
    """Tell whether an archive says that it is an Office document with a workbook."""
    names = set(archive.names)
    return _TYPES in names and any(name.startswith("xl/") for name in names)


def sheets_of(archive: Archive) -> list[Sheet]:
    """Return the worksheets in the order of the workbook; Refused where it has macros."""
    if _MACROS in archive.whole(_TYPES):
        raise Refused("active", place=_TYPES)
    book = next((part for kind, part in _links(archive, "").values() if kind.endswith(_BOOK)), "")
    links = _links(archive, book)
    found: list[Sheet] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if local(name) != "sheet":
            return
        link = next((value for key, value in attributes.items() if key.endswith(_ID)), "")
        kind, part = links.get(link, ("", ""))
        if kind.endswith(_SHEET):
            hidden = attributes.get("state", "visible") != "visible"
            found.append(Sheet(attributes.get("name", ""), part, hidden))

    parse(new_parser(start), archive.pieces(book))
    return found


def _links(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: kind and part by id."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", folder, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = (
                attributes.get("Type", ""),
                posixpath.normpath(target).lstrip("/"),
            )

    parse(new_parser(start), archive.pieces(posixpath.join(folder, "_rels", f"{name}.rels")))
    return found
