"""No bytes crash a reader, and the same bytes give the same references."""

import csv
import io
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.files import open_bytes
from desktop_app.exchange.readers import coffee_vending, maven, pizzaplace, square_items
from desktop_app.kernel.cards import find_card_numbers
from desktop_app.kernel.errors import AppError

MENU = b"menu_item_id,item_name,category,price\n101,Plov,Baku,9.00\n102,Dolma,Baku,7.50\n"
SQUARE_ROW = (
    '2026-06-11,14:44:57,Eastern Time (US & Canada),None,Matcha Latte,1.0,,,"16oz, Milk",$9.00,'
    "$0.00,$9.00,$0.70,T1,P1,Terminal,note,https://x,Payment,Cart,,C1,Orxan,,ea,1,,Good,,Cart,TOK,"
    "Visa,6645"
)
SAMPLES = {
    "pizzaplace": (pizzaplace.COLUMNS, "2015-000001,2015-01-01,11:38:36,hawaiian,M,classic,13.25"),
    "maven": (maven.ORDERS, "1,1,1/13/23,1:08:12 pm,101"),
    "coffee": (coffee_vending.WITH_CARD, "3/13/2024,3/13/2024 10:15,card,ANON-1,38.7,Latte"),
    "square": (square_items.COLUMNS, SQUARE_ROW),
    "customers": (
        ("Kod", "Ad", "Telefon", "E-poçt", "Doğum tarixi", "VÖEN", "Balans", "Qeyd"),
        'C1,Əli,050 123 45 67,a@b.az,27/03/1991,1401555071,"1 783,95 ₼","bir\niki"',
    ),
}
ODD = [
    *("", '"', '""', "\0", "\r", "\n", ",", ";", "\ufeff", "\x1d", "\u202e", "NULL", "-", "'"),
    *("4242424242424242", "9" * 30, "1e999", "NaN", "1/2/3", "99:99", "=1+1", "-$1,234.56"),
    *("٣", "²", "١/٢/٢٠٢٤"),
]

encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
cells = st.sampled_from(ODD) | st.text(max_size=12)


@st.composite
def files(draw):
    """Draw a file with a real header and rows that are real, mutated or noise."""
    header, sample = SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))]
    lines = [",".join(header)]
    for _ in range(draw(st.integers(0, 6))):
        row = sample.split(",")
        for _ in range(draw(st.integers(0, 3))):
            row[draw(st.integers(0, len(row) - 1))] = draw(cells)
        lines.append(",".join(row))
    text = draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)
    content = bytearray(text.encode(draw(encodings), "replace"))
    start = len(",".join(header))
    for _ in range(draw(st.integers(0, 2))):
        if len(content) > start:
            content[draw(st.integers(start, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content)


def outcome(read, content, day_first):
    """Return what reading gives: orders, customers and problems, or the refusal."""
    contents = {"f.csv": content}
    if b"order_id" in content:
        contents["menu.csv"] = MENU
    try:
        return read(contents, day_first=day_first)
    except AppError as refusal:
        return str(refusal)


@settings(max_examples=300)
@given(files(), st.sampled_from([None, True, False]))
def test_mutated_files_give_checked_records_or_a_reason(read, content, day_first):
    got = outcome(read, content, day_first)
    if isinstance(got, str):
        assert got
        return
    for order in got.orders:
        assert order.reference
        assert order.opened_at.tzinfo is UTC
        for line in order.lines:
            assert isinstance(line.total_minor, int)
            assert isinstance(line.quantity, int)
            for text in (line.name, line.note, line.modifiers, line.category):
                assert not find_card_numbers(text)
                assert "\0" not in text
                assert "\u202e" not in text
        assert all(len(p.card_last4) in {0, 4} for p in order.payments)
    for customer in got.customers:
        assert customer.reference
        assert not find_card_numbers(customer.note + customer.name + customer.address)
    for problem in got.problems:
        assert problem.line >= 2 or problem.file == "menu.csv"
        assert str(problem.message)
    assert len({order.reference for order in got.orders}) == len(got.orders)


@settings(max_examples=100)
@given(files())
def test_reading_twice_gives_the_same_records(read, content):
    one, other = outcome(read, content, True), outcome(read, content, True)
    if isinstance(one, str):
        assert one == other
    else:
        assert one.orders == other.orders
        assert one.customers == other.customers
        assert one.problems == other.problems


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_read_or_refused_with_a_reason(read, content):
    assert outcome(read, content, None)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_samples_are_good_as_they_are(read, name):
    header, row = SAMPLES[name]
    content = f"{','.join(header)}\n{row}\n".encode()
    assert open_bytes("f.csv", content).header == header
    got = outcome(read, content, None)
    assert len(got.orders) + len(got.customers) >= 1
    assert got.problems == []


@pytest.mark.parametrize("card", ["4242 4242 4242 4242", "4242-4242-4242-4242"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_card_number_in_any_cell_is_neither_kept_nor_quoted(read, name, card):
    header, sample = SAMPLES[name]
    good = next(csv.reader([sample]))
    for place, column in enumerate(header):
        row = [*good[:place], card, *good[place + 1 :]]
        text = io.StringIO()
        csv.writer(text).writerows([header, row])
        got = outcome(read, text.getvalue().encode(), None)
        told = got if isinstance(got, str) else repr((got.orders, got.customers, got.problems))
        said = "" if isinstance(got, str) else " ".join(str(p.message) for p in got.problems)
        assert card not in told + said, column
