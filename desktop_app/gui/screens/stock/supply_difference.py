"""In what two versions of an entered supply differ, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.gui.format import moment
from desktop_app.gui.screens.stock.wording import day_of, money_of, much_of
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.difference import Difference, shortened, words_of
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.quantity import plain
from desktop_app.stock.records import SupplyForm, SupplyLine

if TYPE_CHECKING:
    from desktop_app.gui.screens.stock.supply_form import SupplyOffers


def supply_differences(
    stored: SupplyForm, typed: SupplyForm, offers: SupplyOffers, currency: str, time: VenueTime
) -> Sequence[Difference]:
    """Return each field in which two forms differ: its name, what is stored, what was typed."""
    storages = {one.id: one.form.name for one in offers.storages}
    suppliers = {one.id: one.form.name for one in offers.suppliers}
    products = {id_: (name, unit) for id_, name, unit in offers.products}

    def line(one: SupplyLine) -> str:
        name, unit = products.get(one.product_id, ("–", None))
        if one.package or unit is None:
            much = f"{plain(one.quantity)} × {one.package or '?'}"
        else:
            much = much_of(one.quantity, unit)
        return f"{name}: {much}, {money_of(one.amount_minor, currency)}"

    def told(form: SupplyForm) -> Sequence[tuple[str, str]]:
        return [
            (tr("Storage"), storages.get(form.storage_id, "–")),
            (tr("Supplier"), suppliers.get(form.supplier_id or 0, "")),
            (tr("When it came"), moment(time.local(form.at), language()) if form.at else ""),
            (tr("Number of the invoice"), form.invoice),
            (tr("To be paid by"), day_of(form.due_date)),
            (tr("The tax comes on top of the amounts"), words_of(not form.tax_included)),
            (tr("The tax is given back"), words_of(form.tax_reclaimed)),
            (tr("Lines"), "\n".join(line(one) for one in form.lines)),
            (tr("Note"), form.note),
        ]

    return [
        (title, shortened(theirs), shortened(mine))
        for (title, theirs), (_, mine) in zip(told(stored), told(typed), strict=True)
        if theirs != mine
    ]
