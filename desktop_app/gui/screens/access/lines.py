"""Rights as painted lines: sixty rows of widgets would hold the window up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip
from typing_extensions import override

from desktop_app.access.rules import by_area
from desktop_app.gui.fonts import font
from desktop_app.gui.icons import picture
from desktop_app.gui.screens.access.wording import ENFORCED_ICONS, RISKS, enforced_text
from desktop_app.gui.text import say, tr
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role as Ink
from desktop_app.gui.widgets.labels import Painted
from desktop_app.kernel.access import Permission
from desktop_app.kernel.holders import Holder, WhoMay, ask_whom
from desktop_app.kernel.permissions import ABOUT, AREA_TITLES, permission_text

HEIGHT, HEAD = 28, 34
_ICON = 14
_DOT = 5
_NAMED = 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """One right: a mark before it, a note at the right, and how much harm it can do."""

    text: str
    icon: str
    ink: Ink
    note: str = ""
    note_icon: str = ""
    note_ink: Ink = "text3"
    risk: int = 0
    tip: str = ""


class Lines(Painted):
    """Shows headings (texts) and lines."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.rows: Sequence[Line | str] = ()

    def show_rows(self, rows: Sequence[Line | str]) -> None:
        """Show other rows."""
        self.rows = rows
        self.setFixedHeight(max(HEIGHT, sum(_height(row) for row in rows)))
        said = (row if isinstance(row, str) else f"{row.text}, {row.note}" for row in rows)
        self.setAccessibleDescription("\n".join(said))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, self.minimumHeight())

    @override
    def draw(self, painter: QPainter) -> None:
        top = 0.0
        for row in self.rows:
            box = QRectF(0, top, self.width(), _height(row))
            if isinstance(row, str):
                painter.setPen(colour("text3"))
                painter.setFont(font(11, 600))
                painter.drawText(box.adjusted(0, 8, 0, 0), _LEFT, row)
            else:
                self._draw_line(painter, box, row)
            top += box.height()

    def _draw_line(self, painter: QPainter, box: QRectF, line: Line) -> None:
        scale = self.devicePixelRatioF()
        middle = box.center().y()
        if line.icon:
            made = picture(line.icon, line.ink, _ICON, scale)
            painter.drawPixmap(0, int(middle - _ICON / 2), made)
        right = box.right()
        painter.setFont(font(12))
        if line.note:
            width = min(_width(line.note), box.width() * 0.55)
            note = QRectF(right - width, box.top(), width, box.height())
            painter.setPen(colour("text3"))
            painter.drawText(note, _RIGHT, _elided(line.note, width))
            right -= width + 6
        if line.note_icon:
            made = picture(line.note_icon, line.note_ink, _ICON, scale)
            painter.drawPixmap(int(right - _ICON), int(middle - _ICON / 2), made)
            right -= _ICON + 14
        if line.risk:
            right = _draw_risk(painter, right, middle, line.risk) - 10
        painter.setFont(font(13))
        painter.setPen(colour("text"))
        words = QRectF(_ICON + 10, box.top(), right - _ICON - 10, box.height())
        painter.drawText(words, _LEFT, _elided(line.text, words.width(), 13))

    def show_marks(self, line: Line) -> None:
        """Show only the risk of a right and how it is kept."""
        self.rows = (Line("", "", line.ink, line.note, line.note_icon, line.note_ink, line.risk),)
        self.setFixedHeight(HEIGHT)
        self.update()

    def line_at(self, y: float) -> Line | None:
        """Return the line at a height."""
        top = 0
        for row in self.rows:
            top += _height(row)
            if y < top:
                return row if isinstance(row, Line) else None
        return None

    @override
    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            line = self.line_at(event.pos().y())
            QToolTip.showText(event.globalPos(), line.tip if line else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]


def _draw_risk(painter: QPainter, right: float, middle: float, risk: int) -> float:
    """Draw one to three dots and return where they begin."""
    painter.setPen(Qt.PenStyle.NoPen)
    for at in range(3):
        lit: Ink = "bad" if risk == 3 else "warn"  # noqa: PLR2004 - the greatest risk
        painter.setBrush(colour(lit if at < risk else "mute_soft"))
        left = right - (3 - at) * (_DOT + 3)
        painter.drawEllipse(QRectF(left, middle - _DOT / 2, _DOT, _DOT))
    return right - 3 * (_DOT + 3)


def _height(row: Line | str) -> int:
    return HEAD if isinstance(row, str) else HEIGHT


def _width(text: str) -> float:
    return QFontMetrics(font(12)).horizontalAdvance(text) + 2.0


def _elided(text: str, width: float, pixels: int = 12) -> str:
    metrics = QFontMetrics(font(pixels))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) + 1)


def held_rows(permissions: Iterable[Permission], *, server: bool) -> list[Line | str]:
    """Return rights under the parts of the work, each with its risk and how it is kept."""
    rows: list[Line | str] = []
    for area, rights in by_area(permissions).items():
        rows.append(say(AREA_TITLES[area]))
        rows.extend(right_line(right, server=server) for right in rights)
    return rows


def right_line(right: Permission, *, server: bool, icon: str = "check", ink: Ink = "ok") -> Line:
    """Return a right with its risk and how it is kept."""
    about = ABOUT[right]
    enforced = about.enforced_on(server=server)
    note_icon, note_ink = ENFORCED_ICONS[enforced]
    tip = f"{say(about.text)}: {say(RISKS[about.risk])}, {enforced_text(enforced)} ({right.value})"
    return Line(
        say(about.text), icon, ink, enforced_text(enforced), note_icon, note_ink,
        int(about.risk), tip,
    )  # fmt: skip


def lacking_rows(permissions: Iterable[Permission], who_may: WhoMay) -> list[Line | str]:
    """Return rights somebody lacks under the parts of the work, each with who has it."""
    rows: list[Line | str] = []
    for area, rights in by_area(permissions).items():
        rows.append(say(AREA_TITLES[area]))
        rows.extend(_lacking(right, who_may(right)) for right in rights)
    return rows


def _lacking(right: Permission, holders: Sequence[Holder]) -> Line:
    text = say(permission_text(right))
    names = ", ".join(one.name for one in holders[:_NAMED])
    more = f" +{len(holders) - _NAMED}" if len(holders) > _NAMED else ""
    tip = tr("{right}: {ask}", right=text, ask=say(ask_whom(holders)))
    return Line(text, "lock", "text3", names + more, tip=tip)
