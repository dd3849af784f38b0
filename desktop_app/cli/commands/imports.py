"""Importing files, and the history of imports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.cli.values import at_most
from desktop_app.exchange import operations as exchange
from desktop_app.exchange.recognise import AUTO, READERS, reader_named
from desktop_app.exchange.reports import ImportReport
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg, msgs

_PROBLEMS_SHOWN = 20


def import_files(call: Call) -> Answer:
    """Import files, say what an import would do, or list what can be read."""
    options = call.options
    if options.list:
        return _readers(call)
    if options.mapping:
        raise InvalidError(
            msg("Mappings of columns cannot be used yet."),
            hint=msg("“clopos-desk import --list” says what can be read without one."),
        )
    source, *files = options.words or [""]
    if not source or not files:
        raise InvalidError(
            msg("Say what to import: a source (or “auto”) and at least one file."),
            hint=msg("For example: clopos-desk import auto sales.csv"),
        )
    if source != AUTO:
        reader_named(source)
    operation = exchange.preview_import if options.preview else exchange.import_files
    paths = [Path(file) for file in files]
    with call.signed_in() as desk:
        found = desk.do(
            operation,
            paths,
            source=source,
            day_first=options.day_first,
            sheet=options.sheet or "",
        )
        return Answer(_document(call, desk, found), _shown(call, desk, found))


def _readers(call: Call) -> Answer:
    rows = [(r.name, call.words.of(r.title), call.words.of(r.looks_for)) for r in READERS]
    return Answer(
        {
            "rows": [
                {"id": name, "name": name, "title": title, "looks_for": looks_for}
                for name, title, looks_for in rows
            ]
        },
        [Table([Column(msg("Source")), Column(msg("Format")), Column(msg("Looks for"))], rows)],
    )


def _document(call: Call, desk: Desk, found: ImportReport) -> dict[str, Any]:
    return {
        "import_id": None if found.import_id is None else str(found.import_id),
        "preview": found.import_id is None,
        "source": found.source,
        "orders_added": found.orders_added,
        "lines_added": found.lines_added,
        "customers_added": found.customers_added,
        "products_added": found.products_added,
        "already_known": found.already_known,
        "rejected": found.rejected,
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "field": problem.field,
                "message": call.words.of(problem.message),
                "rejected": problem.rejected,
            }
            for problem in found.problems
        ],
        "notices": [call.words.of(notice) for notice in found.notices],
        "revenue": desk.plain(found.revenue_minor),
        "currency": found.currency,
        "first_day": _iso_day(found.first_day),
        "last_day": _iso_day(found.last_day),
    }


def _iso_day(number: int | None) -> str | None:
    return None if number is None else as_date(number).isoformat()


def _shown(call: Call, desk: Desk, found: ImportReport) -> list[Shown]:
    headline = (
        msg("Nothing was changed. An import would add:")
        if found.import_id is None
        else msg("Imported.")
    )
    pairs: list[tuple[Message, str]] = [
        (msg("Source"), found.source),
        (msg("Orders"), call.number(found.orders_added)),
        (msg("Lines"), call.number(found.lines_added)),
        (msg("Customers"), call.number(found.customers_added)),
        (msg("Products"), call.number(found.products_added)),
        (msg("Revenue"), desk.money(found.revenue_minor)),
        (msg("Known already"), call.number(found.already_known)),
        (msg("Rejected rows"), call.number(found.rejected)),
    ]
    shown: list[Shown] = [headline, Facts(pairs), *found.notices]
    if found.problems:
        some = found.problems[:_PROBLEMS_SHOWN]
        shown.append(
            Table(
                [
                    Column(msg("File")),
                    Column(msg("Line"), right=True),
                    Column(msg("Field")),
                    Column(msg("Problem")),
                ],
                [[p.file, str(p.line), p.field, call.words.of(p.message)] for p in some],
            )
        )
    more = len(found.problems) - _PROBLEMS_SHOWN
    if more > 0:
        shown.append(
            msgs(
                "{n} more problem; --json lists them all.",
                "{n} more problems; --json lists them all.",
                more,
            )
        )
    return shown


def list_imports(call: Call, desk: Desk) -> Answer:
    """List what was imported."""
    limit = at_most(call.options.limit)
    read = desk.do(exchange.list_imports, after=call.options.after, limit=limit + 1)
    found = read[:limit]
    return Answer(
        {
            "rows": [
                {
                    "id": str(row.id),
                    "at": desk.iso(row.at),
                    "actor": row.actor,
                    "source": row.source,
                    "files": list(row.files),
                    "orders_added": row.orders_added,
                    "lines_added": row.lines_added,
                    "customers_added": row.customers_added,
                    "already_known": row.already_known,
                    "rejected": row.rejected,
                    "revenue": desk.plain(row.revenue_minor),
                    "currency": desk.venue.currency,
                    "finished": row.finished,
                }
                for row in found
            ],
            "next": str(found[-1].id) if len(read) > limit else None,
        },
        [
            Table(
                [
                    Column(msg("Time")),
                    Column(msg("By")),
                    Column(msg("Source")),
                    Column(msg("Files")),
                    Column(msg("Orders"), right=True),
                    Column(msg("Customers"), right=True),
                    Column(msg("Revenue"), right=True),
                    Column(msg("Finished")),
                ],
                [
                    [
                        desk.when(row.at),
                        row.actor,
                        row.source,
                        ", ".join(row.files),
                        call.number(row.orders_added),
                        call.number(row.customers_added),
                        desk.money(row.revenue_minor),
                        call.yes(row.finished),
                    ]
                    for row in found
                ],
            )
        ],
    )
