"""The application: what both shells hold, and the only thing they call."""

from __future__ import annotations

import gc
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, ParamSpec, Self, TypeVar

from sqlalchemy.exc import DBAPIError

from desktop_app.access.approvals import open_approved
from desktop_app.access.confirming import ANY, LASTS_S, PASSWORD, Confirmations, confirmed_way
from desktop_app.access.four_eyes import second_person
from desktop_app.access.gate import Gate
from desktop_app.access.override import Override, overridden
from desktop_app.db.guard import install
from desktop_app.db.operation import REGISTRY, Kind, Notify, Operation, perform, perform_passed
from desktop_app.db.passing import Pass
from desktop_app.db.seal import end_session, refuse
from desktop_app.db.server import ACCOUNT_DEEDS, sync_accounts
from desktop_app.db.store import Store
from desktop_app.kernel.access import Actor, Permission
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.errors import AppError, NotAllowedError, NotFoundError
from desktop_app.kernel.holders import Holder
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Message, msg
from desktop_app.reviews.operations import is_news, note_use
from desktop_app.reviews.usage import Usage
from desktop_app.venue.operations import list_venues
from desktop_app.venue.records import VenueCard

P = ParamSpec("P")
R = TypeVar("R")

SLICES = (
    "access",
    "backup",
    "customers",
    "exchange",
    "exports",
    "finance",
    "menu",
    "orders",
    "privacy",
    "reports",
    "reviews",
    "sales",
    "security",
    "staff",
    "stock",
    "venue",
)
gc.set_threshold(50_000, 20, 100)
"""Imports make millions of small tuples that hold no cycles; 700 made them 14 % slower (measured
with bench_import, gc off 16 %)."""

for _slice in SLICES:  # every operation and table is known before the first one runs
    import_module(f"desktop_app.{_slice}.operations")
import_module("desktop_app.access.own_sign_in")
import_module("desktop_app.access.sessions")
import_module("desktop_app.access.approval_check")
import_module("desktop_app.access.approvals")
import_module("desktop_app.access.users")
import_module("desktop_app.access.locking")
import_module("desktop_app.access.greeting")
import_module("desktop_app.access.exporting")
import_module("desktop_app.backup.checking")
for _part in ("consents", "editing", "ledger", "merging"):
    import_module(f"desktop_app.customers.{_part}")
import_module("desktop_app.finance.editing")
import_module("desktop_app.exchange.pictures")
for _part in ("bulk", "categories", "editing", "groups", "photos", "price_lists", "prices"):
    import_module(f"desktop_app.menu.{_part}")
import_module("desktop_app.reports.running")
import_module("desktop_app.reviews.handing")
for _part in ("counter", "drafts", "entering", "gaps", "handing", "shifts", "tills"):
    import_module(f"desktop_app.sales.{_part}")
import_module("desktop_app.stock.counting")
import_module("desktop_app.stock.ordering")
import_module("desktop_app.stock.papers")
import_module("desktop_app.stock.paying")
import_module("desktop_app.stock.places")
import_module("desktop_app.stock.supplies")
import_module("desktop_app.staff.clock")
import_module("desktop_app.staff.editing")
import_module("desktop_app.staff.tapping")
import_module("desktop_app.staff.tips")


@dataclass(frozen=True, slots=True)
class Running(Generic[R]):
    """A started operation: wait for it, watch it or stop it."""

    future: Future[R]
    progress: Progress


