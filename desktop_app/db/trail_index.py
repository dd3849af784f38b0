"""Finds events by what they say: a small index in memory, made for readers while they search.

Contents are encrypted, so the database cannot search them. The index keeps, for each event, the
numbers of its (actor, operation, outcome), of its subject, and its time; it grows from the newest
event downwards only as far as a search needs, and lives as long as the store is open.
"""

from __future__ import annotations

import json
import threading
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop_app.db.trail_rows import TrailSource

CHUNK = 5_000
_SHUT = ("", "", "")


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which events are wanted; empty fields are for any.

    `text` begins the actor or the operation, or stands in the subject; times are milliseconds, the
    last one not included.
    """

    text: str = ""
    actor: str = ""
    operation: str = ""
    outcome: str = ""
    subject: str = ""
    first_ms: int | None = None
    end_ms: int | None = None

    @property
    def everything(self) -> bool:
        """Tell whether there is no filter."""
        return self == _EVERYTHING


_EVERYTHING = TrailFilter()


@dataclass(slots=True)
class _Column:
    """The indexed facts of a run of events; `step` is how their numbers go on."""

    kinds: array[int] = field(default_factory=lambda: array("H"))
    subjects: array[int] = field(default_factory=lambda: array("I"))
    times: array[int] = field(default_factory=lambda: array("q"))


class Opener(Protocol):
    """Opens the contents of events."""

    def learn(self, tx: TrailSource, names: Iterable[bytes]) -> None:
        """Open the keys of sessions."""
        ...

    def plain(self, seq: int, session: bytes, sealed: bytes) -> bytes | None:
        """Return what is sealed in an event; None where it is shut."""
        ...


class TrailIndex:
    """Knows what the events say that were looked through so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._top: int | None = None
        self._down, self._up = _Column(), _Column()
        self._kinds: list[tuple[str, str, str]] = [_SHUT]
        self._kind_of: dict[bytes, int] = {}
        self._subjects: list[str] = [""]
        self._subject_of: dict[bytes, int] = {}

    def find(
        self, tx: TrailSource, opener: Opener, wanted: TrailFilter, before: int | None
    ) -> Iterator[int]:
        """Yield the numbers of the events that fit, newest first, below `before`.

        Reads further down only while the caller goes on asking.
        """
        head = tx.head()
        self._begin(tx, opener, head)
        fits = _Fitting(wanted, self._kinds, self._subjects)
        first = head if before is None else min(head, before - 1)
        top = self._top or 0
        newer = min(first - top, len(self._up.kinds))
        if newer > 0:
            yield from (top + 1 + at for at in reversed(fits.places(self._up, 0, newer)))
        at = max(0, top - first)
        while True:
            known = len(self._down.kinds)
            for start in range(at, known, CHUNK):
                stop = min(start + CHUNK, known)
                yield from (top - place for place in fits.places(self._down, start, stop))
            at = max(at, known)
            if not self._grow_down(tx, opener, known):
                return

    def _begin(self, tx: TrailSource, opener: Opener, head: int) -> None:
        """Take in the events that came since the last search."""
        with self._lock:
            if self._top is None:
                self._top = head
            known = self._top + len(self._up.kinds)
            for first in range(known + 1, head + 1, CHUNK):
                rows = _opened(tx, opener, first, min(first + CHUNK - 1, head))
                self._add(rows, self._up)

    def _grow_down(self, tx: TrailSource, opener: Opener, known: int) -> bool:
        with self._lock:
            if len(self._down.kinds) > known:  # another search was here meanwhile
                return True
            last = (self._top or 0) - known
            if last <= 0:
                return False
            rows = _opened(tx, opener, max(1, last - CHUNK + 1), last)
            self._add(rows[::-1], self._down)
            return True

    def _add(self, rows: Sequence[tuple[int, bytes | None]], to: _Column) -> None:
        for at, plain in rows:
            kind, subject = (0, 0) if plain is None else self._numbers(plain)
            to.times.append(at)
            to.subjects.append(subject)
            to.kinds.append(kind)  # the last: whoever reads meanwhile goes by its length

    def _numbers(self, plain: bytes) -> tuple[int, int]:
        """Return the numbers of what an event says, without reading all of its JSON.

        Keys are sorted and quotes in values escaped: `actor` comes first, and what begins with the
        last `,"operation":` are the short fields after the nested ones.
        """
        body = zlib.decompress(plain[1:]) if plain[0] else plain
        name = body[: body.index(b',"b')]
        rest = body.rindex(b',"operation":')
        subject, end = body.rindex(b',"subject":'), body.rindex(b',"way":')
        raw_kind, raw_subject = name + body[rest:subject], body[subject + 11 : end]
        kind = self._kind_of.get(raw_kind)
        if kind is None:
            kind = self._new_kind(body, raw_kind)
        number = self._subject_of.get(raw_subject)
        if number is None:
            number = len(self._subjects)
            self._subjects.append(json.loads(raw_subject))
            self._subject_of[raw_subject] = number
        return kind, number

    def _new_kind(self, body: bytes, raw: bytes) -> int:
        said = json.loads(body.lstrip(b"\0"))
        found = len(self._kinds)
        self._kinds.append((said["actor"], said["operation"], said["outcome"]))
        self._kind_of[raw] = found
        return found


