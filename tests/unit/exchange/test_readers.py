from datetime import UTC, date, datetime, time

import pytest

from desktop_app.customers.records import TaxIdState
from desktop_app.exchange.readers.square_items import COLUMNS as SQUARE
from desktop_app.exchange.records import VenueFacts
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.orders.records import LineKind, OrderStatus, PaymentMethod

PIZZA = "id,date,time,name,size,type,price\n"
MENU = "menu_item_id,item_name,category,price\n101,Hamburger,American,12.95\n102,Plov,Baku,9.00\n"
DETAILS = "order_details_id,order_id,order_date,order_time,item_id\n"
COFFEE = "date,datetime,cash_type,card,money,coffee_name\n"
PLAIN_COFFEE = "date,datetime,cash_type,money,coffee_name\n"
PEOPLE = '\ufeffKod,"Ad, soyad",Telefon,E-poçt,Doğum tarixi,Ünvan,VÖEN,Balans,Qeyd\n'
CARD = "4242 4242 4242 4242"


def square(*changes, header=SQUARE):
    plain = {
        "Date": "2026-06-11",
        "Time": "23:44:57",
        "Time Zone": "Eastern Time (US & Canada)",
        "Category": "None",
        "Item": "Matcha Latte",
        "Qty": "1.0",
        "Gross Sales": "$9.00",
        "Discounts": "$0.00",
        "Net Sales": "$9.00",
        "Tax": "$0.70",
        "Transaction ID": "T1",
        "Payment ID": "P1",
        "Event Type": "Payment",
        "Card Brand": "Visa",
        "PAN Suffix": "6645",
    }
    lines = [",".join(header)]
    for change in changes:
        row = plain | change
        lines.append(",".join(f'"{row.get(column, "")}"' for column in header))
    return "\n".join(lines) + "\n"


def test_pizzaplace_groups_pizzas_into_orders(read):
    text = PIZZA + (
        "7,2015-01-02,01:30:00,hawaiian,M,classic,13.25\n"
        "8,2015-01-01,11:00:00,mexicana,M,veggie,16\n"
        "7,2015-01-02,01:30:00,hawaiian,M,classic,13.25\n"
    )
    got = read({"p.csv": text})
    first, second = got.orders
    assert (first.reference, second.reference) == ("8", "7")  # both of the day that began at 06:00
    assert second.opened_at == datetime(2015, 1, 1, 21, 30, tzinfo=UTC)
    assert [line.quantity for line in second.lines] == [1000, 1000]
    line = first.lines[0]
    assert (line.name, line.variant, line.category) == ("mexicana", "M", "veggie")
    assert (line.total_minor, line.gross_minor, line.unit_price_minor) == (1600, 1600, 1600)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("1,2015-02-30,11:00,a,M,c,1", "date"),
        ("1,2015-02-03,24:00,a,M,c,1", "time"),
        ("1,2015-02-03,11:00,a,M,c,", "price"),
        ("1,2015-02-03,11:00,a,M,c,1.234", "price"),
        ("1,2015-02-03,11:00,a,M,c,9999999999999999", "price"),
        ("1,2015-02-03,11:00, ,M,c,1", "name"),
        (",2015-02-03,11:00,a,M,c,1", "id"),
        (f"{'9' * 65},2015-02-03,11:00,a,M,c,1", "id"),
        ("2,2015-02-04,11:00,a,M,c,1", "time"),
    ],
)
def test_a_bad_row_is_told_with_its_column_and_good_ones_come_in(read, row, field):
    text = f"{PIZZA}2,2015-02-03,11:00,a,M,c,1\n{row}\n3,2015-02-03,11:00,a,M,c,1\n"
    got = read({"p.csv": text})
    assert got.told == [(3, field)]
    assert got.rejected == [3]
    assert [order.reference for order in got.orders] == ["2", "3"]


def test_an_order_in_two_overlapping_files_is_taken_once(read):
    one = "1,2015-01-01,11:00,a,M,c,1\n1,2015-01-01,11:00,a,M,c,1\n"
    more = "1,2015-01-01,11:00,b,M,c,2\n"
    got = read({"a.csv": PIZZA + one, "b.csv": PIZZA + one + more})
    assert [line.name for line in got.orders[0].lines] == ["a", "a", "b"]
    assert "more than one of the files" in got.notices[0]


