"""The commands of reports and of files for others."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.tree_trail import HANDING
from desktop_app.cli.values import day, row_id
from desktop_app.kernel.words import Message, msg

BY = (
    *("day", "week", "month", "hour", "weekday", "item", "category", "payment", "staff"),
    *("station", "sale-type"),
)
FORMATS = ("csv", "xlsx", "json", "parquet")
NAMED: Mapping[str, Message] = {
    "abc": msg("Which products bring most of the revenue, which some, and the rest."),
    "average-check": msg("What an order and a guest bring, month by month."),
    "average-check-waiter": msg("What an order and a guest bring, by who served them."),
    "cash-flow": msg("What came in and went out by category."),
    "corrections": msg("Why receipts were corrected."),
    "cost-of-sales": msg("What went out of the stock for sales, month by month."),
    "discounts": msg("What was taken off the prices, month by month."),
    "food-cost": msg("What the ingredients of everything sold cost, by category."),
    "loyalty": msg("What customers were given and what they used."),
    "menu-engineering": msg("Stars, plough horses, puzzles and dogs of the menu."),
    "refunds": msg("Refunds and voids by waiter."),
    "staff-cost": msg("Hours and what they cost, person by person."),
    "stock-turnover": msg("How often the stock was used up, and how long it lasts."),
    "taxes": msg("Taxes month by month."),
}

_FROM = opt("--from", dest="first", metavar="DAY", type=day, about=msg("First day: 2026-11-01."))
_TO = opt("--to", dest="last", metavar="DAY", type=day, about=msg("Last day: 2026-11-30."))
_BESIDE = (
    opt("--against-from", metavar="DAY", type=day, about=msg("First day to compare with.")),
    opt("--against-to", metavar="DAY", type=day, about=msg("Last day to compare with.")),
    opt("--against", choices=("before", "last-year"),
        about=msg("Compare with as many days before, or with the same days last year.")),
)  # fmt: skip
_RECIPIENT = opt("--recipient", metavar="TEXT", about=msg("For whom it is; yourself if not said."))
_LOCK = tuple(
    one for one in HANDING if one.names[0] in ("--reason", "--protect", "--export-password-file")
)
_OUT = opt(
    "--out",
    metavar="FILE",
    about=msg("Also write it to a new file: .csv, .xlsx, .pdf, or a locked .zip."),
)
_HANDING: tuple[Option, ...] = (
    opt("--format", dest="kind", choices=FORMATS, default="xlsx", about=msg("The kind of file.")),
    *HANDING,
)  # fmt: skip

_ASKED = (_FROM, _TO, _OUT, _RECIPIENT, *_LOCK, *_BESIDE)

REPORT_GROUPS: Mapping[str, Message] = {"report": msg("Figures over periods.")}

REPORTS = (
    Command(
        "report sales",
        msg("Add up sales by day, item, payment and so on."),
        "reports:sales",
        (
            opt("--by", choices=BY, required=True, about=msg("By what to add up.")),
            *_ASKED,
        ),
    ),
    Command("report list", msg("List the reports."), "reports:list_all"),
    *(
        Command(
            f"report {name}", about, "reports:named", _ASKED
        )
        for name, about in NAMED.items()
    ),
    Command(
        "export customers",
        msg("Write customers to a file that is locked with a password."),
        "exports:customers",
        (*_HANDING, opt("--find", default="", metavar="TEXT", about=msg("Only who fits this."))),
    ),
    Command(
        "export orders",
        msg("Write orders to a file."),
        "exports:orders",
        (*_HANDING, _FROM, _TO),
    ),
    Command("export menu", msg("Write the menu to a file."), "exports:menu", _HANDING),
    Command(
        "export stock",
        msg("Write what lies in the storages to a file."),
        "exports:stock",
        (*_HANDING,
         opt("--at", metavar="DAY", about=msg("At the end of a past day, or at a time of it."))),
    ),
    Command(
        "export staff",
        msg("Write who works here to a file that is locked with a password."),
        "exports:staff",
        _HANDING,
    ),
    Command(
        "export pay",
        msg("Write what everybody earns to a file that is locked with a password."),
        "exports:pay",
        _HANDING,
    ),
    Command(
        "export birthdays",
        msg("Write the coming birthdays to a file that is locked with a password."),
        "exports:birthdays",
        (*_HANDING, opt("--within", type=int, default=30, metavar="N",
                        about=msg("Those of so many days."))),
    ),
    Command(
        "export duplicates",
        msg("Write which customers are kept twice to a file that is locked with a password."),
        "exports:duplicates",
        _HANDING,
    ),
    Command("exports", msg("List what was handed out, newest first."), "exports:register"),
    Command(
        "export destroyed",
        msg("Enter that a file that was handed out is gone."),
        "exports:destroyed",
        (opt("id", metavar="ID", type=row_id, about=msg("Its number in the register.")),),
    ),
)  # fmt: skip
