"""Money: accounts, categories, entries, cash flow."""

from __future__ import annotations

from datetime import date

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.cli.values import at_most
from desktop_app.finance import editing, operations
from desktop_app.finance.kinds import ACCOUNT_KINDS, DIRECTIONS, AccountKind, Direction
from desktop_app.finance.records import (
    AccountForm,
    CategoryForm,
    EntryFilter,
    FlowRow,
    NewEntry,
)
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import get_today


def list_categories(call: Call, desk: Desk) -> Answer:
    """List the categories, the program's own first."""
    found = desk.do(operations.list_money_categories)
    return Answer(
        {
            "rows": [
                {
                    "id": str(r.id),
                    "name": r.name,
                    "direction": r.direction.value,
                    "parent": str(r.parent_id) if r.parent_id else None,
                    "active": r.active,
                    "locked": r.system,
                }
                for r in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Id")),
                    Column(msg("Name")),
                    Column(msg("Direction")),
                    Column(msg("Locked")),
                ],
                [
                    [
                        str(r.id), call.words.of(r.title),
                        call.words.of(DIRECTIONS[r.direction]), call.yes(r.system),
                    ]
                    for r in found
                ],
            )
        ],
    )  # fmt: skip


def add_category(call: Call, desk: Desk) -> Answer:
    """Add a category."""
    wanted = call.options
    form = CategoryForm(wanted.name, Direction(wanted.direction), wanted.parent)
    number = desk.do(editing.add_money_category, form)
    return Answer({"id": str(number)}, [msg("Written down.")])


def list_accounts(call: Call, desk: Desk) -> Answer:
    """List the accounts with their balances."""
    on = as_date(call.options.at) if call.options.at else None
    found = desk.do(operations.list_accounts, on)
    total = sum(r.balance_minor for r in found)
    return Answer(
        {
            "rows": [
                {
                    "id": str(r.id),
                    "name": r.name,
                    "kind": r.kind.value,
                    "active": r.active,
                    "balance": desk.plain(r.balance_minor),
                    "entries": r.entries,
                    "venue": r.venue,
                }
                for r in found
            ],
            "total": desk.plain(total),
            "currency": desk.venue.currency,
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Id")),
                    Column(msg("Name")),
                    Column(msg("Kind")),
                    Column(msg("Balance"), right=True),
                ],
                [
                    *(
                        [
                            str(r.id), r.title, call.words.of(ACCOUNT_KINDS[r.kind]),
                            desk.money(r.balance_minor),
                        ]
                        for r in found
                    ),
                    ["", call.words.say("Total"), "", desk.money(total)],
                ],
            )
        ],
    )  # fmt: skip


def add_account(call: Call, desk: Desk) -> Answer:
    """Open an account."""
    wanted = call.options
    opening = minor(wanted.opening, desk.venue.currency)
    form = AccountForm(wanted.name, AccountKind(wanted.kind))
    number = desk.do(editing.add_account, form, opening)
    return Answer({"id": str(number)}, [msg("Written down.")])


def list_entries(call: Call, desk: Desk) -> Answer:
    """List entries, newest first."""
    wanted = call.options
    first = as_date(wanted.first) if wanted.first else None
    last = as_date(wanted.last) if wanted.last else None
    asked = EntryFilter(first, last, wanted.account, wanted.category, after=wanted.after)
    limit = at_most(wanted.limit)
    read = desk.do(operations.list_entries, asked, 0, limit + 1)
    found = read[:limit]
    return Answer(
        {
            "rows": [
                {
                    "id": str(r.id),
                    "day": r.day.isoformat(),
                    "account": r.account,
                    "category_id": str(r.category_id),
                    "category": call.words.of(r.title),
                    "amount": desk.plain(r.amount_minor),
                    "note": r.note,
                    "document": r.document,
                    "corrects": str(r.corrects) if r.corrects else None,
                    "corrected": r.corrected,
                }
                for r in found
            ],
            "currency": desk.venue.currency,
            "next": str(found[-1].id) if len(read) > limit else None,
        },
        [
            Table(
                [
                    Column(msg("Id")),
                    Column(msg("Day")),
                    Column(msg("Account")),
                    Column(msg("Category")),
                    Column(msg("Amount"), right=True),
                    Column(msg("Note")),
                ],
                [
                    [
                        str(r.id), r.day.isoformat(), r.account, call.words.of(r.title),
                        desk.money(r.amount_minor), r.note,
                    ]
                    for r in found
                ],
            )
        ],
    )  # fmt: skip


