"""From the demonstration's people and letters to rows of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from desktop_app.customers.records import Account, IncomingCustomer
from desktop_app.customers.storing import store_customers
from desktop_app.customers.tables import (
    BalanceEntry,
    Communication,
    Consent,
    Customer,
    CustomerApart,
    CustomerContact,
    CustomerGroup,
    CustomerTag,
)
from desktop_app.db.transaction import Transaction
from desktop_app.demo.crew import CREW, paid, salaries
from desktop_app.demo.guests import DISCOUNTS, GUEST, LOYAL, Guest
from desktop_app.demo.letters import LANGUAGE, Correspondence, correspondence
from desktop_app.demo.paying import BONUS_PERCENT, DEPOSIT, Entry
from desktop_app.demo.texts import people
from desktop_app.demo.works import write_people
from desktop_app.kernel.clock import as_number, millis
from desktop_app.privacy.tables import Recipient
from desktop_app.staff.storing import employee_numbers
from desktop_app.staff.tables import Employee, Salary

SOURCE, LOOKED = "demo", "aysel"
KEPT_TWICE, RELATIVES = 10, 2
"""How many are entered once more, and how many share a telephone with somebody else."""
_CONSENT = (
    "customer_id", "line_no", "purpose", "wording", "language", "channel", "given_at",
    "withdrawn_at",
)  # fmt: skip
_LETTER = ("customer_id", "line_no", "at", "direction", "channel", "subject", "text")
_RECIPIENTS = (
    ("Clopos MMC", "Proqram təminatı və texniki dəstək (məlumatı bizim tapşırığımızla emal edir)",
     "AZ", "Məlumatların emalı müqaviləsi, 12.01.2024"),
    ("Tez Çatdır MMC", "Sifarişlərin çatdırılması: ad, telefon, ünvan", "AZ",
     "Tərəfdaşlıq müqaviləsi, məxfilik bəndi ilə"),
    ("Dəqiq Hesab MMC", "Mühasibat xidməti: satışlar və əməkhaqqı", "AZ",
     "Xidmət müqaviləsi, məxfilik öhdəliyi"),
    ("Körpü SMS Hizmetleri A.Ş.", "SMS göndərilməsi: telefon nömrəsi və mətn", "TR",
     "Standart müqavilə şərtləri, 03.03.2025"),
)  # fmt: skip


def write_guests(
    tx: Transaction, guests: Sequence[Guest], seed: int, until: datetime
) -> dict[str, int]:
    """Add the customers with tags, consents and messages; return their numbers by code."""
    numbers = store_customers(tx, SOURCE, [guest.incoming for guest in guests])
    numbers |= store_customers(tx, SOURCE, _kept_twice(guests))
    since = {numbers[guest.reference]: guest.since for guest in guests}
    for customer in tx.objects(select(Customer).where(Customer.source == SOURCE)):
        customer.created_at = since.get(customer.id, until - timedelta(days=3))
    for group in tx.objects(select(CustomerGroup)):
        group.discount_bp = 100 * DISCOUNTS.get(group.name, 0)
        group.bonus_bp = 100 * BONUS_PERCENT if group.name == LOYAL else 0
        group.earns_from = until.date() if group.name == LOYAL else None
    _mark_relatives(tx, numbers, until)
    tx.import_rows(
        CustomerTag,
        ("customer_id", "tag"),
        [(numbers[guest.reference], tag) for guest in guests for tag in guest.tags],
    )
    _write_letters(
        tx,
        {numbers[guest.reference]: correspondence(seed, guest, until) for guest in guests},
    )
    tx.about("demonstration", customers=len(guests))
    return numbers


def _kept_twice(guests: Sequence[Guest]) -> list[IncomingCustomer]:
    """Return a few guests as somebody entered them once more, and relatives of two."""
    known = [one.incoming for one in guests if not one.company and one.incoming.birth_date]
    some = known[:: len(known) // (KEPT_TWICE + RELATIVES)]
    twice = [_once_more(place, one) for place, one in enumerate(some[:KEPT_TWICE])]
    for place, one in enumerate(some[KEPT_TWICE : KEPT_TWICE + RELATIVES]):
        first, _, last = one.name.partition(" ")
        others = people("women" if last.endswith("a") else "men")
        name = f"{others[place]} {last or first}"
        twice.append(IncomingCustomer(f"Q{place + 1:02d}", name, phone=one.phone, group=GUEST))
    return twice


def _once_more(place: int, one: IncomingCustomer) -> IncomingCustomer:
    """Return somebody as they were entered again, in one of the ways it happens."""
    first, _, last = one.name.partition(" ")
    match place % 4:
        case 0:  # by telephone, without Azerbaijani letters
            name, phone, email, born = one.name.replace("ə", "e"), one.phone, "", None
        case 1:  # from a list that has the surname first
            name, phone, email, born = f"{last} {first}".strip(), "", "", one.birth_date
        case 2:  # on the website
            name, phone, email, born = one.name, "", one.email, one.birth_date
        case _:  # a letter is missing
            name, phone, email, born = f"{first} {last[:-3]}{last[-2:]}", "", "", one.birth_date
    return IncomingCustomer(
        f"T{place + 1:02d}", name, phone=phone, email=email, birth_date=born, group=GUEST
    )


def _mark_relatives(tx: Transaction, numbers: Mapping[str, int], until: datetime) -> None:
    """Somebody has looked at those who share a telephone: they are two people each."""
    for at in range(1, RELATIVES + 1):
        theirs = numbers[f"Q{at:02d}"]
        phone = select(CustomerContact.value).where(CustomerContact.customer_id == theirs)
        wanted = select(CustomerContact.customer_id).where(
            CustomerContact.value.in_(phone), CustomerContact.customer_id != theirs
        )
        for (other,) in tx.rows(wanted):
            tx.add_all(
                [
                    CustomerApart(customer_id=one, other_id=two, at=until, made_by=LOOKED)
                    for one, two in ((theirs, other), (other, theirs))
                ]
            )


def write_crew(tx: Transaction, venue_id: int, today: date) -> dict[str, int]:
    """Add the staff with their positions and salaries; return their numbers by name."""
    numbers = employee_numbers(tx, venue_id, [worker.name for worker in CREW])
    for worker in CREW:
        employee = tx.get(Employee, numbers[worker.name])
        employee.position = worker.position
        employee.active = worker.left is None
    earned = [
        (numbers[worker.name], as_number(day), *paid(worker, monthly))
        for worker in CREW
        for day, monthly in salaries(worker, today)
    ]
    tx.import_rows(Salary, ("employee_id", "since", "monthly_minor", "basis"), earned)
    write_people(tx, venue_id, numbers, today)
    tx.about("demonstration", employees=len(CREW))
    return numbers


def write_recipients(tx: Transaction) -> None:
    """Add those with whom personal data are shared."""
    rows = [(tx.ids.one(), *recipient) for recipient in _RECIPIENTS]
    tx.import_rows(Recipient, ("id", "name", "purpose", "country", "safeguard"), rows)
    tx.about("demonstration", recipients=len(rows))


def write_balances(
    tx: Transaction, numbers: Mapping[str, int], entries: Mapping[str, Sequence[Entry]]
) -> None:
    """Add the balance entries and make each balance their sum."""
    rows: list[tuple[int, int, int, int, str, str, str]] = []
    for reference, some in entries.items():
        number = numbers[reference]
        ordered = sorted(some, key=lambda entry: entry.at)
        deposits = sum(entry.amount_minor for entry in ordered if entry.reason == DEPOSIT)
        card = tx.get(Customer, number)
        card.balance_minor = deposits
        card.bonus_minor = sum(entry.amount_minor for entry in ordered) - deposits
        rows.extend(
            (
                number,
                place,
                millis(entry.at),
                entry.amount_minor,
                entry.reason,
                (Account.BALANCE if entry.reason == DEPOSIT else Account.BONUS).value,
                "",
            )
            for place, entry in enumerate(ordered, 1)
        )
    tx.import_rows(
        BalanceEntry,
        ("customer_id", "line_no", "at", "amount_minor", "reason", "account", "document"),
        rows,
    )
    tx.about("demonstration", balance_entries=len(rows))


def _write_letters(tx: Transaction, written: Mapping[int, Correspondence]) -> None:
    tx.import_rows(
        Consent,
        _CONSENT,
        [
            (
                number, place, one.purpose, one.wording, LANGUAGE, one.channel,
                millis(one.given_at), millis(one.withdrawn_at) if one.withdrawn_at else None,
            )
            for number, with_one in written.items()
            for place, one in enumerate(with_one.consents, 1)
        ],
    )  # fmt: skip
    tx.import_rows(
        Communication,
        _LETTER,
        [
            (
                number, place, millis(letter.at), letter.direction, letter.channel,
                letter.subject, letter.text,
            )
            for number, with_one in written.items()
            for place, letter in enumerate(with_one.letters, 1)
        ],
    )  # fmt: skip
