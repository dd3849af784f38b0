"""A list as a PDF: A4, or A3 across where it is wide (the same shape as A4 across)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from desktop_app.exports.records import ShownTable
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Words
from desktop_app.printing import format as written
from desktop_app.printing import look
from desktop_app.printing.document import Document
from desktop_app.printing.layout import Flow, Furniture
from desktop_app.printing.look import LEFT, MARGIN, PAPER_HEIGHT, PAPER_WIDTH
from desktop_app.printing.metadata import About
from desktop_app.printing.table import Cell, Table, TableColumn

_ACROSS = PAPER_HEIGHT * 2**0.5
_NARROW = 700
_FIT = 46.0


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
    flow.end()
    flow.finish()
    document.finish()
    return document.page_count


def _rooms(widths: Sequence[int], paper: float) -> list[float]:
    """Share the width of the paper out as on the screen, each column with room for a word."""
    usable = paper - 2 * MARGIN
    least = min(_FIT, usable / len(widths))
    spare, whole = usable - least * len(widths), sum(widths) or 1
    return [least + spare * one / whole for one in widths]
