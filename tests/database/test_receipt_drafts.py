"""A receipt that is being typed is kept for whoever types it, and goes with what it becomes."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from desktop_app.access.arguments import value_out
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales.drafts import drop_draft, keep_draft, my_draft
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from desktop_app.sales.tables import ReceiptDraft
from tests.database.shop import Shop
from tests.database.test_enter_sale import menu

PAID = [SalePayment(PaymentMethod.CASH, 1180)]


def test_what_is_typed_comes_back_as_it_was_for_its_own_person_only(shop: Shop) -> None:
    plov, tea = menu(shop)
    first = NewSale([SaleLine(plov)], ())
    sale = NewSale(
        [
            SaleLine(plov, 2500, discount_bp=1250, gift=True, choices=["Acı", "Turşu"]),
            SaleLine(tea, 1000, "böyük", 199, minutes=90, note="şəkərsiz 🌿"),
        ],
        (), 500, 1000, None, True, 77, None, "Zal", "Masa 4", 3, "pəncərə yanı", 5,
    )  # fmt: skip
    assert shop.app.call(my_draft) is None
    shop.app.call(keep_draft, first)
    shop.app.call(keep_draft, sale)
    kept = shop.app.call(my_draft)
    assert kept is not None
    assert value_out(kept.sale, NewSale) == value_out(sale, NewSale)
    assert [row["customer_id"] for row in shop.rows(ReceiptDraft)] == [77]
    assert shop.as_role(Role.MANAGER).call(my_draft) is None
    shop.as_role(Role.MANAGER).call(keep_draft, first)
    shop.app.call(drop_draft)
    assert shop.app.call(my_draft) is None
    assert len(shop.rows(ReceiptDraft)) == 1
    shop.check_counts()
    shop.check_trail()


def test_entering_it_forgets_it_and_another_receipt_does_not(shop: Shop) -> None:
    plov, _tea = menu(shop)
    sale = NewSale([SaleLine(plov)], PAID)
    shop.app.call(keep_draft, NewSale([SaleLine(plov)], ()))
    shop.app.call(enter_sale, sale)
    assert shop.app.call(my_draft) is not None
    with pytest.raises(InvalidError):
        shop.app.call(enter_sale, NewSale([SaleLine(plov)], ()), from_draft=True)
    assert shop.app.call(my_draft) is not None
    shop.app.call(enter_sale, sale, from_draft=True)
    assert shop.app.call(my_draft) is None
    shop.app.call(drop_draft)


def test_a_card_number_is_not_kept_and_neither_is_what_staff_type(files: Shop) -> None:
    plov, _tea = menu(files)
    for sale in (
        NewSale([SaleLine(plov)], (), note="4111 1111 1111 1111"),
        NewSale([SaleLine(plov, note="4111111111111111")], ()),
    ):
        with pytest.raises(InvalidError):
            files.app.call(keep_draft, sale)
    assert files.rows(ReceiptDraft) == []
    with pytest.raises(NotAllowedError):
        files.as_role(Role.STAFF).call(keep_draft, NewSale([SaleLine(plov)], ()))


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"lines": 1}', '{"colour": "red"}'])
def test_what_cannot_be_read_is_none(files: Shop, content: str) -> None:
    plov, _tea = menu(files)
    files.app.call(keep_draft, NewSale([SaleLine(plov)], ()))
    spoil = update(ReceiptDraft).values(content=content)
    with files.engine.begin() as connection:
        connection.execute(spoil)
    assert files.app.call(my_draft) is None
