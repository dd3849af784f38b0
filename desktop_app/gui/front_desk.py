"""The door of a real store: the sign-in window's wishes, carried out on worker threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings

from desktop_app.access.sessions import WINDOW
from desktop_app.app import App
from desktop_app.emergency import sheet_for
from desktop_app.gui.bridge import Running, Session
from desktop_app.gui.desk import Created, DeskState, KnownUser, NewStore
from desktop_app.gui.private_paper import write_privately
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import Clock, SystemClock
from desktop_app.kernel.errors import AppError, NotFoundError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import msg, words
from desktop_app.printing.emergency_sheet import write_emergency_sheet
from desktop_app.sign_in import NewStore as MadeStore
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.quick import QuickUnlock
from desktop_app.vault.recovery import RecoveryCode, possible
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import NewVenue
from desktop_app.venue.rules import check_opening

MEMORY = "window.ini"


@dataclass(frozen=True, slots=True)
class _Started:
    """Work on its way, and how far it is."""

    future: Future[Session]
    progress: Progress


class FrontDesk:
    """Lets people into the store of one folder, or makes one there.

    `cost` is what deriving a key costs in a store made here; None measures the computer.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        keyring: bool = True,
        cost: KdfCost | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self._clock = clock or SystemClock()
        self._cost = cost
        self.quick = QuickUnlock(self._clock)
        self._reception = Reception(
            self.folder, clock=self._clock, keyring=keyring, quick=self.quick
        )
        self._workers = ThreadPoolExecutor(2, "desk")
        self._made: MadeStore | None = None

    def state(self) -> DeskState:
        """Tell whether there is a store."""
        return DeskState.READY if self._reception.has_store() else DeskState.EMPTY

    def venue(self) -> str:
        """Return the name of the venue, as remembered from the last sign-in here."""
        return str(self._memory().value("venue", "")) if self._reception.has_store() else ""

    def users(self) -> Sequence[KnownUser]:
        """Return who may sign in: the last one first, then who may use a PIN, then the owners."""
        last = str(self._memory().value("user", ""))
        quick = {one.user_id for one in self.quick.people()}
        till = self._reception.till_users()
        candidates = self._reception.till_candidates()
        found = [
            KnownUser(
                user.name,
                user.name,
                user.role == Role.OWNER,
                pin=user.id in quick | till,
                till=user.id in candidates,
            )
            for user in self._reception.users()
        ]
        return sorted(found, key=lambda user: (user.name != last, not user.pin, not user.owner))

    def wait_seconds(self, name: str) -> int:
        """Return how long `name` must wait after wrong passwords; 0 for not at all."""
        try:
            return self._reception.vault().wait_seconds(name, self._clock)
        except AppError:
            return 0  # signing in will say what is wrong

    def sign_in(self, name: str, password: str, code: str = "") -> Future[Session]:
        """Open the store; NotAllowedError for a wrong password or a wait."""
        return self._workers.submit(
            self._enter,
            partial(self._reception.sign_in, name, password, code=code or None, program=WINDOW),
        )

    def sign_in_by_pin(self, name: str, pin: str) -> Future[Session]:
        """Open the store for somebody who may use a PIN here now."""
        return self._workers.submit(self._enter, partial(self._by_pin, name, pin))

    def choose_password(self, name: str, code: str, new_password: str) -> Future[Session]:
        """Use up a one-time code for a password of one's own, and open the store."""
        return self._workers.submit(
            self._enter,
            partial(self._reception.choose_password, name, code, new_password, program=WINDOW),
        )

    def choose_till_pin(self, name: str, code: str, pin: str) -> Future[Session]:
        """Use up a one-time code for a till PIN on this computer, and open the store."""
        return self._workers.submit(
            self._enter, partial(self._reception.choose_till_pin, name, code, pin)
        )

    def asleep(self) -> None:
        """Take notice that the computer was asleep: PINs need a password before them again."""
        self.quick.forget_all()

    def _by_pin(self, name: str, pin: str) -> App:
        user = next(user for user in self._reception.users() if user.name == name)
        if any(one.user_id == user.id for one in self.quick.people()):
            return self._reception.resume(user.id, pin)
        return self._reception.sign_in_at_till(name, pin)

    def group_ok(self, at: int, digits: str) -> bool:
        """Tell whether six digits can be a group of a recovery code; all places are alike."""
        del at
        return possible(digits)

    def recover(self, code: str, new_password: str, owner: str = "") -> Future[Session]:
        """Open the store with the recovery code and set an owner's new password."""

        def recovered() -> Session:
            key = RecoveryCode.parse(code)
            return self._reception.recover(key, new_password, owner or None, program=WINDOW)

        return self._workers.submit(self._enter, recovered)

    def create(self, wanted: NewStore) -> Future[Created]:
        """Make a new store."""
        return self._workers.submit(self._create, wanted)

    def save_sheet(self, path: Path, language: str) -> Future[Path]:
        """Write the emergency sheet of the store just made as a PDF only its owner may read."""
        return self._workers.submit(self._save_sheet, path, language)

    def demonstrate(self) -> Running[Session]:
        """Make the demonstration store and open it."""
        progress = Progress()
        return _Started(self._workers.submit(self._demonstrate, progress), progress)

    def close(self) -> None:
        """Wait for what is under way; nobody comes back by PIN after that."""
        self.quick.forget_all()
        self._workers.shutdown(wait=True, cancel_futures=True)

    def _enter(self, open_store: Callable[[], Session]) -> Session:
        session = open_store()
        try:
            self._remember(session)
        except BaseException:
            session.close()
            raise
        return session

    def _create(self, wanted: NewStore) -> Created:
        venue = NewVenue(
            wanted.venue, wanted.currency, wanted.timezone, check_opening(wanted.opening)
        )
        made = self._reception.create(
            venue, wanted.owner, wanted.password, cost=self._cost, program=WINDOW
        )
        self._made = made
        session = self._enter(lambda: made.app)
        return Created(session, made.code.text, made.recovery_key_id)

    def _save_sheet(self, path: Path, language: str) -> Path:
        made = self._made
        if made is None:
            raise NotFoundError(msg("The recovery key is shown only when a store is made."))
        sheet = sheet_for(
            self._reception.vault(),
            made.code,
            made.app.call(get_venue),
            made.app.actor.name,
            self._clock,
        )
        return write_privately(path, lambda out: write_emergency_sheet(sheet, out, words(language)))

    def _demonstrate(self, progress: Progress) -> Session:
        # Loaded only for whoever wants it.
        from desktop_app.demo.operations import OWNER, PASSWORD, fill  # noqa: PLC0415

        fill(self._reception, progress=progress, cost=self._cost)
        return self._enter(partial(self._reception.sign_in, OWNER, PASSWORD, program=WINDOW))

    def _remember(self, session: Session) -> None:
        venue = session.start(get_venue).future.result()
        memory = self._memory()
        memory.setValue("venue", venue.name)
        memory.setValue("user", session.actor.name)

    def _memory(self) -> QSettings:
        # A new one for each use: they may be used on any thread, but each on one only.
        return QSettings(str(self.folder / MEMORY), QSettings.Format.IniFormat)
