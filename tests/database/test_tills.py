"""Tills are called as people call them, put away when they are gone, and named on receipts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.tables import Order
from desktop_app.sales.counter import get_counter
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.operations import refund
from desktop_app.sales.records import NewSale, SaleLine, SalePayment, TillRow
from desktop_app.sales.shifts import close_shift, list_shifts, open_shift, x_report
from desktop_app.sales.tills import list_tills, name_till, put_till_away
from tests.database.shop import Shop
from tests.database.test_enter_sale import menu


def test_a_till_is_called_otherwise_and_keeps_the_name_of_its_receipts(shop: Shop) -> None:
    app = shop.app
    app.call(open_shift, 0, till="POS-2")
    app.call(name_till, "POS-2", "Bar")
    assert app.call(list_tills) == [TillRow(""), TillRow("POS-2", 1, "Bar")]
    (row,) = app.call(list_shifts)
    assert (row.till, row.till_called) == ("POS-2", "Bar (POS-2)")
    assert app.call(x_report, till="POS-2").shift.till_called == "Bar (POS-2)"
    app.call(name_till, "", "Zal")
    assert app.call(list_tills)[0] == TillRow("", 0, "Zal")
    for name in ("POS-2", "Zal"):
        with pytest.raises(InvalidError, match="Another till") as caught:
            app.call(name_till, "" if name == "POS-2" else "POS-2", name)
        assert caught.value.field == "title"
    with pytest.raises(InvalidError):
        app.call(name_till, "POS-2", "4111 1111 1111 1111")
    with pytest.raises(NotFoundError):
        app.call(name_till, "POS-9", "Teras")
    app.call(name_till, "POS-2", "")
    assert app.call(list_tills)[1] == TillRow("POS-2", 1)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(name_till, "POS-2", "Bar")
    shop.check_counts()
    shop.check_trail()


def test_a_till_that_was_called_wrongly_is_put_away_and_a_shift_brings_it_back(shop: Shop) -> None:
    app = shop.app
    app.call(open_shift, 0, till="Bra")
    with pytest.raises(ConflictError, match="open at this till"):
        app.call(put_till_away, "Bra")
    shop.clock.at += timedelta(minutes=1)
    app.call(close_shift, 0, till="Bra")
    app.call(put_till_away, "Bra")
    assert app.call(list_tills) == [TillRow("")]
    assert app.call(list_tills, closed=True) == [TillRow(""), TillRow("Bra", 0, "", active=False)]
    assert [one.name for one in app.call(get_counter).tills] == [""]
    with pytest.raises(InvalidError, match="always there"):
        app.call(put_till_away, "")
    with pytest.raises(NotFoundError):
        app.call(put_till_away, "Bar")
    shop.clock.at += timedelta(minutes=1)
    shop.as_role(Role.STAFF).call(open_shift, 0, till="Bra")
    assert app.call(list_tills) == [TillRow(""), TillRow("Bra", 2)]


def test_a_receipt_by_hand_belongs_to_the_till_that_took_the_money(shop: Shop) -> None:
    plov, _tea = menu(shop)
    app = shop.app
    app.call(open_shift, 0)
    sale = NewSale([SaleLine(plov)], [SalePayment(PaymentMethod.CASH, 1180)], till="Bar")
    with pytest.raises(InvalidError, match="no till") as caught:
        app.call(enter_sale, sale)
    assert caught.value.field == "till"
    app.call(open_shift, 0, till="Bar")
    shop.clock.at += timedelta(minutes=1)
    number = app.call(enter_sale, sale).order_id
    assert shop.rows(Order)[-1]["terminal"] == "Bar"
    assert app.call(x_report, till="Bar").expected_minor == 1180
    assert app.call(x_report).sums.cash_minor == 0
    app.call(refund, number, "cold")
    assert app.call(x_report, till="Bar").expected_minor == 0
