"""State seals: what the trail remembers of rows about money, so that they cannot change unseen.

A row of a table with `About(sealed=True)` has a digest: SHA-256 over its table and the columns that
say what was sold, paid or owed. Free text (cards may be masked in it) and the number of the person
(who may be erased) are left out. The event that wrote rows keeps the sum of their digests, between
which keys they lie, and four bytes of each, by which the one that was changed is named
(security.md, 3.3).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Table

from desktop_app.db.base import REDACTED, Base
from desktop_app.db.card_guard import free_columns
from desktop_app.kernel.clock import as_number, millis

SEAL = "seal"
"""The name under which a change of the trail keeps its seal."""
MARK_BYTES = 4
MODULUS = 1 << 256
_LABEL = "seal/v1"
_ONCE_TEXT = {"money_entry": "category_id"}
_PARTS = 2
"""How many columns the key of a part (a line, a payment) has."""
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one sealed table are digested.

    `columns` are sealed, in the order of the table; the number by which its rows lie together
    (`key`) is the first of them, and the first `keys` are the whole key. The last `later` of them
    came when rows had been sealed already: where they are all 0, the digest is the one the row had
    before.
    """

    table: str
    columns: tuple[str, ...]
    later: int = 0
    keys: int = 1

    @property
    def number_as_text(self) -> int | None:
        """Return the place of a number that programs of schema 0003 sealed as text at times."""
        name = _ONCE_TEXT.get(self.table)
        return None if name is None else self.columns.index(name)

    @property
    def key(self) -> str:
        """Return the first column of the table's key, a number."""
        return self.columns[0]

    def digest(self, values: Values) -> bytes:
        """Return the digest of a row, given as stored in the order of `columns`."""
        return hashlib.sha256(f"{_LABEL}{self.table}{self.sealed(values)!r}".encode()).digest()

    def sealed(self, values: Values) -> Values:
        """Return those of the values that the digest is over."""
        if self.later and not any(values[-self.later :]):
            return values[: -self.later]
        return values


@cache
def plans() -> Mapping[str, Plan]:
    """Return how to seal, by the names of the sealed tables."""
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    return {
        table.name: _plan(table, found.__about__.path)
        for found in sorted(classes, key=lambda one: one.__tablename__)
        if found.__about__.sealed and isinstance(table := found.__table__, Table)
    }


def _plan(table: Table, path: str) -> Plan:
    left_out = free_columns(table) | {path}
    columns = tuple(column.key for column in table.columns if column.key not in left_out)
    for name in columns:
        holds = table.columns[name].info["holds"]
        if isinstance(table.columns[name].type, Boolean) or holds in REDACTED:
            message = f"{table.name}.{name} cannot be sealed: engines, or the trail, forbid it"
            raise TypeError(message)
    later = [bool(table.columns[name].info.get("later")) for name in columns]
    if later != sorted(later):
        message = f"{table.name}: what came later stands last"
        raise TypeError(message)
    keys = [bool(table.columns[name].primary_key) for name in columns]
    if keys != sorted(keys, reverse=True):
        message = f"{table.name}: the key stands first"
        raise TypeError(message)
    return Plan(table.name, columns, sum(later), sum(keys))


def stored(value: Any) -> Any:
    """Return the value of an attribute as it is stored."""
    if isinstance(value, datetime):
        return millis(value)
    if isinstance(value, date):
        return as_number(value)
    if isinstance(value, Enum):
        return int(value) if isinstance(value, int) else str(value.value)
    return value


@dataclass(slots=True)
class Seal:
    """The seal of some rows: how many, the sum of their digests, their keys and their marks."""

    rows: int
    total: int
    first: int
    last: int
    marks: bytes

    def kept(self) -> dict[str, Any]:
        """Return it as the trail keeps it."""
        return {
            "sum": f"{self.total:064x}",
            "first": self.first,
            "last": self.last,
            "marks": base64.b64encode(self.marks).decode(),
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any], rows: int) -> Seal:
        """Return a seal that the trail has kept; ValueError or KeyError for anything else."""
        return cls(
            rows,
            int(kept["sum"], 16),
            int(kept["first"]),
            int(kept["last"]),
            base64.b64decode(kept["marks"]),
        )


def seal_of(plan: Plan, columns: Sequence[str], rows: Sequence[Values]) -> Seal:
    """Return the seal of at least one row, given as stored."""
    digests = _digests(f"{_LABEL}{plan.table}", _texts(plan, columns, rows))
    place = columns.index(plan.key)
    keys = [row[place] for row in rows]
    marks = b"".join([digest[:MARK_BYTES] for digest in digests])
    return Seal(len(rows), added_up(digests), min(keys), max(keys), marks)


def _digests(prefix: str, texts: Iterable[str]) -> list[bytes]:
    """Return the digests of texts with a prefix; a copy of a hash is made in half the time."""
    begun = hashlib.sha256(prefix.encode())
    found: list[bytes] = []
    for text in texts:
        digest = begun.copy()
        digest.update(text.encode())
        found.append(digest.digest())
    return found


def _texts(plan: Plan, columns: Sequence[str], rows: Sequence[Values]) -> list[str]:
    """Return what is digested of each row: its sealed values, written as a tuple."""
    pick = itemgetter(*(columns.index(name) for name in plan.columns))
    if plan.later:
        return [repr(plan.sealed(pick(row))) for row in rows]
    if plan.keys == _PARTS and len(plan.columns) > _PARTS + 1:
        return _texts_of_parts(plan, columns, rows)
    return [repr(pick(row)) for row in rows]


def _texts_of_parts(plan: Plan, columns: Sequence[str], rows: Sequence[Values]) -> list[str]:
    """Return the same of the parts of something, which hardly differ but by their numbers."""
    places = [columns.index(name) for name in plan.columns]
    whole, number, rest = places[0], places[1], itemgetter(*places[_PARTS:])
    known: dict[Values, str] = {}
    texts: list[str] = []
    for row in rows:
        values = rest(row)
        text = known.get(values)
        if text is None:
            text = known[values] = repr(values)[1:]
        texts.append(f"({row[whole]!r}, {row[number]!r}, {text}")
    return texts


def added_up(digests: Iterable[bytes]) -> int:
    """Return the sum of digests; in which order they come does not matter."""
    number = int.from_bytes
    return sum([number(digest) for digest in digests]) % MODULUS


def fields_of(plan: Plan, action: str, old: Values, new: Values) -> dict[str, Any]:
    """Return what a change of one row keeps beside its fields: its seals before and after."""
    kept: dict[str, Any] = {}
    if action != "add":
        kept["old"] = seal_of(plan, plan.columns, [old]).kept()
    if action != "remove":
        kept["new"] = seal_of(plan, plan.columns, [new]).kept()
    return {SEAL: kept} if kept.get("old") != kept.get("new") else {}
