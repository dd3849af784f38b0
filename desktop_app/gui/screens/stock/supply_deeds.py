"""What the stock screen does with supplies: entered, changed, kept, received, thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.gui.navigation import Screen
from desktop_app.gui.screens.stock.deeds import Deeds, products_of
from desktop_app.gui.screens.stock.supply_difference import supply_differences
from desktop_app.gui.screens.stock.supply_form import SupplyDialog, SupplyOffers
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.difference import DifferenceDialog
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import AppError, ConflictError
from desktop_app.stock import operations as stock
from desktop_app.stock import supplies
from desktop_app.stock.records import (
    DraftRow,
    PackageRow,
    StockRow,
    StorageRow,
    SupplierRow,
    SupplyForm,
)


class SupplyDeeds(QObject):
    """Opens the dialog of a supply, and sends what it says."""

    def __init__(self, screen: Screen, deeds: Deeds, currency: str, time: VenueTime) -> None:
        super().__init__(screen)
        self._screen, self._deeds = screen, deeds
        self._bridge = screen.bridge
        self._currency, self._time = currency, time

    def ask_supply(self) -> None:
        """Ask for a new supply."""
        self._with_offers(None)

    def open_draft(self, row: DraftRow) -> None:
        """Show an entered supply, to change it, receive it or throw it away."""
        self._with_offers(row)

    # --- what it is chosen from

    def _with_offers(self, draft: DraftRow | None) -> None:
        def storages(found: Sequence[StorageRow]) -> None:
            self._bridge.ask(self, partial(goods, found), stock.list_stock)

        def goods(places: Sequence[StorageRow], found: Sequence[StockRow]) -> None:
            self._bridge.ask(self, partial(packages, places, found), stock.list_packages)

        def packages(
            places: Sequence[StorageRow], rows: Sequence[StockRow], found: Sequence[PackageRow]
        ) -> None:
            def suppliers(known: Sequence[SupplierRow]) -> None:
                self._show(SupplyOffers(places, known, products_of(rows), found), draft)

            if self._bridge.can(stock.list_suppliers):
                self._bridge.ask(self, suppliers, stock.list_suppliers)
            else:
                suppliers([])

        self._bridge.ask(self, storages, stock.list_storages)

    def _show(self, offers: SupplyOffers, draft: DraftRow | None) -> None:
        made = SupplyDialog(offers, self._currency, self._time, self._screen, draft)
        why = self._bridge.why_not
        made.allow_deeds(why(supplies.receive_supply), why(supplies.save_draft))
        made.asked.connect(partial(self._receive, made, offers))
        made.kept.connect(partial(self._keep, made, offers, draft))
        made.thrown.connect(partial(self._throw, made))
        self._deeds.show_dialog(made)

    # --- doing

    def _receive(
        self,
        made: SupplyDialog,
        offers: SupplyOffers,
        form: SupplyForm,
        paid: bool,  # noqa: FBT001
    ) -> None:
        """Receive what is typed; of a draft that was changed, store the change first."""
        draft = made.draft
        done = partial(self._deeds.posted, made, tr("The supply is in the stock"))
        if draft is None:
            self._bridge.ask_or(self, done, made.refuse, supplies.receive_supply, form, paid=paid)
            return
        failed = partial(self._failed, made, offers, draft, form)

        def stored(version: int) -> None:
            self._bridge.ask_or(
                self, done, failed, supplies.receive_draft, draft.id, version, paid=paid
            )

        if made.is_changed:
            self._bridge.ask_or(
                self, lambda _: stored(draft.version + 1), failed,
                supplies.save_draft, draft.id, form, draft.version,
            )  # fmt: skip
        else:
            stored(draft.version)

    def _keep(
        self, made: SupplyDialog, offers: SupplyOffers, draft: DraftRow | None, form: SupplyForm
    ) -> None:
        if draft is None:
            self._bridge.ask_or(
                self, partial(self._kept_new, made), made.refuse, supplies.save_draft, None, form
            )
            return
        undo = partial(self._put_back, draft.id, draft.form, draft.version + 1)
        done = partial(self._kept, made, tr("The entered supply was changed"), undo)
        failed = partial(self._failed, made, offers, draft, form)
        self._bridge.ask_or(self, done, failed, supplies.save_draft, draft.id, form, draft.version)

    def _kept_new(self, made: SupplyDialog, draft_id: int) -> None:
        undo = partial(self._drop, draft_id)
        self._kept(made, tr("The supply waits to be received"), undo, None)

    def _kept(self, made: SupplyDialog, said: str, undo: object, _: object) -> None:
        made.accept()
        self._screen.shell.tell(said, undo if callable(undo) else None)

    def _put_back(self, draft_id: int, form: SupplyForm, version: int) -> None:
        said = tr("The entered supply is what it was before")
        self._bridge.ask(
            self, lambda _: self._screen.shell.tell(said),
            supplies.save_draft, draft_id, form, version,
        )  # fmt: skip

    def _drop(self, draft_id: int) -> None:
        said = tr("The entered supply was thrown away")
        self._bridge.ask(
            self, lambda _: self._screen.shell.tell(said), supplies.drop_draft, draft_id
        )

    def _throw(self, made: SupplyDialog) -> None:
        """Throw a draft away; it comes back as a new one where that was a mistake."""
        draft = made.draft
        if draft is None:
            return
        asked = ConfirmDialog(
            tr("Throw this supply away?"),
            tr("It was never in the stock; nothing else changes."),
            tr("Throw it away"), parent=made,
        )  # fmt: skip

        def again() -> None:
            self._bridge.ask(self, lambda _: None, supplies.save_draft, None, draft.form)

        def gone(_: None) -> None:
            made.accept()
            self._screen.shell.tell(tr("The entered supply was thrown away"), again)

        asked.confirmed.connect(
            lambda: self._bridge.ask_or(self, gone, made.refuse, supplies.drop_draft, draft.id)
        )
        made.confirm = asked
        asked.open()

    # --- two people at one draft

    def _failed(
        self, made: SupplyDialog, offers: SupplyOffers, draft: DraftRow, form: SupplyForm,
        error: AppError,
    ) -> None:  # fmt: skip
        if not isinstance(error, ConflictError):
            made.refuse(error)
            return

        def found(rows: Sequence[DraftRow]) -> None:
            now = [one for one in rows if one.id == draft.id]
            if now:
                self._show_difference(made, offers, now[0], form)
            else:
                made.refuse(error)

        self._bridge.ask(self, found, stock.list_drafts)

    def _show_difference(
        self, made: SupplyDialog, offers: SupplyOffers, now: DraftRow, form: SupplyForm
    ) -> None:
        lines = supply_differences(now.form, form, offers, self._currency, self._time)
        shown = DifferenceDialog(now.form.invoice or tr("Entered supply"), lines, made)
        shown.theirs.connect(partial(self._show, offers, now))
        shown.mine.connect(partial(self._keep, made, offers, now, form))
        shown.theirs.connect(made.reject)
        shown.rejected.connect(made.allow_again)
        self._deeds.show_dialog(shown)
