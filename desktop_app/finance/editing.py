"""What enters money into the books, and what orders them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.finance.kinds import SYSTEM, Direction, SystemCategory
from desktop_app.finance.posting import add, post
from desktop_app.finance.records import AccountForm, CategoryForm, Entry, NewEntry
from desktop_app.finance.rules import (
    check_amount,
    check_day,
    check_name,
    check_not_system,
    check_note,
    check_parent,
    check_reason,
)
from desktop_app.finance.tables import MoneyAccount, MoneyCategory, MoneyEntry
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import the_venue

_TRANSFER = "transfer:"


@command(Permission.FINANCE_EDIT)
def add_account(tx: Transaction, form: AccountForm, opening_minor: int = 0) -> int:
    """Open an account with what lies in it already, and return its number."""
    venue = the_venue(tx)
    name = _free_account(tx, venue.id, check_name(form.name), None)
    account = tx.add(
        MoneyAccount(
            id=tx.ids.one(), venue_id=venue.id, name=name, kind=form.kind, active=form.active
        )
    )
    if opening_minor:
        today = as_date(venue.time.business_date(tx.at))
        post(tx, Entry(venue.id, account.id, SystemCategory.OPENING, today, opening_minor))
    tx.about(f"account {account.id}")
    return account.id


@command(Permission.FINANCE_EDIT)
def change_account(tx: Transaction, account_id: int, version: int, form: AccountForm) -> int:
    """Rename an account, or close it; its new version is returned.

    ConflictError where somebody else changed it meanwhile; InvalidError for closing one in which
    money lies.
    """
    account = _account(tx, account_id)
    _check_version(version, account.version)
    name = _free_account(tx, account.venue_id, check_name(form.name), account.id)
    if account.active and not form.active and _balance(tx, account.id):
        raise InvalidError(
            msg("Money lies in “{name}”: it cannot be closed.", name=account.name),
            field="active",
            hint=msg("Transfer it to another account first."),
        )
    account.name, account.kind, account.active = name, form.kind, form.active
    account.version += 1
    tx.about(f"account {account.id}")
    return account.version


@command(Permission.FINANCE_EDIT)
def add_money_category(tx: Transaction, form: CategoryForm) -> int:
    """Add a category of the restaurant's own and return its number."""
    id_ = tx.ids.one()
    name = _free_category(tx, check_name(form.name), None)
    _check_place(tx, id_, form)
    tx.add(
        MoneyCategory(
            id=id_, name=name, direction=form.direction, parent_id=form.parent_id,
            active=form.active,
        )
    )  # fmt: skip
    tx.about(f"category {id_}")
    return id_


@command(Permission.FINANCE_EDIT)
def change_money_category(
    tx: Transaction, category_id: int, version: int, form: CategoryForm
) -> int:
    """Rename a category, move it, or use it no more; its new version is returned.

    InvalidError for one of the program's own, and for another direction while entries use it.
    """
    check_not_system(category_id)
    row = tx.find(MoneyCategory, category_id)
    if row is None:
        raise NotFoundError(msg("There is no category {number}.", number=category_id))
    _check_version(version, row.version)
    name = _free_category(tx, check_name(form.name), row.id)
    _check_place(tx, row.id, form)
    turned = form.direction not in {row.direction, Direction.BOTH}
    if turned and _is_used(tx, row.id):
        raise InvalidError(
            msg("Entries use “{name}”: which way its money goes stays.", name=row.name),
            field="direction",
            hint=msg("Add another category for the other way."),
        )
    row.name, row.direction, row.parent_id, row.active = (
        name, form.direction, form.parent_id, form.active,
    )  # fmt: skip
    row.version += 1
    tx.about(f"category {row.id}")
    return row.version


@command(Permission.FINANCE_EDIT)
def add_entry(tx: Transaction, new: NewEntry) -> int:
    """Enter income or an expense by hand and return the number of the entry."""
    _check_by_hand(new.category_id)
    id_ = post(tx, _dated(tx, new))
    tx.about(f"entry {id_}")
    tx.sign()
    return id_


@command(Permission.FINANCE_EDIT)
def transfer(tx: Transaction, source: int, target: int, new: NewEntry) -> int:
    """Move money from one account to another; of `new` the day, amount and note count.

    Two entries that add up to nothing; the number that both carry is returned.
    """
    if source == target:
        raise InvalidError(msg("Choose two different accounts."), field="target")
    if new.amount_minor <= 0:
        raise InvalidError(msg("A transfer moves more than nothing."), field="amount")
    number = tx.ids.one()
    whole = replace(new, category_id=int(SystemCategory.TRANSFERS))
    for account, amount in ((source, -new.amount_minor), (target, new.amount_minor)):
        one = _dated(tx, replace(whole, account_id=account, amount_minor=amount))
        post(tx, replace(one, document=f"{_TRANSFER}{number}"))
    tx.about(f"transfer {number}")
    tx.sign()
    return number


