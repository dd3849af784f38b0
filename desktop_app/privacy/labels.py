"""The data map in words: what each kind of data is called, why it is kept, and for how long.

A test holds this against the tables: personal data without a name here cannot be merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.db.base import Basis, Keep, Purpose
from desktop_app.kernel.words import Message, msg


@dataclass(frozen=True, slots=True)
class TableLabel:
    """What a table is called, where its data come from, and the titles of its columns."""

    title: Message
    source: Message
    columns: Mapping[str, Message]


_FROM_PERSON = msg("Given by you or on your behalf")
_FROM_SALE = msg("Recorded by the till when you ordered")
_FROM_US = msg("Recorded by the restaurant")

PURPOSES: Mapping[Purpose, Message] = {
    Purpose.ACCOUNT: msg("To run the restaurant's account"),
    Purpose.SERVICE: msg("To serve you, take orders and reservations, and deliver"),
    Purpose.LOYALTY: msg("To keep your bonus and balance"),
    Purpose.MARKETING: msg("To send you offers, only if you agreed"),
    Purpose.COMMUNICATION: msg("To answer you and keep what was said"),
    Purpose.BOOKKEEPING: msg("To keep accounts as the law demands"),
    Purpose.EMPLOYMENT: msg("To employ people and pay them"),
    Purpose.SECURITY: msg("To protect data and prove how they were handled"),
    Purpose.OPERATION: msg("To run the program"),
}

BASES: Mapping[Basis, Message] = {
    Basis.CONTRACT: msg("Contract: needed for what you asked for"),
    Basis.LEGAL_OBLIGATION: msg("Legal obligation: accounting and tax law"),
    Basis.CONSENT: msg("Your consent, which you can withdraw at any time"),
    Basis.LEGITIMATE_INTEREST: msg("Legitimate interest of the restaurant; you can object"),
    Basis.NOT_PERSONAL: msg("Not personal data"),
}

RETENTION: Mapping[Keep, Message] = {
    Keep.WHILE_ACTIVE: msg("While you are a customer; then deleted"),
    Keep.TAX_PERIOD: msg("Five calendar years after the year of the sale (Tax Code, 71.4)"),
    Keep.UNTIL_WITHDRAWN: msg("Until withdrawn; the proof of consent three years longer"),
    Keep.TRAIL_PERIOD: msg("Five years, as proof of how data were handled"),
    Keep.WHILE_USED: msg("While it is used"),
}

TABLES: Mapping[str, TableLabel] = {
    "customer": TableLabel(
        msg("Who you are"),
        _FROM_PERSON,
        {
            "kind": msg("Kind"),
            "name": msg("Name"),
            "sort_name": msg("Name for sorting"),
            "birth_date": msg("Date of birth"),
            "birth_date_ambiguous": msg("Day and month of birth not certain"),
            "tax_id": msg("Tax id (VÖEN)"),
            "tax_id_state": msg("Check of the tax id"),
            "group_id": msg("Group"),
            "note": msg("Note"),
            "balance_minor": msg("Balance"),
            "bonus_minor": msg("Bonus"),
            "cashback_minor": msg("Cashback"),
            "state": msg("State of the card"),
            "source": msg("Entered from"),
            "reference": msg("Number there"),
            "created_at": msg("Entered on"),
        },
    ),
    "customer_contact": TableLabel(
        msg("How to reach you"),
        _FROM_PERSON,
        {"kind": msg("Kind"), "value": msg("Contact"), "preferred": msg("Preferred")},
    ),
    "consent": TableLabel(
        msg("What you agreed to"),
        _FROM_PERSON,
        {
            "purpose": msg("Purpose"),
            "wording": msg("The words you agreed to"),
            "language": msg("Language"),
            "channel": msg("How"),
            "given_at": msg("Given"),
            "withdrawn_at": msg("Withdrawn"),
            "recorded_at": msg("Written down"),
            "recorded_by": msg("Written down by"),
        },
    ),
    "communication": TableLabel(
        msg("Messages"),
        msg("Written by you or by the restaurant"),
        {
            "at": msg("When"),
            "direction": msg("Direction"),
            "channel": msg("How"),
            "subject": msg("Subject"),
            "text": msg("Text"),
        },
    ),
    "customer_tag": TableLabel(msg("Tags"), _FROM_US, {"tag": msg("Tag")}),
    "balance_entry": TableLabel(
        msg("Movements of your balance"),
        _FROM_SALE,
        {
            "at": msg("When"),
            "amount_minor": msg("Amount"),
            "reason": msg("Reason"),
            "account": msg("Account"),
        },
    ),
    "customer_alias": TableLabel(
        msg("Cards of yours that were put together"),
        _FROM_US,
        {"at": msg("When"), "made_by": msg("Made by")},
    ),
    "customer_apart": TableLabel(
        msg("Cards that look like yours and are somebody else's"),
        _FROM_US,
        {"at": msg("When"), "made_by": msg("Made by")},
    ),
    "loyalty_due": TableLabel(
        msg("Receipts whose bonus is still to be entered"),
        _FROM_SALE,
        {"at": msg("When")},
    ),
    "pos_order": TableLabel(
        msg("Orders"),
        _FROM_SALE,
        {
            "number": msg("Number"),
            "source": msg("Entered from"),
            "reference": msg("Number there"),
            "opened_at": msg("When"),
            "closed_at": msg("Closed"),
            "business_date": msg("Business day"),
            "hour": msg("Hour"),
            "status": msg("Status"),
            "sale_type": msg("Sale type"),
            "table_name": msg("Table"),
            "guests": msg("Guests"),
            "customer_id": msg("Customer number"),
            "employee_id": msg("Served by"),
            "terminal": msg("Terminal"),
            "payment": msg("Payment"),
            "items": msg("Items"),
            "gross_minor": msg("Before discount"),
            "discount_minor": msg("Discount"),
            "tax_minor": msg("Tax"),
            "service_minor": msg("Service charge"),
            "total_minor": msg("Total"),
            "note": msg("Note"),
            "running_no": msg("Running number"),
            "daily_no": msg("Number of the day"),
            "monthly_no": msg("Number of the month"),
        },
    ),
    "correction": TableLabel(
        msg("Refunds, voids and other corrections"),
        _FROM_SALE,
        {
            "kind": msg("Kind"),
            "reason": msg("Reason"),
            "disposal": msg("What became of the goods"),
            "amount_minor": msg("Amount"),
            "at": msg("When"),
            "made_by": msg("Made by"),
        },
    ),
    "correction_line": TableLabel(
        msg("Lines of corrections"),
        _FROM_SALE,
        {"quantity": msg("Quantity")},
    ),
    "receipt_draft": TableLabel(
        msg("Receipts that are being typed"),
        msg("Typed by whoever serves you, until the receipt is entered."),
        {"at": msg("When"), "content": msg("Receipt")},
    ),
    "line_service": TableLabel(
        msg("Service charge by line"),
        _FROM_SALE,
        {"service_minor": msg("Service charge")},
    ),
    "receipt_edit": TableLabel(
        msg("Receipts that were edited later"),
        _FROM_SALE,
        {
            "at": msg("When"),
            "total_minor": msg("Total"),
            "lines": msg("Lines"),
            "status": msg("Status"),
        },
    ),
    "order_line": TableLabel(
        msg("Lines of orders"),
        _FROM_SALE,
        {
            "kind": msg("Kind"),
            "name": msg("Item"),
            "variant": msg("Variant"),
            "category": msg("Category"),
            "modifiers": msg("Extras"),
            "note": msg("Note"),
            "quantity": msg("Quantity"),
            "unit_price_minor": msg("Price"),
            "gross_minor": msg("Before discount"),
            "discount_minor": msg("Discount"),
            "tax_minor": msg("Tax"),
            "total_minor": msg("Total"),
        },
    ),
    "payment": TableLabel(
        msg("Payments"),
        _FROM_SALE,
        {
            "method": msg("Method"),
            "amount_minor": msg("Amount"),
            "card_brand": msg("Card"),
            "card_last4": msg("Last four digits"),
        },
    ),
    "handed_copy": TableLabel(
        msg("Copies made for you"),
        _FROM_US,
        {
            "number": msg("Number"),
            "at": msg("When"),
            "actor": msg("Made by"),
            "language": msg("Language"),
        },
    ),
    "customer_token": TableLabel(
        msg("Search index (made from your name, telephone, e-mail and codes)"),
        msg("Computed by the program"),
        {"token": msg("Search word")},
    ),
}

PLACE_TRAIL = msg("Audit trail (who did what with your data; no contents)")
