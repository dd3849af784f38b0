"""The flow of a document: pages with their header and footer, headings, paragraphs.

`y` is where the next thing begins; it falls from TOP to BOTTOM, then a page begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.kernel.words import Words
from desktop_app.printing import drawing, look
from desktop_app.printing.document import Document, Element, LateForm
from desktop_app.printing.look import BOTTOM, LEFT, PAPER_HEIGHT, RIGHT, TOP, Style
from desktop_app.printing.typeset import Line

_FOOT = 31.0
_TOTAL_ROOM = 9.0


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page carries: two ends of the header, the left end of the footer."""

    venue: str
    title: str
    foot: str


class Flow:
    """Lays content on pages one after another."""

    def __init__(
        self, document: Document, furniture: Furniture, words: Words, right: float = RIGHT
    ) -> None:
        self.right = right
        self.document = document
        self.words = words
        self.y = TOP
        self._furniture = furniture
        self._total = document.late_form()
        self.foot_code = document.late_form()

    # -- pages

    def begin(self, *, header: bool = True) -> None:
        """Begin the first page; `header` is False where the page has one of its own."""
        self.document.begin_page()
        self.y = TOP
        if header:
            self._draw_header()

    def next_page(self) -> None:
        """End this page and begin another."""
        self.end()
        self.begin()

    def end(self) -> None:
        """End the last page."""
        self._draw_footer()
        self.document.end_page()

    def need(self, height: float) -> bool:
        """Begin a page unless `height` points are left; tell whether one was begun."""
        if self.y - height >= BOTTOM:
            return False
        self.next_page()
        return True

    def finish(self, code: str = "") -> None:
        """Fill in what is known only now: the number of pages, and a code for the footer."""
        total = self.document.type.line(str(self.document.page_count), look.FOOT)
        self.document.fill(self._total, f"BT {total.operators} ET", "-1 -3 60 10")
        line = self.document.type.line(code, look.FOOT_CODE)
        shown = f"BT {self.at(self.right - line.width, 0, line)} ET" if code else ""
        self.document.fill(self.foot_code, shown, f"0 -3 {self.right:.0f} 10")

    # -- text

    @staticmethod
    def at(x: float, y: float, line: Line) -> str:
        """Return the operators that draw a line at a place, for inside `BT … ET`."""
        return f"1 0 0 1 {x:.2f} {y:.2f} Tm {line.operators}"

    def set(self, x: float, y: float, text: str, style: Style, align: str = "left") -> str:
        """Return the operators for one line that begins, centres or ends at `x`."""
        line = self.document.type.line(text, style)
        if align != "left":
            x -= line.width if align == "right" else line.width / 2
        return self.at(x, y, line)

    def tagged(
        self, tag: str, operators: Sequence[str], parent: Element, attributes: str = ""
    ) -> None:
        """Draw text as one structure element."""
        mark = self.document.leaf(tag, parent, attributes)
        self.document.draw(f"/{tag}<</MCID {mark}>>BDC BT {' '.join(operators)} ET EMC")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        *,
        tag: str = "P",
        parent: Element | None = None,
        align: str = "left",
        attributes: str = "",
    ) -> None:
        """Draw one line as one structure element."""
        operators = [self.set(x, y, text, style, align)]
        self.tagged(tag, operators, parent or self.document.root, attributes)

    def lines(self, x: float, y: float, lines: Sequence[Line], style: Style) -> list[str]:
        """Return the operators for lines under each other, the first on `y`."""
        return [self.at(x, y - row * style.leading, line) for row, line in enumerate(lines)]

    def paragraph(
        self,
        text: str,
        style: Style,
        *,
        parent: Element | None = None,
        width: float = look.WIDTH,
        x: float = LEFT,
    ) -> None:
        """Set a paragraph at `y`, over as many pages as it needs, and move below it."""
        lines = self.document.type.wrap(text, style, width)
        element = self.document.open("P", parent)
        while lines:
            fitting = int((self.y - BOTTOM) // style.leading)
            if fitting < min(len(lines), 2):
                self.next_page()
                continue
            now, lines = lines[:fitting], lines[fitting:]
            mark = self.document.mark(element)
            operators = " ".join(self.lines(x, self.y - style.size, now, style))
            self.document.draw(f"/P<</MCID {mark}>>BDC BT {operators} ET EMC")
            self.y -= len(now) * style.leading
        self.document.close(element)

    def heading(self, number: str, title: str, target: str, room: float = 90) -> Element:
        """Begin a numbered section with at least `room` points below it; close it yourself."""
        self.need(room)
        section = self.document.open("Sect")
        y = self.y
        self.document.draw(drawing.rounded(LEFT, y - 4, 19, 19, 4, fill=look.PETROL))
        self.document.bookmark(f"{number}. {title}", y + 24, target=target)
        lines = self.document.type.wrap(title, look.HEADING, look.WIDTH - 28)
        operators = [self.set(LEFT + 9.5, y + 2.1, number, look.HEADING_NUMBER, "center")]
        operators += self.lines(LEFT + 28, y + 0.8, lines, look.HEADING)
        self.tagged("H2", operators, section)
        self.y -= 15 + (len(lines) - 1) * look.HEADING.leading
        return section

    # -- furniture

    def _draw_header(self) -> None:
        y = PAPER_HEIGHT - 34
        left = self.set(LEFT, y, self._furniture.venue, look.RUNNING_VENUE)
        end = self.right
        right = self.set(end, y, self._furniture.title, look.RUNNING, "right")
        self.document.draw(
            "/Artifact<</Type/Pagination/Subtype/Header>>BDC "
            f"BT {left} {right} ET {look.RULE} RG .6 w {LEFT} {y - 7} m {end} {y - 7} l S EMC"
        )

    def _draw_footer(self) -> None:
        before, _, after = self.words.say(
            "Page {page} of {total}", page=self.document.page_count, total="\0"
        ).partition("\0")
        line = self.document.type.line(before, look.FOOT)
        middle = (LEFT + self.right) / 2 + (line.width - _TOTAL_ROOM) / 2
        texts = [
            self.set(LEFT, _FOOT, self._furniture.foot, look.FOOT),
            self.at(middle - line.width, _FOOT, line),
            self.set(middle + _TOTAL_ROOM + 6, _FOOT, after, look.FOOT),
        ]
        self.document.draw(
            "/Artifact<</Type/Pagination/Subtype/Footer>>BDC "
            f"{look.RULE} RG .6 w {LEFT} 44 m {self.right} 44 l S BT {' '.join(texts)} ET "
            f"{_placed(self._total, middle, _FOOT)} {_placed(self.foot_code, 0, _FOOT)} EMC"
        )


def _placed(form: LateForm, x: float, y: float) -> str:
    return f"q 1 0 0 1 {x:.2f} {y:.2f} cm {form.name} Do Q"
