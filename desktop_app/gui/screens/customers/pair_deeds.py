"""What is done with two cards: compared, put together, taken apart, marked as two people's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.customers.duplicates import (
    list_apart,
    list_duplicates,
    mark_apart,
    unmark_apart,
)
from desktop_app.customers.merging import EditedSinceError, merge_customers, unmerge_customers
from desktop_app.customers.operations import get_customer
from desktop_app.customers.records import (
    ApartRow,
    CustomerCard,
    DuplicateRow,
    JoinedRow,
    MergeWish,
)
from desktop_app.exports.shown import export_shown_customers
from desktop_app.gui.lists.handing_out import hand_out_of
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.customers.apart_dialog import ApartDialog, PartDialog
from desktop_app.gui.screens.customers.merge_dialog import DuplicatesDialog, MergeDialog
from desktop_app.gui.text import tr
from desktop_app.kernel.errors import AppError
from desktop_app.venue.records import VenueCard


class PairDeeds(QObject):
    """Opens the dialogs about pairs of cards over `over`; `show(id)` opens a card.

    `opened` is told of each dialog.
    """

    def __init__(
        self,
        shell: Shell,
        over: QWidget,
        venue: VenueCard,
        show: Callable[[int], object],
        opened: Callable[[QWidget], None],
    ) -> None:
        super().__init__(over)
        self._shell, self._over, self._venue, self._show = shell, over, venue, show
        self._bridge = shell.bridge
        self._opened = opened

    def duplicates(self) -> None:
        """Show cards that may be one person's."""
        self._bridge.ask(self, self._open_duplicates, list_duplicates)

    def _open_duplicates(self, rows: Sequence[DuplicateRow]) -> None:
        dialog = DuplicatesDialog(rows, self._over, why_not=self._bridge.why_not(mark_apart))
        self._opened(dialog)
        if rows:
            hand_out_of(self._shell, dialog, dialog.table, export_shown_customers, "duplicates")
        dialog.wanted.connect(partial(self._compare, dialog))
        dialog.apart.connect(partial(self._mark_apart, dialog))
        dialog.marked.connect(partial(self._ask_marked, dialog))
        dialog.open()

    def _mark_apart(self, dialog: DuplicatesDialog, row: DuplicateRow) -> None:
        then = partial(self._marked_apart, dialog)
        self._bridge.ask(dialog, then, mark_apart, row.first.id, row.second.id)

    def _marked_apart(self, dialog: DuplicatesDialog, _: object) -> None:
        dialog.accept()
        self._shell.tell(tr("Marked as two people: the pair is not shown again."))
        self.duplicates()

    def _ask_marked(self, dialog: DuplicatesDialog) -> None:
        dialog.accept()
        self._bridge.ask(self, self._open_marked, list_apart)

    def _open_marked(self, rows: Sequence[ApartRow]) -> None:
        why_not = self._bridge.why_not(unmark_apart)
        dialog = ApartDialog(rows, self._venue, self._over, why_not=why_not)
        self._opened(dialog)
        dialog.undone.connect(partial(self._unmark, dialog))
        dialog.open()

    def _unmark(self, dialog: ApartDialog, row: ApartRow) -> None:
        then = partial(self._unmarked, dialog)
        self._bridge.ask(dialog, then, unmark_apart, row.first.id, row.second.id)

    def _unmarked(self, dialog: ApartDialog, _: object) -> None:
        dialog.accept()
        self._shell.tell(tr("The mark is taken away."))
        self.duplicates()

    def _compare(self, dialog: DuplicatesDialog, row: DuplicateRow) -> None:
        dialog.accept()
        self._bridge.ask(self, partial(self._ask_other, row), get_customer, row.first.id)

    def _ask_other(self, row: DuplicateRow, one: CustomerCard) -> None:
        self._bridge.ask(self, partial(self._open_merge, one), get_customer, row.second.id)

    def _open_merge(self, one: CustomerCard, other: CustomerCard) -> None:
        dialog = MergeDialog(one, other, self._over)
        self._opened(dialog)
        dialog.asked.connect(partial(self._merge, dialog))
        dialog.open()

    def _merge(self, dialog: MergeDialog, wish: MergeWish) -> None:
        then = partial(self._merged, dialog, wish)
        self._bridge.ask_or(dialog, then, dialog.refuse, merge_customers, wish)

    def _merged(self, dialog: MergeDialog, wish: MergeWish, _: int) -> None:
        dialog.accept()
        self._shell.tell(tr("Put together; the card says how to take them apart."))
        self._show(wish.kept_id)

    def part(self, one: JoinedRow) -> None:
        """Take one of the cards that were joined apart again."""
        self._bridge.ask_or(
            self, self._parted, partial(self._not_parted, one), unmerge_customers, one.id
        )

    def _not_parted(self, one: JoinedRow, error: AppError) -> None:
        if not isinstance(error, EditedSinceError):
            self._bridge.failed.emit(error)
            return
        dialog = PartDialog(one, error, self._over)
        self._opened(dialog)
        dialog.asked.connect(partial(self._part_anyway, dialog, one))
        dialog.open()

    def _part_anyway(self, dialog: PartDialog, one: JoinedRow) -> None:
        self._bridge.ask_or(
            dialog, partial(self._parted_anyway, dialog), dialog.refuse,
            unmerge_customers, one.id, anyway=True,
        )  # fmt: skip

    def _parted_anyway(self, dialog: PartDialog, kept_id: int) -> None:
        dialog.accept()
        self._parted(kept_id)

    def _parted(self, kept_id: int) -> None:
        self._shell.tell(tr("Taken apart: each card has again what it had."))
        self._show(kept_id)
