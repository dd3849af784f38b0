"""Cards kept twice: listed, put together, taken apart, marked as two people's."""

from __future__ import annotations

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.cli.values import at_most, cursor, cursor_text
from desktop_app.customers import editing, merging
from desktop_app.customers.duplicates import (
    list_apart,
    list_duplicates,
    mark_apart,
    unmark_apart,
)
from desktop_app.customers.records import ApartRow, MergeWish
from desktop_app.customers.wording import LIKENESSES
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg


def duplicates(call: Call, desk: Desk) -> Answer:
    """List cards that may be one person's, or those that were marked as two people's."""
    if call.options.apart:
        return _marked(call, desk)
    limit = at_most(call.options.limit)
    read = desk.do(list_duplicates, limit + 1, after=_after(call.options.after))
    rows = read[:limit]
    last = rows[-1] if len(read) > limit else None
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
            "next": cursor_text((last.score, last.first.id, last.second.id) if last else None),
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


def _after(text: str | None) -> tuple[int, int, int] | None:
    place = cursor(text)
    if place is None:
        return None
    if len(place) != 3:  # noqa: PLR2004 - how sure, and two cards
        raise InvalidError(
            msg("“{text}” is not a place in a list.", text=text),
            hint=msg("Take it from “next” of the answer before."),
        )
    return place[0], place[1], place[2]


def _place(row: ApartRow) -> tuple[int, int, int]:
    return round(row.at.timestamp() * 1000), row.first.id, row.second.id


def _newest_first(place: tuple[int, int, int]) -> tuple[int, int, int]:
    return -place[0], *place[1:]


def _marked(call: Call, desk: Desk) -> Answer:
    limit, after = at_most(call.options.limit), _after(call.options.after)
    read = desk.do(list_apart)
    if after is not None:
        read = [row for row in read if _newest_first(_place(row)) > _newest_first(after)]
    rows = read[:limit]
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
            "next": cursor_text(_place(rows[-1])) if len(read) > limit else None,
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
