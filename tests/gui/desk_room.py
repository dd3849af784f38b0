"""A session and a desk with worker threads, for the window and the sign-in without a database."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.db.operation import Kind, Operation
from desktop_app.gui.desk import Created, DeskState, KnownUser, NewStore
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import NotAllowedError, UnavailableError
from desktop_app.kernel.holders import Holder
from desktop_app.kernel.job import Progress
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.kernel.words import msg

CODE = "-".join(f"{11 * (n + 1) * 1234:06d}" for n in range(9))


@dataclass(frozen=True, slots=True)
class Started:
    future: Future[Any]
    progress: Progress


class RoomSession:
    """Runs the bodies of operations on a worker thread, without a transaction."""

    def __init__(self, role: Role = Role.OWNER, name: str = "Aysel Məmmədova") -> None:
        self.actor = BUILT_IN[role].actor(name)
        self.on_change: Callable[[frozenset[str]], None] = lambda _: None
        self.lane = ThreadPoolExecutor(1, "room")
        self.closed = False
        self.on_server = False

    def who_may(self, permission: Permission) -> list[Holder]:
        holding = (role for role in BUILT_IN.values() if permission in role.permissions)
        return [Holder("Aysel Məmmədova", role.id, role.title) for role in holding][:1]

    def start(self, op: Operation[Any, Any], /, *args: Any, **kwargs: Any) -> Started:
        return self.start_watched(Progress(), op, *args, **kwargs)

    def start_watched(
        self, progress: Progress, op: Operation[Any, Any], /, *args: Any, **kwargs: Any
    ) -> Started:
        if op.kind is not Kind.TASK:
            return Started(self.lane.submit(_no_database), progress)
        return Started(self.lane.submit(op.body, progress, *args, **kwargs), progress)

    def start_venues(self) -> Started:
        return Started(self.lane.submit(tuple), Progress())

    def start_work_at(self, *_: Any) -> Started:
        return Started(self.lane.submit(_no_database), Progress())

    def start_ahead(self, *_: Any, **__: Any) -> Started:
        return Started(self.lane.submit(lambda: None), Progress())

    def start_vouching(self, *_: Any, **__: Any) -> Started:
        return Started(self.lane.submit(_no_database), Progress())

    def start_confirming(self, *_: Any) -> Started:
        return Started(self.lane.submit(lambda: None), Progress())

    def close(self) -> None:
        self.lane.shutdown(wait=True, cancel_futures=True)
        self.closed = True


def _no_database() -> None:
    raise UnavailableError(msg("There is no database in this room."))


def operation(body: Callable[..., Any]) -> Operation[Any, Any]:
    return Operation("test.room", Permission.ANYONE, Kind.TASK, body)


class RoomDesk:
    """One owner with one password; three wrong ones mean a wait."""

    def __init__(self, state: DeskState = DeskState.READY) -> None:
        self._state = state
        self.password = "correct horse battery"
        self.wrong = 0
        self.lane = ThreadPoolExecutor(1, "desk")
        self.last: RoomSession | None = None

    def state(self) -> DeskState:
        return self._state

    def venue(self) -> str:
        return "Şirvanşah Restaurant" if self._state == DeskState.READY else ""

    def users(self) -> list[KnownUser]:
        owner = KnownUser("aysel", "Aysel Məmmədova", owner=True)
        return [owner, KnownUser("murad", "Murad Səfərov")]

    def wait_seconds(self, name: str) -> int:
        return 30 if name and self.wrong >= 3 else 0

    def sign_in(self, name: str, password: str, code: str = "") -> Future[Any]:
        return self.lane.submit(self._open, password + code if name else "")

    def sign_in_by_pin(self, name: str, pin: str) -> Future[Any]:
        return self.lane.submit(self._open, pin if name else "")

    def choose_password(self, name: str, code: str, new_password: str) -> Future[Any]:
        assert name
        assert code
        self.password = new_password
        return self.lane.submit(self._open, new_password)

    def choose_till_pin(self, name: str, code: str, pin: str) -> Future[Any]:
        assert name
        assert code
        self.password = pin
        return self.lane.submit(self._open, pin)

    def asleep(self) -> None:
        self.slept = True

    def group_ok(self, at: int, digits: str) -> bool:
        return 0 <= at < 9 and int(digits) % 11 == 0

    def recover(self, code: str, new_password: str, owner: str = "") -> Future[Any]:
        assert (code, owner) == (CODE, "aysel")
        self.password = new_password
        return self.lane.submit(self._open, new_password)

    def create(self, wanted: NewStore) -> Future[Created]:
        self._state = DeskState.READY
        self.password = wanted.password
        return self.lane.submit(lambda: Created(self._open(wanted.password), CODE, "7QK3-9MZD"))

    def save_sheet(self, path: Path, language: str) -> Future[Path]:
        return self.lane.submit(lambda: path if language else None)

    def _open(self, password: str) -> RoomSession:
        if password != self.password:
            self.wrong += 1
            raise NotAllowedError(msg("The password is wrong."))
        self.last = RoomSession()
        return self.last
