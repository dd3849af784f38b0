"""A person's copy of their data as a document: the pages, and the same data as JSON inside."""

from __future__ import annotations

import base64
from typing import BinaryIO

from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Words, msg
from desktop_app.printing import drawing, look
from desktop_app.printing.attachments import Attachment
from desktop_app.printing.document import Document, Element
from desktop_app.printing.layout import Flow, Furniture
from desktop_app.printing.look import LEFT, WIDTH
from desktop_app.printing.metadata import About
from desktop_app.printing.protection import AesCbc, PasswordProtection
from desktop_app.printing.table import Cell, Table, TableColumn
from desktop_app.printing.writer import Cipher
from desktop_app.privacy.paper_cover import Cover, Entry, text_of
from desktop_app.privacy.paper_data import MachineCopy
from desktop_app.privacy.paper_orders import Orders
from desktop_app.privacy.paper_values import EMPTY, printed
from desktop_app.privacy.records import (
    CopyFile,
    DataCopy,
    Field,
    Right,
    Section,
    Status,
    Tone,
    Value,
)

DATA_NAME = "data.json"
_CHIPS = {
    Tone.GOOD: look.CHIP_GOOD,
    Tone.BAD: look.CHIP_BAD,
    Tone.PLAIN: look.CHIP_PLAIN,
}
_CODE_GROUPS = (0, 4, 8, 12)


def write_copy(
    copy: DataCopy,
    out: BinaryIO,
    words: Words,
    progress: Progress,
    *,
    protect: str | None = None,
    aes_cbc: AesCbc | None = None,
) -> CopyFile:
    """Write a copy to `out` from front to back; return what was written.

    Counts a step of `progress` per page and stops between pages, with StoppedError. `out` then
    holds half a document: write to a `.part` file, rename at the end, delete on any error.
    `protect` is a password (plain ASCII) to encrypt it under with `aes_cbc`, the AES of the vault;
    the file is then no PDF/A.
    """
    progress.stage(msg("Writing the copy"))
    return _Paper(copy, out, words, progress, _cipher(protect, aes_cbc)).write()


def verification_code(data_sha256: str) -> str:
    """Return the first 80 bits of a hash as four groups of four letters and digits."""
    letters = base64.b32encode(bytes.fromhex(data_sha256)).decode("ascii")
    return "-".join(letters[start : start + 4] for start in _CODE_GROUPS)


def _cipher(password: str | None, aes_cbc: AesCbc | None) -> Cipher | None:
    if password is None:
        return None
    if aes_cbc is None:
        message = "a password needs a cipher to go with it"
        raise ValueError(message)
    return PasswordProtection(password, aes_cbc)


