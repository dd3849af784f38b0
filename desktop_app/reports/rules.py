"""What needs attention, from facts others have read: pure, for the window and for `status`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from desktop_app.backup.records import TargetRow
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.reports.records import DiskRoom

_MEGABYTE = 1_000_000
_STILL_RUNNING = timedelta(minutes=15)
_NEARLY_NOTHING = 4
_TWO_DAYS_HOURS = 48


class Harm(IntEnum):
    """How much something can hurt; the smallest number first."""

    GRAVE = 0
    RISK = 1
    NOTE = 2


class Mend(StrEnum):
    """What helps; the shells turn it into a button or a command."""

    SET_UP_BACKUP = "set-up-backup"
    BACK_UP = "back-up"
    VERIFY = "verify"
    FREE_SPACE = "free-space"
    IMPORT_AGAIN = "import-again"
    REVIEW_ACCESS = "review-access"
    SEE_CARDS = "see-cards"
    SEE_DEEDS = "see-deeds"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that needs attention. `subject` is the place for backups or the import it is of."""

    harm: Harm
    mend: Mend
    message: Message
    detail: Message
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ImportFact:
    """What the rules must know of an import."""

    id: int
    at: datetime
    source: str
    files: Sequence[str]
    finished: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known; None where it is not known (no right to know, or not read yet)."""

    now: datetime
    targets: Sequence[TargetRow] | None = None
    warn_after_hours: int = 26
    room: DiskRoom | None = None
    warn_below_mb: int = 1024
    imports: Sequence[ImportFact] = ()
    notices: Sequence[Message] = ()
    review_overdue_days: int = 0
    cards_found: int = 0
    only_one_decides: bool = False
    deeds_without_second: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class Safety:
    """How safe the data are, in a few words; no harm means all is well."""

    message: Message
    harm: Harm | None


def attention(facts: Facts) -> list[Concern]:
    """Return what needs attention, what can hurt most first."""
    found = [
        *_disk(facts),
        *_backups(facts),
        *_imports(facts),
        *_review(facts),
        *_cards(facts),
        *_alone(facts),
        *(
            Concern(Harm.NOTE, Mend.NOTED, notice, msg("Noticed when you signed in"))
            for notice in facts.notices
        ),
    ]
    return sorted(found, key=lambda concern: concern.harm)


def safety(facts: Facts) -> Safety | None:
    """Return the state of the newest verified backup, None where it is not known."""
    if facts.targets is None:
        return None
    good = [target.last_good_at for target in facts.targets if target.last_good_at]
    if not good:
        return Safety(msg("No backup yet"), Harm.GRAVE)
    old = facts.now - max(good) > timedelta(hours=facts.warn_after_hours)
    checked = [target.last_verified_at for target in facts.targets if target.last_verified_at]
    if old:
        return Safety(msg("Backup {ago}", ago=ago(max(good), facts.now)), Harm.RISK)
    if not checked:
        return Safety(msg("Backup not verified"), Harm.RISK)
    return Safety(msg("Backup verified {ago}", ago=ago(max(checked), facts.now)), None)


def ago(then: datetime, now: datetime) -> Message:
    """Return how long ago something was: `2 h ago`."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return msg("just now")
    if minutes < 60:  # noqa: PLR2004 - an hour
        return msg("{n} min ago", n=minutes)
    if minutes < _TWO_DAYS_HOURS * 60:
        return msg("{n} h ago", n=minutes // 60)
    return msgs("{n} day ago", "{n} days ago", minutes // (24 * 60))


def _disk(facts: Facts) -> list[Concern]:
    if facts.room is None or facts.room.free >= facts.warn_below_mb * _MEGABYTE:
        return []
    grave = facts.room.free < facts.warn_below_mb * _MEGABYTE // _NEARLY_NOTHING
    return [
        Concern(
            Harm.GRAVE if grave else Harm.RISK,
            Mend.FREE_SPACE,
            msg("The disk is nearly full: {n} MB are free", n=facts.room.free // _MEGABYTE),
            msg("Sales can no longer be saved when it is full. {folder}", folder=facts.room.folder),
            str(facts.room.folder),
        )
    ]


def _backups(facts: Facts) -> list[Concern]:
    if facts.targets is None:
        return []
    if not facts.targets:
        return [
            Concern(
                Harm.GRAVE,
                Mend.SET_UP_BACKUP,
                msg("There is no backup"),
                msg("If this computer breaks or is stolen, everything is lost."),
            )
        ]
    found = (_target(target, facts) for target in facts.targets)
    return [concern for concern in found if concern is not None]


def _target(target: TargetRow, facts: Facts) -> Concern | None:
    name, good = target.name, target.last_good_at
    since = ago(good, facts.now) if good else msg("never")
    detail = msg("Last good backup: {ago}. {place}", ago=since, place=target.url)
    if target.last_run_at is not None and not target.last_run_ok:
        message = msg("The last backup to “{name}” failed", name=name)
        return Concern(Harm.GRAVE, Mend.BACK_UP, message, detail, name)
    if good is None:
        message = msg("Nothing has been backed up to “{name}” yet", name=name)
        return Concern(Harm.GRAVE, Mend.BACK_UP, message, detail, name)
    if facts.now - good > timedelta(hours=facts.warn_after_hours):
        message = msg("The backup in “{name}” is old", name=name)
        return Concern(Harm.RISK, Mend.BACK_UP, message, detail, name)
    if target.last_verified_at is None:
        message = msg("The backup in “{name}” was never verified", name=name)
        why = msg("Only a verified backup is sure to come back.")
        return Concern(Harm.RISK, Mend.VERIFY, message, why, name)
    return None


def _imports(facts: Facts) -> list[Concern]:
    return [
        Concern(
            Harm.RISK,
            Mend.IMPORT_AGAIN,
            msg("An import was not finished: {files}", files=", ".join(one.files) or one.source),
            msg("Import the same files again: what came in already is not added twice."),
            str(one.id),
        )
        for one in facts.imports
        if not one.finished and facts.now - one.at > _STILL_RUNNING and not _redone(one, facts)
    ]


def _review(facts: Facts) -> list[Concern]:
    days = facts.review_overdue_days
    if not days:
        return []
    return [
        Concern(
            Harm.RISK,
            Mend.REVIEW_ACCESS,
            msgs(
                "The review of access is {n} day overdue",
                "The review of access is {n} days overdue",
                days,
            ),
            msg("Somebody who has left may still be able to sign in."),
        )
    ]


def _cards(facts: Facts) -> list[Concern]:
    if not facts.cards_found:
        return []
    return [
        Concern(
            Harm.RISK,
            Mend.SEE_CARDS,
            msgs(
                "{n} text in the store holds card data",
                "{n} texts in the store hold card data",
                facts.cards_found,
            ),
            msg("Full card numbers must not be kept anywhere. Mask them."),
        )
    ]


def _alone(facts: Facts) -> list[Concern]:
    """Say that one person decides alone, where that is how it is or has become so."""
    if facts.only_one_decides:
        why = msg("Nobody else could agree to dangerous deeds. The audit trail says so each time.")
    elif facts.deeds_without_second:
        deeds = facts.deeds_without_second
        why = msg("Nobody is left who could agree to: {deed}.", deed=deeds[0])
        if len(deeds) > 1:
            why = msgs(
                "Nobody is left who could agree to {n} deed that needs it.",
                "Nobody is left who could agree to {n} deeds that need it.",
                len(deeds),
            )
    else:
        return []
    return [Concern(Harm.NOTE, Mend.SEE_DEEDS, msg("One person decides alone"), why)]


def _redone(one: ImportFact, facts: Facts) -> bool:
    return any(
        other.finished and other.at >= one.at and set(other.files) >= set(one.files)
        for other in facts.imports
    )
