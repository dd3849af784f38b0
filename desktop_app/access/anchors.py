"""What remembers the trail outside of it: this computer, the backups, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from desktop_app.access.records import Anchor, AnchorCheck
from desktop_app.backup.tables import BackupTarget
from desktop_app.db.operation import Job, query
from desktop_app.db.store import Store
from desktop_app.db.trail import Fault
from desktop_app.db.trail_index import TrailFilter
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import moment
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.words import Message, msg
from desktop_app.vault.device import TrailMark
from desktop_app.vault.trail_box import anchor_code

_CODE = 16
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CROCKFORD = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}\Z")
_LINE = re.compile(r"Trail ([\d,]+) · ([0-9A-Z-]+)")
_MOST_MANIFESTS = 200
RESTORED = "access.note_restore"


def anchor_line(seq: int, head: bytes) -> Message:
    """Return the line that is printed: `Trail 48,213 · 7QK3-9MZD-4T2H-XA0F`."""
    return msg("Trail {number} · {code}", number=f"{seq:,}", code=anchor_code(head))


def kept_line(line: str) -> Message:
    """Return a line that was kept in English as it is said in every language."""
    found = _LINE.fullmatch(line)
    if found is None:
        return msg("{name}", name=line)
    return msg("Trail {number} · {code}", number=found[1], code=found[2])


@query(Permission.ANYONE)
def get_anchor(tx: Transaction) -> Message:
    """Return the line by which the trail up to now can be recognised later, to be printed."""
    return newest_anchor(tx)


def newest_anchor(tx: Transaction) -> Message:
    """Return the same for paper that is being made; needs no key of the trail."""
    newest = tx.trail_newest()
    return anchor_line(newest[0], newest[1]) if newest else anchor_line(0, bytes(32))


@query(Permission.AUDIT_READ)
def check_anchor(tx: Transaction, typed: str) -> AnchorCheck:
    """Tell whether an anchor that was printed or written down still fits the trail.

    Spaces, dashes, case, and O for 0 or I for 1 do not matter. InvalidError for what is no anchor.
    """
    seq, code = parsed(typed)
    rows = tx.trail_rows(seq, seq)
    if not rows:
        return AnchorCheck(
            seq, False,  # noqa: FBT003 - named in the record
            msg("The trail has no event {number} any more: it was cut off.", number=seq),
        )  # fmt: skip
    at = moment(rows[0][1])
    if anchor_code(rows[0][6]).replace("-", "") == code:
        said = msg("The anchor fits: up to event {number} nothing was changed.", number=seq)
        return AnchorCheck(seq, True, said, at)  # noqa: FBT003 - named in the record
    said = msg("The anchor does not fit: event {number} or one before it was changed.", number=seq)
    return AnchorCheck(seq, False, said, at)  # noqa: FBT003 - named in the record


def parsed(typed: str) -> tuple[int, str]:
    """Return number and code of a typed anchor."""
    squeezed = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    code = squeezed[-_CODE:].translate(_READ_AS)
    number = re.sub(r"\A[A-Z]+", "", squeezed[:-_CODE]).translate(_READ_AS)
    if not _CROCKFORD.match(code) or not re.match(r"[0-9]{1,15}\Z", number):
        raise InvalidError(
            msg("“{text}” is no anchor of the trail.", text=typed[:60]),
            field="anchor",
            hint=msg("It looks like this: 48,213 · 7QK3-9MZD-4T2H-XA0F"),
        )
    return int(number), code


def remembered(store: Store) -> Iterator[Anchor]:
    """Yield what this computer remembers."""
    yield from _marked(store.mark.beside(), msg("beside the store"))
    yield from _marked(store.mark.in_keyring(), msg("this computer's keyring"))


def in_backups(job: Job) -> Iterator[Anchor]:
    """Yield what the backups remember that can be reached now."""
    from desktop_app.backup import engine  # noqa: PLC0415 - loaded where there are backups

    with job.reading() as tx:
        targets = [(one.name, one.url) for one in tx.objects(select(BackupTarget))]
    for name, url in targets:
        try:
            found = engine.Repository.open(engine.open_target(url)).snapshots()
        except AppError:
            continue
        for one in sorted(found, key=lambda one: one.at)[-_MOST_MANIFESTS:]:
            if one.trail is not None:
                where = msg("backup “{name}”", name=name)
                yield Anchor(int(one.trail["events"]), str(one.trail["head"]), where, one.at,
                             outside=True)  # fmt: skip


def compared(job: Job, anchors: Sequence[Anchor]) -> list[Anchor]:
    """Return the anchors, each with whether it fits, the oldest first."""
    with job.reading() as tx:
        heads = tx.trail_heads(sorted({anchor.seq for anchor in anchors}))
    found = []
    for anchor in anchors:
        head, at_ms = heads.get(anchor.seq, (b"", 0))
        at = anchor.at or (moment(at_ms) if head else None)
        found.append(replace(anchor, fits=head.hex() == anchor.head, at=at))
    return sorted(found, key=lambda anchor: anchor.seq)


def given_up(job: Job, anchors: Sequence[Anchor]) -> list[Anchor]:
    """Leave out what remembers a trail that was given up when an older backup was restored."""
    if all(anchor.fits for anchor in anchors):
        return list(anchors)
    with job.reading() as tx:
        found = tx.trail.find(tx, TrailFilter(operation=RESTORED), None)
        restored = [(row[0], moment(row[1])) for row in tx.trail_numbered(list(found))]
    return [
        anchor
        for anchor in anchors
        if anchor.fits
        or not any(
            anchor.at is not None and anchor.seq >= seq and anchor.at <= at for seq, at in restored
        )
    ]


def misfits(anchors: Sequence[Anchor], events: int) -> Iterator[tuple[int, Fault]]:
    """Yield where anchors do not fit a trail of so many events."""
    for anchor in anchors:
        if not anchor.fits:
            yield anchor.seq, Fault.CUT_OFF if anchor.seq > events else Fault.REWRITTEN


def _marked(mark: TrailMark | None, where: Message) -> Iterator[Anchor]:
    if mark is not None:
        yield Anchor(mark.events, mark.head, where)
