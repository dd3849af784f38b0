"""What is done from the list and from a card: dialogs, the calls they make, what is said after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.customers.consents import give_consent, withdraw_consent
from desktop_app.customers.editing import (
    add_customer,
    add_group,
    add_message,
    archive_customers,
    change_customer,
    change_group,
    get_own_card,
    remove_group,
)
from desktop_app.customers.ledger import correct_balance, take_back_movement
from desktop_app.customers.operations import list_birthdays, list_groups
from desktop_app.customers.records import (
    Account,
    BalanceRow,
    BirthdayRow,
    ConsentRow,
    CustomerCard,
    CustomerForm,
    CustomerState,
    GroupForm,
    GroupRow,
    NewConsent,
    NewMessage,
    OwnCard,
)
from desktop_app.exports.shown import export_shown_customers
from desktop_app.gui.lists.handing_out import hand_out_of
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.customers.consent_dialogs import ConsentDialog, WithdrawDialog
from desktop_app.gui.screens.customers.editor_dialog import CustomerDialog
from desktop_app.gui.screens.customers.groups_dialog import BirthdaysDialog, GroupsDialog
from desktop_app.gui.screens.customers.message_dialog import MessageDialog
from desktop_app.gui.screens.customers.movement_dialog import MovementDialog, TakeBackDialog
from desktop_app.gui.screens.customers.pair_deeds import PairDeeds
from desktop_app.gui.text import ntr, tr
from desktop_app.sales.loyalty import count_loyalty_due, settle_loyalty
from desktop_app.venue.records import VenueCard


class Deeds(QObject):
    """Opens the dialogs of the customers screen over `over`; `show(id)` opens a card."""

    def __init__(
        self, shell: Shell, over: QWidget, venue: VenueCard, show: Callable[[int], object]
    ) -> None:
        super().__init__(over)
        self._shell, self._over, self._show = shell, over, show
        self._currency = venue.currency
        self._bridge = shell.bridge
        self.pairs = PairDeeds(shell, over, venue, show, self._keep)
        self.dialog: QWidget | None = None

    def _keep(self, dialog: QWidget) -> None:
        self.dialog = dialog

    # --- cards

    def add(self) -> None:
        """Ask for a new customer."""
        self._bridge.ask(self, partial(self._open_editor, None), list_groups)

    def edit(self, customer_id: int) -> None:
        """Ask what is to change on a card."""
        self._bridge.ask(self, self._ask_groups, get_own_card, customer_id)

    def _ask_groups(self, card: OwnCard) -> None:
        self._bridge.ask(self, partial(self._open_editor, card), list_groups)

    def _open_editor(self, card: OwnCard | None, groups: Sequence[GroupRow]) -> None:
        dialog = CustomerDialog(groups, card, self._over)
        self.dialog = dialog
        dialog.asked.connect(partial(self._store, dialog))
        dialog.again.connect(partial(self._read_again, dialog))
        dialog.open()

    def _store(self, dialog: CustomerDialog, form: CustomerForm) -> None:
        card = dialog.card
        if card is None:
            then = partial(self._added, dialog)
            self._bridge.ask_or(dialog, then, dialog.refuse, add_customer, form)
        else:
            self._bridge.ask_or(
                dialog, partial(self._changed, dialog, card), dialog.refuse,
                change_customer, card.id, card.version, form,
            )  # fmt: skip

    def _read_again(self, dialog: CustomerDialog) -> None:
        if dialog.card is not None:
            self._bridge.ask(dialog, dialog.show_stored, get_own_card, dialog.card.id)

    def _added(self, dialog: CustomerDialog, customer_id: int) -> None:
        dialog.accept()
        self._shell.tell(tr("The customer is added."))
        self._show(customer_id)

    def _changed(self, dialog: CustomerDialog, before: OwnCard, version: int) -> None:
        """Say that it is stored; the card can be made what it was before at once."""
        dialog.accept()

        def back() -> None:
            then = partial(self._as_before, before.id)
            self._bridge.ask(self, then, change_customer, before.id, version, before.form)

        self._shell.tell(tr("The card is stored."), back)
        self._show(before.id)

    def _as_before(self, customer_id: int, _: int) -> None:
        self._shell.tell(tr("It is as it was before"))
        self._show(customer_id)

    def archive(self, card: CustomerCard) -> None:
        """Put a card away, or take it out again."""
        away = card.row.state is not CustomerState.ARCHIVED
        then = partial(self._archived, card.row.id, away)
        self._bridge.ask(self, then, archive_customers, [card.row.id], away=away)

    def _archived(self, customer_id: int, away: object, _: int) -> None:
        said = tr("The card is put away; nothing of it is removed.")

        def back() -> None:
            then = partial(self._as_before, customer_id)
            self._bridge.ask(self, then, archive_customers, [customer_id], away=not away)

        self._shell.tell(said if away else tr("The card is in use again."), back)
        self._show(customer_id)

    # --- what they agreed to

    def give(self, card: CustomerCard) -> None:
        """Ask what somebody agreed to."""
        dialog = ConsentDialog(card.row.name, self._over)
        self.dialog = dialog
        dialog.asked.connect(partial(self._give, dialog, card.row.id))
        dialog.open()

    def _give(self, dialog: ConsentDialog, customer_id: int, new: NewConsent) -> None:
        self._bridge.ask_or(
            dialog, partial(self._given, dialog, customer_id), dialog.refuse,
            give_consent, customer_id, new,
        )  # fmt: skip

    def withdraw(self, customer_id: int, one: ConsentRow) -> None:
        """Ask whether a consent is really withdrawn."""
        dialog = WithdrawDialog(one, self._over)
        self.dialog = dialog
        dialog.asked.connect(partial(self._withdraw, dialog, customer_id, one))
        dialog.open()

    def _withdraw(self, dialog: WithdrawDialog, customer_id: int, one: ConsentRow) -> None:
        self._bridge.ask_or(
            dialog, partial(self._given, dialog, customer_id), dialog.refuse,
            withdraw_consent, one.customer_id, one.line_no,
        )  # fmt: skip

    def _given(self, dialog: ConsentDialog | WithdrawDialog, customer_id: int, _: object) -> None:
        dialog.accept()
        withdrawn = isinstance(dialog, WithdrawDialog)
        self._shell.tell(
            tr("The consent is withdrawn.") if withdrawn else tr("The consent is written down.")
        )
        self._show(customer_id)

    # --- messages

    def write(self, card: CustomerCard) -> None:
        """Ask for a message that is written down."""
        dialog = MessageDialog(card.row.name, self._over)
        self.dialog = dialog
        dialog.asked.connect(partial(self._write, dialog, card.row.id))
        dialog.open()

    def _write(self, dialog: MessageDialog, customer_id: int, new: NewMessage) -> None:
        self._bridge.ask_or(
            dialog, partial(self._written, dialog, customer_id), dialog.refuse,
            add_message, customer_id, new,
        )  # fmt: skip

    def _written(self, dialog: MessageDialog, customer_id: int, _: object) -> None:
        dialog.accept()
        self._shell.tell(tr("The message is written down."))
        self._show(customer_id)

    # --- the ledger

    def correct(self, card: CustomerCard) -> None:
        """Ask for a movement."""
        dialog = MovementDialog(card.row.name, self._currency, self._over)
        self.dialog = dialog
        dialog.asked.connect(partial(self._enter, dialog, card.row.id))
        dialog.open()

    def _enter(
        self,
        dialog: MovementDialog,
        customer_id: int,
        account: Account,
        amount: int,
        reason: str,
    ) -> None:
        self._bridge.ask_or(
            dialog, partial(self._entered, dialog, customer_id), dialog.refuse,
            correct_balance, customer_id, account, amount, reason,
        )  # fmt: skip

    def take_back(self, customer_id: int, line: BalanceRow) -> None:
        """Ask why a movement is taken back."""
        dialog = TakeBackDialog(line, self._currency, self._over)
        self.dialog = dialog
        dialog.asked.connect(partial(self._reverse, dialog, customer_id, line))
        dialog.open()

    def _reverse(
        self, dialog: TakeBackDialog, customer_id: int, line: BalanceRow, reason: str
    ) -> None:
        self._bridge.ask_or(
            dialog, partial(self._entered, dialog, customer_id), dialog.refuse,
            take_back_movement, line.customer_id, line.line_no, reason,
        )  # fmt: skip

    def _entered(
        self, dialog: MovementDialog | TakeBackDialog, customer_id: int, line: int
    ) -> None:
        """Say that it is entered; another movement takes one back at once."""
        dialog.accept()

        def back() -> None:
            then, why = partial(self._as_before, customer_id), tr("Entered by mistake")
            self._bridge.ask(self, then, take_back_movement, customer_id, line, why)

        once = isinstance(dialog, MovementDialog)  # what takes another one back stays
        self._shell.tell(tr("The movement is entered."), back if once else None)
        self._show(customer_id)

    def settle(self) -> None:
        """Enter what receipts earned that wait for somebody with the right to bonus."""
        if self._bridge.can(settle_loyalty):
            self._bridge.ask(self, self._settle, count_loyalty_due)

    def _settle(self, waiting: int) -> None:
        if waiting:
            self._bridge.ask(self, self._settled, settle_loyalty)

    def _settled(self, receipts: int) -> None:
        self._shell.tell(
            ntr("The bonus of {n} receipt that waited is entered.",
                "The bonus of {n} receipts that waited is entered.", receipts)
        )  # fmt: skip

    # --- groups and birthdays

    def groups(self) -> None:
        """Show the groups."""
        self._bridge.ask(self, self._open_groups, list_groups)

    def _open_groups(self, rows: Sequence[GroupRow]) -> None:
        dialog = GroupsDialog(rows, self._over, why_not=self._bridge.why_not(add_group))
        self.dialog = dialog
        dialog.changed.connect(partial(self._store_group, dialog))
        dialog.removed.connect(partial(self._remove_group, dialog))
        dialog.open()

    def _store_group(self, dialog: GroupsDialog, row: GroupRow | None, form: GroupForm) -> None:
        then = partial(self._show_groups, dialog)
        if row is None:
            self._bridge.ask_or(dialog, then, dialog.refuse, add_group, form)
        else:
            self._bridge.ask_or(
                dialog, then, dialog.refuse, change_group, row.id, row.version, form
            )

    def _remove_group(self, dialog: GroupsDialog, row: GroupRow) -> None:
        then = partial(self._show_groups, dialog)
        self._bridge.ask_or(dialog, then, dialog.refuse, remove_group, row.id)

    def _show_groups(self, dialog: GroupsDialog, _: object) -> None:
        self._bridge.ask(dialog, dialog.show_rows, list_groups)

    def birthdays(self) -> None:
        """Show whose birthday comes."""
        self._bridge.ask(self, self._open_birthdays, list_birthdays)

    def _open_birthdays(self, rows: Sequence[BirthdayRow]) -> None:
        dialog = BirthdaysDialog(rows, self._over)
        self.dialog = dialog
        if rows:
            hand_out_of(self._shell, dialog, dialog.table, export_shown_customers, "birthdays")
        dialog.opened.connect(self._show)
        dialog.open()
