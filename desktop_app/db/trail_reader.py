"""Opens what events say, for whoever holds the key of the trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from sqlalchemy import select

from desktop_app.db.audit_tables import TrailSession
from desktop_app.db.trail import Content, decoded
from desktop_app.db.trail_index import TrailFilter, TrailIndex
from desktop_app.db.trail_rows import Row, TrailSource
from desktop_app.kernel.clock import millis
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.vault import trail_box
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.trail_box import ContentCipher, SessionHead
from desktop_app.vault.unlocked import Unlocked


class State(Enum):
    """What can be seen of an event's contents."""

    OPEN = auto()
    EMPTIED = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class Opened:
    """An event with its contents; None where they were emptied or do not open."""

    seq: int
    at_ms: int
    session: bytes
    hash: bytes
    signature: bytes | None
    content: Content | None
    state: State


@dataclass(slots=True)
class TrailReader:
    """Keeps the keys of the sessions it has opened, for as long as the store is open."""

    vault: Vault
    unlocked: Unlocked
    index: TrailIndex = field(default_factory=TrailIndex)
    _ciphers: dict[bytes, ContentCipher | None] = field(default_factory=dict)

    def require(self) -> None:
        """Raise NotAllowedError where this person does not hold the key of the trail."""
        if not self.unlocked.reads_trail:
            raise NotAllowedError(
                msg("You do not hold the key of the audit trail."),
                hint=msg("The owner can give you a role that reads it."),
            )

    def opened(self, tx: TrailSource, rows: Sequence[Row]) -> Iterator[Opened]:
        """Yield rows with their contents."""
        self.learn(tx, {row[2] for row in rows})
        for seq, at, session, sealed, _hash, _previous, own, signature in rows:
            content, state = None, State.EMPTIED
            if sealed:
                plain = self.plain(seq, session, sealed)
                content, state = _content(plain)
            yield Opened(seq, at, session, own, signature, content, state)

    def find(self, tx: TrailSource, wanted: TrailFilter, before: int | None) -> Iterator[int]:
        """Yield the numbers of the events that fit, newest first, below `before`."""
        return self.index.find(tx, self, wanted, before)

    def count_about(self, tx: TrailSource, subject: str) -> int:
        """Return how many events are about a subject."""
        self.require()
        return sum(1 for _ in self.find(tx, TrailFilter(subject=subject), None))

    def plain(self, seq: int, session: bytes, sealed: bytes) -> bytes | None:
        """Return what is sealed in an event of a session that was learnt; None where it is shut."""
        cipher = self._ciphers.get(session)
        if cipher is None:
            return None
        try:
            return cipher.open(seq, sealed)
        except WrongKeyError:
            return None

    def learn(self, tx: TrailSource, names: Iterable[bytes]) -> None:
        """Open the keys of sessions that were not met before."""
        new = [name for name in names if name not in self._ciphers]
        for at in range(0, len(new), 500):
            wanted = select(TrailSession).where(TrailSession.id.in_(new[at : at + 500]))
            for row in tx.objects(wanted):
                self._ciphers[row.id] = self._cipher(row)
        for name in new:
            self._ciphers.setdefault(name, None)

    def _cipher(self, row: TrailSession) -> ContentCipher | None:
        head = head_of_session(row)
        install = self.vault.install_id
        key = self.unlocked.trail_key(head.box)
        if key is None or head.name(install) != row.id:
            return None
        try:
            return trail_box.open_session(install, head, key)
        except WrongKeyError:
            return None
        finally:
            key.wipe()

    def close(self) -> None:
        """Forget the keys, and what was read."""
        self._ciphers.clear()
        self.index = TrailIndex()


def head_of_session(row: TrailSession) -> SessionHead:
    """Return what lies in the clear about a session."""
    return SessionHead(row.box, row.user_id, row.sign_key, millis(row.started_at), row.sealed_key)


def _content(plain: bytes | None) -> tuple[Content | None, State]:
    if plain is None:
        return None, State.UNREADABLE
    try:
        return decoded(plain), State.OPEN
    except ValueError:
        return None, State.UNREADABLE