def test_a_card_number_in_a_name_is_masked_and_told_each_time(read):
    row = f"1,2015-01-01,11:00,pizza {CARD},M,c,1\n"
    got = read({"p.csv": PIZZA + row + row})
    assert [line.name for line in got.orders[0].lines] == ["pizza •••• 4242"] * 2
    assert got.told == [(2, "name"), (3, "name")]
    assert got.rejected == []
    assert "4242 4242" not in str([problem.message for problem in got.problems])


def maven_days(first, last):
    return "".join(f"{n},{n},1/{n}/23,1:08:12 pm,101\n" for n in range(first, last))


def test_maven_prices_orders_from_the_menu_and_tells_missing_items(read):
    text = (
        DETAILS + maven_days(13, 20) + "90,90,2/1/23,12:00:00 pm,NULL\n91,91,2/1/23,12:10:00 pm,7\n"
    )
    got = read({"order_details.csv": text, "menu_items.csv": MENU})
    assert got.revenue == 7 * 1295
    assert [(order.reference, len(order.lines)) for order in got.orders][-2:] == [
        ("90", 0),
        ("91", 0),
    ]
    assert got.told == [(9, "item_id"), (10, "item_id")]
    assert got.orders[0].opened_at == datetime(2023, 1, 13, 9, 8, 12, tzinfo=UTC)
    assert got.orders[-1].opened_at == datetime(2023, 2, 1, 8, 10, tzinfo=UTC)


def test_maven_dates_in_two_shapes_are_proved_by_the_order_numbers(read):
    text = DETAILS + "".join(f"{n},{n},01/{n:02d}/2023,11:00:00 am,102\n" for n in range(1, 13))
    got = read(
        {"d.csv": text + maven_days(13, 15) + "40,40,02/01/2023,1:00:00 pm,101\n", "m.csv": MENU}
    )
    assert got.orders[1].opened_at.date() == date(2023, 1, 2)
    assert got.orders[-1].opened_at.date() == date(2023, 2, 1)


def test_maven_asks_where_nothing_proves_the_dates(read):
    files = {"d.csv": DETAILS + maven_days(2, 5), "m.csv": MENU}
    with pytest.raises(InvalidError) as refused:
        read(files)
    assert "--day-first" in str(refused.value.hint)
    assert [o.opened_at.month for o in read(files, day_first=False).orders] == [1, 1, 1]
    assert [o.opened_at.month for o in read(files, day_first=True).orders] == [2, 3, 4]


def test_maven_needs_both_files(read):
    with pytest.raises(InvalidError, match="menu without its orders"):
        read({"m.csv": MENU})
    with pytest.raises(InvalidError, match="needs one menu; 0 were given"):
        read({"d.csv": DETAILS})
    with pytest.raises(InvalidError, match="needs one menu; 2 were given"):
        read({"d.csv": DETAILS, "m.csv": MENU, "n.csv": MENU + "103,x,y,1\n"})


def test_coffee_keeps_equal_rows_and_gives_them_the_same_numbers_again(read):
    row = "3/13/2024,3/13/2024 10:15,card,ANON-0000-0000-0001,38.7,Latte\n"
    text = COFFEE + row + row + "3/13/2024,2024-03-13 13:19:07.033,cash,,40,latte\n"
    first, again = read({"c.csv": text}), read({"other name.csv": text})
    references = [order.reference for order in first.orders]
    assert len(set(references)) == 3
    assert references == [order.reference for order in again.orders]
    assert first.revenue == 3870 * 2 + 4000
    assert [customer.reference for customer in first.customers] == ["ANON-0000-0000-0001"]
    assert [order.lines[0].name for order in first.orders] == ["Latte", "Latte", "latte"]
    methods = [order.payments[0].method for order in first.orders]
    assert methods == [PaymentMethod.CARD, PaymentMethod.CARD, PaymentMethod.CASH]
    assert first.problems == []


def test_coffee_files_that_overlap_add_each_sale_once(read):
    day = [f"3/13/2024,3/13/2024 10:{n:02d},cash,,40,Tea\n" for n in range(4)]
    got = read({"a.csv": COFFEE + "".join(day[:3]), "b.csv": COFFEE + "".join(day[1:])})
    assert len(got.orders) == 4


