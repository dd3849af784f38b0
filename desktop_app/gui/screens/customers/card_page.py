"""One customer: who they are, how to reach them, what they agreed to, what they bought."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from desktop_app.customers.records import CustomerCard, CustomerState
from desktop_app.gui.format import day, moment, money, number
from desktop_app.gui.screens.customers.columns import name_of
from desktop_app.gui.screens.customers.contact_card import ConsentsCard, ContactCard, KnownCard
from desktop_app.gui.screens.customers.copy_result import CopyResult
from desktop_app.gui.screens.customers.history import History
from desktop_app.gui.screens.customers.joined import Joined
from desktop_app.gui.screens.customers.wording import marketing_mood
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button, retitle
from desktop_app.gui.widgets.labels import Avatar, label
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.orders.records import CustomerSales, OrderPage
from desktop_app.venue.records import VenueCard

_SIDE, _NARROW_SIDE = 340, 288
_WIDE = 1000


class CardPage(QWidget):
    """Shows a customer; `back`, `copy_wanted`, `orders_wanted`, `order_wanted(id)` when asked.

    So are `edit_wanted` and `archive_wanted`, with the card; `part_wanted(JoinedRow)`.
    """

    back = Signal()
    edit_wanted = Signal(object)
    archive_wanted = Signal(object)
    part_wanted = Signal(object)
    copy_wanted = Signal()
    orders_wanted = Signal()
    order_wanted = Signal(object)  # ids have more than 32 bits

    def __init__(self, venue: VenueCard, *, why_not_copy: str) -> None:
        super().__init__()
        self._venue = venue
        self.card: CustomerCard | None = None
        self.back_button = button(
            "", "chevron-left", "ghost", tip=tr("Back to the list (Esc)"), on_click=self.back
        )
        self.copy_button = button(
            tr("Copy of their data (PDF)…"), "file-down", "primary", on_click=self.copy_wanted
        )
        allow(self.copy_button, why_not_copy)
        self.edit_button = button(
            tr("Change…"), "pencil", on_click=partial(self._tell, self.edit_wanted)
        )
        self.archive_button = button(
            "", "archive", "ghost", tip=tr("Put into the archive"),
            on_click=partial(self._tell, self.archive_wanted),
        )  # fmt: skip
        self.joined = Joined()
        self.joined.part_wanted.connect(self.part_wanted)
        self._may_copy = not why_not_copy
        self.name = label("", 22, 600, wrap=True)
        self.since = label("", 13, tone="muted", wrap=True)
        self.result = CopyResult()
        self.contacts, self.consents, self.known = ContactCard(), ConsentsCard(), KnownCard()
        self.history = History(venue)
        self._figures = {
            "spent": _Figure(tr("Spent in all")),
            "average": _Figure(tr("Average order")),
            "orders": _Figure(tr("Orders")),
            "balance": _Figure(tr("Balance")),
            "bonus": _Figure(tr("Bonus")),
        }
        self._lay_out()
        self.history.order_wanted.connect(self.order_wanted)
        self.history.all_wanted.connect(self.orders_wanted)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.back)

    def allow_deeds(self, why_not_edit: str, why_not_merge: str) -> None:
        """Enable what the person may do with a card, and say why not where they may not."""
        allow(self.edit_button, why_not_edit)
        allow(self.archive_button, why_not_edit, tip=self.archive_button.toolTip())
        self.joined.why_not = why_not_merge
        self.consents.why_not = why_not_edit

    def _tell(self, signal: SignalInstance, *_: object) -> None:
        if self.card is not None:
            signal.emit(self.card)

    def show_card(self, card: CustomerCard) -> None:
        """Show who somebody is; orders and figures follow by themselves."""
        fresh = self.card is None or self.card.row.id != card.row.id
        self.card = card
        self.name.setText(name_of(card.row))
        clear(self._picture)
        self._picture.addWidget(Avatar(name_of(card.row), 64))
        self._show_badges(card)
        self.contacts.show_card(card)
        self.consents.show_consents(tuple(card.consents), self._venue.time)
        self.known.show_card(card)
        self.history.show_lines(card.communications, card.balance)
        balance = money(card.row.balance_minor, self._venue.currency, language())
        self._figures["balance"].show_value(balance, warn=card.row.balance_minor < 0)
        bonus = card.row.bonus_minor + card.row.cashback_minor
        self._figures["bonus"].show_value(money(bonus, self._venue.currency, language()))
        away = card.row.state is CustomerState.ARCHIVED
        retitle(
            self.archive_button, "", tr("Take out again") if away else tr("Put into the archive")
        )
        self.joined.show_cards(card.joined, self._venue)
        if fresh:
            self.result.hide()
            self.history.wait_for_orders()
            self.since.setText(self._since(card))
            for key in ("spent", "average", "orders"):
                self._figures[key].show_value("–")

    def show_sales(self, sales: CustomerSales) -> None:
        """Show what the customer bought in all."""
        currency, spoken = self._venue.currency, language()
        self._figures["spent"].show_value(money(sales.spent_minor, currency, spoken))
        average = money(sales.average_minor, currency, spoken) if sales.orders else "–"
        self._figures["average"].show_value(average)
        self._figures["orders"].show_value(number(sales.orders, spoken))
        if self.card is None:
            return
        parts = [self._since(self.card)]
        if sales.last_at is not None:
            parts.append(ntr("{n} visit", "{n} visits", sales.orders))
            last = moment(self._venue.time.local(sales.last_at), spoken)
            parts.append(tr("last here {moment}", moment=last))
        self.since.setText(" · ".join(parts))

    def show_orders(self, page: OrderPage, count: int) -> None:
        """Show the newest orders."""
        self.history.show_orders(page, count)

    def show_writing(self, *, busy: bool) -> None:
        """Hold the copy button while a copy is being written."""
        self.copy_button.setEnabled(self._may_copy and not busy)

    def _since(self, card: CustomerCard) -> str:
        created = self._venue.time.local(card.created_at)
        return tr("Customer since {day}", day=day(created, language()))

    def _show_badges(self, card: CustomerCard) -> None:
        clear(self._badges)
        if card.row.state is CustomerState.ARCHIVED:
            self._badges.addWidget(Badge(Mood(tr("In the archive"), "mute", "archive")))
        if card.row.group:
            self._badges.addWidget(Badge(Mood(card.row.group, "accent", "star")))
        for tag in card.tags[:3]:
            self._badges.addWidget(Badge(Mood(tag, "info", "tag")))
        self._badges.addWidget(Badge(marketing_mood(card.consents)))
        self._hide_badges()

    def _lay_out(self) -> None:
        self._picture: QHBoxLayout = row(gap=0)
        self._badges: QHBoxLayout = row(gap=8)
        title = row(self.name, 4, self._badges, None)
        head = row(self.back_button, 2, self._picture, gap=8, margins=(10, 18, 20, 18))
        head.addSpacing(8)
        head.addLayout(column(None, title, self.since, None, gap=6), 1)
        head.addWidget(self.archive_button)
        head.addWidget(self.edit_button)
        head.addWidget(self.copy_button)
        left = column(self.contacts, self.consents, self.known, None, gap=16)
        inside = frame(left, "page")
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(_SIDE)
        scroll.setWidget(inside)
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        right = column(self._grid, gap=16)
        right.addWidget(self.history, 1)
        both = row(scroll, gap=16)
        both.addLayout(right, 1)
        layout = column(
            frame(head, "card"), self.joined, self.result, gap=16, margins=(28, 4, 28, 24)
        )
        layout.addLayout(both, 1)
        self.setLayout(layout)
        self._fit(narrow=False)

    def _fit(self, *, narrow: bool) -> None:
        """Arrange the card for a wide or a narrow window."""
        self._narrow = narrow
        self._scroll.setFixedWidth(_NARROW_SIDE if narrow else _SIDE)
        retitle(self.edit_button, "" if narrow else tr("Change…"), tr("Change…") if narrow else "")
        orders = self._figures["orders"]  # in a narrow window the history says how many there are
        if orders.parent() is not None:  # shown before it has one, it would be a window
            orders.setVisible(not narrow)
        shown = [one for key, one in self._figures.items() if not (narrow and key == "orders")]
        across = 2 if narrow else len(shown)
        for at, figure in enumerate(shown):
            self._grid.addWidget(figure, at // across, at % across)
        for at in range(len(self._figures)):
            self._grid.setColumnStretch(at, 1 if at < across else 0)
        self.history.show_narrow(narrow=narrow)
        self._hide_badges()

    def _hide_badges(self) -> None:
        """Leave only the badge of the offers where there is no room; the card says the rest."""
        for at in range(self._badges.count() - 1):
            item = self._badges.itemAt(at)
            badge = item.widget() if item is not None else None
            if badge is not None:
                badge.setVisible(not self._narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _WIDE
        if narrow != self._narrow:
            self._fit(narrow=narrow)


class _Figure(QFrame):
    """A small tile: what it is, and the number."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = title
        self._value = label("–", 20, 600, tabular=True)
        words = column(label(title, 12, tone="muted"), self._value, gap=2, margins=(18, 14, 18, 12))
        self.setLayout(words)

    def show_value(self, text: str, *, warn: bool = False) -> None:
        """Show a number, in red where it is a debt."""
        self._value.setText(text)
        self._value.setProperty("tone", "bad" if warn else "")
        self._value.style().polish(self._value)
        self.setAccessibleName(f"{self._title}: {text}")

    @property
    def text(self) -> str:
        """Return what is shown."""
        return self._value.text()
