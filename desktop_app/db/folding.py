"""Folding of stored text in a query: `ŞİRKƏT` is found by `şirkət` and by `sirket`.

For text that is searched too seldom to keep a folded copy beside it. In the files the connection
has the function; a server has a table of letters, made from the same function, because its own
LOWER goes by the language that the database was made with.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, and_
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


class folded(GenericFunction[str]):  # noqa: N801 - it is called as a function
    """The text of a column as `kernel.text.fold` returns it."""

    type = String()
    name = NAME
    inherit_cache = True


def has_words(text: Any, wanted: str) -> ColumnElement[bool]:
    """Return that every word of `wanted` stands somewhere in a column, however it is spelled."""
    whole = folded(text)
    return and_(True, *(whole.contains(word, autoescape=True) for word in fold(wanted).split()))  # noqa: FBT003


def teach(connection: Any) -> None:
    """Give a connection to the files its function."""
    connection.create_function(NAME, 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


@compiles(folded, "postgresql")
def _on_server(element: folded, compiler: Any, **kw: Any) -> str:
    """Write the letters one for one; those that become several, one after another."""
    inside = compiler.process(element.clauses, **kw)
    single, several = _table()
    for letter, becomes in several:
        inside = f"replace({inside}, '{letter}', '{becomes}')"
    return f"translate({inside}, '{''.join(single)}', '{''.join(single.values())}')"


@cache
def _table() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return what each letter becomes, and the few that become several."""
    all_ = {chr(number): fold(chr(number)) for number in _LETTERS}
    return (
        {letter: to for letter, to in all_.items() if to != letter and len(to) == 1},
        tuple((letter, to) for letter, to in all_.items() if len(to) > 1),
    )
