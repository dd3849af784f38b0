"""The first place where a trail does not fit, from rows as the driver gives them."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.db.trail import LABEL, PARTS, START, Fault
from desktop_app.db.trail_rows import Row

_WIDTHS = 16 + 32


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature met on the way: over which event, of which session."""

    seq: int
    at_ms: int
    session: bytes
    hash: bytes
    signature: bytes


@dataclass(slots=True)
class ChainCheck:
    """Computes the chain again, portion by portion, from wherever it is told to begin."""

    previous: bytes = START
    expected: int = 1
    emptied: int = 0
    sessions: set[bytes] = field(default_factory=set)
    signed: list[Signed] = field(default_factory=list)
    accepted: Mapping[int, Fault] = field(default_factory=dict)
    """Faults that people have signed off; checking goes on behind them."""
    fault: Fault | None = None

    def go_on(self, rows: Sequence[Row]) -> bool:
        """Check rows in order; False at the first that does not fit; its number is `expected`."""
        previous, expected = self.previous, self.expected
        sessions, signed = self.sessions, self.signed
        for row in rows:
            if row[0] != expected or row[5] != previous or not _fits(row):
                fault = _fault(row, previous, expected)
                if self.accepted.get(expected) is not fault:
                    self.fault = fault
                    break
                expected = row[0]
            if row[7] is not None:
                signed.append(Signed(row[0], row[1], row[2], row[6], row[7]))
            sessions.add(row[2])
            if not row[3]:
                self.emptied += 1
            previous = row[6]
            expected += 1
        self.previous, self.expected = previous, expected
        return self.fault is None


def _fits(
    row: Row,
    sha: Callable[[bytes], hashlib._Hash] = hashlib.sha256,
    pack: Callable[..., bytes] = PARTS.pack,
) -> bool:
    """Tell whether a row carries the hash of what it says; a million times in a few seconds."""
    seq, at, session, sealed, content_hash, previous, own, signature = row
    try:
        parts = pack(
            32, previous, 8, seq, 8, at, 16, session, 32, content_hash, 1, signature is not None
        )
    except (struct.error, TypeError):  # a column of another type than any program writes
        return False
    return (
        own == sha(LABEL + parts).digest()
        and (not sealed or content_hash == sha(sealed).digest())
        and len(session) + len(content_hash) == _WIDTHS  # else the packing has cut them
    )


def _fault(row: Row, previous: bytes, expected: int) -> Fault:
    if row[0] != expected:
        return Fault.MISSING
    if row[5] != previous:
        return Fault.ORDER
    if row[3] and row[4] != hashlib.sha256(row[3]).digest():
        return Fault.CONTENT
    return Fault.FACTS
