"""The emergency sheet: one page that opens the store when everything else is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Message, Words
from desktop_app.printing import drawing, look
from desktop_app.printing import format as written
from desktop_app.printing.document import Document
from desktop_app.printing.layout import Flow, Furniture
from desktop_app.printing.look import BOTTOM, LEFT, PAPER_HEIGHT, PAPER_WIDTH, RIGHT, WIDTH
from desktop_app.printing.metadata import About
from desktop_app.printing.qr import qr_drawing
from desktop_app.printing.writer import text_string

_COLUMNS = 3
_CELL_HEIGHT, _CELL_GAP = 40.0, 8.0
_QR_SIZE = 86.0
_GROUP, _IDENTITY_PREFIX = 4, "AGE-SECRET-KEY-1"
_SCOPE = "/A<</O/Table/Scope/Row>>"


@dataclass(frozen=True, slots=True)
class Command:
    """A command for somebody without the program, and what it does."""

    text: Message
    command: str


@dataclass(frozen=True, slots=True)
class EmergencySheet:
    """What the sheet says. `code_groups` are the groups of the recovery key, as they are typed.

    `identity` is the age secret key that opens the backups; it is also the QR code unless
    `qr_text` (ASCII) says otherwise. `made_at` is in the venue's time.
    """

    venue: str
    owner: str
    made_at: datetime
    code_groups: Sequence[str]
    key_id: str
    identity: str
    root_fingerprint: str
    backup_places: Sequence[str] = ()
    commands: Sequence[Command] = ()
    qr_text: str = ""


def write_emergency_sheet(sheet: EmergencySheet, out: BinaryIO, words: Words) -> None:
    """Write the sheet as a PDF of one page. It holds secrets: print it, then delete the file."""
    title = words.say("Emergency sheet")
    about = About(f"{title} · {sheet.venue}", sheet.venue, words.language, sheet.made_at)
    document = Document(out, about, Progress())
    foot = words.say("Recovery key {key_id}", key_id=sheet.key_id)
    flow = Flow(document, Furniture(sheet.venue, title, foot), words)
    flow.begin(header=False)
    _Sheet(sheet, flow).draw()
    flow.end()
    flow.finish()
    document.finish()


class _Sheet:
    def __init__(self, sheet: EmergencySheet, flow: Flow) -> None:
        self._sheet = sheet
        self._flow = flow
        self._document = flow.document
        self._words = flow.words

    def draw(self) -> None:
        self._title()
        self._facts()
        self._code()
        self._steps()
        self._identity()
        self._places()
        self._commands()

    def _title(self) -> None:
        flow, draw = self._flow, self._document.draw
        draw(drawing.box(0, PAPER_HEIGHT - 10, PAPER_WIDTH, 10, look.PETROL))
        draw(drawing.box(0, PAPER_HEIGHT - 12, PAPER_WIDTH, 2, look.AMBER_MARK))
        title = self._words.say("Emergency sheet")
        self._document.bookmark(title, PAPER_HEIGHT)
        flow.text(LEFT, PAPER_HEIGHT - 62, title, look.TITLE, tag="H1")
        notice = self._words.say("Secret · whoever has this sheet can read everything")
        flow.text(RIGHT, PAPER_HEIGHT - 56, notice, look.NOTICE, align="right")
        flow.y = PAPER_HEIGHT - 74
        flow.paragraph(
            self._words.say(
                "Print this sheet, keep it where you keep your contracts, not beside the "
                "computer, and delete the file. It cannot be made a second time."
            ),
            look.LEDE,
            width=430,
        )
        flow.y -= 12

    def _facts(self) -> None:
        flow, sheet = self._flow, self._sheet
        facts = [
            (self._words.say("Restaurant"), sheet.venue),
            (self._words.say("Owner"), sheet.owner),
            (self._words.say("Made on"), written.moment(sheet.made_at, flow.words.language)),
        ]
        height, top = 42.0, flow.y
        self._document.draw(
            drawing.rounded(LEFT, top - height, WIDTH, height, 8, fill=look.PALE, stroke=look.RULE)
        )
        table = self._document.open("Table")
        for index, (label, value) in enumerate(facts):
            x = LEFT + 14 + index * WIDTH / 3
            row = self._document.open("TR", table)
            lines = self._document.type.wrap(value, look.VALUE, WIDTH / 3 - 20)[:1]
            flow.text(x, top - 16, label, look.LABEL, tag="TH", parent=row, attributes=_SCOPE)
            flow.tagged("TD", flow.lines(x, top - 30, lines, look.VALUE), row)
            self._document.close(row)
        self._document.close(table)
        flow.y = top - height - 24

    def _heading(self, text: str) -> None:
        self._flow.text(LEFT, self._flow.y, text, look.SUBHEADING, tag="H2")
        self._flow.y -= 7

    def _code(self) -> None:
        flow = self._flow
        self._heading(self._words.say("Recovery key {key_id}", key_id=self._sheet.key_id))
        width = (WIDTH - (_COLUMNS - 1) * _CELL_GAP) / _COLUMNS
        groups = self._document.open("L")
        for index, group in enumerate(self._sheet.code_groups):
            row, column = divmod(index, _COLUMNS)
            x = LEFT + column * (width + _CELL_GAP)
            bottom = flow.y - (row + 1) * _CELL_HEIGHT - row * _CELL_GAP
            self._document.draw(drawing.rounded(x, bottom, width, _CELL_HEIGHT, 6, fill=look.TINT))
            item = self._document.open("LI", groups)
            number = flow.set(x + 12, bottom + 15.5, f"{index + 1}", look.CODE_PLACE)
            shown = flow.set(x + width / 2, bottom + 12.5, group, look.KEY_GROUP, "center")
            flow.tagged("LBody", [number, shown], item)
            self._document.close(item)
        self._document.close(groups)
        rows = -(-len(self._sheet.code_groups) // _COLUMNS)
        flow.y -= rows * (_CELL_HEIGHT + _CELL_GAP) + 16

    def _steps(self) -> None:
        self._heading(self._words.say("What to do"))
        flow = self._flow
        steps = (
            self._words.say(
                "Forgotten password: open the program, choose “Forgotten password” and type the "
                "nine groups."
            ),
            self._words.say(
                "Lost or broken computer: install the program on another one, choose “Restore”, "
                "show it the backups and type the nine groups."
            ),
            self._words.say(
                "Lost this sheet: only your password opens the data now, so keep it safe. Seen by "
                "somebody: keep the computer and the backups out of their reach."
            ),
        )
        found = self._document.open("L")
        for number, step in enumerate(steps, start=1):
            lines = self._document.type.wrap(step, look.BODY, WIDTH - 20)
            item = self._document.open("LI", found)
            shown = flow.lines(LEFT + 18, flow.y - 9, lines, look.BODY)
            mark = flow.set(LEFT + 2, flow.y - 9, f"{number}", look.ENTRY_MARK)
            flow.tagged("LBody", [mark, *shown], item)
            self._document.close(item)
            flow.y -= len(lines) * look.BODY.leading + 2
        self._document.close(found)
        flow.y -= 20

    def _identity(self) -> None:
        flow, sheet = self._flow, self._sheet
        self._heading(self._words.say("For a specialist"))
        top, x = flow.y - 4, LEFT + _QR_SIZE + 18
        alt = self._words.say("The key of the backups as a QR code")
        box = f"{LEFT:.0f} {top - _QR_SIZE:.0f} {LEFT + _QR_SIZE:.0f} {top:.0f}"
        attributes = f"/Alt{text_string(alt)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        mark = self._document.leaf("Figure", self._document.root, attributes)
        picture = qr_drawing(sheet.qr_text or sheet.identity, LEFT, top - _QR_SIZE, _QR_SIZE)
        self._document.draw(f"/Figure<</MCID {mark}>>BDC {picture} EMC")
        y = top - 8
        parts = (
            (self._words.say("Key of the backups (age)"), sheet.identity),
            (self._words.say("Fingerprint of the owner’s key"), sheet.root_fingerprint),
        )
        for label, text in parts:
            lines = self._document.type.wrap(_grouped(text), look.COMMAND, RIGHT - x)
            flow.text(x, y, label, look.LABEL)
            flow.tagged("P", flow.lines(x, y - 11.5, lines, look.COMMAND), self._document.root)
            y -= 18 + len(lines) * look.COMMAND.leading
        flow.y = min(y, top - _QR_SIZE) - 22

    def _places(self) -> None:
        if not self._sheet.backup_places:
            return
        self._heading(self._words.say("Where the backups are"))
        found = self._document.open("L")
        for place in self._sheet.backup_places:
            lines = self._document.type.wrap(place, look.COMMAND, WIDTH - 16)
            if self._flow.y - len(lines) * look.COMMAND.leading < BOTTOM + self._room_for_commands:
                break
            item = self._document.open("LI", found)
            self._document.draw(drawing.bullet(LEFT + 2, self._flow.y - 9))
            shown = self._flow.lines(LEFT + 16, self._flow.y - 10, lines, look.COMMAND)
            self._flow.tagged("LBody", shown, item)
            self._document.close(item)
            self._flow.y -= len(lines) * look.COMMAND.leading + 2
        self._document.close(found)
        self._flow.y -= 18

    @property
    def _room_for_commands(self) -> float:
        return 30 + 40.0 * len(self._sheet.commands)

    def _commands(self) -> None:
        if not self._sheet.commands:
            return
        flow = self._flow
        self._heading(self._words.say("Without this program"))
        for number, command in enumerate(self._sheet.commands, start=1):
            explained = f"{number}. {flow.words.of(command.text)}"
            lines = self._document.type.wrap(command.command, look.COMMAND, WIDTH - 20)
            flow.text(LEFT, flow.y - 9, explained, look.SMALL)
            height = 6 + len(lines) * look.COMMAND.leading
            flow.y -= 14
            self._document.draw(
                drawing.rounded(LEFT, flow.y - height, WIDTH, height, 4, fill=look.PALE)
            )
            shown = flow.lines(LEFT + 8, flow.y - 11, lines, look.COMMAND)
            flow.tagged("Code", shown, self._document.root)
            flow.y -= height + 4


def _grouped(text: str) -> str:
    """Return text in groups for reading aloud and typing; left alone if it has groups already."""
    prefix = _IDENTITY_PREFIX if text.startswith(_IDENTITY_PREFIX) else ""
    if any(sign in text[len(prefix) :] for sign in " :-"):
        return text
    rest = text[len(prefix) :]
    groups = [rest[start : start + _GROUP] for start in range(0, len(rest), _GROUP)]
    return " ".join([prefix, *groups] if prefix else groups)