@command(Permission.FINANCE_EDIT)
def correct_entry(
    tx: Transaction, entry_id: int, reason: str, instead: NewEntry | None = None
) -> int | None:
    """Take an entry back by a new one that points at it, and enter what is right instead.

    Both halves of a transfer go together. ConflictError where it was taken back already;
    InvalidError for what belongs to a supply or a shift: that is corrected there.
    """
    why = check_reason(reason)
    entry = tx.find(MoneyEntry, entry_id)
    if entry is None:
        raise NotFoundError(msg("There is no entry {number}.", number=entry_id))
    _check_correctable(tx, entry)
    for one in _together(tx, entry):
        took = Entry(
            one.venue_id, one.account_id, one.category_id, one.business_date, -one.amount_minor,
            why, one.document,
        )  # fmt: skip
        add(tx, took, corrects=one.id)
    done = None
    if instead is not None:
        if entry.document:
            raise InvalidError(
                msg("A transfer is taken back; enter the right one as a new transfer."),
                field="instead",
            )
        _check_by_hand(instead.category_id)
        done = add(tx, _dated(tx, instead), instead_of=entry.id).id
    tx.about(f"entry {entry.id}")
    tx.sign()
    return done


def _together(tx: Transaction, entry: MoneyEntry) -> list[MoneyEntry]:
    if not entry.document:
        return [entry]
    return list(tx.objects(select(MoneyEntry).where(MoneyEntry.document == entry.document)))


def _check_correctable(tx: Transaction, entry: MoneyEntry) -> None:
    if entry.corrects is not None:
        raise InvalidError(
            msg("This entry takes another one back; it cannot be taken back itself."),
            hint=msg("Enter what is right as a new entry."),
        )
    if entry.document and not entry.document.startswith(_TRANSFER):
        raise InvalidError(
            msg("This entry belongs to {document}.", document=entry.document.replace(":", " ")),
            hint=msg("Correct it there; the books follow."),
        )
    if tx.scalar(select(func.count()).where(MoneyEntry.corrects == entry.id)):
        raise ConflictError(msg("This entry has been taken back already."))


def _check_by_hand(category_id: int) -> None:
    if category_id == SystemCategory.TRANSFERS:
        raise InvalidError(
            msg("Money between accounts is moved by a transfer, which has both sides."),
            field="category",
        )


def _dated(tx: Transaction, new: NewEntry) -> Entry:
    account = _account(tx, new.account_id)
    today = as_date(the_venue(tx).time.business_date(tx.at))
    return Entry(
        account.venue_id, account.id, new.category_id, check_day(new.day, today),
        check_amount(new.amount_minor, Direction.BOTH), check_note(new.note),
    )  # fmt: skip


def _account(tx: Transaction, account_id: int) -> MoneyAccount:
    found = tx.find(MoneyAccount, account_id)
    if found is None:
        raise NotFoundError(msg("There is no account {number}.", number=account_id))
    return found


def _check_version(asked: int, now: int) -> None:
    if asked != now:
        raise ConflictError(
            msg("Somebody else changed this meanwhile."), hint=msg("Open it again and look.")
        )


def _free_account(tx: Transaction, venue_id: int, name: str, own: int | None) -> str:
    same = select(MoneyAccount.id).where(
        MoneyAccount.venue_id == venue_id, MoneyAccount.name == name
    )
    if any(id_ != own for (id_,) in tx.rows(same)):
        raise InvalidError(msg("There is an account “{name}” already.", name=name), field="name")
    return name


def _free_category(tx: Transaction, name: str, own: int | None) -> str:
    same = select(MoneyCategory.id).where(MoneyCategory.name == name)
    if any(id_ != own for (id_,) in tx.rows(same)):
        raise InvalidError(msg("There is a category “{name}” already.", name=name), field="name")
    return name


def _check_place(tx: Transaction, category_id: int, form: CategoryForm) -> None:
    if form.parent_id is None:
        return
    parents = tx.pairs(select(MoneyCategory.id, MoneyCategory.parent_id))
    if form.parent_id not in parents and form.parent_id not in SYSTEM:
        raise NotFoundError(msg("There is no category {number}.", number=form.parent_id))
    check_parent(category_id, form.parent_id, parents)


def _balance(tx: Transaction, account_id: int) -> int:
    held = select(func.coalesce(func.sum(MoneyEntry.amount_minor), 0))
    return int(tx.scalar(held.where(MoneyEntry.account_id == account_id)))


def _is_used(tx: Transaction, category_id: int) -> bool:
    return bool(tx.scalar(select(func.count()).where(MoneyEntry.category_id == category_id)))
