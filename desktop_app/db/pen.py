"""What writes the events of one open store: one session, one key, signatures where they count."""

from __future__ import annotations

import platform
import threading
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from desktop_app.db import trail_rows
from desktop_app.db.audit_tables import AuditEvent, RowCount, TrailSession
from desktop_app.db.bulk import insert_rows, upsert_sums
from desktop_app.db.trail import START, Content, Event, chained, encoded
from desktop_app.kernel.access import Actor
from desktop_app.kernel.clock import boot_id, millis, monotonic
from desktop_app.kernel.errors import ConflictError, NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.vault import trail_box
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.trail_box import ContentCipher, SessionHead
from desktop_app.vault.unlocked import Unlocked

EVERY = 500
"""At least each so many events one is signed, whoever writes it."""
_BACK_MS = 120_000
_EVENT: Any = AuditEvent.__table__
_COLUMNS = tuple(column.name for column in _EVENT.columns)
_SESSION: Any = TrailSession.__table__
_COUNT: Any = RowCount.__table__
_SESSION_COLUMNS = tuple(column.name for column in _SESSION.columns)
CLOCK_BACK = "clock.went_back"
DONE, REFUSED, FAILED = "done", "refused", "failed"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event of the trail."""

    seq: int
    hash: bytes
    at_ms: int


@dataclass(slots=True)
class _Session:
    name: bytes
    head: SessionHead
    cipher: ContentCipher
    stored: bool = False
    events: int = 0
    last_ms: int = 0


@dataclass(slots=True)
class Pen:
    """Appends to the trail for whoever has opened the store."""

    vault: Vault
    unlocked: Unlocked
    device: str = field(default_factory=platform.node)
    boot: str = field(default_factory=boot_id)
    head: Head | None = None
    _session: _Session | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def events(self) -> int:
        """Return how many events this session has written."""
        return self._session.events if self._session else 0

    def write(
        self, connection: Connection, actor: Actor, at: datetime, event: Event, *, signed: bool
    ) -> Head:
        """Append an event to the chain and return the new head.

        The caller holds the right to write. ConflictError where an owner must sign in first.
        """
        at_ms = millis(at)
        session = self._begun(at_ms)
        if not session.stored:
            self._store(connection, session)
        head = head_of(connection)
        if session.last_ms - at_ms > _BACK_MS:
            went = Event(CLOCK_BACK, DONE, "", {"from": session.last_ms, "to": at_ms})
            said = self._content(actor, went)
            head = self._append(connection, session, head, said, at_ms, signed=True)
        said = self._content(actor, event)
        head = self._append(connection, session, head, said, at_ms, signed=signed)
        session.last_ms = at_ms
        self.head = head
        return head

    def carry(self, connection: Connection, content: Content, at_ms: int) -> None:
        """Append an event that happened before this session, as it was written down then."""
        session = self._begun(at_ms)
        if not session.stored:
            self._store(connection, session)
        self._append(connection, session, head_of(connection), content, at_ms, signed=False)

    def committed(self) -> None:
        """Remember that what was written is there to stay."""
        if self._session is not None:
            self._session.stored = True

    def close(self) -> None:
        """Forget the session's key."""
        self._session = None

    def _begun(self, at_ms: int) -> _Session:
        with self._lock:
            if self._session is None:
                public = self.unlocked.trail_public
                if public is None:
                    raise ConflictError(
                        msg("The audit trail has no key yet."),
                        hint=msg("The owner has to sign in once with this program."),
                    )
                head, cipher = trail_box.begin_session(
                    self.vault.install_id,
                    self.unlocked.trail_version,
                    public,
                    self.unlocked.user_id,
                    self._public_key(),
                    at_ms,
                )
                self._session = _Session(head.name(self.vault.install_id), head, cipher)
            return self._session

    def _public_key(self) -> bytes:
        try:
            return self.unlocked.public_key
        except NotAllowedError:
            return b""

    def _store(self, connection: Connection, session: _Session) -> None:
        """Keep the session with its first event; a transaction that failed took it away again."""
        known = select(_SESSION.c.id).where(_SESSION.c.id == session.name)
        if connection.execute(known).first() is not None:
            return
        head = session.head
        signature = self.unlocked.sign(trail_box.SESSION, session.name) if head.sign_key else None
        row = (
            session.name, head.box, head.user_id, head.sign_key, head.started_ms, head.sealed_key,
            signature,
        )  # fmt: skip
        insert_rows(connection, _SESSION, _SESSION_COLUMNS, [row])
        upsert_sums(connection, _COUNT, {(TrailSession.__tablename__,): (1,)})

    def _content(self, actor: Actor, event: Event) -> Content:
        return Content(
            event,
            actor.name,
            actor.user_id,
            str(actor.role),
            actor.way,
            self.device,
            int(monotonic() * 1000),
            self.boot[:8],
        )

    def _append(
        self,
        connection: Connection,
        session: _Session,
        head: Head,
        content: Content,
        at_ms: int,
        *,
        signed: bool,
    ) -> Head:
        seq = head.seq + 1
        sealed = session.cipher.seal(seq, encoded(content))
        content_hash = sha256(sealed).digest()
        signs = bool(session.head.sign_key) and (signed or seq % EVERY == 0)
        own = chained(head.hash, seq, at_ms, session.name, content_hash, int(signs))
        note = trail_box.note(self.vault.install_id, seq, own)
        signature = self.unlocked.sign(trail_box.CHECKPOINT, note) if signs else None
        row = (seq, at_ms, session.name, sealed, content_hash, head.hash, own, signature)
        insert_rows(connection, _EVENT, _COLUMNS, [row])
        session.events += 1
        return Head(seq, own, at_ms)


def head_of(connection: Connection) -> Head:
    """Return the newest event; number 0 where there is none."""
    found = trail_rows.newest(connection)
    return Head(found[0], found[1], found[2]) if found else Head(0, START, 0)
