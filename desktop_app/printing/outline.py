"""Bookmarks: the tree a viewer shows beside the pages."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.printing.writer import Writer, text_string


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in the document; level 0 is the outermost."""

    title: str
    page: int
    y: float
    level: int = 0

    @property
    def destination(self) -> str:
        """Return the place as an explicit destination."""
        return f"[{self.page} 0 R/XYZ 0 {self.y:.0f} null]"


def write_outline(writer: Writer, bookmarks: list[Bookmark]) -> int:
    """Write the bookmarks; return the object number of their root."""
    root = writer.reserve()
    numbers = [writer.reserve() for _ in bookmarks]
    parents = _parents(bookmarks)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)
    for parent, family in children.items():
        owner = root if parent < 0 else numbers[parent]
        for place, index in enumerate(family):
            bookmark = bookmarks[index]
            entries = (
                f"/Title{text_string(bookmark.title)}/Parent {owner} 0 R/Dest{bookmark.destination}"
            )
            if place:
                entries += f"/Prev {numbers[family[place - 1]]} 0 R"
            if place + 1 < len(family):
                entries += f"/Next {numbers[family[place + 1]]} 0 R"
            below = children.get(index)
            if below:
                first, last = numbers[below[0]], numbers[below[-1]]
                entries += f"/First {first} 0 R/Last {last} 0 R/Count -{len(below)}"
            writer.write(numbers[index], f"<<{entries}>>")
    top = children[-1]
    first, last = numbers[top[0]], numbers[top[-1]]
    body = f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(top)}>>"
    return writer.write(root, body)


def _parents(bookmarks: list[Bookmark]) -> list[int]:
    """Return the index of the bookmark each one stands under, -1 at the top."""
    parents: list[int] = []
    open_ones: list[int] = []
    for index, bookmark in enumerate(bookmarks):
        while open_ones and bookmarks[open_ones[-1]].level >= bookmark.level:
            open_ones.pop()
        parents.append(open_ones[-1] if open_ones else -1)
        open_ones.append(index)
    return parents
