"""What every reader promises, whichever format it reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, time
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_app.exchange.files import open_file
from desktop_app.exchange.recognise import READERS, reader_named, recognise
from desktop_app.exchange.records import Choices, Reader, RowProblem, VenueFacts
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.words import words
from desktop_app.orders.records import IncomingOrder

FILES = {
    "pizzaplace": ["datasets/pizzaplace/pizzaplace.csv"],
    "maven": ["datasets/maven_restaurant_orders/menu_items.csv",
              "datasets/maven_restaurant_orders/order_details.csv"],
    "coffee-vending": ["datasets/coffee_vending/index_*.csv"],
    "square-items": ["formats/square/items_detail_csv/*.csv"],
    "customers-az": ["people/customers_az_ru_tr.csv"],
    "clopos-customers": ["formats/clopos/customers_v1_docs_example.json"],
}  # fmt: skip
VENUE = VenueFacts("USD", VenueTime("Asia/Baku", time(6)))
NAMES = [reader.name for reader in READERS]


def _paths(shared_data: Path, name: str) -> list[Path]:
    return [path for pattern in FILES[name] for path in sorted(shared_data.glob(pattern))]


def _read(reader: Reader, paths: Sequence[Path]) -> tuple[list[IncomingOrder], list, list]:
    problems: list[RowProblem] = []
    files = [open_file(path) for path in paths]
    reading = reader.read(files, VENUE, Choices(), problems.append)
    told = list(problems)
    orders, customers = list(reading.orders), list(reading.customers)
    assert problems == told, "every problem is told when read() returns"
    return orders, customers, problems


def test_every_reader_is_held_against_this_contract() -> None:
    assert sorted(FILES) == sorted(NAMES)
    assert [reader_named(name).name for name in NAMES] == NAMES


@pytest.mark.parametrize("reader", READERS, ids=NAMES)
def test_a_reader_says_what_it_is(reader: Reader) -> None:
    for language in ("az", "en"):
        assert words(language).of(reader.title)
        assert words(language).of(reader.looks_for)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", NAMES)
def test_exactly_one_reader_takes_its_files(shared_data: Path, name: str) -> None:
    paths = _paths(shared_data, name)
    assert len(paths) >= 1
    ((reader, files),) = recognise(paths)
    assert reader.name == name
    assert {file.name for file in files} == {path.name for path in paths}
    for other in READERS:
        if other.name != name:
            assert not other.recognises([open_file(path) for path in paths])


@pytest.mark.shared_data
@pytest.mark.parametrize("reader", READERS, ids=NAMES)
def test_orders_come_by_business_day_under_references_of_their_own(
    shared_data: Path, reader: Reader
) -> None:
    orders, customers, _problems = _read(reader, _paths(shared_data, reader.name))
    assert orders or customers
    keys = []
    for order in orders:
        assert order.opened_at.tzinfo is UTC
        time_ = VenueTime(order.zone, VENUE.time.opening) if order.zone else VENUE.time
        keys.append((time_.business_date(order.opened_at), order.opened_at))
    assert all(one <= other for one, other in pairwise(keys))
    for references in ([o.reference for o in orders], [c.reference for c in customers]):
        assert all(references)
        assert len(set(references)) == len(references)
        assert all(len(reference) <= 200 for reference in references)


@pytest.mark.shared_data
@pytest.mark.parametrize("reader", READERS, ids=NAMES)
def test_reading_again_gives_the_same(shared_data: Path, reader: Reader) -> None:
    paths = _paths(shared_data, reader.name)
    orders, customers, problems = _read(reader, paths)
    again, people, told = _read(reader, paths[::-1])
    assert {one.reference: one for one in orders} == {one.reference: one for one in again}
    assert {one.reference: one for one in customers} == {one.reference: one for one in people}
    assert sorted(map(repr, problems)) == sorted(map(repr, told))


@pytest.mark.shared_data
@pytest.mark.parametrize("reader", READERS, ids=NAMES)
def test_every_value_fits_its_column(shared_data: Path, reader: Reader) -> None:
    orders, customers, problems = _read(reader, _paths(shared_data, reader.name))
    for order in orders:
        assert len(order.number) <= 64
        assert max(len(order.sale_type), len(order.table)) <= 64
        assert len(order.terminal) <= 100
        assert len(order.note) <= 1000
        for line in order.lines:
            assert len(line.name) <= 300
            assert max(len(line.category), len(line.variant) * 2) <= 200
            assert max(len(line.modifiers), len(line.note)) <= 1000
        assert all(len(payment.card_last4) in (0, 4) for payment in order.payments)
    assert all(len(one.name) <= 300 for one in customers)
    assert all(problem.line >= 1 and str(problem.message) for problem in problems)
