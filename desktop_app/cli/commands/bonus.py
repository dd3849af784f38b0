"""What customers have with us, and the groups that say what they get."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.commands.customer_edits import group_named
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.customers import editing, ledger, operations
from desktop_app.customers.records import Account, BalanceRow, GroupForm
from desktop_app.customers.wording import ACCOUNTS
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.sales.loyalty import settle_loyalty

_BP = 100


def show(call: Call, desk: Desk) -> Answer:
    """Show a customer's ledger and what it sums to."""
    card = desk.do(operations.get_customer, call.options.id)
    return Answer(
        {
            "id": str(card.row.id),
            "balance": desk.plain(card.row.balance_minor),
            "bonus": desk.plain(card.row.bonus_minor),
            "cashback": desk.plain(card.row.cashback_minor),
            "currency": desk.venue.currency,
            "rows": [_movement(desk, one) for one in card.balance],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Line"), right=True),
                    Column(msg("When")),
                    Column(msg("Account")),
                    Column(msg("Amount"), right=True),
                    Column(msg("Reason")),
                ],
                [
                    [str(one.line_no), desk.when(one.at), call.words.of(ACCOUNTS[one.account]),
                     desk.money(one.amount_minor), one.reason]
                    for one in card.balance
                ],
            )
        ],
    )  # fmt: skip


def _movement(desk: Desk, one: BalanceRow) -> dict[str, Any]:
    return {
        "id": str(one.customer_id),
        "line": one.line_no,
        "at": desk.iso(one.at),
        "account": one.account.value,
        "amount": desk.plain(one.amount_minor),
        "reason": one.reason,
        "document": one.document,
        "takes_back": one.corrects,
        "taken_back": one.taken_back,
    }


def add(call: Call, desk: Desk) -> Answer:
    """Enter a movement by hand."""
    asked = call.options
    amount = minor(asked.amount, desk.venue.currency)
    line = desk.do(ledger.correct_balance, asked.id, Account(asked.account), amount, asked.reason)
    return Answer({"line": line}, [msg("Entered as line {line}.", line=line)])


def take_back(call: Call, desk: Desk) -> Answer:
    """Take a movement back."""
    asked = call.options
    line = desk.do(ledger.take_back_movement, asked.id, asked.line, asked.reason)
    return Answer({"line": line}, [msg("Taken back by line {line}.", line=line)])


def settle(_call: Call, desk: Desk) -> Answer:
    """Enter what receipts that wait have earned."""
    settled = desk.do(settle_loyalty)
    return Answer({"receipts": settled}, [msg("Settled: {n} receipts.", n=settled)])


def list_groups(_call: Call, desk: Desk) -> Answer:
    """List the groups."""
    rows = desk.do(operations.list_groups)
    return Answer(
        {
            "rows": [
                {
                    "id": str(row.id),
                    "name": row.name,
                    "discount_percent": _percent(row.discount_bp),
                    "cashback_percent": _percent(row.cashback_bp),
                    "bonus_percent": _percent(row.bonus_bp),
                    "imports_from": row.earns_from.isoformat() if row.earns_from else None,
                    "customers": row.customers,
                }
                for row in rows
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Name")),
                    Column(msg("Discount"), right=True),
                    Column(msg("Cashback"), right=True),
                    Column(msg("Bonus"), right=True),
                    Column(msg("Imports from")),
                    Column(msg("Customers"), right=True),
                ],
                [
                    [row.name, f"{_percent(row.discount_bp)} %", f"{_percent(row.cashback_bp)} %",
                     f"{_percent(row.bonus_bp)} %",
                     row.earns_from.isoformat() if row.earns_from else "–", str(row.customers)]
                    for row in rows
                ],
            )
        ],
    )  # fmt: skip


def add_group(call: Call, desk: Desk) -> Answer:
    """Add a group."""
    asked = call.options
    form = GroupForm(
        asked.name, _rate(asked.discount, "discount"), _rate(asked.cashback, "cashback"),
        _rate(asked.bonus, "bonus"), _day(asked.imports_from),
    )  # fmt: skip
    number = desk.do(editing.add_group, form)
    return Answer({"id": str(number)}, [msg("Added.")])


def edit_group(call: Call, desk: Desk) -> Answer:
    """Change a group; what is not named stays."""
    asked = call.options
    row = group_named(desk, asked.group)
    form = GroupForm(
        row.name if asked.name is None else asked.name,
        row.discount_bp if asked.discount is None else _rate(asked.discount, "discount"),
        row.cashback_bp if asked.cashback is None else _rate(asked.cashback, "cashback"),
        row.bonus_bp if asked.bonus is None else _rate(asked.bonus, "bonus"),
        row.earns_from if asked.imports_from is None else _day(asked.imports_from),
    )
    desk.do(editing.change_group, row.id, row.version, form)
    return Answer({"id": str(row.id)}, [msg("Changed.")])


def remove_group(call: Call, desk: Desk) -> Answer:
    """Remove a group that nobody is in."""
    row = group_named(desk, call.options.group)
    desk.do(editing.remove_group, row.id)
    return Answer({"id": str(row.id)}, [msg("Removed.")])


def _rate(text: str | None, field: str) -> int:
    """Return a percentage as basis points."""
    if text is None:
        return 0
    try:
        rate = Decimal(text.replace(",", ".").rstrip("% ")) * _BP
        whole = int(rate)
    except (InvalidOperation, ValueError, OverflowError):
        whole, rate = 0, Decimal(1)
    if rate != whole:
        raise InvalidError(
            msg("“{text}” is not a percentage with at most two decimals.", text=text), field=field
        )
    return whole


def _day(text: str | None) -> date | None:
    """Return a day as it is written on the command line; None for none."""
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidError(
            msg("“{text}” is not a day such as 2026-10-01.", text=text), field="imports_from"
        ) from None


def _percent(bp: int) -> str:
    return f"{Decimal(bp) / _BP:f}"
