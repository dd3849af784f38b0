"""The slip with a one-time code, to be handed to whoever is let in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Words
from desktop_app.printing import drawing, look
from desktop_app.printing import format as written
from desktop_app.printing.document import Document
from desktop_app.printing.layout import Flow, Furniture
from desktop_app.printing.look import LEFT, PAPER_HEIGHT, PAPER_WIDTH, RIGHT, WIDTH
from desktop_app.printing.metadata import About

_CODE_HEIGHT = 52.0


@dataclass(frozen=True, slots=True)
class CodeSlip:
    """What the slip says; `made_at` and `ends_at` are in the venue's time."""

    venue: str
    user: str
    code: str = field(repr=False)
    made_by: str
    made_at: datetime
    ends_at: datetime


def write_code_slip(slip: CodeSlip, out: BinaryIO, words: Words) -> None:
    """Write the slip as a PDF of one page. It lets somebody in: print it, then delete the file."""
    title = words.say("One-time code")
    # The name of the person stands on the paper only, not in what a viewer lists.
    about = About(f"{title} · {slip.venue}", slip.venue, words.language, slip.made_at)
    document = Document(out, about, Progress())
    flow = Flow(document, Furniture(slip.venue, title, ""), words)
    flow.begin(header=False)
    document.draw(drawing.box(0, PAPER_HEIGHT - 10, PAPER_WIDTH, 10, look.PETROL))
    document.draw(drawing.box(0, PAPER_HEIGHT - 12, PAPER_WIDTH, 2, look.AMBER_MARK))
    document.bookmark(title, PAPER_HEIGHT)
    heading = words.say("One-time code for {name}", name=slip.user)
    lines = document.type.wrap(heading, look.TITLE, WIDTH)[:2]
    flow.tagged("H1", flow.lines(LEFT, PAPER_HEIGHT - 62, lines, look.TITLE), document.root)
    flow.y = PAPER_HEIGHT - 50 - len(lines) * look.TITLE.leading
    flow.paragraph(
        words.say(
            "Sign in to {venue} with your name and this code in the place of a password, and "
            "choose a password that only you know.",
            venue=slip.venue,
        ),
        look.LEDE,
        width=WIDTH,
    )
    flow.y -= 14
    bottom = flow.y - _CODE_HEIGHT
    document.draw(drawing.rounded(LEFT, bottom, WIDTH, _CODE_HEIGHT, 8, fill=look.TINT))
    flow.text(LEFT + WIDTH / 2, bottom + 18, slip.code, look.KEY_GROUP, align="center")
    flow.y = bottom - 24
    ends = written.moment(slip.ends_at, words.language)
    for text in (
        words.say("It works once, until {moment}.", moment=ends),
        words.say("O and 0, I, L and 1 may be taken for each other."),
        words.say("Destroy this slip once you have signed in."),
    ):
        flow.paragraph(text, look.BODY, width=WIDTH)
        flow.y -= 4
    made = words.say(
        "Made by {name}, {moment}",
        name=slip.made_by,
        moment=written.moment(slip.made_at, words.language),
    )
    flow.text(RIGHT, flow.y - 18, made, look.SMALL, align="right")
    flow.end()
    flow.finish()
    document.finish()
