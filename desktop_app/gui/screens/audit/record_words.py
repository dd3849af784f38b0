"""Records and fields of the trail in words: nobody reads `pos_order.total_minor`.

What has no words yet stands as the store calls it, without the underscores.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from desktop_app.access.records import ChangeRow
from desktop_app.gui.format import moment, money, number
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.kernel.words import Message, msg
from desktop_app.venue.records import VenueCard

NOT_KEPT = "(not kept)"
_PAIR = 2
_MOMENT_MS = 10**11  # anything smaller was never a moment of ours
_CHECKSUM = 8
_LONG_ID = 10**15
_MINUTES = 60

_RECORDS: Mapping[str, Message] = {
    "access_review": msg("Access review"),
    "approval_request": msg("Request for a second person"),
    "backup_run": msg("Backup run"),
    "backup_target": msg("Place for backups"),
    "balance_entry": msg("Movement of a balance"),
    "card_allowance": msg("Number that is no card"),
    "card_scan": msg("Search for card numbers"),
    "category": msg("Category"),
    "clock_entry": msg("Entry of the time clock"),
    "communication": msg("Message"),
    "consent": msg("Consent"),
    "customer": msg("Customer"),
    "customer_alias": msg("Card kept under another one"),
    "customer_apart": msg("Cards of two people"),
    "customer_contact": msg("Customer's contact"),
    "customer_group": msg("Customer group"),
    "customer_tag": msg("Customer's tag"),
    "customer_token": msg("Customer's search word"),
    "desk_session": msg("Session"),
    "employee": msg("Staff member"),
    "employee_contact": msg("How to reach a staff member"),
    "employee_token": msg("PIN or card of a staff member"),
    "handed_copy": msg("Copy of somebody's data"),
    "import_run": msg("Import"),
    "imported_file": msg("Imported file"),
    "loyalty_due": msg("Receipt whose bonus waits"),
    "money_account": msg("Account of money"),
    "money_category": msg("Category of money"),
    "money_entry": msg("Entry of the books"),
    "order_line": msg("Line of an order"),
    "payment": msg("Payment"),
    "permission_use": msg("Use of a right"),
    "pin_twin": msg("PINs that are alike"),
    "pos_order": msg("Order"),
    "product": msg("Product"),
    "product_variant": msg("Variant of a product"),
    "receipt_draft": msg("Receipt that is typed"),
    "recipient": msg("Recipient of data"),
    "review_decision": msg("Decision of a review"),
    "review_paper": msg("Paper of a review"),
    "row_count": msg("Number of records"),
    "salary": msg("Pay"),
    "sales_day_category": msg("Sales of a day by category"),
    "sales_day_item": msg("Sales of a day by product"),
    "sales_day_payment": msg("Sales of a day by payment"),
    "sales_day_size": msg("Sales of a day by size"),
    "sales_hour": msg("Sales of an hour"),
    "sales_month_item": msg("Sales of a month by product"),
    "setting": msg("Setting"),
    "staff_position": msg("Position"),
    "store_info": msg("Facts about the store"),
    "clock_miss": msg("Wrong PINs at the clock"),
    "till": msg("Till"),
    "tip_entry": msg("Tips"),
    "tip_share": msg("Tips"),
    "trail_alarm": msg("Alarm of the trail"),
    "trail_alarm_signature": msg("Signature under an alarm"),
    "venue": msg("Restaurant"),
}

_FIELDS: Mapping[str, Message] = {
    "active": msg("In use"),
    "actor": msg("Who"),
    "address": msg("Address"),
    "amount_minor": msg("Amount"),
    "answer": msg("Answer"),
    "asked_at": msg("Asked"),
    "at": msg("When"),
    "balance_entries": msg("Movements of balances"),
    "balance_minor": msg("Balance"),
    "before": msg("Before"),
    "broken_at": msg("First event that does not fit"),
    "business_date": msg("Business day"),
    "by": msg("Who"),
    "bytes_added": msg("Bytes added"),
    "category": msg("Category"),
    "closed": msg("Closed"),
    "closed_at": msg("Closed"),
    "corrects": msg("Takes back the entry"),
    "country": msg("Country"),
    "created_at": msg("Entered on"),
    "currency": msg("Currency"),
    "customers": msg("Customers"),
    "customers_added": msg("Customers added"),
    "decided_at": msg("Decided"),
    "decided_by": msg("Decided by"),
    "decision": msg("Decision"),
    "device": msg("Computer"),
    "digest": msg("Checksum"),
    "direction": msg("Which way"),
    "document": msg("Belongs to"),
    "email": msg("E-mail"),
    "employees": msg("Staff members"),
    "ended_at": msg("Ended"),
    "ended_by": msg("Ended by"),
    "entered_at": msg("Entered on"),
    "events": msg("Events"),
    "expires_at": msg("Lapses"),
    "fault": msg("What does not fit"),
    "file": msg("File"),
    "files": msg("Files"),
    "finished": msg("Finished"),
    "first": msg("First"),
    "found": msg("Found"),
    "from": msg("Since"),
    "hired_on": msg("First day"),
    "how": msg("How"),
    "kind": msg("Kind"),
    "language": msg("Language"),
    "last": msg("Last"),
    "last_seen_at": msg("Last seen"),
    "last_used_at": msg("Last used"),
    "left_on": msg("Last day"),
    "legal_name": msg("Legal name"),
    "lines_added": msg("Lines added"),
    "masked": msg("Masked"),
    "milliseconds": msg("Milliseconds"),
    "month_hours": msg("Hours a month"),
    "monthly_minor": msg("Pay"),
    "name": msg("Name"),
    "new": msg("Now"),
    "note": msg("Note"),
    "now": msg("Now"),
    "number": msg("Number"),
    "numbers": msg("Numbers"),
    "ok": msg("In order"),
    "old": msg("Before"),
    "opened_at": msg("Opened"),
    "opening_minute": msg("Business day begins"),
    "operation": msg("Operation"),
    "orders": msg("Orders"),
    "orders_added": msg("Orders added"),
    "outcome": msg("Outcome"),
    "people": msg("People"),
    "permission": msg("Right"),
    "person": msg("Person"),
    "phone": msg("Telephone"),
    "position": msg("Position"),
    "price_minor": msg("Price"),
    "products_added": msg("Products added"),
    "program": msg("Program"),
    "purpose": msg("Purpose"),
    "reason": msg("Reason"),
    "recipient": msg("Recipient"),
    "recipients": msg("Recipients of data"),
    "rejected": msg("Rejected"),
    "revenue_minor": msg("Sales"),
    "role": msg("Role"),
    "rows": msg("Records"),
    "session": msg("Session"),
    "since": msg("Since"),
    "size": msg("Size"),
    "source": msg("Entered from"),
    "started_at": msg("Begun"),
    "state": msg("State"),
    "status": msg("Status"),
    "basis": msg("Pay for"),
    "tax_id": msg("Tax id (VÖEN)"),
    "times": msg("Times"),
    "timezone": msg("Time zone"),
    "tips": msg("May be given tips"),
    "to": msg("Until"),
    "total_minor": msg("Total"),
    "used": msg("Used"),
    "user_name": msg("Person"),
    "value": msg("Value"),
    "void": msg("Does not count"),
    "wanted": msg("Wanted"),
    "way": msg("How"),
    "withdrawn_at": msg("Withdrawn"),
}


def record_words(table: str) -> str:
    """Return what a record of a table is called."""
    found = _RECORDS.get(table)
    return say(found) if found is not None else _plain_name(table)


def field_words(name: str) -> str:
    """Return what a field is called."""
    found = _FIELDS.get(name)
    return say(found) if found is not None else _plain_name(name)


def fields_text(change: ChangeRow, venue: VenueCard) -> str:
    """Return the changed fields of a record: `Balance: 1,00 ₼ → 2,00 ₼; Name: (not kept)`.

    Numbers of rows are left out: they say nothing, and stand below the table.
    """
    if set(change.fields) == {"rows"}:
        rows = change.fields["rows"]
        return ntr("{n} record", "{n} records", rows) if isinstance(rows, int) else str(rows)
    shown = (_field(name, value, venue) for name, value in change.fields.items())
    return "; ".join(one for one in shown if one)


def value_text(name: str, value: Any, venue: VenueCard) -> str:
    """Return a value as people read it; nothing for a number of a row."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, list):
        return ", ".join(value_text(name, one, venue) for one in value)
    if isinstance(value, Mapping):
        pairs = ((key, value_text(key, one, venue)) for key, one in value.items())
        return "; ".join(f"{field_words(key)}: {text}" for key, text in pairs if text)
    if name == "sha256":  # whole in what the event is about, and in exports of the trail
        return f"{str(value)[:_CHECKSUM]}…"
    return _number(name, value, venue) if isinstance(value, int) else str(value)


