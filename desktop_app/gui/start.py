"""Starts the window: style, fonts, crash watch, one instance, sign-in, main window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.gui import theme
from desktop_app.gui.bridge import Session
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.desk import SignInDesk
from desktop_app.gui.errors import CrashWatch
from desktop_app.gui.fonts import font, load_fonts
from desktop_app.gui.navigation import ScreenSpec
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.single_instance import SingleInstance
from desktop_app.gui.text import language, set_language, speech
from desktop_app.gui.tokens import LIGHT, THEMES
from desktop_app.gui.window import Window

_QUIET = frozenset({QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg})
# A computing thread lets the window breathe every millisecond: longest gap 15 ms, not 29.
_SWITCH_INTERVAL_S = 0.001


class Front(QObject):
    """Shows the sign-in window or the main window, one at a time.

    `restore_wanted(window)` when somebody at the sign-in window wants a backup restored.
    """

    restore_wanted = Signal(QWidget)

    def __init__(self, desk: SignInDesk, data: Path, specs: Sequence[ScreenSpec]) -> None:
        super().__init__()
        self._desk = desk
        self._specs = specs
        self._settings = QSettings(str(data / "window.ini"), QSettings.Format.IniFormat, self)
        self._shown: QWidget | None = None
        theme.theme.changed.connect(self._remember)
        speech.changed.connect(self._remember)

    @property
    def shown(self) -> QWidget | None:
        """Return the window in sight."""
        return self._shown

    def dress(self, wanted_language: str) -> None:
        """Put on the remembered theme and language; `wanted_language` wins where it is given."""
        remembered = str(self._settings.value("theme", LIGHT.name))
        set_language(wanted_language or str(self._settings.value("language", "az")))
        theme.apply(THEMES.get(remembered, LIGHT))

    def show_sign_in(self) -> None:
        """Ask who is there."""
        window = SignInWindow(self._desk)
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

    def _restore(self) -> None:
        self.restore_wanted.emit(self._shown)

    def _enter(self, session: Session) -> None:
        window = Window(session, self._specs)
        window.show_venue(self._desk.venue() or "Clopos Desk")
        window.locked.connect(self.show_sign_in)
        window.closed.connect(QApplication.quit)
        self._show(window)

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
    qInstallMessageHandler(_log)
    application = QApplication(list(arguments))
    application.setApplicationName("Clopos Desk")
    application.setDesktopFileName("clopos-desk")
    application.setQuitOnLastWindowClosed(False)
    load_fonts()
    application.setFont(font())
    return application


def main(data: Path, wanted_language: str, desk: SignInDesk) -> int:
    """Show the window on a data folder until it is closed; return the exit code.

    `wanted_language` is az, en, ru or tr; empty means the one remembered.
    """
    application = prepare(sys.argv)
    watch = CrashWatch(data / "crashes")
    watch.install()
    instance = SingleInstance(data)
    if not instance.claim():
        return 0
    front = Front(desk, data, SCREENS)
    front.dress(wanted_language)
    instance.raised.connect(front.raise_window)
    front.show_sign_in()
    return application.exec()


def _log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if kind not in _QUIET:
        sys.stderr.write(f"Qt: {text} ({context.category})\n")
