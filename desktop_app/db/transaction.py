"""The only handle an operation gets on the database.

It hides the Session on purpose: everything that can be done through it is seen by the audit
trail, and nothing else can be done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from sqlalchemy import Table, event, func, inspect, select
from sqlalchemy.orm import Mapper, Session

from desktop_app.db import trail_rows
from desktop_app.db.audit_tables import AuditEvent
from desktop_app.db.base import REDACTED, Base, Holds
from desktop_app.db.bulk import insert_rows, upsert_sums
from desktop_app.db.card_guard import Allowances, check_rows, free_attributes, without_cards
from desktop_app.db.card_writes import check_written
from desktop_app.db.passing import FREE, Pass
from desktop_app.db.seal_check import Span, read_rows
from desktop_app.db.state_seals import SEAL, Plan, fields_of, plans, seal_of, stored
from desktop_app.db.trail import IMPORT, Change
from desktop_app.db.trail_reader import TrailReader
from desktop_app.db.trail_rows import Row as TrailRow
from desktop_app.kernel.access import Actor, Limit
from desktop_app.kernel.asking import ApprovalNeededError
from desktop_app.kernel.clock import as_number, millis
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.holders import WhoMay
from desktop_app.kernel.ids import Ids
from desktop_app.kernel.words import msg

if TYPE_CHECKING:
    from sqlalchemy import Row, Select
    from sqlalchemy.orm import ORMExecuteState, UOWTransaction

T = TypeVar("T", bound=Base)
Ts = TypeVarTuple("Ts")
K = TypeVar("K")
V = TypeVar("V")

_REDACTED_TEXT = "(not kept)"
_ACTIONS = {"add": 1, "change": 0, "remove": -1}


class AuditedSession(Session):
    """A Session that records every flush and refuses what it could not record."""

    def __init__(
        self, *args: Any, read_only: bool, allowed: Allowances | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, expire_on_commit=False, **kwargs)
        self.read_only = read_only
        self.allowed = allowed or Allowances()
        self.written_by: tuple[str, datetime] | None = None
        self.changes: list[Change] = []
        self.grown: dict[str, int] = {}
        self.subject = ""
        self.detail: dict[str, Any] = {}
        self.signed = False

    def note(self, table: Table, change: Change, rows: int) -> None:
        """Remember a change for the trail and the row counts."""
        self.changes.append(change)
        self.grown[table.name] = self.grown.get(table.name, 0) + rows


@event.listens_for(AuditedSession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not state.is_select:
        message = "bulk and textual SQL bypass the audit trail; change objects instead"
        raise RuntimeError(message)


@event.listens_for(AuditedSession, "before_flush")
def _refuse_writes_in_queries(session: AuditedSession, *_: object) -> None:
    if session.read_only and (session.new or session.dirty or session.deleted):
        message = "a query tried to write"
        raise RuntimeError(message)


@event.listens_for(AuditedSession, "before_flush")
def _refuse_card_data(session: AuditedSession, *_: object) -> None:
    if session.written_by:
        check_written(session, session.allowed, *session.written_by)


@event.listens_for(AuditedSession, "after_flush")
def _record(session: AuditedSession, _context: UOWTransaction) -> None:
    for action, objects in (
        ("add", session.new),
        ("change", session.dirty),
        ("remove", session.deleted),
    ):
        for obj in objects:
            change = _describe(obj, action)
            if change is not None:
                session.note(inspect(obj).mapper.local_table, change, _ACTIONS[action])


def _describe(obj: Any, action: str) -> Change | None:
    state = inspect(obj)
    fields: dict[str, Any] = {}
    free = free_attributes(state.mapper)
    for attr in state.mapper.column_attrs:
        history = state.attrs[attr.key].history
        if not history.has_changes():
            continue
        holds: Holds = attr.columns[0].info["holds"]
        if holds in REDACTED:
            fields[attr.key] = _REDACTED_TEXT
        else:
            values = [_plain(history.deleted), _plain(history.added)]
            fields[attr.key] = without_cards(values) if attr.key in free else values
    if action == "change" and not fields:
        return None
    plan = plans().get(state.mapper.local_table.name)
    if plan is not None:
        fields.update(fields_of(plan, action, *_before_and_after(plan, state)))
    return Change(state.mapper.local_table.name, _row_id(state.mapper, obj), action, fields)


def _before_and_after(plan: Plan, state: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the sealed columns of a row as they were stored before a flush and after it."""
    old: list[Any] = []
    new: list[Any] = []
    for name in plan.columns:
        history = state.attrs[name].history
        now = (history.added or history.unchanged or history.deleted or (None,))[0]
        before = history.deleted[0] if history.deleted else now
        old.append(stored(before))
        new.append(stored(now))
    return tuple(old), tuple(new)


