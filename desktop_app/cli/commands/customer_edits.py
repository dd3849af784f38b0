"""Changing customers: cards, tags, messages, birthdays, cards kept twice."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.customers import editing, operations
from desktop_app.customers.records import (
    ContactKind,
    ContactRow,
    CustomerForm,
    CustomerKind,
    GroupRow,
    NewMessage,
)
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg

_KINDS = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS)


def add(call: Call, desk: Desk) -> Answer:
    """Add a customer."""
    asked = call.options
    form = CustomerForm(
        asked.name,
        CustomerKind(asked.kind or CustomerKind.PERSON),
        _contacts(asked, ()),
        as_date(asked.born) if asked.born else None,
        asked.tax_id or "",
        group_named(desk, asked.group).id if asked.group else None,
        asked.note or "",
        tuple(asked.tag or ()),
    )
    number = desk.do(editing.add_customer, form, asked.code)
    return Answer({"id": str(number)}, [msg("Added, with number {id}.", id=str(number))])


def edit(call: Call, desk: Desk) -> Answer:
    """Change a customer; what is not named stays."""
    asked = call.options
    card = desk.do(editing.get_own_card, asked.id)
    form = card.form
    if asked.group is None:
        group = form.group_id
    else:
        group = group_named(desk, asked.group).id if asked.group else None
    wanted = CustomerForm(
        form.name if asked.name is None else asked.name,
        form.kind if asked.kind is None else CustomerKind(asked.kind),
        _contacts(asked, form.contacts),
        form.birth_date if asked.born is None else as_date(asked.born),
        form.tax_id if asked.tax_id is None else asked.tax_id,
        group,
        form.note if asked.note is None else asked.note,
        form.tags if asked.tag is None else tuple(asked.tag),
    )
    version = desk.do(editing.change_customer, card.id, card.version, wanted)
    return Answer({"id": str(card.id), "version": version}, [msg("Changed.")])


def tag(call: Call, desk: Desk) -> Answer:
    """Give tags and take them away."""
    asked = call.options
    changed = desk.do(editing.tag_customers, [asked.id], asked.add, asked.remove)
    return Answer({"changed": changed}, [msg("Changed.")])


def archive(call: Call, desk: Desk) -> Answer:
    """Put a customer away, or take them out again."""
    asked = call.options
    changed = desk.do(editing.archive_customers, [asked.id], away=not asked.undo)
    return Answer({"changed": changed}, [msg("Changed.")])


def message(call: Call, desk: Desk) -> Answer:
    """Write down a message."""
    asked = call.options
    new = NewMessage(asked.direction, asked.channel, asked.subject, asked.text)
    desk.do(editing.add_message, asked.id, new)
    return Answer({"id": str(asked.id)}, [msg("Written down.")])


def birthdays(call: Call, desk: Desk) -> Answer:
    """List the coming birthdays."""
    rows = desk.do(operations.list_birthdays, call.options.days)
    return Answer(
        {
            "rows": [
                {
                    "id": str(row.id),
                    "name": row.name,
                    "phone": row.phone,
                    "day": row.day.isoformat(),
                    "turns": row.turns,
                    "may_greet": row.may_greet,
                }
                for row in rows
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Day")),
                    Column(msg("Name")),
                    Column(msg("Turns the age of"), right=True),
                    Column(msg("Telephone")),
                    Column(msg("May be written to")),
                ],
                [
                    [row.day.isoformat(), row.name, str(row.turns), row.phone,
                     call.yes(row.may_greet)]
                    for row in rows
                ],
            )
        ],
    )  # fmt: skip


def group_named(desk: Desk, name: str) -> GroupRow:
    """Return the group of a name, however it is spelled."""
    groups = desk.do(operations.list_groups)
    found = [one for one in groups if fold(one.name) == fold(name.strip())]
    if not found:
        raise NotFoundError(
            msg("There is no group “{name}”.", name=name),
            hint=msg("There are: {names}.", names=", ".join(one.name for one in groups) or "-"),
        )
    return found[0]


def _contacts(asked: Namespace, stored: Sequence[ContactRow]) -> tuple[ContactRow, ...]:
    """Return the contacts that are named, and of the kinds that are not, those there are."""
    made: list[ContactRow] = []
    for kind in _KINDS:
        named = getattr(asked, kind.value)
        if named is None:
            made += [one for one in stored if one.kind is kind]
        else:
            made += [ContactRow(kind, value) for value in named]
    return tuple(made)
