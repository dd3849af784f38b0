"""Products as an import meets them: found by name, added where they are new."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.menu.tables import Category, Product, ProductVariant


@dataclass(slots=True)
class Catalogue:
    """The menu of one venue in memory, for the length of an import.

    New entries are written by `flush` into the transaction that uses them first.
    """

    venue_id: int
    products: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    variants: set[tuple[int, str]] = field(default_factory=set)
    category_of: dict[int, int] = field(default_factory=dict)
    """The category of a product, 0 for none."""
    _new_products: list[tuple[object, ...]] = field(default_factory=list)
    _new_categories: list[tuple[object, ...]] = field(default_factory=list)
    _new_variants: list[tuple[object, ...]] = field(default_factory=list)

    @classmethod
    def read(cls, tx: Transaction, venue_id: int) -> Catalogue:
        """Return the menu as it is."""
        own = cls(venue_id)
        own.refresh(tx)
        return own

    def refresh(self, tx: Transaction) -> None:
        """Read what another program has added since; in the transaction that will write."""
        counts = [
            tx.scalar(select(func.count()).where(Product.venue_id == self.venue_id)),
            tx.scalar(select(func.count()).where(Category.venue_id == self.venue_id)),
            tx.scalar(select(func.count()).select_from(ProductVariant)),
        ]
        if counts == [len(self.products), len(self.categories), len(self.variants)]:
            return
        products = select(Product.name, Product.id).where(Product.venue_id == self.venue_id)
        places = select(Product.id, Product.category_id).where(Product.venue_id == self.venue_id)
        categories = select(Category.name, Category.id).where(Category.venue_id == self.venue_id)
        variants = select(ProductVariant.product_id, ProductVariant.name)
        self.products.update(tx.pairs(products))
        self.category_of.update((id_, place or 0) for id_, place in tx.rows(places))
        self.categories.update(tx.pairs(categories))
        self.variants.update((id_, name) for id_, name in tx.rows(variants))

    def product(
        self,
        tx: Transaction,
        name: str,
        category: str,
        variant: str,
        price_minor: int,
        reference: str,
    ) -> int:
        """Return the number of a product, making it (and its variant) where it is new."""
        found = self.products.get(name)
        if found is None:
            found = self.products[name] = tx.ids.one()
            place = self._category(tx, category)
            self.category_of[found] = place or 0
            self._new_products.append((found, self.venue_id, place, name, reference, True))
        key = (found, variant)
        if key not in self.variants:
            self.variants.add(key)
            self._new_variants.append((found, variant, price_minor))
        return found

    def flush(self, tx: Transaction) -> int:
        """Write what is new and return how many products that were."""
        added = len(self._new_products)
        tx.import_rows(Category, ("id", "venue_id", "name", "place"), self._new_categories)
        tx.import_rows(
            Product,
            ("id", "venue_id", "category_id", "name", "reference", "active"),
            self._new_products,
        )
        tx.import_rows(ProductVariant, ("product_id", "name", "price_minor"), self._new_variants)
        self._new_categories.clear()
        self._new_products.clear()
        self._new_variants.clear()
        return added

    def _category(self, tx: Transaction, name: str) -> int | None:
        if not name:
            return None
        found = self.categories.get(name)
        if found is None:
            found = self.categories[name] = tx.ids.one()
            self._new_categories.append((found, self.venue_id, name, len(self.categories)))
        return found