class _Paper:
    """One copy being written."""

    def __init__(
        self, copy: DataCopy, out: BinaryIO, words: Words, progress: Progress, cipher: Cipher | None
    ) -> None:
        title = words.say("Your personal data")
        self._copy = copy
        self._words = words
        self._document = Document(
            out,
            About(f"{title} · {copy.reference}", copy.venue.name, words.language, copy.prepared_at),
            progress,
            cipher,
        )
        self._flow = Flow(
            self._document,
            Furniture(
                venue=copy.venue.name,
                title=f"{title} · {copy.reference}",
                foot=f"{copy.reference} · {copy.subject.display_name}",
            ),
            words,
        )
        self._attachment = Attachment(
            DATA_NAME, "application/json", words.say("Everything in this copy, machine-readable")
        )
        self._data = MachineCopy(self._attachment, words)
        # layered, as the EDPB asks (guidelines 01/2022, 5.2.4): the long lists come last
        self._short = [section for section in copy.sections if section.orders is None]
        self._long = [section for section in copy.sections if section.orders is not None]

    def write(self) -> CopyFile:
        entries = self._entries()
        cover = Cover(self._flow, self._copy, entries)
        self._flow.begin(header=False)
        cover.draw()
        self._flow.next_page()
        self._data.begin(self._copy)
        self._sections(entries)
        self._flow.end()
        self._data.end()
        sha256 = self._attachment.sha256
        code = verification_code(sha256)
        cover.finish(code, sha256)
        self._flow.finish(code)
        self._document.attach(self._attachment)
        self._document.finish()
        writer = self._document.writer
        return CopyFile(self._document.page_count, writer.size, writer.sha256, sha256, code)

    def _entries(self) -> list[Entry]:
        say = self._words.say
        titles = [(self._words.of(s.title), f"data:{s.key}") for s in self._short]
        titles += [
            (say("Who receives your data"), "recipients"),
            (say("Your rights"), "rights"),
            (say("Where we looked"), "places"),
        ]
        titles += [(self._words.of(s.title), f"data:{s.key}") for s in self._long]
        return [
            Entry(str(number), title, target)
            for number, (title, target) in enumerate(titles, start=1)
        ]

    def _sections(self, entries: list[Entry]) -> None:
        remaining = iter(entries)
        for section in self._short:
            self._section(section, next(remaining))
        self._recipients(next(remaining))
        self._rights(next(remaining))
        self._places(next(remaining))
        for section in self._long:
            self._section(section, next(remaining))

    def _begin(self, entry: Entry, room: float = 90) -> Element:
        return self._flow.heading(entry.number, entry.title, entry.target, room)

    def _end(self, section: Element) -> None:
        self._document.close(section)
        self._flow.y -= 28

    # -- sections of data

    def _section(self, section: Section, entry: Entry) -> None:
        element = self._begin(entry, room=150)
        self._data.begin_section(section)
        self._explanation(section, element)
        drawn = self._fields(section, element) + self._rows(section, element)
        if section.orders is not None:
            drawn += Orders(self._flow, self._data).draw(section.orders, element)
        if not drawn:
            self._flow.paragraph(
                self._words.say("We hold nothing of this kind about you."),
                look.BODY_MUTED,
                parent=element,
            )
        self._data.end_section()
        self._end(element)

    def _explanation(self, section: Section, parent: Element) -> None:
        """Say why the data is kept, on what basis, for how long, and where it came from."""
        say, of = self._words.say, self._words.of
        half = WIDTH / 2
        pairs = [
            (say("Why we keep it"), of(section.purpose)),
            (say("Legal basis"), of(section.legal_basis)),
            (say("How long"), of(section.retention)),
            (say("Where it came from"), of(section.source)),
        ]
        found = self._document.open("L", parent)
        for left in (0, 2):
            wrapped = [
                self._document.type.wrap(text, look.SMALL, half - 20)
                for _, text in pairs[left : left + 2]
            ]
            for side, lines in enumerate(wrapped):
                x, y = LEFT + side * half, self._flow.y - 8
                item = self._document.open("LI", found)
                label = self._flow.set(x, y, pairs[left + side][0], look.RUNNING_VENUE)
                shown = self._flow.lines(x, y - 10.5, lines, look.SMALL)
                self._flow.tagged("LBody", [label, *shown], item)
                self._document.close(item)
            self._flow.y -= 14 + max(map(len, wrapped)) * look.SMALL.leading
        self._document.close(found)
        self._flow.y -= 9

    def _fields(self, section: Section, parent: Element) -> int:
        if not section.fields:
            return 0
        say = self._words.say
        sourced = any(field.source for field in section.fields)
        width = 228 if sourced else WIDTH - 128
        columns = [TableColumn(say("Field"), 128), TableColumn(say("Value"), width)]
        if sourced:
            columns.append(TableColumn(say("Where it came from"), WIDTH - 356))
        table = Table(self._flow, parent, columns)
        for field in section.fields:
            self._data.field(field)
            table.row(self._field(field)[: len(columns)])
        table.close()
        self._flow.y -= 8
        return len(section.fields)

    def _field(self, field: Field) -> list[Cell]:
        of = self._words.of
        value = self._cell(field.value)
        strong = value.style is look.CELL and value.text != EMPTY
        return [
            Cell(of(field.title), look.CELL_MUTED, heads=True),
            Cell(value.text, look.CELL_STRONG) if strong else value,
            Cell(of(field.source) if field.source else "", look.CELL_MUTED),
        ]

    def _rows(self, section: Section, parent: Element) -> int:
        table: Table | None = None
        count = 0
        for row in section.rows:
            if table is None:
                table = Table(self._flow, parent, self._columns(section))
            self._data.row(section, row)
            table.row([self._cell(value) for value in row])
            count += 1
        if table:
            table.close()
        return count

    def _columns(self, section: Section) -> list[TableColumn]:
        whole = sum(column.share for column in section.columns)
        return [
            TableColumn(self._words.of(c.title), WIDTH * c.share / whole, c.right)
            for c in section.columns
        ]

    def _cell(self, value: Value) -> Cell:
        text = printed(value, self._words)
        return Cell(text, _CHIPS[value.tone]) if isinstance(value, Status) else Cell(text)

    # -- what the law adds

    def _recipients(self, entry: Entry) -> None:
        section = self._begin(entry)
        say, words = self._words.say, self._words
        if not self._copy.recipients:
            self._flow.y -= 4
            self._flow.paragraph(
                say("We give your data to nobody."), look.BODY_MUTED, parent=section
            )
        else:
            table = Table(
                self._flow,
                section,
                [
                    TableColumn(say("Recipient"), 118),
                    TableColumn(say("What for"), 158),
                    TableColumn(say("Country"), 72),
                    TableColumn(say("How it is protected"), WIDTH - 348),
                ],
            )
            for recipient in self._copy.recipients:
                table.row(
                    [
                        Cell(text_of(recipient.name, words), look.CELL_STRONG, heads=True),
                        Cell(words.of(recipient.purpose)),
                        Cell(text_of(recipient.country, words)),
                        Cell(words.of(recipient.safeguard), look.CELL_MUTED),
                    ]
                )
            table.close()
        self._end(section)

    def _rights(self, entry: Entry) -> None:
        section = self._begin(entry, room=130)
        rights, half = list(self._copy.rights), WIDTH / 2
        found = self._document.open("L", section)
        for index in range(0, len(rights), 2):
            pair = rights[index : index + 2]
            wrapped = [
                self._document.type.wrap(self._words.of(r.text), look.SMALL, half - 30)
                for r in pair
            ]
            height = 18 + max(map(len, wrapped)) * look.SMALL.leading
            self._flow.need(height)
            for side, right in enumerate(pair):
                self._right(right, LEFT + side * half, found)
            self._flow.y -= height
        self._document.close(found)
        self._flow.y -= 2
        venue = self._copy.venue
        self._flow.paragraph(
            self._words.say(
                "Questions: {venue}, {legal_name}. {contact}. This copy is free of charge.",
                venue=venue.name,
                legal_name=venue.legal_name,
                contact=venue.contact.rstrip("."),
            ),
            look.BODY_MUTED,
            parent=section,
        )
        self._end(section)

    def _right(self, right: Right, x: float, parent: Element) -> None:
        y = self._flow.y
        item = self._document.open("LI", parent)
        self._document.draw(drawing.bullet(x + 1, y - 7.5))
        lines = self._document.type.wrap(self._words.of(right.text), look.SMALL, WIDTH / 2 - 30)
        name = self._flow.set(x + 13, y - 8.5, self._words.of(right.name), look.RIGHT_NAME)
        shown = self._flow.lines(x + 13, y - 20, lines, look.SMALL)
        self._flow.tagged("LBody", [name, *shown], item)
        self._document.close(item)

    def _places(self, entry: Entry) -> None:
        section = self._begin(entry, room=130)
        say, words = self._words.say, self._words
        self._flow.paragraph(
            say(
                "We searched every place that can hold data about a person. Places where nothing "
                "was found are listed too."
            ),
            look.BODY_MUTED,
            parent=section,
        )
        self._flow.y -= 9
        table = Table(
            self._flow,
            section,
            [
                TableColumn(say("Place"), 250),
                TableColumn(say("Name in the database"), WIDTH - 350),
                TableColumn(say("Found"), 100, right=True),
            ],
        )
        for place in self._copy.places_searched:
            found = (
                Cell(words.count("{n} record", "{n} records", place.found), look.CELL_STRONG)
                if place.found
                else Cell(say("nothing"), look.CELL_MUTED)
            )
            table.row([Cell(words.of(place.name)), Cell(place.table, look.CELL_CODE), found])
        table.close()
        self._end(section)
