"""Hold all files of a store at one commit while their changed pages are copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from desktop_app.backup.shipping import Held
from desktop_app.backup.shipping import Store as Shipment
from desktop_app.backup.source import StoreFile
from desktop_app.db.audit_tables import AuditEvent, RowCount
from desktop_app.db.engine import TRANSLATE, file_of
from desktop_app.db.store import Store
from desktop_app.db.upgrade import HEAD
from desktop_app.kernel.access import Domain
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.words import msg

SMALL_FILES = ("keys.json", "store.json")


def shipment(store: Store, program: str, device_name: str) -> Shipment:
    """Return what a snapshot of this store covers.

    A domain whose key the signed-in person does not hold is shipped as it lies on the disk.
    """
    keys = store.keys.unlocked.domain_keys
    versions = store.keys.vault.versions()
    files = [
        StoreFile(
            domain.value,
            file_of(store.folder, domain, versions[domain]),
            keys[domain].reveal() if domain in keys else None,
        )
        for domain in Domain
    ]
    small = {name: store.folder / name for name in SMALL_FILES}
    return Shipment(files, small, lambda: _held(store, versions), program, device_name)


@contextmanager
def _held(store: Store, versions: Mapping[Domain, int]) -> Iterator[Held]:
    closed = [d for d in Domain if d not in store.keys.unlocked.domain_keys]
    before = [_state(file_of(store.folder, domain, versions[domain])) for domain in closed]
    with store.engine.execution_options(read_only=True).begin() as connection:
        for domain, place in TRANSLATE.items():
            if Domain(domain) not in closed:  # the read lock is taken by the first read
                connection.exec_driver_sql(f"SELECT count(*) FROM {place}.sqlite_master").scalar()  # noqa: S608
        # Whoever gives a domain a new key waits for this lock; before it, they may have been here.
        if store.keys.vault.versions() != versions:
            raise _written_to()
        yield _facts(connection)
        after = [_state(file_of(store.folder, domain, versions[domain])) for domain in closed]
        if after != before or store.keys.vault.versions() != versions:
            raise _written_to()


def _written_to() -> UnavailableError:
    return UnavailableError(
        msg("The store was being written to while the backup was made."),
        hint=msg("Make the backup again; nothing is lost."),
    )


def _state(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:  # it has just been given a new key, and so another name
        raise _written_to() from None
    journal = path.with_name(f"{path.name}-journal")
    return found.st_size, found.st_mtime_ns, journal.stat().st_size if journal.exists() else 0


def _facts(connection: Connection) -> Held:
    counted = RowCount.__table__
    event = AuditEvent.__table__
    counts = {row.name: row.rows for row in connection.execute(select(counted))}
    newest = select(event.c.seq, event.c.hash).order_by(event.c.seq.desc()).limit(1)
    head = connection.execute(newest).one_or_none()
    facts: dict[str, Any] = {
        "schema": HEAD,
        "rows": counts,
        "trail": {"events": head.seq, "head": head.hash.hex()} if head else None,
    }
    return Held(facts, sum(counts.values()) + (head.seq if head else 0), facts["trail"])
