"""Stores of people for the screens of customers, imports and the trail, and a window on them."""

import shutil
from pathlib import Path

import pytest

from desktop_app.demo.operations import fill
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.window import Window
from desktop_app.vault.cost import KdfCost
from tests.gui.sales_room import NOW, new_store, reception, sign_in

DATA = Path(__file__).parents[3] / "shared" / "data"


def demo_folder(folder: Path) -> Path:
    fill(reception(folder), orders=1_500, cost=KdfCost.FLOOR, until=NOW)
    return folder


def empty_folder(folder: Path) -> Path:
    new_store(folder).close()
    return folder


class Desk:
    """Opens windows on copies of a store and closes them."""

    def __init__(self, qtbot, template: Path, tmp_path: Path) -> None:
        self.qtbot = qtbot
        self.folder = shutil.copytree(template, tmp_path / "store")
        self.windows: list[Window] = []

    def open(self, key, target=None, name="owner"):
        window = Window(sign_in(self.folder, name), SCREENS)
        self.windows.append(window)
        window.show()
        window.go(key, target)
        return window, window.page(key)

    def close(self):
        for window in self.windows:
            if not window._leaving:
                self.qtbot.waitUntil(lambda window=window: not window.jobs.rows)
                with self.qtbot.waitSignal(window.closed):
                    window.close()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory):
    return demo_folder(tmp_path_factory.mktemp("people") / "store")


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory):
    return empty_folder(tmp_path_factory.mktemp("nobody") / "store")


@pytest.fixture
def demo_desk(qtbot, demo_template, tmp_path):
    desk = Desk(qtbot, demo_template, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def empty_desk(qtbot, empty_template, tmp_path):
    desk = Desk(qtbot, empty_template, tmp_path)
    yield desk
    desk.close()
