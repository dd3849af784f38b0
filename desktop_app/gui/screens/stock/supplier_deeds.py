"""What the stock screen does with suppliers: added, changed, by two people at once, undone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.gui.navigation import Screen
from desktop_app.gui.screens.stock.deeds import Deeds
from desktop_app.gui.screens.stock.place_forms import SupplierDialog
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.difference import DifferenceDialog, field_differences, show_difference
from desktop_app.kernel.errors import AppError, ConflictError
from desktop_app.stock import operations as stock
from desktop_app.stock import places
from desktop_app.stock.records import SupplierForm, SupplierRow


class SupplierDeeds(QObject):
    """Opens the dialog of a supplier, and sends what it says."""

    def __init__(self, screen: Screen, deeds: Deeds) -> None:
        super().__init__(screen)
        self._screen, self._deeds, self._bridge = screen, deeds, screen.bridge
        self.difference: DifferenceDialog | None = None

    def ask_supplier(self, row: SupplierRow | None = None) -> None:
        """Ask who a supplier is."""
        made = SupplierDialog(row.form if row else None, self._screen)
        made.asked.connect(partial(self._store, made, row))
        self._deeds.show_dialog(made)

    def _store(self, made: SupplierDialog, row: SupplierRow | None, form: SupplierForm) -> None:
        if row is None:
            done = partial(self._stored, made, None)
            self._bridge.ask_or(self, done, made.refuse, places.save_supplier, None, form, 0)
            return
        self._bridge.ask_or(
            self, partial(self._stored, made, row), partial(self._refused, made, row, form),
            places.save_supplier, row.id, form, row.version,
        )  # fmt: skip

    def _stored(self, made: SupplierDialog, before: SupplierRow | None, _: int) -> None:
        made.accept()
        undo = None if before is None else partial(self._put_back, before)
        self._screen.shell.tell(tr("Stored"), undo)

    def _put_back(self, before: SupplierRow) -> None:
        """Make a supplier what it was before; refused where others changed it since."""
        said = tr("{name} is as it was before", name=before.form.name)
        self._bridge.ask(
            self, lambda _: self._screen.shell.tell(said),
            places.save_supplier, before.id, before.form, before.version + 1,
        )  # fmt: skip

    def _refused(
        self, made: SupplierDialog, row: SupplierRow, form: SupplierForm, error: AppError
    ) -> None:
        made.refuse(error)

        def found(rows: Sequence[SupplierRow]) -> None:
            for now in rows:
                if now.id == row.id and now.version != row.version:
                    made.banner.hide()
                    self.difference = show_difference(
                        made, now.form.name, supplier_differences(now.form, form),
                        mine=partial(self._store, made, now, form),
                        theirs=partial(self._again, made, now),
                    )  # fmt: skip

        if isinstance(error, ConflictError):
            self._bridge.ask(made, found, stock.list_suppliers)

    def _again(self, made: SupplierDialog, now: SupplierRow) -> None:
        made.reject()
        self.ask_supplier(now)


def supplier_differences(
    stored: SupplierForm, typed: SupplierForm
) -> Sequence[tuple[str, str, str]]:
    """Return each field of a supplier in which two forms differ."""
    titles = {
        "name": tr("Name"), "tax_id": tr("Tax id"), "phone": tr("Phone"), "email": tr("E-mail"),
        "address": tr("Address"), "days_to_pay": tr("Days to pay"), "note": tr("Note"),
        "active": tr("In use"),
    }  # fmt: skip
    return field_differences(stored, typed, titles)
