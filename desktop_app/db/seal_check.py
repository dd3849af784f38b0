"""Hold the rows about money against the seals that the trail has kept of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection

from desktop_app.db.engine import TRANSLATE
from desktop_app.db.state_seals import MARK_BYTES, MODULUS, SEAL, Plan, Seal, added_up, plans
from desktop_app.db.trail import Event

SPAN_ROWS = 10_000
"""So many rows are compared at a time."""
_NEWEST = (1 << 63) - 1


class Wrong(Enum):
    """What is wrong with rows about money."""

    CHANGED = auto()
    MISSING = auto()
    UNKNOWN = auto()
    """There is a row that no event wrote."""


@dataclass(frozen=True, slots=True)
class StateFault:
    """Rows that are not as event `seq` wrote them; `key` is the first column of their key."""

    seq: int
    table: str
    key: int
    wrong: Wrong


@dataclass(slots=True)
class _Group:
    """Rows whose keys lie between two numbers, written by one event or by several at once."""

    first: int
    last: int
    seq: int
    rows: int = 0
    total: int = 0
    marks: list[bytes] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)

    def take(self, seal: Seal) -> None:
        self.rows += seal.rows
        self.total = (self.total + seal.total) % MODULUS
        self.marks.append(seal.marks)

    def give_back(self, seal: Seal) -> None:
        self.rows -= seal.rows
        self.total = (self.total - seal.total) % MODULUS
        self.gone.append(seal.marks)

    def expected(self) -> Counter[bytes]:
        found = Counter(_single(b"".join(self.marks)))
        found.subtract(_single(b"".join(self.gone)))
        return found


def _single(marks: bytes) -> Iterator[bytes]:
    return (marks[at : at + MARK_BYTES] for at in range(0, len(marks), MARK_BYTES))


@dataclass(slots=True)
class Promised:
    """What the trail says of the sealed tables; events are taken once, in their order.

    `upto` is the newest event taken; `broken` the first whose seals cannot be read, 0 for none.
    """

    upto: int = 0
    broken: int = 0
    _written: dict[str, list[tuple[int, Seal]]] = field(default_factory=dict)
    _changed: dict[str, list[tuple[int, Seal | None, Seal]]] = field(default_factory=dict)

    def take(self, seq: int, event: Event) -> None:
        """Remember the seals of one event."""
        self.upto = seq
        for change in event.changes:
            kept = change.fields.get(SEAL)
            if kept is None or change.table not in plans():
                continue
            try:
                new = _read(kept.get("new"), change.fields.get("rows", 1))
                old = _read(kept.get("old"), 1)
            except (AttributeError, KeyError, TypeError, ValueError):  # no program of ours wrote it
                self.broken = self.broken or seq
                continue
            if old is not None:
                self._changed.setdefault(change.table, []).append((seq, new, old))
            elif new is not None:
                self._written.setdefault(change.table, []).append((seq, new))

    def groups(self, table: str) -> list[_Group]:
        """Return the rows there should be, in the order of their keys; no two groups overlap."""
        found: list[_Group] = []
        for seq, seal in sorted(self._written.get(table, ()), key=lambda one: one[1].first):
            if found and seal.first <= found[-1].last:
                found[-1].last = max(found[-1].last, seal.last)
                found[-1].seq = max(found[-1].seq, seq)
            else:
                found.append(_Group(seal.first, seal.last, seq))
            found[-1].take(seal)
        ends = [group.last for group in found]
        for seq, new, old in self._changed.get(table, ()):
            place = bisect_left(ends, old.first)
            if place == len(found) or found[place].first > old.first:
                self.broken = self.broken or seq  # it changed a row that no event had written
                continue
            found[place].give_back(old)
            found[place].seq = max(found[place].seq, seq)
            if new is not None:
                found[place].take(new)
        return found


def _read(kept: Mapping[str, Any] | None, rows: int) -> Seal | None:
    return None if kept is None else Seal.read(kept, rows)


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring groups that are compared together, and the keys from the one before them on.

    `before` is the event that wrote the rows in front of them; the first of all where none did.
    """

    first: int
    last: int
    groups: Sequence[_Group]
    before: int = 1