def _number(name: str, value: int, venue: VenueCard) -> str:
    if name == "opening_minute":
        return f"{value // _MINUTES:02}:{value % _MINUTES:02}"
    if name.endswith("_minor"):
        return money(value, venue.currency, language())
    if _is_moment(name) and value > _MOMENT_MS:
        return moment(venue.time.local(datetime.fromtimestamp(value / 1000, UTC)), language())
    if abs(value) >= _LONG_ID:
        return ""
    return number(value, language())


def _is_moment(name: str) -> bool:
    return name.endswith("_at") or name in {"at", "first", "last", "since", "from", "to"}


def _field(name: str, value: Any, venue: VenueCard) -> str:
    if name == "id":
        return ""
    words = field_words(name)
    if value == NOT_KEPT:
        return f"{words}: {tr('(not kept)')}"
    if isinstance(value, list) and len(value) == _PAIR:
        before, after = (value_text(name, one, venue) for one in value)
        if value[0] is None:
            return f"{words}: {after}" if after else ""
        return f"{words}: {before} → {after}" if before and after else ""
    shown = value_text(name, value, venue)
    return f"{words}: {shown}" if shown else ""


def _plain_name(name: str) -> str:
    return name.removesuffix("_minor").removesuffix("_id").replace("_", " ").capitalize()
