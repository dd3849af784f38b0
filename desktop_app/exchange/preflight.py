"""What a file is, by its first bytes, and whether its name says the same.

Sizes are checked here too, before anything is read; the help page on importing has the figures.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from desktop_app.exchange.worker.limits import MIB, STANDARD
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg

START = 64
TEXT_LIMIT = 1024 * MIB


class Kind(StrEnum):
    """What we read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    ARCHIVE = "archive"
    JSON = "json"


_ZIP = b"PK"
_OTHERS: tuple[tuple[bytes, Message], ...] = (
    (b"\xd0\xcf\x11\xe0", msg("an old Excel file (.xls) or one with a password")),
    (b"%PDF", msg("a PDF")),
    (b"\x1f\x8b", msg("a gzip archive")),
    (b"SQLite format 3", msg("a database")),
    (b"7z\xbc\xaf", msg("a 7-Zip archive")),
    (b"Rar!", msg("a RAR archive")),
    (b"\x89PNG", msg("a picture")),
    (b"\xff\xd8\xff", msg("a picture")),
    (b"GIF8", msg("a picture")),
    (b"\x7fELF", msg("a program")),
    (b"MZ\x90", msg("a program")),
    (b"{\\rtf", msg("a text document")),
)
_NAMED = {
    ".csv": Kind.TEXT,
    ".txt": Kind.TEXT,
    ".tsv": Kind.TEXT,
    ".xlsx": Kind.WORKBOOK,
    ".zip": Kind.ARCHIVE,
    ".json": Kind.JSON,
}
_TITLES = {
    Kind.TEXT: msg("text"),
    Kind.WORKBOOK: msg("an Excel workbook"),
    Kind.ARCHIVE: msg("a ZIP archive"),
    Kind.JSON: msg("JSON"),
}
_MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam")
_SIZES = {
    Kind.TEXT: TEXT_LIMIT,
    Kind.WORKBOOK: STANDARD.file,
    Kind.ARCHIVE: STANDARD.file,
    Kind.JSON: STANDARD.json,
}


def kind_of(name: str, start: bytes) -> Kind:
    """Return what to read a file as; InvalidError where it is nothing we read or misnamed."""
    ending = PurePath(name).suffix.casefold()
    if ending in _MACROS:
        raise InvalidError(
            msg("“{file}” is an Excel file that may hold macros.", file=name),
            hint=msg("Open it in its program, save it again as .xlsx or CSV, and import that."),
        )
    named = _NAMED.get(ending)
    for magic, title in _OTHERS:
        if start.startswith(magic):
            raise InvalidError(
                msg("“{file}” is not a table but {kind}.", file=name, kind=title),
                hint=msg("Save it as “CSV UTF-8” or .xlsx and try again."),
            )
    found = _by_content(start, named)
    if named is not None and found is not named:
        raise InvalidError(
            msg(
                "“{file}” is called {ending}, but what is in it is {kind}.",
                file=name,
                ending=ending,
                kind=_TITLES[found],
            ),
            hint=msg("Give it the name that fits, or save it again, and try once more."),
        )
    return found


def check_size(name: str, kind: Kind, size: int) -> None:
    """Refuse a file that is larger than its kind may be."""
    limit = _SIZES[kind]
    if size > limit:
        raise InvalidError(
            msg("“{file}” is larger than {limit} MiB.", file=name, limit=limit // MIB),
            hint=msg("Split it into smaller files, for example by month, and import them all."),
        )


def _by_content(start: bytes, named: Kind | None) -> Kind:
    if start.startswith(_ZIP):
        # Only the child can tell a workbook from another archive.
        return named if named in {Kind.WORKBOOK, Kind.ARCHIVE} else Kind.WORKBOOK
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:1] in {b"[", b"{"} and named is not Kind.TEXT:
        return Kind.JSON
    return Kind.TEXT
