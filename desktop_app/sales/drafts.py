"""The receipt that somebody is typing: kept for them until it is entered or dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from desktop_app.access.arguments import value_back, value_out
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.json_text import BadJsonError, read_json
from desktop_app.kernel.words import msg
from desktop_app.sales.records import NewSale
from desktop_app.sales.rules import MOST_LINES
from desktop_app.sales.tables import ReceiptDraft
from desktop_app.venue.operations import the_venue

_LONGEST = 500_000
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """A receipt as it was typed, and when it was kept last."""

    at: datetime
    sale: NewSale


@command(Permission.ORDERS_EDIT)
def keep_draft(tx: Transaction, sale: NewSale) -> None:
    """Keep the receipt that the actor is typing; it takes the place of the one before.

    InvalidError for one that is too long, or that holds a card number.
    """
    for field, text in _texts(sale):
        refuse_cards(field, text)
    content = json.dumps(value_out(sale, NewSale), ensure_ascii=False)
    if len(sale.lines) > MOST_LINES or len(content) > _LONGEST:
        raise InvalidError(
            msg("A receipt has from 1 to {most} lines.", most=MOST_LINES), field="lines"
        )
    key = _key(tx)
    kept = tx.find(ReceiptDraft, key)
    if kept is None:
        made = ReceiptDraft(user_id=key[0], venue_id=key[1], at=tx.at, content=content)
        made.customer_id = sale.customer_id
        tx.add(made)
    else:
        kept.at, kept.customer_id, kept.content = tx.at, sale.customer_id, content
    tx.about("the receipt that is typed", lines=len(sale.lines))


@command(Permission.ORDERS_EDIT)
def drop_draft(tx: Transaction) -> None:
    """Forget the receipt that the actor was typing, where there is one."""
    forget(tx)
    tx.about("the receipt that is typed", lines=0)


@query(Permission.ORDERS_EDIT)
def my_draft(tx: Transaction) -> Draft | None:
    """Return the receipt that the actor was typing at this venue; None where there is none.

    What another version of the program kept and this one cannot read is none.
    """
    kept = tx.find(ReceiptDraft, _key(tx))
    if kept is None:
        return None
    try:
        return Draft(kept.at, value_back(read_json(kept.content.encode()), NewSale))
    except (BadJsonError, TypeError, ValueError, KeyError, AttributeError):
        return None


def forget(tx: Transaction) -> None:
    """Remove the actor's draft within a change that makes it needless."""
    kept = tx.find(ReceiptDraft, _key(tx))
    if kept is not None:
        tx.remove(kept)


def _key(tx: Transaction) -> _Key:
    return tx.actor.user_id, the_venue(tx).id


def _texts(sale: NewSale) -> list[tuple[str, str]]:
    found = [("note", sale.note), ("table", sale.table), ("sale_type", sale.sale_type)]
    found.append(("till", sale.till))
    for line in sale.lines:
        found += [("lines", one) for one in (line.note, line.modifiers, *line.choices)]
    return found
