"""The commands of the menu: products, their cards, prices and the stop list."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.values import row_id
from desktop_app.kernel.words import Message, msg

KINDS = ("dish", "goods", "timed", "preparation", "ingredient")
UNITS = ("g", "ml", "pcs")
_YES_NO = ("yes", "no")

MENU_GROUPS: Mapping[str, Message] = {
    "menu": msg("What is sold, stocked and used in recipes."),
    "menu category": msg("The categories of the menu."),
}

_ID = opt("id", metavar="ID", type=row_id, about=msg("The number in “menu list”."))


def _form(name: Option) -> tuple[Option, ...]:
    return (
        name,
        opt("--kind", choices=KINDS, about=msg("What it is.")),
        opt("--unit", choices=UNITS, about=msg("In what it is measured.")),
        opt("--category", metavar="ID", type=row_id, about=msg("The number of the category.")),
        opt("--station", metavar="ID", type=row_id, about=msg("The number of the station.")),
        opt("--barcode", metavar="CODE", about=msg("The barcode.")),
        opt("--cost", metavar="AMOUNT", about=msg("What a kilogram, litre or piece costs.")),
        opt("--tax", metavar="PERCENT", about=msg("The tax, such as 18.")),
        opt("--tax-included", choices=_YES_NO, about=msg("Whether the price has the tax inside.")),
        opt("--low-stock", metavar="QUANTITY", about=msg("Below how much it is low.")),
        opt("--wished-stock", metavar="QUANTITY", about=msg("Up to how much of it one buys.")),
        opt("--gov-code", metavar="CODE", about=msg("The code of the tax office.")),
        opt("--shelf-days", metavar="DAYS", type=int, about=msg("How long it keeps.")),
        opt("--cooking-minutes", metavar="MINUTES", type=int, about=msg("How long it takes.")),
        opt("--interval", metavar="MINUTES", type=int, about=msg("For how long its price is.")),
        opt("--step", metavar="MINUTES", type=int, about=msg("Begun steps are paid whole.")),
        opt("--least", metavar="MINUTES", type=int, about=msg("The least time that is paid.")),
        opt("--allergens", metavar="WORDS", about=msg("Allergens, separated by commas.")),
        opt("--note", metavar="TEXT", about=msg("A note.")),
    )


MENU = (
    Command(
        "menu list",
        msg("List the menu with prices, costs and margins."),
        "menu:list_menu",
        (
            opt("--kind", choices=KINDS, about=msg("Only this kind.")),
            opt("--category", metavar="ID", type=row_id, about=msg("Only this category.")),
            opt("--text", default="", about=msg("Only what has these words or this barcode.")),
            opt("--stopped", action="store_true", about=msg("Only the stop list.")),
            opt("--archived", action="store_true", about=msg("Only what is archived.")),
        ),
    ),
    Command("menu show", msg("Show one product with its card and prices."), "menu:show", (_ID,)),
    Command(
        "menu add",
        msg("Add a product."),
        "menu:add",
        (
            *_form(opt("name", metavar="NAME", about=msg("The name, as on receipts."))),
            opt("--price", metavar="AMOUNT", about=msg("Its first price.")),
        ),
    ),
    Command(
        "menu edit",
        msg("Change a product; what is not named stays."),
        "menu:edit",
        (
            _ID,
            *_form(opt("--name", metavar="NAME", about=msg("The name, as on receipts."))),
            opt("--active", choices=_YES_NO, about=msg("“no” puts it into the archive.")),
            opt(
                "--choices",
                metavar="IDS",
                about=msg("Its groups of choices, separated by commas; “” for none."),
            ),
        ),
    ),
    Command(
        "menu price",
        msg("Change a price; receipts keep the one they were sold at."),
        "menu:price",
        (
            _ID,
            opt("amount", metavar="AMOUNT", about=msg("The price, such as 12.50.")),
            opt("--variant", default="", metavar="NAME", about=msg("The size; the usual one.")),
            opt("--list", dest="list_id", metavar="ID", type=row_id, about=msg("A price list.")),
        ),
    ),
    Command(
        "menu stop",
        msg("Put a product on the stop list."),
        "menu:stop",
        (_ID, opt("--left", default="0", metavar="QUANTITY", about=msg("How much is left."))),
    ),
    Command("menu unstop", msg("Take a product off the stop list."), "menu:unstop", (_ID,)),
    Command(
        "menu recipe",
        msg("Show what a product takes from the storage, or write its technical card."),
        "menu:recipe",
        (
            _ID,
            opt(
                "--part",
                action="append",
                metavar="ID=GROSS[/NET]",
                about=msg("An ingredient and how much of it, once for each; the whole card."),
            ),
            opt("--output", metavar="QUANTITY", about=msg("How much one recipe makes.")),
            opt("--empty", action="store_true", about=msg("Take everything out of the card.")),
        ),
    ),
    Command("menu category list", msg("List the categories."), "menu_categories:list_all"),
    Command(
        "menu category add",
        msg("Add a category."),
        "menu_categories:add",
        (
            opt("name", metavar="NAME", about=msg("The name of the category.")),
            opt("--parent", metavar="ID", type=row_id, about=msg("The category around it.")),
        ),
    ),
    Command(
        "menu category edit",
        msg("Rename or move a category; what is not named stays."),
        "menu_categories:edit",
        (
            opt("id", metavar="ID", type=row_id, about=msg("The number of the category.")),
            opt("--name", metavar="NAME", about=msg("The name of the category.")),
            opt("--parent", metavar="ID", type=row_id, about=msg("The category around it.")),
            opt("--top", action="store_true", about=msg("It lies in no other category.")),
        ),
    ),
    Command(
        "menu category remove",
        msg("Remove a category in which nothing lies."),
        "menu_categories:remove",
        (opt("id", metavar="ID", type=row_id, about=msg("The number of the category.")),),
    ),
)
