"""A receipt entered by hand, in place of the list: lines, guests, sums, payments."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop_app.gui.format import moment
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.orders.receipt_guest import ReceiptGuest
from desktop_app.gui.screens.orders.receipt_lines import ReceiptLines
from desktop_app.gui.screens.orders.receipt_paying import ReceiptPaying
from desktop_app.gui.screens.orders.receipt_sums import ReceiptSums
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.turning import Turning
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.sales.counter import get_counter, quote_sale
from desktop_app.sales.counter_records import Counter, Quote
from desktop_app.sales.drafts import Draft, drop_draft, keep_draft, my_draft
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.operations import void
from desktop_app.sales.records import EnteredSale, NewSale
from desktop_app.venue.records import VenueCard

_PAUSE_MS = 40
_KEEP_MS = 5_000
"""What is typed is kept when somebody pauses so long; each keeping is an event of the trail."""
_MAIN, _SIDE = 540, 360
_BESIDE = 1000
_WEIGHTS = (5, 3)


class ReceiptPage(QWidget):
    """Asks for a receipt and enters it; `back` when somebody leaves, `entered(order id)`."""

    back = Signal()
    entered = Signal(object)

    def __init__(self, shell: Shell, venue: VenueCard) -> None:
        super().__init__()
        self._shell, self._bridge, self._venue = shell, shell.bridge, venue
        self.confirm: ConfirmDialog | None = None
        self.quote: Quote | None = None
        self._kept = False
        self._asked = 0
        self.lines = ReceiptLines(venue.currency)
        self.guest = ReceiptGuest(shell.bridge, venue.currency)
        why_not = self._bridge.lacks(Permission.ORDERS_PRICE_LIST)
        self.sums = ReceiptSums(venue.currency, why_not_list=why_not)
        self.paying = ReceiptPaying(venue.currency)
        self.banner = Banner()
        self.banner.hide()
        self.back_button = button(
            tr("Back to the list"), "chevron-left", tip=tr("Back to the list (Esc)"),
            on_click=self.leave,
        )  # fmt: skip
        self.save = button(
            tr("Enter the receipt"), "check", "primary", tip="Ctrl+Enter", on_click=self.send
        )
        self._why_not = self._bridge.why_not(enter_sale)
        allow(self.save, self._why_not, tip="Ctrl+Enter")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_quote)
        self.again = Banner()
        self.again.hide()
        self.again.chosen.connect(self.drop)
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Ask what is sold and go to the first field; what was typed and not entered is there."""
        self._bridge.ask(self, self._show_counter, get_counter)
        if not self.lines.lines:
            self.clear()
        self.lines.pick.setFocus()

    def clear(self) -> None:
        """Forget what was typed, for the next receipt."""
        for part in (self.lines, self.guest, self.sums, self.paying):
            part.clear()
        self.banner.hide()
        self.again.hide()
        self._keeping.stop()
        self._kept = False
        self.quote = None
        self.lines.pick.setFocus()

    # --- what is typed and not entered yet

    def keep(self) -> None:
        """Keep what is typed, so that it is there again whatever happens; half a number is not."""
        self._keeping.stop()
        if self._bridge.why_not(keep_draft):
            return
        if not self.lines.lines:
            self._forget()
            return
        try:
            sale = self.sale()
        except InvalidError:
            return
        self._kept = True
        self._bridge.ask_or(self, _done, _not_kept, keep_draft, sale)

    def drop(self) -> None:
        """Begin anew: what is typed is forgotten, and can be had back once."""
        try:
            sale: NewSale | None = self.sale()
        except InvalidError:
            sale = None
        self._forget()
        self.clear()
        self._shell.tell(
            tr("The receipt that was begun is gone."),
            None if sale is None else partial(self._bring_back, sale),
        )

    def _bring_back(self, sale: NewSale) -> None:
        if not self.lines.lines:
            self._fill(sale)

    def _forget(self) -> None:
        if self._kept:
            self._kept = False
            self._bridge.ask_or(self, _done, _not_kept, drop_draft)

    def _show_draft(self, draft: Draft | None) -> None:
        if draft is None or self.lines.lines:
            return
        self._kept = True
        when = moment(self._venue.time.local(draft.at), language())
        gone = self._fill(draft.sale)
        self._keeping.stop()  # it is kept as it is
        less = ""
        if gone:
            less = ntr("{n} line of it is not sold any more.",
                       "{n} lines of it are not sold any more.", gone)  # fmt: skip
        title = tr("Here is the receipt that you began: {when}", when=when)
        self.again.tell("info", title, less, tr("Begin anew"))

    def _fill(self, sale: NewSale) -> int:
        self.guest.fill(sale)
        self.sums.fill(sale)
        self.paying.choose_till(sale.till)
        return self.lines.fill(sale.lines)

    def leave(self) -> None:
        """Go back to the list; what is typed is kept, or who may not keep it is asked."""
        if self.lines.lines and not self._bridge.why_not(keep_draft):
            self.keep()
            self._shell.tell(tr("The receipt is kept: “New receipt” shows it again."))
            self.back.emit()
            return
        if not self.lines.lines:
            self.back.emit()
            return
        self.confirm = ConfirmDialog(
            tr("Leave this receipt?"), tr("What is typed here is not stored anywhere."),
            tr("Leave it"), parent=self.window(),
        )  # fmt: skip
        self.confirm.confirmed.connect(self.back)
        self.confirm.open()

    def sale(self) -> NewSale:
        """Return the receipt as it is typed, without payments; InvalidError names the field."""
        lines = self.lines.typed()
        discount, service, tax = self.sums.rates_typed()
        return NewSale(
            lines, (), discount, service, tax, not self.sums.on_top.isChecked(),
            self.guest.customer_typed(), self.guest.waiter_id,
            self.guest.kind.currentText().strip(), self.guest.table.currentText().strip(),
            self.guest.guests_typed(), self.guest.note.text().strip(),
            self.sums.price_list_id, self.paying.till,
        )  # fmt: skip

    def send(self) -> None:
        """Enter the receipt, or say beside the field what is wrong with it."""
        if not self.save.isEnabled():
            return
        self._clear_errors()
        if not self.lines.lines:
            self.lines.show_problem(tr("Put something on the receipt first."))
            self.lines.pick.setFocus()
            return
        try:
            sale = self.sale()
        except InvalidError as error:
            self._refuse(error)
            return
        self.save.setEnabled(False)
        self._bridge.ask_or(self, partial(self._pay, sale), self._refuse, quote_sale, sale)

    def _pay(self, sale: NewSale, quote: Quote) -> None:
        """Hold the payments against what it comes to at this moment, and enter it."""
        self._show_quote(quote)
        try:
            payments = self.paying.typed()
        except InvalidError as error:
            self._refuse(error)
            return
        whole = replace(sale, payments=payments)
        self._keeping.stop()
        self._bridge.ask_or(
            self, self._done, self._refuse, enter_sale, whole, from_draft=self._kept
        )

    def _done(self, made: EnteredSale) -> None:
        allow(self.save, self._why_not, tip="Ctrl+Enter")
        self._shell.tell(
            tr("Receipt {number} was entered.", number=made.number),
            None if self._bridge.why_not(void) else lambda: self._take_back(made),
        )
        self.clear()
        self.entered.emit(made.order_id)

    def _take_back(self, made: EnteredSale) -> None:
        said = tr("Receipt {number} was taken back by an entry of its own.", number=made.number)
        self._bridge.ask(
            self, lambda _: self._shell.tell(said), void, made.order_id, tr("Entered by mistake")
        )

    def _refuse(self, error: AppError) -> None:
        allow(self.save, self._why_not, tip="Ctrl+Enter")
        if isinstance(error, InvalidError):
            if error.field == "lines":
                self.lines.show_error(error)
                return
            if error.field == "payments":
                self.paying.show_error(error)
                return
            if self.guest.show_error(error) or self.sums.show_error(error):
                return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _clear_errors(self) -> None:
        self.banner.hide()
        self.guest.clear_errors()
        self.sums.clear_errors()
        self.lines.show_problem("")

    # --- what it comes to

    def _show_counter(self, counter: Counter) -> None:
        self.lines.show_goods(counter.goods)
        self.guest.show_counter(counter)
        self.sums.show_counter(counter)
        self.paying.show_tills(counter.tills)
        if not self.lines.lines and not self._bridge.why_not(my_draft):
            self._bridge.ask(self, self._show_draft, my_draft)

    def _typed(self, *_: object) -> None:
        self._pause.start()
        self._keeping.start()

    def _ask_quote(self) -> None:
        self._asked += 1
        asked = self._asked
        self._clear_errors()
        if not self.lines.lines:
            self._show_quote(None)
            return
        try:
            sale = self.sale()
        except InvalidError as error:
            self._show_quote(None)
            if error.field != "customer":  # the name is still being typed
                self._complain(error)
            return

        self._bridge.ask_or(
            self, partial(self._quoted, asked), partial(self._not_quoted, asked), quote_sale, sale
        )

    def _quoted(self, asked: int, quote: Quote) -> None:
        if asked == self._asked:
            self._show_quote(quote)

    def _not_quoted(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._show_quote(None)
            if isinstance(error, InvalidError):
                self._complain(error)

    def _complain(self, error: InvalidError) -> None:
        """Say what is wrong while somebody types; the cursor stays where it is."""
        at = self.focusWidget()
        self._refuse(error)
        if at is not None:
            at.setFocus()

    def _show_quote(self, quote: Quote | None) -> None:
        self.quote = quote
        self.lines.show_quote(quote)
        self.sums.show_sums(quote.sums if quote else None)
        self.paying.show_due(quote.sums.due_minor if quote else 0)

    # --- building

    def _lay_out(self) -> None:
        head = row(self.back_button, None, self.save, margins=(28, 4, 28, 0))
        main, side = QWidget(), QWidget()
        main.setLayout(column(self.lines, self.guest, gap=14))
        side.setLayout(column(self.sums, self.paying, None, gap=14))
        main.setMinimumWidth(_MAIN)
        side.setMinimumWidth(_SIDE)
        parts = Turning(main, side, least=_BESIDE, weights=_WEIGHTS)
        inside = column(parts, margins=(28, 0, 28, 20))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(frame(inside, "page"))
        layout = column(gap=12)
        layout.addLayout(head)
        layout.addLayout(column(self.again, self.banner, gap=8, margins=(28, 0, 28, 0)))
        layout.addWidget(scroll, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.paying.changed.connect(self._keeping.start)
        for part in (self.lines, self.guest, self.sums):
            part.changed.connect(self._typed)
        self.lines.paying.connect(self.paying.begin)
        self.paying.done.connect(self.send)
        keys = (("Ctrl+Return", self.send), ("Ctrl+Enter", self.send), ("Esc", self.leave))
        for text, then in keys:
            made = QShortcut(QKeySequence(text), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(then)


def _done(_: object) -> None:
    """Go on; nothing needs to be said about what is kept in passing."""


def _not_kept(_: AppError) -> None:
    """Go on: what is wrong with the receipt is said when it is entered."""
