"""Starts the window: style, fonts, crash watch, one instance, sign-in, main window."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.db.waiting import note_second_start
from desktop_app.gui import theme
from desktop_app.gui.bridge import Session
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.desk import DeskState, SignInDesk
from desktop_app.gui.errors import CrashWatch
from desktop_app.gui.finders import Finders
from desktop_app.gui.fonts import font, load_fonts
from desktop_app.gui.front_desk import MEMORY, FrontDesk
from desktop_app.gui.garbage import GarbageCollection
from desktop_app.gui.idle import IdleWatch
from desktop_app.gui.navigation import ScreenSpec
from desktop_app.gui.remembered import Remembered
from desktop_app.gui.restore.room import RestoreRoom
from desktop_app.gui.restore.wizard import RestoreWizard
from desktop_app.gui.sessions import SessionWatch
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.single_instance import SingleInstance
from desktop_app.gui.system_watch import SystemWatch
from desktop_app.gui.text import language, say, set_language, speech, tr
from desktop_app.gui.tokens import LIGHT, THEMES
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Domain
from desktop_app.kernel.cards import masked
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.logs import keep_cards_out
from desktop_app.kernel.settings import SETTINGS
from desktop_app.kernel.words import Message
from desktop_app.venue.operations import get_settings

_QUIET = frozenset({QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg})
# A computing thread lets the window breathe every millisecond: longest gap 15 ms, not 29.
_SWITCH_INTERVAL_S = 0.001
_LOOK_MS = 20
MINUTES = "window.lock_after_minutes"
STAFF_MINUTES = "window.lock_staff_after_minutes"


class Front(QObject):
    """Shows the sign-in window or the main window, one at a time."""

    def __init__(self, desk: SignInDesk, data: Path, specs: Sequence[ScreenSpec]) -> None:
        super().__init__()
        self._desk = desk
        self._data = data
        self._specs = specs
        self._settings = QSettings(str(data / MEMORY), QSettings.Format.IniFormat, self)
        self._shown: QWidget | None = None
        self._wizard: RestoreWizard | None = None
        self._places: dict[str, tuple[str, object]] = {}
        self._reason = ""
        self._idle = IdleWatch(_application(), self)
        self._idle.idle.connect(self._lock)
        self.system = SystemWatch(self)
        self.system.slept.connect(self._slept)
        self.system.locked.connect(partial(self.lock_now, ""))
        theme.theme.changed.connect(self._remember)
        speech.changed.connect(self._remember)

    @property
    def shown(self) -> QWidget | None:
        """Return the window in sight."""
        return self._shown

    @property
    def wizard(self) -> RestoreWizard | None:
        """Return the restore wizard that was opened last over the sign-in window."""
        return self._wizard

    def dress(self, wanted_language: str) -> None:
        """Put on the remembered theme and language; `wanted_language` wins where it is given."""
        remembered = str(self._settings.value("theme", LIGHT.name))
        set_language(wanted_language or str(self._settings.value("language", "az")))
        theme.apply(THEMES.get(remembered, LIGHT))

    def show_sign_in(self) -> None:
        """Ask who is there."""
        self._idle.wait(0)
        window = SignInWindow(self._desk, self._reason)
        self._reason = ""
        window.signed_in.connect(self._enter)
        window.restore_wanted.connect(self._restore)
        window.closed.connect(QApplication.quit)
        self._show(window)

    def raise_window(self) -> None:
        """Bring the window in sight to the front."""
        if self._shown is not None:
            state = self._shown.windowState() & ~Qt.WindowState.WindowMinimized
            self._shown.setWindowState(state)
            self._shown.show()
            self._shown.raise_()
            self._shown.activateWindow()

    def lock_now(self, reason: str) -> None:
        """Lock whatever is under way; `reason` is told on the sign-in window."""
        window = self._shown
        if isinstance(window, Window):
            self._reason = reason
            window.lock()

    def _slept(self) -> None:
        self._desk.asleep()
        self.lock_now(tr("The computer was asleep. Sign in with the password."))

    def _left(self, window: Window, name: str) -> None:
        self._places[name] = window.place
        self.show_sign_in()

    def _restore(self) -> None:
        window = self._shown
        if isinstance(window, SignInWindow):
            empty = self._desk.state() is DeskState.EMPTY
            self._wizard = RestoreWizard(RestoreRoom(), self._data, here=empty, parent=window)
            self._wizard.restored_here.connect(window.start)
            self._wizard.open()

    def _enter(self, session: Session) -> None:
        person = Remembered(self._settings, session.actor.user_id)
        window = Window(session, self._specs, person)
        window.show_venue(self._desk.venue() or "Clopos Desk")
        window.show_commands(providers=Finders(window.shell).providers)
        name = session.actor.name
        window.locked.connect(partial(self._left, window, name))
        window.closed.connect(QApplication.quit)
        self._show(window)
        self.system.register(int(window.winId()))
        SessionWatch(window.bridge, window).ended.connect(self.lock_now)
        if name in self._places:  # the same screen comes back, for the same person only
            window.go(*self._places.pop(name))
        notices: Sequence[Message] = getattr(session, "notices", ())
        if notices:
            window.banner.tell("warn", " ".join(say(notice) for notice in notices))
        self._read_settings(window)
        window.bridge.changed.connect(partial(self._settings_changed, window))

    # --- locking by itself

    def _settings_changed(self, window: Window, touched: frozenset[str]) -> None:
        if "setting" in touched:
            self._read_settings(window)

    def _read_settings(self, window: Window) -> None:
        self._wait({name: SETTINGS[name].default for name in (MINUTES, STAFF_MINUTES)})
        # Where the setting cannot be read, its default holds.
        window.bridge.ask_or(window, self._wait, lambda _: None, get_settings)

    def _wait(self, settings: Mapping[str, str]) -> None:
        if isinstance(self._shown, Window):
            actor = self._shown.bridge.app.actor
            at_till = actor.domains <= {Domain.OPS} and not actor.reads_trail
            self._idle.wait(float(settings[STAFF_MINUTES if at_till else MINUTES]))

    def _lock(self) -> None:
        window = self._shown
        if not isinstance(window, Window) or not shiboken6.isValid(window):
            return
        if window.jobs.rows or any(one.busy for one in window.findChildren(RestoreWizard)):
            self._idle.wait_again()  # locking would stop a backup or an import that was started
        else:
            window.lock()

    def _show(self, window: QWidget) -> None:
        before, self._shown = self._shown, window
        if before is not None:
            window.setGeometry(before.geometry())
        window.show()
        if isinstance(before, SignInWindow):
            before.hide()
            before.deleteLater()

    def _remember(self) -> None:
        self._settings.setValue("theme", theme.theme.tokens.name)
        self._settings.setValue("language", language())


def prepare(arguments: Sequence[str]) -> QApplication:
    """Return the application in our style, before any window exists."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    keep_cards_out()
    qInstallMessageHandler(_log)
    application = QApplication(list(arguments))
    application.setApplicationName("Clopos Desk")
    application.setDesktopFileName("clopos-desk")
    application.setQuitOnLastWindowClosed(False)
    load_fonts()
    application.setFont(font())
    GarbageCollection(application)
    return application


