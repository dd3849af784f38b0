"""What can be done with backups while somebody is signed in. Restoring is `sign_in`'s."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desktop_app import __version__
from desktop_app.backup.records import (
    FoundProblem,
    RecoveryKey,
    RunResult,
    SnapshotList,
    SnapshotRow,
    TargetRow,
    Verification,
)
from desktop_app.backup.tables import BackupRun, BackupTarget
from desktop_app.db.operation import Job, command, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import (
    AppError,
    ConflictError,
    DamagedError,
    InvalidError,
    NotFoundError,
    StoppedError,
    UnavailableError,
)
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Message, msg

if TYPE_CHECKING:
    from desktop_app.backup.repository import Repository
    from desktop_app.vault.store_keys import Vault

RUN, VERIFY = "run", "verify"
DONE, FAILED, DAMAGED = "done", "failed", "damaged"
_STATE = "backup-state"


@task(Permission.BACKUPS_CONFIGURE)
def add_target(job: Job, name: str, url: str) -> int:
    """Set up a place for backups: a new repository, or one that belongs to this store already.

    ConflictError for a taken name or a folder that holds another store's backups.
    """
    from desktop_app.backup import engine  # noqa: PLC0415 - loaded by the first backup

    _require_files(job)
    cleaned = clean(name)
    if not cleaned:
        raise InvalidError(msg("The place for backups needs a name."), field="name")
    refuse_cards("name", cleaned)
    refuse_cards("url", url)  # before there is a folder of that name
    with job.reading() as tx:
        if tx.rows(select(BackupTarget.id).where(BackupTarget.name == cleaned)):
            raise ConflictError(
                msg("There is a place for backups named “{name}” already.", name=cleaned)
            )
    target = engine.open_target(url, make=True)
    vault = job.store.keys.vault
    try:
        repository = engine.Repository.open(target)
    except NotFoundError:
        repository = engine.Repository.create(
            target, vault.backup_recipient, vault.recovery_key_id,
            program=__version__, clock=job.store.clock,
        )  # fmt: skip
    repository = _followed(repository, vault)
    engine.trust(job.store.folder / _STATE, repository)
    with job.transaction() as tx:
        tx.about(f"backup target {cleaned}")
        row = BackupTarget(id=tx.ids.one(), name=cleaned, url=target.place, added_at=tx.at)
        return tx.add(row).id


@command(Permission.BACKUPS_CONFIGURE, deed=Deed.DELETE_TARGET)
def remove_target(tx: Transaction, name: str) -> None:
    """Back up to a place no more, and forget its runs; what lies there stays there.

    NotFoundError where there is no such place.
    """
    found = tx.objects(select(BackupTarget).where(BackupTarget.name == name))
    if not found:
        raise NotFoundError(msg("There is no place for backups named “{name}”.", name=name))
    for run in tx.objects(select(BackupRun).where(BackupRun.target_id == found[0].id)):
        tx.remove(run)
    tx.remove(found[0])
    tx.about(f"backup target {name}")


@query(Permission.BACKUPS_READ)
def list_targets(tx: Transaction) -> Sequence[TargetRow]:
    """Return the places for backups, each with its newest runs."""
    return [_target_row(tx, target) for target in _targets(tx, None)]


@task(Permission.BACKUPS_READ)
def get_recovery_key(job: Job) -> RecoveryKey:
    """Return which emergency sheet is needed to restore these backups."""
    vault = job.store.keys.vault
    return RecoveryKey(vault.recovery_key_id, vault.root_fingerprint)


@task(Permission.BACKUPS_RUN, overridable=True)
def run_backup(job: Job, target: str | None = None) -> Sequence[RunResult]:
    """Add a snapshot to one target, or to every one; what went wrong is kept and raised.

    With several targets, the others are still served before the first error is raised.
    """
    _require_files(job)
    with job.reading() as tx:
        targets = _targets(tx, target)
    if not targets:
        raise NotFoundError(
            msg("There is no place for backups yet."),
            hint=msg("Set one up with “clopos-desk backup target add NAME FOLDER”."),
        )
    results: list[RunResult] = []
    errors: list[AppError] = []
    for one in targets:
        try:
            results.append(_run(job, one))
        except (DamagedError, UnavailableError, NotFoundError) as error:
            errors.append(error)
    if errors:
        raise errors[0]
    return results


@task(Permission.BACKUPS_READ)
def list_snapshots(job: Job, target: str | None = None) -> SnapshotList:
    """Return the backups that lie in one target or in all of them, oldest first."""
    from desktop_app.backup import engine  # noqa: PLC0415 - loaded by the first backup

    with job.reading() as tx:
        targets = _targets(tx, target)
    rows: list[SnapshotRow] = []
    silent: list[Message] = []
    for one in targets:
        try:
            found = engine.Repository.open(engine.open_target(one.url)).snapshots()
        except AppError as error:
            if target is not None:
                raise
            silent.append(error.message)
            continue
        rows.extend(
            SnapshotRow(
                s.id,
                s.at,
                one.name,
                s.bytes_added,
                s.rows,
                s.base,
                s.device_name,
                s.recovery_key_id,
            )
            for s in found
        )
    return SnapshotList(sorted(rows, key=lambda row: (row.at, row.id)), silent)


@task(Permission.BACKUPS_READ)
def verify_backups(job: Job, target: str | None = None, *, full: bool = False) -> Verification:
    """Check the backups of one target or of all: that all is there and, if `full`, every byte."""
    from desktop_app.backup import engine  # noqa: PLC0415 - loaded by the first backup

    with job.reading() as tx:
        targets = _targets(tx, target)
    problems: list[FoundProblem] = []
    snapshots = objects = size = 0
    started = monotonic()
    for one in targets:
        with _kept(job, one, VERIFY) as run:
            repository = engine.Repository.open(engine.open_target(one.url))
            report = engine.verify(repository, job.progress, full=full)
            problems.extend(
                FoundProblem(one.name, p.object, p.message, p.snapshots) for p in report.problems
            )
            run.problems = len(report.problems)
            run.outcome = DAMAGED if report.problems else DONE
        snapshots += report.snapshots
        objects += report.objects
        size += report.size
    return Verification(problems, snapshots, objects, size, monotonic() - started)


def _run(job: Job, target: BackupTarget) -> RunResult:
    from desktop_app.backup import engine  # noqa: PLC0415 - loaded by the first backup

    started = monotonic()
    with _kept(job, target, RUN) as run:
        found = engine.Repository.open(engine.open_target(target.url))
        repository = _followed(found, job.store.keys.vault)
        state = job.store.folder / _STATE
        if repository is found:
            engine.require_known(state, repository)
        else:
            engine.trust(state, repository)
        info = engine.back_up(
            repository,
            engine.shipment(job.store, __version__, platform.node()),
            state,
            job.progress,
            job.store.clock,
        )
        run.snapshot, run.bytes_added = info.id, info.bytes_added
    return RunResult(target.name, info.id, info.bytes_added, monotonic() - started, info.rows)


def _followed(repository: Repository, vault: Vault) -> Repository:
    """Return the repository sealed to the store's present recovery key; ConflictError if not ours.

    After the key was made anew the folder of this store goes on with the new one.
    """
    if repository.recovery_key_id == vault.recovery_key_id:
        return repository
    if repository.recovery_key_id in vault.former_recovery_key_ids:
        return repository.follow(vault.backup_recipient, vault.recovery_key_id)
    raise ConflictError(
        msg(
            "{folder} holds the backups of another store: they need the recovery key {id}.",
            folder=repository.target.place,
            id=repository.recovery_key_id,
        ),
        hint=msg("Choose an empty folder."),
    )


@contextmanager
def _kept(job: Job, target: BackupTarget, kind: str) -> Iterator[BackupRun]:
    """Keep what became of a run, also where it failed; a stopped one is not kept."""
    started = monotonic()
    run = BackupRun(
        id=job.store.ids.one(), target_id=target.id, at=job.store.clock.now(), kind=kind,
        outcome=DONE, snapshot="", bytes_added=0, milliseconds=0, problems=0,
    )  # fmt: skip
    try:
        yield run
    except StoppedError:
        raise
    except AppError as error:
        run.outcome = DAMAGED if isinstance(error, DamagedError) else FAILED
        raise
    finally:
        if not job.progress.cancelled:
            run.milliseconds = int((monotonic() - started) * 1000)
            with job.transaction() as tx:
                tx.sign()
                tx.about(f"backup target {target.name}", kind=kind, outcome=run.outcome)
                tx.add(run)


def _targets(tx: Transaction, name: str | None) -> Sequence[BackupTarget]:
    wanted = select(BackupTarget).order_by(BackupTarget.added_at, BackupTarget.id)
    if name is None:
        return tx.objects(wanted)
    found = tx.objects(wanted.where(BackupTarget.name == name))
    if not found:
        raise NotFoundError(msg("There is no place for backups named “{name}”.", name=name))
    return found


def _target_row(tx: Transaction, target: BackupTarget) -> TargetRow:
    def newest(kind: str, outcome: str) -> object:
        return tx.scalar(
            select(func.max(BackupRun.at)).where(
                BackupRun.target_id == target.id,
                BackupRun.kind == kind,
                BackupRun.outcome == outcome,
            )
        )

    last = tx.objects(
        select(BackupRun)
        .where(BackupRun.target_id == target.id, BackupRun.kind == RUN)
        .order_by(BackupRun.at.desc(), BackupRun.id.desc())
        .limit(1)
    )
    return TargetRow(
        target.id,
        target.name,
        target.url,
        last[0].at if last else None,
        bool(last and last[0].outcome == DONE),
        newest(RUN, DONE),  # type: ignore[arg-type]  # max() keeps the column's type
        newest(VERIFY, DONE),  # type: ignore[arg-type]  # as above
    )


def _require_files(job: Job) -> None:
    if job.store.is_postgres:
        raise UnavailableError(
            msg("This store lies on a PostgreSQL server; it is not backed up from here yet."),
            hint=msg("Use the server's own backups (pg_dump or pg_basebackup)."),
        )
