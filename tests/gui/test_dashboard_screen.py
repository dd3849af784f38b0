"""The dashboard on real stores: figures, comparison, what needs attention, what a role sees."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.backup.operations import add_target, run_backup, verify_backups
from desktop_app.backup.records import TargetRow
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.screens.dashboard.spans import Kind, Span, around
from desktop_app.gui.text import set_language
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.kernel.words import msg
from desktop_app.orders.records import OrderFilter, OrderSort, OrderStatus
from desktop_app.reports.records import DiskRoom
from desktop_app.reports.rules import Facts, Harm, ImportFact, Mend, attention, safety
from tests.gui.sales_room import NOW, add_orders, close, new_store, sale, sign_in
from tests.gui.test_shell import unnamed

LAST_WEEK = NOW - timedelta(days=7)
TODAY = date(2026, 11, 23)


def two_mondays():
    """Yield 22.00 ₼ today, and a week ago 13.00 until now and 30.00 in the evening."""
    yield sale("T1", NOW - timedelta(hours=6), 1000)
    yield sale("T2", NOW - timedelta(hours=1), 1200, ("Çay", "Çay və qəhvə"))
    yield sale("L1", LAST_WEEK - timedelta(hours=5), 1500)
    yield sale("L2", LAST_WEEK - timedelta(hours=2), 500)
    yield sale("L3", LAST_WEEK + timedelta(hours=2), 3000)
    yield sale("L4", LAST_WEEK - timedelta(hours=1), -700, status=OrderStatus.REFUNDED)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mondays") / "store"
    with new_store(folder) as app:
        add_orders(app, two_mondays())
        app._store.keys.unlocked.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def store(template, tmp_path):
    return shutil.copytree(template, tmp_path / "store")


@pytest.fixture
def open_dashboard(qtbot):
    made = []

    def show(folder, name="owner", now=NOW):
        window = Window(sign_in(folder, name, now), SCREENS)
        made.append(window)
        window.show()
        return window, window.page("dashboard")

    yield show
    for window in made:
        close(qtbot, window)


def shown(screen, name):
    """Wait for nothing; return what a tile says aloud."""
    return screen.board.tiles[name].accessibleName()


def filled(qtbot, screen):
    qtbot.waitUntil(lambda: ", " in shown(screen, "orders") or ": " in shown(screen, "orders"))


def words(widget):
    return [made.text() for made in widget.findChildren(QLabel) if made.text()]


def buttons(widget):
    return {made.accessibleName(): made for made in widget.findChildren(QPushButton)}


def test_today_is_held_to_the_same_hours_of_a_week_ago(qtbot, store, open_dashboard):
    window, screen = open_dashboard(store)
    filled(qtbot, screen)
    assert window._top.heading() == "Good evening, owner"
    assert screen.sentence == "Monday, 23 Nov 2026 · the business day runs until 06:00"
    # 15.00 + 5.00 - 7.00 until 20:00 a week ago, not the 30.00 of the evening.
    assert shown(screen, "sales") == "Sales: ₼22.00, +69.2%, vs ₼13.00 a week ago by 20:00"
    assert shown(screen, "orders") == "Orders: 2, 3 in all last Monday"
    assert shown(screen, "refunds") == "Refunds: ₼0.00, No refunds"
    assert screen.bar.title.text() == "Today, 23 Nov 2026"
    assert "13:00 ₼10.00" in screen.board.line.accessibleDescription()
    assert "Çay və qəhvə ₼12.00; Plov ₼10.00" in screen.board.bars.accessibleDescription()
    assert "1. Çay, 1 sold, ₼12.00" in [
        made.accessibleName() for made in screen.board.best.findChildren(object)
        if hasattr(made, "accessibleName")
    ]  # fmt: skip


def test_a_past_day_is_held_to_the_whole_day_before(qtbot, store, open_dashboard):
    _, screen = open_dashboard(store)
    filled(qtbot, screen)
    for _ in range(7):
        screen.bar.earlier.click()
    qtbot.waitUntil(lambda: shown(screen, "sales").startswith("Sales: ₼43.00"))
    assert screen.bar.title.text() == "Monday, 16 Nov 2026"
    assert "Nothing to compare with" in shown(screen, "sales")
    assert shown(screen, "refunds").startswith("Refunds: ₼7.00, 1 refund")


def test_the_day_begins_with_the_opening_hour(qtbot, store, open_dashboard):
    with sign_in(store) as app:
        night = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # 01:30 in Baku, still Monday's business
        add_orders(app, iter([sale("NIGHT", night, 900)]))
    _, screen = open_dashboard(store, now=datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    filled(qtbot, screen)
    labels = screen.board.line._labels
    assert labels[-1] == "01:00"
    assert labels.index("23:00") < labels.index("00:00") < labels.index("01:00")
    assert screen.bar.title.text() == "Today, 23 Nov 2026"


def test_without_sales_today_the_newest_day_is_shown_and_said(qtbot, store, open_dashboard):
    _, screen = open_dashboard(store, now=NOW + timedelta(days=3))
    filled(qtbot, screen)
    note = "No sales yet today: this is Monday, 23 Nov 2026, the newest."
    assert screen.bar.note.text() == note
    assert screen.bar.title.text() == "Monday, 23 Nov 2026"
    qtbot.waitUntil(lambda: shown(screen, "sales").startswith("Sales: ₼22.00, −48.8%"))


@pytest.mark.parametrize(
    ("tile", "wanted"),
    [
        ("sales", OrderFilter(20261123, 20261123)),
        ("average", OrderFilter(20261123, 20261123, sort=OrderSort.LARGEST)),
        ("refunds", OrderFilter(20261123, 20261123, OrderStatus.REFUNDED)),
    ],
)
def test_a_tile_opens_the_orders_it_sums(qtbot, store, open_dashboard, tile, wanted):
    window, screen = open_dashboard(store)
    filled(qtbot, screen)
    screen.board.tiles[tile].setFocus()
    qtbot.keyClick(screen.board.tiles[tile], Qt.Key.Key_Return)
    assert window.key == "orders"
    orders = window.page("orders")
    qtbot.waitUntil(lambda: orders.list is not None and orders.list.count.text() != "Reading…")
    request = orders.list.table.records.request
    from desktop_app.gui.screens.orders.source import filter_of

    assert filter_of(request) == wanted


def test_the_keyboard_walks_through_the_periods(qtbot, store, open_dashboard):
    _, screen = open_dashboard(store)
    filled(qtbot, screen)
    qtbot.keyClick(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.bar.title.text() == "Yesterday, 22 Nov 2026"
    screen.bar.kinds.choose(Kind.MONTH)
    assert screen.bar.title.text() == "November 2026"
    qtbot.waitUntil(lambda: shown(screen, "sales").startswith("Sales: ₼65.00"))


def test_a_new_sale_is_seen_without_asking(qtbot, store, open_dashboard):
    window, screen = open_dashboard(store)
    filled(qtbot, screen)
    add_orders(window.bridge.app, iter([sale("T3", NOW, 5000)]))
    qtbot.waitUntil(lambda: shown(screen, "sales").startswith("Sales: ₼72.00"))


def test_a_missing_backup_is_first_and_has_the_button_that_sets_one_up(
    qtbot, store, open_dashboard
):
    window, screen = open_dashboard(store)
    gone = []
    window.shell.asked_to_go.connect(lambda key, _: gone.append(key))
    qtbot.waitUntil(lambda: "There is no backup" in words(screen.attention))
    assert window._top.safety.accessibleName() == "No backup yet"
    buttons(screen.attention)["Set up a backup"].click()
    assert gone == ["backups"]


def test_a_backup_is_mended_step_by_step_from_the_list(qtbot, store, tmp_path, open_dashboard):
    window, screen = open_dashboard(store)
    window.bridge.app.call(add_target, "USB", str(tmp_path / "usb"))
    text = "Nothing has been backed up to “USB” yet"
    qtbot.waitUntil(lambda: text in words(screen.attention))
    buttons(screen.attention)["Back up now"].click()
    text = "The backup in “USB” was never verified"
    qtbot.waitUntil(lambda: text in words(screen.attention), timeout=20_000)
    assert window._top.safety.accessibleName() == "Backup not verified"
    buttons(screen.attention)["Verify now"].click()
    qtbot.waitUntil(
        lambda: "Nothing needs you right now" in words(screen.attention), timeout=20_000
    )
    assert window._top.safety.accessibleName() == "Backup verified just now"
    qtbot.waitUntil(lambda: not window.jobs.rows)


def test_an_old_backup_is_said_after_the_hours_of_the_setting(
    qtbot, store, tmp_path, open_dashboard
):
    with sign_in(store) as app:
        app.call(add_target, "USB", str(tmp_path / "usb"))
        app.call(run_backup)
        app.call(verify_backups)
    window, screen = open_dashboard(store, now=NOW + timedelta(hours=27))
    qtbot.waitUntil(lambda: "The backup in “USB” is old" in words(screen.attention))
    assert window._top.safety.accessibleName() == "Backup 27 h ago"


def test_what_was_noticed_at_sign_in_can_be_put_away(qtbot, store, open_dashboard):
    app = sign_in(store)
    app.notices.append(msg("This computer has no keyring."))
    window = Window(app, SCREENS)
    screen = window.page("dashboard")
    window.show()
    qtbot.waitUntil(lambda: "This computer has no keyring." in words(screen.attention))
    buttons(screen.attention)["Understood"].click()
    qtbot.waitUntil(lambda: not any(one.mend is Mend.NOTED for one in screen.attention.shown))
    assert app.notices == []
    close(qtbot, window)


def test_an_empty_store_shows_the_first_steps(qtbot, tmp_path, open_dashboard):
    new_store(tmp_path / "empty").close()
    window, screen = open_dashboard(tmp_path / "empty")
    qtbot.waitUntil(screen.first_steps.isVisible)
    qtbot.waitUntil(lambda: not screen.board.tiles["sales"].isVisible())
    gone = []
    window.shell.asked_to_go.connect(lambda key, _: gone.append(key))
    screen.first_steps.import_button.click()
    screen.first_steps.backup_button.click()
    assert gone == ["exchange", "backups"]
    window.go("dashboard")
    add_orders(window.bridge.app, two_mondays())
    qtbot.waitUntil(screen.board.tiles["sales"].isVisible)
    qtbot.waitUntil(lambda: not screen.first_steps.isVisible())


def test_staff_see_why_there_are_no_figures(qtbot, store, open_dashboard):
    window, screen = open_dashboard(store, "elvin")
    assert "Your role does not see sales figures" in words(screen.reduced)
    qtbot.waitUntil(screen.reduced.isVisible)
    buttons(screen.reduced)["Show the orders"].click()
    assert window.key == "orders"


@pytest.mark.parametrize("name", ["owner", "elvin"])
def test_every_control_has_a_name(qtbot, store, open_dashboard, name):
    window, screen = open_dashboard(store, name)
    if name == "owner":
        filled(qtbot, screen)
    assert not unnamed(window)


def test_the_page_never_holds_the_event_loop(qtbot, store, open_dashboard, watchdog):
    window, screen = open_dashboard(store)
    filled(qtbot, screen)
    with watchdog:
        for kind in (Kind.WEEK, Kind.MONTH, Kind.CHOSEN, Kind.DAY):
            screen.bar.kinds.choose(kind)
            qtbot.wait(60)
        window.go("orders")
        window.go("dashboard")
        qtbot.wait(60)
    print(f"\nlongest hold of the dashboard {watchdog.longest_s * 1000:.1f} ms")


def test_the_page_is_drawn(qtbot, store, open_dashboard, photograph):
    window, screen = open_dashboard(store)
    filled(qtbot, screen)
    qtbot.waitUntil(lambda: bool(screen.attention.shown))
    photograph(window, "screen_dashboard_en")


def test_another_language_greets_in_it(qtbot, store, open_dashboard):
    window, _ = open_dashboard(store)
    set_language("ru")
    screen = window.page("dashboard")
    filled(qtbot, screen)
    assert "22,00 ₼" in shown(screen, "sales").replace("\u00a0", " ")


# --- periods and rules, without a window


def test_periods_are_held_to_their_like():
    day = around(Kind.DAY, TODAY, TODAY)
    assert day.before() == Span(Kind.DAY, date(2026, 11, 16), date(2026, 11, 16))
    week = around(Kind.WEEK, date(2026, 11, 25), date(2026, 11, 25))
    assert week == Span(Kind.WEEK, TODAY, date(2026, 11, 25))
    assert week.before() == Span(Kind.WEEK, date(2026, 11, 16), date(2026, 11, 18))
    month = around(Kind.MONTH, TODAY, TODAY)
    assert month.before() == Span(Kind.MONTH, date(2026, 10, 1), date(2026, 10, 23))
    whole = around(Kind.MONTH, date(2026, 2, 3), TODAY)
    assert whole.before() == Span(Kind.MONTH, date(2026, 1, 1), date(2026, 1, 31))
    some = Span(Kind.CHOSEN, date(2026, 11, 10), date(2026, 11, 14))
    assert some.before() == Span(Kind.CHOSEN, date(2026, 11, 5), date(2026, 11, 9))
    assert Span(Kind.CHOSEN, None, TODAY).before() is None


def test_steps_stay_by_today():
    month = around(Kind.MONTH, date(2026, 1, 15), TODAY)
    assert month.shifted(-1, TODAY) == around(Kind.MONTH, date(2025, 12, 1), TODAY)
    assert around(Kind.MONTH, date(2026, 10, 1), TODAY).shifted(1, TODAY).last == TODAY
    assert around(Kind.WEEK, TODAY, TODAY).shifted(-1, TODAY).last == date(2026, 11, 22)


def target(name="USB", *, ok=True, good_hours=1, verified=True):
    good = NOW - timedelta(hours=good_hours)
    return TargetRow(1, name, "/usb", good, ok, good, good if verified else None)


def test_what_can_hurt_most_is_first():
    concerns = attention(
        Facts(
            NOW,
            [target("A", verified=False), target("B", ok=False), target("C", good_hours=30)],
            room=DiskRoom("/data", 100_000_000),
            imports=[ImportFact(1, NOW - timedelta(hours=1), "maven", ["a.csv"], finished=False)],
            notices=[msg("Hello")],
        )
    )
    assert [(one.harm, one.mend) for one in concerns] == [
        (Harm.GRAVE, Mend.FREE_SPACE),
        (Harm.GRAVE, Mend.BACK_UP),
        (Harm.RISK, Mend.VERIFY),
        (Harm.RISK, Mend.BACK_UP),
        (Harm.RISK, Mend.IMPORT_AGAIN),
        (Harm.NOTE, Mend.NOTED),
    ]


def test_an_import_that_runs_or_was_done_again_needs_nothing():
    def found(at, finished):
        return ImportFact(1, at, "maven", ["a.csv"], finished)

    cut_off = found(NOW - timedelta(hours=2), finished=False)
    again = found(NOW - timedelta(hours=1), finished=True)
    assert [one.mend for one in attention(Facts(NOW, imports=[cut_off]))] == [Mend.IMPORT_AGAIN]
    assert not attention(Facts(NOW, imports=[again, cut_off]))
    assert not attention(Facts(NOW, imports=[found(NOW - timedelta(minutes=2), finished=False)]))


def test_what_is_not_known_is_not_complained_about():
    assert attention(Facts(NOW)) == []
    assert safety(Facts(NOW)) is None
    assert [one.mend for one in attention(Facts(NOW, targets=[]))] == [Mend.SET_UP_BACKUP]


def test_card_numbers_that_a_search_found_need_attention():
    (concern,) = attention(Facts(NOW, cards_found=3))
    assert (concern.harm, concern.mend) == (Harm.RISK, Mend.SEE_CARDS)
    assert str(concern.message) == "3 texts in the store hold card data"


def test_that_one_person_decides_alone_is_noted_where_it_is_so():
    assert attention(Facts(NOW)) == []
    (only,) = attention(Facts(NOW, only_one_decides=True))
    assert (only.harm, only.mend) == (Harm.NOTE, Mend.SEE_DEEDS)
    assert str(only.message) == "One person decides alone"
    left = [msg("Change a role"), msg("Erase a person's data")]
    (one,) = attention(Facts(NOW, deeds_without_second=left[:1]))
    assert str(one.detail) == "Nobody is left who could agree to: Change a role."
    (two,) = attention(Facts(NOW, deeds_without_second=left))
    assert str(two.detail) == "Nobody is left who could agree to 2 deeds that need it."


def test_the_owner_sees_on_the_dashboard_that_nobody_else_could_agree(
    qtbot, store, open_dashboard, photograph
):
    def noted(screen):
        return [one for one in screen.attention.shown if one.mend is Mend.SEE_DEEDS]

    window, screen = open_dashboard(store)
    qtbot.waitUntil(lambda: noted(screen) != [], timeout=20_000)
    photograph(window, "dashboard_alone")
    with sign_in(store, "owner") as owner:
        keys = owner._store.keys.unlocked
        keys.add_user("murad", Role.MANAGER, "demo", weak_password_allowed=True)
    _other, second = open_dashboard(store, "murad")
    screen.watch.look()
    qtbot.waitUntil(lambda: noted(screen) == [], timeout=20_000)
    assert noted(second) == []


def test_the_newest_verified_backup_speaks_for_all():
    assert str(safety(Facts(NOW, [target(good_hours=2)])).message) == "Backup verified 2 h ago"
    assert safety(Facts(NOW, [target(good_hours=2)])).harm is None
    assert safety(Facts(NOW, [target(good_hours=72)])).harm is Harm.RISK
    assert safety(Facts(NOW, [])).harm is Harm.GRAVE
