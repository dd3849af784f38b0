"""Access: my own rights for everybody; the people and the roles for who manages them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.access.users import list_users
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.access.my_rights import MyRights
from desktop_app.gui.screens.access.people import PeopleCard
from desktop_app.gui.screens.access.roles import RolesView
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

ME, PEOPLE, ROLES = "me", "people", "roles"


class AccessScreen(Screen):
    """Three parts; a target names one (`me`, `people`, `roles`)."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.tabs = Segmented(
            tr("Part of the page"),
            [(PEOPLE, tr("People")), (ROLES, tr("Roles")), (ME, tr("My rights"))],
        )
        self.me: MyRights | None = None
        self.people: PeopleCard | None = None
        self.roles: RolesView | None = None
        self.locked: EmptyState | None = None
        self._parts: dict[str, QWidget] = {}
        self._today: Today | None = None
        self._stack = QStackedWidget()
        self._wanted = PEOPLE if self.bridge.can(list_users) else ME
        top = row(self.tabs, None, margins=(28, 0, 28, 10))
        layout = column(gap=0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.tabs.choose(self._wanted)
        self.tabs.chosen.connect(self.show_part)
        self.bridge.ask(self, self._begin, get_today)

    @override
    def show_target(self, target: object) -> None:
        if target in (ME, PEOPLE, ROLES):
            self.tabs.choose(str(target))
            self.show_part(str(target))

    def show_part(self, key: str) -> None:
        """Show one of the three parts, made when it is first wanted."""
        self._wanted = key
        if self._today is None:
            return
        if key not in self._parts:
            self._parts[key] = self._made(key, self._today)
            self._stack.addWidget(self._parts[key])
        self._stack.setCurrentWidget(self._parts[key])

    def _begin(self, today: Today) -> None:
        self._today = today
        self.show_part(self._wanted)

    def _made(self, key: str, today: Today) -> QWidget:
        venue = today.venue
        venues = {venue.id: venue.name}
        if key == ME:
            self.me = MyRights(self.bridge, venue.currency, venues)
            return _page(self.me)
        if key == ROLES:
            self.roles = RolesView(self.bridge, self.shell.tell, venue.currency)
            return _page(self.roles)
        if why_not := self.bridge.why_not(list_users):
            self.locked = EmptyState("lock", tr("The list of people is locked for you"), why_not)
            return self.locked
        self.people = PeopleCard(self.bridge, self.shell.tell, venues, venue.time.local)
        return _page(self.people)


def _page(content: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFrameShape(scroll.Shape.NoFrame)
    scroll.setWidget(frame(column(content, margins=(28, 4, 28, 24)), "page"))
    return scroll
