"""Which reader reads which files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from pathlib import Path

from desktop_app.exchange.files import Opened, open_file
from desktop_app.exchange.readers.coffee_vending import CoffeeVending
from desktop_app.exchange.readers.customers_az import CustomersAz
from desktop_app.exchange.readers.maven import Maven
from desktop_app.exchange.readers.pizzaplace import Pizzaplace
from desktop_app.exchange.readers.square_items import SquareItems
from desktop_app.exchange.records import Reader
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.words import Message, msg

AUTO = "auto"
READERS: tuple[Reader, ...] = (
    Pizzaplace(),
    Maven(),
    CoffeeVending(),
    SquareItems(),
    CustomersAz(),
)

Recognised = list[tuple[Reader, Sequence[Opened]]]


def reader_named(name: str) -> Reader:
    """Return a reader by its name; NotFoundError names those there are."""
    for reader in READERS:
        if reader.name == name:
            return reader
    raise NotFoundError(
        msg("There is no reader “{name}”.", name=name[:40]),
        hint=msg("There are: {names}.", names=", ".join(reader.name for reader in READERS)),
    )


def recognise(paths: Sequence[Path], source: str = AUTO) -> Recognised:
    """Return every reader that has something to read, with its files.

    With `source` only that reader is asked. Raises InvalidError where a file is nobody's: it says
    what was looked for and what was found.
    """
    readers = READERS if source == AUTO else (reader_named(source),)
    opened: dict[str, Opened] = {}
    for path in paths:
        file = open_file(path)
        opened.setdefault(file.sha256, file)  # the same file given twice is read once
    return shared_out(list(opened.values()), readers)


def shared_out(files: Sequence[Opened], readers: Sequence[Reader] = READERS) -> Recognised:
    """Return which of the readers takes which of the opened files."""
    left = list(files)
    found: Recognised = []
    for reader in readers:
        theirs = reader.recognises(left)
        if theirs:
            found.append((reader, theirs))
            left = [file for file in left if file not in theirs]
    if left:
        raise _nobody(left[0], readers)
    return found


def _nobody(file: Opened, readers: Sequence[Reader]) -> InvalidError:
    columns = ", ".join(column[:40] for column in file.header[:12] if column)
    looked_for = [
        msg("{title}: {looks_for}", title=reader.title, looks_for=reader.looks_for)
        for reader in readers
    ]
    return InvalidError(
        msg(
            "“{file}” is not in a format we read: its first line has {columns}{more}.",
            file=file.name,
            columns=columns,
            more=", …" if len(file.header) > 12 else "",  # noqa: PLR2004 - as shown
        ),
        hint=msg("Looked for: {list}.", list=reduce(_listed, looked_for)),
    )


def _listed(first: Message, second: Message) -> Message:
    return msg("{first}; {second}", first=first, second=second)
