"""Why a file is not taken, in words: what the child says by code, and what its end says."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from desktop_app.exchange.worker.limits import MIB, Limits
from desktop_app.kernel.errors import AppError, InvalidError, UnavailableError
from desktop_app.kernel.words import Message, msg

_LARGE = 10_000
Values = Mapping[str, str | int]
Sentence = Callable[[str, Values], Message]

_SPLIT = msg("Split it into smaller files, for example by month, and import them all.")
_OUTSIDE = msg("Remove what stands far outside the table, or split it, and save it again.")
_SAVE = msg("Open it in its program, save it again as .xlsx or CSV, and import that.")
_UNPACK = msg("Unpack it yourself and choose the files in it.")
_ASK = msg("Ask whoever sent it for a new copy.")
_EXPORT = msg("Export it again and choose the new file.")


def _words(text: Callable[..., Message]) -> Sentence:
    return lambda file, values: text(file=file, **_without(values))


def _without(values: Values) -> dict[str, str | int]:
    blank: dict[str, str | int] = {"n": 0, "limit": 0, "place": "", "there": ""}
    return blank | {key: _grouped(value) for key, value in values.items() if key in blank}


def _grouped(value: str | int) -> str | int:
    """Return a large number so that it can be read, in any language: 1 000 000."""
    if isinstance(value, str) or value < _LARGE:
        return value
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


_SENTENCES: dict[str, tuple[Sentence, Message]] = {
    "damaged": (
        _words(lambda **v: msg("“{file}” is damaged and cannot be read.", **v)),
        _ASK,
    ),
    "memory": (
        _words(
            lambda **v: msg("Reading “{file}” would take more than {limit} MiB of memory.", **v)
        ),
        _SPLIT,
    ),
    "entries": (
        _words(lambda **v: msg("“{file}” holds {n} files; more than {limit} are not read.", **v)),
        _UNPACK,
    ),
    "unpacked": (
        _words(lambda **v: msg("“{file}” unpacks to more than {limit} MiB.", **v)),
        _SPLIT,
    ),
    "ratio": (
        _words(
            lambda **v: msg(
                "“{place}” in “{file}” unpacks to more than {limit} times its size, as only a trap"
                " does.",
                **v,
            )
        ),
        _ASK,
    ),
    "twice": (
        _words(lambda **v: msg("“{file}” holds two files of the same name.", **v)),
        _ASK,
    ),
    "path": (
        _words(
            lambda **v: msg("“{place}” in “{file}” points to a place outside the archive.", **v)
        ),
        _ASK,
    ),
    "link": (
        _words(lambda **v: msg("“{place}” in “{file}” is a link and not a file.", **v)),
        _UNPACK,
    ),
    "encrypted": (
        _words(lambda **v: msg("“{file}” is protected with a password.", **v)),
        _UNPACK,
    ),
    "method": (
        _words(lambda **v: msg("“{place}” in “{file}” is packed in a way we do not read.", **v)),
        _UNPACK,
    ),
    "nested": (
        _words(lambda **v: msg("“{file}” holds another archive, “{place}”.", **v)),
        _UNPACK,
    ),
    "active": (
        _words(
            lambda **v: msg(
                "“{file}” holds macros, links to other files or embedded documents ({place}).", **v
            )
        ),
        _SAVE,
    ),
    "workbook": (
        _words(lambda **v: msg("“{file}” is not an Excel workbook.", **v)),
        _SAVE,
    ),
    "is-workbook": (
        _words(lambda **v: msg("“{file}” is an Excel workbook and not an archive.", **v)),
        msg("Give it a name that ends in .xlsx."),
    ),
    "entities": (
        _words(lambda **v: msg("“{file}” declares entities, which a workbook never does.", **v)),
        _SAVE,
    ),
    "rows": (
        _words(
            lambda **v: msg(
                "“{file}” goes down to cell {place}; rows beyond {limit} are not read.", **v
            )
        ),
        _OUTSIDE,
    ),
    "columns": (
        _words(
            lambda **v: msg(
                "“{file}” goes out to cell {place}; more than {limit} columns are not read.", **v
            )
        ),
        _OUTSIDE,
    ),
    "cells": (
        _words(lambda **v: msg("“{file}” has more than {limit} filled cells.", **v)),
        _SPLIT,
    ),
    "formulas": (
        _words(lambda **v: msg("“{file}” has more than {limit} cells with formulas.", **v)),
        msg("Paste the table as values only, save it again, and import that."),
    ),
    "sheets": (
        _words(lambda **v: msg("“{file}” has {n} sheets; more than {limit} are not read.", **v)),
        msg("Name the sheet you want."),
    ),
    "sheet": (
        _words(lambda **v: msg("“{file}” has no sheet “{place}”.", **v)),
        msg("Look at the names of its sheets."),
    ),
    "json-size": (
        _words(lambda **v: msg("“{file}” is larger than {limit} MiB.", **v)),
        _SPLIT,
    ),
    "json-encoding": (
        _words(lambda **v: msg("“{file}” is not UTF-8, as JSON has to be.", **v)),
        _EXPORT,
    ),
    "json-syntax": (
        _words(lambda **v: msg("“{file}” is not valid JSON: see line {n}.", **v)),
        _EXPORT,
    ),
    "json-depth": (
        _words(
            lambda **v: msg("“{file}” nests more than {limit} levels deep, from line {n} on.", **v)
        ),
        _ASK,
    ),
    "json-number": (
        _words(lambda **v: msg("“{file}” holds a number that is none (NaN, or endless).", **v)),
        _ASK,
    ),
    "json-twice": (
        _words(lambda **v: msg("“{file}” gives the same field twice in one record.", **v)),
        _ASK,
    ),
    "json-list": (
        _words(lambda **v: msg("“{file}” is JSON, but not a list of records.", **v)),
        _EXPORT,
    ),
    "json-failed": (
        _words(lambda **v: msg("“{file}” is an answer that says it failed (success: false).", **v)),
        _EXPORT,
    ),
    "records": (
        _words(lambda **v: msg("“{file}” holds {n} records; more than {limit} are not read.", **v)),
        _SPLIT,
    ),
    "picture": (
        _words(lambda **v: msg("“{file}” is no JPEG or PNG picture, or is damaged.", **v)),
        msg("Open it in another program and save it as JPEG."),
    ),
    "picture-size": (
        _words(lambda **v: msg("“{file}” is larger than {limit} MiB.", **v)),
        msg("Save it smaller, as JPEG."),
    ),
    "pixels": (
        _words(lambda **v: msg("“{file}” has more than {limit} million dots.", **v)),
        msg("Save it smaller, as JPEG."),
    ),
    "record": (
        _words(lambda **v: msg("Record {n} of “{file}” is longer than a record can be.", **v)),
        _ASK,
    ),
}


def codes() -> frozenset[str]:
    """Return every code there are words for."""
    return frozenset(_SENTENCES)


def refusal(file: str, facts: Values, limits: Limits) -> AppError:
    """Return what the child's refusal means."""
    code = str(facts.get("code", ""))
    if code not in _SENTENCES:
        return crashed(file, limits)
    sentence, hint = _SENTENCES[code]
    if code == "sheet" and facts.get("there"):
        hint = msg("It has: {names}.", names=facts["there"])
    return InvalidError(sentence(file, facts), hint=hint)


def crashed(file: str, limits: Limits) -> InvalidError:
    """Return what to say where the child died or talked nonsense: the file did it."""
    return InvalidError(
        msg(
            "“{file}” could not be read: the program that reads it was stopped, as happens with"
            " files that are damaged or need more than {limit} MiB of memory.",
            file=file,
            limit=limits.memory // MIB,
        ),
        hint=_SAVE,
    )


def too_slow(file: str, limits: Limits) -> InvalidError:
    """Return what to say where reading did not end in time."""
    return InvalidError(
        msg(
            "Reading “{file}” took longer than {limit} seconds and was stopped.",
            file=file,
            limit=limits.cpu,
        ),
        hint=_SPLIT,
    )


def unstartable(file: str, error: OSError) -> UnavailableError:
    """Return what to say where no child can be started."""
    return UnavailableError(
        msg(
            "The program that reads “{file}” cannot be started: {reason}.",
            file=file,
            reason=os.strerror(error.errno) if error.errno else type(error).__name__,
        ),
        hint=msg("Close other programs and try again."),
    )
