"""What the sign-in window needs of the application: who may sign in, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from desktop_app.gui.bridge import Running, Session


class DeskState(Enum):
    """What lies in the data folder."""

    EMPTY = auto()
    READY = auto()


@dataclass(frozen=True, slots=True)
class KnownUser:
    """A person who may sign in here; `name` is what `sign_in` takes.

    `pin` says that `sign_in_by_pin` takes them now, after their password or at this till; `till`
    that they may have a till PIN here.
    """

    name: str
    shown: str = ""
    owner: bool = False
    pin: bool = False
    till: bool = False


@dataclass(frozen=True, slots=True)
class NewStore:
    """What a new store is made from. `opening` is when its business day begins: `06:00`."""

    venue: str
    owner: str
    password: str = field(repr=False)
    currency: str = "AZN"
    timezone: str = "Asia/Baku"
    opening: str = "06:00"


@dataclass(frozen=True, slots=True)
class Created:
    """A new store: the session of its owner and the recovery code, shown this once."""

    session: Session
    recovery_code: str = field(repr=False)
    key_id: str = ""


class SignInDesk(Protocol):
    """The door. Futures are completed by workers: deriving a key takes about a second."""

    def state(self) -> DeskState:
        """Tell whether there is a store."""
        ...

    def venue(self) -> str:
        """Return the name of the venue, or nothing before the first sign-in here."""
        ...

    def users(self) -> Sequence[KnownUser]:
        """Return who may sign in, the last one first; an AppError where that cannot be read."""
        ...

    def wait_seconds(self, name: str) -> int:
        """Return how long `name` must wait after wrong passwords; 0 for not at all."""
        ...

    def sign_in(self, name: str, password: str, code: str = "") -> Future[Session]:
        """Open the store; NotAllowedError for a wrong password or a wait.

        CodeNeededError where the code of an app is needed, ChoosePasswordError for a one-time code.
        """
        ...

    def sign_in_by_pin(self, name: str, pin: str) -> Future[Session]:
        """Open the store for somebody who may use a PIN here now."""
        ...

    def choose_password(self, name: str, code: str, new_password: str) -> Future[Session]:
        """Use up a one-time code for a password of one's own, and open the store."""
        ...

    def choose_till_pin(self, name: str, code: str, pin: str) -> Future[Session]:
        """Use up a one-time code for a till PIN on this computer, and open the store."""
        ...

    def asleep(self) -> None:
        """Take notice that the computer was asleep: PINs need a password before them again."""
        ...

    def group_ok(self, at: int, digits: str) -> bool:
        """Tell whether six digits can be group `at` (0 to 8) of a recovery code."""
        ...

    def recover(self, code: str, new_password: str, owner: str = "") -> Future[Session]:
        """Open the store with the recovery code and set an owner's new password."""
        ...

    def create(self, wanted: NewStore) -> Future[Created]:
        """Make a new store."""
        ...

    def save_sheet(self, path: Path, language: str) -> Future[Path]:
        """Write the emergency sheet of the store just made as a PDF."""
        ...

    def demonstrate(self) -> Running[Session]:
        """Make the demonstration store and open it."""
        ...