def add(call: Call, desk: Desk) -> Answer:
    """Enter income or an expense."""
    return Answer({"id": str(desk.do(editing.add_entry, _new(call, desk)))}, [msg("Written down.")])


def move(call: Call, desk: Desk) -> Answer:
    """Move money between accounts."""
    wanted = call.options
    amount = minor(wanted.amount, desk.venue.currency)
    new = NewEntry(wanted.source, 0, _day(call, desk), amount, wanted.note)
    number = desk.do(editing.transfer, wanted.source, wanted.target, new)
    return Answer({"id": str(number)}, [msg("Written down.")])


def correct(call: Call, desk: Desk) -> Answer:
    """Take an entry back, and enter what is right instead where that is said."""
    wanted = call.options
    instead = None
    if wanted.income is not None or wanted.expense is not None:
        if wanted.account is None or wanted.category is None:
            raise InvalidError(
                msg("Say the account and the category of what is right."),
                field="account",
                hint=msg("“finance entries” shows those of the entry that was wrong."),
            )
        instead = _new(call, desk)
    made = desk.do(editing.correct_entry, wanted.id, wanted.reason, instead)
    document = {"id": str(wanted.id)} | ({} if made is None else {"instead": str(made)})
    return Answer(document, [msg("Corrected.")])


def flow(call: Call, desk: Desk) -> Answer:
    """Show the cash flow; what came and went adds up to the change of the balances."""
    wanted = call.options
    today = desk.do(get_today).day
    first = as_date(wanted.first) if wanted.first else date(today.year, 1, 1)
    last = as_date(wanted.last) if wanted.last else today
    found = desk.do(operations.get_cash_flow, first, last, wanted.account)
    months = [f"{month // 100}-{month % 100:02d}" for month in found.months]

    def documents(rows: list[FlowRow]) -> list[dict[str, object]]:
        return [
            {
                "category_id": str(row.category_id),
                "category": call.words.of(row.title),
                "months": [desk.plain(amount) for amount in row.months],
                "total": desk.plain(row.total),
            }
            for row in rows
        ]

    cells = [
        [call.words.of(row.title), *(desk.money(amount) for amount in row.months),
         desk.money(row.total)]
        for row in (*found.income, *found.expense)
    ]  # fmt: skip
    say = call.words.say
    cells.append([say("What is left"), *map(desk.money, found.net), desk.money(sum(found.net))])
    cells.append([say("Opening balance"), *map(desk.money, found.opening), ""])
    return Answer(
        {
            "months": months,
            "income": documents(list(found.income)),
            "expense": documents(list(found.expense)),
            "net": [desk.plain(amount) for amount in found.net],
            "opening": [desk.plain(amount) for amount in found.opening],
            "closing": desk.plain(found.closing),
            "currency": desk.venue.currency,
        },
        [
            Table(
                [
                    Column(msg("Category")),
                    *(Column(msg("{name}", name=month), right=True) for month in months),
                    Column(msg("Total"), right=True),
                ],
                cells,
            )
        ],
    )


def _new(call: Call, desk: Desk) -> NewEntry:
    """Return the entry that the options say."""
    wanted = call.options
    if (wanted.income is None) == (wanted.expense is None):
        raise InvalidError(msg("Say either --income or --expense, with an amount."), field="amount")
    typed = wanted.income if wanted.expense is None else wanted.expense
    amount = minor(typed, desk.venue.currency)
    if amount < 0:
        raise InvalidError(msg("The amount has no minus here."), field="amount")
    signed = amount if wanted.expense is None else -amount
    return NewEntry(wanted.account, wanted.category, _day(call, desk), signed, wanted.note)


def _day(call: Call, desk: Desk) -> date:
    return as_date(call.options.day) if call.options.day else desk.do(get_today).day
