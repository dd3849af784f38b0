"""Photos for some dishes of the demonstration: painted when it is made, kept like any other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.exchange.pictures import photo_of
from desktop_app.menu.photos import write_photo
from desktop_app.menu.tables import Product, ProductPhoto


def write_photos(tx: Transaction, venue_id: int, seed: int, until: datetime) -> None:
    """Give the dishes that can be painted their photos."""
    from desktop_app.demo.plates import PLATES, painted  # noqa: PLC0415 - Pillow, for this only

    wanted = select(Product.name, Product.id).where(
        Product.venue_id == venue_id, Product.name.in_(list(PLATES))
    )
    numbers = tx.pairs(wanted)
    for name in PLATES:
        picture = painted(seed, name)
        photo = photo_of(picture.tobytes(), picture.size)
        write_photo(tx, numbers[name], photo.image, photo.small)
        tx.get(ProductPhoto, numbers[name]).at = until
