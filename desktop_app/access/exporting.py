"""The trail for an auditor: a table to read, or everything that `verify_trail.py` checks alone."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from desktop_app.access.reading import event_row
from desktop_app.access.records import EventRow, ExportedTrail
from desktop_app.db.audit_tables import TrailSession
from desktop_app.db.operation import Job, task
from desktop_app.db.trail_reader import head_of_session
from desktop_app.db.trail_rows import Row
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import moment
from desktop_app.kernel.errors import ConflictError, InvalidError, UnavailableError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg

FORMAT = "clopos-desk trail/1"
CSV, JSON = "csv", "json"
_CHUNK = 2_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    *("number", "time", "actor", "role", "way", "device", "operation", "outcome", "subject"),
    *("detail", "changes", "signed", "hash"),
)


@task(Permission.AUDIT_EXPORT)
def export_trail(job: Job, out: Path, *, kind: str, recipient: str) -> ExportedTrail:
    """Write the whole trail to a new file and enter for whom.

    `csv` is a table to read; `json` also holds what `verify_trail.py` needs to check the chain, the
    sessions and the signatures. ConflictError where there is a file already, UnavailableError where
    it cannot be written; then nothing is left of it.
    """
    said = clean(recipient)
    if not said:
        raise InvalidError(msg("Say for whom the trail is exported."), field="recipient")
    if out.exists():
        raise ConflictError(msg("There is a file {file} already.", file=out))
    with job.reading() as tx:
        tx.trail.require()
        last = tx.head()
    job.progress.stage(msg("Exporting the audit trail"), last)
    part, sha = out.with_name(f"{out.name}.part"), hashlib.sha256()
    try:
        with part.open("xb") as file:
            for line in (_table if kind == CSV else _everything)(job, last):
                raw = line.encode()
                sha.update(raw)
                file.write(raw)
        part.chmod(0o600)
        with job.transaction() as tx:
            tx.about("trail", kind=kind, recipient=said, events=last, sha256=sha.hexdigest())
            tx.sign()
            part.replace(out)
    except OSError as error:
        raise UnavailableError(
            msg("The trail cannot be written to {file}.", file=out),
            hint=msg("Free space there, check the rights, or choose another folder."),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return ExportedTrail(out, last, sha.hexdigest())


def portions(job: Job, last: int) -> Iterator[tuple[list[Row], list[EventRow]]]:
    """Yield the events up to a number, oldest first, some at a time."""
    for first in range(1, last + 1, _CHUNK):
        with job.reading() as tx:
            rows = tx.trail_rows(first, min(first + _CHUNK - 1, last))
            shown = [event_row(one) for one in tx.trail.opened(tx, rows)]
        yield rows, shown
        job.progress.advance(len(rows))


def _table(job: Job, last: int) -> Iterator[str]:
    yield "\ufeff" + _line(COLUMNS)
    for _rows, shown in portions(job, last):
        for one in shown:
            detail = json.dumps(dict(one.detail), ensure_ascii=False) if one.detail else ""
            yield _line(
                (
                    one.seq, one.at.isoformat(), one.actor, one.role, one.way, one.device,
                    one.operation, one.outcome, one.subject, detail, one.changes,
                    "yes" if one.signed else "", one.hash,
                )
            )  # fmt: skip


def _line(cells: Iterable[Any]) -> str:
    """Return a line of CSV; a text that a spreadsheet would take for a formula gets a quote."""
    written = io.StringIO()
    safe = [f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in cells]
    csv.writer(written, lineterminator="\r\n").writerow(safe)
    return written.getvalue()


def _everything(job: Job, last: int) -> Iterator[str]:
    vault = job.store.keys.vault
    names = {user.id: user.name for user in vault.users()}
    users = {
        user_id: {"name": names.get(user_id, ""), "keys": [_text(key) for key in keys]}
        for user_id, keys in vault.sign_keys().items()
    }
    yield _json({"format": FORMAT, "install": vault.install_id, "events": last, "users": users})
    with job.reading() as tx:
        sessions = [(row.id, head_of_session(row), row.signature)
                    for row in tx.objects(select(TrailSession))]  # fmt: skip
    for name, head, signature in sessions:
        yield _json({
            "id": _text(name), "box": head.box, "user": head.user_id,
            "sign_key": _text(head.sign_key), "started_ms": head.started_ms,
            "sealed_key": _text(head.sealed_key), "signature": _text(signature),
        })  # fmt: skip
    for rows, shown in portions(job, last):
        for row, one in zip(rows, shown, strict=True):
            yield _json({
                "seq": row[0], "at_ms": row[1], "at": moment(row[1]).isoformat(),
                "session": _text(row[2]), "sealed": _text(row[3]), "content_hash": _text(row[4]),
                "previous": _text(row[5]), "hash": _text(row[6]), "signature": _text(row[7]),
                "actor": one.actor, "role": one.role, "operation": one.operation,
                "outcome": one.outcome, "subject": one.subject, "detail": dict(one.detail),
            })  # fmt: skip


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode()
