"""The import screen: preview, the question about dates, import, stop, what nobody recognises."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from desktop_app.exchange.operations import list_imports
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from tests.gui.people_room import DATA, empty_desk, empty_template
from tests.gui.test_shell import unnamed

__all__ = ["empty_desk", "empty_template"]

HEADER = "id,date,time,name,size,type,price\n"


def pizzas(path: Path, days: int = 3, orders: int = 4, bad: int = 0) -> Path:
    lines = [HEADER]
    for day in range(1, days + 1):
        for order in range(orders):
            at = f"2015-{1 + (day - 1) // 28:02d}-{1 + (day - 1) % 28:02d},{11 + order % 10}:00:00"
            lines.append(f"2015-{day:04d}{order:04d},{at},hawaiian,M,classic,13.25\n")
    lines.extend(f"2015-9{at:07d},2015-12-30,12:00:00,hawaiian,M,classic,x\n" for at in range(bad))
    path.write_text("".join(lines), "utf-8")
    return path


def ambiguous(path: Path) -> Path:
    path.write_text("Kod,Ad,Telefon,Doğum tarixi\nC1,Leyla,0501234567,03/04/1990\n", "utf-8")
    return path


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("exchange")
    empty_desk.qtbot.waitUntil(lambda: screen.history is not None)
    return window, screen


def preview(qtbot, screen, *paths):
    screen.preview(list(paths))
    qtbot.waitUntil(lambda: screen.running is None, timeout=20_000)


def words(widget):
    return [made.text() for made in widget.findChildren(QLabel) if made.text()]


def test_the_formats_we_read_are_said(qtbot, shown):
    _, screen = shown
    said = words(screen.formats)
    for title in ("Square, items detail", "Pizza place (one row per pizza)", "List of customers"):
        assert title in said
    qtbot.waitUntil(screen.drop.choose.isVisible)


def test_a_preview_says_what_would_come_in_and_stores_nothing(qtbot, shown, tmp_path):
    window, screen = shown
    preview(qtbot, screen, pizzas(tmp_path / "pizza.csv", days=3, orders=4))
    outcome = screen.outcome
    qtbot.waitUntil(outcome.isVisible)
    assert outcome.sentence.text() == "Pizza place (one row per pizza)"
    assert outcome.figure("orders") == "12"
    assert outcome.figure("lines") == "12"
    assert outcome.figure("products") == "1"
    assert outcome.figure("revenue") == "₼159.00"
    assert outcome.figure("days") == "1 Jan 2015 – 3 Jan 2015"
    assert outcome.verdict.mood.text == "Nothing is stored yet"
    assert outcome.problems.isHidden()
    assert window.bridge.app.call(count_orders, OrderFilter()) == 0


def test_an_import_stores_and_a_second_one_adds_nothing(qtbot, shown, tmp_path):
    window, screen = shown
    file = pizzas(tmp_path / "pizza.csv")
    preview(qtbot, screen, file)
    screen.outcome.go.click()
    qtbot.waitUntil(screen.outcome.isVisible, timeout=20_000)
    assert screen.outcome.title.text() == "What came in"
    assert screen.outcome.figure("orders") == "12"
    assert window.bridge.app.call(count_orders, OrderFilter()) == 12
    qtbot.waitUntil(lambda: screen.history.table.records.rowCount() == 1)
    screen.outcome.leave.click()
    qtbot.waitUntil(screen.drop.isVisible)
    preview(qtbot, screen, file)
    assert screen.outcome.figure("orders") == "0"
    assert screen.outcome.figure("known") == "12"
    assert not screen.outcome.go.isEnabled()
    assert screen.outcome.verdict.mood.text == "Nothing new: all of it is here already"


def test_a_bad_row_is_listed_with_file_line_field_and_reason(qtbot, shown, tmp_path):
    _, screen = shown
    preview(qtbot, screen, pizzas(tmp_path / "pizza.csv", days=1, orders=2, bad=1))
    table = screen.outcome.problems
    qtbot.waitUntil(table.isVisible)
    row = [table.records.data(table.records.index(0, at)) for at in range(5)]
    assert row[:3] == ["pizza.csv", "4", "price"]
    assert "x" in row[3]
    assert row[4] == "Left out"
    assert screen.outcome.figure("rejected") == "1"
    assert screen.outcome.problem_line.text() == "1 problem · 1 row stays out"


def test_dates_that_prove_nothing_are_asked_about(qtbot, shown, tmp_path):
    window, screen = shown
    preview(qtbot, screen, ambiguous(tmp_path / "people.csv"))
    qtbot.waitUntil(screen.question.isVisible)
    assert "03/04/1990" in screen.question.question.text()
    assert "--day-first" not in " ".join(words(screen.question))
    assert not unnamed(window)
    screen.question.day_first.click()
    qtbot.waitUntil(screen.outcome.isVisible)
    assert screen.outcome.figure("customers") == "1"
    screen.outcome.go.click()
    qtbot.waitUntil(lambda: screen.outcome.title.text() == "What came in")
    assert screen.outcome.figure("customers") == "1"


def test_a_file_nobody_knows_is_answered_with_what_was_looked_for(qtbot, shown, tmp_path):
    _, screen = shown
    strange = tmp_path / "strange.csv"
    strange.write_text("alpha,beta\n1,2\n", "utf-8")
    preview(qtbot, screen, strange)
    qtbot.waitUntil(screen.banner.isVisible)
    said = screen.banner.accessibleName()
    assert "“strange.csv” is not in a format we read" in said
    assert "alpha, beta" in said
    assert "Square, items detail" in said
    qtbot.waitUntil(screen.drop.isVisible)


def test_files_can_be_dropped(qtbot, shown, tmp_path):
    _, screen = shown
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(pizzas(tmp_path / "pizza.csv")))])
    screen.drop.dropEvent(
        QDropEvent(
            QPointF(20, 20),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(screen.outcome.isVisible)
    assert screen.outcome.figure("orders") == "12"


def test_the_file_dialog_does_not_block_and_its_files_are_previewed(qtbot, shown, tmp_path):
    _, screen = shown
    screen.drop.choose.click()
    qtbot.waitUntil(screen.drop.dialog.isVisible)
    screen.drop.dialog.filesSelected.emit([str(pizzas(tmp_path / "pizza.csv"))])
    screen.drop.dialog.close()
    qtbot.waitUntil(screen.outcome.isVisible)


def test_a_stopped_import_keeps_whole_days_and_says_so(qtbot, shown, tmp_path):
    window, screen = shown
    app = window.bridge.app
    preview(qtbot, screen, pizzas(tmp_path / "pizza.csv", days=300, orders=120))
    screen.outcome.go.click()
    qtbot.waitUntil(screen.working.isVisible)
    assert "whole days" in screen.working.promise.text()
    qtbot.waitUntil(lambda: app.call(count_orders, OrderFilter()) > 0, timeout=20_000)
    screen.working.stop.click()
    qtbot.waitUntil(screen.banner.isVisible, timeout=20_000)
    assert "Whole days that are in stay in" in screen.banner.accessibleName()
    stored = app.call(count_orders, OrderFilter(), cap=None)
    assert 0 < stored < 36_000
    assert stored % 120 == 0
    assert not app.call(list_imports)[0].finished
    qtbot.waitUntil(lambda: screen.history.table.record(0) is not None)
    records = screen.history.table.records
    assert records.data(records.index(0, 7)) == "Stopped"


def test_importing_never_holds_the_event_loop(qtbot, shown, tmp_path, watchdog):
    _, screen = shown
    file = pizzas(tmp_path / "pizza.csv", days=40, orders=100, bad=400)
    with watchdog:
        screen.preview([file])
        qtbot.waitUntil(screen.outcome.isVisible, timeout=20_000)
        screen.outcome.go.click()
        qtbot.waitUntil(lambda: screen.outcome.title.text() == "What came in", timeout=30_000)
        qtbot.wait(100)
    print(f"\nlongest hold of the import {watchdog.longest_s * 1000:.1f} ms")


@pytest.mark.skipif(not DATA.is_dir(), reason="no real data here")
def test_real_square_files_are_previewed_with_their_notices(qtbot, shown):
    _, screen = shown
    files = sorted((DATA / "formats" / "square" / "items_detail_csv").glob("*.csv"))
    preview(qtbot, screen, *files)
    assert screen.outcome.sentence.text() == "Square, items detail"
    assert int(screen.outcome.figure("orders").replace(",", "")) > 1000
    assert any("USD" in text for text in words(screen.outcome))


def test_every_control_has_a_name(qtbot, shown, tmp_path):
    window, screen = shown
    assert not unnamed(window)
    preview(qtbot, screen, pizzas(tmp_path / "pizza.csv", bad=2))
    assert not unnamed(window)
