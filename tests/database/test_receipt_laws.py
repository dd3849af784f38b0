"""Line, receipt, shift and day add up over any receipts: discounts, gifts, service, tax, splits."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.menu.editing import add_product
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.orders.operations import get_order
from desktop_app.orders.records import PaymentMethod
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sales.counter import quote_sale
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.operations import corrections_of, refund
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from desktop_app.sales.shifts import close_shift, list_shifts, open_shift, shift_report, x_report
from tests.database.shop import Shop

RATES = st.integers(0, 10_000)
LINES = st.lists(
    st.tuples(st.integers(1, 20_000), st.integers(0, 50_000), RATES, st.booleans()),
    min_size=1,
    max_size=4,
)
RECEIPTS = st.lists(
    st.tuples(LINES, RATES, st.integers(0, 2_000), st.integers(0, 3_000), st.booleans(), RATES),
    min_size=1,
    max_size=4,
)


def _entered(shop: Shop, product: int, drawn: tuple) -> int:
    """Enter a receipt, paid in cash and by card, and check it against itself."""
    lines, discount, service, tax, included, split = drawn
    sale = NewSale(
        [
            SaleLine(product, much, unit_price_minor=price, discount_bp=own, gift=gift)
            for much, price, own, gift in lines
        ],
        (), discount, service, tax, included,
    )  # fmt: skip
    due = shop.app.call(quote_sale, sale).sums.due_minor
    cash = due * split // 10_000
    parts = ((PaymentMethod.CASH, cash), (PaymentMethod.CARD, due - cash))
    paid = [SalePayment(method, amount) for method, amount in parts if amount]
    whole = NewSale(sale.lines, paid, discount, service, tax, included)
    number = shop.app.call(enter_sale, whole).order_id
    card = shop.app.call(get_order, number)
    assert card.row.total_minor == sum(line.total_minor for line in card.lines)
    assert sum(one.amount_minor for one in card.payments) == due
    return number


def test_whatever_is_sold_and_taken_back_adds_up(files: Shop) -> None:
    app = files.app
    product = app.call(add_product, ProductForm("Plov"), [VariantRow("", 1000)])
    app.call(open_shift, 0)

    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=RECEIPTS, back=st.data())
    def check(drawn: list[tuple], back: st.DataObject) -> None:
        for one in drawn:
            files.clock.at += timedelta(minutes=3)
            number = _entered(files, product, one)
            left = {line.line_no: line.quantity for line in app.call(corrections_of, number).left}
            wanted = back.draw(st.sets(st.sampled_from(sorted(left))))
            if wanted:
                some = {line: back.draw(st.integers(1, left[line])) for line in wanted}
                app.call(refund, number, "cold", lines=some)
        files.clock.at += timedelta(minutes=3)
        app.call(close_shift, max(0, app.call(x_report).expected_minor))
        app.call(open_shift, 0)
        reports = [app.call(shift_report, row.id) for row in app.call(list_shifts)]
        revenue = sum(report.sums.total_minor for report in reports)
        for dimension in Dimension:
            assert app.call(sales_by, dimension, Period()).total.revenue_minor == revenue, dimension
        for report in reports:
            sums = report.sums
            assert sums.gross_minor - sums.discount_minor == sums.total_minor
            assert sums.paid_minor == sums.total_minor + sums.tax_minor + sums.service_minor

    check()
