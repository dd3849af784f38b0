"""Tables that run over pages: tagged rows and cells, the header repeated, long cells split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.printing import drawing, look
from desktop_app.printing.document import Element
from desktop_app.printing.layout import Flow
from desktop_app.printing.look import BOTTOM, LEFT, TOP, Style
from desktop_app.printing.typeset import Line

_PAD = 5.0
_ASIDE = 14.0
_HEADER = 17.0
_AROUND = 5.6
_COLUMN_SCOPE = "/A<</O/Table/Scope/Column>>"
CHIP_TINTS = {
    look.CHIP_GOOD: look.GREEN_TINT,
    look.CHIP_BAD: look.RED_TINT,
    look.CHIP_PLAIN: look.TINT,
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its header, its width in points, and whether figures line up on the right."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `heads` makes it the header of its row; a chip style puts a tint behind it.

    `aside` follows the text in small type where the cell has one line.
    """

    text: str
    style: Style = look.CELL
    span: int = 1
    heads: bool = False
    right: bool | None = None
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with its lines and where they begin (or end, for the right-hand side)."""

    cell: Cell
    lines: list[Line]
    x: float
    right: bool
    tag: str
    attributes: str

    @property
    def height(self) -> float:
        return len(self.lines) * self.cell.style.leading


class Table:
    """A table at the flow's `y`. Add rows, then close it."""

    def __init__(self, flow: Flow, parent: Element, columns: Sequence[TableColumn]) -> None:
        self.continued = ""
        self._flow = flow
        self._columns = columns
        self._edges = [LEFT]
        for column in columns:
            self._edges.append(self._edges[-1] + column.width)
        self._headers = [
            flow.document.type.wrap(c.title, look.COLUMN, c.width - 6) for c in columns
        ]
        self._header = _HEADER + (max(len(h) for h in self._headers) - 1) * look.COLUMN.leading
        self._element = flow.document.open("Table", parent)
        flow.need(self._header + 40)
        self._draw_header(tagged=True)

    def keep(self, height: float) -> None:
        """Go to a new page, with the header repeated, unless `height` points are left."""
        if self._flow.need(height):
            self._draw_header(tagged=False)

    def band(self, cells: Sequence[Cell], height: float = 19.0) -> None:
        """Add a row on a tinted band that begins a group."""
        self._flow.y -= 5
        y = self._flow.y
        self._flow.document.draw(
            drawing.rounded(LEFT, y - height, self._width, height, 4, fill=look.PALE)
        )
        self._draw_whole(self._place(cells), y - height / 2 - 3)
        self._flow.y -= height

    def room(self, cells: Sequence[Cell]) -> float:
        """Return the width left beside the text of the first cell for an aside."""
        first = cells[0]
        width = sum(column.width for column in self._columns[: first.span])
        return width - 2 * _PAD - _ASIDE - self._flow.document.type.width(first.text, first.style)

    def row(
        self, cells: Sequence[Cell], *, rule: bool = True, inset: float = 0, around: float = _AROUND
    ) -> None:
        """Add a row; `inset` shifts its first cell and its rule to the right."""
        placed = self._place(cells, inset)
        height = max([part.height for part in placed]) + around
        if height > TOP - BOTTOM - _HEADER - 30:
            self._draw_in_parts(placed, around)
        else:
            self.keep(height)
            self._draw_whole(placed, self._flow.y - 5.6 - around)
            self._flow.y -= height
        if rule:
            left, right = LEFT + inset, self._edges[-1]
            self._flow.document.draw(drawing.hairline(left, right, self._flow.y, weight=0.4))

    def close(self) -> None:
        """End the table."""
        self._flow.document.close(self._element)

    @property
    def _width(self) -> float:
        return self._edges[-1] - LEFT

    def _draw_header(self, *, tagged: bool) -> None:
        flow, y = self._flow, self._flow.y
        document = flow.document
        depth = self._header
        document.draw(drawing.box(LEFT, y - depth + 3, self._width, depth, look.TINT))
        row = document.open("TR", self._element) if tagged else None
        for index, column in enumerate(self._columns):
            shown = self._header_cell(index, column, y - 8.2)
            if row:
                flow.tagged("TH", shown, row, _COLUMN_SCOPE)
            else:
                document.draw(drawing.artifact(f"BT {' '.join(shown)} ET"))
        if row:
            document.close(row)
        flow.y -= depth - 3
        if not tagged and self.continued:
            note = flow.set(LEFT + 8, flow.y - 12, self.continued, look.PAYMENT)
            document.draw(drawing.artifact(f"BT {note} ET"))
            flow.y -= 16

    def _header_cell(self, index: int, column: TableColumn, y: float) -> list[str]:
        lines = self._headers[index]
        if not column.right:
            return self._flow.lines(self._edges[index] + _PAD, y, lines, look.COLUMN)
        right = self._edges[index + 1] - _PAD
        lead = look.COLUMN.leading
        return [
            self._flow.at(right - line.width, y - row * lead, line)
            for row, line in enumerate(lines)
        ]

    def _place(self, cells: Sequence[Cell], inset: float = 0) -> list[_Placed]:
        placed: list[_Placed] = []
        index = 0
        wrap = self._flow.document.type.wrap
        for cell in cells:
            left = self._edges[index] + _PAD + (0 if index else inset * 0.4)
            right = self._edges[index + cell.span] - _PAD
            aligned = self._columns[index].right if cell.right is None else cell.right
            room = right - left - (10 if cell.style in CHIP_TINTS else 0)
            lines = wrap(cell.text, cell.style, room)
            tag, attributes = _meaning(cell)
            placed.append(
                _Placed(cell, lines, right if aligned else left, aligned, tag, attributes)
            )
            index += cell.span
        return placed

    def _draw_whole(self, placed: list[_Placed], y: float) -> None:
        document = self._flow.document
        row = document.open("TR", self._element)
        for part in placed:
            if part.cell.style in CHIP_TINTS:
                document.draw(_chip(part, y))
            mark = document.leaf(part.tag, row, part.attributes)
            shown = _shown(part, part.lines, y)
            if part.cell.aside:
                x = part.x + part.lines[0].width + _ASIDE
                shown += " " + self._flow.set(x, y, part.cell.aside, look.SMALL)
            document.draw(f"/{part.tag}<</MCID {mark}>>BDC BT {shown} ET EMC")
        document.close(row)

    def _draw_in_parts(self, placed: list[_Placed], around: float) -> None:
        """Draw a row that is taller than a page, as much of it on each page as fits."""
        document = self._flow.document
        row = document.open("TR", self._element)
        elements = [document.open(part.tag, row, part.attributes) for part in placed]
        lead = max(part.cell.style.leading for part in placed)
        count, done = max(len(part.lines) for part in placed), 0
        while done < count:
            self.keep(4 * lead)
            fitting = max(1, int((self._flow.y - BOTTOM - around) // lead))
            for part, element in zip(placed, elements, strict=True):
                lines = part.lines[done : done + fitting]
                if lines:
                    mark = document.mark(element)
                    shown = _shown(part, lines, self._flow.y - 5.6 - around)
                    document.draw(f"/{part.tag}<</MCID {mark}>>BDC BT {shown} ET EMC")
            self._flow.y -= min(fitting, count - done) * lead + around
            done += fitting
        for element in elements:
            document.close(element)
        document.close(row)


def _meaning(cell: Cell) -> tuple[str, str]:
    """Return the tag of a cell and its table attributes."""
    if not cell.heads and cell.span == 1:
        return "TD", ""
    scope = "/Scope/Row" if cell.heads else ""
    span = f"/ColSpan {cell.span}" if cell.span > 1 else ""
    return "TH" if cell.heads else "TD", f"/A<</O/Table{span}{scope}>>"


def _shown(part: _Placed, lines: list[Line], y: float) -> str:
    lead = part.cell.style.leading
    indent = _PAD if part.cell.style in CHIP_TINTS and not part.right else 0.0
    texts: list[str] = []
    for row, line in enumerate(lines):
        x = part.x - line.width if part.right else part.x + indent
        texts.append(f"1 0 0 1 {x:.2f} {y - row * lead:.2f} Tm {line.operators}")
    return " ".join(texts)


def _chip(part: _Placed, y: float) -> str:
    width = max(line.width for line in part.lines) + 2 * _PAD
    extra = part.height - part.cell.style.leading
    size = part.cell.style.size
    height = size + 5.2 + extra
    radius = (size + 5.2) / 2
    return drawing.rounded(
        part.x, y - 3.2 - extra, width, height, radius, fill=CHIP_TINTS[part.cell.style]
    )
