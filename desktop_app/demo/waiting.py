"""What waits in the demonstration's stock: packages of products, and supplies not received yet."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.db.transaction import Transaction
from desktop_app.demo.cellar import Cellar
from desktop_app.stock.tables import ProductPackage, SupplyDraft, SupplyDraftLine

_PACKAGES = (
    ("Un", "Kisə", 25_000_000),
    ("Düyü", "Kisə", 20_000_000),
    ("Şəkər", "Kisə", 50_000_000),
    ("Günəbaxan yağı", "Bidon", 5_000_000),
    ("Noxud", "Torba", 10_000_000),
)
"""Product, package and how much is in one, in thousandths of its unit."""
_DRY, _DAIRY = 5, 2
_DRAFTS: tuple[tuple[int, str, tuple[tuple[str, str, int, int], ...]], ...] = (
    (_DRY, "EQF-20931", (("Un", "Kisə", 4_000, 12_000), ("Şəkər", "Kisə", 1_000, 8_500))),
    (_DAIRY, "", (("Süd", "", 20_000_000, 3_600),)),
)
"""Supplier, invoice, and lines: product, package, how many and for how much."""
_TAX_BP = 1800


def leave_waiting(tx: Transaction, cellar: Cellar) -> None:
    """Add packages and the supplies that came this morning and nobody has looked at."""
    factors = {(product, name): factor for product, name, factor in _PACKAGES}
    for product, name, factor in _PACKAGES:
        tx.add(
            ProductPackage(
                id=tx.ids.one(), product_id=cellar.numbers[product], name=name, factor=factor
            )
        )
    for supplier, invoice, lines in _DRAFTS:
        draft = tx.add(_draft(tx, cellar, supplier, invoice))
        for number, (product, package, much, amount) in enumerate(lines, 1):
            tx.add(
                SupplyDraftLine(
                    draft_id=draft.id, line_no=number, product_id=cellar.numbers[product],
                    quantity=much, package=package, factor=factors.get((product, package), 1000),
                    amount_minor=amount, discount_bp=0, tax_bp=_TAX_BP,
                )
            )  # fmt: skip
    tx.about("demonstration", packages=len(_PACKAGES), drafts=len(_DRAFTS))


def _draft(tx: Transaction, cellar: Cellar, supplier: int, invoice: str) -> SupplyDraft:
    due: date | None = cellar.today + timedelta(days=14) if invoice else None
    return SupplyDraft(
        id=tx.ids.one(), venue_id=cellar.venue.id, storage_id=cellar.main,
        supplier_id=cellar.suppliers[supplier], at=cellar.until - timedelta(hours=1),
        invoice=invoice, due_date=due, tax_included=True, tax_reclaimed=False, note="",
        entered_by="", version=1,
    )  # fmt: skip
