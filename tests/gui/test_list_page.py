"""The page of every list: filters, columns, both remembered; what Enter and changes do."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget

from desktop_app.db.operation import Kind, Operation
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.columns import KeptColumns
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import PagedQuery, WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.remembered import Remembered
from desktop_app.gui.text import ntr
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.flow import Flow
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.gui.widgets.records.source import Anchors, Answer, Opening, Place, Request
from desktop_app.kernel.access import Permission
from tests.gui.sales_room import new_store
from tests.gui.test_shell import unnamed

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Supplier:
    name: str
    kind: str
    debt: int


SUPPLIERS = [
    Supplier("Ət Dünyası", "meat", 40),
    Supplier("Bazar", "greens", 0),
    Supplier("Çay evi", "drinks", 70),
    Supplier("Dənizçi", "meat", 5),
]
COLUMNS = [
    Column("Name", lambda one: one.name, 200, "strong", stretch=True, key="name"),
    Column("Kind", lambda one: one.kind, 120, key="kind"),
    Column("Debt", lambda one: str(one.debt), 90, sort="debt", sort_value=lambda one: one.debt),
]
KINDS = [("meat", "Meat"), ("greens", "Greens"), ("drinks", "Drinks")]
CHIPS = (Choice("kind", "Kind", KINDS),)


def fits(one, asked):
    return matches(asked.text, one.name) and asked.of("kind") in ("", one.kind)


class Room:
    """A list of suppliers over a store that answers with `rows`."""

    def __init__(self, qtbot, app, settings):
        self.qtbot, self.app, self.settings = qtbot, app, settings
        self.rows = list(SUPPLIERS)
        self.told = []
        self.read = Operation(
            "test.suppliers", Permission.ANYONE, Kind.QUERY, lambda _tx: list(self.rows)
        )

    def open(self, person="1", choices=CHIPS, period="all"):
        bridge = Bridge(self.app)
        self.shell = Shell(bridge, remembered=Remembered(self.settings, person))
        self.shell.asked_to_tell.connect(lambda text, _: self.told.append(text))
        look = ListLook(
            "suppliers",
            "Suppliers",
            COLUMNS,
            frozenset({"supplier"}),
            EmptyState("search", "No supplier fits", "Look again.", "Show all"),
            EmptyState("truck", "No suppliers yet", "Add one.", "Add"),
            lambda n, shown: ntr("{shown} order", "{shown} orders", n, shown=shown),
            total=lambda records: f"debt {sum(one.debt for one in records)}",
        )
        source = WholeQuery(bridge, self.shell, COLUMNS, self.read, fits)
        page = ListPage(self.shell, look, FilterBar("Supplier", choices, TODAY, period), source)
        self.qtbot.addWidget(page)
        page.resize(1000, 600)
        page.show()
        page.begin()
        self.qtbot.waitUntil(lambda: page.listed is not None)
        return page

    def names(self, page):
        table = page.table
        return [table.record(at).name for at in range(table.records.rowCount())]

    def wait(self, page, *names):
        self.qtbot.waitUntil(lambda: self.names(page) == list(names))


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with new_store(tmp_path_factory.mktemp("lists") / "store") as made:
        yield made


@pytest.fixture
def room(qtbot, app, tmp_path):
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    return Room(qtbot, app, settings)


def test_words_and_chips_narrow_the_list_and_one_button_takes_it_back(qtbot, room):
    page = room.open()
    assert page.count.text() == "4 orders"
    assert page.bar.everything
    page.bar._controls["kind"].choose("meat")
    room.wait(page, "Ət Dünyası", "Dənizçi")
    page.bar.search.setText("denizci")  # however it is spelled
    room.wait(page, "Dənizçi")
    qtbot.waitUntil(page.bar.clear_button.isVisible)
    page.bar.search.setText("nobody")
    qtbot.waitUntil(lambda: page.middle.currentWidget() is page.nothing)
    page.nothing.chosen.emit()
    room.wait(page, *[one.name for one in SUPPLIERS])
    qtbot.waitUntil(lambda: not page.bar.clear_button.isVisible())


def test_a_list_without_rows_says_how_they_come(qtbot, room):
    room.rows = []
    page = room.open()
    assert page.middle.currentWidget() is page.empty


def test_filters_and_order_come_back_for_the_same_person_only_and_never_what_was_typed(
    qtbot, room, tmp_path
):
    page = room.open()
    page.bar._controls["kind"].choose("meat")
    room.wait(page, "Ət Dünyası", "Dənizçi")
    page.table._header.sectionClicked.emit(2)
    room.wait(page, "Dənizçi", "Ət Dünyası")
    page.bar.period.choose("month")
    page.bar.search.setText("dunyasi")
    room.wait(page, "Ət Dünyası")
    again = room.open()
    assert again.bar.wanted == Asked("", {"kind": "meat"}, date(2026, 11, 1), TODAY)
    assert again.table.records.request.sort == Sort("debt")
    assert again.count.text() == "2 orders · by “Debt” ↑"
    assert room.names(room.open("2")) == [one.name for one in SUPPLIERS]
    room.settings.sync()
    assert "dunyasi" not in (tmp_path / "window.ini").read_text("utf-8")


def test_days_of_ones_own_and_what_another_screen_asked_for_are_not_remembered(room):
    page = room.open(period="week")
    page.bar.period.show_days(date(2026, 1, 2), date(2026, 1, 5))
    page.show_filter(Asked("", {"kind": "drinks"}))
    room.wait(page, "Çay evi")
    again = room.open(period="week")
    assert again.bar.wanted == Asked("", {}, date(2026, 11, 17), TODAY)
    assert again.bar.wanted.first_day == 20261117


def test_offers_that_come_later_take_up_what_was_remembered(qtbot, room):
    later = (Choice("kind", "Kind"),)
    page = room.open(choices=later)
    box = page.bar._controls["kind"]
    assert box.isHidden()
    page.bar.offer("kind", KINDS)
    qtbot.waitUntil(box.isVisible)
    box.setCurrentIndex(box.findData("greens"))
    room.wait(page, "Bazar")
    again = room.open(choices=later)
    assert again.bar.wanted == Asked()
    again.bar.offer("kind", KINDS)
    room.wait(again, "Bazar")
    again.bar.offer("kind", KINDS[:1])  # what is gone cannot be wanted
    room.wait(again, *[one.name for one in SUPPLIERS])


def test_columns_are_hidden_moved_and_widened_for_good(qtbot, room):
    page = room.open()
    header = page.table.horizontalHeader()
    header.moveSection(2, 0)
    header.resizeSection(2, 155)
    hide = next(one for one in page.kept.menu(page).actions() if one.text() == "Kind")
    hide.setChecked(False)
    page.kept.save()
    again = room.open()
    shown = again.table.horizontalHeader()
    assert [shown.logicalIndex(at) for at in range(3)] == [2, 0, 1]
    assert shown.sectionSize(2) == 155
    assert again.table.isColumnHidden(1)
    again.kept.reset()
    assert [shown.logicalIndex(at) for at in range(3)] == [0, 1, 2]
    assert (shown.sectionSize(2), again.table.isColumnHidden(1)) == (90, False)


def test_a_spare_column_is_hidden_until_somebody_asks_for_it(room):
    page = room.open()
    columns = [*COLUMNS[:1], replace(COLUMNS[1], spare=True), *COLUMNS[2:]]
    remembered = Remembered(room.settings, "1")
    kept = KeptColumns(page.table, columns, remembered, "spare")
    assert page.table.isColumnHidden(1)
    next(one for one in kept.menu(page).actions() if one.text() == "Kind").setChecked(True)
    kept.save()
    KeptColumns(page.table, columns, remembered, "spare")
    assert not page.table.isColumnHidden(1)


def test_the_last_column_in_sight_cannot_be_hidden(room):
    page = room.open()
    for at in (0, 1):
        page.table.setColumnHidden(at, True)
    actions = {one.text(): one for one in page.kept.menu(page).actions()}
    assert not actions["Debt"].isEnabled()
    assert actions["Name"].isEnabled()


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[1]",
        '{"order": 7, "hidden": "name", "widths": []}',
        '{"order": ["gone", "kind"], "hidden": ["name", "kind", "debt"], "widths": {"debt": 1e9}}',
    ],
)
def test_what_somebody_wrote_into_the_file_breaks_nothing(room, kept):
    room.settings.setValue("people/1/columns/suppliers", kept)
    room.settings.setValue("people/1/wishes/suppliers", kept)
    page = room.open()
    assert room.names(page) == [one.name for one in SUPPLIERS]
    assert not any(page.table.isColumnHidden(at) for at in range(3))
    assert page.table.columnWidth(2) == 90


def test_enter_in_the_search_opens_the_only_one_or_goes_into_the_list(qtbot, room):
    page = room.open()
    opened = []
    page.opened.connect(opened.append)
    qtbot.keyClick(page.bar.search, Qt.Key.Key_Return)
    assert page.table.currentIndex().row() == 0
    page.bar.search.setText("bazar")
    room.wait(page, "Bazar")
    qtbot.keyClick(page.bar.search, Qt.Key.Key_Return)
    assert opened == [SUPPLIERS[1]]


def test_rows_that_are_picked_add_up_and_are_copied(qtbot, room):
    page = room.open()
    page.table.selectAll()
    assert page.sum.text().startswith("4 selected · debt 115")
    page.table.copy_picked()
    assert room.told == ["4 rows copied"]


def test_changes_show_at_once_unless_somebody_reads_further_down(qtbot, room):
    page = room.open()
    room.rows.append(Supplier("Fərid", "meat", 1))
    room.shell.bridge.changed.emit(frozenset({"pos_order"}))
    assert not page._rest.isActive()
    room.shell.bridge.changed.emit(frozenset({"supplier"}))
    qtbot.waitUntil(lambda: "Fərid" in room.names(page))
    page.table.selectRow(1)
    room.rows.append(Supplier("Gülüstan", "meat", 1))
    room.shell.bridge.changed.emit(frozenset({"supplier"}))
    qtbot.waitUntil(page.news.isVisible)
    assert page.news.accessibleName() == "1 new"
    page.news.chosen.emit()
    qtbot.waitUntil(lambda: "Gülüstan" in room.names(page))


def test_a_long_list_is_counted_up_to_a_cap_and_read_by_position(qtbot, app):
    rows = list(range(12_000))
    bridge, owner = Bridge(app), QWidget()
    qtbot.addWidget(owner)
    page = Operation(
        "test.page", Permission.ANYONE, Kind.QUERY,
        lambda _tx, least, skip, limit: [one for one in rows if one >= least][skip : skip + limit],
    )  # fmt: skip
    count = Operation(
        "test.count", Permission.ANYONE, Kind.QUERY,
        lambda _tx, least, cap: min(cap, sum(one >= least for one in rows)),
    )  # fmt: skip
    source = PagedQuery(bridge, owner, page, count, lambda request: request.filter * 100)
    got = []
    answer = Answer(got.append, pytest.fail)
    for ask, expected in (
        (lambda: source.open(Request(0), answer), Opening(rows[:256], None)),
        (lambda: source.open(Request(119), answer), Opening(rows[-100:], 100)),
        (lambda: source.open(Request(100), answer), Opening(rows[10_000:10_256], 2_000)),
        (lambda: source.page(Request(1), Place(None, 300), answer), rows[400:656]),
        (lambda: source.anchors(Request(1), answer), Anchors(11_900)),
        (lambda: source.recount(Request(2), got.append), 11_800),
    ):
        got.clear()
        ask()
        qtbot.waitUntil(lambda: bool(got))
        assert got == [expected]


def test_filters_go_on_in_the_next_line_where_there_is_no_room(qtbot):
    widgets = [QWidget() for _ in range(3)]
    for one in widgets:
        one.setFixedSize(100, 30)
    place = QWidget()
    qtbot.addWidget(place)
    place.setLayout(Flow(*widgets, gap=10))
    place.resize(330, 40)
    place.show()
    assert [(one.x(), one.y()) for one in widgets] == [(0, 0), (110, 0), (220, 0)]
    assert place.heightForWidth(330) == 30
    widgets[1].hide()
    place.resize(215, 80)
    qtbot.waitUntil(lambda: [(one.x(), one.y()) for one in widgets[::2]] == [(0, 0), (110, 0)])
    widgets[1].show()
    assert place.heightForWidth(215) == 70


def test_every_control_of_the_page_has_a_name(room):
    assert not unnamed(room.open())
