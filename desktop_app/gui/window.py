"""The main window: sidebar, top bar, pages opened when first needed, job bar, palette, toast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.gui import theme
from desktop_app.gui.bridge import Bridge, Session
from desktop_app.gui.errors import present
from desktop_app.gui.help import HelpDialog
from desktop_app.gui.navigation import Screen, ScreenSpec, Shell
from desktop_app.gui.palette import CommandPalette, Provider
from desktop_app.gui.palette_list import Entry
from desktop_app.gui.remembered import Remembered
from desktop_app.gui.sessions import CLOSED, LOCKED, end_session
from desktop_app.gui.sidebar import Sidebar
from desktop_app.gui.text import say, set_language, speech, tr
from desktop_app.gui.top_bar import TopBar
from desktop_app.gui.usher import WindowUsher
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.job_bar import JobBar
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.toast import Toast
from desktop_app.kernel.asking import ApprovalNeededError, ConfirmationNeededError
from desktop_app.kernel.errors import AppError
from desktop_app.venue.records import VenueCard

_APPROVALS = "approvals"


class Window(QMainWindow):
    """Shows the screens to the person signed in.

    `locked` when it has closed the session, so that the sign-in window comes back; `closed` when
    the person has closed the program.
    """

    locked = Signal()
    closed = Signal()

    def __init__(
        self,
        session: Session,
        specs: Sequence[ScreenSpec],
        remembered: Remembered | None = None,
    ) -> None:
        super().__init__()
        self._session = session
        self._specs = specs
        self._venue = ("Clopos Desk", "")
        self._safety: Callable[[], Mood] | None = None
        self._waiting: dict[str, int] = {}
        self._key = ""
        self._target: object = None
        self._venues: Sequence[VenueCard] = ()
        self._commands: tuple[Entry, ...] = ()
        self._providers: tuple[Provider, ...] = ()
        self._leaving = False
        self._ending = False
        self.bridge = Bridge(session, self)
        self.usher = WindowUsher(self.bridge)
        self.bridge.usher = self.usher
        self.shell = Shell(self.bridge, self, remembered=remembered)
        self.setMinimumSize(1024, 680)
        self.resize(1440, 900)
        self._toast = Toast(self)
        self._palette = CommandPalette(self)
        self._connect()
        self._build()
        self._ask_venues()
        first = next(filter(self._may_see, specs), None)
        if first is not None:
            self.go(first.key)

    # --- what others may do

    def go(self, key: str, target: object = None) -> None:
        """Open a screen, at a place in it where `target` says one."""
        spec = next((found for found in self._specs if found.key == key), None)
        if spec is None:
            return
        if why_not := self.bridge.lacks(spec.permission):
            title = tr("“{screen}” is not available to you.", screen=say(spec.title))
            self.banner.tell("info", title, why_not)
            return
        if key not in self._pages:
            self._pages[key] = self._open(spec)
        self._key, self._target = key, target
        self._stack.setCurrentWidget(self._pages[key])
        self.banner.hide()
        self._sidebar.show_current(key)
        self._show_heading()
        if target is not None:
            self._pages[key].show_target(target)

    def page(self, key: str) -> Screen:
        """Return a screen that has been opened."""
        return self._pages[key]

    @property
    def key(self) -> str:
        """Return which screen is in sight."""
        return self._key

    @property
    def place(self) -> tuple[str, object]:
        """Return which screen is in sight, and the target it was opened with."""
        return self._key, self._target

    def show_venue(self, name: str, place: str = "") -> None:
        """Show whose data this is."""
        self._venue = (name, place)
        self._sidebar.show_venue(name, place)
        self.setWindowTitle(f"{name} — Clopos Desk")

    def work_at(self, venue_id: int | None) -> None:
        """Keep every screen to one venue, None for all that the person may see."""
        running = self._session.start_work_at(venue_id)
        self.bridge.follow(self, running.future, self._show_place)

    def _ask_venues(self, touched: frozenset[str] = frozenset({"venue"})) -> None:
        if "venue" in touched:
            self.bridge.follow(self, self._session.start_venues().future, self._show_venues)

    def _show_venues(self, venues: Sequence[VenueCard]) -> None:
        self._venues = venues
        self._sidebar.venues.show_venues(venues, self._session.actor.here)

    def _show_place(self, _: None) -> None:
        here = self._session.actor.here
        name = next((one.name for one in self._venues if one.id == here), tr("All venues"))
        self._rebuild()
        self.show_venue(name, self._venue[1])

    def show_commands(
        self, commands: Sequence[Entry] = (), providers: Sequence[Provider] = ()
    ) -> None:
        """Add commands and searches to the palette."""
        self._commands, self._providers = tuple(commands), tuple(providers)

    def open_palette(self) -> None:
        """Show the palette."""
        entries = (*self._screen_entries(), *self._commands, *self._own_entries())
        self._palette.show_entries(entries, self._providers)
        self._palette.open_palette()

    def open_help(self) -> None:
        """Show the help, at the page about the screen in sight where there is one."""
        HelpDialog(self, self._key).open()

    def lock(self) -> None:
        """Sign out: stop the jobs, close the session, go away."""
        self._leave()

    def switch_theme(self) -> None:
        """Change between light and dark."""
        theme.switch()

    # --- building

    def _build(self) -> None:
        self._pages: dict[str, Screen] = {}
        self._sidebar = Sidebar(self._specs, self._session.actor, self.bridge.lacks)
        self._sidebar.chosen.connect(self.go)
        self._sidebar.search_wanted.connect(self.open_palette)
        self._sidebar.lock_wanted.connect(self.lock)
        self._sidebar.venue_chosen.connect(self.work_at)
        self._sidebar.venues.show_venues(self._venues, self._session.actor.here)
        self._top = TopBar()
        self._top.safety_wanted.connect(partial(self.go, "backups"))
        self._top.theme_wanted.connect(self.switch_theme)
        self._top.language_wanted.connect(set_language)
        self.banner = Banner()
        self._stack = QStackedWidget()
        self.jobs = JobBar()
        content = column(gap=0)
        content.addWidget(self._top)
        content.addLayout(row(self.banner, margins=(28, 0, 28, 0)))
        content.addWidget(self._stack, 1)
        content.addWidget(self.jobs)
        whole = row(self._sidebar, gap=0)
        whole.addWidget(frame(content, "page"), 1)
        centre = QWidget()
        centre.setLayout(whole)
        # The focus begins nowhere in particular, so that no button looks chosen.
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCentralWidget(centre)
        centre.setFocus()
        self.show_venue(*self._venue)
        for key, count in self._waiting.items():
            self._sidebar.show_waiting(key, count)
        if self._safety is not None:
            self._top.safety.show_mood(self._safety())

    def _connect(self) -> None:
        self.bridge.failed.connect(self._present)
        self.bridge.started.connect(self._add_job)
        self.shell.asked_to_go.connect(self.go)
        self.shell.asked_to_tell.connect(self._toast.tell)
        self.shell.asked_to_lock.connect(self.lock)
        self.shell.waiting_changed.connect(self._show_waiting)
        self.shell.safety_changed.connect(self._show_safety)
        self.usher.told.connect(self._toast.tell)
        if any(spec.key == _APPROVALS for spec in self._specs):
            self.usher.waiting.connect(partial(self._show_waiting, _APPROVALS))
            self.usher.watch()
        self.bridge.rights_changed.connect(self._show_rights)
        self.bridge.changed.connect(self._ask_venues)
        speech.changed.connect(self._rebuild)
        for keys, action in (
            ("Ctrl+K", self.open_palette),
            ("Ctrl+L", self.lock),
            ("F1", self.open_help),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for at, spec in enumerate(self._specs[:9], 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at}"), self)
            shortcut.activated.connect(partial(self.go, spec.key))

    def _rebuild(self) -> None:
        """Build everything again, in the language and with the rights now in force."""
        running = self.jobs.rows
        key = self._key
        if key and self.bridge.lacks(self._spec(key).permission):
            allowed = (one.key for one in self._specs if self._may_see(one))
            key = next(allowed, "")
        self._palette.deleteLater()
        self._palette = CommandPalette(self)
        self._build()
        for job in running:
            self.jobs.add(job.title, job.running)
        self.go(key)
        self._toast.raise_()

    def _show_rights(self) -> None:
        self._rebuild()
        self._toast.tell(tr("Your rights have been changed."))

    def _may_see(self, spec: ScreenSpec) -> bool:
        return self._session.actor.can(spec.permission)

    def _spec(self, key: str) -> ScreenSpec:
        return next(found for found in self._specs if found.key == key)

    def _open(self, spec: ScreenSpec) -> Screen:
        made = spec.factory(self.shell)
        made.setObjectName(made.objectName() or f"screen-{spec.key}")
        made.heading_changed.connect(self._show_heading)
        self._stack.addWidget(made)
        return made

    # --- reactions

    def _show_heading(self) -> None:
        spec = self._spec(self._key)
        page = self._pages[self._key]
        sentence = page.sentence or say(spec.sentence)
        self._top.show_heading(page.heading or say(spec.title), sentence)

    def _present(self, error: AppError) -> None:
        if isinstance(error, ApprovalNeededError | ConfirmationNeededError):
            return  # the usher has asked, and the person has said no
        present(error, self.banner)

    def _add_job(self, title: object, running: object) -> None:
        self.jobs.add(title, running)  # type: ignore[arg-type]

    def _show_waiting(self, key: str, count: int) -> None:
        self._waiting[key] = count
        self._sidebar.show_waiting(key, count)

    def _show_safety(self, mood: Callable[[], Mood]) -> None:
        self._safety = mood
        self._top.safety.show_mood(mood())

    def _screen_entries(self) -> tuple[Entry, ...]:
        return tuple(self._screen_entry(spec) for spec in self._specs)

    def _screen_entry(self, spec: ScreenSpec) -> Entry:
        """Return how to go to a screen; one that is not available says why when it is chosen."""
        may = self._session.actor.can(spec.permission)
        return Entry(
            tr("Go to"),
            say(spec.title),
            spec.icon if may else "lock",
            partial(self.go, spec.key),
            "" if may else tr("not available to you"),
            spec.keywords,
        )

    def _own_entries(self) -> tuple[Entry, ...]:
        group = tr("Commands")
        dark = tr("Switch between light and dark")
        return (
            Entry(group, dark, "moon", self.switch_theme, keywords="theme"),
            Entry(group, tr("Lock now"), "lock", self.lock, "Ctrl+L", "sign out"),
            Entry(group, tr("Help"), "circle-help", self.open_help, "F1"),
        )

    # --- leaving

    def _leave(self) -> None:
        if self._leaving:
            return
        self._leaving = True
        speech.changed.disconnect(self._rebuild)
        for job in self.jobs.rows:
            job.running.progress.cancel()
        self.hide()
        # Closing waits for running work, so it happens off the GUI thread.
        closing = ThreadPoolExecutor(1, "closing")
        how = CLOSED if self._ending else LOCKED
        self.bridge.follow(self, closing.submit(end_session, self._session, how), self._left)
        closing.shutdown(wait=False)

    def _left(self, _: None) -> None:
        if self._ending:
            self.closed.emit()
        else:
            self.locked.emit()
        self.deleteLater()

    def _leave_and_end(self) -> None:
        self._ending = True
        self._leave()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving:
            event.accept()
        elif self.jobs.rows:
            event.ignore()
            asked = ConfirmDialog(
                tr("Stop what is running?"),
                tr("Work is still under way. It stops at the next safe point; nothing is damaged."),
                tr("Stop and close"),
                parent=self,
            )
            asked.confirmed.connect(self._leave_and_end)
            asked.open()
        else:
            event.accept()
            self._leave_and_end()
