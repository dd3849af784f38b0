"""Figures over periods."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.exports import password_of
from desktop_app.cli.output import Answer, Column, Shown, Table
from desktop_app.cli.values import check_days
from desktop_app.exports.operations import export_report
from desktop_app.exports.records import FileFormat, Handover
from desktop_app.kernel import quantity
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.reports.catalogue import facts_of
from desktop_app.reports.operations import sales_by
from desktop_app.reports.periods import a_year_before, before
from desktop_app.reports.records import Dimension, Period, SalesReport, SalesRow
from desktop_app.reports.running import list_reports, run_report
from desktop_app.reports.shapes import Report, Unit, Value
from desktop_app.reports.sheet import said
from desktop_app.reports.showing import row_label
from desktop_app.reports.showing import shown as shown_value
from desktop_app.reports.wording import DIMENSIONS, label_of
from desktop_app.sheets.csv_text import scaled
from desktop_app.sheets.records import Protection


def sales(call: Call, desk: Desk) -> Answer:
    """Add up sales by one dimension."""
    options = call.options
    out = _out(options.out)
    period, against = _periods(call)
    dimension = Dimension(options.by)
    key = f"sales-{dimension}"
    if against is not None:
        return _report(call, desk, key, out)
    found = desk.do(sales_by, dimension, period)
    document: dict[str, Any] = {
        "by": dimension.value,
        "rows": [_row(desk, row) for row in found.rows],
        "total": _row(desk, found.total),
        "currency": found.currency,
    }
    shown: list[Shown] = [_table(call, desk, dimension, found)]
    if out is not None:
        document |= _written(call, desk, key, out)
        shown.append(msg("Written to {file}.", file=options.out))
    return Answer(document, shown)


def named(call: Call, desk: Desk) -> Answer:
    """Show a report of the catalogue."""
    return _report(call, desk, call.options.command.split()[-1], _out(call.options.out))


def list_all(call: Call, desk: Desk) -> Answer:
    """List the reports that the role may read."""
    found = desk.do(list_reports)
    of = call.words.of
    return Answer(
        {
            "rows": [
                {"id": one.key, "title": of(one.title), "about": of(one.about)} for one in found
            ],
            "next": None,
        },
        [
            Table(
                [Column(msg("Report")), Column(msg("Title")), Column(msg("About"))],
                [[one.key, of(one.title), of(one.about)] for one in found],
            )
        ],
    )


def _report(call: Call, desk: Desk, key: str, out: Path | None) -> Answer:
    period, against = _periods(call)
    report = desk.do(run_report, key, period, against)
    document = _document(desk, report)
    shown: list[Shown] = [_report_table(call, report)]
    if out is not None:
        document |= _written(call, desk, key, out)
        shown.append(msg("Written to {file}.", file=call.options.out))
    return Answer(document, shown)


def _written(call: Call, desk: Desk, key: str, out: Path) -> dict[str, Any]:
    """Write a report to its file, with its line in the register; return what to say of it."""
    period, against = _periods(call)
    options = call.options
    protection = Protection(options.protect)
    kind = out.suffix.lower().removeprefix(".")
    to = Handover(
        FileFormat("xlsx" if kind == "zip" else kind), options.recipient or desk.app.actor.name,
        options.reason, protection, language=call.words.language,
    )  # fmt: skip
    password = password_of(call, protection)
    made = desk.do(
        export_report, key, period, out.absolute(), to, against=against, password=password
    )
    return {"file": call.options.out, "sha256": made.sha256, "id": str(made.id)}


def _out(name: str | None) -> Path | None:
    if name is None:
        return None
    if Path(name).suffix.lower() not in (".csv", ".xlsx", ".pdf", ".zip"):
        raise InvalidError(
            msg("Reports are written as .csv, .xlsx, .pdf, or as a locked .zip."), field="out"
        )
    return Path(name)


def _periods(call: Call) -> tuple[Period, Period | None]:
    options = call.options
    check_days(options.first, options.last)
    period = Period(options.first, options.last)
    first, last = options.against_from, options.against_to
    if options.against is None:
        check_days(first, last)
        return period, None if first is None and last is None else Period(first, last)
    if options.first is None or options.last is None:
        raise InvalidError(
            msg("To compare, say from when to when (--from and --to)."), field="against"
        )
    return period, before(period) if options.against == "before" else a_year_before(period)


def _document(desk: Desk, report: Report) -> dict[str, Any]:
    columns = report.facts.columns
    rows = []
    for row in report.rows:
        one: dict[str, Any] = {"key": row.key}
        for column, value in zip(columns, row.values, strict=True):
            one[column.key] = _plain(desk, value, column.unit)
        if report.against is not None:
            main = columns[report.facts.main_at]
            one["before"] = _plain(desk, row.before, main.unit)
        rows.append(one)
    total = {
        column.key: _plain(desk, value, column.unit)
        for column, value in zip(columns, report.totals, strict=True)
        if value is not None
    }
    return {
        "report": report.facts.key, "rows": rows, "total": total, "currency": report.currency
    }  # fmt: skip


def _plain(desk: Desk, value: Value, unit: Unit) -> Any:
    if not isinstance(value, int):
        return None if value is None else str(value)
    match unit:
        case Unit.MONEY:
            return desk.plain(value)
        case Unit.QUANTITY:
            return quantity.plain(value)
        case Unit.SHARE:
            return scaled(value, 4)
        case _:
            return value


def _report_table(call: Call, report: Report) -> Table:
    facts, words = report.facts, call.words
    columns = [Column(facts.first)]
    columns += [Column(one.title, right=one.unit is not Unit.WORD) for one in facts.columns]
    main = facts.columns[facts.main_at].unit
    beside = report.against is not None
    if beside:
        columns.append(Column(msg("Before"), right=True))

    def cells(label: str, values: Sequence[Value], then: int | None) -> list[str]:
        found = [label]
        found += [
            shown_value(value, column.unit, report.currency, words)
            for value, column in zip(values, facts.columns, strict=True)
        ]
        return [*found, *([shown_value(then, main, report.currency, words)] if beside else [])]

    rows = [cells(row_label(report, row, words), row.values, row.before) for row in report.rows]
    rows.append(cells(words.say("Total"), report.totals, report.total_before))
    return Table(columns, rows)


def _row(desk: Desk, row: SalesRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "orders": row.orders,
        "quantity": quantity.plain(row.quantity),
        "revenue": desk.plain(row.revenue_minor),
        "currency": desk.venue.currency,
    }


def _table(call: Call, desk: Desk, dimension: Dimension, found: SalesReport) -> Table:
    def line(name: str, row: SalesRow) -> list[str]:
        return [
            name,
            call.number(row.orders),
            call.quantity(row.quantity),
            desk.money(row.revenue_minor),
        ]

    rows = [line(said(label_of(dimension, row.key), call.words), row) for row in found.rows]
    rows.append(line(call.words.say("Total"), found.total))
    return Table(
        [
            Column(DIMENSIONS[dimension]),
            Column(facts_of(f"sales-{dimension}").columns[0].title, right=True),
            Column(msg("Quantity"), right=True),
            Column(msg("Revenue"), right=True),
        ],
        rows,
    )
