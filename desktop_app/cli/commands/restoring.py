"""A store from a backup, where there is no store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.cli.call import Call
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.kernel.errors import ConflictError, DamagedError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.restore import Restored, RestorePreview
from desktop_app.sign_in import Reception
from desktop_app.vault.recovery import RecoveryCode


def restore(call: Call) -> Answer:
    """Bring a store back, or say what a backup holds; exit code 7 where it is not all there."""
    options = call.options
    into = Path(options.into).absolute() if options.into else call.data
    reception = call.reception(into)
    if reception.has_store() and not options.preview:
        raise ConflictError(
            msg("There is a store in {folder} already.", folder=into),
            hint=msg("Choose an empty folder with --into."),
        )
    code = RecoveryCode.read(Path(options.recovery_key_file))
    snapshot = options.snapshot
    if options.at:
        snapshot = _at(reception, options.source, code, options.at)
    if options.preview:
        return _preview(call, reception.preview_restore(options.source, code, snapshot=snapshot))
    with call.watching() as progress:
        found = reception.restore(options.source, code, snapshot=snapshot, progress=progress)
    return _restored(call, found)


def _at(reception: Reception, url: str, code: RecoveryCode, at: datetime) -> str:
    made = [s for s in reception.preview_restore(url, code).snapshots if s.at <= at]
    if not made:
        raise NotFoundError(
            msg("There is no backup from {time} or before.", time=at.isoformat()),
            hint=msg("“--preview” lists the backups there are."),
        )
    return max(made, key=lambda snapshot: snapshot.at).id


def _preview(call: Call, found: RestorePreview) -> Answer:
    at = found.at.astimezone()  # the venue's time zone is still inside the backup
    return Answer(
        {
            "preview": True,
            "snapshot": found.snapshot,
            "at": at.isoformat(),
            "device": found.device,
            "program": found.program,
            "rows": found.rows,
            "tables": dict(found.tables),
            "snapshots": [
                {
                    "id": row.id,
                    "at": row.at.astimezone().isoformat(),
                    "bytes": row.bytes,
                    "rows": row.rows,
                }
                for row in found.snapshots
            ],
        },
        [
            Facts(
                [
                    (msg("Backup"), found.snapshot),
                    (msg("Time"), at.isoformat(timespec="minutes")),
                    (msg("Computer"), found.device),
                    (msg("Program"), found.program),
                    (msg("Rows"), call.number(found.rows)),
                ]
            ),
            Table(
                [Column(msg("Database table")), Column(msg("Rows"), right=True)],
                [[name, call.number(rows)] for name, rows in sorted(found.tables.items())],
            ),
            Table(
                [Column(msg("Backup")), Column(msg("Time")), Column(msg("Rows"), right=True)],
                [
                    [
                        row.id,
                        row.at.astimezone().isoformat(timespec="minutes"),
                        call.number(row.rows),
                    ]
                    for row in found.snapshots
                ],
            ),
        ],
    )


def _restored(call: Call, found: Restored) -> Answer:
    well = found.audit_ok and not found.mismatches
    shown: list[Shown] = [
        Facts(
            [
                (msg("Restored to"), str(found.restored_to)),
                (msg("Backup"), found.snapshot),
                (msg("Rows"), call.number(found.rows)),
                (msg("Audit trail whole"), call.yes(found.audit_ok)),
                (msg("Erasures repeated"), call.number(found.erasures_replayed)),
            ]
        ),
        msg("Every row is there. Sign in as before.")
        if well
        else msg("Not everything fits what the backup promised. Try an earlier backup too."),
    ]
    if found.mismatches:
        shown.append(
            Table(
                [
                    Column(msg("Database table")),
                    Column(msg("Promised"), right=True),
                    Column(msg("Found"), right=True),
                ],
                [
                    [m.table, call.number(m.promised), call.number(m.found)]
                    for m in found.mismatches
                ],
            )
        )
    return Answer(
        {
            "restored_to": str(found.restored_to),
            "snapshot": found.snapshot,
            "rows": found.rows,
            "audit_ok": found.audit_ok,
            "erasures_replayed": found.erasures_replayed,
            "mismatches": [
                {"table": m.table, "promised": m.promised, "found": m.found}
                for m in found.mismatches
            ],
        },
        shown,
        0 if well else DamagedError.exit_code,
    )
