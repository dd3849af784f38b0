"""The audit trail handed out: as a table, or as what `verify_trail.py` checks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.access import exporting
from desktop_app.db.operation import Job, task
from desktop_app.exports.handing import checked, entered, hand_out
from desktop_app.exports.records import FileFormat, HandedOut, Handover, What
from desktop_app.kernel.access import Permission
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import words
from desktop_app.sheets.records import Cell, Column, Kind, Protection, Sheet, Written
from desktop_app.venue.operations import the_venue

_KINDS = {"number": Kind.NUMBER, "time": Kind.MOMENT, "changes": Kind.NUMBER}


@task(Permission.AUDIT_EXPORT)
def export_audit(job: Job, out: Path, to: Handover, *, password: Secret | None = None) -> HandedOut:
    """Write the whole trail to a new file, and enter for whom.

    JSON, and CSV without a password, are the files of `access.export_trail`; a workbook, and what
    is locked, is the same table.
    """
    order = checked(What.AUDIT, out, to, password)
    open_csv = to.format is FileFormat.CSV and to.protection is Protection.NONE
    open_csv = open_csv and not to.columns
    if to.format is FileFormat.JSON or open_csv:
        made = exporting.export_trail.body(
            job, out, kind=to.format.value, recipient=order.to.recipient
        )
        return entered(job, order, Written(made.events, out.stat().st_size, made.sha256))
    with job.reading() as tx:
        tx.trail.require()
        last, local = tx.head(), the_venue(tx).time.local
    spoken = words(to.language)
    columns = [Column(name, _KINDS.get(name, Kind.TEXT), key=name) for name in exporting.COLUMNS]

    def rows() -> Iterator[Sequence[Cell]]:
        for _, shown in exporting.portions(job, last):
            for one in shown:
                detail = json.dumps(dict(one.detail), ensure_ascii=False) if one.detail else ""
                yield (
                    one.seq, local(one.at).replace(tzinfo=None), one.actor, one.role, one.way,
                    one.device, one.operation, one.outcome, one.subject, detail, one.changes,
                    "yes" if one.signed else "", one.hash,
                )  # fmt: skip

    return hand_out(job, order, Sheet(spoken.say("Audit trail"), columns, rows()))
