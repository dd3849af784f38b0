"""The main job through the window: set up, import, look, back up, restore, sign in there, copy."""

import gc
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.customers.operations import find_customers
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.front_desk import FrontDesk
from desktop_app.gui.restore.wizard import RestoreWizard
from desktop_app.gui.start import Front
from desktop_app.gui.window import Window
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.vault.cost import KdfCost
from tests.gui.safe_room import said
from tests.gui.step_up_room import give_password
from tests.gui.watchdog import Watchdog

DATA = Path(__file__).parents[3] / "shared" / "data"
COFFEE = [DATA / "datasets" / "coffee_vending" / f"index_{n}.csv" for n in (1, 2)]
PEOPLE = DATA / "people" / "customers_az_ru_tr.csv"
OWNER, PASSWORD = "Aysel", "seven grey herons over the pond"
PATIENCE = 60_000

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not PEOPLE.exists(), reason="the real data are not beside the repository"),
]


class Person:
    """Somebody in front of the window; everything they do is watched for a held event loop."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.longest_s = 0.0
        self.report = None

    def open_program(self, folder):
        desk = FrontDesk(folder, keyring=False, cost=KdfCost.FLOOR)
        front = Front(desk, folder, SCREENS)
        front.dress("en")
        front.show_sign_in()
        return desk, front

    def wait(self, condition):
        watchdog = Watchdog()
        with watchdog:
            self.qtbot.waitUntil(condition, timeout=PATIENCE)
        self.longest_s = max(self.longest_s, watchdog.longest_s)

    def set_up(self, front):
        """Make the store, keep the key, go in; return the key."""
        window = front.shown
        window.page.submit()
        page = window.page
        page.venue.setText("Şirvanşah")
        page.owner.setText(OWNER)
        for field in (page.password, page.again):
            field.field.setText(PASSWORD)
        page.submit()
        self.wait(lambda: hasattr(window.page, "groups"))
        page = window.page
        for at, field in page.fields.items():
            field.setText(page.groups[at])
        key = "-".join(page.groups)
        page.submit()
        self.wait(lambda: isinstance(front.shown, Window))
        return key

    def sign_in(self, front):
        front.shown.page.password.field.setText(PASSWORD)
        front.shown.page.submit()
        self.wait(lambda: isinstance(front.shown, Window))
        return front.shown

    def take_in(self, window, paths):
        seen = self.report
        window.go("exchange", paths)
        screen = window.page("exchange")
        outcome = screen.outcome
        self.wait(lambda: outcome.isVisible() and outcome.go.isEnabled())
        self.wait(lambda: outcome.report is not seen)
        screen.outcome.go.click()
        self.wait(screen.outcome.leave.hasFocus)
        self.report = outcome.report
        return self.report

    def back_up(self, window, place):
        window.go("backups")
        screen = window.page("backups")
        self.wait(lambda: screen.known is not None)
        screen.empty.chosen.emit()
        screen.dialog.name.setText("USB stick")
        screen.dialog.folder.show_path(place)
        screen.dialog.action.click()
        self.wait(lambda: bool(screen.cards) and screen.cards[0].badge.mood.text == "Not verified")
        self.wait(lambda: not screen._working)
        screen.verify("USB stick", full=True)
        self.wait(lambda: screen.cards[0].badge.mood.text == "Safe")
        assert "Everything is there and unchanged" in said(screen.outcome)
        self.wait(lambda: not window.jobs.rows)
        return screen

    def restore(self, screen, key, into):
        screen.open_wizard()
        wizard = screen.wizard
        assert isinstance(wizard, RestoreWizard)
        for leave, arrive in (
            (lambda: None, wizard.key),
            (lambda: wizard.key.code.paste(key), wizard.inside),
            (lambda: None, wizard.target),
            (lambda: wizard.target.folder.show_path(into), wizard.outcome),
        ):
            leave()
            wizard.go_on()
            self.wait(lambda arrive=arrive: wizard.step is arrive)
        assert "Everything is back" in said(wizard.outcome)
        wizard.go_on()

    def copy(self, window, customer, file):
        window.go("customers", customer.id)
        screen = window.page("customers")
        self.wait(lambda: screen.card is not None and screen.card.isVisible())
        screen.card.copy_wanted.emit()
        self.wait(lambda: screen.dialog is not None and screen.dialog.isVisible())
        screen.dialog.take_file(str(file))
        screen.dialog.write.click()
        give_password(self.qtbot, window, PASSWORD)
        self.wait(lambda: file.exists() and not window.jobs.rows)

    def leave(self, front):
        with self.qtbot.waitSignal(front.shown.closed, timeout=PATIENCE):
            front.shown.close()


@pytest.fixture
def person(qtbot):
    gc.collect()
    return Person(qtbot)


def figures(app):
    """Return sums that must be the same in the restored store."""
    return (
        app.call(count_orders, OrderFilter()),
        [app.call(sales_by, by, Period()).rows for by in (Dimension.DAY, Dimension.ITEM)],
        [one.name for one in app.call(find_customers, "").rows],
    )


def test_the_main_job_through_the_window(person, tmp_path):
    first_desk, front = person.open_program(tmp_path / "data")
    key = person.set_up(front)
    window = front.shown
    orders = person.take_in(window, COFFEE)
    people = person.take_in(window, [PEOPLE])
    assert orders.orders_added > 3_000
    assert people.customers_added > 100

    window.go("dashboard")
    dashboard = window.page("dashboard")
    person.wait(lambda: dashboard.bar is not None and dashboard.bar.isVisible())
    sales = dashboard.board.tiles["sales"]
    person.wait(lambda: any(digit in sales.accessibleName() for digit in "123456789"))

    backups = person.back_up(window, tmp_path / "usb")
    person.wait(lambda: window._top.safety.accessibleName() == "Backup verified just now")
    wanted = figures(window.bridge.app)
    person.restore(backups, key, tmp_path / "second")
    person.leave(front)
    first_desk.close()

    second_desk, front = person.open_program(tmp_path / "second")
    window = person.sign_in(front)
    assert figures(window.bridge.app) == wanted
    (customer, *_) = window.bridge.app.call(find_customers, "").rows
    file = tmp_path / "copy.pdf"
    person.copy(window, customer, file)
    with pypdfium2.PdfDocument(file) as paper:
        assert customer.name in paper[0].get_textpage().get_text_bounded()
    person.leave(front)
    second_desk.close()
    print(f"\nlongest hold of the event loop {person.longest_s * 1000:.0f} ms")