@dataclass(frozen=True, slots=True)
class _Vouched:
    """A call that a manager has signed for, with the right that is lent to it."""

    actor: Actor
    passed: Pass
    op: Operation[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class App:
    """A signed-in person on one store.

    Commands run one after the other, queries two at a time, long tasks two at a time beside them.
    """

    def __init__(self, store: Store, actor: Actor, *, release: Callable[[], None]) -> None:
        self._store = store
        self._release = release
        self.notices: list[Message] = []
        self.session_id: int | None = None
        self.signed_in_before: datetime | None = None
        self.failed_attempts = 0
        self.actor = actor
        install(store.engine, self._who)
        self._lanes = {
            Kind.QUERY: ThreadPoolExecutor(2, "query"),
            Kind.COMMAND: ThreadPoolExecutor(1, "command"),
            Kind.TASK: ThreadPoolExecutor(2, "task"),
        }
        self._running: set[Running[Any]] = set()
        self._lock = threading.Lock()
        self._lent = threading.local()
        self._vouched: dict[str, _Vouched] = {}
        self._outdated = False
        self._usage = Usage()
        self._signed_in_s = monotonic()
        self.gate = Gate(Confirmations(), second_person)
        self.on_change: Notify = lambda _touched: None

    @property
    def folder(self) -> Path:
        """Return the folder of the store."""
        return self._store.folder

    @property
    def recovery_key_id(self) -> str:
        """Return which recovery key opens this store and its backups."""
        return self._store.keys.vault.recovery_key_id

    @property
    def on_server(self) -> bool:
        """Tell whether the data lie on a database server."""
        return self._store.is_postgres

    def who_may(self, permission: Permission) -> Sequence[Holder]:
        """Return who can sign in and holds a right; fast enough for the window's own thread."""
        return self._store.keys.vault.who_may(permission)

    def call(self, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an operation here and now (CLI and tests)."""
        return self.call_watched(Progress(), op, *args, **kwargs)

    def call_watched(
        self, progress: Progress, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an operation here and now; `progress` can be read and cancelled elsewhere."""
        return self._perform(progress, op, *args, **kwargs)

    def start(self, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Running[R]:
        """Run an operation in the background (the window, and anything long).

        After `close` nothing runs any more: what is asked then is cancelled.
        """
        return self.start_watched(Progress(), op, *args, **kwargs)

    def start_watched(
        self, progress: Progress, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Running[R]:
        """Do as `start`; `progress` can be read and cancelled elsewhere."""
        return self._submit(op.kind, progress, self._perform, progress, op, *args, **kwargs)

    def start_ahead(
        self, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Running[None]:
        """Find out what a deed still asks for: the future raises it, and nothing is done."""
        return self._submit(Kind.QUERY, Progress(), self._ahead, op, args, kwargs)

    def start_confirming(self, op: Operation[..., Any], password: str) -> Running[None]:
        """Do as `confirm`, in the background."""
        return self._submit(Kind.QUERY, Progress(), self.confirm, op, password)

    def confirm(self, op: Operation[..., Any], secret: str) -> None:
        """Allow one act, within five minutes, to whoever knows the password (0.2 s and more).

        The quick PIN will do where it was unlocked here today, and the deed is not for passwords
        only. NotAllowedError for a wrong one, and for too many of them; both are in the trail.
        """
        actor, store = self._actor_now(), self._store
        try:
            way = confirmed_way(store, actor, op, secret)
        except NotAllowedError:
            refuse(store, actor, op.name, op.permission, why="wrong_password")
            raise
        self.gate.confirmations.give(op.name, way)

    def trust_sign_in(self) -> None:
        """Let the password just given to sign in confirm one deed: for a shell that asks it anew.

        The command line is one: its command is its act. A window, which stays open, is not.
        """
        if self.actor.way == PASSWORD and monotonic() - self._signed_in_s < LASTS_S:
            self.gate.confirmations.give(ANY, PASSWORD)

    def _submit(
        self, lane: Kind, progress: Progress, work: Callable[..., R], /, *args: Any, **kwargs: Any
    ) -> Running[R]:
        try:
            future = self._lanes[lane].submit(work, *args, **kwargs)
        except RuntimeError:  # the lane is shut: a page asked while the window was closing
            future = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
        running = Running(future, progress)
        with self._lock:
            self._running.add(running)
        future.add_done_callback(lambda _: self._forget(running))
        return running

    def start_vouching(
        self, wish: Override, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Running[str]:
        """Have a manager who stands here sign for one call; the answer is for `start_vouched`."""
        return self._submit(Kind.QUERY, Progress(), self._vouch, wish, op, args, kwargs)

    def start_vouched(self, progress: Progress, voucher: str) -> Running[Any]:
        """Make the call that was signed for, in the background and once."""
        with self._lock:
            vouched = self._vouched.pop(voucher)
        op = vouched.op
        return self._submit(op.kind, progress, self._carry_out, progress, vouched)

    def call_overridden(
        self,
        progress: Progress,
        wish: Override,
        op: Operation[P, R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run once what a manager finishes who stands here: their key signs it.

        NotAllowedError where they do not hold the right either, or their password or PIN is wrong.
        """
        voucher = self._vouch(wish, op, args, kwargs)
        done: R = self._carry_out(progress, self._vouched.pop(voucher))
        return done

    def _vouch(
        self, wish: Override, op: Operation[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> str:
        actor, store = self._actor_now(), self._store
        try:
            lent, passed = overridden(store, actor, op, (args, kwargs), wish)
        except AppError:
            refuse(store, actor, op.name, op.permission, why="override")
            raise
        voucher = secrets.token_hex()
        with self._lock:
            self._vouched[voucher] = _Vouched(lent, passed, op, args, kwargs)
        return voucher

    def _carry_out(self, progress: Progress, vouched: _Vouched) -> Any:
        store, lent, op = self._store, vouched.actor, vouched.op
        self._lent.actor = lent
        try:
            return perform_passed(
                store, lent, progress, self._changed, vouched.passed, op,
                *vouched.args, **vouched.kwargs,
            )  # fmt: skip
        finally:
            del self._lent.actor

    def _who(self) -> Actor:
        """Return for whom this thread works now: the person, with a right that was lent."""
        lent: Actor = getattr(self._lent, "actor", self.actor)
        return lent

    def carry_out(self, request_id: int) -> Any:
        """Make the call that a second person has agreed to, exactly and once."""
        wanted = self.call(open_approved, request_id)
        return self.call(REGISTRY[wanted.operation], **wanted.arguments)

    def venues(self) -> Sequence[VenueCard]:
        """Return every venue that the person may work in, whichever was chosen."""
        everywhere = replace(self._actor_now(), here=None)
        self._lent.actor = everywhere
        try:
            return perform(
                self._store, everywhere, Progress(), self._changed, self.gate, list_venues
            )
        finally:
            del self._lent.actor

    def start_venues(self) -> Running[Sequence[VenueCard]]:
        """Do as `venues`, in the background."""
        return self._submit(Kind.QUERY, Progress(), self.venues)

    def start_work_at(self, venue_id: int | None) -> Running[None]:
        """Do as `work_at`, in the background."""
        return self._submit(Kind.QUERY, Progress(), self.work_at, venue_id)

    def work_at(self, venue_id: int | None) -> None:
        """Keep to one venue from now on: its rows are all there is; None for all again.

        NotFoundError where there is no such venue, or none that the person may see.
        """
        if venue_id is not None and all(one.id != venue_id for one in self.venues()):
            raise NotFoundError(
                msg("There is no venue {number} that you may see.", number=venue_id)
            )
        with self._lock:
            self.actor = replace(self.actor, here=venue_id)

    def _ahead(
        self, op: Operation[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> None:
        self.gate.ahead(self._store, self._actor_now(), op, (args, kwargs))

    def _perform(
        self, progress: Progress, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        actor = self._actor_now()
        done = perform(self._store, actor, progress, self._changed, self.gate, op, *args, **kwargs)
        if op.deed in ACCOUNT_DEEDS:
            sync_accounts(self._store)
        self._usage.add(op.permission)
        if op.kind is not Kind.QUERY and self._usage.due():
            self._note_use()
        return done

    def _actor_now(self) -> Actor:
        """Return the person with the rights they have now (ASVS 8.3.2: at once).

        NotAllowedError where they were removed, or hold keys that do not fit any more.
        """
        with self._lock:
            keys = self._store.keys
            if self.actor.user_id and keys.renewed():
                self._outdated = not keys.unlocked.refresh()
                self.actor = replace(keys.unlocked.actor(self.actor.way), here=self.actor.here)
            if self._outdated:
                raise NotAllowedError(
                    msg("Your rights have been changed."), hint=msg("Sign in again.")
                )
            return self.actor

    def _note_use(self) -> None:
        """Write down which rights were used; never what a full disk would make a failure of."""
        if not self.actor.user_id or self._outdated:
            return
        with suppress(AppError, DBAPIError):  # a damaged store has to close as well
            asked = self._store, self.actor, Progress(), self._changed, self.gate
            used = self._usage.take()
            if perform(*asked, is_news, used):
                perform(*asked, note_use, used)

    def _forget(self, running: Running[Any]) -> None:
        with self._lock:
            self._running.discard(running)

    def _changed(self, touched: frozenset[str]) -> None:
        self.on_change(touched)

    def close(self) -> None:
        """Stop what runs at its next safe point, let go of the database, wipe the keys."""
        with self._lock:
            for running in self._running:
                running.progress.cancel()
        self.gate.confirmations.forget()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._note_use()
        end_session(self._store, self.actor)
        self._store.engine.dispose()
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
