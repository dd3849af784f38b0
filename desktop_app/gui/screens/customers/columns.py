"""What the list shows of a customer."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.customers.records import ContactKind, CustomerRow
from desktop_app.gui.format import money
from desktop_app.gui.screens.customers.masking import masked
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.money import decimals


def name_of(row: CustomerRow) -> str:
    """Return how a customer is called: a name, or the code where there is none."""
    return row.name or row.reference or tr("Without a name")


def customer_columns(currency: str, revealed: Callable[[], bool]) -> list[Column[CustomerRow]]:
    """Return the columns of the list; telephone and e-mail are hidden unless `revealed`."""
    spoken = language()

    def phone(row: CustomerRow) -> str:
        return row.phone if revealed() else masked(ContactKind.PHONE, row.phone)

    def email(row: CustomerRow) -> str:
        return row.email if revealed() else masked(ContactKind.EMAIL, row.email)

    return [
        Column(tr("Name"), name_of, 260, "strong", stretch=True),
        Column(tr("Telephone"), phone, 180, filed=lambda row: row.phone),
        Column(tr("E-mail"), email, 250, "dim", filed=lambda row: row.email),
        Column(tr("Group"), lambda row: row.group, 170),
        Column(
            tr("Bonus"),
            lambda row: money(_bonus(row), currency, spoken) if _bonus(row) else "–",
            120,
            "money",
            raw=lambda row: _plain(_bonus(row), currency),
        ),
        Column(
            tr("Balance"),
            lambda row: money(row.balance_minor, currency, spoken) if row.balance_minor else "–",
            140,
            "money",
            raw=lambda row: _plain(row.balance_minor, currency),
        ),
    ]


def _bonus(row: CustomerRow) -> int:
    return row.bonus_minor + row.cashback_minor


def _plain(minor: int, currency: str) -> str:
    places = decimals(currency)
    return f"{minor / 10**places:.{places}f}"