def _opened(
    tx: TrailSource, opener: Opener, first: int, last: int
) -> list[tuple[int, bytes | None]]:
    """Return time and contents of the events `first` to `last`; nothing for missing numbers."""
    rows = tx.trail_rows(first, last)
    opener.learn(tx, {row[2] for row in rows})
    tx.rest()
    found: list[tuple[int, bytes | None]] = [(0, None)] * (last - first + 1)
    for seq, at, session, sealed, *_ in rows:
        found[seq - first] = at, opener.plain(seq, session, sealed) if sealed else None
    return found


class _Fitting:
    """Finds the places that fit in a run of indexed events; each word is looked at once."""

    def __init__(
        self, wanted: TrailFilter, kinds: list[tuple[str, str, str]], subjects: list[str]
    ) -> None:
        self._wanted = wanted
        self._text = wanted.text.strip().casefold()
        self._kinds, self._subjects = kinds, subjects
        self._kinds_seen = self._subjects_seen = 0
        self._good_kinds: set[int] = set()
        self._text_kinds: set[int] = set()
        self._good_subjects: set[int] = set()

    def places(self, column: _Column, start: int, stop: int) -> Sequence[int]:
        """Return the places from `start` to `stop` that fit, ascending."""
        self._learn()
        wanted, found = self._wanted, range(start, stop)
        places: Sequence[int] = found
        if wanted.first_ms is not None or wanted.end_ms is not None:
            times, end = column.times, wanted.end_ms or 1 << 62
            places = [at for at in places if (wanted.first_ms or 0) <= times[at] < end]
        if wanted.actor or wanted.operation or wanted.outcome:
            kinds, good = column.kinds, self._good_kinds
            places = [at for at in places if kinds[at] in good]
        if self._text or wanted.subject:
            kinds, good, subjects = column.kinds, self._text_kinds, column.subjects
            named = self._good_subjects
            places = [at for at in places if kinds[at] in good or subjects[at] in named]
        return places

    def _learn(self) -> None:
        """Judge the words that were met since the last run."""
        wanted, text = self._wanted, self._text
        for number in range(self._kinds_seen, len(self._kinds)):
            actor, operation, outcome = self._kinds[number]
            if (
                wanted.actor.casefold() in ("", actor.casefold())
                and wanted.operation in ("", operation)
                and wanted.outcome in ("", outcome)
            ):
                self._good_kinds.add(number)
            if text and (actor.casefold().startswith(text) or operation.startswith(text)):
                self._text_kinds.add(number)
        self._kinds_seen = len(self._kinds)
        for number in range(self._subjects_seen, len(self._subjects)):
            subject = self._subjects[number]
            if subject == wanted.subject if wanted.subject else text in subject.casefold():
                self._good_subjects.add(number)
        self._subjects_seen = len(self._subjects)
