"""Writing a signed review to a file."""

from __future__ import annotations

from pathlib import Path

from desktop_app.access.anchors import newest_anchor
from desktop_app.db.operation import Job, task
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, UnavailableError
from desktop_app.kernel.words import msg, words
from desktop_app.reviews.operations import read_paper, read_review, signature_fits
from desktop_app.venue.operations import the_venue


@task(Permission.REVIEWS_CONDUCT)
def write_review(job: Job, review_id: int, out: Path, language: str) -> Path:
    """Write a signed review as a PDF with the signed document inside it.

    ConflictError where the review is still open, UnavailableError where the file cannot be written.
    """
    # Loaded only for whoever prints.
    from desktop_app.reviews.paper import ReviewPaperFacts  # noqa: PLC0415
    from desktop_app.reviews.paper import write_review as write_paper  # noqa: PLC0415

    review = read_review(job, review_id)
    if review.row.closed_at is None:
        raise ConflictError(
            msg("This review is still open."), hint=msg("It can be printed when it is signed.")
        )
    with job.reading() as tx:
        venue, now, anchor = the_venue(tx), tx.at, newest_anchor(tx)
    document, signature = read_paper(job, review_id)
    facts = ReviewPaperFacts(
        venue.name, venue.time, now, document, signature, signature_fits(job, review_id), anchor
    )
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            write_paper(review, facts, file, words(language), job.progress)
        part.chmod(0o600)
        with job.transaction() as tx:
            tx.about(f"review {review_id}", file=out.name)
            part.replace(out)
    except OSError as error:
        raise UnavailableError(
            msg("The review cannot be written to {file}.", file=out),
            hint=msg("Free space there, check the rights, or choose another folder."),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return out
