"""What the tables of a backup are called, and when it was made, for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop_app.backup.records import SnapshotRow
from desktop_app.gui.format import moment, number
from desktop_app.gui.text import language, say, tr
from desktop_app.kernel.words import Message, msg

_TABLES: Mapping[str, Message] = {
    "pos_order": msg("Orders"),
    "order_line": msg("Order lines"),
    "payment": msg("Payments"),
    "customer": msg("Customers"),
    "customer_contact": msg("Phones, e-mails and addresses"),
    "consent": msg("Consents"),
    "communication": msg("Messages"),
    "balance_entry": msg("Bonus entries"),
    "product": msg("Products"),
    "category": msg("Categories"),
    "employee": msg("Staff"),
    "salary": msg("Salaries"),
    "import_run": msg("Imports"),
    "handed_copy": msg("Copies handed to customers"),
    "audit_event": msg("Events in the audit trail"),
}
_STEP = 1024
_UNITS = ("KB", "MB", "GB", "TB")


def contents(tables: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return how many rows of each kind there are, the rest of the tables together."""
    spoken = language()
    named = [(say(name), tables[key]) for key, name in _TABLES.items() if tables.get(key)]
    other = sum(rows for key, rows in tables.items() if key not in _TABLES)
    if other:
        named.append((tr("Everything else"), other))
    return [(name, number(rows, spoken)) for name, rows in named]


def table_name(table: str) -> str:
    """Return what a table is called; its own name where it has no other."""
    found = _TABLES.get(table)
    return say(found) if found else table


def here(at: datetime) -> str:
    """Return a moment in this computer's time: the venue's time zone is inside the backup."""
    return moment(at.astimezone(), language())


def backup_text(row: SnapshotRow) -> str:
    """Return one backup in a line."""
    rows = number(row.rows, language())
    return tr("{at} · {rows} rows · {device}", at=here(row.at), rows=rows, device=row.device)


def size(count: int) -> str:
    """Return bytes as people read them: `57.6 KB`."""
    value, unit = count / _STEP, _UNITS[0]
    for unit in _UNITS:  # noqa: B007 - the unit found is what is wanted
        if value < _STEP:
            break
        value /= _STEP
    text = f"{value:.1f}" if value < 100 else f"{value:.0f}"  # noqa: PLR2004 - three figures
    return f"{text.replace('.', ',') if language() != 'en' else text} {unit}"
