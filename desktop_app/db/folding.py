"""Folding of stored text in a query: `ŞİRKƏT` is found by `şirkət` and by `sirket`.

For text that is searched too seldom to keep a folded copy beside it. In the files the connection
has the function; a server looks for a pattern of all letters that the same function makes one,
because its own LOWER goes by the language that the database was made with.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from desktop_app.kernel.text import fold

NAME = "folded"
_LETTERS = (
    *range(0x41, 0x5B),
    *range(0xC0, 0x180),  # Latin with marks
    0x18F, 0x259,  # Ə and ə
    *range(0x400, 0x460), *range(0x490, 0x4F0),  # Cyrillic, that of Azerbaijan too
)  # fmt: skip


class folded_has(GenericFunction[bool]):  # noqa: N801 - it is called as a function
    """Whether a column has a folded word; its third argument is the pattern for a server."""

    type = Boolean()
    inherit_cache = True


def has_words(text: Any, wanted: str) -> ColumnElement[bool]:
    """Return that every word of `wanted` stands somewhere in a column, however it is spelled."""
    words = fold(wanted).split()
    return and_(True, *(folded_has(text, word, pattern(word)) for word in words))  # noqa: FBT003


def teach(connection: Any) -> None:
    """Give a connection to the files its function."""
    connection.create_function(NAME, 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


@compiles(folded_has, "sqlite")
def _in_files(element: folded_has, compiler: Any, **kw: Any) -> str:
    text, word, _ = element.clauses
    return f"instr({NAME}({compiler.process(text, **kw)}), {compiler.process(word, **kw)}) > 0"


@compiles(folded_has, "postgresql")
def _on_server(element: folded_has, compiler: Any, **kw: Any) -> str:
    text, _, wanted = element.clauses
    return f"{compiler.process(text, **kw)} ~ {compiler.process(wanted, **kw)}"


def pattern(word: str) -> str:
    """Return a regular expression of a server for the spellings of a folded word."""
    single, several = _table()
    found, at = [], 0
    while at < len(word):
        both = several.get(word[at : at + 2])
        if both:
            one, other = (_any_of(letter, single) for letter in word[at : at + 2])
            found.append(f"(?:[{both}]|{one}{other})")
            at += 2
            continue
        half = ""
        if at == 0:
            half += "".join(all_ for to, all_ in several.items() if to[-1] == word[at])
        if at == len(word) - 1:
            half += "".join(all_ for to, all_ in several.items() if to[0] == word[at])
        found.append(_any_of(word[at], single, half))
        at += 1
    return "".join(found)


def _any_of(letter: str, single: dict[str, str], half: str = "") -> str:
    if letter.isalnum():
        return f"[{letter}{single.get(letter, '')}{half}]"
    return f"\\{letter}" if letter.isascii() else letter


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Return which letters become one, and which become two."""
    single: dict[str, str] = {}
    several: dict[str, str] = {}
    for letter in map(chr, _LETTERS):
        to = fold(letter)
        if to != letter and len(to) in (1, 2):
            which = single if len(to) == 1 else several
            which[to] = which.get(to, "") + letter
    return single, several
