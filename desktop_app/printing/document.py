"""A tagged document: pages, the structure a screen reader follows, links, bookmarks, files.

The result claims PDF/A-3a (unless it is protected) and PDF/UA-1. Coordinates are points from the
lower left corner. What is only known at the end (the number of pages, a checksum) is drawn through
a `LateForm`: referred to at once, filled before `finish`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO

from desktop_app.kernel.job import Progress
from desktop_app.kernel.resources import resource
from desktop_app.printing.attachments import Attachment, embedded_names
from desktop_app.printing.embedding import embed
from desktop_app.printing.look import PAPER_HEIGHT, PAPER_WIDTH
from desktop_app.printing.metadata import About, info, xmp
from desktop_app.printing.outline import Bookmark, write_outline
from desktop_app.printing.typeset import Typesetter
from desktop_app.printing.writer import Cipher, Writer, references, text_string


@dataclass(slots=True)
class Element:
    """A structure element that is still open; `kids` are object numbers and content marks."""

    number: int
    tag: str
    parent: int
    attributes: str = ""
    kids: list[int | str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LateForm:
    """A drawing that is referred to before it is known."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class _Link:
    number: int
    box: tuple[float, float, float, float]
    target: str
    description: str
    key: int


class Document:
    """One PDF document under construction."""

    def __init__(
        self,
        out: BinaryIO,
        about: About,
        progress: Progress,
        cipher: Cipher | None = None,
        paper: tuple[float, float] = (PAPER_WIDTH, PAPER_HEIGHT),
    ) -> None:
        self.type = Typesetter()
        self.page_count = 0
        self._about = about
        self._progress = progress
        self._paper = paper
        self._protected = cipher is not None
        self.writer = Writer(out, cipher)
        self._pages = self.writer.reserve()
        self._resources = self.writer.reserve()
        self._structure = self.writer.reserve()
        self._page_numbers: list[int] = []
        self._parent_tree: list[int] = []
        self._bookmarks: list[Bookmark] = []
        self._targets: dict[str, Bookmark] = {}
        self._links: list[_Link] = []
        self._forms: list[LateForm] = []
        self._files: dict[str, int] = {}
        self._page = 0
        self._content: list[str] = []
        self._marks: list[int] = []
        self._page_links: list[int] = []
        self.root = Element(self.writer.reserve(), "Document", self._structure)

    # -- structure

    def open(self, tag: str, parent: Element | None = None, attributes: str = "") -> Element:
        """Return a new structure element under `parent` (the document itself by default)."""
        parent = parent or self.root
        element = Element(self.writer.reserve(), tag, parent.number, attributes)
        parent.kids.append(element.number)
        return element

    def close(self, element: Element) -> None:
        """Write an element; nothing can be added to it afterwards."""
        kids = " ".join([f"{k} 0 R" if isinstance(k, int) else k for k in element.kids])
        self.writer.write(
            element.number,
            f"<</S/{element.tag}/P {element.parent} 0 R/K[{kids}]{element.attributes}>>",
        )

    def leaf(self, tag: str, parent: Element, attributes: str = "") -> int:
        """Write an element with one piece of content on this page; return its mark."""
        number = self.writer.reserve()
        mark = len(self._marks)
        self._marks.append(number)
        parent.kids.append(number)
        self.writer.write(
            number,
            f"<</S/{tag}/P {parent.number} 0 R/Pg {self._page} 0 R/K {mark}{attributes}>>",
        )
        return mark

    def mark(self, element: Element) -> int:
        """Add a piece of content on this page to an open element; return its mark."""
        mark = len(self._marks)
        self._marks.append(element.number)
        element.kids.append(f"<</Type/MCR/Pg {self._page} 0 R/MCID {mark}>>")
        return mark

    # -- pages

    def begin_page(self) -> None:
        """Begin a page; StoppedError where the user asked to stop."""
        self._progress.checkpoint()
        self._page = self.writer.reserve()
        self._page_numbers.append(self._page)
        self.page_count += 1
        self._content, self._marks, self._page_links = [], [], []

    def draw(self, operators: str) -> None:
        """Add operators to the page."""
        self._content.append(operators)

    def end_page(self) -> None:
        """Write the page and count it as progress."""
        writer = self.writer
        content = writer.stream("", "\n".join(self._content).encode("latin-1"))
        marks = writer.add(f"[{references(self._marks)}]")
        links = f"/Annots[{references(self._page_links)}]" if self._page_links else ""
        width, height = self._paper
        writer.write(
            self._page,
            f"<</Type/Page/Parent {self._pages} 0 R/MediaBox[0 0 {width} {height}]"
            f"/Resources {self._resources} 0 R/Contents {content} 0 R"
            f"/StructParents {len(self._parent_tree)}/Tabs/S{links}>>",
        )
        self._parent_tree.append(marks)
        self._progress.advance()

    # -- places

    def bookmark(self, title: str, y: float, level: int = 0, target: str = "") -> None:
        """Add a bookmark to this place; `target` is what links call it."""
        found = Bookmark(title, self._page, y, level)
        self._bookmarks.append(found)
        if target:
            self._targets[target] = found

    def link(
        self,
        element: Element,
        box: tuple[float, float, float, float],
        target: str,
        description: str,
    ) -> None:
        """Make a box on this page (left, bottom, right, top) lead to a target."""
        number = self.writer.reserve()
        key = len(self._parent_tree)
        self._parent_tree.append(element.number)
        self._page_links.append(number)
        element.kids.append(f"<</Type/OBJR/Obj {number} 0 R/Pg {self._page} 0 R>>")
        self._links.append(_Link(number, box, target, description, key))

    def page_of(self, target: str) -> int:
        """Return the page a target is on, counted from 1."""
        return self._page_numbers.index(self._targets[target].page) + 1

    def late_form(self) -> LateForm:
        """Return a drawing to be filled before `finish`."""
        form = LateForm(self.writer.reserve(), f"/X{len(self._forms)}")
        self._forms.append(form)
        return form

    def fill(self, form: LateForm, operators: str, box: str) -> None:
        """Write a late drawing; `box` bounds it: left, bottom, right, top."""
        self.writer.stream(
            f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources {self._resources} 0 R",
            operators.encode("latin-1"),
            form.number,
        )

    def attach(self, attachment: Attachment) -> None:
        """Write a file into the document."""
        self._files[attachment.name] = attachment.write(self.writer, self._about.created_at)

    # -- the end

    def finish(self) -> None:
        """Write everything that holds the document together."""
        writer = self.writer
        self.close(self.root)
        self._write_links()
        fonts = " ".join(f"{used.name} {embed(writer, used)} 0 R" for used in self.type.faces)
        forms = " ".join(f"{form.name} {form.number} 0 R" for form in self._forms)
        writer.write(self._resources, f"<</Font<<{fonts}>>/XObject<<{forms}>>>>")
        writer.write(
            self._pages,
            f"<</Type/Pages/Count {self.page_count}/Kids[{references(self._page_numbers)}]>>",
        )
        catalogue = writer.add(f"<</Type/Catalog{self._catalogue()}>>")
        writer.finish(catalogue, writer.add(info(self._about)))

    def _catalogue(self) -> str:
        writer = self.writer
        tree = " ".join(f"{key} {number} 0 R" for key, number in enumerate(self._parent_tree))
        parents = writer.add(f"<</Nums[{tree}]>>")
        writer.write(
            self._structure,
            f"<</Type/StructTreeRoot/K[{self.root.number} 0 R]/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {len(self._parent_tree)}>>",
        )
        metadata = writer.stream(
            "/Type/Metadata/Subtype/XML", xmp(self._about, archive=not self._protected), plain=True
        )
        profile = writer.stream("/N 3", resource("fonts", "sRGB.icc").read_bytes())
        intent = (
            f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{text_string('sRGB')}"
            f"/Info{text_string('sRGB IEC61966-2.1')}/DestOutputProfile {profile} 0 R>>"
        )
        outline = ""
        if self._bookmarks:
            outline = f"/Outlines {write_outline(writer, self._bookmarks)} 0 R/PageMode/UseOutlines"
        return (
            f"/Pages {self._pages} 0 R/Lang{text_string(self._about.language)}"
            f"/PageLabels<</Nums[0<</S/D>>]>>/ViewerPreferences<</DisplayDocTitle true>>"
            f"/StructTreeRoot {self._structure} 0 R/MarkInfo<</Marked true>>"
            f"/OutputIntents[{intent}]/Metadata {metadata} 0 R{outline}"
            f"{embedded_names(self._files)}"
        )

    def _write_links(self) -> None:
        for link in self._links:
            box = " ".join(f"{edge:.1f}" for edge in link.box)
            self.writer.write(
                link.number,
                f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4"
                f"/Contents{text_string(link.description)}"
                f"/Dest{self._targets[link.target].destination}/StructParent {link.key}>>",
            )
