"""The commands about receipts after they are closed, shifts and the gap radar."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.values import day, row_id
from desktop_app.kernel.words import Message, msg

METHODS = ("cash", "card", "transfer", "other")
DISPOSALS = ("none", "return", "waste")
KINDS = (
    *("hole", "removed", "late", "flip", "soon", "after", "cash"),
    *("loose", "edited", "often", "clock"),
)

SALES_GROUPS: Mapping[str, Message] = {
    "shifts": msg("Shifts of the till and their cash."),
    "tills": msg("The tills: their names, and those used no more."),
}

_ID = opt("id", metavar="ID", type=row_id, about=msg("The receipt's number in the store."))
_REASON = opt("--reason", metavar="TEXT", required=True, about=msg("Why."))
_PAYMENT = opt(
    "--payment",
    metavar="METHOD=AMOUNT",
    action="append",
    default=[],
    about=msg("How it was paid, such as cash=12.50; may be given several times."),
)
_AMOUNT = opt("amount", metavar="AMOUNT", about=msg("How much, such as 50.00."))
_TILL = opt(
    "--till", metavar="NAME", default="", about=msg("Which till; the venue's own if empty.")
)
_NAME = opt("till", metavar="NAME", about=msg("The till's name, as it is on its receipts."))
_NOTE = opt("--note", metavar="TEXT", default="", about=msg("A note."))


def _goods(default: str) -> Option:
    return opt(
        "--goods",
        choices=DISPOSALS,
        default=default,
        about=msg("What became of the goods: back into stock, thrown away, or neither."),
    )


SALES = (
    Command(
        "orders refund",
        msg("Refund a receipt, or some of its lines, as an entry of its own."),
        "sales:refund",
        (
            _ID,
            _REASON,
            opt(
                "--line",
                metavar="LINE[=QUANTITY]",
                action="append",
                default=[],
                about=msg("Only this line, or so much of it; may be given several times."),
            ),
            _goods("none"),
            opt(
                "--method",
                choices=METHODS,
                about=msg("How the money goes back; bonus goes back as bonus."),
            ),
        ),
    ),
    Command(
        "orders void",
        msg("Take a whole receipt back, as an entry of its own."),
        "sales:void",
        (_ID, _REASON, _goods("return")),
    ),
    Command(
        "orders pay",
        msg("Say that a receipt was paid in another way."),
        "sales:change_payment",
        (_ID, _PAYMENT, _REASON),
    ),
    Command(
        "orders enter",
        msg("Enter a receipt by hand."),
        "sales:enter",
        (
            opt(
                "--line",
                metavar="PRODUCT[/VARIANT][+CHOICE][=QUANTITY][@PRICE]",
                action="append",
                default=[],
                about=msg(
                    "A product's number in the store, with its size and choices; of a timed item "
                    "=90min says how long. May be given several times."
                ),
            ),
            opt(
                "--gift",
                metavar="PRODUCT[/VARIANT][+CHOICE][=QUANTITY]",
                action="append",
                default=[],
                about=msg("The same, as a gift."),
            ),
            _PAYMENT,
            opt("--discount", metavar="PERCENT", default="0", about=msg("On the whole receipt.")),
            opt("--service", metavar="PERCENT", default="0", about=msg("Service charge.")),
            opt(
                "--tax",
                metavar="PERCENT",
                about=msg("One tax for all lines, which prices include; else that of the menu."),
            ),
            opt(
                "--tax-on-top",
                action="store_true",
                about=msg("The tax of --tax comes on top of prices."),
            ),
            opt("--customer", metavar="ID", type=row_id, about=msg("Who bought.")),
            opt("--waiter", metavar="ID", type=row_id, about=msg("Who served it.")),
            opt("--sale-type", metavar="TYPE", default="", about=msg("The type of sale.")),
            opt("--table", metavar="NAME", default="", about=msg("The table.")),
            opt(
                "--price-list",
                metavar="ID",
                type=row_id,
                about=msg("The price list; without it those hold that fit the sale."),
            ),
            _TILL,
            opt("--guests", type=int, default=0, about=msg("How many guests.")),
            _NOTE,
        ),
    ),
    Command(
        "orders corrections",
        msg("Show how a receipt was corrected, and what can still be taken back."),
        "sales:corrections",
        (_ID,),
    ),
    Command(
        "orders gaps",
        msg("Look for holes in numbers, sales outside of shifts and odd corrections."),
        "sales:gaps",
        (
            opt("--from", dest="first", metavar="DAY", type=day, about=msg("First day.")),
            opt("--to", dest="last", metavar="DAY", type=day, about=msg("Last day.")),
            opt("--new", action="store_true", about=msg("Only what nobody has closed.")),
        ),
    ),
    Command(
        "orders gap-seen",
        msg("Say that something of the gap radar was looked at."),
        "sales:gap_seen",
        (
            opt("kind", choices=KINDS, about=msg("The “kind” of “orders gaps”.")),
            opt("key", metavar="KEY", about=msg("Its “key”.")),
            opt("--day", metavar="DAY", type=day, required=True, about=msg("Its “day”.")),
            opt("--note", metavar="TEXT", required=True, about=msg("What it was.")),
            opt("--leave-open", action="store_true", about=msg("Note it, and leave it open.")),
        ),
    ),
    Command(
        "tills list",
        msg("List the tills and which of them has a shift open."),
        "tills:list_all",
        (
            opt(
                "--seen",
                action="store_true",
                about=msg("Also those on receipts of the last month that had no shift yet."),
            ),
            opt(
                "--all",
                dest="every",
                action="store_true",
                about=msg("Also those that were put away."),
            ),
        ),
    ),
    Command(
        "tills name",
        msg("Call a till otherwise than its receipts do."),
        "tills:name",
        (
            _NAME,
            opt("title", metavar="TITLE", about=msg("What it is called; empty for its own name.")),
        ),
    ),
    Command(
        "tills put-away",
        msg("Take a till that is used no more out of the choice."),
        "tills:put_away",
        (_NAME,),
    ),
    Command(
        "tills bring-back",
        msg("Offer a till again that was put away."),
        "tills:bring_back",
        (_NAME,),
    ),
    Command("shifts list", msg("List the shifts, newest first."), "shifts:list_all"),
    Command(
        "shifts open",
        msg("Open a shift with the cash in the till."),
        "shifts:open_one",
        (_AMOUNT, _NOTE, _TILL),
    ),
    Command(
        "shifts close",
        msg("Close the shift with the cash that was counted; its Z report is final."),
        "shifts:close",
        (_AMOUNT, _NOTE, _TILL),
    ),
    Command(
        "shifts cash-in",
        msg("Put cash into the till."),
        "shifts:cash_in",
        (_AMOUNT, _REASON, _TILL),
    ),
    Command(
        "shifts cash-out",
        msg("Take cash out of the till."),
        "shifts:cash_out",
        (_AMOUNT, _REASON, _TILL),
    ),
    *(
        Command(
            f"report {letter}",
            about,
            f"shifts:{letter}",
            (
                *number,
                opt("--out", metavar="FILE.pdf", about=msg("Write it as a PDF.")),
                opt(
                    "--paper",
                    choices=("a4", "80mm"),
                    default="a4",
                    about=msg("What it is printed on."),
                ),
            ),
        )
        for letter, about, number in (
            ("x", msg("Show what came together in the open shift so far."), (_TILL,)),
            (
                "z",
                msg("Show a Z report as it was written."),
                (opt("--number", type=int, about=msg("Which; the newest if empty.")),),
            ),
        )
    ),
)
