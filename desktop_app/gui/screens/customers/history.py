"""What happened with a customer: orders, messages, movements of the balance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop_app.customers.records import BalanceRow, CommunicationRow
from desktop_app.customers.wording import ACCOUNTS
from desktop_app.exports.shown import export_shown_customers
from desktop_app.gui.format import moment, money
from desktop_app.gui.lists.handing_out import ShownExport
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.customers.wording import code_words
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import BadgeTone, Mood
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.kernel.money import major
from desktop_app.orders.records import OrderPage, OrderRow, OrderStatus
from desktop_app.orders.wording import STATUSES
from desktop_app.venue.records import VenueCard

ORDERS, MESSAGES, BALANCE = "orders", "messages", "balance"
_LEFT_OUT = (3, 4)  # who served, and the table
_TONES: dict[OrderStatus, BadgeTone] = {
    OrderStatus.OPEN: "info",
    OrderStatus.CLOSED: "ok",
    OrderStatus.REFUNDED: "warn",
    OrderStatus.VOID: "bad",
    OrderStatus.CHANGED: "info",
}


class History(QFrame):
    """Emits `order_wanted(id)` on Enter on an order or a movement of one, `all_wanted` for all.

    `correct_wanted` asks for a movement of bonus, `back_wanted(BalanceRow)` to take one back,
    `write_wanted` for a message.
    """

    order_wanted = Signal(object)  # ids have more than 32 bits
    all_wanted = Signal()
    correct_wanted = Signal()
    write_wanted = Signal()
    back_wanted = Signal(object)

    def __init__(self, venue: VenueCard) -> None:
        super().__init__()
        self.setObjectName("card")
        self._venue = venue
        self.choice = Segmented(
            tr("What to show"),
            [
                (ORDERS, tr("Orders")),
                (MESSAGES, tr("Messages")),
                (BALANCE, tr("Balance")),
            ],
        )
        self.orders: RecordTable[OrderRow, None] = RecordTable(tr("Orders"), self._orders())
        self.messages: RecordTable[CommunicationRow, None] = RecordTable(
            tr("Messages"), self._messages()
        )
        self.balance: RecordTable[BalanceRow, None] = RecordTable(tr("Balance"), self._balance())
        self.count = label("", 12, tone="muted", tabular=True)
        self.see_all = button(tr("See all"), on_click=self.all_wanted)
        self.correct = button(tr("Correct…"), "pencil", on_click=self.correct_wanted)
        self.write = button(tr("Write down…"), "plus", on_click=self.write_wanted)
        self.take_back = button(tr("Take back…"), "rotate-ccw", on_click=self._take_back)
        self._counts: dict[str, str] = {}
        self._tools: dict[str, QWidget] = {}
        self._waiting = False
        self._lay_out()
        self.choice.chosen.connect(self._show)
        self.orders.activated_row.connect(self._open_order)
        self.messages.activated_row.connect(self._open_message)
        self.balance.activated_row.connect(self._open_receipt)

    def show_orders(self, page: OrderPage, count: int) -> None:
        """Show the newest orders; `count` is how many there are in all."""
        self._waiting = False
        self.orders.show_records(page.rows)
        self._counts[ORDERS] = ntr("{n} order, newest first", "{n} orders, newest first", count)
        if page.next is not None:
            shown = tr("the newest {n} are shown", n=len(page.rows))
            self._counts[ORDERS] += f" · {shown}"
        self._show()

    def wait_for_orders(self) -> None:
        """Take away what was another customer's, until the orders are read."""
        self.choice.choose(ORDERS)
        self.orders.show_records(())
        self._counts[ORDERS] = tr("Reading…")
        self._waiting = True

    def show_lines(
        self, messages: Sequence[CommunicationRow], balance: Sequence[BalanceRow]
    ) -> None:
        """Show messages and movements of the balance, newest first."""
        self.messages.show_records(sorted(messages, key=lambda one: one.at, reverse=True))
        self.balance.show_records(sorted(balance, key=lambda one: one.at, reverse=True))
        self._counts[MESSAGES] = ntr("{n} message", "{n} messages", len(messages))
        total = money(sum(one.amount_minor for one in balance), self._venue.currency, language())
        self._counts[BALANCE] = (
            ntr("{n} movement", "{n} movements", len(balance))
            + " · "
            + tr("together {amount}", amount=total)
        )
        self._show()

    def offer_files(self, shell: Shell) -> None:
        """Offer to hand out what each of the tables shows, behind a password."""
        for key, table in self._tables.items():
            made = ShownExport(
                shell, table, export_shown_customers, table.accessibleName(), f"customer-{key}"
            )
            made.tell_copied()
            self._tools[key] = made.tools()
            self._foot.addWidget(self._tools[key])
        self._show()

    def show_narrow(self, *, narrow: bool) -> None:
        """Leave out who served and where, and the count, in a narrow window."""
        self.count.setVisible(not narrow)
        for made, title in (
            (self.correct, tr("Correct…")),
            (self.take_back, tr("Take back…")),
            (self.write, tr("Write down…")),
        ):
            tip = made.toolTip() if not made.isEnabled() else title
            retitle(made, "" if narrow else title, tip if narrow or not made.isEnabled() else "")
        for at in _LEFT_OUT:
            self.orders.setColumnHidden(at, narrow)

    # --- building

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._empty: dict[str, QWidget] = {
            ORDERS: EmptyState(
                "receipt-text",
                tr("No orders"),
                tr("No order in the books is marked as this customer's."),
            ),
            MESSAGES: EmptyState(
                "mail", tr("No messages"), tr("Nothing was sent to this customer or received.")
            ),
            BALANCE: EmptyState(
                "wallet", tr("No movements"), tr("The balance of this customer never changed.")
            ),
        }
        self._tables: dict[str, RecordTable[OrderRow, None] | RecordTable[CommunicationRow, None]
                           | RecordTable[BalanceRow, None]] = {
            ORDERS: self.orders, MESSAGES: self.messages, BALANCE: self.balance,
        }  # fmt: skip
        for page in (*self._tables.values(), *self._empty.values()):
            self._pages.addWidget(page)
        head = row(
            self.choice,
            4,
            self.count,
            None,
            self.write,
            self.take_back,
            self.correct,
            self.see_all,
            margins=(16, 12, 16, 12),
        )
        layout = column(head, rule(), gap=0, margins=(1, 1, 1, 8))
        layout.addWidget(self._pages, 1)
        self._foot = row(None, gap=0, margins=(16, 0, 8, 0))
        layout.addLayout(self._foot)
        self.setLayout(layout)

    def _orders(self) -> list[Column[OrderRow]]:
        local, spoken, currency = self._venue.time.local, language(), self._venue.currency
        return [
            Column(tr("Number"), lambda one: one.number, 116, "strong"),
            Column(tr("Time"), lambda one: moment(local(one.opened_at), spoken), 162, "dim"),
            Column(
                tr("Status"),
                lambda one: say(STATUSES[one.status]),
                128,
                mood=lambda one: Mood(say(STATUSES[one.status]), _TONES[one.status]),
            ),
            Column(tr("Served by"), lambda one: one.staff_name, 150, stretch=True),
            Column(tr("Table"), lambda one: one.table, 88),
            Column(
                tr("Total"),
                lambda one: money(one.total_minor, currency, spoken),
                120,
                "money",
                raw=lambda one: major(one.total_minor, currency),
            ),
        ]

    def _messages(self) -> list[Column[CommunicationRow]]:
        local, spoken = self._venue.time.local, language()
        return [
            Column(tr("When"), lambda one: moment(local(one.at), spoken), 162, "dim"),
            Column(tr("Direction"), lambda one: code_words(one.direction), 150),
            Column(tr("How"), lambda one: code_words(one.channel), 110),
            Column(tr("Subject"), lambda one: one.subject or one.text, 200, "strong", stretch=True),
        ]

    def _balance(self) -> list[Column[BalanceRow]]:
        local, spoken, currency = self._venue.time.local, language(), self._venue.currency
        return [
            Column(tr("When"), lambda one: moment(local(one.at), spoken), 162, "dim"),
            Column(tr("Account"), lambda one: say(ACCOUNTS[one.account]), 110),
            Column(tr("Reason"), _reason, 260, stretch=True),
            Column(
                tr("Amount"),
                lambda one: money(one.amount_minor, currency, spoken),
                130,
                "money",
                raw=lambda one: major(one.amount_minor, currency),
            ),
        ]

    # --- reactions

    def _show(self, *_: object) -> None:
        key = self.choice.key
        table = self._tables[key]
        waiting = key == ORDERS and self._waiting
        shown = table if waiting or table.records.rowCount() else self._empty[key]
        self._pages.setCurrentWidget(shown)
        self.count.setText(self._counts.get(key, ""))
        self.see_all.setVisible(key == ORDERS and shown is table)
        for name, tools in self._tools.items():
            tools.setVisible(name == key and shown is table)
        self.write.setVisible(key == MESSAGES)
        self.correct.setVisible(key == BALANCE)
        self.take_back.setVisible(key == BALANCE and shown is table)

    def _take_back(self) -> None:
        line = self.balance.current_record()
        if line is not None:
            self.back_wanted.emit(line)

    def _open_order(self, at: int) -> None:
        record = self.orders.record(at)
        if record is not None:
            self.order_wanted.emit(record.id)

    def _open_message(self, at: int) -> None:
        record = self.messages.record(at)
        if record is None:
            return
        when = moment(self._venue.time.local(record.at), language())
        about = f"{code_words(record.direction)} · {code_words(record.channel)} · {when}"
        opened = Dialog(record.subject or tr("Message"), about, self)
        opened.body.addWidget(label(record.text, 13, wrap=True))
        opened.add_button(tr("Close"), "primary").clicked.connect(opened.accept)
        opened.open()

    def _open_receipt(self, at: int) -> None:
        """Open the receipt that a movement belongs to, where it belongs to one."""
        line = self.balance.record(at)
        kind, _, number = line.document.partition(":") if line is not None else ("", "", "")
        if kind == "order" and number.isdecimal():
            self.order_wanted.emit(int(number))


def _reason(line: BalanceRow) -> str:
    if line.corrects is not None:
        return tr("{reason} (takes line {line} back)", reason=line.reason, line=line.corrects)
    return tr("{reason} (taken back)", reason=line.reason) if line.taken_back else line.reason
