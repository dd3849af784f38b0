"""Which reader reads which files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path

from desktop_app.exchange.files import Opened, open_files
from desktop_app.exchange.readers.clopos_customers import CloposCustomers
from desktop_app.exchange.readers.coffee_vending import CoffeeVending
from desktop_app.exchange.readers.customers_az import CustomersAz
from desktop_app.exchange.readers.maven import Maven
from desktop_app.exchange.readers.pizzaplace import Pizzaplace
from desktop_app.exchange.readers.square_items import SquareItems
from desktop_app.exchange.records import Reader
from desktop_app.exchange.source import shown_name
from desktop_app.exchange.worker.host import Pulse
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.words import Message, msg, msgs

AUTO = "auto"
READERS: tuple[Reader, ...] = (
    Pizzaplace(),
    Maven(),
    CoffeeVending(),
    SquareItems(),
    CustomersAz(),
    CloposCustomers(),
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


def recognise(
    paths: Sequence[Path], source: str = AUTO, *, sheet: str = "", pulse: Pulse = lambda: None
) -> Recognised:
    """Return every reader that has something to read, with its files.

    With `source` only that reader is asked, with `sheet` only that sheet of workbooks. Raises
    InvalidError where a file is nobody's: it says what was looked for and what was found. `pulse`
    is called while files are looked through and while their rows are read; it may raise.
    """
    readers = READERS if source == AUTO else (reader_named(source),)
    opened: dict[tuple[str, str], Opened] = {}
    for path in paths:
        for file in open_files(path, sheet=sheet, pulse=pulse):
            # the same file given twice is read once
            opened.setdefault((file.sha256, file.sheet), file)
    return shared_out(list(opened.values()), readers)


def shared_out(files: Sequence[Opened], readers: Sequence[Reader] = READERS) -> Recognised:
    """Return which of the readers takes which of the opened files.

    Tables that stand in a workbook or an archive beside others that are known may be nobody's:
    that is told with those.
    """
    left = list(files)
    found: Recognised = []
    for reader in readers:
        theirs = reader.recognises(left)
        if theirs:
            found.append((reader, theirs))
            left = [file for file in left if file not in theirs]
    known = {file.container for _reader, theirs in found for file in theirs if file.container}
    strangers = [file for file in left if file.container not in known]
    if strangers:
        raise _nobody(strangers[0], readers)
    return _told(found, left) if left else found


def _told(found: Recognised, left: Sequence[Opened]) -> Recognised:
    names = ", ".join(file.name for file in left[:10])
    notice = msgs(
        "{n} table was not recognised and was left out: {names}.",
        "{n} tables were not recognised and were left out: {names}.",
        len(left), names=names,
    )  # fmt: skip
    (reader, (first, *others)), *rest = found
    return [(reader, [replace(first, notices=(*first.notices, notice)), *others]), *rest]


def _nobody(file: Opened, readers: Sequence[Reader]) -> InvalidError:
    header = file.header or sorted(file.keys)
    columns = ", ".join(shown_name(column)[:40] for column in header[:12] if column)
    looked_for = [
        msg("{title}: {looks_for}", title=reader.title, looks_for=reader.looks_for)
        for reader in readers
    ]
    return InvalidError(
        msg(
            "“{file}” is not in a format we read: its first line has {columns}{more}.",
            file=file.name,
            columns=columns,
            more=", …" if len(header) > 12 else "",  # noqa: PLR2004 - as shown
        ),
        hint=msg("Looked for: {list}.", list=reduce(_listed, looked_for)),
    )


def _listed(first: Message, second: Message) -> Message:
    return msg("{first}; {second}", first=first, second=second)
