import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.customers.phones import Phone, read_phone
from desktop_app.customers.records import TaxIdState
from desktop_app.customers.tax_ids import TaxId, read_tax_id
from desktop_app.kernel.tax_ids import is_tax_id


@pytest.mark.parametrize(
    "text",
    [
        *("+994501234567", "+994 50 123 45 67", "'+994501234567", "00994501234567", "994501234567"),
        *("050-123-45-67", "(050) 123-45-67", "050 123 45 67", "501234567", "\u200b050 123 45 67"),
    ],
)
def test_every_spelling_of_a_number_is_one_number(text):
    assert read_phone(text.strip("\u200b"), "AZ") == Phone("+994501234567", possible=True)


def test_a_number_of_another_country_keeps_its_country():
    assert read_phone("+7 916 123-45-67", "AZ") == Phone("+79161234567", possible=True)
    assert read_phone("0532 123 45 67", "TR") == Phone("+905321234567", possible=True)


@pytest.mark.parametrize("text", ["12", "salam", "+99", "050 123", "1" * 60])
def test_what_cannot_be_a_number_is_kept_as_written(text):
    assert read_phone(text, "AZ") == Phone(text[:40], possible=False)


@given(st.text(max_size=80) | st.from_regex(r"['+0-9 ()-]{1,30}", fullmatch=True))
def test_any_text_gives_a_phone(text):
    phone = read_phone(text, "AZ")
    assert not phone.possible or (phone.value[0] == "+" and phone.value[1:].isdigit())


def test_the_check_digit_of_a_tax_id_is_checked():
    assert read_tax_id("140 155 5071") == TaxId("1401555071", TaxIdState.VALID)
    assert read_tax_id("1401555081").state is TaxIdState.WRONG
    assert read_tax_id("14O1555071") == TaxId("14O1555071", TaxIdState.WRONG)
    assert read_tax_id("278208501") == TaxId("0278208501", TaxIdState.ZERO_LOST)


@pytest.mark.shared_data
def test_the_tax_ids_that_others_checked(shared_data):
    cases = json.loads((shared_data / "people" / "voen_cases.json").read_text("utf-8"))
    for text in cases["valid"]:
        assert read_tax_id(text).state is TaxIdState.VALID
    for text, _why in cases["invalid"]:
        assert read_tax_id(text).state is TaxIdState.WRONG


@given(st.integers(0, 10**8 - 1), st.sampled_from("12"))
def test_a_wrong_digit_is_noticed(number, kind):
    digits = f"{number:08d}"
    good = [c for c in "0123456789" if is_tax_id(f"{digits}{c}{kind}")]
    assert len(good) <= 1
    for place in range(8 if good else 0):
        other = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
        assert not is_tax_id(f"{other}{good[0]}{kind}")
