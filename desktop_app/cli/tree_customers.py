"""The commands that change customers: cards, groups, bonus, cards kept twice."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import day, row_id
from desktop_app.kernel.words import LANGUAGES, Message, msg

CUSTOMER_GROUPS: Mapping[str, Message] = {
    "customers bonus": msg("What customers have with us: balance, bonus, cashback."),
    "customers consent": msg("What customers agreed to, word for word."),
    "customers groups": msg("Groups of customers and their rates."),
}
ACCOUNTS = ("balance", "bonus", "cashback")
FIELDS = ("kind", "name", "birth_date", "tax_id", "group", "note")
CHANNELS = ("counter", "phone", "sms", "whatsapp", "e-mail", "letter", "web")
PURPOSES = ("marketing", "birthday", "loyalty", "profiling")

_ID = opt("id", metavar="ID", type=row_id, about=msg("The customer's number."))
_WHY = opt("--reason", metavar="TEXT", required=True, about=msg("Why; it stands in the ledger."))
_CARD = (
    opt("--phone", action="append", about=msg("A telephone number; may be given several times.")),
    opt("--email", action="append", about=msg("An e-mail address; may be given several times.")),
    opt("--address", action="append", about=msg("An address; may be given several times.")),
    opt("--born", metavar="DAY", type=day, about=msg("Date of birth: 1990-02-28.")),
    opt("--kind", choices=("person", "company"), about=msg("A person or a company.")),
    opt("--tax-id", metavar="TEXT", about=msg("The tax id (VÖEN).")),
    opt("--group", metavar="NAME", about=msg("The group; an empty name for none.")),
    opt("--note", metavar="TEXT", about=msg("A note for those who serve.")),
    opt("--tag", action="append", about=msg("A tag; may be given several times.")),
)
_RATES = (
    opt("--discount", metavar="PERCENT", about=msg("What they pay less, such as 5 or 7.5.")),
    opt("--cashback", metavar="PERCENT", about=msg("What they get back, such as 3.")),
    opt("--bonus", metavar="PERCENT", about=msg("What they earn as bonus, such as 5.")),
    opt(
        "--imports-from",
        metavar="DAY",
        about=msg("Imported receipts earn too, from that day on; an empty day for never."),
    ),
)

CUSTOMERS = (
    Command(
        "customers add",
        msg("Add a customer."),
        "customer_edits:add",
        (
            opt("name", metavar="NAME", about=msg("The name.")),
            *_CARD,
            opt("--code", default="", about=msg("The code on their card.")),
        ),
    ),
    Command(
        "customers edit",
        msg("Change a customer; what is not named stays as it is."),
        "customer_edits:edit",
        (_ID, opt("--name", about=msg("The name.")), *_CARD),
    ),
    Command(
        "customers tag",
        msg("Give a customer tags, or take them away."),
        "customer_edits:tag",
        (
            _ID,
            opt("--add", action="append", default=[], about=msg("A tag to give.")),
            opt("--remove", action="append", default=[], about=msg("A tag to take away.")),
        ),
    ),
    Command(
        "customers archive",
        msg("Put a customer away; nothing of them is removed."),
        "customer_edits:archive",
        (_ID, opt("--undo", action="store_true", about=msg("Take them out again."))),
    ),
    Command(
        "customers message",
        msg("Write down a message to or from a customer."),
        "customer_edits:message",
        (
            _ID,
            opt(
                "--direction",
                choices=("in", "out"),
                required=True,
                about=msg("Came in or went out."),
            ),
            opt("--channel", choices=CHANNELS, required=True, about=msg("How.")),
            opt("--subject", default="", about=msg("What it was about.")),
            opt("--text", default="", about=msg("The message.")),
        ),
    ),
    Command(
        "customers birthdays",
        msg("List whose birthday comes next, and who agreed to be written to."),
        "customer_edits:birthdays",
        (opt("--days", type=int, default=30, about=msg("Within so many days.")),),
    ),
    Command(
        "customers duplicates",
        msg("List cards that may be one person's, and why."),
        "customer_pairs:duplicates",
        (
            opt("--limit", type=int, default=50, about=msg("At most so many rows.")),
            opt("--after", metavar="CURSOR", about=msg("Go on from “next”.")),
            opt(
                "--apart",
                action="store_true",
                about=msg("List the pairs that were marked as two people instead."),
            ),
        ),
    ),
    Command(
        "customers apart",
        msg("Mark two cards as two people's: they are not listed as one person's again."),
        "customer_pairs:apart",
        (
            opt("one", metavar="ONE", type=row_id, about=msg("One card.")),
            opt("other", metavar="OTHER", type=row_id, about=msg("The other card.")),
            opt("--undo", action="store_true", about=msg("Take the mark away again.")),
        ),
    ),
    Command(
        "customers merge",
        msg("Keep one card under another one of the same person."),
        "customer_pairs:merge",
        (
            opt("kept", metavar="KEPT", type=row_id, about=msg("The card that stays.")),
            opt("gone", metavar="GONE", type=row_id, about=msg("The card that goes under it.")),
            opt(
                "--take",
                action="append",
                choices=FIELDS,
                default=[],
                about=msg("A field taken from the card that goes."),
            ),
        ),
    ),
    Command(
        "customers unmerge",
        msg("Take two cards apart again."),
        "customer_pairs:unmerge",
        (
            opt(
                "gone", metavar="GONE", type=row_id, about=msg("The card that went under another.")
            ),
            opt(
                "--anyway",
                action="store_true",
                about=msg("Also where what it gave was changed since; it takes it as it is now."),
            ),
        ),
    ),
    Command(
        "customers consent list",
        msg("List what a customer agreed to, and what they withdrew."),
        "customer_consents:list_all",
        (_ID,),
    ),
    Command(
        "customers consent give",
        msg("Write down what a customer agreed to."),
        "customer_consents:give",
        (
            _ID,
            opt("--purpose", choices=PURPOSES, required=True, about=msg("What for.")),
            opt("--channel", choices=CHANNELS, required=True, about=msg("How they agreed.")),
            opt(
                "--language",
                choices=LANGUAGES,
                default=LANGUAGES[0],
                about=msg("The language of the words."),
            ),
            opt(
                "--wording",
                metavar="TEXT",
                required=True,
                about=msg("The exact words that they agreed to."),
            ),
            opt(
                "--given",
                metavar="DAY",
                type=day,
                about=msg("The day on the paper, such as 2026-05-01, where it is an older one."),
            ),
        ),
    ),
    Command(
        "customers consent withdraw",
        msg("Write down that a customer withdrew a consent; its words stay."),
        "customer_consents:withdraw",
        (_ID, opt("line", metavar="LINE", type=int, about=msg("The line of the consent."))),
    ),
    Command("customers bonus show", msg("Show a customer's ledger."), "bonus:show", (_ID,)),
    Command(
        "customers bonus add",
        msg("Enter a movement by hand; a negative amount takes away."),
        "bonus:add",
        (
            _ID,
            opt("--amount", required=True, about=msg("How much: 5.00, or --amount=-5.00.")),
            opt("--account", choices=ACCOUNTS, default="bonus", about=msg("Of which account.")),
            _WHY,
        ),
    ),
    Command(
        "customers bonus take-back",
        msg("Take a movement back by another one that points at it."),
        "bonus:take_back",
        (_ID, opt("line", metavar="LINE", type=int, about=msg("The line in the ledger.")), _WHY),
    ),
    Command(
        "customers bonus settle",
        msg("Enter the bonus of receipts that were entered by somebody without the right to it."),
        "bonus:settle",
    ),
    Command("customers groups list", msg("List the groups."), "bonus:list_groups"),
    Command(
        "customers groups add",
        msg("Add a group."),
        "bonus:add_group",
        (opt("name", metavar="NAME", about=msg("The name.")), *_RATES),
    ),
    Command(
        "customers groups edit",
        msg("Change a group; what is not named stays as it is."),
        "bonus:edit_group",
        (
            opt("group", metavar="NAME", about=msg("Which group.")),
            opt("--name", about=msg("Its new name.")),
            *_RATES,
        ),
    ),
    Command(
        "customers groups remove",
        msg("Remove a group that nobody is in."),
        "bonus:remove_group",
        (opt("group", metavar="NAME", about=msg("Which group.")),),
    ),
)
