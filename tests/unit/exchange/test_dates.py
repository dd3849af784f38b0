from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.exchange.dates import DateOrders, is_ambiguous, proved_orders, read_time
from desktop_app.kernel.errors import InvalidError

NOON = time(12)


def rising(texts):
    return [(text, NOON) for text in texts]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-01-31", date(2015, 1, 31)),
        ("2015/1/3", date(2015, 1, 3)),
        ("06.02.1974", date(1974, 2, 6)),
        ("13.04.95", date(1995, 4, 13)),
        ("04.03.04", date(2004, 3, 4)),
    ],
)
def test_dates_that_can_be_read_one_way_need_no_proof(text, day):
    assert DateOrders(pivot=20).read(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "203-05-25",
        "2024-02-30",
        "31.02.2024",
        "13/13/2024",
        "1/2",
        "1/2-2024",
        "٣/1/2024",
        "0000-01-01",
        "1/1/1800",
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(InvalidError, match="is not a date"):
        DateOrders({("/", 4): True}).read(text)


def test_a_day_beyond_twelve_proves_the_order():
    assert proved_orders("f", ["1/2/2024", "2/13/2024"], None).read("1/2/2024") == date(2024, 1, 2)
    assert proved_orders("f", ["1/2/2024", "13/2/2024"], None).read("1/2/2024") == date(2024, 2, 1)


def test_each_shape_is_proved_for_itself():
    days = [
        "01/11/2023",
        "01/12/2023",
        "1/13/23",
        "1/31/23",
        "02/01/2023",
        "02/02/2023",
        "02/03/2023",
        "02/04/2023",
    ]
    orders = proved_orders("f", days, None, rising(days))
    assert orders.read("02/01/2023") == date(2023, 2, 1)
    with pytest.raises(InvalidError, match="may mean two days"):
        proved_orders("f", days, None)


def test_few_rising_days_prove_nothing():
    days = ["1/2/2024", "2/1/2024"]
    with pytest.raises(InvalidError) as refused:
        proved_orders("f.csv", days, None, rising(days))
    assert "--day-first" in str(refused.value.hint)
    assert refused.value.field == "day_first"


def test_days_that_rise_both_ways_prove_nothing():
    days = [f"{n}/{n + 1}/2024" for n in range(1, 9)]
    with pytest.raises(InvalidError):
        proved_orders("f", days, None, rising(days))


def test_the_persons_word_counts_where_the_file_says_nothing():
    assert proved_orders("f", ["1/2/2024"], True).read("1/2/2024") == date(2024, 2, 1)
    assert proved_orders("f", ["1/2/2024"], False).read("1/2/2024") == date(2024, 1, 2)


def test_the_persons_word_against_the_file_is_refused():
    with pytest.raises(InvalidError, match="has the month first"):
        proved_orders("f", ["1/2/2024", "1/13/2024"], True)
    with pytest.raises(InvalidError, match="has the day first"):
        proved_orders("f", ["1/2/2024", "13/1/2024"], False)


def test_a_file_with_both_orders_in_one_shape_asks():
    with pytest.raises(InvalidError, match="day first and dates with the month first"):
        proved_orders("f", ["1/2/2024", "1/13/2024", "13/1/2024"], None)
    alone = proved_orders("f", ["1/13/2024", "13/1/2024"], None)
    assert alone.read("1/13/2024") == alone.read("13/1/2024") == date(2024, 1, 13)


def test_only_slashes_and_dashes_with_both_parts_small_are_ambiguous():
    assert is_ambiguous("08/01/1968")
    assert is_ambiguous("8-1-68")
    assert not is_ambiguous("08.01.1968")
    assert not is_ambiguous("07/07/1980")
    assert not is_ambiguous("27/03/1991")


@given(
    st.dates(date(2001, 1, 1), date(2030, 12, 1)),
    st.integers(14, 400),
    st.booleans(),
    st.sampled_from("/-"),
    st.booleans(),
)
def test_a_long_run_of_days_is_read_as_it_was_written(start, length, day_first, mark, padded):
    days = [start + timedelta(days=n) for n in range(length)]

    def spell(day):
        parts = (day.day, day.month) if day_first else (day.month, day.day)
        first, second = (f"{part:02d}" if padded else str(part) for part in parts)
        return f"{first}{mark}{second}{mark}{day.year}"

    texts = [spell(day) for day in days]
    assume(any(day.day > 12 for day in days))
    orders = proved_orders("f", texts, None)
    assert [orders.read(text) for text in texts] == days


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("11:38:36 am", time(11, 38, 36)),
        ("1:08:12 pm", time(13, 8, 12)),
        ("12:05:00 pm", time(12, 5)),
        ("12:05 AM", time(0, 5)),
        ("13:05:00 am", time(13, 5)),
        ("23:59:59 pm", time(23, 59, 59)),
        ("10:15", time(10, 15)),
        ("13:19:07.033", time(13, 19, 7, 33000)),
        ("0:00:00", time(0)),
    ],
)
def test_times_are_read(text, at):
    assert read_time(text) == at


@given(st.text(max_size=60) | st.from_regex(r"[0-9:./ apm-]{1,20}", fullmatch=True))
def test_any_text_is_a_date_or_time_or_refused(text):
    for read in (DateOrders({("/", 4): True}).read, read_time):
        with suppress(InvalidError):
            assert isinstance(read(text), date | time)
