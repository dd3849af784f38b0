"""Pictures of every screen, light and dark, in Azerbaijani and English.

For the demonstration, the README and whoever changes a screen.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.customers.operations import find_customers
from desktop_app.db.operation import Operation
from desktop_app.gui import theme
from desktop_app.gui.bridge import Running, Session
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.finders import Finders
from desktop_app.gui.front_desk import FrontDesk
from desktop_app.gui.palette import CommandPalette
from desktop_app.gui.restore.room import RestoreRoom
from desktop_app.gui.restore.wizard import RestoreWizard
from desktop_app.gui.screenshot_dialogs import CODE, dialogs
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.start import prepare, run_until
from desktop_app.gui.text import language, set_language
from desktop_app.gui.tokens import THEMES
from desktop_app.gui.window import Window
from desktop_app.kernel.clock import Clock
from desktop_app.menu.operations import find_products
from desktop_app.orders.operations import list_orders
from desktop_app.orders.records import OrderFilter

SIZE = (1440, 900)
STAFF = "elvin"  # of the demonstration, with its password
LANGUAGES = ("az", "en")
PATIENCE_S = 15.0
STILL = 6  # looks in a row in which nothing runs and the picture stays the same
_VEIL = 110
_DISH = "Şah plov"
_FILE = """Kod;Ad Soyad;Telefon;E-poçt;Doğum tarixi;Ünvan;Balans;Qeyd
Y101;Xalidə Səmədova;050 012 11 22;xalide@example.com;14.02.1988;Bakı, Xaqani küçəsi 12;12,50;
Y102;Ильяс Гасанов;+994 55 012 33 44;ilyas@example.com;03.11.1979;;0;Terrasda oturur
Y103;Murad Əfəndiyev;0700125566;;27.06.1995;Bakı, 28 May küçəsi 4;-5,00;
Y105;;0500129900;;;;0;Adı yazılmayıb
"""


def take(
    folder: Path, user: str, password: str, out: Path, *, clock: Clock | None = None
) -> list[Path]:
    """Sign in to the store of `folder` and write `screen-theme-language.png` files into `out`."""
    if QApplication.instance() is None:
        prepare(sys.argv[:1])
    out.mkdir(parents=True, exist_ok=True)
    desk = FrontDesk(folder, clock=clock, keyring=False)
    with tempfile.TemporaryDirectory() as empty:
        camera = _Camera(out)
        _doors(camera, desk, Path(empty))
        entered = desk.sign_in(user, password)
        run_until(entered.done, PATIENCE_S)
        session = _Counting(entered.result())
        camera.busy = lambda: session.busy
        try:
            _screens(camera, session, desk.venue(), Path(empty))
        finally:
            session.close()
        try:
            _staff(camera, desk, password)
        finally:
            desk.close()
    return camera.taken


class _Counting:
    """A session that knows whether it still has work; everything else is the session's own."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._running: list[Future[Any]] = []
        self.actor = session.actor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    @property
    def on_change(self) -> Callable[[frozenset[str]], None]:
        """Return who is told of changes."""
        return self._session.on_change

    @on_change.setter
    def on_change(self, told: Callable[[frozenset[str]], None]) -> None:
        self._session.on_change = told

    @property
    def busy(self) -> bool:
        """Tell whether something was started that is not over."""
        self._running = [future for future in self._running if not future.done()]
        return bool(self._running)

    def start(self, op: Operation[Any, Any], /, *args: Any, **kwargs: Any) -> Running[Any]:
        """Start an operation and remember it."""
        running = self._session.start(op, *args, **kwargs)
        self._running.append(running.future)
        return running

    def close(self) -> None:
        """Let go of the store."""
        self._session.close()


