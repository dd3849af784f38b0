"""What the stock screen does: asks for what a dialog needs, opens it, sends what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desktop_app.db.operation import Operation
from desktop_app.exports.shown import export_shown_stock
from desktop_app.gui.lists.handing_out import ShownExport, hand_out_of
from desktop_app.gui.navigation import Screen
from desktop_app.gui.screens.stock.lines import Product
from desktop_app.gui.screens.stock.packages import PackagesDialog
from desktop_app.gui.screens.stock.paper_forms import (
    CountDialog,
    ProductionDialog,
    TransferDialog,
    WriteOffDialog,
)
from desktop_app.gui.screens.stock.place_forms import (
    PayDialog,
    ReasonDialog,
)
from desktop_app.gui.screens.stock.showing import (
    MovesDialog,
    PaperDialog,
    TableDialog,
    VarianceDialog,
)
from desktop_app.gui.screens.stock.storages_dialog import StoragesDialog
from desktop_app.gui.screens.stock.wording import paper_name
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import AppError
from desktop_app.menu.kinds import ProductKind
from desktop_app.stock import counting, papers, paying, places
from desktop_app.stock import operations as stock
from desktop_app.stock.kinds import CountState
from desktop_app.stock.records import (
    Amount,
    CountPlace,
    CountRow,
    MoveFilter,
    MoveRow,
    PackageRow,
    PaperCard,
    PaperRow,
    StockRow,
    StorageRow,
    Variance,
)

_NEWEST = 200
Known = Callable[[Sequence[StorageRow], Sequence[StockRow]], None]


class Deeds(QObject):
    """Opens the dialogs of the screen; `dialog` is the one in sight."""

    def __init__(self, screen: Screen, currency: str, time: VenueTime) -> None:
        super().__init__(screen)
        self._screen, self._currency, self._time = screen, currency, time
        self._local: Callable[[datetime], datetime] = time.local
        self._bridge = screen.bridge
        self.dialog: Dialog | None = None
        self.sheet: ShownExport | None = None

    # --- entering papers

    def ask_write_off(self) -> None:
        """Ask what is written off."""
        self._with_goods(self._open_write_off)

    def ask_transfer(self) -> None:
        """Ask what goes to another storage."""
        self._with_goods(self._open_transfer)

    def ask_production(self) -> None:
        """Ask what was made."""
        self._with_goods(self._open_production)

    def _with_goods(self, then: Known) -> None:
        def storages(found: Sequence[StorageRow]) -> None:
            self._bridge.ask(self, partial(then, found), stock.list_stock)

        self._bridge.ask(self, storages, stock.list_storages)

    def _open_write_off(self, storages: Sequence[StorageRow], goods: Sequence[StockRow]) -> None:
        made = WriteOffDialog(storages, products_of(goods), self._time, self._screen)

        def send(storage: int, amounts: Sequence[Amount], reason: str, at: datetime | None) -> None:
            done = partial(self.posted, made, tr("It was written off"))
            self._bridge.ask_or(
                self, done, made.refuse, papers.write_off, storage, amounts, reason, at=at
            )

        made.asked.connect(send)
        self.show_dialog(made)

    def _open_transfer(self, storages: Sequence[StorageRow], goods: Sequence[StockRow]) -> None:
        made = TransferDialog(storages, products_of(goods), self._time, self._screen)

        def send(storage: int, target: int, amounts: Sequence[Amount], at: datetime | None) -> None:
            done = partial(self.posted, made, tr("It was moved"))
            self._bridge.ask_or(
                self, done, made.refuse, papers.transfer, storage, target, amounts, at=at
            )

        made.asked.connect(send)
        self.show_dialog(made)

    def _open_production(self, storages: Sequence[StorageRow], goods: Sequence[StockRow]) -> None:
        made_here = [one for one in goods if one.kind is ProductKind.PREPARATION]
        made = ProductionDialog(storages, products_of(made_here), self._time, self._screen)

        def send(storage: int, amount: Amount, target: int, at: datetime | None) -> None:
            done = partial(self.posted, made, tr("It was made"))
            self._bridge.ask_or(
                self, done, made.refuse, papers.produce, storage, amount, target_id=target, at=at
            )

        made.asked.connect(send)
        self.show_dialog(made)

    def posted(self, dialog: Dialog, said: str, paper: int) -> None:
        """Close the dialog and say it is done; the paper can be taken back at once."""
        dialog.accept()
        undo = partial(self._take_back_at_once, paper) if self._may(papers.reverse) else None
        self._screen.shell.tell(said, undo)

    def _take_back_at_once(self, paper: int) -> None:
        done = partial(self._tell, tr("The paper was taken back"))
        self._bridge.ask(self, done, papers.reverse, paper, tr("Entered by mistake"))

    # --- papers

    def show_paper(self, row: PaperRow) -> None:
        """Show a posted paper."""
        self._bridge.ask(self, self._open_paper, stock.show_paper, row.id)

    def _open_paper(self, card: PaperCard) -> None:
        why = self._bridge.why_not
        made = PaperDialog(
            card, self._currency, self._local, (why(paying.pay_supply), why(papers.reverse)),
            self._screen,
        )  # fmt: skip
        made.pay_wanted.connect(partial(self._ask_payment, made))
        made.unpay_wanted.connect(partial(self._ask_why_unpaid, made))
        made.back_wanted.connect(partial(self._ask_why_back, made))
        self.show_dialog(made)

    def _ask_payment(self, shown: PaperDialog) -> None:
        row = shown.card.row
        made = PayDialog(row.unpaid_minor or 0, self._currency, self._screen)

        def send(amount: int, note: str) -> None:
            self._bridge.ask_or(
                self, partial(self._paid, made, row.id, amount), made.refuse,
                paying.pay_supply, row.id, amount, note=note,
            )  # fmt: skip

        made.asked.connect(send)
        shown.accept()
        self.show_dialog(made)

    def _paid(self, dialog: Dialog, paper: int, amount: int, _: int) -> None:
        """Say that it is paid; this payment, and no other, is taken back at once."""
        dialog.accept()

        def back() -> None:
            told = partial(self._tell, tr("The payments were taken back"))
            why = tr("Entered by mistake")
            self._bridge.ask(self, told, paying.take_payments_back, paper, why, last_minor=amount)

        self._screen.shell.tell(tr("The payment is entered"), back)

    def _ask_why_unpaid(self, shown: PaperDialog) -> None:
        sentence = tr("The money comes back into its account, and the supply is owed again.")
        self._ask_why(
            shown, tr("Take the payments back"), sentence, paying.take_payments_back,
            tr("The payments were taken back"),
        )  # fmt: skip

    def _ask_why_back(self, shown: PaperDialog) -> None:
        title = tr("Take {name} back", name=paper_name(shown.card.row))
        sentence = tr("Another paper moves the opposite; this one stays as it is.")
        said = tr("The paper was taken back")
        self._ask_why(shown, title, sentence, papers.reverse, said)

    def _ask_why(
        self,
        shown: PaperDialog,
        title: str,
        sentence: str,
        op: Operation[[int, str], int],
        said: str,
    ) -> None:
        made = ReasonDialog(title, sentence, self._screen)

        def send(reason: str) -> None:
            done = partial(self._done, made, said)
            self._bridge.ask_or(self, done, made.refuse, op, shown.card.row.id, reason)

        made.asked.connect(send)
        shown.accept()
        self.show_dialog(made)

    # --- stock and counts

    def show_moves(self, row: StockRow) -> None:
        """Show how stock of a product moved."""

        def found(answer: tuple[Sequence[MoveRow], int | None]) -> None:
            made = MovesDialog(row.name, answer[0], self._currency, self._local, self._screen)
            made.packages_wanted.connect(partial(self.ask_packages, row, made))
            self.show_dialog(made)

        wanted = MoveFilter(row.product_id)
        self._bridge.ask(self, found, stock.list_moves, wanted, limit=_NEWEST)

    def ask_packages(self, row: StockRow, over: Dialog, _: object = None) -> None:
        """Show in which packages a product is bought, instead of the dialog in sight."""
        over.accept()
        self._bridge.ask(self, partial(self._open_packages, row), stock.list_packages)

    def _open_packages(self, row: StockRow, found: Sequence[PackageRow]) -> None:
        own = [one for one in found if one.product_id == row.product_id]
        made = PackagesDialog(row, own, self._bridge.why_not(places.save_package), self._screen)
        again = partial(self.ask_packages, row, made)

        def add(name: str, factor: int) -> None:
            self._bridge.ask_or(
                self, again, made.refuse, places.save_package, row.product_id, name, factor
            )

        def drop(package: int) -> None:
            self._bridge.ask_or(self, again, made.refuse, places.remove_package, package)

        made.asked.connect(add)
        made.dropped.connect(drop)
        self.show_dialog(made)

    def ask_count(self) -> None:
        """Ask what was counted."""
        self._bridge.ask(self, self._open_count, counting.count_places)

    def _open_count(self, found: Sequence[CountPlace]) -> None:
        made = CountDialog(found, self._time, self._screen)

        def send(storage: int, amounts: Sequence[Amount], note: str, at: datetime | None) -> None:
            done = partial(self._done, made, tr("Handed in; it waits for approval"))
            self._bridge.ask_or(
                self, done, made.refuse, counting.hand_in_count, storage, amounts, at=at,
                note=note,
            )  # fmt: skip

        made.asked.connect(send)
        shell = self._screen.shell
        self.sheet = ShownExport(
            shell, made.sheet, export_shown_stock, made.sheet.accessibleName(), "count-sheet"
        )
        for one, tip in (
            (self.sheet.printer, tr("Print an empty sheet to count on")),
            (self.sheet.button, tr("Write an empty sheet to count on to a file")),
        ):
            if one.isEnabled():
                one.setToolTip(tip)
        self.sheet.copier.hide()
        self.sheet.signatures = [tr("Counted by"), tr("Agreed by")]
        self.sheet.facts = made.sheet_facts
        made.storage.activated.connect(self._sheet_of)
        made.add_tools(self.sheet.tools())
        self.show_dialog(made)

    def _sheet_of(self, *_: object) -> None:
        if self.sheet is not None and isinstance(self.dialog, CountDialog):
            self.sheet.facts = self.dialog.sheet_facts

    def show_variance(self, row: CountRow) -> None:
        """Show the difference of a stock-take to somebody who may see it."""
        why = self._bridge.why_not(counting.show_variance)
        if why:
            self._screen.shell.tell(why)
            return
        then = partial(self._open_variance, row)
        self._bridge.ask(self, then, counting.show_variance, row.id)

    def _open_variance(self, row: CountRow, found: Sequence[Variance]) -> None:
        waits = row.state is CountState.WAITING
        made = VarianceDialog(found, self._currency, open_=waits, parent=self._screen)

        def failed(error: AppError) -> None:
            made.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

        def approve() -> None:
            done = partial(self._done, made, tr("The stock is what was counted"))
            self._bridge.ask_or(self, done, failed, counting.approve_count, row.id)

        def refuse() -> None:
            done = partial(self._done, made, tr("It has to be counted again"))
            self._bridge.ask_or(self, done, failed, counting.refuse_count, row.id)

        made.approved.connect(approve)
        made.refused.connect(refuse)
        self.show_dialog(made)

    # --- storages

    def show_storages(self) -> None:
        """Show the storages, to add, change, put away and remove them."""
        self.show_dialog(StoragesDialog(self._bridge, self._screen))

    # --- everybody's

    def show_dialog(self, dialog: Dialog) -> None:
        """Open a dialog; it is the one in sight."""
        self.dialog = dialog
        if isinstance(dialog, TableDialog):
            shell = self._screen.shell
            out = hand_out_of(shell, dialog, dialog.table, export_shown_stock, "stock-rows")
            out.facts, out.signatures = dialog.facts, dialog.signatures
        dialog.open()

    def _done(self, dialog: Dialog, said: str, _: object = None) -> None:
        dialog.accept()
        self._screen.shell.tell(said)

    def _tell(self, said: str, _: object = None) -> None:
        self._screen.shell.tell(said)

    def _may(self, op: Operation[..., Any]) -> bool:
        return not self._bridge.why_not(op)


def products_of(goods: Sequence[StockRow]) -> list[Product]:
    """Return products as lines of papers take them."""
    return [(one.product_id, one.name, one.unit) for one in goods]
