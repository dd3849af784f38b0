"""The one way to expose behaviour: a function, its permission, its kind.

`@query`, `@command` and `@task` turn a function into an `Operation`. An Operation cannot be
called; it can only be handed to the application, which checks the permission, opens the
transaction, writes the audit trail and reports errors. So none of these can be forgotten, by the
GUI, by the CLI or by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from desktop_app.db.failures import explain, too_large, unwritable
from desktop_app.db.passing import FREE, Pass
from desktop_app.db.seal import refuse, seal
from desktop_app.db.store import Store
from desktop_app.db.transaction import AuditedSession, Transaction
from desktop_app.kernel.access import Actor, Limit, Permission
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import AppError, NotAllowedError
from desktop_app.kernel.holders import why_not
from desktop_app.kernel.job import Progress
from desktop_app.kernel.permissions import ABOUT
from desktop_app.kernel.words import msg

P = ParamSpec("P")
R = TypeVar("R")
Notify = Callable[[frozenset[str]], None]


class Kind(Enum):
    """How an operation runs."""

    QUERY = auto()
    COMMAND = auto()
    TASK = auto()


@dataclass(frozen=True, slots=True)
class Operation(Generic[P, R]):
    """Something the application can be asked to do.

    `deed` says which dangerous deed it is; `overridable` that somebody who lacks the permission may
    start it and somebody who holds it may finish it, at the same desk; `limit` which of their
    numbers the body holds against `Transaction.check_limit`.
    """

    name: str
    permission: Permission
    kind: Kind
    body: Callable[..., R]
    deed: Deed | None = None
    overridable: bool = False
    limit: Limit | None = None


Arguments = tuple[tuple[Any, ...], Mapping[str, Any]]
Gate = Callable[[Store, Actor, Operation[..., Any], Arguments], Pass]
_SIGNED_RISK = 3


def is_signed(op: Operation[..., Any]) -> bool:
    """Tell whether the events of an operation carry the signature of whoever did it."""
    return op.deed is not None or ABOUT[op.permission].risk >= _SIGNED_RISK


REGISTRY: dict[str, Operation[..., Any]] = {}


def _register(op: Operation[P, R]) -> Operation[P, R]:
    if op.name in REGISTRY:
        message = f"operation {op.name} is defined twice"
        raise RuntimeError(message)
    REGISTRY[op.name] = op
    return op


def _name(body: Callable[..., object]) -> str:
    return f"{body.__module__.split('.')[1]}.{body.__name__}"


def query(
    permission: Permission, *, deed: Deed | None = None
) -> Callable[[Callable[Concatenate[Transaction, P], R]], Operation[P, R]]:
    """Expose a read: one read-only transaction, no audit event."""
    return lambda body: _register(Operation(_name(body), permission, Kind.QUERY, body, deed))


def command(
    permission: Permission,
    *,
    deed: Deed | None = None,
    overridable: bool = False,
    limit: Limit | None = None,
) -> Callable[[Callable[Concatenate[Transaction, P], R]], Operation[P, R]]:
    """Expose a change: one transaction, one audit event."""
    return lambda body: _register(
        Operation(_name(body), permission, Kind.COMMAND, body, deed, overridable, limit)
    )


def task(
    permission: Permission,
    *,
    deed: Deed | None = None,
    overridable: bool = False,
    limit: Limit | None = None,
) -> Callable[[Callable[Concatenate[Job, P], R]], Operation[P, R]]:
    """Expose long work with progress and cancellation."""
    return lambda body: _register(
        Operation(_name(body), permission, Kind.TASK, body, deed, overridable, limit)
    )


class Job:
    """What a task body gets: progress, and audited transactions of its own choosing."""

    def __init__(
        self,
        store: Store,
        actor: Actor,
        operation: Operation[..., Any],
        progress: Progress,
        notify: Notify,
        passed: Pass = FREE,
    ) -> None:
        self.store = store
        self.actor = actor
        self.progress = progress
        self._operation = operation
        self._notify = notify
        self._passed = passed

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open one audited transaction; it commits when the block ends without an error."""
        with _writing(self.store, self.actor, self._operation, self._notify, self._passed) as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open one read-only transaction; keep it short, a long reader delays every writer."""
        with reading(self.store, self.actor) as tx:
            tx.passed = self._passed
            yield tx


@contextmanager
def reading(store: Store, actor: Actor) -> Iterator[Transaction]:
    """Open one read-only transaction; for the door and its gate."""
    engine = store.engine.execution_options(read_only=True)
    with AuditedSession(engine, read_only=True) as session:
        yield Transaction(session, actor, store.clock.now(), store.ids, store.trail)


@contextmanager
def _writing(
    store: Store, actor: Actor, op: Operation[..., Any], notify: Notify, passed: Pass
) -> Iterator[Transaction]:
    with AuditedSession(store.engine, read_only=False, allowed=store.allowed) as session:
        session.connection()
        tx = Transaction(session, actor, store.clock.now(), store.ids, store.trail)
        tx.passed, tx.who_may = passed, store.keys.vault.who_may
        session.detail.update(passed.detail)
        yield tx
        touched = seal(session, store, actor, op.name, tx.at, signed=is_signed(op))
        session.commit()
    store.pen.committed()
    notify(touched)


def perform(
    store: Store,
    actor: Actor,
    progress: Progress,
    notify: Notify,
    gate: Gate,
    op: Operation[P, R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Check, run, record. Everything the application does passes through here.

    `gate` says what a deed asks for beyond the permission. Raises NotAllowedError before the body
    runs (and records the refusal); database failures arrive as AppErrors.
    """
    with _telling(store):
        _require(store, actor, op)
        passed = FREE
        if op.deed is not None or op.limit is not None:
            passed = _pass(gate, store, actor, op, (args, kwargs))
        return _run(store, actor, progress, notify, passed, op, *args, **kwargs)


