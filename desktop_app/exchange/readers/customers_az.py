"""A list of customers with a header in Azerbaijani, Russian, Turkish or English.

Lists like this are kept by hand: phones, dates and amounts are written in many ways. What breaks a
rule but is worth keeping is kept and told; only a row without a name, or without a code and a
phone, does not come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.customers.phones import Phone, read_phone
from desktop_app.customers.records import IncomingCustomer, TaxIdState
from desktop_app.customers.tax_ids import TaxId, read_tax_id
from desktop_app.exchange.amounts import read_amount
from desktop_app.exchange.cells import Cells, wrong_currency
from desktop_app.exchange.dates import DateOrders, is_ambiguous, proved_orders
from desktop_app.exchange.files import Opened
from desktop_app.exchange.records import Choices, Problems, Reading, VenueFacts
from desktop_app.exchange.rows import rows
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.text import clean, fold
from desktop_app.kernel.words import Message, msg

# Two-digit years of birth from this one on are 19xx: a customer of 2020 and later is a child.
_PIVOT = 20
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_EMAIL_LIMIT = 254
# As folded: without marks, ı as i, ə as e, and only letters.
_WORDS = {
    "code": "kod|musteri kodu|код|код клиента|code|customer code|customer id|id",
    "name": "ad soyad|ad|soyad ad|musteri|фио|имя|клиент|adi soyadi|isim|name|full name"
    "|customer name",
    "phone": "telefon|nomre|mobil|телефон|номер телефона|phone|phone number|mobile|gsm",
    "email": "e poct|epoct|email|e mail|почта|эл почта|электронная почта|e posta|eposta",
    "birth": "dogum tarixi|dogum gunu|дата рождения|день рождения|dogum tarihi|date of birth"
    "|birth date|birthday",
    "address": "unvan|адрес|adres|address",
    "tax_id": "voen|инн|воен|vergi no|vkn|tax id|tin",
    "balance": "balans|qaliq|баланс|остаток|bakiye|balance",
    "note": "qeyd|примечание|заметка|комментарий|not|note|notes|comment",
    "group": "qrup|группа|grup|group",
}
_MEANINGS = {
    fold(word): meaning for meaning, spellings in _WORDS.items() for word in spellings.split("|")
}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of one file holds what, by meaning."""

    places: Mapping[str, int]
    names: Mapping[str, str]
    unread: Sequence[str]

    def cell(self, row: Sequence[str], meaning: str) -> str:
        place = self.places.get(meaning)
        return "" if place is None else row[place].strip()

    def name(self, meaning: str) -> str:
        return self.names.get(meaning, meaning)


class CustomersAz:
    """Reads lists of customers."""

    name = "customers-az"
    title = msg("List of customers")
    looks_for = msg("a CSV of customers with the columns code, name and phone (az, ru, tr or en)")

    def recognises(self, files: Sequence[Opened]) -> Sequence[Opened]:
        """Return the files whose header names a code, a name and a phone or an e-mail."""
        return [file for file in files if _is_list(_columns(file.header))]

    def read(
        self, files: Sequence[Opened], venue: VenueFacts, choices: Choices, problems: Problems
    ) -> Reading:
        """Return the customers; a code that comes twice is told the second time."""
        notices = [notice for file in files for notice in file.notices]
        customers: dict[str, IncomingCustomer] = {}
        currencies: set[str] = set()
        for file in files:
            columns = _columns(file.header)
            dates = _dates(file, columns, choices)
            cells = Cells(file.name, venue, problems)
            for customer in _Rows(cells, columns, dates, venue).read(file, problems):
                if customers.setdefault(customer.reference, customer) is not customer:
                    cells.refuse(_twice(columns, customer.reference))
            currencies |= cells.currencies
            notices += _unread_notice(file, columns)
        return Reading(
            self.name,
            customers=list(customers.values()),
            notices=[*notices, *wrong_currency(currencies, venue)],
        )


def _twice(columns: _Columns, code: str) -> InvalidError:
    return InvalidError(
        msg("The code “{code}” is there twice; the first row counts.", code=code),
        field=columns.name("code"),
    )


def _columns(header: Sequence[str]) -> _Columns:
    places: dict[str, int] = {}
    unread: list[str] = []
    for place, column in enumerate(header):
        meaning = _MEANINGS.get(" ".join(re.findall(r"[^\W\d_]+", fold(column))))
        if meaning is None or meaning in places:
            unread.append(column)
        else:
            places[meaning] = place
    names = {meaning: header[place] for meaning, place in places.items()}
    return _Columns(places, names, [column for column in unread if column])


