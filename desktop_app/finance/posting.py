"""How other slices enter money: a supply that is paid, a shift that is closed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.finance.kinds import SYSTEM, AccountKind, Direction, SystemCategory
from desktop_app.finance.records import Entry
from desktop_app.finance.rules import check_amount, check_note
from desktop_app.finance.tables import MoneyAccount, MoneyCategory, MoneyEntry
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.words import msg

_NAMES: Mapping[AccountKind, str] = {
    AccountKind.CASH: "Kassa",
    AccountKind.BANK: "Bank",
    AccountKind.CARD: "POS-terminal",
    AccountKind.OTHER: "Digər",
}
"""What the first account of a kind is called where the restaurant named none; it can rename it."""


def post(tx: Transaction, entry: Entry) -> int:
    """Enter money into the books and return the number of the entry.

    InvalidError where the account is closed or of another venue, or the amount goes the wrong way
    for its category.
    """
    return add(tx, entry).id


def add(
    tx: Transaction,
    entry: Entry,
    *,
    corrects: int | None = None,
    instead_of: int | None = None,
) -> MoneyEntry:
    """Do as `post`; what takes an entry back goes the other way and into a closed account too."""
    account = tx.find(MoneyAccount, entry.account_id)
    if account is None or account.venue_id != entry.venue_id:
        raise NotFoundError(msg("There is no account {number}.", number=entry.account_id))
    if corrects is None:
        if not account.active:
            raise InvalidError(
                msg("The account “{name}” is closed.", name=account.name),
                field="account",
                hint=msg("Choose another one, or open it again."),
            )
        check_amount(entry.amount_minor, direction_of(tx, entry.category_id))
    return tx.add(
        MoneyEntry(
            id=tx.ids.one(),
            venue_id=entry.venue_id,
            account_id=entry.account_id,
            category_id=entry.category_id,
            business_date=entry.day,
            at=tx.at,
            amount_minor=entry.amount_minor,
            document=entry.document,
            corrects=corrects,
            instead_of=instead_of,
            note=check_note(entry.note),
        )
    )


def direction_of(tx: Transaction, category_id: int) -> Direction:
    """Return which way money of a category goes; NotFoundError where there is none."""
    if category_id in SYSTEM:
        return SYSTEM[SystemCategory(category_id)].direction
    found = tx.find(MoneyCategory, category_id)
    if found is None:
        raise NotFoundError(msg("There is no category {number}.", number=category_id))
    if not found.active:
        raise InvalidError(
            msg("The category “{name}” is not used any more.", name=found.name), field="category"
        )
    return found.direction


def account_for(tx: Transaction, venue_id: int, kind: AccountKind) -> int:
    """Return the oldest open account of a kind at a venue, opening one where there is none."""
    found = tx.rows(
        select(MoneyAccount.id)
        .where(MoneyAccount.venue_id == venue_id, MoneyAccount.kind == kind, MoneyAccount.active)
        .order_by(MoneyAccount.id)
        .limit(1)
    )
    if found:
        return int(found[0][0])
    taken = {
        name for (name,) in tx.rows(
            select(MoneyAccount.name).where(MoneyAccount.venue_id == venue_id)
        )
    }  # fmt: skip
    name = _NAMES[kind]
    number = 2
    while name in taken:
        name = f"{_NAMES[kind]} {number}"
        number += 1
    return tx.add(MoneyAccount(id=tx.ids.one(), venue_id=venue_id, name=name, kind=kind)).id
