"""The commands of the trade: imports, reports, orders, customers."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import day, row_id
from desktop_app.kernel.words import Message, msg

STATUSES = ("open", "closed", "refunded", "void", "changed")
SORTS = ("newest", "oldest", "largest", "smallest")

_FROM = opt("--from", dest="first", metavar="DAY", type=day, about=msg("First day: 2026-11-01."))
_TO = opt("--to", dest="last", metavar="DAY", type=day, about=msg("Last day: 2026-11-30."))
_MONEY = ("owes", "has", "bonus")
_LIMIT = opt("--limit", type=int, default=50, about=msg("At most so many rows."))
_AFTER = opt("--after", metavar="CURSOR", about=msg("Go on from “next” of the last answer."))
_AFTER_ROW = opt("--after", metavar="CURSOR", type=row_id, about=msg("Go on from “next”."))

TRADE_GROUPS: Mapping[str, Message] = {
    "orders": msg("Orders and their lines."),
    "customers": msg("Customers and their cards."),
}

TRADE = (
    Command(
        "import",
        msg("Bring in files of other programs; what is known already is left alone."),
        "imports:import_files",
        (
            opt(
                "words",
                metavar="SOURCE FILE",
                nargs="*",
                about=msg("A reader's name or “auto”, then the files."),
            ),
            opt("--list", action="store_true", about=msg("List the formats that can be read.")),
            opt(
                "--preview", action="store_true", about=msg("Say what would come in; add nothing.")
            ),
            opt(
                "--day-first",
                dest="day_first",
                action="store_const",
                const=True,
                about=msg("1/2 is the first of February."),
            ),
            opt(
                "--month-first",
                dest="day_first",
                action="store_const",
                const=False,
                about=msg("1/2 is the second of January."),
            ),
            opt("--sheet", metavar="NAME", about=msg("Read only this sheet of workbooks.")),
            opt("--mapping", metavar="FILE", about=msg("A mapping of columns (not yet).")),
        ),
        signed_in=False,  # --list needs nobody; the import itself signs in
        rest="words",
    ),
    Command(
        "imports",
        msg("List what was imported, newest first."),
        "imports:list_imports",
        (_LIMIT, _AFTER_ROW),
    ),
    Command(
        "orders list",
        msg("List orders."),
        "orders:list_orders",
        (
            _FROM,
            _TO,
            opt("--status", choices=STATUSES, about=msg("Only orders in this state.")),
            opt("--sale-type", metavar="TYPE", about=msg("Only orders of this type of sale.")),
            opt("--customer", metavar="ID", type=row_id, about=msg("Only this customer's.")),
            opt("--number", default="", about=msg("Only this order number.")),
            opt("--sort", choices=SORTS, default="newest", about=msg("What comes first.")),
            _LIMIT,
            _AFTER,
        ),
    ),
    Command(
        "orders show",
        msg("Show one order with its lines and payments."),
        "orders:show",
        (opt("id", metavar="ID", type=row_id, about=msg("The order's number in the store.")),),
    ),
    Command(
        "customers find",
        msg("Find customers by name, phone, e-mail or code."),
        "customers:find",
        (
            opt("words", metavar="TEXT", nargs="*", about=msg("What to look for; all if empty.")),
            opt("--group", metavar="ID", type=row_id, about=msg("Of this group only.")),
            opt("--tag", metavar="TEXT", about=msg("With this tag only.")),
            opt(
                "--money",
                choices=("owes", "has", "bonus"),
                about=msg("Who owes, or has money, or bonus."),
            ),
            opt("--archived", action="store_true", about=msg("Those put away.")),
            _LIMIT,
            _AFTER_ROW,
        ),
        rest="words",
    ),
    Command(
        "customers show",
        msg("Show a customer's card."),
        "customers:show",
        (opt("id", metavar="ID", type=row_id, about=msg("The customer's number.")),),
    ),
)
