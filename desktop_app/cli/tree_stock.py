"""The commands of the stock: storages, suppliers, papers and stock-takes."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.values import day, moment_of, row_id
from desktop_app.kernel.words import Message, msg

YES_NO = ("yes", "no")
KINDS = ("supply", "transfer", "write_off", "production", "count")

_LIMIT = opt("--limit", type=int, default=50, about=msg("At most so many rows."))
_AFTER = opt("--after", metavar="CURSOR", type=row_id, about=msg("Go on from “next”."))
_AT = opt("--at", metavar="DAY", about=msg("At the end of a past day, or at a time of it."))
_WHEN = opt("--when", metavar="TIME", type=moment_of, about=msg("When it was; now for nothing."))
_NOTE = opt("--note", metavar="TEXT", default="", about=msg("A note."))
_STORAGE = opt(
    "--storage", metavar="ID", type=row_id, required=True, about=msg("The storage's number.")
)
_IN_STORAGE = opt("--storage", metavar="ID", type=row_id, about=msg("Only this storage."))
_LINES = opt(
    "--line",
    dest="lines",
    metavar="PRODUCT:QUANTITY",
    action="append",
    required=True,
    about=msg("A product's number and how much, such as 7512:2.5kg; once a line."),
)
_REASON = opt("--reason", metavar="TEXT", required=True, about=msg("Why."))
_ID = opt("id", metavar="ID", type=row_id, about=msg("Its number."))
_NAME = opt("name", metavar="NAME", about=msg("What to call it."))

STOCK_GROUPS: Mapping[str, Message] = {
    "stock": msg("What lies in the storages, and the papers that move it."),
    "stock draft": msg("Supplies that were entered and not received yet."),
    "stock package": msg("In which packages products are bought."),
    "suppliers": msg("Who supplies the restaurant."),
    "storages": msg("Where stock lies."),
}

_SUPPLIER = (
    opt("--tax-id", metavar="VÖEN", about=msg("The tax id.")),
    opt("--phone", metavar="PHONE", about=msg("The phone number.")),
    opt("--email", metavar="EMAIL", about=msg("The e-mail address.")),
    opt("--address", metavar="TEXT", about=msg("The address.")),
    opt("--days-to-pay", metavar="N", type=int, about=msg("In how many days invoices are due.")),
    opt("--note", metavar="TEXT", about=msg("A note.")),
)

_SUPPLY_LINES = opt(
    "--line",
    dest="lines",
    metavar="PRODUCT:QUANTITY:AMOUNT",
    action="append",
    required=True,
    about=msg(
        "A product, how much, and for how much: 7512:25kg:30.00, or in packages "
        "7512:2 sack:60.00; once a line."
    ),
)
_SUPPLY_REST = (
    opt("--tax-added", action="store_true", about=msg("The tax comes on top of the amounts.")),
    opt(
        "--tax-reclaimed",
        action="store_true",
        about=msg("The tax is given back, and no part of what the stock costs."),
    ),
    opt("--invoice", metavar="NUMBER", default="", about=msg("The number of the invoice.")),
    opt("--due", metavar="DAY", type=day, about=msg("By when it is to be paid.")),
)
_SUPPLY = (
    _STORAGE,
    opt("--supplier", metavar="ID", type=row_id, about=msg("The supplier's number.")),
    _SUPPLY_LINES,
    opt("--tax", metavar="PERCENT", default="0", about=msg("The tax of every line.")),
    *_SUPPLY_REST,
)

_READING = (
    Command(
        "stock list",
        msg("List what there is of each product, now or at a past moment."),
        "stock:list_stock",
        (
            opt("words", metavar="TEXT", nargs="*", about=msg("Only products with these words.")),
            _IN_STORAGE,
            opt("--low", action="store_true", about=msg("Only what is running out.")),
            opt("--negative", action="store_true", about=msg("Only what is below nothing.")),
            _AT,
        ),
        rest="words",
    ),
    Command(
        "stock value",
        msg("Say what the stock is worth by storage, now or at a past moment."),
        "stock:value",
        (_AT,),
    ),
    Command(
        "stock moves",
        msg("List how stock moved, what was entered last first."),
        "stock:moves",
        (
            opt("--product", metavar="ID", type=row_id, about=msg("Only this product.")),
            _IN_STORAGE,
            opt("--from", dest="first", metavar="DAY", type=day, about=msg("First day.")),
            opt("--to", dest="last", metavar="DAY", type=day, about=msg("Last day.")),
            _LIMIT,
            _AFTER,
        ),
    ),
    Command(
        "stock papers",
        msg("List supplies, transfers, write-offs, productions and stock-takes."),
        "stock:papers",
        (
            opt("--kind", choices=KINDS, about=msg("Only papers of this kind.")),
            opt("--unpaid", action="store_true", about=msg("Only supplies not paid yet.")),
            _LIMIT,
            _AFTER,
        ),
    ),
    Command(
        "stock order",
        msg("List what is running out: how much to buy, and from whom."),
        "stock_orders:order",
        (
            _IN_STORAGE,
            opt("--enter", action="store_true", about=msg("Enter supplies of it, to be received.")),
        ),
    ),
    Command("stock show", msg("Show one paper with its lines."), "stock:show", (_ID,)),
)

_WRITING = (
    Command(
        "stock supply",
        msg("Receive a supply into the stock."),
        "stock_papers:supply",
        (
            *_SUPPLY,
            opt("--paid", action="store_true", about=msg("It is paid out of the till at once.")),
            opt("--draft", action="store_true", about=msg("Only enter it; receive it later.")),
            _WHEN,
            _NOTE,
        ),
    ),
    Command(
        "stock pay",
        msg("Pay for a supply."),
        "stock_papers:pay",
        (
            _ID,
            opt("amount", metavar="AMOUNT", about=msg("How much.")),
            opt("--account", metavar="ID", type=row_id, about=msg("Out of which account.")),
            _NOTE,
        ),
    ),
    Command(
        "stock unpay",
        msg("Take the payments for a supply back."),
        "stock_papers:unpay",
        (_ID, _REASON),
    ),
    Command(
        "stock write-off",
        msg("Take out what was spoilt, broken or lost."),
        "stock_papers:write_off",
        (_STORAGE, _LINES, _REASON, _WHEN, _NOTE),
    ),
    Command(
        "stock transfer",
        msg("Move stock to another storage."),
        "stock_papers:transfer",
        (
            _STORAGE,
            opt(
                "--to",
                dest="target",
                metavar="ID",
                type=row_id,
                required=True,
                about=msg("The storage it goes to."),
            ),
            _LINES,
            _WHEN,
            _NOTE,
        ),
    ),
    Command(
        "stock produce",
        msg("Make a preparation out of its ingredients."),
        "stock_papers:produce",
        (
            _STORAGE,
            opt("made", metavar="PRODUCT:QUANTITY", about=msg("What was made, and how much.")),
            opt("--to", dest="target", metavar="ID", type=row_id, about=msg("Where it comes to.")),
            _WHEN,
            _NOTE,
        ),
    ),
    Command(
        "stock reverse",
        msg("Take a paper back by another that moves the opposite."),
        "stock_papers:reverse",
        (_ID, _REASON),
    ),
    Command(
        "stock count",
        msg("Hand in what was counted; nothing changes until it is approved."),
        "stock_papers:count",
        (_STORAGE, _LINES, _WHEN, _NOTE),
    ),
    Command("stock counts", msg("List the stock-takes."), "stock_papers:counts"),
    Command(
        "stock variance",
        msg("Show what was counted against what there should have been."),
        "stock_papers:variance",
        (_ID,),
    ),
    Command(
        "stock approve",
        msg("Approve the difference of a stock-take."),
        "stock_papers:approve",
        (_ID,),
    ),
    Command("stock refuse", msg("Refuse a stock-take."), "stock_papers:refuse", (_ID,)),
)

_PLACES = (
    Command("suppliers list", msg("List the suppliers."), "stock_places:suppliers"),
    Command(
        "suppliers add", msg("Add a supplier."), "stock_places:add_supplier", (_NAME, *_SUPPLIER)
    ),
    Command(
        "suppliers edit",
        msg("Change a supplier; what is not named stays."),
        "stock_places:edit_supplier",
        (
            _ID,
            opt("--name", metavar="NAME", about=msg("What to call it.")),
            *_SUPPLIER,
            opt("--active", choices=YES_NO, about=msg("“no” puts it away.")),
        ),
    ),
    Command(
        "suppliers remove",
        msg("Remove a supplier from whom nothing came."),
        "stock_places:remove_supplier",
        (_ID,),
    ),
    Command("storages list", msg("List the storages."), "stock_places:storages"),
    Command(
        "storages stations",
        msg("List from which storage each station takes."),
        "stock_places:stations",
    ),
    Command(
        "storages station",
        msg("Say from which storage goes what is made at a station."),
        "stock_places:station",
        (
            opt("station", metavar="ID", type=row_id, about=msg("The station's number.")),
            opt(
                "--storage",
                metavar="ID",
                type=row_id,
                about=msg("The storage's number; the one that sells if empty."),
            ),
        ),
    ),
    Command(
        "storages add",
        msg("Add a storage."),
        "stock_places:add_storage",
        (
            _NAME,
            opt("--sells", action="store_true", about=msg("Sales take from it.")),
            opt("--since", metavar="DAY", type=day, about=msg("From this day on; today if not.")),
        ),
    ),
    Command(
        "storages edit",
        msg("Rename a storage, let sales take from it, or put it away; what is not named stays."),
        "stock_places:edit_storage",
        (
            _ID,
            opt("--name", metavar="NAME", about=msg("What to call it.")),
            opt("--sells", choices=YES_NO, about=msg("Whether sales take from it.")),
            opt("--since", metavar="DAY", type=day, about=msg("From this day on.")),
            opt("--active", choices=YES_NO, about=msg("“no” puts it away.")),
        ),
    ),
    Command(
        "storages remove",
        msg("Remove a storage in which nothing ever lay."),
        "stock_places:remove_storage",
        (_ID,),
    ),
)

_PACKAGES = (
    Command(
        "stock package add",
        msg("Say how a product is bought: a package, and how much is in one."),
        "stock_packages:add",
        (
            opt("product", metavar="PRODUCT", type=row_id, about=msg("The product's number.")),
            _NAME,
            opt("quantity", metavar="QUANTITY", about=msg("How much is in one, such as 25kg.")),
        ),
    ),
    Command(
        "stock package list",
        msg("List the packages in which products are bought."),
        "stock_packages:packages",
        (opt("--product", metavar="ID", type=row_id, about=msg("Only this product.")),),
    ),
    Command(
        "stock package remove",
        msg("Forget a package; papers keep what they say."),
        "stock_packages:remove",
        (_ID,),
    ),
)

_DRAFTS = (
    Command(
        "stock draft list",
        msg("List the supplies that were entered and not received yet."),
        "stock_drafts:drafts",
    ),
    Command(
        "stock draft show",
        msg("Show an entered supply with its lines."),
        "stock_drafts:show",
        (_ID,),
    ),
    Command(
        "stock draft change",
        msg("Change an entered supply; what is not named stays."),
        "stock_drafts:change",
        (
            _ID,
            opt("--storage", metavar="ID", type=row_id, about=msg("The storage's number.")),
            opt("--supplier", metavar="ID", type=row_id, about=msg("The supplier's number.")),
            opt(
                "--line",
                dest="lines",
                metavar="PRODUCT:QUANTITY:AMOUNT",
                action="append",
                about=msg("These lines instead of those it has; once a line."),
            ),
            opt("--tax", metavar="PERCENT", about=msg("The tax of every line.")),
            opt("--tax-added", choices=YES_NO, about=msg("Whether the tax comes on top.")),
            opt("--tax-reclaimed", choices=YES_NO, about=msg("Whether the tax is given back.")),
            opt("--invoice", metavar="NUMBER", about=msg("The number of the invoice.")),
            opt("--due", metavar="DAY", type=day, about=msg("By when it is to be paid.")),
            _WHEN,
            opt("--note", metavar="TEXT", about=msg("A note.")),
        ),
    ),
    Command(
        "stock draft receive",
        msg("Receive an entered supply into the stock."),
        "stock_drafts:receive",
        (_ID, opt("--paid", action="store_true", about=msg("It is paid out of the till at once."))),
    ),
    Command("stock draft drop", msg("Forget an entered supply."), "stock_drafts:drop", (_ID,)),
)

STOCK = (*_READING, *_WRITING, *_PLACES, *_PACKAGES, *_DRAFTS)