def test_coffee_junk_is_told_and_a_sale_without_a_name_is_kept(read):
    text = PLAIN_COFFEE + "3/13/2024,3/13/2024 10:15,card,25,\nIrish whiskey,,,,\n"
    got = read({"c.csv": text})
    assert got.told == [(2, "coffee_name"), (3, "date")]
    assert got.rejected == [3]
    assert got.revenue == 2500


def test_coffee_never_keeps_a_real_card_number(read):
    text = COFFEE + f"3/13/2024,3/13/2024 10:15,card,{CARD},25,Tea\n"
    got = read({"c.csv": text})
    assert got.customers == []
    assert got.orders[0].customer_ref == ""
    assert got.told == [(2, "card")]


def test_square_makes_one_order_of_a_transaction(read):
    twice = {"Modifiers Applied": "16oz, Whole Milk", "Customer ID": "C1"}
    got = read(
        {"s.csv": square(twice, twice | {"Customer Name": "Orxan"}, {"Transaction ID": "T2"})}
    )
    first, second = got.orders
    assert (first.reference, len(first.lines), second.reference) == ("T1", 2, "T2")
    assert first.zone == "America/New_York"
    assert first.opened_at == datetime(2026, 6, 12, 3, 44, 57, tzinfo=UTC)
    assert first.status is OrderStatus.CLOSED
    line = first.lines[0]
    assert (line.category, line.modifiers, line.tax_minor) == ("", "16oz, Whole Milk", 70)
    (payment,) = first.payments
    assert (payment.method, payment.amount_minor) == (PaymentMethod.CARD, 1940)
    assert (payment.card_brand, payment.card_last4, payment.reference) == ("Visa", "6645", "P1")
    assert got.problems == []


def test_square_refunds_are_negative_orders_of_their_own(read):
    refund = {
        "Transaction ID": "T9",
        "Event Type": "Refund",
        "Qty": "-1.0",
        "Gross Sales": "-$7.00",
        "Net Sales": "-$7.00",
        "Tax": "-$0.54",
        "Discounts": "$0.00",
        "Card Brand": "",
    }
    (order,) = read({"s.csv": square(refund | {"PAN Suffix": ""})}).orders
    assert order.status is OrderStatus.REFUNDED
    assert (order.lines[0].kind, order.lines[0].quantity) == (LineKind.REFUND, -1000)
    assert order.lines[0].unit_price_minor == 700
    assert (order.payments[0].method, order.payments[0].amount_minor) == (
        PaymentMethod.UNKNOWN,
        -754,
    )


def test_square_discounts_are_what_was_taken_off(read):
    got = read(
        {
            "s.csv": square(
                {"Discounts": "-$2.00", "Net Sales": "$1,007.00", "Gross Sales": "$1,009.00"}
            )
        }
    )
    line = got.orders[0].lines[0]
    assert (line.gross_minor, line.discount_minor, line.total_minor) == (100900, 200, 100700)


def test_square_trims_names_but_keeps_their_case(read):
    got = read({"s.csv": square({"Item": "Lemon Dream "}, {"Item": "lemon dream"})})
    assert [line.name for line in got.orders[0].lines] == ["Lemon Dream", "lemon dream"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"Time Zone": "Mars"}, "Time Zone"),
        ({"Time Zone": "../../etc/passwd"}, "Time Zone"),
        ({"Date": "6/11/2026"}, "Date"),
        ({"Qty": "many"}, "Qty"),
        ({"Net Sales": "?"}, "Net Sales"),
        ({"Tax": ""}, "Tax"),
        ({"Event Type": "Gift"}, "Event Type"),
        ({"Transaction ID": " "}, "Transaction ID"),
        ({"Item": ""}, "Item"),
    ],
)
def test_square_tells_bad_rows_by_column(read, change, field):
    got = read({"s.csv": square({"Transaction ID": "T0"}, change)})
    assert got.told == [(3, field)]
    assert [order.reference for order in got.orders] == ["T0"]


def test_square_keeps_only_four_digits_of_a_card_and_masks_notes(read):
    got = read({"s.csv": square({"PAN Suffix": CARD, "Notes": f"kart {CARD}"})})
    assert got.orders[0].payments[0].card_last4 == "4242"
    assert got.orders[0].lines[0].note == "kart •••• 4242"
    assert sorted(got.told) == [(2, "Notes"), (2, "PAN Suffix")]


