"""The left side of the window: venue, search, screens in groups, the person signed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import icon
from desktop_app.gui.navigation import Group, ScreenSpec
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.theme import colour
from desktop_app.gui.venue_switch import VenueSwitch
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.labels import Avatar, Mark, label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.kernel.access import Actor, Permission
from desktop_app.kernel.roles import TITLES

WIDTH = 244
_WhyNot = Callable[[Permission], str]


class NavItem(QPushButton):
    """One screen in the list, with a count of what waits there."""

    def __init__(self, spec: ScreenSpec) -> None:
        super().__init__(" " + say(spec.title).replace("&", "&&"))
        self.spec = spec
        self._count = 0
        self.setProperty("kind", "nav")
        self.setProperty("current", "false")
        self.setFont(font(13, 500))
        self.setIconSize(QSize(18, 18))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._refresh(current=False)

    def show_current(self, *, current: bool) -> None:
        """Mark this as the page in sight, or not."""
        self.setProperty("current", "true" if current else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self._refresh(current=current)

    def show_waiting(self, count: int) -> None:
        """Show how many things wait."""
        self._count = count
        self._refresh(current=self.property("current") == "true")
        self.update()

    def _refresh(self, *, current: bool) -> None:
        self.setIcon(icon(self.spec.icon, "accent" if current else "text3"))
        waiting = ntr("{n} waiting", "{n} waiting", self._count) if self._count else ""
        state = tr("current page") if current else ""
        parts = (say(self.spec.title), waiting, state)
        self.setAccessibleName(", ".join(part for part in parts if part))

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        if not self._count:
            return
        text = str(self._count) if self._count < 100 else "99+"  # noqa: PLR2004 - two digits fit
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 22 if len(text) < 3 else 32  # noqa: PLR2004 - "99+" is wider
        box = QRectF(self.width() - width - 10, self.height() / 2 - 9, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("warn_soft"))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(colour("warn"))
        painter.setFont(font(11, 600, tabular=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class Sidebar(QFrame):
    """Shows the screens; tells what was `chosen(key)`, `venue_chosen(id or None)`, wanted."""

    chosen = Signal(str)
    search_wanted = Signal()
    lock_wanted = Signal()
    venue_chosen = Signal(object)

    def __init__(self, specs: Sequence[ScreenSpec], actor: Actor, why_not: _WhyNot) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("Screens"))
        self._items: dict[str, NavItem] = {}
        self._venue = label("Clopos Desk", 14, 600)
        self._place = label("", 12, tone="muted")
        layout = column(gap=6, margins=(14, 18, 14, 14))
        names = column(self._venue, self._place, gap=0)
        self.venues = VenueSwitch()
        self.venues.chosen.connect(self.venue_chosen)
        layout.addLayout(row(Mark(), names, None, self.venues, gap=10, margins=(4, 0, 0, 0)))
        layout.addSpacing(10)
        layout.addWidget(self._search_button())
        screens = column(gap=2)
        for group, title in _group_titles():
            own = [spec for spec in specs if spec.group == group]
            self._add_group(screens, own, title, why_not)
        screens.addStretch(1)
        self._scroll = _scrolled(screens)
        layout.addWidget(self._scroll, 1)
        bottom = [spec for spec in specs if spec.group == Group.BOTTOM]
        self._add_group(layout, bottom, "", why_not)
        layout.addWidget(rule())
        layout.addLayout(self._person(actor))
        self.setLayout(layout)

    def show_venue(self, name: str, place: str) -> None:
        """Show whose data this is."""
        self._venue.setText(name)
        self._place.setText(place)

    def show_current(self, key: str) -> None:
        """Mark the page in sight."""
        for name, item in self._items.items():
            item.show_current(current=name == key)
        if key in self._items and self._scroll.isAncestorOf(self._items[key]):
            self._scroll.ensureWidgetVisible(self._items[key], 0, 4)

    def show_waiting(self, key: str, count: int) -> None:
        """Show how many things wait on a screen."""
        if key in self._items:
            self._items[key].show_waiting(count)

    def item(self, key: str) -> NavItem:
        """Return the entry of a screen."""
        return self._items[key]

    def _search_button(self) -> QPushButton:
        tip = tr("Search and commands, Ctrl+K")
        made = button(tr("Search or jump to…"), "search", "find", tip=tip)
        made.clicked.connect(self.search_wanted)
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        key = label("Ctrl K", 11, 500, "muted")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(key, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _add_group(
        self, layout: QVBoxLayout, specs: Sequence[ScreenSpec], title: str, why_not: _WhyNot
    ) -> None:
        if not specs:
            return
        if title:
            heading = label(title, 11, 600, "muted")
            heading.setContentsMargins(10, 0, 10, 0)
            layout.addSpacing(10)
            layout.addWidget(heading)
        for spec in specs:
            item = NavItem(spec)
            allow(item, why_not(spec.permission))
            item.clicked.connect(partial(self.chosen.emit, spec.key))
            self._items[spec.key] = item
            layout.addWidget(item)

    def _person(self, actor: Actor) -> QHBoxLayout:
        lock = button("", "lock", "ghost", tip=tr("Lock now, Ctrl+L"))
        lock.clicked.connect(self.lock_wanted)
        name = label(actor.name, 13, 500)
        role = label(say(actor.role_title), 12, tone="muted")
        words = column(name, role, gap=0)
        return row(Avatar(actor.name), words, None, lock, gap=10, margins=(4, 8, 0, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


def _scrolled(layout: QVBoxLayout) -> QScrollArea:
    """Return a place for a layout that is scrolled where the window is too low for all of it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(frame(layout, "clear"))
    return area


def role_name(role: str) -> str:
    """Return a role in the language of the window; an id that is not built in stands as it is."""
    return say(TITLES[role]) if role in TITLES else role


def group_title(group: Group) -> str:
    """Return the heading of a group of screens."""
    return dict(_group_titles()).get(group, "")


def _group_titles() -> tuple[tuple[Group, str], ...]:
    return (
        (Group.OVERVIEW, tr("Overview")),
        (Group.TRADE, tr("Restaurant")),
        (Group.PEOPLE, tr("People")),
        (Group.SAFETY, tr("Safety")),
    )
