"""The look of printed documents: paper, colours, and the type scale."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.printing.fonts import Role

PAPER_WIDTH, PAPER_HEIGHT = 595.276, 841.89
MARGIN = 54.0
LEFT, RIGHT = MARGIN, PAPER_WIDTH - MARGIN
WIDTH = RIGHT - LEFT
TOP = PAPER_HEIGHT - 72
BOTTOM = 62.0

INK = ".086 .133 .180"
MUTED = ".38 .43 .48"
PETROL = ".055 .353 .388"
AMBER = ".608 .408 .102"
AMBER_MARK = ".722 .506 .180"
TINT = ".941 .961 .961"
PALE = ".973 .976 .980"
RULE = ".835 .859 .875"
GREEN, GREEN_TINT = ".086 .451 .278", ".902 .957 .925"
RED, RED_TINT = ".663 .196 .165", ".984 .918 .910"
WHITE = "1 1 1"


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How a line of text is set: sizes in points, colour as PDF operands (red green blue)."""

    role: Role
    size: float
    colour: str = INK
    lead: float = 0.0

    @property
    def leading(self) -> float:
        """Return the distance between two lines."""
        return self.lead or self.size * 1.4


TITLE = Style(Role.TITLE, 27, lead=33)
LEDE = Style(Role.TEXT, 9.6, MUTED, 14.4)
LAW = Style(Role.ITALIC, 8, PETROL, 11)
HEADING = Style(Role.HEADING, 13, lead=17)
HEADING_NUMBER = Style(Role.BOLD, 9.5, WHITE)
SUBHEADING = Style(Role.HEADING, 10, PETROL, 14)
VENUE = Style(Role.STRONG, 12)
SMALL = Style(Role.TEXT, 7.8, MUTED, 11)
MONOGRAM = Style(Role.BOLD, 19, WHITE)
CONTENTS = Style(Role.HEADING, 12)
NOTICE = Style(Role.STRONG, 7.8, AMBER)
LABEL = Style(Role.TEXT, 7.4, MUTED, 10)
VALUE = Style(Role.STRONG, 10, lead=13)
FIGURE = Style(Role.TITLE, 18, lead=22)
FIGURE_NARROW = Style(Role.TITLE, 13, lead=22)
ENTRY = Style(Role.TEXT, 9.2)
ENTRY_MARK = Style(Role.STRONG, 9.2, PETROL)
CODE = Style(Role.MONO, 14, PETROL)
TINY = Style(Role.TEXT, 7.2, MUTED, 10)
TINY_CODE = Style(Role.MONO, 6.6, MUTED, 10)
FOOT = Style(Role.TEXT, 7, MUTED)
FOOT_CODE = Style(Role.MONO, 7, MUTED)
RUNNING = Style(Role.TEXT, 7.5, MUTED)
RUNNING_VENUE = Style(Role.STRONG, 7.5, PETROL)
COLUMN = Style(Role.STRONG, 7, PETROL, 9)
CELL = Style(Role.TEXT, 8, lead=11)
CELL_MUTED = Style(Role.TEXT, 8, MUTED, 11)
CELL_STRONG = Style(Role.STRONG, 8, lead=11)
CELL_CODE = Style(Role.MONO, 7.4, lead=11)
ORDER_NUMBER = Style(Role.BOLD, 8.6, PETROL, 11)
ORDER_TOTAL = Style(Role.BOLD, 9, lead=11)
PAYMENT = Style(Role.ITALIC, 7.8, MUTED, 11)
NOTE = Style(Role.ITALIC, 7.8, AMBER, 11)
CHIP_GOOD = Style(Role.STRONG, 7, GREEN, 11)
CHIP_BAD = Style(Role.STRONG, 7, RED, 11)
CHIP_PLAIN = Style(Role.STRONG, 7, PETROL, 11)
BODY = Style(Role.TEXT, 8.6, lead=12.6)
BODY_MUTED = Style(Role.TEXT, 8.2, MUTED, 12)
RIGHT_NAME = Style(Role.STRONG, 8.6, lead=12)
CODE_PLACE = Style(Role.TEXT, 9, MUTED)
KEY_GROUP = Style(Role.MONO, 19, lead=26)
COMMAND = Style(Role.MONO, 7.6, lead=11.4)
ROLL_WIDTH, ROLL_MARGIN = 226.77, 11.34
"""Paper of a till: 80 mm, of which 72 are printed."""
ROLL_TITLE = Style(Role.TITLE, 13, lead=17)
ROLL_STRONG = Style(Role.BOLD, 9.4, lead=13.4)
ROLL_TEXT = Style(Role.TEXT, 8.4, lead=11.8)
ROLL_SMALL = Style(Role.TEXT, 7, MUTED, 9.6)
ROLL_CODE = Style(Role.MONO, 7.4, lead=10.4)
SLIP_TITLE = Style(Role.TITLE, 22, lead=28)
SLIP_STRONG = Style(Role.BOLD, 11.4, lead=17)
SLIP_TEXT = Style(Role.TEXT, 10, lead=15)
SLIP_SMALL = Style(Role.TEXT, 8, MUTED, 11.6)
SLIP_CODE = Style(Role.MONO, 9, lead=13)