def main(data: Path, wanted_language: str, desk: SignInDesk | None = None) -> int:
    """Show the window on a data folder until it is closed; return the exit code.

    `wanted_language` is az, en, ru or tr; empty means the one remembered. Without a `desk` it is
    the one of the store in the folder.
    """
    application = prepare(sys.argv)
    watch = CrashWatch(data / "crashes")
    watch.install()
    instance = SingleInstance(data)
    if not instance.claim():
        note_second_start(data)
        return 0
    front = Front(desk or FrontDesk(data), data, SCREENS)
    front.dress(wanted_language)
    instance.raised.connect(front.raise_window)
    front.show_sign_in()
    return application.exec()


def run_until(done: Callable[[], bool], patience_s: float) -> bool:
    """Run the window until something is done; False where patience ends first.

    For programs that steer the window from outside (pictures of it), never for the window itself.
    """
    loop, end = QEventLoop(), monotonic() + patience_s
    timer = QTimer(interval=_LOOK_MS)
    timer.timeout.connect(lambda: loop.quit() if done() or monotonic() > end else None)
    timer.start()
    loop.exec()
    timer.stop()
    return done()


def _application() -> QGuiApplication:
    found = QGuiApplication.instance()
    if not isinstance(found, QGuiApplication):
        raise TypeError
    return found


def _log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if kind not in _QUIET:
        sys.stderr.write(masked(f"Qt: {text} ({context.category})\n"))