def perform_passed(
    store: Store,
    actor: Actor,
    progress: Progress,
    notify: Notify,
    passed: Pass,
    op: Operation[P, R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Do as `perform` for somebody to whom a right was lent; `passed` says by whom."""
    with _telling(store):
        _require(store, actor, op)
        return _run(store, actor, progress, notify, passed, op, *args, **kwargs)


@contextmanager
def _telling(store: Store) -> Iterator[None]:
    """Say whom to ask where a right is missing, and tell a driver's error in our words."""
    try:
        yield
    except NotAllowedError as error:
        if error.lacking and error.hint is None:
            lacking = Permission(error.lacking)
            error.hint = why_not(lacking, store.keys.vault.who_may(lacking))
        raise
    except DBAPIError as error:
        known = explain(error)
        if known is None:
            raise
        raise known from error
    except UnicodeEncodeError as error:
        raise unwritable() from error
    except OverflowError as error:
        raise too_large() from error


def _require(store: Store, actor: Actor, op: Operation[P, R]) -> None:
    """Raise NotAllowedError, and record it, where somebody lacks the right to an operation."""
    if not actor.can(op.permission):
        refuse(store, actor, op.name, op.permission)
        raise NotAllowedError(msg("Your role does not allow this."), lacking=op.permission)


def _pass(
    gate: Gate, store: Store, actor: Actor, op: Operation[..., Any], arguments: Arguments
) -> Pass:
    """Ask the gate. What it does not know, or cannot decide, is refused (ASVS 16.5.3)."""
    try:
        return gate(store, actor, op, arguments)
    except AppError as error:
        refuse(store, actor, op.name, op.permission, why=error.code)
        raise
    except DBAPIError:  # told by `perform`; what cannot be read cannot be recorded either
        raise
    except Exception as error:
        refuse(store, actor, op.name, op.permission, why=type(error).__name__)
        raise NotAllowedError(
            msg("This was not done: its rules could not be checked."),
            hint=msg("Sign in again; if it stays like this, ask us."),
        ) from error


def _run(
    store: Store,
    actor: Actor,
    progress: Progress,
    notify: Notify,
    passed: Pass,
    op: Operation[P, R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    match op.kind:
        case Kind.TASK:
            if passed.claim is not None:  # used up first: at most once, whatever happens then
                with _writing(store, actor, op, notify, passed) as tx:
                    passed.claim(tx)
            job = Job(store, actor, op, progress, notify, passed)
            return op.body(job, *args, **kwargs)
        case Kind.COMMAND:
            with _writing(store, actor, op, notify, passed) as tx:
                if passed.claim is not None:
                    passed.claim(tx)
                return op.body(tx, *args, **kwargs)
        case Kind.QUERY:
            with reading(store, actor) as tx:
                return op.body(tx, *args, **kwargs)
