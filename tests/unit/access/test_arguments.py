"""Arguments as canonical JSON and back: what was agreed to is what is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desktop_app.app
import desktop_app.demo.operations  # noqa: F401 - both fill the registry
from desktop_app.access.arguments import (
    GIVEN,
    NoCodeError,
    SecretGivenError,
    check_type,
    decoded,
    encoded,
    hints_of,
)
from desktop_app.access.users import add_user, change_user, save_role
from desktop_app.db.operation import REGISTRY, Kind, Operation
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.money import Money
from desktop_app.kernel.secret_word import Secret
from desktop_app.vault.sealing import canonical


@dataclass(frozen=True)
class Order:
    """A record among arguments."""

    name: str
    price: Money
    on: date | None = None


def everything(
    tx: object,
    *,
    text: str,
    number: int,
    yes: bool,
    when: datetime,
    day: date,
    clock: time,
    where: Path,
    orders: Sequence[Order],
    rights: frozenset[Permission],
    limits: Mapping[Limit, int] | None = None,
    ids: tuple[int, ...] | None = None,
) -> None:
    """Take one of each."""


def with_password(tx: object, name: str, password: Secret | None = None) -> None:
    """Take a password."""


def op(body: Any) -> Operation[..., Any]:
    return Operation("test.everything", Permission.ANYONE, Kind.COMMAND, body)


DEEDS = {name: one for name, one in REGISTRY.items() if one.deed is not None or one.overridable}


@pytest.mark.parametrize("name", DEEDS)
def test_the_arguments_of_every_deed_can_be_asked_for(name: str) -> None:
    for hint in hints_of(DEEDS[name]).values():
        check_type(hint)


moneys = st.builds(Money, st.integers(-(10**9), 10**9), st.just("AZN"))
records = st.builds(Order, st.text(max_size=20), moneys, st.none() | st.dates())
calls = st.fixed_dictionaries(
    {
        "text": st.text(max_size=40),
        "number": st.integers(),
        "yes": st.booleans(),
        "when": st.datetimes(  # not the first and the last day there is: UTC lies beside them
            datetime(1, 1, 2),  # noqa: DTZ001 - the zones are below
            datetime(9999, 12, 30),  # noqa: DTZ001 - the zones are below
            timezones=st.sampled_from([UTC, timezone(timedelta(hours=4))]),
        ),
        "day": st.dates(),
        "clock": st.times(),
        "where": st.sampled_from([Path("/a/b"), Path("/ə.pdf")]),
        "orders": st.lists(records, max_size=3),
        "rights": st.frozensets(st.sampled_from(list(Permission)), max_size=5),
        "limits": st.none() | st.dictionaries(st.sampled_from(list(Limit)), st.integers()),
        "ids": st.none() | st.lists(st.integers(), max_size=3).map(tuple),
    }
)


@given(calls)
def test_what_comes_back_is_what_was_asked(call: dict[str, Any]) -> None:
    values = encoded(op(everything), ((), call))
    back = decoded(op(everything), values)
    assert back == call
    assert canonical(encoded(op(everything), ((), back))) == canonical(values)


@given(calls, calls)
def test_two_different_calls_never_encode_alike(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    one, other = (canonical(encoded(op(everything), ((), call))) for call in (first, second))
    assert (one == other) == (first == second)


def test_a_default_that_is_spelled_out_is_the_same_call() -> None:
    assert encoded(add_user, (("Kamran", "staff"), {})) == encoded(
        add_user, ((), {"role": "staff", "name": "Kamran", "venues": None})
    )
    assert encoded(change_user, (("a", "staff"), {})) != encoded(
        change_user, (("a", "staff"), {"venues": (1,)})
    )


def test_rights_are_sorted_so_that_their_order_says_nothing() -> None:
    rights = [Permission.ORDERS_READ, Permission.MENU_READ]
    one, other = (
        encoded(save_role, (("", "Bar", set(some)), {})) for some in (rights, rights[::-1])
    )
    assert one == other
    assert decoded(save_role, one)["permissions"] == frozenset(rights)


def test_of_a_password_only_its_presence_is_kept() -> None:
    values = encoded(op(with_password), (("a", "saffron kettle"), {}))
    assert values == {"name": "a", "password": GIVEN}
    with pytest.raises(SecretGivenError):
        decoded(op(with_password), values)
    assert decoded(op(with_password), encoded(op(with_password), (("a",), {}))) == {
        "name": "a",
        "password": None,
    }


def test_a_type_without_a_code_is_a_fault_of_ours() -> None:
    for hint in (float, bytes, object, int | str, Sequence[float]):
        with pytest.raises(NoCodeError):
            check_type(hint)
