"""The computer sleeps or is locked: told over a real message bus, as systemd and desktops do."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from desktop_app.gui.system_watch import SystemWatch

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")
LOGIN = "org.freedesktop.login1"


@pytest.fixture(scope="module")
def address():
    """Give the address of a message bus of our own."""
    program = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as daemon:
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture(scope="module")
def system(address):
    """Give the connection of who manages sessions on that bus."""
    made = QDBusConnection.connectToBus(address, "manager")
    assert made.registerService(LOGIN)
    yield made
    QDBusConnection.disconnectFromBus("manager")


@pytest.fixture
def watch(address, system):
    bus = QDBusConnection.connectToBus(address, "watch")
    yield SystemWatch(system=bus, session=bus)
    QDBusConnection.disconnectFromBus("watch")


def send(bus, path, interface, name, *values):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(values))
    assert bus.send(message)


def test_before_sleeping_the_window_is_told(qtbot, watch, system):
    with qtbot.waitSignal(watch.slept):
        path = "/org/freedesktop/login1"
        send(system, path, f"{LOGIN}.Manager", "PrepareForSleep", True)


def test_locking_the_session_is_told(qtbot, watch, system):
    with qtbot.waitSignal(watch.locked):
        send(system, "/org/freedesktop/login1/session/_31", f"{LOGIN}.Session", "Lock")


@pytest.mark.parametrize("saver", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_a_screen_saver_that_covers_the_screen_is_told(qtbot, watch, system, saver):
    path = "/" + saver.replace(".", "/")
    with qtbot.waitSignal(watch.locked):
        send(system, path, saver, "ActiveChanged", True)
    with qtbot.assertNotEmitted(watch.locked, wait=100):
        send(system, path, saver, "ActiveChanged", False)
