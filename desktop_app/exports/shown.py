"""Handing out what a list shows: its columns, its order, its filter, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from desktop_app.db.operation import Job, task
from desktop_app.exports.handing import check_rows, checked, hand_out, hand_out_paper, said_of
from desktop_app.exports.records import (
    FileFormat,
    HandedOut,
    Handover,
    ShownColumn,
    ShownTable,
    What,
)
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import msg, words
from desktop_app.sheets.records import Cell, Column, Kind, Sheet
from desktop_app.venue.operations import the_venue

_WHOLE = re.compile(r"-?\d{1,15}")
_SCALED = re.compile(r"-?\d{1,13}\.(\d{1,4})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@task(Permission.MENU_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_menu(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of the menu shows to a new file, and enter for whom.

    This and the others raise what `export_orders` raises, and InvalidError for a table without
    columns or with rows of another length.
    """
    return _hand_out(job, What.MENU, table, out, to, password)


@task(Permission.REPORTS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_money(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of finance shows to a new file, and enter for whom."""
    return _hand_out(job, What.FINANCE, table, out, to, password)


@task(Permission.ORDERS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_orders(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what the list of orders shows to a new file, and enter for whom."""
    return _hand_out(job, What.ORDERS, table, out, to, password)


@task(Permission.REPORTS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_sales(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what the list of shifts or of findings shows to a new file, and enter for whom."""
    return _hand_out(job, What.SALES, table, out, to, password)


@task(Permission.STOCK_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_stock(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of the stock shows to a new file, and enter for whom."""
    return _hand_out(job, What.STOCK, table, out, to, password)


def typed(table: ShownTable) -> tuple[list[Column], list[list[Cell]]]:
    """Return a table with its numbers and days as such.

    A column is of numbers or days only where every cell that is filled is one; `1.250` that may be
    a thousand somewhere stays text unless the column is exact.
    """
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    for at, column in enumerate(table.columns):
        texts = [row[at] for row in table.rows]
        made, values = _typed_column(column, texts)
        columns.append(made)
        cells.append(values)
    return columns, [list(row) for row in zip(*cells, strict=True)]


def _typed_column(column: ShownColumn, texts: Sequence[str]) -> tuple[Column, list[Cell]]:
    filled = [text for text in texts if text]
    width = max(8, column.width // 8)
    if filled and column.exact and all(map(_is_day, filled)):
        days: list[Cell] = [date.fromisoformat(text) if text else None for text in texts]
        return Column(column.title, Kind.DAY, width=width), days
    parts = [_SCALED.fullmatch(text) if column.exact else None for text in filled]
    numbers = all(part or _WHOLE.fullmatch(text) for part, text in zip(parts, filled, strict=True))
    if not (filled and column.right and numbers):
        return Column(column.title, width=width), [text or None for text in texts]
    decimals = max(len(part[1]) if part else 0 for part in parts)
    return Column(column.title, Kind.NUMBER, decimals, width=width), [
        _scaled(text, decimals) if text else None for text in texts
    ]


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _scaled(text: str, decimals: int) -> int:
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(decimals, "0"))


def _hand_out(
    job: Job, what: What, table: ShownTable, out: Path, to: Handover, password: Secret | None
) -> HandedOut:
    order = checked(what, out, to, password)
    if not table.columns or any(len(row) != len(table.columns) for row in table.rows):
        raise InvalidError(msg("The list has no columns, or rows of another length."))
    check_rows(job, len(table.rows))
    job.progress.stage(msg("Writing the file"), len(table.rows))
    spoken = words(to.language)
    with job.reading() as tx:
        venue = the_venue(tx)
        now = venue.time.local(tx.at)
    if to.format is FileFormat.PDF:
        from desktop_app.exports.shown_paper import ListFacts, write_list  # noqa: PLC0415 - slow to load

        facts = ListFacts(venue.name, now, job.actor.name)

        def write(file: BinaryIO) -> None:
            write_list(table, facts, file, spoken, job.progress)

        return hand_out_paper(job, order, len(table.rows), write)
    about = [(spoken.say("List"), table.title), *said_of(job, order, venue, spoken)]
    columns, rows = typed(table)
    sheet = Sheet(table.title, columns, rows, about, spoken.say("Total"), spoken.say("About"))
    return hand_out(job, order, sheet)
