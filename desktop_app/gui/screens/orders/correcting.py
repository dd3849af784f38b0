"""The buttons that correct a receipt, and the card that says how it was corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.db.operation import Operation
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import moment, money
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.orders.take_back_dialog import (
    PaymentDialog,
    ReasonDialog,
    RefundDialog,
    VoidDialog,
)
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column
from desktop_app.orders.records import OrderCard, PaymentMethod
from desktop_app.sales.operations import (
    change_payment,
    corrections_of,
    quote_refund,
    refund,
    void,
)
from desktop_app.sales.records import (
    Corrected,
    CorrectionKind,
    CorrectionRow,
    Corrections,
    Disposal,
    SalePayment,
)
from desktop_app.sales.wording import DISPOSALS, KINDS
from desktop_app.venue.records import VenueCard


class Correcting(QObject):
    """Corrects the receipt in sight. `changed(order id)` when it was; `wanted(id)` of another."""

    changed = Signal(object)
    wanted = Signal(object)

    def __init__(self, shell: Shell, venue: VenueCard, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._venue = shell, venue
        self.found: Corrections | None = None
        self.dialog: ReasonDialog | None = None
        self._order_id = 0
        self.refund_button = button(tr("Refund…"), "rotate-ccw", on_click=self.ask_refund)
        self.void_button = button(tr("Void…"), "x", on_click=self.ask_void)
        self.pay_button = button(tr("Other payment…"), "credit-card", on_click=self.ask_payment)
        self.card = Card(tr("Corrections"))
        self.card.hide()

    @property
    def _bridge(self) -> Bridge:
        return self._shell.bridge

    def show_order(self, card: OrderCard) -> None:
        """Find out how a receipt was corrected and what can be done with it."""
        self._order_id, self.found = card.row.id, None
        self.card.hide()
        for made in (self.refund_button, self.void_button, self.pay_button):
            allow(made, tr("Reading…"))
        self._bridge.ask(self, partial(self._show, card.row.id), corrections_of, card.row.id)

    def _show(self, order_id: int, found: Corrections) -> None:
        if order_id != self._order_id:
            return
        self.found = found
        why_not = say(found.why_not) if found.why_not else ""
        allow(self.refund_button, self._bridge.why_not(refund) or why_not)
        taken = any(row.kind is not CorrectionKind.PAYMENT for row in found.rows)
        partly = tr("A part of it was taken back: refund the rest.") if taken else ""
        allow(self.void_button, self._bridge.why_not(void) or why_not or partly)
        unpaid = "" if found.payments else tr("Nothing is known of its payment.")
        if found.payments and all(way is PaymentMethod.BONUS for way, _ in found.payments):
            unpaid = tr("It was paid with bonus, which stays so.")
        allow(self.pay_button, self._bridge.why_not(change_payment) or why_not or unpaid)
        clear(self.card.body)
        if found.original is not None:
            self._line(found.original, found.original.original_id, tr("Show the receipt"))
        for row in found.rows:
            self._line(row, row.order_id, tr("Show the entry"))
        self.card.setVisible(bool(found.rows or found.original))

    def _line(self, row: CorrectionRow, target: int, action: str) -> None:
        spoken = language()
        amount = money(row.amount_minor, self._venue.currency, spoken)
        head = f"{say(KINDS[row.kind])} · {amount}" if row.amount_minor else say(KINDS[row.kind])
        when = moment(self._venue.time.local(row.at), spoken)
        self.card.body.addLayout(
            column(
                label(head, 13, 600, wrap=True),
                label(f"“{row.reason}”", 12, wrap=True),
                label(f"{when} · {row.made_by} · {say(DISPOSALS[row.disposal])}", 12,
                      tone="muted", wrap=True),
                gap=2,
            )
        )  # fmt: skip
        self.card.add(button(action, "receipt-text", on_click=partial(self.wanted.emit, target)))

    # --- dialogs

    def ask_refund(self, *_: object) -> None:
        """Ask what is refunded."""
        if self.found is None:
            return
        dialog = RefundDialog(self.found, self._venue, self.card.window())
        asked = 0

        def wish(lines: Mapping[int, int] | None) -> None:
            nonlocal asked
            asked += 1
            number = asked

            def show(answer: Callable[[Any], None], found: Any) -> None:
                if number == asked:  # an older answer is passed over
                    answer(found)

            self._bridge.ask_or(
                dialog, partial(show, dialog.show_refund), partial(show, dialog.show_why),
                quote_refund, self._order_id, lines,
            )  # fmt: skip

        dialog.wished.connect(wish)
        dialog.begin()

        def send(
            lines: Mapping[int, int] | None,
            disposal: Disposal,
            method: PaymentMethod | None,
            reason: str,
        ) -> None:
            self._do(dialog, refund, self._order_id, reason,
                     lines=lines, disposal=disposal, method=method)  # fmt: skip

        self._open(dialog, send)

    def ask_void(self, *_: object) -> None:
        """Ask why a receipt is void."""
        dialog = VoidDialog(self.card.window())

        def send(disposal: Disposal, reason: str) -> None:
            self._do(dialog, void, self._order_id, reason, disposal=disposal)

        self._open(dialog, send)

    def ask_payment(self, *_: object) -> None:
        """Ask how it was really paid."""
        if self.found is None:
            return
        paid = dict(self.found.payments)
        bonus = paid.pop(PaymentMethod.BONUS, 0)  # stays: it is the customer's ledger that paid it
        whole = sum(paid.values())
        dialog = PaymentDialog(self.found.payments, self._venue, self.card.window())

        def send(method: PaymentMethod, reason: str) -> None:
            ways = [SalePayment(method, whole)]
            ways += [SalePayment(PaymentMethod.BONUS, bonus)] if bonus else []
            self._do(dialog, change_payment, self._order_id, ways, reason)

        self._open(dialog, send)

    def _open(
        self, dialog: RefundDialog | VoidDialog | PaymentDialog, send: Callable[..., None]
    ) -> None:
        dialog.asked.connect(send)
        self.dialog = dialog
        dialog.open()

    def _do(
        self, dialog: ReasonDialog, op: Operation[..., Corrected], *args: Any, **kwargs: Any
    ) -> None:
        order_id = self._order_id

        def done(made: Corrected) -> None:
            dialog.accept()
            self._shell.tell(tr("Entered as {number}.", number=made.number))
            self.changed.emit(order_id)

        self._bridge.ask_or(dialog, done, dialog.refuse, op, *args, **kwargs)
