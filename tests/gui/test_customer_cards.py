"""Changing customers in the window: the editor, the ledger, cards kept twice, groups, birthdays."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
import shiboken6

from desktop_app.customers.editing import (
    add_customer,
    add_group,
    change_customer,
    get_own_card,
)
from desktop_app.customers.ledger import correct_balance
from desktop_app.customers.merging import merge_customers
from desktop_app.customers.operations import find_customers, get_customer, list_groups
from desktop_app.customers.records import (
    Account,
    ContactKind,
    ContactRow,
    CustomerForm,
    CustomerState,
    GroupForm,
    MergeWish,
)
from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.screens.customers.apart_dialog import ApartDialog, PartDialog
from desktop_app.gui.screens.customers.consent_dialogs import ConsentDialog, WithdrawDialog
from desktop_app.gui.screens.customers.editor_dialog import CustomerDialog
from desktop_app.gui.screens.customers.groups_dialog import BirthdaysDialog, GroupsDialog
from desktop_app.gui.screens.customers.merge_dialog import DuplicatesDialog, MergeDialog
from desktop_app.gui.screens.customers.message_dialog import MessageDialog
from desktop_app.gui.screens.customers.movement_dialog import MovementDialog, TakeBackDialog
from desktop_app.gui.widgets.toast import Toast
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import list_products
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales.counter import quote_sale
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from tests.gui.people_room import demo_desk, demo_template
from tests.gui.test_shell import unnamed

__all__ = ["demo_desk", "demo_template"]


@pytest.fixture
def shown(demo_desk):
    window, screen = demo_desk.open("customers")
    demo_desk.qtbot.waitUntil(lambda: screen.list is not None and screen.card is not None)
    demo_desk.qtbot.waitUntil(lambda: screen.list.table.records.rowCount() > 0)
    return window, screen


def opened(qtbot, screen, kind):
    """Wait for a dialog of a kind and return it."""
    qtbot.waitUntil(lambda: isinstance(screen.deeds.dialog, kind)
                    and shiboken6.isValid(screen.deeds.dialog)
                    and screen.deeds.dialog.isVisible())  # fmt: skip
    return screen.deeds.dialog


def gone(dialog):
    return not shiboken6.isValid(dialog) or not dialog.isVisible()


def card_of(qtbot, screen, number):
    screen.show_target(number)
    qtbot.waitUntil(lambda: screen.card.card is not None and screen.card.card.row.id == number)
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.card)
    return screen.card.card


def test_somebody_is_added_and_their_card_opens(qtbot, shown):
    _, screen = shown
    screen.list.add.click()
    dialog = opened(qtbot, screen, CustomerDialog)
    assert not unnamed(dialog)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: dialog.form.row("name").error != "")
    dialog.name.setText("Zərifə Təzə")
    dialog.phone.setText("12, 050 998 87 76")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: "cannot be a telephone" in dialog.form.row("phone").error)
    dialog.phone.setText("050 998 87 76, 055 998 87 76")
    dialog.born.setText("30.02.1990")
    dialog.done_button.click()
    assert "28.02.1990" in dialog.more.row("birth_date").error
    dialog.born.setText("29/02/2000")
    dialog.tags.setText("vip, yeni")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.card)
    card = screen.card.card
    assert (card.row.name, card.birth_date) == ("Zərifə Təzə", date(2000, 2, 29))
    assert [one.value for one in card.contacts] == ["+994509988776", "+994559988776"]
    assert list(card.tags) == ["vip", "yeni"]


def test_a_conflict_says_what_is_stored_now(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    number = app.call(find_customers, "").rows[0].id
    card_of(qtbot, screen, number)
    screen.card.edit_button.click()
    dialog = opened(qtbot, screen, CustomerDialog)
    own = app.call(get_own_card, number)
    changed = CustomerForm(
        own.form.name, own.form.kind, own.form.contacts, own.form.birth_date, own.form.tax_id,
        own.form.group_id, "başqasının qeydi", own.form.tags,
    )  # fmt: skip
    app.call(change_customer, number, own.version, changed)
    dialog.name.setText("Yeni Ad")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: "başqasının qeydi" in dialog.more.row("note").error)
    assert "Somebody else" in dialog.banner.accessibleName()
    dialog.note.setPlainText("başqasının qeydi")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    card = app.call(get_customer, number)
    assert (card.row.name, card.note) == ("Yeni Ad", "başqasının qeydi")


def test_a_consent_is_written_down_and_withdrawn(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    number = app.call(add_customer, CustomerForm("Razı Olan"))
    card_of(qtbot, screen, number)
    screen.card.consents.give.click()
    dialog = opened(qtbot, screen, ConsentDialog)
    assert not unnamed(dialog)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: "exact words" in dialog.form.row("wording").error)
    dialog.wording.setPlainText("Təkliflər almağa razıyam.")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: len(screen.card.card.consents) == 1)
    (button,) = screen.card.consents.withdraw
    assert button.accessibleName()
    button.click()
    dialog = opened(qtbot, screen, WithdrawDialog)
    assert not unnamed(dialog)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: screen.card.consents.withdraw == [])
    (consent,) = app.call(get_customer, number).consents
    assert (consent.purpose, consent.wording) == ("marketing", "Təkliflər almağa razıyam.")
    assert consent.withdrawn_at is not None


def test_a_message_is_written_down(qtbot, shown):
    window, screen = shown
    number = window.bridge.app.call(add_customer, CustomerForm("Yazan"))
    card_of(qtbot, screen, number)
    screen.card.history.choice.choose("messages")
    screen.card.history.write.click()
    dialog = opened(qtbot, screen, MessageDialog)
    assert not unnamed(dialog)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: dialog.form.row("text").error != "")
    dialog.text.setPlainText("Masa istəyirəm.")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: screen.card.history.messages.records.rowCount() == 1)
    (one,) = screen.card.card.communications
    assert (one.direction, one.channel, one.text) == ("in", "counter", "Masa istəyirəm.")


def test_bonus_is_corrected_and_taken_back(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    number = next(row.id for row in app.call(find_customers, "", limit=400).rows if row.bonus_minor)
    before = card_of(qtbot, screen, number).row.bonus_minor
    screen.card.history.choice.choose("balance")
    screen.card.history.correct.click()
    dialog = opened(qtbot, screen, MovementDialog)
    assert not unnamed(dialog)
    dialog.amount.setText("-99999")
    dialog.reason.setText("sınaq")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: "not so much" in dialog.form.row("amount").error)
    dialog.amount.setText("7,50")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: screen.card.card.row.bonus_minor == before + 750)
    screen.card.history.choice.choose("balance")
    balance = screen.card.history.balance
    balance.selectRow(0)
    screen.card.history.take_back.click()
    dialog = opened(qtbot, screen, TakeBackDialog)
    dialog.reason.setText("səhv")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: screen.card.card.row.bonus_minor == before)


def test_two_cards_are_put_together_and_taken_apart(qtbot, shown):
    _, screen = shown
    screen.list.duplicates.click()
    dialog = opened(qtbot, screen, DuplicatesDialog)
    pairs = [dialog.table.record(at) for at in range(dialog.table.records.rowCount())]
    assert all(pair.score >= 60 for pair in pairs)
    pair = next(pair for pair in pairs if pair.first.name != pair.second.name)
    dialog.wanted.emit(pair)
    dialog = opened(qtbot, screen, MergeDialog)
    assert not unnamed(dialog)
    assert (dialog.wish.kept_id, dialog.wish.gone_id) == (pair.first.id, pair.second.id)
    dialog.choices["name"][1].setChecked(True)
    assert "name" in dialog.wish.take
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(screen.card.joined.isVisible)
    assert screen.card.card.row.name == pair.second.name
    screen.card.joined.buttons[0].click()
    qtbot.waitUntil(lambda: not screen.card.joined.isVisible())
    assert screen.card.card.row.name == pair.first.name


def test_what_was_changed_since_is_asked_about_before_two_cards_are_parted(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    kept, other = (app.call(add_customer, CustomerForm(name)) for name in ("Bir", "İki"))
    app.call(merge_customers, MergeWish(kept, 1, other, 1, ["name"]))
    app.call(change_customer, kept, 2, CustomerForm("İkinci"))
    card_of(qtbot, screen, kept)
    qtbot.waitUntil(screen.card.joined.isVisible)
    screen.card.joined.buttons[0].click()
    dialog = opened(qtbot, screen, PartDialog)
    assert not unnamed(dialog)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: screen.card.card.row.name == "Bir")
    assert app.call(get_customer, other).row.name == "İkinci"


def test_a_pair_is_marked_as_two_people_and_the_mark_taken_away(qtbot, shown):
    _, screen = shown
    screen.list.duplicates.click()
    dialog = opened(qtbot, screen, DuplicatesDialog)
    count = dialog.table.records.rowCount()
    pair = dialog.table.record(0)
    dialog.table.selectRow(0)
    dialog.apart_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    dialog = opened(qtbot, screen, DuplicatesDialog)
    assert dialog.table.records.rowCount() == count - 1
    dialog.marked_button.click()
    dialog = opened(qtbot, screen, ApartDialog)
    assert not unnamed(dialog)
    row = dialog.table.record(0)
    assert {row.first.id, row.second.id} == {pair.first.id, pair.second.id}
    dialog.undo_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    dialog = opened(qtbot, screen, DuplicatesDialog)
    assert dialog.table.records.rowCount() == count
    dialog.accept()


def test_a_card_is_put_away_and_found_there(qtbot, shown):
    _, screen = shown
    number = screen.list.table.record(0).id
    card_of(qtbot, screen, number)
    screen.card.archive_button.click()
    qtbot.waitUntil(lambda: screen.card.card.row.state == "archived")
    screen._show_list()
    screen.list.show_filter(Asked(chosen={"state": "archived"}))
    qtbot.waitUntil(lambda: screen.list.table.records.rowCount() == 1)
    assert screen.list.table.record(0).id == number
    screen.list.show_filter(Asked())
    card_of(qtbot, screen, number)
    screen.card.archive_button.click()
    qtbot.waitUntil(lambda: screen.card.card.row.state == "active")


def test_groups_are_kept_and_one_in_use_stays(qtbot, shown):
    window, screen = shown
    screen.list.groups.click()
    dialog = opened(qtbot, screen, GroupsDialog)
    assert not unnamed(dialog)
    dialog.name.setText("Qızıl")
    dialog.discount.setText("on")
    dialog.done_button.click()
    assert "percentage" in dialog.form.row("discount").error
    dialog.discount.setText("12,5 %")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: dialog.table.records.rowCount() == 5)
    rows = {one.name: one for one in window.bridge.app.call(list_groups)}
    assert rows["Qızıl"].discount_bp == 1250
    used = next(one for one in rows.values() if one.customers)
    dialog.removed.emit(used)
    qtbot.waitUntil(lambda: "cannot be removed" in dialog.banner.accessibleName())
    dialog.removed.emit(rows["Qızıl"])
    qtbot.waitUntil(lambda: dialog.table.records.rowCount() == 4)
    dialog.accept()


def test_birthdays_lead_to_a_card(qtbot, shown):
    _, screen = shown
    screen.list.birthdays.click()
    dialog = opened(qtbot, screen, BirthdaysDialog)
    row = dialog.table.record(0)
    dialog._open(0)
    qtbot.waitUntil(lambda: screen.card.card is not None and screen.card.card.row.id == row.id)
    qtbot.waitUntil(partial(gone, dialog))


def test_who_may_not_change_is_told_why(qtbot, demo_desk):
    _, screen = demo_desk.open("customers", name="nigar")
    qtbot.waitUntil(lambda: screen.list is not None or screen.locked is not None)
    if screen.list is not None:
        assert not screen.list.add.isEnabled()
        assert "Needs the right" in screen.list.add.toolTip()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("tax_id", "1400057431", "VÖEN"),
        ("tax_id", "140005742", "ten digits"),
        ("phone", "050 12", "cannot be a telephone"),
        ("email", "leyla@", "not an e-mail"),
        ("born", "01.01.2999", "has not come"),
        ("note", "q" * 10_001, "10"),
        ("name", "q" * 301, "300"),
        ("tags", ",".join(f"t{n}" for n in range(31)), "30"),
    ],
)
def test_what_is_wrong_with_a_card_stands_beside_its_field(qtbot, shown, field, typed, said):
    _, screen = shown
    screen.list.add.click()
    dialog = opened(qtbot, screen, CustomerDialog)
    dialog.name.setText("Sınaq")
    edit = getattr(dialog, field)
    (edit.setPlainText if field == "note" else edit.setText)(typed)
    dialog.done_button.click()
    forms = {"name": dialog.form, "phone": dialog.form, "email": dialog.form}
    row = forms.get(field, dialog.more).row({"born": "birth_date"}.get(field, field))
    qtbot.waitUntil(lambda: said in row.error)
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()


def test_awkward_cards_are_shown_and_changed_as_they_are(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    name, note = "محمد بن سلمان 👨\u200d🍳", "q" * 5_000 + "\n" + "İ" * 4_999
    screen.list.add.click()
    dialog = opened(qtbot, screen, CustomerDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData("company"))
    dialog.name.setText(f"{name}\u202e")
    dialog.tax_id.setText("1400057421")
    dialog.phone.setText("+49 30 901820, 00 994 50 123 45 67")
    dialog.address.setPlainText("Berlin, Straße 1\nBakı, Nizami küç. 3")
    dialog.born.setText("29.02.2000")
    dialog.tags.setText("🌿, vip, vip")
    dialog.note.setPlainText(note)
    wide = window.width()
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.card)
    card = screen.card.card
    assert (card.row.name, card.note, card.birth_date) == (name, note, date(2000, 2, 29))
    assert [one.value for one in card.contacts] == [
        "+4930901820", "+994501234567", "Berlin, Straße 1", "Bakı, Nizami küç. 3",
    ]  # fmt: skip
    assert (list(card.tags), card.tax_id) == (["vip", "🌿"], "1400057421")
    assert window.width() == wide
    screen.card.edit_button.click()
    dialog = opened(qtbot, screen, CustomerDialog)
    dialog.done_button.click()  # nothing typed: nothing changes
    qtbot.waitUntil(lambda: gone(dialog))
    own = app.call(get_own_card, card.row.id).form
    assert (own.name, own.note, own.tax_id) == (name, note, "1400057421")
    qtbot.waitUntil(lambda: screen.card.card.version == card.version + 1)


def test_a_movement_opens_the_receipt_it_belongs_to(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    plov = next(row for row in app.call(list_products) if row.kind is ProductKind.DISH)
    group = app.call(add_group, GroupForm("Qazanan", cashback_bp=1000))
    guest = app.call(add_customer, CustomerForm("Qazanan Qonaq", group_id=group))
    sale = NewSale([SaleLine(plov.id, unit_price_minor=1000)], [], customer_id=guest)
    due = app.call(quote_sale, sale).sums.due_minor
    paid = replace(sale, payments=[SalePayment(PaymentMethod.CASH, due)])
    done = app.call(enter_sale, paid)
    card_of(qtbot, screen, guest)
    balance = screen.card.history.balance
    qtbot.waitUntil(lambda: balance.records.rowCount() == 1)
    wanted = []
    screen.card.order_wanted.connect(wanted.append)
    balance.activated_row.emit(0)
    assert wanted == [done.order_id]


def undo(qtbot, window):
    toast = window.findChild(Toast)
    qtbot.waitUntil(lambda: toast.isVisible() and toast._undo is not None)
    toast._undone()


def test_a_change_of_a_card_is_undone_at_once(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    mail = ContactRow(ContactKind.EMAIL, "a@b.az", preferred=True)
    phone = ContactRow(ContactKind.PHONE, "+994501112233")
    number = app.call(add_customer, CustomerForm("Geri Qayıdan", contacts=(phone, mail)))
    own = app.call(get_own_card, number).form
    card_of(qtbot, screen, number)
    screen.card.edit_button.click()
    dialog = opened(qtbot, screen, CustomerDialog)
    dialog.note.setPlainText("səhv qeyd")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: gone(dialog))
    assert app.call(get_own_card, number).form == replace(own, note="səhv qeyd")
    undo(qtbot, window)
    qtbot.waitUntil(lambda: app.call(get_own_card, number).form == own)
    qtbot.waitUntil(lambda: screen.card.card.note == "")
    screen.card.archive_button.click()
    qtbot.waitUntil(lambda: screen.card.card.row.state is CustomerState.ARCHIVED)
    qtbot.waitUntil(lambda: "put away" in window.findChild(Toast).accessibleName())
    undo(qtbot, window)
    qtbot.waitUntil(lambda: screen.card.card.row.state is CustomerState.ACTIVE)


def test_the_list_is_filtered_by_group_tag_and_money(qtbot, shown):
    window, screen = shown
    app = window.bridge.app
    owing = app.call(add_customer, CustomerForm("Borclu Qonaq", tags=("gizli söz",)))
    app.call(correct_balance, owing, Account.BALANCE, -500, "borc")
    records = screen.list.table.records
    filters = screen.list.bar
    tags = filters._controls["tag"]
    qtbot.waitUntil(lambda: tags.findData("gizli söz") > 0)
    group = app.call(list_groups)[0]
    for wanted, count in (
        ({"tag": "gizli söz"}, 1),
        ({"tag": "gizli söz", "money": "owes"}, 1),
        ({"group": str(group.id)}, group.customers),
    ):
        screen.list.show_filter(Asked(chosen=wanted))
        qtbot.waitUntil(lambda count=count: records.rowCount() == count)
    filters.show_filter(Asked(chosen={"tag": "gizli söz", "money": "owes"}))
    assert filters.state() == {"money": "owes"}  # beside the store lies no word about people
