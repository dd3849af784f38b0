"""The commands of the menu that change many products at once."""

from __future__ import annotations

from desktop_app.cli.declare import Command, opt
from desktop_app.cli.tree_menu import KINDS
from desktop_app.cli.values import row_id
from desktop_app.kernel.words import msg

_IDS = opt("ids", metavar="ID", nargs="+", type=row_id, about=msg("The numbers in “menu list”."))

MENU_BULK = (
    Command(
        "menu reprice",
        msg("Change the prices of many products together."),
        "menu_bulk:reprice",
        (
            opt("words", metavar="TEXT", nargs="*", about=msg("Only products with these words.")),
            opt("--kind", choices=KINDS, about=msg("Only this kind.")),
            opt("--category", metavar="ID", type=row_id, about=msg("Only this category.")),
            opt("--percent", metavar="PERCENT", about=msg("By how many per cent, such as 10.")),
            opt("--add", metavar="AMOUNT", about=msg("By how much, after the per cent.")),
            opt("--round", metavar="AMOUNT", about=msg("To what they are rounded, such as 0.10.")),
            opt("--list", dest="list_id", metavar="ID", type=row_id, about=msg("A price list.")),
            opt(
                "--from-menu",
                action="store_true",
                about=msg("Work the prices of the list out from those of the menu."),
            ),
            opt("--preview", action="store_true", about=msg("Only show what they would become.")),
        ),
        rest="words",
    ),
    Command(
        "menu move",
        msg("Put products into another category."),
        "menu_bulk:move",
        (
            _IDS,
            opt(
                "--category",
                metavar="ID",
                type=row_id,
                about=msg("The number of the category; none if empty."),
            ),
        ),
    ),
    Command(
        "menu archive",
        msg("Put products into the archive, all of them or none."),
        "menu_bulk:archive",
        (_IDS, opt("--restore", action="store_true", about=msg("Take them out of it."))),
    ),
)
