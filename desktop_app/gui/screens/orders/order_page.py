"""One order: what was sold, how it was paid, who was there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from desktop_app.gui.format import clock, moment, money, quantity
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.orders.columns import status_mood
from desktop_app.gui.screens.orders.correcting import Correcting
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import Tone, label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.orders.records import LineKind, LineRow, OrderCard, PaymentRow
from desktop_app.orders.wording import METHODS
from desktop_app.venue.records import VenueCard

_MANY_LINES = 300


class OrderPage(QWidget):
    """Shows an order; `back`, `stepped(-1 or 1)` and `customer_wanted(id)` when asked for."""

    back = Signal()
    stepped = Signal(int)
    # Not int: Qt's is of 32 bits, and our numbers are of 63.
    customer_wanted = Signal(object)

    def __init__(self, shell: Shell, venue: VenueCard, *, why_not_customers: str) -> None:
        super().__init__()
        self.correcting = Correcting(shell, venue, self)
        self._venue = venue
        self._why_not_customers = why_not_customers
        self.card: OrderCard | None = None
        self.back_button = button(tr("Back to the list"), "chevron-left", on_click=self.back)
        self.earlier = button("", "chevron-up", tip=tr("Order above (Alt+Up)"))
        self.later = button("", "chevron-down", tip=tr("Order below (Alt+Down)"))
        self._status = row(gap=0)
        self._lines = Card(tr("What was sold"))
        self._sums = Card(tr("Sums"))
        self._paid = Card(tr("Payments"))
        self._facts = Card(tr("Details"))
        self._lay_out()
        self._connect()

    def show_card(self, card: OrderCard, *, above: bool, below: bool) -> None:
        """Show an order; `above` and `below` say whether the list goes on there."""
        self.card = card
        self.earlier.setEnabled(above)
        self.later.setEnabled(below)
        clear(self._status)
        self._status.addWidget(Badge(status_mood(card.row.status)))
        for box in (self._lines, self._sums, self._paid, self._facts):
            clear(box.body)
        self._show_lines(card)
        self._show_sums(card)
        self._show_payments(card)
        self._show_facts(card)
        self.correcting.show_order(card)

    # --- building

    def _lay_out(self) -> None:
        bar = row(self.back_button, 8, self.earlier, self.later, 8)
        bar.addLayout(self._status)
        bar.addStretch(1)
        correcting = self.correcting
        for made in (correcting.pay_button, correcting.void_button, correcting.refund_button):
            bar.addWidget(made)
        left, right = column(self._lines, None), column(gap=16)
        for box in (self._sums, self._paid, self.correcting.card, self._facts):
            right.addWidget(box)
        right.addStretch(1)
        both = row(gap=16)
        for layout, share in ((left, 2), (right, 1)):
            side = frame(layout, "clear")
            layout.setContentsMargins(0, 0, 0, 0)
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            both.addWidget(side, share)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = column(both, None, margins=(28, 4, 28, 24))
        scroll.setWidget(frame(body, "page"))
        bar.setContentsMargins(28, 4, 28, 8)
        layout = column(bar, gap=4)
        layout.addWidget(scroll, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        for made, keys, step in ((self.earlier, "Alt+Up", -1), (self.later, "Alt+Down", 1)):
            made.clicked.connect(partial(self.stepped.emit, step))
            QShortcut(QKeySequence(keys), self).activated.connect(made.click)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.back)

    # --- contents

    def _show_lines(self, card: OrderCard) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        at = 0
        for at, line in enumerate(card.lines[:_MANY_LINES]):
            if at:
                grid.addWidget(rule(), at * 2 - 1, 0, 1, 4)
            self._add_line(grid, at * 2, line)
        self._lines.body.addLayout(grid)
        if len(card.lines) > _MANY_LINES:
            rest = tr("… and {n} more lines", n=len(card.lines) - _MANY_LINES)
            self._lines.add(label(rest, 12, tone="muted"))
        if not card.lines:
            self._lines.add(label(tr("The source gave no lines for this order."), tone="muted"))

    def _add_line(self, grid: QGridLayout, at: int, line: LineRow) -> None:
        name = f"{line.name} · {line.variant}" if line.variant else line.name
        words = column(label(name, 13, 600, wrap=True), gap=2, margins=(0, 10, 0, 10))
        for text in self._small_print(line):
            words.addWidget(label(text, 12, tone="muted", wrap=True))
        count = label(f"{quantity(line.quantity, language())} ×", 13, tone="soft", tabular=True)
        price = label(self._money(line.unit_price_minor), 13, tone="muted", tabular=True)
        tone: Tone = "bad" if line.total_minor < 0 else ""
        total = label(self._money(line.total_minor), 13, 600, tone, tabular=True)
        top = Qt.AlignmentFlag.AlignTop
        for place, made in ((0, count), (2, price), (3, total)):
            made.setContentsMargins(0, 10, 0, 10)
            side = Qt.AlignmentFlag.AlignLeft if place == 1 else Qt.AlignmentFlag.AlignRight
            grid.addWidget(made, at, place, side | top)
        grid.addLayout(words, at, 1)

    def _small_print(self, line: LineRow) -> Iterator[str]:
        if line.kind is LineKind.REFUND:
            yield tr("Refunded")
        if line.kind is LineKind.GIFT:
            yield tr("Gift")
        if line.category:
            yield line.category
        if line.modifiers:
            yield f"+ {line.modifiers}"
        if line.note:
            yield f"“{line.note}”"
        if line.discount_minor:
            yield tr("Discount {amount}", amount=self._money(-abs(line.discount_minor)))

    def _show_sums(self, card: OrderCard) -> None:
        self._add_sum(tr("Before discounts"), card.gross_minor)
        self._add_sum(tr("Discounts"), -abs(card.discount_minor))
        total = row(label(tr("Total"), 15, 600), None)
        total.addWidget(label(self._money(card.row.total_minor), 20, 600, tabular=True))
        self._sums.add(rule())
        self._sums.body.addLayout(total)
        self._add_sum(tr("Service charge, on top"), card.service_minor)
        self._add_sum(tr("Tax, on top"), card.tax_minor)

    def _add_sum(self, text: str, minor: int) -> None:
        if minor:
            self._sums.body.addLayout(_pair(text, self._money(minor)))

    def _show_payments(self, card: OrderCard) -> None:
        for payment in card.payments:
            shown = self._money(payment.amount_minor)
            said = label(payment_text(payment), 13, tone="muted", wrap=True)
            line = row(gap=16)
            line.addWidget(said, 1)
            line.addWidget(label(shown, 13, 500, tabular=True))
            self._paid.body.addLayout(line)
        if not card.payments:
            self._paid.add(label(tr("The source says nothing about payment."), tone="muted"))

    def _show_facts(self, card: OrderCard) -> None:
        for text, value in self._fact_rows(card):
            if value:
                self._facts.body.addLayout(_pair(text, value))
        if card.row.customer_id is not None:
            wanted = card.row.customer_id
            made = button(
                tr("Show the customer"),
                "contact",
                on_click=partial(self.customer_wanted.emit, wanted),
            )
            allow(made, self._why_not_customers)
            self._facts.add(made)

    def _fact_rows(self, card: OrderCard) -> Iterator[tuple[str, str]]:
        spoken, local = language(), self._venue.time.local
        numbers = card.numbers
        if numbers.running:
            of_day = tr("{daily} of the day · {monthly} of the month",
                        daily=numbers.daily, monthly=numbers.monthly)  # fmt: skip
            yield tr("Running number"), f"{numbers.running} · {of_day}"
        yield tr("Opened"), moment(local(card.row.opened_at), spoken)
        if card.closed_at is not None:
            closed, opened = local(card.closed_at), local(card.row.opened_at)
            same = closed.date() == opened.date()
            yield tr("Closed"), clock(closed) if same else moment(closed, spoken)
        yield tr("Type"), card.row.sale_type
        yield tr("Table"), card.row.table
        yield tr("Guests"), str(card.guests) if card.guests else ""
        yield tr("Served by"), card.row.staff_name
        yield tr("Terminal"), card.terminal
        yield tr("Note"), card.note
        yield tr("Source"), f"{card.source} · {card.reference}"

    def _money(self, minor: int) -> str:
        return money(minor, self._venue.currency, language())


def payment_text(payment: PaymentRow) -> str:
    """Return how something was paid; of a card its brand and last four digits."""
    parts = [say(METHODS[payment.method])]
    if payment.card_brand:
        parts.append(payment.card_brand)
    if payment.card_last4:
        parts.append(f"•••• {payment.card_last4}")
    return " ".join(parts)


def _pair(name: str, value: str) -> QHBoxLayout:
    shown = label(value, 13, 500, tabular=True, wrap=True)
    shown.setAlignment(Qt.AlignmentFlag.AlignRight)
    made = row(label(name, 13, tone="muted"), gap=16)
    made.addWidget(shown, 1)
    return made
