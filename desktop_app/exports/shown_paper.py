"""A list as a PDF: A4, or A3 across where it is wide (the same shape as A4 across)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from desktop_app.exports.records import ShownTable
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Words
from desktop_app.printing import drawing, look
from desktop_app.printing import format as written
from desktop_app.printing.document import Document
from desktop_app.printing.layout import Flow, Furniture
from desktop_app.printing.look import LEFT, MARGIN, PAPER_HEIGHT, PAPER_WIDTH
from desktop_app.printing.metadata import About
from desktop_app.printing.table import Cell, Table, TableColumn

_ACROSS = PAPER_HEIGHT * 2**0.5
_NARROW = 700
_FIT = 46.0
_FACT_TITLE, _FACT_ROOM = 92.0, 30.0
_SIGNED_ROOM = 74.0


@dataclass(frozen=True, slots=True)
class ListFacts:
    """Whose list it is, made when (the venue's clock) and by whom."""

    venue: str
    made_at: datetime
    made_by: str


def write_list(
    table: ShownTable,
    facts: ListFacts,
    out: BinaryIO,
    words: Words,
    progress: Progress,
) -> int:
    """Write what a list shows as a PDF; return how many pages."""
    width = _ACROSS if sum(one.width for one in table.columns) > _NARROW else PAPER_WIDTH
    about = About(f"{table.title} · {facts.venue}", facts.venue, words.language, facts.made_at)
    document = Document(out, about, progress, paper=(width, PAPER_HEIGHT))
    foot = words.say(
        "Made by {name}, {time}",
        name=facts.made_by,
        time=written.moment(facts.made_at, words.language),
    )
    flow = Flow(document, Furniture(facts.venue, table.title, foot), words, width - MARGIN)
    flow.begin()
    document.bookmark(table.title, PAPER_HEIGHT)
    flow.text(LEFT, flow.y - 10, table.title, look.TITLE, tag="H1")
    flow.y -= 28
    _write_facts(flow, table.facts)
    columns = [
        TableColumn(one.title, room, right=one.right)
        for one, room in zip(
            table.columns, _rooms([one.width for one in table.columns], width), strict=True
        )
    ]
    drawn = Table(flow, document.root, columns)
    for row in table.rows:
        drawn.row([Cell(text) for text in row], around=3.6)
    drawn.close()
    _write_signatures(flow, table.signatures)
    flow.end()
    flow.finish()
    document.finish()
    return document.page_count


def _write_facts(flow: Flow, facts: Sequence[tuple[str, str]]) -> None:
    """Write what is true of all rows: a title and a text a line, long texts on several."""
    for title, text in facts:
        flow.need(_FACT_ROOM)
        flow.text(LEFT, flow.y - look.BODY.size, title, look.BODY_MUTED)
        room = flow.right - LEFT - _FACT_TITLE
        flow.paragraph(text, look.BODY, width=room, x=LEFT + _FACT_TITLE)
        flow.y -= 1.5
    if facts:
        flow.y -= 10


def _write_signatures(flow: Flow, names: Sequence[str]) -> None:
    """Draw a line to sign on for each, beside each other, all on one page."""
    if not names:
        return
    flow.need(_SIGNED_ROOM)
    flow.y -= _SIGNED_ROOM - 24
    each = (flow.right - LEFT) / len(names)
    for at, name in enumerate(names):
        left = LEFT + at * each
        flow.document.draw(drawing.hairline(left, left + each - 24, flow.y, ink=look.MUTED))
        flow.text(left, flow.y - 11, name, look.SMALL)
    flow.y -= 24


def _rooms(widths: Sequence[int], paper: float) -> list[float]:
    """Share the width of the paper out as on the screen, each column with room for a word."""
    usable = paper - 2 * MARGIN
    least = min(_FIT, usable / len(widths))
    spare, whole = usable - least * len(widths), sum(widths) or 1
    return [least + spare * one / whole for one in widths]
