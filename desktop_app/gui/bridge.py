"""The only place where worker results reach Qt.

Answers come through `inbox`; workers are plain functions and own no QObject, so nothing with thread
affinity is ever created or destroyed on the wrong thread. A screen asks, names itself as the owner
of the answer, and is called back on the GUI thread if it still lives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import Any, ParamSpec, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop_app.access.override import Override, could_lend
from desktop_app.db.operation import Operation
from desktop_app.gui.inbox import inbox
from desktop_app.gui.later import Later
from desktop_app.gui.text import say
from desktop_app.kernel.access import Actor, Permission
from desktop_app.kernel.asking import ApprovalNeededError, ConfirmationNeededError
from desktop_app.kernel.errors import AppError, StoppedError
from desktop_app.kernel.holders import Holder, why_not
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Message
from desktop_app.venue.records import VenueCard

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Running(Protocol[R_co]):
    """A started operation: wait for it, watch it or stop it."""

    @property
    def future(self) -> Future[Any]:
        """The result to come."""
        ...

    @property
    def progress(self) -> Progress:
        """How far it is."""
        ...


class Session(Protocol):
    """What the window needs of the application; `desktop_app.app.App` is one."""

    actor: Actor
    on_change: Callable[[frozenset[str]], None]

    @property
    def on_server(self) -> bool:
        """Tell whether the data lie on a database server."""
        ...

    def who_may(self, permission: Permission) -> Sequence[Holder]:
        """Return who can sign in and holds a right."""
        ...

    def start(self, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Running[R]:
        """Run an operation in the background."""
        ...

    def start_watched(
        self, progress: Progress, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Running[R]:
        """Do as `start`; `progress` can be read and cancelled elsewhere."""
        ...

    def start_venues(self) -> Running[Sequence[VenueCard]]:
        """Read every venue that the person may work in, in the background."""
        ...

    def start_work_at(self, venue_id: int | None) -> Running[None]:
        """Keep to one venue from then on, None for all, in the background."""
        ...

    def start_ahead(
        self, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Running[None]:
        """Find out what a deed still asks for: the future raises it, and nothing is done."""
        ...

    def start_vouching(
        self, wish: Override, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Running[str]:
        """Have a manager at this desk sign for one call."""
        ...

    def start_vouched(self, progress: Progress, voucher: str) -> Running[Any]:
        """Make the call that was signed for, once."""
        ...

    def start_confirming(self, op: Operation[..., Any], password: str) -> Running[None]:
        """Allow one act to whoever knows the password."""
        ...

    def close(self) -> None:
        """Wait for running work, then let go of the database."""
        ...


class Usher(Protocol):
    """Asks the person at the screen for what a deed still needs."""

    def ask_password(self, later: Later, error: ConfirmationNeededError) -> None:
        """Have `later` go on once the password is given, or refuse it."""
        ...

    def ask_manager(self, later: Later) -> None:
        """Have `later` finished by a manager at this desk, or refuse it."""
        ...

    def ask_second_person(self, later: Later, error: ApprovalNeededError) -> None:
        """Offer to ask a second person for what was refused."""
        ...


class Bridge(QObject):
    """Starts operations for widgets and brings the answers back to them.

    `failed(AppError)` for errors nobody else takes, `changed(frozenset)` with the tables a commit
    touched, `started(Message, Running)` for the job bar, `ended(Running)` once a task of `start` is
    over, after its answer and however it ended, `rights_changed` where somebody may do other things
    than before with the same keys; with other keys they have to sign in again.
    """

    failed = Signal(AppError)
    changed = Signal(frozenset)
    started = Signal(object, object)
    ended = Signal(object)
    rights_changed = Signal()

    def __init__(self, app: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.app = app
        self.usher: Usher | None = None
        self._known = app.actor
        app.on_change = self._notice

    def can(self, op: Operation[..., Any]) -> bool:
        """Tell whether the person signed in may run an operation, to enable its button.

        Also where a manager at the same desk could finish it: they are asked for it then.
        """
        return self.app.actor.can(op.permission) or could_lend(self.app.actor, op)

    def why_not(self, op: Operation[..., Any]) -> str:
        """Return why the person signed in may not run an operation; nothing where they may."""
        return "" if could_lend(self.app.actor, op) else self.lacks(op.permission)

    def lacks(self, permission: Permission) -> str:
        """Return which right is missing and who has it; nothing where it is held."""
        if self.app.actor.can(permission):
            return ""
        return say(why_not(permission, self.app.who_may(permission)))

    def ask(
        self,
        owner: QObject,
        then: Callable[[R], None],
        op: Operation[P, R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run `op` in the background; call `then` with its result if `owner` still lives.

        Where it is a deed, the person is asked for the password, or for a second person, first.
        """
        running = self._begin(op, args, kwargs)
        self._await(running.future, partial(self._deliver, owner, then, self.failed.emit))

    def ask_or(
        self,
        owner: QObject,
        then: Callable[[R], None],
        failed: Callable[[AppError], None],
        op: Operation[P, R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Do as `ask`, but give an error to `failed` and not to the presenter."""
        running = self._begin(op, args, kwargs)
        self._await(running.future, partial(self._deliver, owner, then, failed))

    def start(
        self,
        owner: QObject,
        then: Callable[[R], None],
        title: Message,
        op: Operation[P, R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Running[R]:
        """Start a task and show it in the job bar under `title`; call `then` at its end."""
        return self.start_or(owner, then, self.failed.emit, title, op, *args, **kwargs)

    def start_or(
        self,
        owner: QObject,
        then: Callable[[R], None],
        failed: Callable[[AppError], None],
        title: Message,
        op: Operation[P, R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Running[R]:
        """Do as `start`, but give an error to `failed` and not to the presenter."""
        running = self._begin(op, args, kwargs, partial(self.started.emit, title))
        self._await(running.future, partial(self._deliver, owner, then, failed))
        self._await(running.future, partial(self._tell_ended, running))
        return running

    def follow(
        self,
        owner: QObject,
        future: Future[R],
        then: Callable[[R], None],
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Bring the result of any future to the GUI thread."""
        self._await(future, partial(self._deliver, owner, then, failed or self.failed.emit))

    def _begin(
        self,
        op: Operation[..., R],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        begun: Callable[[Running[R]], None] = lambda _: None,
    ) -> Running[R]:
        lent = could_lend(self.app.actor, op)
        if self.usher is None or not (lent or op.deed or op.limit):
            running = self.app.start(op, *args, **kwargs)
            begun(running)
            return running
        progress = Progress()
        start = partial(self.app.start_watched, progress, op, *args, **kwargs)
        later = Later(op, (args, kwargs), progress, start, begun)
        if lent:
            self.usher.ask_manager(later)
            return later
        ahead = self.app.start_ahead(op, *args, **kwargs)
        self._await(ahead.future, partial(self._looked_ahead, later))
        self._await(later.future, partial(self._ended, later))
        return later

    def _looked_ahead(self, later: Later, ahead: Future[None]) -> None:
        if ahead.cancelled():
            later.future.cancel()
            return
        error = ahead.exception()
        if error is None:
            later.go_on()
        elif isinstance(error, ConfirmationNeededError) and self.usher is not None:
            self.usher.ask_password(later, error)
        else:
            later.refuse(error)

    def _ended(self, later: Later, future: Future[Any]) -> None:
        if not shiboken6.isValid(self):
            return
        error = None if future.cancelled() else future.exception()
        if isinstance(error, ApprovalNeededError) and self.usher is not None:
            self.usher.ask_second_person(later, error)

    def _await(self, future: Future[Any], deliver: Callable[[Future[Any]], None]) -> None:
        future.add_done_callback(partial(self._arrived, deliver))

    def _arrived(self, deliver: Callable[[Future[Any]], None], future: Future[Any]) -> None:
        inbox.post(partial(deliver, future))

    def _notice(self, touched: frozenset[str]) -> None:
        inbox.post(partial(self._tell_changed, touched))

    def _tell_ended(self, running: Running[Any], _: Future[Any]) -> None:
        if shiboken6.isValid(self):
            self.ended.emit(running)

    def _tell_changed(self, touched: frozenset[str]) -> None:
        if shiboken6.isValid(self):
            self.changed.emit(touched)

    def _look_at_rights(self) -> None:
        """Tell where the application has learned that this person may do other things now."""
        before, now = self._known, self.app.actor
        self._known = now
        same_keys = (before.domains, before.reads_trail) == (now.domains, now.reads_trail)
        if same_keys and (before.role, before.permissions) != (now.role, now.permissions):
            self.rights_changed.emit()

    def _deliver(
        self,
        owner: QObject,
        then: Callable[[Any], None],
        failed: Callable[[AppError], None],
        future: Future[Any],
    ) -> None:
        if not shiboken6.isValid(self):
            return
        self._look_at_rights()
        if not shiboken6.isValid(owner):
            return
        try:
            result = future.result()
        except (StoppedError, CancelledError):
            return
        except AppError as error:
            failed(error)
        else:
            then(result)
