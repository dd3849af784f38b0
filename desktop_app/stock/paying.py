"""Money for supplies: what was paid, taken back, and is still owed; it goes through the books."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.finance.kinds import AccountKind, SystemCategory
from desktop_app.finance.posting import account_for, add
from desktop_app.finance.records import Entry
from desktop_app.finance.tables import MoneyEntry
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_text
from desktop_app.kernel.clock import as_date, millis
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.stock.kinds import PaperKind
from desktop_app.stock.rules import LONGEST_REASON, check_amount, check_reason
from desktop_app.stock.tables import StockDocument, SupplyPayment
from desktop_app.venue.operations import the_venue

_PAYMENT = ("document_id", "line_no", "at", "amount_minor", "entry_id", "note", "entered_by")


@dataclass(frozen=True, slots=True)
class _Money:
    """Money that goes to a supplier, or comes back: then it corrects an entry of the books."""

    amount_minor: int
    account_id: int
    note: str
    corrects: int | None = None


@command(Permission.SUPPLIES_APPROVE)
def pay_supply(
    tx: Transaction,
    document_id: int,
    amount_minor: int,
    *,
    account_id: int | None = None,
    note: str = "",
) -> int:
    """Pay for a supply out of an account (the till, for none), and return what is still owed.

    InvalidError beyond what is owed.
    """
    check_amount(amount_minor)
    if amount_minor == 0:
        raise InvalidError(msg("An amount of nothing pays nothing."), field="amount")
    row = _supply(tx, document_id)
    owed = row.total_minor - paid_for(tx, document_id)
    if amount_minor > owed:
        raise InvalidError(
            msg("This is more than is owed."),
            field="amount",
            hint=msg("Look at the payments of the supply."),
        )
    pay(tx, document_id, amount_minor, account_id, note)
    return owed - amount_minor


@command(Permission.SUPPLIES_APPROVE)
def take_payments_back(
    tx: Transaction, document_id: int, reason: str, *, last_minor: int | None = None
) -> int:
    """Take every payment for a supply back into its account, and return what is owed again.

    `last_minor`: the newest only, if that is what was paid. ConflictError where nothing was paid,
    and where the newest is another payment by now.
    """
    said = check_reason(reason)
    row = _supply(tx, document_id)
    standing = tx.objects(
        select(SupplyPayment)
        .where(SupplyPayment.document_id == document_id)
        .order_by(SupplyPayment.line_no)
    )
    back = {one.entry_id for one in standing if one.amount_minor < 0}
    paid = [one for one in standing if one.amount_minor > 0 and one.entry_id not in back]
    if not paid:
        raise ConflictError(msg("Nothing was paid for this supply."))
    if last_minor is not None:
        paid = paid[-1:]
        if paid[0].amount_minor != last_minor:
            raise ConflictError(
                msg("Something else was paid for this supply meanwhile."),
                hint=msg("Look at the payments of the supply."),
            )
    for one in paid:
        account = _account_of(tx, one.entry_id)
        _write(tx, row, _Money(-one.amount_minor, account, said, one.entry_id))
    return row.total_minor - paid_for(tx, document_id)


def pay(
    tx: Transaction, document_id: int, amount_minor: int, account_id: int | None, note: str
) -> None:
    """Enter a payment that was checked, in this transaction."""
    row = tx.get(StockDocument, document_id)
    account = account_id or account_for(tx, row.venue_id, AccountKind.CASH)
    _write(tx, row, _Money(amount_minor, account, check_text(note, LONGEST_REASON, "note")))


def paid_for(tx: Transaction, document_id: int) -> int:
    """Return what was paid for a supply."""
    total = select(func.sum(SupplyPayment.amount_minor)).where(
        SupplyPayment.document_id == document_id
    )
    return int(tx.scalar(total) or 0)


def _supply(tx: Transaction, document_id: int) -> StockDocument:
    row = tx.find(StockDocument, document_id)
    if row is None or row.kind is not PaperKind.SUPPLY or row.reverses_id is not None:
        raise NotFoundError(msg("There is no supply {number}.", number=document_id))
    if tx.scalar(select(StockDocument.id).where(StockDocument.reverses_id == document_id)):
        raise ConflictError(msg("This supply was taken back: nothing is owed for it."))
    return row


def _account_of(tx: Transaction, entry_id: int | None) -> int:
    return tx.get(MoneyEntry, entry_id).account_id


def _write(tx: Transaction, row: StockDocument, money: _Money) -> None:
    number = select(func.count()).where(SupplyPayment.document_id == row.id)
    day = the_venue(tx).time.business_date(tx.at)
    entry = Entry(
        row.venue_id, money.account_id, SystemCategory.SUPPLIES, as_date(day),
        -money.amount_minor, money.note, f"supply/{row.serial}",
    )  # fmt: skip
    posted = add(tx, entry, corrects=money.corrects).id
    known = money.corrects or posted
    tx.import_rows(
        SupplyPayment,
        _PAYMENT,
        [
            (
                row.id, int(tx.scalar(number) or 0) + 1, millis(tx.at), money.amount_minor, known,
                money.note, tx.actor.user_id,
            )
        ],
    )  # fmt: skip
    tx.sign()
