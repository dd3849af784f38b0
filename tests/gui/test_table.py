"""The record table on a million rows: jumps, pages, selection, copying, and the event loop."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPixmap

from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.records import copying
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.gui.widgets.records.header import LEAST
from desktop_app.gui.widgets.records.paged_model import KEPT_PAGES
from desktop_app.gui.widgets.records.picked import Picked
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.gui.widgets.records.row_painter import cut
from desktop_app.gui.widgets.records.source import PAGE, Anchors, Place
from tests.gui.million import Million, order, order_columns


@pytest.fixture
def million():
    made = Million()
    yield made
    made.close()


@pytest.fixture
def table(qtbot, million):
    made = RecordTable("Orders", order_columns(), million)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    made.show_request(1)
    qtbot.waitUntil(lambda: made.records.exact and made.records.rowCount() > 10_000)
    return made


def in_sight(table):
    return range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1)


def test_the_count_is_capped_until_the_anchors_are_here(qtbot, million):
    table = RecordTable("Orders", order_columns(), million)
    qtbot.addWidget(table)
    said = []
    table.counted.connect(said.append)
    table.show_request(1)
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["10,000+", "1,000,000"]


def test_a_jump_to_any_row_shows_that_row(qtbot, table):
    for row in (999_999, 500_123, 1_000, 7):
        table.scrollTo(table.records.index(row, 0))
        qtbot.waitUntil(lambda row=row: table.record(row) is not None)
        assert table.record(row) == order(1_000_000 - row)


def test_anchors_put_every_row_within_one_step_of_a_known_key():
    anchors = Anchors(1_000_000, tuple(range(1_000, 1_000_000, 1_000)))
    for row in (0, 999, 1_000, 1_001, 123_456, 999_999):
        place = anchors.place(row)
        assert place.skip < 1_000
        assert (place.after or 0) + place.skip == row
    assert anchors.place(0) == Place(None, 0, PAGE)


def test_scrolling_a_million_rows_never_holds_the_event_loop(qtbot, table, watchdog):
    bar = table.verticalScrollBar()
    with watchdog:
        for step in range(120):
            bar.setValue(bar.value() + (90 if step % 10 else bar.maximum() // 15))
            qtbot.wait(1)
        qtbot.waitUntil(lambda: all(table.record(row) for row in in_sight(table)))
    print(f"\nlongest hold while scrolling {watchdog.longest_s * 1000:.1f} ms")


def test_opening_another_filter_never_holds_the_event_loop(qtbot, table, watchdog):
    with watchdog:
        for step in (3, 7, 1):
            table.show_request(step)
            total = 1_000_000 // step
            qtbot.waitUntil(lambda total=total: table.records.rowCount() == total)
    print(f"\nlongest hold while filtering {watchdog.longest_s * 1000:.1f} ms")


def test_an_answer_for_an_outdated_filter_is_dropped(qtbot, table):
    for step in (2, 3, 5, 1_000):
        table.show_request(step)
    qtbot.waitUntil(lambda: table.records.rowCount() == 1_000)
    qtbot.wait(50)
    assert table.records.rowCount() == 1_000
    assert table.record(3) == order(1_000_000 - 3_000)


def test_pages_that_scrolled_away_are_not_fetched(qtbot, table, million):
    million.pages_asked.clear()
    bar = table.verticalScrollBar()
    for at in range(1, 200):
        bar.setValue(bar.maximum() * at // 200)
    qtbot.waitUntil(lambda: all(table.record(row) for row in in_sight(table)))
    assert len(million.pages_asked) < 20
    assert len(table.records._pages) <= KEPT_PAGES


def test_select_all_is_quick_and_holds_no_million_indexes(qtbot, table, watchdog):
    with watchdog:
        table.selectAll()
        qtbot.wait(10)
        assert len(table.picked()) == 1_000_000
    place = table.visualRect(table.records.index(2, 0)).center()
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place
    )
    assert table.picked() == Picked([(2, 2)], 1_000_000, all_but=True)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.picked() == Picked([(2, 2)], 1_000_000)


def test_picked_rows_yield_the_right_numbers():
    assert list(Picked([(1, 2), (5, 5)], 8).rows(10)) == [1, 2, 5]
    assert list(Picked([(1, 2), (5, 5)], 8, all_but=True).rows(4)) == [0, 3, 4, 6]


def test_copying_fetches_what_is_not_loaded_and_says_what_it_left_out(
    qtbot, table, monkeypatch, watchdog
):
    monkeypatch.setattr(copying, "COPY_CAP", 2_000)
    table.selectAll()
    with watchdog, qtbot.waitSignal(table.copied, timeout=10_000) as copied:
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [2_000, 998_000]
    assert copying.copied_text(*copied.args).startswith("2000 rows copied. 998000 more rows")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "Order"
    assert len(lines) == 2_001
    assert lines[2_000].split("\t")[0] == "N998001"
    assert lines[1].split("\t")[-1] == f"{order(1_000_000).minor / 100:.2f}"


def test_the_keyboard_moves_picks_and_opens(qtbot, table):
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.picked() == Picked([(1, 2)], 1_000_000)
    with qtbot.waitSignal(table.activated_row) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [2]
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: table.current_record() == order(1))


def test_a_click_on_a_heading_asks_for_another_order(qtbot, table):
    table._header.sectionClicked.emit(6)
    assert table.records.request.sort == Sort("total", descending=False)
    table._header.sectionClicked.emit(6)
    assert table.records.request.sort == Sort("total", descending=True)
    table._header.sectionClicked.emit(4)
    assert table.records.request.sort == Sort("total", descending=True)


def test_a_cell_says_its_heading_and_value(table):
    index = table.records.index(0, 4)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(role) == f"Served by: {order(1_000_000).server}"
    assert table.records.index(700_000, 4).data(role) == "Served by: loading"


def test_a_short_list_in_memory_sorts_itself(qtbot):
    columns = order_columns()
    columns[0] = type(columns[0])(
        "Order", lambda row: str(row.id), sort="id", sort_value=lambda row: row.id
    )
    table = RecordTable("Orders", columns)
    qtbot.addWidget(table)
    table.show_records([order(2), order(9), order(4)])
    assert [table.record(row).id for row in range(3)] == [2, 9, 4]
    table._header.sectionClicked.emit(0)
    assert [table.record(row).id for row in range(3)] == [2, 4, 9]


def test_a_cell_that_is_cut_says_the_rest_when_it_is_pointed_at(table):
    record = table.record(0)
    place = table.visualRect(table.records.index(0, 4)).center()
    assert table._cut_text(place) == ""
    table.setColumnWidth(0, 48)
    place = table.visualRect(table.records.index(0, 0)).center()
    assert table._cut_text(place) == f"N{record.id}"
    assert table._cut_text(QPoint(5, -5)) == ""


def test_the_whole_of_a_badge_and_of_a_name_beside_a_picture_is_told(qapp):
    badge = Column("State", str, kind="badge", mood=lambda text: Mood(text, "ok"))
    plain = Column("Name", str, kind="strong")
    pictured = Column("Name", str, kind="strong", picture=lambda _: QPixmap())
    text = "Qaymaq və bal"
    fits = next(width for width in range(60, 300) if not cut(plain, text, width))
    assert cut(plain, text, fits - 1) == text
    assert cut(pictured, text, fits) == text
    assert not cut(pictured, text, fits + 38)
    assert cut(badge, text, 60) == text
    assert not cut(badge, text, 300)


def test_a_column_that_stretches_stays_readable_where_there_is_no_room(qtbot, table):
    header = table.horizontalHeader()
    (at,) = (at for at, one in enumerate(order_columns()) if one.stretch)
    for width in (1600, 500, 1600, 320):
        table.resize(width, 600)
        others = sum(header.sectionSize(one) for one in range(header.count()) if one != at)
        least = min(LEAST, order_columns()[at].width)
        qtbot.waitUntil(
            lambda others=others, least=least: (
                header.sectionSize(at) == max(least, table.viewport().width() - others)
            )
        )
