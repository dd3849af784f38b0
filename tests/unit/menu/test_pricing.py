"""Which price holds, what time costs, and what was chosen: laws, and the cases people meet."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import fold
from desktop_app.menu.choosing import pick, read_said, said
from desktop_app.menu.pricing import (
    ListCard,
    ListTerms,
    Occasion,
    PriceBook,
    check_list_terms,
    is_in_hall,
)
from desktop_app.menu.records import ChoiceForm, ChoiceGroup
from desktop_app.menu.timed import (
    TimedTerms,
    billed_minutes,
    check_terms,
    timed_amount,
    timed_quantity,
)

LISTS = [
    ListCard(1, "Banquet"),
    ListCard(2, "Delivery", ListTerms("Çatdırılma")),
    ListCard(3, "Happy hour", ListTerms(weekdays=1 << 4, from_minute=1380, until_minute=60)),
    ListCard(4, "Terrace", ListTerms(halls=("Terras", "12"))),
]
BOOK = PriceBook(
    {(7, ""): 1000, (7, "böyük"): 1500},
    LISTS,
    {(1, 7, ""): 700, (2, 7, ""): 1100, (3, 7, ""): 800, (4, 7, "böyük"): 1600},
)
occasions = st.builds(
    Occasion,
    st.sampled_from(["", "Zal", "çatdırılma"]),
    st.sampled_from(["", "Masa 4", "Terras 3", "12", "120"]),
    st.integers(0, 6),
    st.integers(0, 1439),
)


@pytest.mark.parametrize(
    ("occasion", "size", "list_id", "price"),
    [
        (Occasion(), "", None, 1000),
        (Occasion(), "", 1, 700),
        (Occasion("Çatdırılma"), "", 1, 700),
        (Occasion("çatdirilma"), "", None, 1100),
        (Occasion("Çatdırılma", weekday=4, minute=1400), "", None, 1100),
        (Occasion(weekday=4, minute=1380), "", None, 800),
        (Occasion(weekday=4, minute=59), "", None, 800),
        (Occasion(weekday=4, minute=60), "", None, 1000),
        (Occasion(weekday=5, minute=1380), "", None, 1000),
        (Occasion(table="Terras 3"), "", None, 1000),
        (Occasion(table="terras3"), "böyük", None, 1600),
        (Occasion(table="120"), "böyük", None, 1500),
    ],
)
def test_the_first_list_that_holds_and_has_a_price_counts(
    occasion: Occasion, size: str, list_id: int | None, price: int
) -> None:
    found = BOOK.price(7, size, occasion, list_id)
    assert found is not None
    assert found.price_minor == price
    assert BOOK.price(7, "kiçik", occasion) is None


@given(occasions, st.sampled_from(["", "böyük"]))
def test_without_a_list_that_holds_it_is_the_menus_price(occasion: Occasion, size: str) -> None:
    found = BOOK.price(7, size, occasion)
    assert found is not None
    holding = [one.id for one in LISTS if one.terms.say_something and one.terms.hold(occasion)]
    priced = [one for one in holding if (one, 7, size) in BOOK.own]
    assert found.list_id == (priced[0] if priced else None)
    assert found.price_minor == BOOK.own.get((priced[0], 7, size) if priced else (0, 0, ""), {
        "": 1000, "böyük": 1500,
    }[size])  # fmt: skip


def test_a_night_belongs_to_the_day_that_opened() -> None:
    baku = VenueTime("Asia/Baku", time(6))
    friday_night = datetime(2026, 11, 27, 20, 30, tzinfo=UTC)  # 00:30 of Saturday in Baku
    assert Occasion.at(baku, friday_night) == Occasion(weekday=4, minute=30, night=4)


@pytest.mark.parametrize("opening", [time(0), time(2), time(6), time(20)])
def test_hours_over_midnight_belong_to_the_day_they_began_on_whenever_the_venue_opens(
    opening: time,
) -> None:
    baku = VenueTime("Asia/Baku", opening)
    friday = ListTerms(weekdays=1 << 4, from_minute=22 * 60, until_minute=3 * 60)
    held = [
        hour
        for hour in range(7 * 24)
        if friday.hold(
            Occasion.at(baku, baku.from_local(datetime(2026, 11, 2) + timedelta(hours=hour)))  # noqa: DTZ001
        )
    ]
    assert held == [4 * 24 + 22, 4 * 24 + 23, 5 * 24, 5 * 24 + 1, 5 * 24 + 2]


@pytest.mark.parametrize(
    ("table", "hall", "inside"),
    [
        ("Terras 3", "terras", True), ("Terras", "Terras", True), ("T12", "T", True),
        ("12", "1", False), ("Terraset", "Terras", False), ("", "Terras", False),
        ("Masa 1", "", False), ("1-a", "1", True),
    ],
)  # fmt: skip
def test_a_hall_is_what_its_tables_begin_with(table: str, hall: str, *, inside: bool) -> None:
    assert is_in_hall(table, hall) is inside


@pytest.mark.parametrize(
    "terms",
    [
        ListTerms(weekdays=128), ListTerms(weekdays=-1), ListTerms(from_minute=1440),
        ListTerms(until_minute=-1), ListTerms("x" * 65), ListTerms(halls=("x" * 501,)),
        ListTerms(halls=("a,b",)),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused(terms: ListTerms) -> None:
    with pytest.raises(InvalidError):
        check_list_terms(terms)


def test_terms_are_tidied() -> None:
    kept = check_list_terms(ListTerms("  Zal ", (" Terras  2 ", "", "Terras 2"), 127))
    assert kept == ListTerms("Zal", ("Terras 2",), 0)
    assert not check_list_terms(ListTerms(weekdays=127)).say_something


@given(
    st.integers(0, 10**8), st.integers(1, 600), st.integers(1, 60), st.integers(0, 240),
    st.integers(1, 6000), st.integers(1, 6000),
)  # fmt: skip
def test_time_is_never_cheaper_for_longer(
    price: int, interval: int, step: int, least: int, one: int, other: int
) -> None:
    terms = check_terms(TimedTerms(interval, step, least))
    shorter, longer = sorted((one, other))
    billed = billed_minutes(terms, shorter)
    assert billed >= max(shorter, least)
    assert billed == least or billed - shorter < step
    assert timed_amount(price, terms, shorter) <= timed_amount(price, terms, longer)
    assert abs(timed_amount(price, terms, shorter) * interval - price * billed) * 2 <= interval
    assert timed_quantity(terms, shorter) >= 1


def test_a_hundred_minutes_at_sixty_an_hour_are_a_hundred() -> None:
    assert timed_amount(6000, TimedTerms(), 100) == 10_000
    assert timed_quantity(TimedTerms(), 100) == 1667
    assert timed_amount(4000, TimedTerms(60, 15, 30), 5) == 2000
    assert timed_amount(4000, TimedTerms(60, 15, 30), 31) == 3000


@pytest.mark.parametrize("minutes", [0, -1, 44_641])
def test_a_time_that_nobody_stays_is_refused(minutes: int) -> None:
    with pytest.raises(InvalidError):
        billed_minutes(TimedTerms(), minutes)


@pytest.mark.parametrize("terms", [TimedTerms(0), TimedTerms(60, 0), TimedTerms(60, 1, -1)])
def test_terms_of_time_that_cannot_be_are_refused(terms: TimedTerms) -> None:
    with pytest.raises(InvalidError):
        check_terms(terms)


SAUCES = ChoiceGroup(
    1, "Sous", 1, 2, [ChoiceForm("Sarımsaq", 50), ChoiceForm("Nar, şirin", 60), ChoiceForm("Acı")]
)
EXTRAS = ChoiceGroup(2, "Əlavə", 0, 3, [ChoiceForm("Pendir", 100), ChoiceForm("2x ət", 300)])
KNOWN = {
    fold(choice.name): (group.id, place)
    for group in (SAUCES, EXTRAS)
    for place, choice in enumerate(group.choices, 1)
}


@given(st.lists(st.sampled_from([c.name for g in (SAUCES, EXTRAS) for c in g.choices])))
def test_what_is_said_is_read_again(names: list[str]) -> None:
    read = read_said(said(names), KNOWN)
    assert read == {KNOWN[fold(one)]: names.count(one) for one in names}


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(place in KNOWN.values() for place in read_said(text, KNOWN))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Pendir", 1), ("2 x Pendir", 2), ("3×pendir", 3), ("PENDİR x2", 2), ("Nar, Pendir", 1),
        ("nothing; Pendir", 1), ("Pendir, Pendir", 2), ("", 0), ("Pendirli", 0),
    ],
)  # fmt: skip
def test_other_programs_say_it_in_their_way(text: str, times: int) -> None:
    assert read_said(text, KNOWN).get(KNOWN["pendir"], 0) == times


def test_a_choice_is_held_to_its_group() -> None:
    assert [one.price_minor for one in pick([SAUCES, EXTRAS], ["acı", "PENDİR"])] == [0, 100]
    for wrong in ([], ["Acı"] * 3, ["Acı", "Ketçup"], ["Acı", *["Pendir"] * 4]):
        with pytest.raises(InvalidError) as told:
            pick([SAUCES, EXTRAS], wrong)
        assert told.value.field == "choices"
