"""Real files give the figures that others computed, to the cent and to the field."""

import json
from collections import Counter
from datetime import time

import pytest

from desktop_app.exchange.files import open_file
from desktop_app.exchange.recognise import recognise
from desktop_app.exchange.records import VenueFacts
from desktop_app.exchange.rows import rows
from desktop_app.kernel.clock import VenueTime, as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import major
from desktop_app.orders.records import LineKind, PaymentMethod

pytestmark = pytest.mark.shared_data
MIDNIGHT = VenueFacts("USD", VenueTime("Asia/Baku", time(0)))
MANAT = VenueFacts("AZN", VenueTime("Asia/Baku", time(6)))


@pytest.fixture(scope="module")
def truth(shared_data):
    return json.loads((shared_data / "GROUND_TRUTH.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def imported(shared_data, read):
    def imported(*paths, venue=MIDNIGHT):
        return read([open_file(shared_data / path) for path in paths], venue=venue)

    return imported


def lines(got):
    return [line for order in got.orders for line in order.lines]


def summed(pairs):
    total = Counter()
    for key, amount in pairs:
        total[key] += amount
    return total


def cents(amounts):
    """Return the truth's amounts (which drop trailing zeros) as cents."""
    return {key: round(float(value) * 100) for key, value in dict(amounts).items()}


def day_of(order):
    zone = VenueTime(order.zone, time(0)) if order.zone else MIDNIGHT.time
    return as_date(zone.business_date(order.opened_at)).isoformat()


def revenue_by(got, length):
    pairs = [(day_of(o)[:length], line.total_minor) for o in got.orders for line in o.lines]
    return summed(pairs)


def assert_top(expected, counted):
    for name, amount in expected:
        assert counted[name] == round(float(amount) * 100), name
    assert sorted(counted.values(), reverse=True)[: len(expected)] == [
        round(float(amount) * 100) for _, amount in expected
    ]


def assert_by_day(got):
    days = [day_of(order) for order in got.orders]
    assert days == sorted(days)


def test_pizzaplace(imported, truth):
    got = imported("datasets/pizzaplace/pizzaplace.csv")
    expected = truth["pizzaplace/pizzaplace.csv"]
    sold = lines(got)
    assert got.problems == []
    assert len(sold) == expected["file_rows"]
    assert len(got.orders) == len({o.reference for o in got.orders}) == expected["orders"]
    assert major(got.revenue, "USD") == expected["revenue"]
    assert revenue_by(got, 7) == cents(expected["revenue_by_month"])
    assert Counter(day_of(o)[:7] for o in got.orders) == expected["orders_by_month"]
    assert len({day_of(o) for o in got.orders}) == expected["distinct_days"]
    assert len({line.name for line in sold}) == expected["distinct_items"]
    assert len({(line.name, line.variant) for line in sold}) == expected["distinct_item_size"]
    assert summed((x.category, x.total_minor) for x in sold) == cents(expected["revenue_by_type"])
    assert Counter(line.variant for line in sold) == expected["qty_by_size"]
    assert_top(expected["top5_by_revenue"], summed((x.name, x.total_minor) for x in sold))
    assert_top(expected["top5_by_qty"], summed((x.name, x.quantity // 10) for x in sold))
    assert max(len(o.lines) for o in got.orders) == expected["max_lines_in_order"]
    assert_by_day(got)


def test_maven(imported, truth):
    folder = "datasets/maven_restaurant_orders/"
    got = imported(folder + "order_details.csv", folder + "menu_items.csv")
    expected = truth["maven_restaurant_orders"]
    sold = lines(got)
    assert len(got.orders) == expected["orders"]
    assert (
        sum(bool(o.lines) for o in got.orders) == expected["orders_with_at_least_one_priced_item"]
    )
    assert len(got.rejected) == expected["lines_with_missing_item"]
    assert {problem.field for problem in got.problems} == {"item_id"}
    assert got.problems[0].file == "order_details.csv"
    assert major(got.revenue, "USD") == expected["revenue"]
    assert revenue_by(got, 7) == cents(expected["revenue_by_month"])
    assert Counter(day_of(o)[:7] for o in got.orders) == expected["orders_by_month"]
    assert summed((x.category, x.total_minor) for x in sold) == cents(
        expected["revenue_by_category"]
    )
    assert_top(expected["top5_by_revenue"], summed((x.name, x.total_minor) for x in sold))
    assert_top(expected["top5_by_qty"], summed((x.name, x.quantity // 10) for x in sold))
    totals = {o.reference: sum(line.total_minor for line in o.lines) for o in got.orders}
    assert_top(expected["top5_orders_by_total"], totals)
    assert_by_day(got)


def test_maven_orders_were_taken_when_those_of_the_pizza_place_were(imported):
    """Maven's times are a copy of pizzaplace's, eight years on: a second witness for the dates."""
    folder = "datasets/maven_restaurant_orders/"
    got = imported(folder + "order_details.csv", folder + "menu_items.csv")
    other = imported("datasets/pizzaplace/pizzaplace.csv")
    moments = [f"{MIDNIGHT.time.local(order.opened_at):%m-%d %H:%M:%S}" for order in got.orders]
    witness = [f"{MIDNIGHT.time.local(order.opened_at):%m-%d %H:%M:%S}" for order in other.orders]
    assert moments == witness[: len(moments)]


@pytest.mark.parametrize("name", ["index_1.csv", "index_2.csv"])
def test_coffee_vending(imported, truth, name):
    got = imported(f"datasets/coffee_vending/{name}")
    expected = truth[f"coffee_vending/{name}"]
    assert len(got.orders) == len({o.reference for o in got.orders}) == expected["good_rows"]
    assert got.rejected == [line for line, _row in expected["bad_rows"]]
    assert got.revenue == round(float(expected["revenue"]) * 100)
    assert revenue_by(got, 7) == cents(expected["revenue_by_month"])
    assert min(map(day_of, got.orders)) == expected["date_min"]
    assert max(map(day_of, got.orders)) == expected["date_max"]
    assert_top(expected["top5_by_revenue"], summed((x.name, x.total_minor) for x in lines(got)))
    assert_top(expected["top5_by_qty"], summed((x.name, x.quantity // 10) for x in lines(got)))
    paid = summed((p.method.value, p.amount_minor) for o in got.orders for p in o.payments)
    assert paid == cents(expected["revenue_by_payment"])
    assert len({line.name for line in lines(got)}) >= expected["distinct_products"] - 1
    assert len(got.customers) == expected["distinct_cards"]
    spent = summed((o.customer_ref, o.lines[0].total_minor) for o in got.orders if o.customer_ref)
    assert_top(expected["top5_customers_by_spend"], spent)
    assert_by_day(got)


def test_both_coffee_files_in_one_import(imported, truth):
    folder = "datasets/coffee_vending/"
    got = imported(folder + "index_1.csv", folder + "index_2.csv")
    assert len({order.reference for order in got.orders}) == len(got.orders) == 3636 + 262
    assert got.revenue == 11543158 + 689000
    assert len(got.readings) == 1


def test_square_all_seven_in_one_import(imported, truth, shared_data):
    folder = "formats/square/items_detail_csv/"
    names = sorted(path.name for path in (shared_data / folder).glob("*.csv"))
    got = imported(*(folder + name for name in names))
    expected = truth["formats/square/items_detail_csv"]
    sold = lines(got)
    assert got.problems == []
    assert len(names) == len(expected["files"])
    assert len(sold) == expected["rows"]
    assert len(got.orders) == expected["transactions"]
    assert len({p.reference for o in got.orders for p in o.payments}) == expected["payments"]
    assert len(got.customers) == expected["customers"]
    assert sum(line.quantity for line in sold) == float(expected["units"]) * 1000
    assert sum(line.kind is LineKind.REFUND for line in sold) == expected["refund_rows"]
    totals = expected["totals"]
    assert major(sum(line.gross_minor for line in sold), "USD") == totals["gross"]
    assert major(-sum(line.discount_minor for line in sold), "USD") == totals["discounts"]
    assert major(got.revenue, "USD") == totals["net"]
    assert major(sum(line.tax_minor for line in sold), "USD") == totals["tax"]
    assert revenue_by(got, 7) == cents(expected["net_by_month"])
    assert revenue_by(got, 10) == cents(expected["net_by_day"])
    assert_top(expected["top5_by_net"], summed((x.name, x.total_minor) for x in sold))
    assert_top(expected["top5_by_qty"], summed((x.name, x.quantity // 10) for x in sold))
    paid = sum(p.amount_minor for o in got.orders for p in o.payments)
    assert paid == got.revenue + sum(line.tax_minor for line in sold)
    cards = [p for o in got.orders for p in o.payments if p.method is PaymentMethod.CARD]
    assert {len(payment.card_last4) for payment in cards} == {4}
    assert_by_day(got)


def test_customers_to_the_field(imported, shared_data):
    path = "people/customers_az_ru_tr.csv"
    expected = json.loads((shared_data / path).with_suffix(".expected.json").read_text("utf-8"))
    got = imported(path, venue=MANAT)
    states = {
        "valid": "valid",
        "bad check digit": "wrong",
        "valid but leading zero lost (9 digits)": "zero_lost",
        None: None,
    }
    assert [
        {
            "code": one.reference,
            "name": one.name,
            "e164": one.phone,
            "possible": one.phone_possible,
            "dob": one.birth_date.isoformat() if one.birth_date else None,
            "dob_ambiguous": one.birth_date_ambiguous,
            "voen": one.tax_id or None,
            "voen_state": one.tax_id_state,
            "balance_minor": one.balance_minor,
            "note": one.note,
        }
        for one in got.customers
    ] == [one | {"voen_state": states[one["voen_state"]]} for one in expected["customers"]]
    assert sum(one.balance_minor for one in got.customers) == expected["balance_total_minor"]
    assert sum(bool(one.email) for one in got.customers) == expected["with_email"]
    assert got.rejected == []
    assert len(got.problems) == 14  # twelve check digits, two lost zeros


def table(path):
    file, problems = open_file(path), []
    found = [dict(zip(file.header, cells, strict=True)) for _, cells in rows(file, problems.append)]
    return found, [problem.line for problem in problems]


def test_csv_as_others_wrote_it_to_be_difficult(shared_data):
    folder = shared_data / "vectors/csv_spectrum"
    paths = sorted((folder / "csv").glob("*.csv"))
    assert len(paths) == 12
    for path in paths:
        if path.stem == "location_coordinates":  # its two halves do not say the same
            continue
        text = (folder / "json" / path.name).with_suffix(".json").read_text("utf-8")
        found, problems = table(path)
        assert [
            {column: cell.replace("\r\n", "\n") for column, cell in row.items()} for row in found
        ] == [
            {column: cell.replace("\r\n", "\n") for column, cell in row.items()}
            for row in json.loads(text)
        ], path.name
        assert problems == []


def test_zero_bytes_and_utf16_from_a_spreadsheet(shared_data):
    folder = shared_data / "vectors/hostile"
    found, problems = table(folder / "csv_nul_bytes.csv")
    assert found == [{"name": "Coffee", "price": "2.00"}]
    assert problems == [2]
    found, problems = table(folder / "csv_utf16le_bom.csv")
    assert found == [{"name": "Çay", "price": "1,50"}, {"name": "Qəhvə", "price": "2,00"}]
    assert problems == []


@pytest.mark.parametrize("name", ["xlsx_truncated_half.xlsx", "xlsx_really_html.xlsx"])
def test_what_is_no_csv_is_refused(shared_data, name):
    with pytest.raises(InvalidError):
        recognise([shared_data / "vectors/hostile" / name])
