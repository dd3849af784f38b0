"""A signed review as a PDF: who may do what, what was decided and why, and the signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.job import Progress
from desktop_app.kernel.permissions import permission_text
from desktop_app.kernel.words import Message, Words, msg
from desktop_app.printing import drawing, look
from desktop_app.printing import format as written
from desktop_app.printing.attachments import Attachment
from desktop_app.printing.document import Document, Element
from desktop_app.printing.layout import Flow, Furniture
from desktop_app.printing.look import LEFT, PAPER_HEIGHT, PAPER_WIDTH, RIGHT, WIDTH
from desktop_app.printing.metadata import About
from desktop_app.printing.table import Cell, Table, TableColumn
from desktop_app.reviews.records import Decision, PersonAccess, Review
from desktop_app.reviews.wording import DECISIONS, flag_words, opens

DOCUMENT_NAME = "review.json"
_CHIPS = {
    Decision.KEEP: look.CHIP_GOOD,
    Decision.CHANGE: look.CHIP_PLAIN,
    Decision.REMOVE: look.CHIP_BAD,
}
_SCOPE = "/A<</O/Table/Scope/Row>>"


@dataclass(frozen=True, slots=True)
class ReviewPaperFacts:
    """What the paper says beside the review itself.

    `document` is what was signed, `anchor` the line by which the trail is recognised later.
    """

    venue: str
    time: VenueTime
    made_at: datetime
    document: str
    signature: str
    genuine: bool
    anchor: Message


def write_review(
    review: Review, facts: ReviewPaperFacts, out: BinaryIO, words: Words, progress: Progress
) -> None:
    """Write a signed review as a PDF with the signed document inside it as a file."""
    _Paper(review, facts, out, words, progress).write()


class _Paper:
    def __init__(
        self,
        review: Review,
        facts: ReviewPaperFacts,
        out: BinaryIO,
        words: Words,
        progress: Progress,
    ) -> None:
        self._review, self._facts, self._words = review, facts, words
        title = words.say("Review of access")
        progress.stage(msg("Writing the review"))
        local = facts.time.local(facts.made_at)
        about = About(f"{title} · {facts.venue}", facts.venue, words.language, local)
        self._document = Document(out, about, progress)
        foot = f"SHA-256 {review.row.sha256[:16]}…"
        self._flow = Flow(self._document, Furniture(facts.venue, title, foot), words)
        self._title = title

    def write(self) -> None:
        flow = self._flow
        flow.begin(header=False)
        self._head()
        self._summary()
        self._people()
        for person in self._review.people:
            self._rights(person)
        self._signature()
        flow.end()
        flow.finish()
        file = Attachment(
            DOCUMENT_NAME, "application/json", self._words.say("What was signed, word for word")
        )
        file.add(self._facts.document.encode())
        self._document.attach(file)
        self._document.finish()

    def _head(self) -> None:
        flow, draw = self._flow, self._document.draw
        draw(drawing.box(0, PAPER_HEIGHT - 10, PAPER_WIDTH, 10, look.PETROL))
        draw(drawing.box(0, PAPER_HEIGHT - 12, PAPER_WIDTH, 2, look.AMBER_MARK))
        self._document.bookmark(self._title, PAPER_HEIGHT)
        flow.text(LEFT, PAPER_HEIGHT - 62, self._title, look.TITLE, tag="H1")
        flow.text(RIGHT, PAPER_HEIGHT - 56, self._facts.venue, look.SMALL, align="right")
        flow.y = PAPER_HEIGHT - 76
        flow.paragraph(
            self._words.say(
                "Who may sign in, what they may open and do, what they have used, and what was"
                " decided about each person."
            ),
            look.LEDE,
            width=430,
        )
        flow.y -= 10

    def _summary(self) -> None:
        flow, row, say = self._flow, self._review.row, self._words.say
        facts = [
            (say("Begun"), self._when(row.opened_at)),
            (say("Signed"), self._when(row.closed_at)),
            (say("By"), row.closed_by),
            (say("People"), str(row.people)),
            (say("Access taken away"), str(row.removed)),
        ]
        height, top = 42.0, flow.y
        self._document.draw(
            drawing.rounded(LEFT, top - height, WIDTH, height, 8, fill=look.PALE, stroke=look.RULE)
        )
        table = self._document.open("Table")
        for index, (label, value) in enumerate(facts):
            x = LEFT + 14 + index * (WIDTH - 14) / len(facts)
            line = self._document.open("TR", table)
            flow.text(x, top - 17, label, look.LABEL, tag="TH", parent=line, attributes=_SCOPE)
            flow.text(x, top - 31, value, look.VALUE, tag="TD", parent=line)
            self._document.close(line)
        self._document.close(table)
        flow.y = top - height - 26

    def _people(self) -> None:
        say, of = self._words.say, self._words.of
        section = self._flow.heading("1", say("Decisions"), "decisions")
        table = Table(
            self._flow,
            section,
            [
                TableColumn(say("Name"), 92),
                TableColumn(say("Role"), 62),
                TableColumn(say("Last sign-in"), 74),
                TableColumn(say("Second look"), 98),
                TableColumn(say("Decision"), 56),
                TableColumn(say("Reason"), WIDTH - 382),
            ],
        )
        for person in self._review.people:
            decision = person.decision or Decision.KEEP
            seen = self._when(person.last_sign_in) if person.last_sign_in else say("never")
            table.row(
                [
                    Cell(person.name, look.CELL_STRONG, heads=True),
                    Cell(of(person.role_title)),
                    Cell(seen, look.CELL_MUTED),
                    Cell("; ".join(of(flag) for flag in flag_words(person)) or "–"),
                    Cell(of(DECISIONS[decision]), _CHIPS[decision]),
                    Cell(person.reason or "–"),
                ]
            )
        table.close()
        self._document.close(section)
        self._flow.y -= 30

    def _rights(self, person: PersonAccess) -> None:
        say, of = self._words.say, self._words.of
        number = str(2 + list(self._review.people).index(person))
        section = self._flow.heading(number, person.name, f"person:{person.user_id}", room=120)
        opened = ", ".join(of(words) for words in opens(person))
        self._flow.y -= 4
        self._flow.paragraph(
            say("Opens: {what}. Decided by {name}.", what=opened, name=person.decided_by),
            look.BODY_MUTED,
            parent=section,
        )
        self._flow.y -= 6
        table = Table(
            self._flow,
            section,
            [
                TableColumn(say("Right"), 118),
                TableColumn(say("Allows"), WIDTH - 218),
                TableColumn(say("Last used"), 100),
            ],
        )
        table.continued = say("{name}, continued", name=person.name)
        for right in person.rights:
            used = self._day(right.last_used_at)
            idle = right.permission in person.unused
            table.row(
                [
                    Cell(right.permission.value, look.CELL_CODE, heads=True),
                    Cell(of(permission_text(right.permission))),
                    Cell(used, look.CHIP_BAD if idle else look.CELL_MUTED),
                ],
                around=3.6,
            )
        table.close()
        self._document.close(section)
        self._flow.y -= 30

    def _signature(self) -> None:
        say, facts, flow = self._words.say, self._facts, self._flow
        number = str(2 + len(self._review.people))
        section = flow.heading(number, say("Signature"), "signature", room=150)
        flow.y -= 4
        state = (
            say("The signature fits the document and the reviewer's key.")
            if facts.genuine
            else say("The signature does NOT fit. Do not rely on this paper.")
        )
        flow.paragraph(state, look.RIGHT_NAME, parent=section)
        flow.paragraph(
            say(
                "Signed with the personal key of {name} (Ed25519). The file {file} inside this PDF"
                " is what was signed, word for word.",
                name=self._review.row.closed_by,
                file=DOCUMENT_NAME,
            ),
            look.BODY,
            parent=section,
        )
        flow.y -= 6
        for label, value in (
            (say("SHA-256"), self._review.row.sha256),
            (say("Signature"), facts.signature),
        ):
            flow.paragraph(label, look.LABEL, parent=section)
            flow.paragraph(value, look.COMMAND, parent=section)
            flow.y -= 4
        self._anchor(section)
        self._document.close(section)

    def _anchor(self, section: Element) -> None:
        say, flow = self._words.say, self._flow
        flow.paragraph(say("Anchor of the audit trail"), look.LABEL, parent=section)
        flow.paragraph(self._words.of(self._facts.anchor), look.COMMAND, parent=section)
        flow.paragraph(
            say(
                "Keep this paper outside the restaurant: the line shows later whether anything that"
                " the trail held up to now was changed."
            ),
            look.BODY_MUTED,
            parent=section,
        )

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return "–"
        return written.moment(self._facts.time.local(at), self._words.language)

    def _day(self, at: datetime | None) -> str:
        if at is None:
            return self._words.say("never")
        return written.day(self._facts.time.local(at).date(), self._words.language)
