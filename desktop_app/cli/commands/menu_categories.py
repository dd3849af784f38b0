"""The categories of the menu."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.categories import add_category, change_category, remove_category
from desktop_app.menu.operations import list_categories


def list_all(call: Call, desk: Desk) -> Answer:
    """List the categories in their order."""
    found = desk.do(list_categories)
    names = {one.id: one.name for one in found}
    return Answer(
        {
            "rows": [
                {
                    "id": str(one.id),
                    "name": one.name,
                    "parent_id": None if one.parent_id is None else str(one.parent_id),
                    "products": one.products,
                }
                for one in found
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Id"), right=True),
                    Column(msg("Category")),
                    Column(msg("Lies in")),
                    Column(msg("Products"), right=True),
                ],
                [
                    [
                        str(one.id),
                        one.name,
                        "" if one.parent_id is None else names.get(one.parent_id, ""),
                        call.number(one.products),
                    ]
                    for one in found
                ],
            )
        ],
    )


def add(call: Call, desk: Desk) -> Answer:
    """Add a category."""
    number = desk.do(add_category, call.options.name, call.options.parent)
    return Answer({"id": str(number)}, [msg("Written down.")])


def edit(call: Call, desk: Desk) -> Answer:
    """Rename or move a category."""
    options = call.options
    for one in desk.do(list_categories):
        if one.id == options.id:
            name = one.name if options.name is None else options.name
            parent = one.parent_id if options.parent is None else options.parent
            above = None if options.top else parent
            desk.do(change_category, one.id, name, above, one.color, one.place)
            return Answer({"id": str(one.id)}, [msg("Written down.")])
    raise NotFoundError(msg("There is no category {number}.", number=options.id))


def remove(call: Call, desk: Desk) -> Answer:
    """Remove a category in which nothing lies."""
    desk.do(remove_category, call.options.id)
    return Answer({"id": str(call.options.id)}, [msg("Removed.")])
