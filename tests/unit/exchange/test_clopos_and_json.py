"""Customers of Clopos' Open API, and whatever else calls itself so."""

import io
import json
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.files import Opened
from desktop_app.exchange.readers.clopos_customers import CloposCustomers
from desktop_app.exchange.recognise import recognise
from desktop_app.exchange.records import Choices, VenueFacts
from desktop_app.exchange.worker import json_records
from desktop_app.exchange.worker.frames import DATA, Outlet, Refused, frames_of
from desktop_app.exchange.worker.limits import STANDARD
from desktop_app.kernel.cards import find_card_numbers
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.json_text import BadJsonError, read_json
from tests.support.workbooks import zipped

VENUE = VenueFacts("AZN", VenueTime("Asia/Baku", time(6)))
CUSTOMER = {
    "id": 7, "venue_id": 1, "cid": "3bb96485", "group_id": 1, "balance_id": 2868,
    "name": "Aysel Quliyeva", "phone": "+994 50 333 22 11", "phones": [], "email": None,
    "address": "", "addresses": ["Bakı, Nizami 5"], "description": "gəlir", "spent": 544.73,
    "date_of_birth": "1991-03-27", "deleted_at": None, "group": {"name": "Daimi"},
    "balance": {"amount": 30000},
}  # fmt: skip


def read(tmp_path, content, name="c.json"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    problems = []
    ((reader, files),) = recognise([path])
    reading = reader.read(files, VENUE, Choices(), problems.append)
    return list(reading.customers), problems, list(map(str, reading.notices))


def test_a_customer_of_the_api_comes_in(tmp_path):
    ((customer,), problems, notices) = read(tmp_path, {"success": True, "data": [CUSTOMER]})
    assert problems == []
    assert (customer.reference, customer.name) == ("7", "Aysel Quliyeva")
    assert customer.phone == "+994503332211"
    assert customer.address == "Bakı, Nizami 5"
    assert customer.birth_date == date(1991, 3, 27)
    assert customer.group == "Daimi"
    assert customer.balance_minor == 0
    assert notices == ["Balances are not read: Clopos does not say in which unit they are."]


def test_several_pages_in_one_archive_are_one_list(tmp_path):
    pages = {f"page{n}.json": json.dumps([CUSTOMER | {"id": n}]).encode() for n in (1, 2, 2000)}
    customers, _problems, _notices = read(tmp_path, zipped(pages), "c.zip")
    assert [one.reference for one in customers] == ["1", "2", "2000"]


def test_what_is_deleted_or_broken_stays_out_and_is_told(tmp_path):
    records = [
        CUSTOMER | {"id": 1, "deleted_at": "2025-01-01T00:00:00Z"},
        CUSTOMER | {"id": None}, CUSTOMER | {"id": True}, CUSTOMER | {"name": ["x"]},
        CUSTOMER | {"id": 4, "group": [], "phones": ["050 111 22 33"], "phone": None},
        CUSTOMER | {"id": 5, "phone": "12", "date_of_birth": "yesterday"},
        CUSTOMER | {"id": 6, "description": "4242 4242 4242 4242"},
    ]  # fmt: skip
    customers, problems, notices = read(tmp_path, records)
    assert [one.reference for one in customers] == ["4", "5", "6"]
    assert customers[0].phone == "+994501112233"
    assert [(one.line, one.field, one.rejected) for one in problems] == [
        (2, "id", True), (3, "id", True), (4, "name", True), (6, "phone", False),
        (6, "date_of_birth", False), (7, "description", False),
    ]  # fmt: skip
    assert "4242 4242 4242 4242" not in customers[2].note
    assert notices[1] == "1 customer was deleted in Clopos and was left out."


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(CUSTOMER)), values, max_size=4), st.booleans())
def test_any_record_is_a_customer_or_a_problem(changes, whole):
    """The child's part and ours, without the process between them, which would take long."""
    records = [CUSTOMER | changes]
    out = io.BytesIO()
    try:
        json_records.send_records(
            json.dumps({"data": records} if whole else records).encode(), STANDARD, Outlet(out),
            member="",
        )  # fmt: skip
    except Refused:  # NaN and endless numbers
        return
    lines = b"".join(p for kind, p in frames_of(io.BytesIO(out.getvalue())) if kind == DATA)
    file = Opened("c.json", lambda: io.BytesIO(lines), "utf-8", "", (), len(lines), "0" * 64)
    problems = []
    reading = CloposCustomers().read([file], VENUE, Choices(), problems.append)
    assert len(list(reading.customers)) + sum(one.rejected for one in problems) <= 1
    for one in reading.customers:
        assert one.reference
        assert one.name
        assert not find_card_numbers(one.note + one.name + one.address)
        assert not {"\0", "\u202e"} & set(one.name + one.note + one.reference)


@settings(max_examples=500)
@given(st.binary(max_size=200) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_json_or_a_flaw(content):
    try:
        read_json(content)
    except BadJsonError as bad:
        flaw = bad.flaw
    else:
        flaw = ""
    if not flaw:
        json.loads(content.decode("utf-8-sig"))


@settings(max_examples=300)
@given(values)
def test_what_is_written_is_read_again(value):
    try:
        again = read_json(json.dumps(value).encode())
    except BadJsonError as bad:
        assert bad.flaw == "number"  # noqa: PT017 - NaN and endless numbers
        return
    assert json.dumps(again, default=float) == json.dumps(json.loads(json.dumps(value)))


def test_the_depth_is_counted_outside_texts_only():
    assert read_json(b'["' + b"[" * 100 + b'"]') == ["[" * 100]
    assert read_json(b'["\\"[[[[", {"a": "\\\\"}]', depth=2)[1] == {"a": "\\"}
    with pytest.raises(BadJsonError):
        read_json(b"[[[]]]", depth=2)


@pytest.mark.parametrize("name", ["c.json", "c.zip"])
def test_an_answer_of_something_else_is_nobodys(tmp_path, name):
    content = json.dumps({"success": True, "data": [{"id": 1, "type": "GOODS"}]}).encode()
    path = tmp_path / name
    path.write_bytes(zipped({"p.json": content}) if name == "c.zip" else content)
    with pytest.raises(InvalidError, match="is not in a format we read") as refused:
        recognise([path])
    assert isinstance(refused.value, AppError)