class _Camera:
    """Waits until a window has come to rest, and keeps its picture."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.taken: list[Path] = []
        self.busy: Callable[[], bool] = lambda: False

    def shoot(self, name: str, window: QWidget, over: QWidget | None = None) -> None:
        """Keep the picture of a window, with a dialog over it where there is one."""
        last: QImage | None = None
        still = 0

        def at_rest() -> bool:
            nonlocal last, still
            image = (over or window).grab().toImage()
            still = still + 1 if image == last and not self.busy() else 0
            last = image
            return still >= STILL

        run_until(at_rest, PATIENCE_S)
        picture = window.grab()
        if over is not None:
            painter = QPainter(picture)
            painter.fillRect(QRect(QPoint(), window.size()), QColor(0, 0, 0, _VEIL))
            corner = QPoint(window.width() - over.width(), window.height() - over.height()) / 2
            painter.drawPixmap(corner, over.grab())
            painter.end()
        path = self._out / f"{name}-{theme.theme.tokens.name}-{language()}.png"
        picture.save(str(path))
        self.taken.append(path)


def _dresses() -> list[tuple[str, str]]:
    return [(spoken, name) for spoken in LANGUAGES for name in THEMES]


def _dress(spoken: str, name: str) -> None:
    set_language(spoken)
    theme.apply(THEMES[name])


def _doors(camera: _Camera, desk: FrontDesk, empty: Path) -> None:
    """Picture what is seen before anybody has signed in."""
    first = FrontDesk(empty / "store", keyring=False)
    for spoken, name in _dresses():
        _dress(spoken, name)
        for place, shown in (("first-start", first), ("sign-in", desk)):
            window = SignInWindow(shown)
            window.resize(*SIZE)
            window.show()
            camera.shoot(place, window)
            if shown is first:
                window.show_create()
                camera.shoot("new-restaurant", window)
                wizard = RestoreWizard(RestoreRoom(), empty / "store", here=True, parent=window)
                wizard.open()
                camera.shoot("restore", window, wizard)
                wizard.reject()
            else:
                window.show_choose("aysel", CODE)
                camera.shoot("choose-password", window)
            window.hide()
            window.deleteLater()
    first.close()


def _staff(camera: _Camera, desk: FrontDesk, password: str) -> None:
    """Picture what somebody sees from whom customers and the trail are kept."""
    if STAFF not in {user.name for user in desk.users()}:
        return
    entered = desk.sign_in(STAFF, password)
    run_until(entered.done, PATIENCE_S)
    session = _Counting(entered.result())
    camera.busy = lambda: session.busy
    for spoken, name in _dresses():
        _dress(spoken, name)
        with _window(session, desk.venue()) as window:
            for place, key, target in (
                ("staff-customers", "customers", None),
                ("staff-settings", "settings", None),
                ("staff-access", "access", "me"),
                ("staff-people", "access", "people"),
            ):
                window.go(key, target)
                camera.shoot(place, window)
    session.close()


def _screens(camera: _Camera, session: _Counting, venue: str, room: Path) -> None:
    """Picture every screen of the window, and what opens from them."""
    file = room / "customers.csv"
    file.write_text(_FILE, encoding="utf-8-sig")
    orders = session.call(list_orders, OrderFilter(), limit=1).rows
    customers = session.call(find_customers, "", limit=1).rows
    dishes = session.call(find_products, _DISH, limit=1)
    for spoken, name in _dresses():
        _dress(spoken, name)
        with _window(session, venue) as window:
            window.show_commands(providers=Finders(window.shell).providers)
            for spec in SCREENS:
                window.go(spec.key)
                camera.shoot(spec.key, window)
            for place, key, target in (
                ("order", "orders", orders[0].id if orders else None),
                ("customer", "customers", customers[0].id if customers else None),
                ("product", "menu", dishes[0].id if dishes else None),
                ("import-preview", "exchange", [file]),
                ("access-people", "access", "people"),
                ("access-roles", "access", "roles"),
                ("access-me", "access", "me"),
            ):
                if target is not None:
                    window.go(key, target)
                    camera.shoot(place, window)
            window.go(SCREENS[0].key)
            window.open_palette()
            camera.shoot("palette", window)
            for palette in window.findChildren(CommandPalette):
                palette.close_palette()
            for place, dialog in dialogs(window, session):
                dialog.show()
                camera.shoot(place, window, dialog)
                dialog.close()


@contextmanager
def _window(session: _Counting, venue: str) -> Iterator[Window]:
    """Open a window in the dress in force; it is gone before the next one is put on."""
    window = Window(session, SCREENS)
    window.show_venue(venue)
    window.resize(*SIZE)
    window.show()
    yield window
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
