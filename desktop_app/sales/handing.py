"""Writing X and Z reports to a file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from desktop_app.db.operation import Job, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.words import msg, words
from desktop_app.sales.records import PaperSize, ShiftReport
from desktop_app.sales.shifts import read_report
from desktop_app.sales.tables import CashShift
from desktop_app.venue.operations import venue_card
from desktop_app.venue.records import VenueCard


@task(Permission.SHIFTS_READ)
def write_shift_report(
    job: Job,
    out: Path,
    language: str,
    *,
    shift_id: int | None = None,
    z_number: int | None = None,
    size: PaperSize = PaperSize.A4,
    till: str = "",
) -> ShiftReport:
    """Write the report of a shift, of a Z report's number, or (neither) the X of a till's shift.

    NotFoundError or ConflictError where there is none; UnavailableError where the file cannot be
    written.
    """
    from desktop_app.sales.paper import write_report  # noqa: PLC0415 - loaded for whoever prints

    job.progress.stage(msg("Writing the report"))
    with job.reading() as tx:
        report = read_report(tx, shift_id, z_number, till=till)
        venue = _venue_of(tx, report)
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            write_report(report, venue, size, file, words(language), job.progress)
        part.replace(out)
    except OSError as error:
        raise UnavailableError(
            msg("The report cannot be written to {file}.", file=out),
            hint=msg("Free space there, check the rights, or choose another folder."),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return report


@task(Permission.SHIFTS_READ)
def draw_shift_report(
    job: Job, language: str, *, shift_id: int, size: PaperSize = PaperSize.A4
) -> bytes:
    """Return the report of a shift as a PDF for a printer: it lies on no disk."""
    from desktop_app.sales.paper import write_report  # noqa: PLC0415 - loaded for whoever prints

    job.progress.stage(msg("Writing the report"))
    with job.reading() as tx:
        report = read_report(tx, shift_id, None)
        venue = _venue_of(tx, report)
    drawn = BytesIO()
    write_report(report, venue, size, drawn, words(language), job.progress)
    return drawn.getvalue()


def _venue_of(tx: Transaction, report: ShiftReport) -> VenueCard:
    """Return whose report it is: its name, clock and currency stand on it."""
    return venue_card(tx, tx.get(CashShift, report.shift.id).venue_id)