def test_square_tells_another_currency_and_time_zone(read):
    manat = VenueFacts("AZN", VenueTime("Asia/Baku", time(6)))
    got = read({"s.csv": square({})}, venue=manat)
    assert any("USD" in notice for notice in got.notices)
    assert any("America/New_York" in notice for notice in got.notices)


def person(**cells):
    names = ("kod", "ad", "telefon", "epoct", "dogum", "unvan", "voen", "balans", "qeyd")
    return ",".join(f'"{cells.get(name, "")}"' for name in names) + "\n"


def test_customers_are_read_from_hand_kept_lists(read):
    text = PEOPLE + person(
        kod="C1",
        ad=" Kamal  Heydərli ",
        telefon="'+994501234567",
        epoct="k@example.com",
        dogum="27/03/1991",
        unvan="Bakı, 7",
        voen="278208501",
        balans="1 783,95 ₼",
        qeyd="bir\niki \u202e üç",
    )
    text += person(kod="C2", ad="Нонна", telefon="(050) 123-45-67", dogum="08/01/1968", voen="1")
    manat = VenueFacts("AZN", VenueTime("Asia/Baku", time(6)))
    got = read({"m.csv": text}, venue=manat)
    one, two = got.customers
    assert (one.name, one.phone, one.birth_date) == (
        "Kamal Heydərli",
        "+994501234567",
        date(1991, 3, 27),
    )
    assert (one.tax_id, one.tax_id_state) == ("0278208501", TaxIdState.ZERO_LOST)
    assert (one.balance_minor, one.note) == (178395, "bir\niki üç")
    assert (two.birth_date, two.birth_date_ambiguous) == (date(1968, 1, 8), True)
    assert (two.tax_id, two.tax_id_state) == ("1", TaxIdState.WRONG)
    assert got.told == [(2, "VÖEN"), (4, "VÖEN")]
    assert got.rejected == []
    assert got.notices == []


@pytest.mark.parametrize(
    "header",
    [
        "Kod;Ad, soyad;Telefon;Balans",
        "Код;ФИО;Телефон;Баланс",
        "KOD;ADI SOYADI;TELEFON;BAKİYE",
        "Customer ID;Full name;Phone;Balance",
    ],
)
def test_customer_lists_are_known_by_their_header_in_four_languages(read, header):
    got = read({"m.csv": f"{header};Sevimli rəng\nC1;Əli;0501234567;5,50;göy\n"})
    assert got.customers[0].balance_minor == 550
    assert "Sevimli rəng" in got.notices[0]


def test_customer_birth_dates_are_never_guessed(read):
    files = {"m.csv": PEOPLE + person(kod="C1", ad="Əli", dogum="08/01/1968")}
    with pytest.raises(InvalidError, match="may mean two days"):
        read(files)
    assert read(files, day_first=False).customers[0].birth_date == date(1968, 8, 1)


def test_customer_values_that_break_rules_are_kept_or_left_out_and_told(read):
    text = PEOPLE + person(
        kod="C1",
        ad="Əli",
        telefon="12",
        epoct="əli",
        dogum="31.02.1990",
        balans="1,234",
        qeyd=f"kart {CARD}",
    )
    (one,) = (got := read({"m.csv": text})).customers
    assert (one.phone, one.phone_possible, one.email) == ("12", False, "əli")
    assert (one.birth_date, one.balance_minor, one.note) == (None, 0, "kart •••• 4242")
    assert {field for _, field in got.told} == {
        "Telefon",
        "E-poçt",
        "Doğum tarixi",
        "Balans",
        "Qeyd",
    }
    assert got.rejected == []


def test_customers_without_name_or_code_or_with_a_code_twice_are_told(read):
    text = PEOPLE + person(kod="C1", ad="Əli") + person(kod="C1", ad="Vəli") + person(kod="C2")
    text += person(ad="Pəri") + person(ad="Nərgiz", telefon="050 123 45 67")
    got = read({"m.csv": text})
    assert [c.reference for c in got.customers] == ["C1", "+994501234567"]
    assert got.rejected == [3, 4, 5]


def test_several_sources_are_read_in_one_go(read):
    got = read(
        {
            "p.csv": PIZZA + "1,2015-01-01,11:00,a,M,c,1\n",
            "m.csv": PEOPLE + person(kod="C1", ad="Əli"),
            "s.csv": square({}),
        }
    )
    assert [reading.reader for reading in got.readings] == [
        "pizzaplace",
        "square-items",
        "customers-az",
    ]
