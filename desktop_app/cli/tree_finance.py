"""The commands about money: accounts, categories, entries, cash flow."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import day, row_id
from desktop_app.kernel.words import Message, msg

FINANCE_GROUPS: Mapping[str, Message] = {
    "finance": msg("Income, expenses and balances."),
    "finance account": msg("Where money lies."),
    "finance category": msg("What money is for."),
}
ACCOUNT_KINDS = ("cash", "bank", "card", "other")
DIRECTIONS = ("income", "expense", "both")

_FROM = opt("--from", dest="first", metavar="DAY", type=day, about=msg("First day: 2026-11-01."))
_TO = opt("--to", dest="last", metavar="DAY", type=day, about=msg("Last day: 2026-11-30."))
_ACCOUNT = opt(
    "--account", metavar="ID", type=row_id, about=msg("Only this account, from the accounts.")
)
_NOTE = opt("--note", default="", metavar="TEXT", about=msg("A note."))
_DAY = opt("--day", metavar="DAY", type=day, about=msg("On this day; today if empty."))
_AMOUNT = opt("amount", metavar="AMOUNT", about=msg("The amount, such as 12.50."))

FINANCE = (
    Command(
        "finance categories",
        msg("List the categories; those of the program are locked."),
        "finance:list_categories",
    ),
    Command(
        "finance category add",
        msg("Add a category of your own."),
        "finance:add_category",
        (
            opt("name", metavar="NAME", about=msg("What to call it.")),
            opt("direction", choices=DIRECTIONS, about=msg("Which way its money goes.")),
            opt("--parent", metavar="ID", type=row_id, about=msg("The category around it.")),
        ),
    ),
    Command(
        "finance accounts",
        msg("List the accounts with what lies in them."),
        "finance:list_accounts",
        (opt("--at", metavar="DAY", type=day, about=msg("At the end of this day; now if empty.")),),
    ),
    Command(
        "finance account add",
        msg("Open an account."),
        "finance:add_account",
        (
            opt("name", metavar="NAME", about=msg("What to call it.")),
            opt("--kind", choices=ACCOUNT_KINDS, default="cash", about=msg("What it is.")),
            opt("--opening", default="0", metavar="AMOUNT", about=msg("What lies in it already.")),
        ),
    ),
    Command(
        "finance entries",
        msg("List entries of the books, newest first."),
        "finance:list_entries",
        (
            _FROM,
            _TO,
            _ACCOUNT,
            opt("--category", metavar="ID", type=row_id, about=msg("Only this category.")),
            opt("--limit", type=int, default=50, about=msg("At most so many rows.")),
            opt("--after", metavar="CURSOR", type=row_id, about=msg("Go on from “next”.")),
        ),
    ),
    Command(
        "finance add",
        msg("Enter income or an expense."),
        "finance:add",
        (
            opt("account", metavar="ACCOUNT", type=row_id, about=msg("The number of the account.")),
            opt(
                "category",
                metavar="CATEGORY",
                type=row_id,
                about=msg("The number of the category."),
            ),
            opt("--income", metavar="AMOUNT", about=msg("How much came in.")),
            opt("--expense", metavar="AMOUNT", about=msg("How much went out.")),
            _DAY,
            _NOTE,
        ),
    ),
    Command(
        "finance transfer",
        msg("Move money from one account to another."),
        "finance:move",
        (
            opt("source", metavar="FROM", type=row_id, about=msg("The account it leaves.")),
            opt("target", metavar="TO", type=row_id, about=msg("The account it reaches.")),
            _AMOUNT,
            _DAY,
            _NOTE,
        ),
    ),
    Command(
        "finance correct",
        msg("Take an entry back by a new one that points at it."),
        "finance:correct",
        (
            opt("id", metavar="ID", type=row_id, about=msg("The number of the entry.")),
            opt("--reason", metavar="TEXT", required=True, about=msg("Why it is corrected.")),
            opt("--income", metavar="AMOUNT", about=msg("What really came in, entered instead.")),
            opt("--expense", metavar="AMOUNT", about=msg("What really went out, instead.")),
            opt("--account", metavar="ID", type=row_id, about=msg("The account of what is right.")),
            opt("--category", metavar="ID", type=row_id, about=msg("The category of it.")),
            _DAY,
            _NOTE,
        ),
    ),
    Command(
        "finance flow",
        msg("Show the cash flow by category and month; this year if no days are named."),
        "finance:flow",
        (_FROM, _TO, _ACCOUNT),
    ),
)
