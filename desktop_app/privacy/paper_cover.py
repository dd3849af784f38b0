"""The first page of a data copy: whose it is, what is in it, where to find it, how to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.kernel.words import Message, Words
from desktop_app.printing import drawing, look
from desktop_app.printing import format as written
from desktop_app.printing.document import Element, LateForm
from desktop_app.printing.layout import Flow
from desktop_app.printing.look import LEFT, PAPER_HEIGHT, PAPER_WIDTH, RIGHT, WIDTH
from desktop_app.printing.qr import qr_drawing
from desktop_app.printing.writer import text_string
from desktop_app.privacy.paper_values import printed
from desktop_app.privacy.records import DataCopy, Figure

_GAP = 12.0
_TILES = 4
_TILE_HEIGHT = 62.0
_CHECK_TOP = 158.0
_CHECK_BOTTOM = 66.0
_ENTRY_LEAD = 16.6
_TWO_COLUMNS_BELOW = 12.0
_QR_SIZE = 64.0
_SCOPE = "/A<</O/Table/Scope/Row>>"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `target` names the section it leads to."""

    number: str
    title: str
    target: str


class Cover:
    """Draws the cover; the page numbers and the verification code are filled in at the end."""

    def __init__(self, flow: Flow, copy: DataCopy, entries: Sequence[Entry]) -> None:
        self._flow = flow
        self._document = flow.document
        self._words: Words = flow.words
        self._copy = copy
        self._entries = entries
        self._page_forms: list[LateForm] = []
        self._check = self._document.late_form()

    def draw(self) -> None:
        """Draw the whole page; the flow must have begun it without a header."""
        self._letterhead()
        self._title()
        self._facts()
        self._figures()
        self._contents()
        self._verification()

    def finish(self, code: str, data_sha256: str) -> None:
        """Fill in the page numbers of the contents and the verification code."""
        for entry, form in zip(self._entries, self._page_forms, strict=True):
            page = f" {self._document.page_of(entry.target)}"  # the space parts it from the title
            shown = self._flow.set(0, 0, page, look.ENTRY_MARK, "right")
            self._document.fill(form, f"BT {shown} ET", "-40 -4 1 12")
        middle = look.TINY
        hash_line = self._flow.set(92, 15, data_sha256, look.TINY_CODE)
        code_line = self._flow.set(92, 56, code, look.CODE)
        picture = qr_drawing(f"{self._copy.reference} {data_sha256}", 14, 14, _QR_SIZE)
        explained = self._document.type.wrap(
            self._words.say(
                "Made from the SHA-256 of the attached file “data.json”. Show it at the "
                "restaurant to check that the copy was not changed."
            ),
            middle,
            WIDTH - 106,
        )
        lines = self._flow.lines(92, 40, explained, middle)
        self._document.fill(
            self._check,
            f"{picture} BT {code_line} {' '.join(lines)} {hash_line} ET",
            f"0 0 {WIDTH:.0f} 100",
        )

    # -- parts, from the top

    def _letterhead(self) -> None:
        flow, venue, y = self._flow, self._copy.venue, PAPER_HEIGHT - 62
        self._document.draw(drawing.box(0, PAPER_HEIGHT - 10, PAPER_WIDTH, 10, look.PETROL))
        self._document.draw(drawing.box(0, PAPER_HEIGHT - 12, PAPER_WIDTH, 2, look.AMBER_MARK))
        self._document.draw(drawing.rounded(LEFT, y - 22, 34, 34, 7, fill=look.PETROL))
        letter = flow.set(LEFT + 17, y - 11.5, venue.name[:1].strip(), look.MONOGRAM, "center")
        self._document.draw(drawing.artifact(f"BT {letter} ET"))
        flow.text(LEFT + 45, y + 0.5, self._cut(venue.name, look.VENUE, 250), look.VENUE)
        flow.text(LEFT + 45, y - 12.5, self._cut(venue.legal_name, look.SMALL, 250), look.SMALL)
        notice = self._words.say("Confidential · for the person named only")
        flow.text(RIGHT, y + 0.5, notice, look.NOTICE, align="right")
        flow.text(RIGHT, y - 12.5, self._copy.reference, look.SMALL, align="right")
        flow.y = y - 66

    def _cut(self, text: str, style: look.Style, width: float) -> str:
        """Return text that fits; the whole of it stands on the page about rights."""
        while len(text) > 1 and self._document.type.width(text, style) > width:
            text = text[:-2].rstrip() + "…"
        return text

    def _title(self) -> None:
        flow, words = self._flow, self._words
        title = words.say("Your personal data")
        self._document.bookmark(title, PAPER_HEIGHT)
        flow.text(LEFT, flow.y - 26, title, look.TITLE, tag="H1")
        flow.y -= 44
        flow.paragraph(
            words.say(
                "This document shows everything we hold about you, why and for how long we keep "
                "it, and whom we give it to. The same data in machine-readable form (JSON) is "
                "attached to this file."
            ),
            look.LEDE,
            width=410,
        )
        flow.y -= 5
        if self._copy.laws:
            flow.paragraph(words.of(self._copy.laws), look.LAW)
        flow.y -= 15

    def _facts(self) -> None:
        flow, facts = self._flow, self._cover_facts()
        rows = (len(facts) + 1) // 2
        height = 16.0 + rows * 32
        top = flow.y
        self._document.draw(
            drawing.rounded(LEFT, top - height, WIDTH, height, 8, fill=look.PALE, stroke=look.RULE)
        )
        table = self._document.open("Table")
        for index in range(0, len(facts), 2):
            y = top - 22 - index * 16
            row = self._document.open("TR", table)
            for side, (label, value) in enumerate(facts[index : index + 2]):
                x = LEFT + 18 + side * WIDTH / 2
                flow.text(x, y, label, look.LABEL, tag="TH", parent=row, attributes=_SCOPE)
                shown = self._cut(value, look.VALUE, WIDTH / 2 - 30)
                flow.text(x, y - 12.5, shown, look.VALUE, tag="TD", parent=row)
            self._document.close(row)
        self._document.close(table)
        flow.y = top - height - 22

    def _cover_facts(self) -> list[tuple[str, str]]:
        copy, say, language = self._copy, self._words.say, self._words.language
        first, last = copy.period.first, copy.period.last
        since = written.day(first, language) if first else say("the beginning")
        until = written.day(last, language) if last else say("today")
        prepared = written.moment(copy.prepared_at, language)
        offset = copy.prepared_at.strftime("%z")
        return [
            (say("About"), copy.subject.display_name),
            (say("Reference"), copy.reference),
            (say("Customer number"), copy.subject.id),
            (say("Period"), f"{since} – {until}"),
            (say("Prepared by"), copy.by),
            (say("Prepared on"), f"{prepared} (UTC{offset[:3]}:{offset[3:5]})"),
        ]

    def _figures(self) -> None:
        if not self._copy.figures:
            return
        flow, y = self._flow, self._flow.y
        width = (WIDTH - (_TILES - 1) * _GAP) / _TILES
        tiles = self._document.open("L")
        for index, figure in enumerate(self._copy.figures[:_TILES]):
            x = LEFT + index * (width + _GAP)
            bottom = y - _TILE_HEIGHT
            mark = look.AMBER_MARK if index == _TILES - 1 else look.PETROL
            self._document.draw(
                drawing.rounded(
                    x, bottom, width, _TILE_HEIGHT, 6, fill=look.WHITE, stroke=look.RULE
                )
            )
            self._document.draw(drawing.box(x, bottom + 8, 2.4, _TILE_HEIGHT - 16, mark))
            item = self._document.open("LI", tiles)
            flow.tagged("LBody", self._tile(figure, x + 13, y, width - 18), item)
            self._document.close(item)
        self._document.close(tiles)
        flow.y = y - _TILE_HEIGHT - 30

    def _tile(self, figure: Figure, x: float, y: float, width: float) -> list[str]:
        note = figure.note if isinstance(figure.note, str) else self._words.of(figure.note)
        language = self._words.language
        value = figure.value
        text = (
            written.number(value, language)
            if isinstance(value, int)
            else printed(value, self._words)
        )
        fits = self._document.type.width(text, look.FIGURE) <= width
        style = look.FIGURE if fits else look.FIGURE_NARROW
        return [
            self._flow.set(x, y - 17, self._words.of(figure.label), look.LABEL),
            self._flow.set(x, y - 38, text, style),
            self._flow.set(x, y - 52, note, look.LABEL),
        ]

    def _contents(self) -> None:
        flow, document = self._flow, self._document
        flow.text(LEFT, flow.y, self._words.say("Contents"), look.CONTENTS, tag="H2")
        flow.y -= 8
        document.draw(drawing.hairline(LEFT, RIGHT, flow.y, ink=look.PETROL, weight=1))
        room = flow.y - _CHECK_TOP - 14
        columns = 1 if room / len(self._entries) >= _TWO_COLUMNS_BELOW else 2
        per_column = -(-len(self._entries) // columns)
        lead = min(_ENTRY_LEAD, room / per_column)
        width = (WIDTH - (columns - 1) * 24) / columns
        contents = document.open("TOC")
        top = flow.y - 17
        for index, entry in enumerate(self._entries):
            column, row = divmod(index, per_column)
            left = LEFT + column * (width + 24)
            self._entry(entry, contents, left, top - row * lead, left + width)
        document.close(contents)

    def _entry(self, entry: Entry, contents: Element, left: float, y: float, right: float) -> None:
        flow, document = self._flow, self._document
        item = document.open("TOCI", contents)
        link = document.open("Link", item)
        mark = document.mark(link)
        form = document.late_form()
        self._page_forms.append(form)
        title = self._cut(entry.title, look.ENTRY, right - left - 50)
        end = left + 26 + document.type.width(title, look.ENTRY)
        number = flow.set(left + 2, y, entry.number, look.ENTRY_MARK)
        document.draw(
            f"/Link<</MCID {mark}>>BDC BT {number} {flow.set(left + 20, y, title, look.ENTRY)} ET "
            f"q 1 0 0 1 {right:.2f} {y:.2f} cm {form.name} Do Q EMC"
        )
        document.draw(drawing.leader(end, right - 20, y + 1.5))
        document.link(link, (left, y - 4, right, y + 10), entry.target, entry.title)
        document.close(link)
        document.close(item)

    def _verification(self) -> None:
        flow, document = self._flow, self._document
        height = _CHECK_TOP - _CHECK_BOTTOM
        document.draw(drawing.rounded(LEFT, _CHECK_BOTTOM, WIDTH, height, 8, fill=look.TINT))
        label = self._words.say("Verification code")
        flow.text(LEFT + 92, _CHECK_TOP - 17, label, look.LABEL)
        if self._copy.anchor is not None:
            line = self._words.of(self._copy.anchor)
            flow.text(RIGHT - 14, _CHECK_TOP - 17, line, look.LABEL, align="right")
        alt = self._words.say("Verification code of this copy, also as a QR code")
        box = f"{LEFT:.0f} {_CHECK_BOTTOM:.0f} {RIGHT:.0f} {_CHECK_TOP:.0f}"
        attributes = f"/Alt{text_string(alt)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        mark = document.leaf("Figure", document.root, attributes)
        document.draw(
            f"/Figure<</MCID {mark}>>BDC q 1 0 0 1 {LEFT:.2f} {_CHECK_BOTTOM:.2f} cm "
            f"{self._check.name} Do Q EMC"
        )


def text_of(value: str | Message, words: Words) -> str:
    """Return a text that may or may not need translating."""
    return value if isinstance(value, str) else words.of(value)
