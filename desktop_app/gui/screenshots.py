"""Pictures of every screen, light and dark, in Azerbaijani and English.

For the demonstration, the README and whoever changes a screen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.app import App
from desktop_app.customers.operations import find_customers
from desktop_app.gui import start, theme
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.finders import Finders
from desktop_app.gui.palette import CommandPalette
from desktop_app.gui.text import set_language
from desktop_app.gui.tokens import THEMES
from desktop_app.gui.window import Window
from desktop_app.orders.operations import list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.sign_in import Reception
from desktop_app.venue.operations import get_venue

SIZE = (1440, 900)
SETTLE_MS = 700
LANGUAGES = ("az", "en")
Step = tuple[str, Callable[[], None]]


def take(folder: Path, user: str, password: str, out: Path) -> list[Path]:
    """Sign in to the store of `folder` and write `screen-theme-language.png` files into `out`."""
    application = QApplication.instance() or start.prepare(sys.argv[:1])
    out.mkdir(parents=True, exist_ok=True)
    with Reception(folder, keyring=False).sign_in(user, password) as session:
        camera = _Camera(session, out)
        camera.finished = application.quit
        camera.begin()
        application.exec()
        camera.window.hide()
    return camera.taken


class _Camera(QObject):
    """Goes from screen to screen, lets each settle, and takes its picture."""

    def __init__(self, session: App, out: Path) -> None:
        super().__init__()
        self.taken: list[Path] = []
        self.finished: Callable[[], None] = lambda: None
        self._out = out
        self._orders = session.call(list_orders, OrderFilter(), limit=1).rows
        self._customers = session.call(find_customers, "", limit=1).rows
        self.window = Window(session, SCREENS)
        self.window.show_commands(providers=Finders(self.window.shell).providers)
        self.window.show_venue(session.call(get_venue).name)
        self.window.resize(*SIZE)
        self.window.show()
        self._steps: Iterator[tuple[str, Callable[[], None]]] = self._plan()
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._shoot)
        self._name = ""

    def begin(self) -> None:
        """Start with the first picture."""
        self._next()

    def _plan(self) -> Iterator[Step]:
        for language in LANGUAGES:
            for tokens in THEMES.values():
                yield "", partial(self._dress, language, tokens.name)
                for name, step in self._visits():
                    yield f"{name}-{tokens.name}-{language}", step

    def _visits(self) -> Iterator[Step]:
        for spec in SCREENS:
            yield spec.key, partial(self.window.go, spec.key)
        if self._orders:
            yield "order", partial(self.window.go, "orders", self._orders[0].id)
        if self._customers:
            yield "customer", partial(self.window.go, "customers", self._customers[0].id)
        yield "palette", self.window.open_palette

    def _dress(self, language: str, name: str) -> None:
        set_language(language)
        theme.apply(THEMES[name])

    def _next(self) -> None:
        try:
            self._name, step = next(self._steps)
        except StopIteration:
            self.finished()
            return
        step()
        self._timer.start()

    def _close_palette(self) -> None:
        for palette in self.window.findChildren(CommandPalette):
            palette.close_palette()

    def _shoot(self) -> None:
        if self._name:
            path = self._out / f"{self._name}.png"
            self.window.grab().save(str(path))
            self.taken.append(path)
        self._close_palette()
        self._next()