def _is_list(columns: _Columns) -> bool:
    has = columns.places.keys()
    return {"code", "name"} <= has and bool({"phone", "email"} & has)


def _dates(file: Opened, columns: _Columns, choices: Choices) -> DateOrders:
    texts = (columns.cell(row, "birth") for _, row in rows(file, lambda _problem: None))
    return proved_orders(file.name, texts, choices.day_first, pivot=_PIVOT)


def _unread_notice(file: Opened, columns: _Columns) -> list[Message]:
    return (
        [
            msg(
                "These columns of “{file}” are not read: {columns}.",
                file=file.name,
                columns=", ".join(column[:40] for column in columns.unread),
            )
        ]
        if columns.unread
        else []
    )


class _Rows:
    """Reads the customers of one file."""

    def __init__(
        self, cells: Cells, columns: _Columns, dates: DateOrders, venue: VenueFacts
    ) -> None:
        self._cells = cells
        self._columns = columns
        self._dates = dates
        self._venue = venue

    def read(self, file: Opened, problems: Problems) -> Iterator[IncomingCustomer]:
        """Give the customer of every row that has enough to be one."""
        for line, row in rows(file, problems):
            self._cells.line = line
            try:
                customer = self._customer(row)
            except InvalidError as error:
                self._cells.refuse(error)
            else:
                yield customer

    def _customer(self, row: Sequence[str]) -> IncomingCustomer:
        phone = self._phone(self._columns.cell(row, "phone"))
        name = self._text(row, "name")
        reference = clean(self._columns.cell(row, "code"))[:64] or (
            phone.value if phone.possible else ""
        )
        if not name:
            raise InvalidError(msg("The row has no name."), field=self._columns.name("name"))
        if not reference:
            raise InvalidError(
                msg("The row has neither a code nor a phone to know the customer by."),
                field=self._columns.name("code"),
            )
        refuse_cards(self._columns.name("code"), reference)
        born_text = self._columns.cell(row, "birth")
        tax_id = self._tax_id(self._columns.cell(row, "tax_id"))
        return IncomingCustomer(
            reference,
            name,
            phone.value,
            phone.possible,
            email=self._email(self._columns.cell(row, "email")),
            address=self._text(row, "address"),
            birth_date=self._born(born_text),
            birth_date_ambiguous=is_ambiguous(born_text),
            tax_id=tax_id.value if tax_id else "",
            tax_id_state=tax_id.state if tax_id else None,
            balance_minor=self._balance(self._columns.cell(row, "balance")),
            note=self._cells.note(self._columns.name("note"), self._columns.cell(row, "note")),
            group=self._text(row, "group"),
        )

    def _text(self, row: Sequence[str], meaning: str) -> str:
        return self._cells.name(self._columns.name(meaning), self._columns.cell(row, meaning))

    def _tell(self, meaning: str, message: Message) -> None:
        self._cells.tell(self._columns.name(meaning), message)

    def _phone(self, text: str) -> Phone:
        if not text:
            return Phone("", possible=True)
        phone = read_phone(self._cells.name(self._columns.name("phone"), text), self._venue.country)
        if not phone.possible:
            self._tell(
                "phone",
                msg(
                    "“{phone}” is not a possible phone number; it is kept as it is.",
                    phone=phone.value,
                ),
            )
        return phone

    def _email(self, text: str) -> str:
        if text and (not _EMAIL.fullmatch(text) or len(text) > _EMAIL_LIMIT):
            self._tell(
                "email",
                msg("“{email}” is not an e-mail address; it is kept as it is.", email=text[:80]),
            )
        return self._cells.name(self._columns.name("email"), text, _EMAIL_LIMIT)

    def _born(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return self._dates.read(text)
        except InvalidError as error:
            self._tell("birth", error.message)
            return None

    def _tax_id(self, text: str) -> TaxId | None:
        if not text:
            return None
        tax_id = read_tax_id(self._cells.name(self._columns.name("tax_id"), text))
        if tax_id.state is TaxIdState.WRONG:
            self._tell(
                "tax_id",
                msg(
                    "The check digit of the VÖEN {id} is wrong; it is kept as it is.",
                    id=tax_id.value[:40],
                ),
            )
        elif tax_id.state is TaxIdState.ZERO_LOST:
            self._tell("tax_id", msg("The VÖEN {id} had lost its leading zero.", id=tax_id.value))
        return tax_id

    def _balance(self, text: str) -> int:
        if not text:
            return 0
        try:
            amount = read_amount(text)
            balance = minor(amount.value, self._venue.currency)
        except InvalidError as error:
            self._tell("balance", error.message)
            return 0
        self._cells.currencies.add(amount.currency)
        return balance
