"""What every test of the window needs: offscreen, our style, compiled catalogues, a watchdog."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui import theme
from desktop_app.gui.fonts import font, load_fonts
from desktop_app.gui.text import set_language
from desktop_app.gui.tokens import DARK, LIGHT
from desktop_app.kernel.resources import resource
from tests.gui.watchdog import Watchdog

ARTEFACTS = Path(__file__).parents[1] / "artefacts"

PATIENCE_MS = 90_000
"""How long a test waits for what must come. It costs nothing where it comes; a machine that is busy
with other things makes an answer of a tenth of a second take ten."""


def pytest_collection_modifyitems(items):
    for item in items:
        # The offscreen platform says this for windows with a least size, and for lists of offers.
        unsaid = "does not support (propagateSizeHints|raise|grabbing the keyboard)"
        quiet = pytest.mark.qt_log_ignore(unsaid, extend=True)
        item.add_marker(quiet)


class PatientBot(QtBot):
    """Waits as long as it takes: a time limit proves nothing on a shared machine.

    Only waits for what must *not* come (`assertNotEmitted`, `raising=False`) keep their own time.
    A widget put into a layout of a window that is shown already becomes visible in the next turn
    of the loop: `qtbot.waitUntil(box.isVisible)`, never `assert box.isVisible()`.
    """

    def waitUntil(self, callback, *, timeout=0):  # noqa: N802 - of pytest-qt
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal, *, timeout=0, raising=None, check_params_cb=None):  # noqa: N802
        patience = timeout if raising is False else max(timeout, PATIENCE_MS)
        return super().waitSignal(
            signal, timeout=patience, raising=raising, check_params_cb=check_params_cb
        )


@pytest.fixture
def qtbot(qapp, request):
    """Give pytest-qt's helper, with more patience than five seconds."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    load_fonts()
    qapp.setApplicationName("Clopos Desk")
    qapp.setFont(font())
    theme.apply(LIGHT)
    for po in resource("i18n").glob("*/gui*.po"):
        mo = po.with_suffix(".mo")
        if not mo.is_file() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as source:
                catalogue = read_po(source)
            with mo.open("wb") as compiled:
                write_mo(compiled, catalogue)


@pytest.fixture(scope="package", autouse=True)
def no_collection_on_workers():
    """Widgets die on the GUI thread only; see desktop_app/gui/garbage.py."""
    gc.disable()
    gc.collect()
    gc.freeze()
    yield
    gc.enable()
    gc.unfreeze()
    gc.collect()


@pytest.fixture(autouse=True)
def collected_here(no_collection_on_workers):
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def light_and_english(dressed):
    set_language("en")
    if theme.theme.tokens is not LIGHT:
        theme.apply(LIGHT)
    yield
    set_language("en")


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def photograph(qtbot):
    """Return a function that grabs a widget in both themes into tests/artefacts."""

    def grab(widget: QWidget, name: str) -> tuple[QImage, QImage]:
        ARTEFACTS.mkdir(exist_ok=True)
        images = []
        for tokens in (LIGHT, DARK):
            theme.apply(tokens)
            QApplication.processEvents()
            image = widget.grab().toImage()
            assert image.save(str(ARTEFACTS / f"{name}_{tokens.name}.png"))
            images.append(image)
        theme.apply(LIGHT)
        assert images[0] != images[1], "the widget looks the same in light and dark"
        return images[0], images[1]

    return grab
