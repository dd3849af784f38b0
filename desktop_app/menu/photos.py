"""The photos of products; `exchange/pictures` decodes and encodes them anew before."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.tables import Product, ProductPhoto

_JPEG = b"\xff\xd8\xff"
_LARGEST = 1 << 20


def write_photo(tx: Transaction, product_id: int, image: bytes, small: bytes) -> None:
    """Keep a photo of a product in place of the one before."""
    if tx.find(Product, product_id) is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    for one in (image, small):
        if not one.startswith(_JPEG) or len(one) > _LARGEST:
            raise InvalidError(msg("This is no photo that can be kept."), field="photo")
    row = tx.find(ProductPhoto, product_id)
    if row is None:
        tx.add(ProductPhoto(product_id=product_id, image=image, small=small, at=tx.at))
    else:
        row.image, row.small, row.at = image, small, tx.at


@command(Permission.MENU_EDIT)
def remove_photo(tx: Transaction, product_id: int) -> None:
    """Remove the photo of a product."""
    row = tx.find(ProductPhoto, product_id)
    if row is None:
        raise NotFoundError(msg("It has no photo."))
    tx.remove(row)


@query(Permission.MENU_READ)
def get_photo(tx: Transaction, product_id: int) -> bytes | None:
    """Return the photo of a product as JPEG; None where it has none."""
    found = tx.rows(select(ProductPhoto.image).where(ProductPhoto.product_id == product_id))
    return next((image for (image,) in found), None)


@query(Permission.MENU_READ)
def list_thumbnails(tx: Transaction) -> Mapping[int, bytes]:
    """Return the small photos of products, as JPEG."""
    return tx.pairs(select(ProductPhoto.product_id, ProductPhoto.small))
