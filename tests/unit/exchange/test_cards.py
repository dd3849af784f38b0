import json
import uuid
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.cards import find_card_numbers, luhn, masked

VISA = "4242424242424242"
SPELLINGS = [
    "{}",
    "kart {} idi",
    "Visa{}",
    "nömrə:{}.",
    "({})",
    "tel 0501234567 kart {} 12/27",
]


def with_check_digit(body):
    return next(f"{body}{c}" for c in "0123456789" if luhn(f"{body}{c}"))


def grouped(number, sizes, between):
    groups, start = [], 0
    for size in sizes:
        groups.append(number[start : start + size])
        start += size
    return between.join([*groups, number[start:]] if start < len(number) else groups)


@pytest.mark.parametrize("text", SPELLINGS)
@pytest.mark.parametrize("between", ["", " ", "-", "\u00a0", ".", " - ", "\u2013", "/"])
def test_a_card_number_is_found_however_it_is_written(text, between):
    written = text.format(grouped(VISA, (4, 4, 4, 4), between))
    (span,) = find_card_numbers(written)
    assert span.last4 == "4242"
    assert "4242 4242" not in masked(written).replace(between or "|", " ")
    assert "•••• 4242" in masked(written)


def test_digits_of_other_scripts_are_digits():
    assert masked("४२४२४२४२४२४२४२४२") == "•••• 4242"
    assert masked("４２４２ ４２４２ ４２４２ ４２４２") == "•••• 4242"


def test_digits_written_apart_are_one_number():
    assert masked(" ".join(VISA)) == "•••• 4242"
    assert masked("42 42 42 42 42 42 42 42") == "•••• 4242"


def test_american_express_and_diners_have_groups_of_their_own():
    assert masked("3782 822463 10005") == "•••• 0005"
    assert masked("3622 720627 1667") == "•••• 1667"


def test_two_numbers_in_one_note_are_both_masked():
    text = f"{VISA}, sonra 5555 5555 5555 4444!"
    assert masked(text) == "•••• 4242, sonra •••• 4444!"


def test_track_data_and_security_codes_are_masked():
    track = f"%B{VISA}^HEYDERLI/KAMAL^2712101000000000?"
    assert masked(track) == "•••• 4242"
    assert masked(f";{VISA}=27121010000000000?") == "•••• 4242"
    assert masked("CVV: 123, cvc2=4567") == "CVV: •••, cvc2=•••"


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424241",  # the check digit is wrong
        "+994 50 123 45 67, +994 55 765 43 21",
        "4006381333931",  # an EAN-13 whose check digit is right
        "AZ21NABZ00000000137010001944",
        "AZ21 NABZ 0000 0000 1370 1000 1944",
        "DE89 3704 0044 0532 0130 00",
        "2024-03-01 10:15:00.123",
        "20240301101500",
        "30.12.2024 10.15.20",
        "1709287200000",
        "4.50 5.20 6.30 7.10 8.20",
        "ANON-0000-0000-0012",
        "•••• 4242",
        "B4242424242424242",
        "x" + VISA,
        VISA + "abc",
        VISA + "1234567",
        'fındıq allergiyası, "köhnə" nömrə: 012 345',
        "",
    ],
)
def test_what_is_no_card_number_is_left_alone(text):
    assert find_card_numbers(text) == []
    assert masked(text) == text


def test_a_uuid_is_never_a_card():
    for number in range(300):
        text = str(uuid.UUID(int=int(VISA) * 10**19 + number * 7919))
        assert find_card_numbers(text) == []


@pytest.mark.shared_data
def test_every_published_test_number_is_found(shared_data):
    cards = json.loads((shared_data / "vectors/pan/test_pans_stripe.json").read_text("utf-8"))
    for card in cards:
        number = card["pan"]
        for sizes in ((), (4, 4, 4)):
            for between in (" ", "-"):
                written = f"kart {grouped(number, sizes, between)} ok"
                assert bool(find_card_numbers(written)) == card["luhn_ok"], written


@pytest.mark.shared_data
def test_barcodes_are_no_cards(shared_data):
    path = shared_data / "vectors/pan/digit_runs_barcodes.json"
    for barcode in json.loads(path.read_text("utf-8")):
        assert find_card_numbers(barcode["value"]) == [], barcode


@given(
    st.sampled_from(
        [
            *(("4", 16), ("4", 19), ("51", 16), ("2221", 16), ("34", 15), ("6011", 16), ("36", 14)),
            *(("3528", 16), ("62", 16), ("62", 19), ("2200", 16), ("9792", 16), ("9860", 16)),
        ]
    ),
    st.data(),
    st.sampled_from(["", " ", "-", "."]),
)
def test_generated_numbers_of_every_scheme_are_masked(scheme, data, between):
    start, length = scheme
    rest = data.draw(
        st.text("0123456789", min_size=length - len(start) - 1, max_size=length - len(start) - 1)
    )
    number = with_check_digit(start + rest)
    text = f"qeyd: {grouped(number, (4, 4, 4, 4), between)}; sağ ol"
    assert masked(text) == f"qeyd: •••• {number[-4:]}; sağ ol"


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("0123456789 -./4")))
def test_any_text_can_be_searched_and_masking_leaves_no_number(text):
    spans = find_card_numbers(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert find_card_numbers(masked(text)) == [] or spans


def test_hostile_runs_of_digits_take_no_time():
    assert find_card_numbers("4 " * 50_000) == []
    assert find_card_numbers("4" * 100_000) == []
    assert len(find_card_numbers(f"{VISA}," * 2_000)) == 2_000
