"""Names that are given once at a venue."""

from __future__ import annotations

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.errors import ConflictError, InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.rules import check_name
from desktop_app.menu.tables import Category, ModifierGroup, PriceList, Station

_LETTERS = 200


def free_name(
    tx: Transaction, table: type[Category | Station | ModifierGroup | PriceList], venue_id: int,
    name: str, own: int | None,
) -> str:  # fmt: skip
    """Return a name as it is stored; ConflictError where another row of the venue has it."""
    cleaned = check_name(name)
    if len(cleaned) > _LETTERS:
        raise InvalidError(msg("A name has at most 200 letters."), field="name")
    taken = tx.scalar(select(table.id).where(table.venue_id == venue_id, table.name == cleaned))
    if taken is not None and taken != own:
        raise ConflictError(msg("“{name}” is there already.", name=cleaned))
    return cleaned
