"""Every part drawn once in both themes, kept to look at in tests/artefacts."""

import pytest
from PySide6.QtCore import QItemSelectionModel

from desktop_app.gui.desk import DeskState
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.text import set_language
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import msg
from tests.gui import gallery
from tests.gui.desk_room import RoomDesk


@pytest.fixture
def window(qtbot):
    made = gallery.window()
    made.show()
    yield made
    if "orders" in made._pages:
        made.page("orders").source.close()
    with qtbot.waitSignal(made.closed):
        made.close()


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_dashboard_is_drawn(window, photograph, language):
    set_language(language)
    window.page("dashboard").line.hover(9)
    photograph(window, f"dashboard_{language}")


def test_the_orders_are_drawn(window, photograph, qtbot):
    window.go("orders")
    table = window.page("orders").table
    qtbot.waitUntil(lambda: table.records.exact and table.record(5) is not None)
    for at in (3, 4, 5):
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.records.index(at, 0), rows)
    photograph(window, "orders")


def test_the_small_parts_are_drawn(window, photograph):
    window.go("menu")
    photograph(window, "parts")


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_palette_is_drawn(window, photograph, language):
    set_language(language)
    window.open_palette()
    window._palette.field.setText("ku" if language == "az" else "cus")
    photograph(window, f"palette_{language}")
    window._palette.close_palette()


@pytest.mark.parametrize("page", ["unlock", "recover", "first_start", "create", "code"])
@pytest.mark.parametrize("language", ["en", "az"])
def test_the_sign_in_is_drawn(qtbot, photograph, page, language):
    set_language(language)
    state = DeskState.READY if page in ("unlock", "recover") else DeskState.EMPTY
    desk = RoomDesk(state)
    window = SignInWindow(desk)
    qtbot.addWidget(window)
    window.show()
    if page == "recover":
        window.show_recover()
        window.page.code.paste("012342 012345 037026")
    elif page == "create":
        window.show_create()
    elif page == "code":
        window.show_create()
        window.page.venue.setText("Şirvanşah")
        window.page.owner.setText("Aysel")
        for field in (window.page.password, window.page.again):
            field.field.setText("correct horse battery")
        window.page.submit()
        qtbot.waitUntil(lambda: hasattr(window.page, "groups"))
    elif page == "unlock":
        window.page.password.field.setText("correct horse")
        window.page.password.field.caps_lock.emit(True)
        error = NotAllowedError(msg("The password is wrong."))
        window.page.show_text(str(error))
    photograph(window, f"sign_in_{page}_{language}")
    desk.lane.shutdown()
