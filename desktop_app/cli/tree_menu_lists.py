"""The commands of the menu's price lists, sizes, stations, choices and photos."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.cli.declare import Command, Option, opt
from desktop_app.cli.values import row_id
from desktop_app.kernel.words import Message, msg

_YES_NO = ("yes", "no")
_PRODUCT = opt("id", metavar="ID", type=row_id, about=msg("The number in “menu list”."))
_LIST = opt("id", metavar="ID", type=row_id, about=msg("The number in “menu pricelist list”."))
_SIZE = opt("size", metavar="SIZE", about=msg("The size; “” for the usual one."))
_FILE = opt("file", metavar="FILE", about=msg("The file of the picture."))

MENU_LIST_GROUPS: Mapping[str, Message] = {
    "menu pricelist": msg("Price lists: when each holds, and in which order they are asked."),
    "menu size": msg("The sizes of a product: what they take, and those sold no more."),
    "menu station": msg("The stations where dishes are made."),
    "menu choices": msg("The groups of choices."),
    "menu photo": msg("The photo of a product."),
}


def _terms(*before: Option) -> tuple[Option, ...]:
    return (
        *before,
        opt("--sale-type", metavar="TYPE", about=msg("Only this type of sale.")),
        opt("--tables", metavar="NAMES", about=msg("Only tables whose names begin so.")),
        opt("--days", metavar="DAYS", about=msg("Only these days, such as mon,fri.")),
        opt("--hours", metavar="FROM-UNTIL", about=msg("Only these hours, such as 17:00-19:00.")),
    )


_CHOICES = (
    opt(
        "--choice",
        dest="choices",
        action="append",
        metavar="NAME=PRICE:PRODUCT:QUANTITY",
        about=msg("A choice, its price and what it takes, such as Cheese=0.50:123:20g."),
    ),
    opt("--least", metavar="N", type=int, about=msg("At least so many are chosen.")),
    opt("--most", metavar="N", type=int, about=msg("At most so many are chosen.")),
    opt(
        "--follow-size",
        choices=_YES_NO,
        about=msg("Whether a size takes its factor of what a choice takes."),
    ),
)


def _lists(name: str) -> str:
    return f"menu_lists:{name}"


MENU_LISTS = (
    Command("menu pricelist list", msg("List the price lists."), _lists("price_lists")),
    Command(
        "menu pricelist add",
        msg("Add a price list; without terms it holds where it is chosen."),
        _lists("add_list"),
        _terms(opt("name", metavar="NAME", about=msg("What it is called."))),
    ),
    Command(
        "menu pricelist edit",
        msg("Change a price list; what is not named stays."),
        _lists("edit_list"),
        _terms(
            _LIST,
            opt("--name", metavar="NAME", about=msg("What it is called.")),
            opt("--active", choices=_YES_NO, about=msg("“no” puts it into the archive.")),
        ),
    ),
    Command(
        "menu pricelist order",
        msg("Say in which order price lists are asked: the first that fits counts."),
        _lists("order_lists"),
        (opt("ids", metavar="ID", nargs="+", type=row_id, about=msg("Their numbers, in order.")),),
    ),
    Command(
        "menu pricelist remove",
        msg("Remove a price list that never had a price."),
        _lists("remove_list"),
        (_LIST,),
    ),
    Command(
        "menu price-for",
        msg("Tell what one of a product costs now, by type of sale, table and size."),
        _lists("price"),
        (
            _PRODUCT,
            opt("--variant", default="", metavar="NAME", about=msg("The size; the usual one.")),
            opt("--sale-type", default="", metavar="TYPE", about=msg("The type of sale.")),
            opt("--table", default="", metavar="NAME", about=msg("The table.")),
            opt("--list", dest="list_id", metavar="ID", type=row_id, about=msg("A price list.")),
            opt(
                "--choice",
                action="append",
                default=[],
                metavar="NAME",
                about=msg("What is chosen with it; may be given several times."),
            ),
        ),
    ),
    Command(
        "menu size set",
        msg("Say what a size takes: a factor of the card, and quantities of its own."),
        _lists("size_set"),
        (
            _PRODUCT,
            _SIZE,
            opt("--factor", metavar="NUMBER", about=msg("How much of the card, such as 1.5.")),
            opt(
                "--part",
                action="append",
                metavar="ID=GROSS[/NET]",
                about=msg("A quantity of its own, once for each; 0 leaves the ingredient out."),
            ),
            opt("--empty", action="store_true", about=msg("No quantities of its own.")),
        ),
    ),
    Command(
        "menu size rename",
        msg("Give a size another name; receipts keep the one they have."),
        _lists("size_rename"),
        (_PRODUCT, _SIZE, opt("name", metavar="NAME", about=msg("What it is called."))),
    ),
    Command(
        "menu size sell",
        msg("Put a size away, or sell it again."),
        _lists("size_offer"),
        (_PRODUCT, _SIZE, opt("sold", choices=_YES_NO, about=msg("Whether it is sold."))),
    ),
    Command(
        "menu size remove",
        msg("Remove a size that was never sold."),
        _lists("size_remove"),
        (_PRODUCT, _SIZE),
    ),
    Command("menu station list", msg("List the stations."), _lists("stations")),
    Command(
        "menu station add",
        msg("Add a station."),
        _lists("station_add"),
        (opt("name", metavar="NAME", about=msg("What it is called.")),),
    ),
    Command(
        "menu station rename",
        msg("Give a station another name."),
        _lists("station_rename"),
        (
            opt("id", metavar="ID", type=row_id, about=msg("Its number.")),
            opt("name", metavar="NAME", about=msg("What it is called.")),
        ),
    ),
    Command(
        "menu station remove",
        msg("Remove a station that no product is made at."),
        _lists("station_remove"),
        (opt("id", metavar="ID", type=row_id, about=msg("Its number.")),),
    ),
    Command("menu choices list", msg("List the groups of choices."), _lists("choices")),
    Command(
        "menu choices add",
        msg("Add a group of choices."),
        "menu_choices:add",
        (opt("name", metavar="NAME", about=msg("What it is called.")), *_CHOICES),
    ),
    Command(
        "menu choices edit",
        msg("Change a group of choices; what is not named stays."),
        "menu_choices:edit",
        (
            opt("id", metavar="ID", type=row_id, about=msg("Its number.")),
            opt("--name", metavar="NAME", about=msg("What it is called.")),
            *_CHOICES,
        ),
    ),
    Command(
        "menu choices remove",
        msg("Remove a group of choices that no product offers."),
        _lists("choices_remove"),
        (opt("id", metavar="ID", type=row_id, about=msg("Its number.")),),
    ),
    Command(
        "menu photo set",
        msg("Give a product its photo, from a JPEG or PNG."),
        _lists("photo_set"),
        (_PRODUCT, _FILE),
    ),
    Command(
        "menu photo remove",
        msg("Remove the photo of a product."),
        _lists("photo_remove"),
        (_PRODUCT,),
    ),
    Command(
        "menu photo save",
        msg("Save the photo of a product as a JPEG."),
        _lists("photo_save"),
        (_PRODUCT, _FILE),
    ),
)