def _row_id(mapper: Mapper[Any], obj: Any) -> str:
    """Return the key of a row as the trail may know it: no personal values, no card numbers."""
    key = zip(mapper.primary_key, mapper.primary_key_from_instance(obj), strict=True)
    return ",".join(
        _REDACTED_TEXT if column.info["holds"] in REDACTED else str(without_cards(value))
        for column, value in key
    )


def _plain(values: Sequence[Any] | None) -> Any:
    value = values[0] if values else None
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"  # which picture it was
    if isinstance(value, datetime):
        return millis(value)
    if isinstance(value, date):
        return as_number(value)
    return value.value if isinstance(value, Enum) else value


class Transaction:
    """What operations use. Opened by the dispatcher, never by hand."""

    def __init__(
        self, session: AuditedSession, actor: Actor, at: datetime, ids: Ids, trail: TrailReader
    ) -> None:
        self._session = session
        session.written_by = (actor.name, at)
        self.actor = actor
        self.at = at
        self.ids = ids
        self.trail = trail
        self.passed: Pass = FREE
        self.who_may: WhoMay = lambda _permission: ()

    def get(self, table: type[T], key: Any) -> T:
        """Return the row or raise NotFoundError."""
        found = self._session.get(table, key)
        if found is None:
            raise NotFoundError(msg("There is no entry number {number} any more.", number=key))
        return found

    def find(self, table: type[T], key: Any) -> T | None:
        """Return the row, or None."""
        return self._session.get(table, key)

    def rows(self, query: Select[*Ts]) -> Sequence[Row[*Ts]]:
        """Run a SELECT of columns and return all of its rows."""
        return self._session.execute(query).all()

    def stream(self, query: Select[*Ts], size: int = 500) -> Iterator[Row[*Ts]]:
        """Run a SELECT of columns and return its rows one by one, `size` at a time in memory."""
        result = self._session.execute(query, execution_options={"yield_per": size})
        yield from result

    def objects(self, query: Select[T]) -> Sequence[T]:
        """Run a SELECT of one mapped class."""
        return self._session.scalars(query).all()

    def pairs(self, query: Select[K, V]) -> dict[K, V]:
        """Run a SELECT of two columns and return the second by the first."""
        return {row[0]: row[1] for row in self._session.execute(query)}

    def scalar(self, query: Select[Any]) -> Any:
        """Run a SELECT of one value."""
        return self._session.execute(query).scalar()

    @property
    def sorts_as_python(self) -> bool:
        """Tell whether texts are compared as Python does; a server may follow a language."""
        return self._session.get_bind().dialect.name == "sqlite"

    def add(self, obj: T) -> T:
        """Insert a row and give it its key."""
        self._session.add(obj)
        self._session.flush()
        return obj

    def add_all(self, objects: Sequence[Base]) -> None:
        """Insert several rows."""
        self._session.add_all(objects)
        self._session.flush()

    def remove(self, obj: Base) -> None:
        """Delete a row."""
        self._session.delete(obj)

    def about(self, subject: str, **detail: Any) -> None:
        """Say in the trail what this operation was about; never personal values.

        Card data in it is masked.
        """
        self._session.subject = without_cards(subject)
        self._session.detail.update(without_cards(detail))

    def allow(self, text: str) -> int:
        """Let what looks like card numbers in a text be written once; return how many there are."""
        return self._session.allowed.allow(text, self.at)

    def sign(self) -> None:
        """Have the event of this transaction signed by the actor: it is about money or rights."""
        self._session.signed = True

    def head(self) -> int:
        """Return the number of the newest event of the trail; 0 where there is none."""
        return int(self._session.scalar(select(func.max(AuditEvent.seq))) or 0)

    def trail_rows(self, first: int, last: int) -> list[TrailRow]:
        """Return the events with these numbers as the driver gives them, oldest first."""
        return trail_rows.between(self._session.connection(), first, last)

    def trail_after(self, first: int, limit: int) -> list[TrailRow]:
        """Return `limit` events from the number `first` on, oldest first."""
        return trail_rows.after(self._session.connection(), first, limit)

    def trail_page(self, before: int | None, skip: int, limit: int) -> list[TrailRow]:
        """Return events as the driver gives them, newest first, below the number `before`."""
        below = (1 << 62) if before is None else before
        return trail_rows.page(self._session.connection(), below, skip, limit)

    def trail_numbered(self, numbers: Sequence[int]) -> list[TrailRow]:
        """Return single events as the driver gives them."""
        return trail_rows.numbered(self._session.connection(), numbers)

    def trail_heads(self, numbers: Sequence[int]) -> dict[int, tuple[bytes, int]]:
        """Return hash and time of the events with these numbers."""
        return trail_rows.heads(self._session.connection(), numbers)

    def trail_tail(self, limit: int) -> list[TrailRow]:
        """Return the newest events without their contents, newest first."""
        return trail_rows.tail(self._session.connection(), limit)

    def trail_newest(self) -> tuple[int, bytes, int] | None:
        """Return number, hash and time of the newest event."""
        return trail_rows.newest(self._session.connection())

    def sealed_rows(self, plan: Plan, span: Span) -> list[tuple[Any, ...]]:
        """Return rows about money as the driver gives them, to be held against their seals."""
        return read_rows(self._session.connection(), plan, span)

    def first_event_of(self, sessions: Collection[bytes]) -> int | None:
        """Return the number of the first event of some sessions."""
        wanted = select(func.min(AuditEvent.seq)).where(AuditEvent.session.in_(sessions))
        return self._session.scalar(wanted)

    def rest(self) -> None:
        """Let writers through: what is read after this may be newer than what was read before."""
        if not self._session.read_only:
            message = "a writer cannot rest in the middle"
            raise RuntimeError(message)
        self._session.commit()

    def check_limit(self, limit: Limit, value: int) -> None:
        """Raise ApprovalNeededError above what the actor, or a second person, has agreed to.

        Only in operations that declare the limit: for others the door does not look for an
        approval.
        """
        own = self.actor.limit(limit)
        if own is not None and value > max(own, self.passed.limits.get(limit, 0)):
            raise ApprovalNeededError(limit=limit, value=value)

    def import_rows(
        self, table: type[Base], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Insert many rows at driver speed; the trail keeps their number, not their contents.

        Values are given as stored: numbers and text, times in milliseconds. Raises InvalidError,
        with the column as its field, where a free text holds card data.
        """
        if not rows:
            return
        target = self._writable(table)
        check_rows(target, columns, rows)
        insert_rows(self._session.connection(), target, columns, rows)
        plan = plans().get(target.name)
        sealed = {SEAL: {"new": seal_of(plan, columns, rows).kept()}} if plan else {}
        self._note_bulk(target, IMPORT, {"rows": len(rows), **sealed}, len(rows))

    def add_to_sums(self, table: type[Base], sums: Mapping[tuple[Any, ...], Sequence[int]]) -> None:
        """Add to the rows of a roll-up; its key columns first, the summed columns after."""
        if not sums:
            return
        target = self._writable(table)
        upsert_sums(self._session.connection(), target, sums)
        self._note_bulk(target, "sum", {"rows": len(sums)}, 0)

    def _writable(self, table: type[Base]) -> Table:
        if self._session.read_only:
            message = "a query tried to write"
            raise RuntimeError(message)
        target = table.__table__
        if not isinstance(target, Table):
            message = f"{table.__name__} is no table"
            raise TypeError(message)
        return target

    def _note_bulk(self, table: Table, action: str, fields: Mapping[str, Any], grown: int) -> None:
        self._session.note(table, Change(table.name, "", action, fields), grown)