def spans(groups: Sequence[_Group]) -> Iterator[Span]:
    """Yield all keys there can be, in portions of about `SPAN_ROWS` rows."""
    first, before, rows, some = -_NEWEST, 1, 0, list[_Group]()
    for group in groups:
        some.append(group)
        rows += group.rows
        if rows >= SPAN_ROWS:
            yield Span(first, group.last, some, before)
            first, before, rows, some = group.last + 1, group.seq, 0, []
    yield Span(first, _NEWEST, some, before)


def read_rows(connection: Connection, plan: Plan, span: Span) -> list[tuple[Any, ...]]:
    """Return the sealed columns of the rows of a span, as stored, in the order of their key."""
    return _rows(connection, plan, f'WHERE "{plan.key}" BETWEEN ? AND ?', (span.first, span.last))


def read_next(connection: Connection, plan: Plan, after: int) -> list[tuple[Any, ...]]:
    """Return about `SPAN_ROWS` rows with keys above `after`; all rows of a key come together."""
    key = f'"{plan.key}"'
    some = _rows(connection, plan, f"WHERE {key} > ?", (after,), SPAN_ROWS)
    if len(some) < SPAN_ROWS:
        return some
    return _rows(connection, plan, f"WHERE {key} > ? AND {key} <= ?", (after, some[-1][0]))


def _rows(
    connection: Connection, plan: Plan, where: str, values: tuple[int, ...], most: int | None = None
) -> list[tuple[Any, ...]]:
    sqlite = connection.dialect.name == "sqlite"
    place = TRANSLATE["ops"] if sqlite else "ops"
    columns = ", ".join(f'"{name}"' for name in plan.columns)
    sql = f'SELECT {columns} FROM {place}."{plan.table}" {where} ORDER BY "{plan.key}"'  # noqa: S608
    if most is not None:
        sql += f" LIMIT {most}"
    found = connection.exec_driver_sql(sql if sqlite else sql.replace("?", "%s"), values)
    try:
        cursor: Any = found.cursor
        return list(cursor.fetchall())
    finally:
        found.close()


def misfits(plan: Plan, span: Span, rows: Sequence[tuple[Any, ...]]) -> list[StateFault]:
    """Return what does not fit in a span: at most one fault an event, the smallest key first.

    A row that no event wrote counts for the event that wrote the rows in front of it.
    """
    groups = span.groups
    ends = [group.last for group in groups]
    held: list[list[tuple[Any, ...]]] = [[] for _ in ends]
    found: dict[int, StateFault] = {}
    for row in rows:
        place = bisect_left(ends, row[0])
        if place == len(ends) or row[0] < groups[place].first:
            seq = groups[place - 1].seq if place else span.before
            found.setdefault(seq, StateFault(seq, plan.table, row[0], Wrong.UNKNOWN))
            continue
        held[place].append(row)
    for group, some in zip(groups, held, strict=True):
        digests = [plan.digest(row) for row in some]
        if added_up(digests) != group.total and plan.number_as_text is not None:
            digests = _as_once(plan, plan.number_as_text, group, some)
        if added_up(digests) != group.total or len(digests) != group.rows:
            found.setdefault(group.seq, _named(plan, group, digests, [row[0] for row in some]))
    return sorted(found.values(), key=lambda one: one.key)


def _as_once(plan: Plan, place: int, group: _Group, rows: Sequence[tuple[Any, ...]]) -> list[bytes]:
    """Return the digests of rows, of which some may have been sealed with a number as text."""
    expected, found = group.expected(), list[bytes]()
    for row in rows:
        as_text = (*row[:place], str(row[place]), *row[place + 1 :])
        both = [plan.digest(row), plan.digest(as_text)]
        fitting = [one for one in both if expected[one[:MARK_BYTES]] > 0]
        found.append(fitting[0] if fitting else both[0])
        expected[found[-1][:MARK_BYTES]] -= 1
    return found


def _named(plan: Plan, group: _Group, digests: Sequence[bytes], keys: Sequence[int]) -> StateFault:
    """Say which row of a group is not as it was written, as far as its marks tell."""
    expected = group.expected()
    strange = None
    for digest, key in zip(digests, keys, strict=True):
        mark = digest[:MARK_BYTES]
        if expected[mark] > 0:
            expected[mark] -= 1
        elif strange is None:
            strange = key
    if strange is None:
        return StateFault(group.seq, plan.table, group.first, Wrong.MISSING)
    wrong = Wrong.UNKNOWN if len(keys) > group.rows else Wrong.CHANGED
    return StateFault(group.seq, plan.table, strange, wrong)
