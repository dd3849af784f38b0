from datetime import time

import pytest

from desktop_app.exchange.files import Opened, open_bytes
from desktop_app.exchange.recognise import shared_out
from desktop_app.exchange.records import Choices, Reading, RowProblem, VenueFacts
from desktop_app.kernel.clock import VenueTime

VENUE = VenueFacts("USD", VenueTime("Asia/Baku", time(6)))


class Import:
    """What reading some files gave, kept in lists."""

    def __init__(self, files: list[Opened], choices: Choices, venue: VenueFacts) -> None:
        self.problems: list[RowProblem] = []
        self.readings: list[Reading] = []
        self.orders = []
        self.customers = []
        self.notices: list[str] = []
        for reader, theirs in shared_out(files):
            reading = reader.read(theirs, venue, choices, self.problems.append)
            self.readings.append(reading)
            self.orders += reading.orders
            self.customers += reading.customers
            self.notices += map(str, reading.notices)

    @property
    def revenue(self) -> int:
        return sum(line.total_minor for order in self.orders for line in order.lines)

    @property
    def told(self) -> list[tuple[int, str]]:
        return [(problem.line, problem.field) for problem in self.problems]

    @property
    def rejected(self) -> list[int]:
        return [problem.line for problem in self.problems if problem.rejected]


@pytest.fixture(scope="session")
def read():
    """Give a function that reads contents (by name) or opened files."""

    def read_all(files, *, day_first=None, venue=VENUE) -> Import:
        if isinstance(files, dict):
            files = [
                open_bytes(name, text.encode() if isinstance(text, str) else text)
                for name, text in files.items()
            ]
        return Import(files, Choices(day_first), venue)

    return read_all
