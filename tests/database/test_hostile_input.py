"""Whatever somebody types or pastes, texts and numbers, is kept tidy or refused with a sentence."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from desktop_app.customers.editing import add_customer
from desktop_app.customers.records import Account, ContactKind, ContactRow, CustomerForm, GroupForm
from desktop_app.customers.records import NewConsent as Consent
from desktop_app.customers.records import NewMessage as Wrote
from desktop_app.db.base import Base
from desktop_app.db.operation import REGISTRY, Operation
from desktop_app.finance.kinds import Direction
from desktop_app.finance.records import AccountForm, CategoryForm, NewEntry
from desktop_app.kernel.errors import AppError, ConflictError, NotFoundError
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.pricing import ListTerms
from desktop_app.menu.records import ChoiceForm, ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import SizeCard
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales.gap_records import GapKind
from desktop_app.sales.records import (
    CashKind,
    NewSale,
    SaleLine,
    SalePayment,
)
from desktop_app.staff.records import EmployeeForm
from desktop_app.stock.records import Amount, StorageForm, SupplierForm, SupplyForm, SupplyLine
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import NewVenue, VenueProfile
from tests.database.pantry import stocked
from tests.database.shop import Shop

FRIENDLY = {
    "emoji": "Plov 🍚 👩‍👩‍👧 🇦🇿",
    "right to left": "محمد عبد الله",
    "in pieces": "I\u0307smay\u0131l \u018fliyev",
}
HOSTILE = {
    "control characters": "a\x01b\x00c\x1bd\x7f",
    "half a character": "Al\udcffa",
    "turned around": "çek\u202e\u2066 54,00\u2069",
    "a letter too long": "ə" * 10_001,
    "much too long": "ü" * 100_000,
    "formula": '=HYPERLINK("http://x","y")',
    "blanks": " \t\u00a0\u2003 ",
}
ABSURD = {
    "below nothing": -1,
    "nothing": 0,
    "ten million": 10_000_000_00,
    "the largest": 2**63 - 1,
    "larger than the largest": 2**63,
    "astronomical": 10**40,
    "astronomical debt": -(10**40),
}
UNTIDY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FORMAL = frozenset({
    "phone", "email", "tax_id", "barcode", "color", "size", "currency", "timezone", "country",
    "till", "card_brand", "card_last4", "direction", "channel", "language", "purpose", "key",
    "value", "variant", "package", "code", "take",
})  # fmt: skip
"""Fields that have a form of their own, or must name something that is there."""

Call = tuple[str, tuple[Any, ...]]


def _calls(shop: Shop) -> Sequence[Call]:
    """Return one good call of everything that takes text about the restaurant."""
    app, pantry = shop.app, stocked(shop.app)
    leyla = app.call(add_customer, CustomerForm("Leyla"))
    group = app.call(REGISTRY["customers.add_group"], GroupForm("VIP"))
    nigar = app.call(REGISTRY["staff.add_employee"], EmployeeForm("Nigar"))
    position = app.call(REGISTRY["staff.add_position"], "Ofisiant")
    station = app.call(REGISTRY["menu.add_station"], "İsti sex")
    category = app.call(REGISTRY["menu.add_category"], "Şorbalar")
    juice = app.call(
        add_product,
        ProductForm("Şirə", ProductKind.GOODS),
        [VariantRow("", 300), VariantRow("stəkan", 200)],
    )
    terrace = app.call(REGISTRY["menu.add_price_list"], "Terras")
    part = Part(pantry.flour, 5_000, 5_000)
    account = app.call(REGISTRY["finance.add_account"], AccountForm("Kassa"))
    income = app.call(
        REGISTRY["finance.add_money_category"], CategoryForm("Digər", Direction.INCOME)
    )
    today = date(2026, 11, 2)
    venue = app.call(get_venue).id
    entry = NewEntry(account, income, today, 500, "borc qaytarıldı")
    kept = app.call(REGISTRY["finance.add_entry"], entry)
    app.call(REGISTRY["sales.open_shift"], 10_000)
    paid, by_card = (
        SalePayment(PaymentMethod.CASH, 200), SalePayment(PaymentMethod.CARD, 200, "Visa", "4444"),
    )  # fmt: skip
    sale = NewSale([SaleLine(pantry.water, note="buzlu", modifiers="limon")], [paid],
                   sale_type="Zal", table="Masa 4", note="sağ ol")  # fmt: skip
    sold = app.call(REGISTRY["sales.enter_sale"], sale)
    supply = SupplyForm(pantry.main, [SupplyLine(pantry.flour, 1_000_000, 120)],
                        invoice="AA 12", note="səhər")  # fmt: skip
    paper = app.call(REGISTRY["stock.receive_supply"], supply)
    contacts = (ContactRow(ContactKind.ADDRESS, "Bakı, Nizami 5"),)
    person = CustomerForm("Zərifə", contacts=contacts, note="masa pəncərə yanında", tags=("VIP",))
    return [
        ("customers.add_customer", (person, "K-1")),
        ("customers.change_customer", (leyla, 1, person)),
        ("customers.tag_customers", ([leyla], ["daimi"], [])),
        ("customers.add_group", (GroupForm("Dostlar"),)),
        ("customers.change_group", (group, 1, GroupForm("Dostlar"))),
        ("customers.correct_balance", (leyla, Account.BONUS, 500, "hədiyyə")),
        ("customers.add_message", (leyla, Wrote("in", "phone", "Masa", "Saat 8-də"))),
        ("customers.give_consent", (leyla, Consent("marketing", "counter", "az", "Razıyam."))),
        ("menu.add_product", (ProductForm("Plov", allergens=("süd",), note="qaynar"),
                              [VariantRow("böyük", 900)])),
        ("menu.change_product", (juice, 1, ProductForm("Şirə", ProductKind.GOODS, note="soyuq"))),
        ("menu.add_category", ("Salatlar",)),
        ("menu.change_category", (category, "Salatlar", None, "", 1)),
        ("menu.add_price_list", ("Gecə",)),
        ("menu.change_price_list", (terrace, "Səhər", ListTerms("Zal", ("VIP",), 0, 480, 600))),
        ("menu.rename_size", (juice, "stəkan", "qədəh")),
        ("menu.add_product", (ProductForm("Qəhvə", sizes=(SizeCard("böyük", 2000, (part,)),)),
                              [VariantRow("böyük", 400)])),
        ("menu.stop_product", (juice, 3000)),
        ("menu.add_station", ("Bar",)),
        ("menu.rename_station", (station, "Manqal")),
        ("menu.save_choices", (None, "Sous", (0, 1), [ChoiceForm("Narşərab", 50)])),
        ("menu.set_price", (juice, 320, "kiçik")),
        ("sales.change_payment", (sold.order_id, [by_card], "kart idi")),
        ("sales.enter_sale", (sale,)),
        ("sales.refund", (sold.order_id, "soyuq idi")),
        ("sales.void", (sold.order_id, "səhv masa")),
        ("sales.move_cash", (CashKind.IN, 100, "xırda pul")),
        ("sales.open_shift", (5_000, "ikinci kassa", "Bar")),
        ("sales.close_shift", (5_000, "sayıldı", "Bar")),
        ("sales.mark_gap", (20261102, GapKind.HOLE, "7", "baxıldı")),
        ("staff.add_employee", (EmployeeForm("Orxan", "Aşpaz", "+994501234567",
                                             "o@example.az", note="gecə"),)),
        ("staff.change_employee", (nigar, 1, EmployeeForm("Nigar", note="səhər"))),
        ("staff.add_position", ("Barmen",)),
        ("staff.add_tip", (nigar, today, 500)),
        ("staff.set_pay", (nigar, today, 90_000, 160)),
        ("staff.enter_hours", (nigar, shop.clock.now() - timedelta(hours=9),
                               shop.clock.now() - timedelta(hours=1), "kart unudulub")),
        ("staff.rename_position", (position, "Baş ofisiant")),
        ("stock.save_storage", (None, StorageForm("Zirzəmi"))),
        ("stock.save_supplier", (None, SupplierForm("Ət MMC", "", "", "", "Bakı", 0, "yaxşı"))),
        ("stock.save_package", (pantry.flour, "kisə", 50_000_000)),
        ("stock.receive_supply", (supply,)),
        ("stock.save_draft", (None, supply)),
        ("stock.write_off", (pantry.main, [Amount(pantry.flour, 10)], "töküldü", None, "")),
        ("stock.transfer", (pantry.main, pantry.bar, [Amount(pantry.flour, 10)], None, "bara")),
        ("stock.produce", (pantry.main, Amount(pantry.dough, 1000), None, None, "səhər")),
        ("stock.hand_in_count", (pantry.bar, [Amount(pantry.flour, 10)], None, "gecə")),
        ("stock.pay_supply", (paper, 10, None, "nağd")),
        ("stock.reverse", (paper, "səhv qaimə")),
        ("finance.add_account", (AccountForm("Seyf"),)),
        ("finance.change_account", (account, 1, AccountForm("Seyf"))),
        ("finance.add_money_category", (CategoryForm("İcarə", Direction.EXPENSE),)),
        ("finance.change_money_category", (income, 1, CategoryForm("Sair", Direction.INCOME))),
        ("finance.add_entry", (entry,)),
        ("finance.correct_entry", (kept, "iki dəfə yazılıb")),
        ("venue.open_venue", (NewVenue("Sahil", "USD", address="Bakı"),)),
        ("venue.change_venue", (venue, VenueProfile("Qız Qalası", legal_name="QQ MMC",
                                                    address="Bakı, Neftçilər 1"))),
    ]  # fmt: skip


def _with(value: Any, wanted: Any) -> Iterator[tuple[str, Any]]:
    """Return the value once for each part of the wanted one's type, with that part replaced.

    The name of the field it stands in comes with it.
    """
    if type(value) is type(wanted):
        yield "", wanted
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        yield from ((field, replace(value, **made)) for field, made in _changed(parts, wanted))
    elif isinstance(value, (list, tuple)):
        for place, one in enumerate(value):
            for inner, changed in _with(one, wanted):
                yield inner, [*value[:place], changed, *value[place + 1 :]]


def _changed(parts: dict[str, Any], wanted: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in parts.items():
        for field, changed in _with(value, wanted):
            yield field or name, parts | {name: changed}


def _given(op: Operation[..., Any], args: tuple[Any, ...]) -> dict[str, Any]:
    """Return what a call gives by name; the arguments stand in the order of their declaration."""
    names = list(inspect.signature(op.body).parameters)[1:]
    return dict(zip(names, args, strict=False))


def _tried(shop: Shop, tried: dict[str, Any], check: Callable[[str, AppError], bool]) -> list[str]:
    """Return what went wrong: crashes, and refusals that `check` does not accept."""
    wrong, tries = [], 0
    for name, args in _calls(shop):
        op = REGISTRY[name]
        for kind, wanted in tried.items():
            for field, changed in _changed(_given(op, args), wanted):
                tries += 1
                try:
                    shop.confirmed(op, **changed)
                except AppError as error:
                    accepted = check(field, error)
                    wrong += [] if accepted else [f"{name}.{field}, {kind}: {error}"]
                except Exception as error:  # noqa: BLE001 - all of them are collected
                    wrong.append(f"{name}.{field}, {kind}: {error!r:.200}")
    assert tries > 60 * len(tried)
    return wrong


def test_what_cannot_be_kept_is_refused_or_tidied(shop: Shop) -> None:
    assert _tried(shop, HOSTILE, lambda _field, _error: True) == []
    with shop.around() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column, value in row.items():
                    if isinstance(value, str):
                        assert not UNTIDY.search(value.replace("\n", "")), (table.name, column)


def test_names_of_all_writings_are_taken(shop: Shop) -> None:
    def check(field: str, error: AppError) -> bool:
        done_before = isinstance(error, (ConflictError, NotFoundError)) or "already" in str(error)
        return done_before or field in FORMAL

    assert _tried(shop, FRIENDLY, check) == []


def test_absurd_numbers_are_refused_and_never_crash(shop: Shop) -> None:
    assert _tried(shop, ABSURD, lambda _field, _error: True) == []
    shop.check_counts()
    shop.check_trail()
