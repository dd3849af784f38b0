"""Files for others, and the register of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.cli import passwords
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.cli.values import check_days, past_moment
from desktop_app.customers.records import CustomerFilter
from desktop_app.exports import operations as exports
from desktop_app.exports import people
from desktop_app.exports.records import WHAT, FileFormat, HandedOut, Handover
from desktop_app.exports.trail import export_audit
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg, msgs
from desktop_app.orders.records import OrderFilter
from desktop_app.sheets.records import Protection
from desktop_app.stock.records import StockFilter

_LATER = ("json", "parquet")


def customers(call: Call, desk: Desk) -> Answer:
    """Write customers to a locked file."""
    out, to, password = _asked(call)
    wanted = CustomerFilter(call.options.find)
    made = desk.do(exports.export_customers, out, to, wanted=wanted, password=password)
    return _answer(call, desk, made)


def orders(call: Call, desk: Desk) -> Answer:
    """Write orders to a file."""
    options = call.options
    check_days(options.first, options.last)
    out, to, password = _asked(call)
    wanted = OrderFilter(first_day=options.first, last_day=options.last)
    made = desk.do(exports.export_orders, out, to, wanted=wanted, password=password)
    return _answer(call, desk, made)


def menu(call: Call, desk: Desk) -> Answer:
    """Write the menu to a file."""
    out, to, password = _asked(call)
    return _answer(call, desk, desk.do(exports.export_menu, out, to, password=password))


def stock(call: Call, desk: Desk) -> Answer:
    """Write the stock to a file."""
    day, at = past_moment(call.options.at)
    out, to, password = _asked(call)
    wanted = StockFilter(day=day, at=at)
    made = desk.do(exports.export_stock, out, to, wanted=wanted, password=password)
    return _answer(call, desk, made)


def birthdays(call: Call, desk: Desk) -> Answer:
    """Write the coming birthdays to a locked file."""
    out, to, password = _asked(call)
    days = call.options.within
    made = desk.do(people.export_birthdays, out, to, days=days, password=password)
    return _answer(call, desk, made)


def duplicates(call: Call, desk: Desk) -> Answer:
    """Write which customers are kept twice to a locked file."""
    out, to, password = _asked(call)
    return _answer(call, desk, desk.do(people.export_duplicates, out, to, password=password))


def pay(call: Call, desk: Desk) -> Answer:
    """Write what everybody earns to a locked file."""
    out, to, password = _asked(call)
    return _answer(call, desk, desk.do(people.export_pay, out, to, password=password))


def audit(call: Call, desk: Desk) -> Answer:
    """Write the trail for an auditor."""
    out, to, password = _asked(call, later=("parquet",))
    made = desk.do(export_audit, out, to, password=password)
    said = msgs(
        "{n} event was written to {file}.", "{n} events were written to {file}.", made.rows,
        file=made.file,
    )  # fmt: skip
    answer = _answer(call, desk, made)
    return Answer({**answer.document, "events": made.rows}, [said])


def staff(call: Call, desk: Desk) -> Answer:
    """Write who works here to a locked file."""
    out, to, password = _asked(call)
    return _answer(call, desk, desk.do(exports.export_staff, out, to, password=password))


def register(call: Call, desk: Desk) -> Answer:
    """List what was handed out."""
    found = desk.do(exports.list_exports)
    of = call.words.of
    return Answer(
        {
            "rows": [
                {
                    "id": str(row.id), "at": desk.iso(row.at), "actor": row.actor,
                    "what": row.what.value, "format": row.format.value,
                    "protection": row.protection.value, "rows": row.rows, "file": row.file,
                    "sha256": row.sha256, "recipient": row.recipient, "reason": row.reason,
                    "expires_at": desk.iso(row.expires_at),
                    "destroyed_at": desk.iso(row.destroyed_at), "venues": row.venues,
                }
                for row in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Id"), right=True), Column(msg("Time")), Column(msg("What")),
                    Column(msg("Rows"), right=True), Column(msg("By")), Column(msg("For")),
                    Column(msg("To be destroyed by")), Column(msg("Destroyed")),
                ],
                [
                    [
                        str(row.id), desk.when(row.at), of(WHAT[row.what]), call.number(row.rows),
                        row.actor, row.recipient, desk.when(row.expires_at),
                        desk.when(row.destroyed_at),
                    ]
                    for row in found
                ],
            )
        ],
    )  # fmt: skip


def destroyed(call: Call, desk: Desk) -> Answer:
    """Enter that a file is gone."""
    desk.do(exports.note_destroyed, call.options.id)
    return Answer({"id": str(call.options.id)}, [msg("Entered.")])


def _asked(call: Call, later: Sequence[str] = _LATER) -> tuple[Path, Handover, str | None]:
    """Return where to, how and with which password; what comes later is said to come later."""
    options = call.options
    if options.kind in later:
        raise InvalidError(
            msg("Exports as {format} come later.", format=options.kind),
            hint=msg("Choose csv or xlsx."),
            field="format",
        )
    if options.protect == "age":
        raise InvalidError(
            msg("Exports locked with age come later."),
            hint=msg("Choose xlsx-password or zip-aes."),
            field="protect",
        )
    protection = Protection(options.protect)
    to = Handover(
        FileFormat(options.kind), options.recipient, options.reason, protection, options.days,
        call.words.language, options.columns,
    )  # fmt: skip
    return Path(options.out).absolute(), to, password_of(call, protection)


def password_of(call: Call, protection: Protection) -> str | None:
    """Return the password of the file, read or asked for; None for an open file."""
    file = call.options.export_password_file
    if file is not None:
        return passwords.from_file(file)
    if protection is Protection.NONE:
        return None
    return passwords.asked_twice(
        msg("Password of the file:"), call.words, option="--export-password-file"
    )


def _answer(_: Call, desk: Desk, made: HandedOut) -> Answer:
    said = msgs(
        "{n} row was written to {file}.", "{n} rows were written to {file}.", made.rows,
        file=made.file,
    )  # fmt: skip
    document = {
        "rows": made.rows, "file": str(made.file), "sha256": made.sha256, "id": str(made.id),
        "expires_at": desk.iso(made.expires_at),
    }  # fmt: skip
    return Answer(document, [said])
