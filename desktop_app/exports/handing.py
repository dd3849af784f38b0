"""Writing a file for somebody else, and entering it in the register, together or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from desktop_app.db.operation import Job
from desktop_app.exports.records import PERSONAL, WHAT, FileFormat, HandedOut, Handover, What
from desktop_app.exports.tables import ExportRun
from desktop_app.kernel.access import Limit
from desktop_app.kernel.errors import ConflictError, InvalidError, UnavailableError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Words, msg
from desktop_app.printing import format as spelled
from desktop_app.sheets.records import Format, Protection, Sheet, Written
from desktop_app.sheets.writing import Wish, check_wish, inside, picked, write_sheet
from desktop_app.venue.operations import venues_in_sight
from desktop_app.venue.records import VenueCard

LONGEST_DAYS = 3_650
_LONGEST_RECIPIENT = 300
_LONGEST_REASON = 1_000
_TABLES = (FileFormat.CSV, FileFormat.XLSX)
_NEVER_LOCKED = (FileFormat.JSON, FileFormat.PRINT)


@dataclass(frozen=True, slots=True)
class Order:
    """What is handed out to a file: checked before anything is read."""

    what: What
    out: Path
    to: Handover
    password: str | None

    @property
    def wish(self) -> Wish:
        """Return how the table is to be written."""
        kind = Format(self.to.format.value)
        return Wish(kind, self.to.language, self.to.protection, self.password or "")


def checked(what: What, out: Path, to: Handover, password: str | None) -> Order:
    """Return an order for a file, or raise InvalidError for what may not or cannot be."""
    recipient, reason = (clean(text) for text in (to.recipient, to.reason))
    if not recipient:
        raise InvalidError(msg("Say for whom the file is."), field="recipient")
    if len(recipient) > _LONGEST_RECIPIENT or len(reason) > _LONGEST_REASON:
        raise InvalidError(msg("Recipient and reason are too long."), field="recipient")
    if not 1 <= to.days <= LONGEST_DAYS:
        raise InvalidError(
            msg("A file is handed out for 1 to {n} days.", n=LONGEST_DAYS), field="days"
        )
    _check_personal(what, to)
    _check_format(to, password)
    order = Order(what, out, replace(to, recipient=recipient, reason=reason), password)
    if to.format in _TABLES:
        check_wish(order.wish)
    elif to.protection is not Protection.NONE:
        _check_archive(to.protection, password or "")
    return order


def _check_personal(what: What, to: Handover) -> None:
    if what in PERSONAL and to.format is FileFormat.PRINT:
        raise InvalidError(
            msg("Lists of people are not printed: paper has no password."),
            hint=msg("Write a PDF in a locked archive; whoever opens it may print it."),
            field="format",
        )
    if what in PERSONAL and to.protection is Protection.NONE:
        raise InvalidError(
            msg("Personal data leave the house with a password only."),
            hint=msg("Choose xlsx-password (a workbook) or zip-aes (any file)."),
            field="protect",
        )


def _check_format(to: Handover, password: str | None) -> None:
    if password is not None and to.protection is Protection.NONE:
        raise InvalidError(
            msg("A password was given, but the file would be open."),
            hint=msg("Choose xlsx-password (a workbook) or zip-aes (any file)."),
            field="protect",
        )
    if to.protection is not Protection.NONE and to.format in _NEVER_LOCKED:
        raise InvalidError(
            msg("This kind of file cannot be locked with a password."),
            hint=msg("Choose a table (csv, xlsx) or a PDF in an archive."),
            field="protect",
        )
    if to.columns and to.format not in _TABLES:
        raise InvalidError(msg("Only tables (csv, xlsx) let choose columns."), field="columns")


def _check_archive(protection: Protection, password: str) -> None:
    from desktop_app.sheets.locking import check_password  # noqa: PLC0415 - loads cryptography

    if protection is not Protection.ZIP_AES:
        raise InvalidError(
            msg("Only a workbook (xlsx) can be locked with xlsx-password."),
            hint=msg("Choose zip-aes for this file, or write it as xlsx."),
            field="protect",
        )
    check_password(password, protection)


def check_rows(job: Job, rows: int) -> None:
    """Raise ApprovalNeededError for more rows than the role may hand out alone."""
    with job.reading() as tx:
        tx.check_limit(Limit.EXPORT_ROWS, rows)


def hand_out(job: Job, order: Order, sheet: Sheet) -> HandedOut:
    """Write a table to its file and enter it; where either fails there is neither."""
    made: list[HandedOut] = []

    def enter(written: Written) -> None:
        made.append(entered(job, order, written))

    write_sheet(order.out, picked(sheet, order.to.columns), order.wish, enter)
    return made[0]


def hand_out_paper(
    job: Job, order: Order, rows: int, write: Callable[[BinaryIO], None]
) -> HandedOut:
    """Have a PDF written to its file and enter it; where either fails there is neither.

    What is to be printed is on no disk: it comes back as the `paper` of what was handed out.
    """
    if order.to.format is FileFormat.PRINT:
        drawn = BytesIO()
        write(drawn)
        paper = drawn.getvalue()
        return replace(entered(job, order, _measured(rows, paper)), paper=paper)
    out = order.out
    if out.exists():
        raise ConflictError(
            msg("There is a file {file} already.", file=out),
            hint=msg("Choose another name; nothing was written."),
        )
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            part.chmod(0o600)
            _write_paper(file, order, write)
        made = entered(job, order, _measured(rows, part.read_bytes()))
        part.replace(out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnavailableError(
            msg("The file {file} cannot be written: {reason}.", file=out, reason=reason)
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _write_paper(file: BinaryIO, order: Order, write: Callable[[BinaryIO], None]) -> None:
    if order.to.protection is Protection.NONE:
        write(file)
        return
    from desktop_app.sheets.locking import locked_archive  # noqa: PLC0415 - loads cryptography

    drawn = BytesIO()
    write(drawn)
    name = inside(order.out.name, FileFormat.PDF)
    with locked_archive(file, name, order.password or "") as entry:
        entry.write(drawn.getbuffer())


def _measured(rows: int, raw: bytes) -> Written:
    return Written(rows, len(raw), hashlib.sha256(raw).hexdigest())


def said_of(job: Job, order: Order, venue: VenueCard, spoken: Words) -> list[tuple[str, str]]:
    """Return the lines that say in the file itself for whom it is, and until when."""
    with job.reading() as tx:
        now, whose = venue.time.local(tx.at), venues_in_sight(tx)
    to = order.to
    return [
        (spoken.say("What"), spoken.of(WHAT[order.what])),
        (spoken.say("Restaurant"), whose),
        (spoken.say("For"), to.recipient),
        (spoken.say("Reason"), to.reason),
        (spoken.say("Made by"), job.actor.name),
        (spoken.say("Made at"), spelled.moment(now, to.language)),
        (spoken.say("To be destroyed after"), spoken.count("{n} day", "{n} days", to.days)),
    ]


def entered(job: Job, order: Order, written: Written) -> HandedOut:
    """Enter a file that is written in the register and, signed, in the trail."""
    to = order.to
    with job.transaction() as tx:
        row = ExportRun(
            id=tx.ids.one(),
            at=tx.at,
            actor=tx.actor.name,
            what=order.what.value,
            format=to.format,
            protection=to.protection,
            personal=order.what in PERSONAL,
            rows=written.rows,
            size=written.size,
            sha256=written.sha256,
            file=order.out.name,
            recipient=to.recipient,
            reason=to.reason,
            expires_at=tx.at + timedelta(days=to.days),
            destroyed_at=None,
            venues=venues_in_sight(tx)[:_LONGEST_REASON],
        )
        tx.add(row)
        tx.about(
            f"export {row.id}", what=order.what.value, rows=written.rows, sha256=written.sha256
        )
        tx.sign()
        return HandedOut(
            row.id, order.out, written.rows, written.size, written.sha256, row.expires_at
        )
