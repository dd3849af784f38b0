"""Cards kept twice: listed, put together, taken apart, marked as two people's."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.customers import editing, merging
from desktop_app.customers.duplicates import (
    list_apart,
    list_duplicates,
    mark_apart,
    unmark_apart,
)
from desktop_app.customers.records import MergeWish
from desktop_app.customers.wording import LIKENESSES
from desktop_app.kernel.words import msg


def duplicates(call: Call, desk: Desk) -> Answer:
    """List cards that may be one person's, or those that were marked as two people's."""
    if call.options.apart:
        return _marked(desk)
    rows = desk.do(list_duplicates, call.options.limit)
    return Answer(
        {
            "rows": [
                {
                    "id": str(row.first.id),
                    "name": row.first.name,
                    "other_id": str(row.second.id),
                    "other_name": row.second.name,
                    "score": row.score,
                    "why": [why.value for why in row.why],
                }
                for row in rows
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Sure"), right=True),
                    Column(msg("Id")),
                    Column(msg("Name")),
                    Column(msg("Other id")),
                    Column(msg("Other name")),
                    Column(msg("Why")),
                ],
                [
                    [f"{row.score} %", str(row.first.id), row.first.name, str(row.second.id),
                     row.second.name, ", ".join(call.words.of(LIKENESSES[one]) for one in row.why)]
                    for row in rows
                ],
            )
        ],
    )  # fmt: skip


def merge(call: Call, desk: Desk) -> Answer:
    """Keep one card under another one."""
    asked = call.options
    kept, gone = (desk.do(editing.get_own_card, one) for one in (asked.kept, asked.gone))
    wish = MergeWish(asked.kept, kept.version, asked.gone, gone.version, asked.take)
    desk.do(merging.merge_customers, wish)
    return Answer(
        {"customer_id": str(asked.kept), "joined": str(asked.gone)},
        [msg("Put together; “customers unmerge {id}” takes them apart.", id=str(asked.gone))],
    )


def unmerge(call: Call, desk: Desk) -> Answer:
    """Take two cards apart again."""
    kept = desk.do(merging.unmerge_customers, call.options.gone, anyway=call.options.anyway)
    return Answer({"id": str(call.options.gone), "kept": str(kept)}, [msg("Taken apart.")])


def apart(call: Call, desk: Desk) -> Answer:
    """Mark two cards as two people's, or take that back."""
    asked = call.options
    facts = {"one": str(asked.one), "other": str(asked.other)}
    if asked.undo:
        desk.do(unmark_apart, asked.one, asked.other)
        return Answer(facts | {"apart": False}, [msg("The mark is taken away.")])
    desk.do(mark_apart, asked.one, asked.other)
    return Answer(facts | {"apart": True}, [msg("Marked as two people.")])


def _marked(desk: Desk) -> Answer:
    rows = desk.do(list_apart)
    return Answer(
        {
            "rows": [
                {
                    "id": str(row.first.id),
                    "name": row.first.name,
                    "other_id": str(row.second.id),
                    "other_name": row.second.name,
                    "at": desk.iso(row.at),
                    "made_by": row.made_by,
                }
                for row in rows
            ],
            "next": None,
        },
        [
            Table(
                [
                    Column(msg("Id")),
                    Column(msg("Name")),
                    Column(msg("Other id")),
                    Column(msg("Other name")),
                    Column(msg("When")),
                    Column(msg("Made by")),
                ],
                [
                    [str(row.first.id), row.first.name, str(row.second.id), row.second.name,
                     desk.when(row.at), row.made_by]
                    for row in rows
                ],
            )
        ],
    )  # fmt: skip
