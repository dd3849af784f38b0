"""Notices that the computer sleeps or is locked, so that the window locks with it.

Linux tells over D-Bus (systemd-logind, the screen savers), Windows by messages to the window.
Whatever does not tell is noticed afterwards: then more time has passed than the timer waited.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QCoreApplication,
    QObject,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtDBus import QDBusConnection
from typing_extensions import override

from desktop_app.kernel.clock import Clock, SystemClock

_LOOK_S = 10
_SLEPT_S = 45
_LOGIN = "org.freedesktop.login1"
_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_WM_POWERBROADCAST, _SUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE, _AWAY = 0x02B1, frozenset({0x2, 0x4, 0x7})  # switched, remote gone, locked


class SystemWatch(QObject):
    """`slept` when the computer goes to sleep or has slept, `locked` when somebody locks it."""

    slept = Signal()
    locked = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        clock: Clock | None = None,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock or SystemClock()
        self._seen = self._clock.now()
        self._timer = QTimer(self, interval=_LOOK_S * 1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._messages: _WindowsMessages | None = None
        if sys.platform == "linux":
            self._listen(
                system or QDBusConnection.systemBus(), session or QDBusConnection.sessionBus()
            )

    def look(self) -> None:
        """Compare the wall clock with the timer: it stands still while the computer sleeps."""
        before, self._seen = self._seen, self._clock.now()
        if (self._seen - before).total_seconds() > _LOOK_S + _SLEPT_S:
            self.slept.emit()

    def register(self, window: int) -> None:
        """Ask Windows to tell this window of locking; elsewhere nothing is needed."""
        if sys.platform == "win32":
            if self._messages is None:
                self._messages = _WindowsMessages(self)
                application = QCoreApplication.instance()
                if application is not None:
                    application.installNativeEventFilter(self._messages)
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)

    def _listen(self, system: QDBusConnection, session: QDBusConnection) -> None:
        if system.isConnected():
            manager = ("/org/freedesktop/login1", f"{_LOGIN}.Manager")
            system.connect(_LOGIN, *manager, "PrepareForSleep", self, _slot("_prepare(bool)"))
            system.connect(_LOGIN, "", f"{_LOGIN}.Session", "Lock", self, _slot("_lock()"))
        if session.isConnected():
            for name in _SCREEN_SAVERS:
                session.connect("", "", name, "ActiveChanged", self, _slot("_screen(bool)"))

    @Slot(bool)
    def _prepare(self, begins: bool) -> None:  # noqa: FBT001 - D-Bus's signature
        del begins  # before sleeping and after: the second finds nothing left to do
        self.slept.emit()

    @Slot()
    def _lock(self) -> None:
        self.locked.emit()

    @Slot(bool)
    def _screen(self, covered: bool) -> None:  # noqa: FBT001 - D-Bus's signature
        if covered:
            self.locked.emit()


class _WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages of Windows about power and sessions."""

    def __init__(self, watch: SystemWatch) -> None:
        super().__init__()
        self._watch = watch

    @override
    def nativeEventFilter(self, eventType: object, message: int) -> object:
        from ctypes import wintypes  # noqa: PLC0415 - Windows only

        found = wintypes.MSG.from_address(int(message))
        if found.message == _WM_POWERBROADCAST and found.wParam == _SUSPEND:
            self._watch.slept.emit()
        elif found.message == _WM_WTSSESSION_CHANGE and found.wParam in _AWAY:
            self._watch.locked.emit()
        return False, 0


def _slot(signature: str) -> Any:
    """Return a slot as Qt names it to C++."""
    # WORKAROUND(PySide6 6.11): the stub says bytes, the binding takes text and nothing else.
    return SLOT(signature)
