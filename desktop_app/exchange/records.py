"""What a reader takes and gives.

A *reader* knows one format of one program. It turns *opened* files into a *reading*: checked
orders and customers, never touching a database. What is wrong with a row becomes a *problem*; the
other rows still come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop_app.customers.records import IncomingCustomer
from desktop_app.exchange.files import Opened
from desktop_app.kernel.card_words import without_cards_in
from desktop_app.kernel.cards import masked
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.words import Message
from desktop_app.orders.records import IncomingOrder


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """What a reader must know about the venue. `country` is its ISO code, for phone numbers."""

    currency: str
    time: VenueTime
    country: str = "AZ"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong in a file. `line` is the physical line where the row starts.

    `rejected` is false where the row came in all the same, with this value kept or left out. Card
    data in what the message quotes is masked.
    """

    file: str
    line: int
    field: str
    message: Message
    rejected: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", masked(self.file))
        object.__setattr__(self, "message", without_cards_in(self.message))


Problems = Callable[[RowProblem], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What only the person can say: whether 1/2 is the first of February (None: not said)."""

    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files hold. Orders come by business day, then by time, so days can be stored whole.

    `notices` say what the person should know before agreeing.
    """

    reader: str
    orders: Iterator[IncomingOrder] = field(default_factory=lambda: iter(()))
    customers: Iterable[IncomingCustomer] = ()
    notices: Sequence[Message] = ()


class Reader(Protocol):
    """Reads one format of one program."""

    @property
    def name(self) -> str:
        """Return the name to be typed: `pizzaplace`."""
        ...

    @property
    def title(self) -> Message:
        """Return the name to be shown."""
        ...

    @property
    def looks_for(self) -> Message:
        """Return what its files look like."""
        ...

    def recognises(self, files: Sequence[Opened]) -> Sequence[Opened]:
        """Return those files that are this reader's, to be read together.

        Raises InvalidError where files that belong together are not all there.
        """
        ...

    def read(
        self, files: Sequence[Opened], venue: VenueFacts, choices: Choices, problems: Problems
    ) -> Reading:
        """Return what the files hold; every problem has been told when this returns."""
        ...
