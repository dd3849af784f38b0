"""Figures over periods."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Shown, Table
from desktop_app.cli.values import check_days
from desktop_app.kernel import quantity
from desktop_app.kernel.cards import masked
from desktop_app.kernel.errors import InvalidError, UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.wording import METHODS
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period, SalesReport, SalesRow

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TITLES = {
    Dimension.DAY: msg("Day"),
    Dimension.WEEK: msg("Week"),
    Dimension.MONTH: msg("Month"),
    Dimension.HOUR: msg("Hour"),
    Dimension.WEEKDAY: msg("Weekday"),
    Dimension.ITEM: msg("Product"),
    Dimension.CATEGORY: msg("Category"),
    Dimension.STATION: msg("Station"),
    Dimension.PAYMENT: msg("Payment"),
    Dimension.STAFF: msg("Staff"),
    Dimension.SALE_TYPE: msg("Sale type"),
}
_WEEKDAYS = (
    *(msg("Monday"), msg("Tuesday"), msg("Wednesday"), msg("Thursday")),
    *(msg("Friday"), msg("Saturday"), msg("Sunday")),
)


def sales(call: Call, desk: Desk) -> Answer:
    """Add up sales by one dimension."""
    options = call.options
    check_days(options.first, options.last)
    if options.out and not options.out.lower().endswith(".csv"):
        raise InvalidError(
            msg("Reports are written as .csv so far; .xlsx and .pdf come later."), field="out"
        )
    dimension = Dimension(options.by)
    found = desk.do(sales_by, dimension, Period(options.first, options.last))
    document: dict[str, Any] = {
        "by": dimension.value,
        "rows": [_row(desk, row) for row in found.rows],
        "total": _row(desk, found.total),
        "currency": found.currency,
    }
    shown: list[Shown] = [_table(call, desk, dimension, found)]
    if options.out:
        document["file"] = options.out
        document["sha256"] = _write_csv(Path(options.out), document)
        shown.append(msg("Written to {file}.", file=options.out))
    return Answer(document, shown)


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

    rows = [line(_name(call, dimension, row.key), row) for row in found.rows]
    rows.append(line(call.words.say("Total"), found.total))
    return Table(
        [
            Column(_TITLES[dimension]),
            Column(msg("Orders"), right=True),
            Column(msg("Quantity"), right=True),
            Column(msg("Revenue"), right=True),
        ],
        rows,
    )


def _name(call: Call, dimension: Dimension, key: str) -> str:
    match dimension:
        case Dimension.WEEKDAY:
            return call.words.of(_WEEKDAYS[int(key) - 1])
        case Dimension.PAYMENT:
            return call.words.of(METHODS[PaymentMethod(key)])
        case Dimension.HOUR:
            return f"{key}:00"
        case _:
            return key or call.words.say("(none)")


def _write_csv(path: Path, document: dict[str, Any]) -> str:
    """Write the rows for a spreadsheet, card data masked; return the file's SHA-256."""
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow([document["by"], "orders", "quantity", "revenue", "currency"])
    for row in (*document["rows"], document["total"]):
        values = list(row.values())
        sheet.writerow([_no_formula(masked(values[0])), *values[1:]])
    raw = text.getvalue().encode("utf-8-sig")
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(raw)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise UnavailableError(
            msg("The file {file} cannot be written: {reason}.", file=path, reason=reason)
        ) from error
    return hashlib.sha256(raw).hexdigest()


def _no_formula(text: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
