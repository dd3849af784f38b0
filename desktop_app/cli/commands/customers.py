"""Customers: finding them, and one card."""

from __future__ import annotations

from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.cli.values import at_most
from desktop_app.customers import operations as customers
from desktop_app.customers.records import (
    CustomerCard,
    CustomerFilter,
    CustomerRow,
    CustomerState,
    MoneyState,
)
from desktop_app.customers.wording import CONTACTS, KINDS
from desktop_app.kernel.words import msg


def find(call: Call, desk: Desk) -> Answer:
    """Find customers by words that begin like the ones typed."""
    options = call.options
    text = " ".join(options.words)
    limit = at_most(options.limit)
    wanted = CustomerFilter(
        text,
        CustomerState.ARCHIVED if options.archived else CustomerState.ACTIVE,
        options.group,
        options.tag or "",
        MoneyState(options.money) if options.money else None,
    )
    page = desk.do(customers.find_customers, wanted, after=options.after, limit=limit)
    return Answer(
        {
            "rows": [_row(desk, row) for row in page.rows],
            "next": None if page.next is None else str(page.next),
        },
        [
            Table(
                [
                    Column(msg("Id"), right=True),
                    Column(msg("Name")),
                    Column(msg("Telephone")),
                    Column(msg("E-mail")),
                    Column(msg("Balance"), right=True),
                ],
                [
                    [str(r.id), r.name, r.phone, r.email, desk.money(r.balance_minor)]
                    for r in page.rows
                ],
            )
        ],
    )


def _row(desk: Desk, row: CustomerRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "kind": row.kind.value,
        "phone": row.phone,
        "email": row.email,
        "group": row.group,
        "balance": desk.plain(row.balance_minor),
        "currency": desk.venue.currency,
        "reference": row.reference,
    }


def show(call: Call, desk: Desk) -> Answer:
    """Show a customer's card."""
    card = desk.do(customers.get_customer, call.options.id)
    return Answer(_document(desk, card), _shown(call, desk, card))


def _document(desk: Desk, card: CustomerCard) -> dict[str, Any]:
    return {
        **_row(desk, card.row),
        "birth_date": card.birth_date.isoformat() if card.birth_date else None,
        "birth_date_ambiguous": card.birth_date_ambiguous,
        "tax_id": card.tax_id,
        "tax_id_state": card.tax_id_state.value if card.tax_id_state else None,
        "note": card.note,
        "created_at": desk.iso(card.created_at),
        "source": card.source,
        "tags": list(card.tags),
        "contacts": [
            {"kind": c.kind.value, "value": c.value, "preferred": c.preferred}
            for c in card.contacts
        ],
        "consents": [
            {
                "purpose": c.purpose,
                "given_at": desk.iso(c.given_at),
                "withdrawn_at": desk.iso(c.withdrawn_at),
                "channel": c.channel,
                "language": c.language,
                "wording": c.wording,
            }
            for c in card.consents
        ],
        "communications": [
            {
                "at": desk.iso(c.at),
                "direction": c.direction,
                "channel": c.channel,
                "subject": c.subject,
                "text": c.text,
            }
            for c in card.communications
        ],
        "balance_entries": [
            {"at": desk.iso(b.at), "amount": desk.plain(b.amount_minor), "reason": b.reason}
            for b in card.balance
        ],
    }


def _shown(call: Call, desk: Desk, card: CustomerCard) -> list[Shown]:
    row = card.row
    return [
        Facts(
            [
                (msg("Name"), row.name),
                (msg("Kind"), call.words.of(KINDS[row.kind])),
                (msg("Group"), row.group),
                (msg("Birth date"), card.birth_date.isoformat() if card.birth_date else "–"),
                (msg("Tax id"), card.tax_id),
                (msg("Balance"), desk.money(row.balance_minor)),
                (msg("Known since"), desk.when(card.created_at)),
                (msg("Note"), card.note),
            ]
        ),
        Table(
            [Column(msg("Contact")), Column(msg("Value"))],
            [[call.words.of(CONTACTS[c.kind]), c.value] for c in card.contacts],
        ),
    ]
