"""Whatever people and somebody with an SQL tool do: nothing is done that was not agreed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from desktop_app.access import approvals
from desktop_app.access.approval_check import verify_approvals
from desktop_app.access.request_tables import ApprovalRequest
from desktop_app.db.operation import REGISTRY, Kind, Operation
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import AppError
from tests.database.shop import Shop, confirmed

DONE: list[str] = []


def _body(tx: Any, name: str) -> None:
    DONE.append(name)
    tx.about(f"test {name}")


ERASE: Operation[..., None] = Operation(
    "test.model", Permission.ORDERS_READ, Kind.COMMAND, _body, Deed.ERASE_PERSON
)
EDITS: dict[str, dict[str, Any]] = {
    "approved": {"state": "approved"},
    "again": {"state": "approved", "done_at": None},
    "longer": {"expires_at": None},
    "digest": {"digest": "f" * 64},
    "signature": {"decision_signature": "AAAA"},
    "requester": {"requester": "somebody"},
}
actions = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.sampled_from("abc")),
        st.tuples(st.just("do"), st.sampled_from("abc")),
        st.tuples(
            st.sampled_from(["agree", "agree", "refuse", "own", "cancel"]), st.integers(0, 5)
        ),
        st.tuples(st.sampled_from(list(EDITS)), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.sampled_from([1, 30])),
    ),
    min_size=4,
    max_size=14,
)


@dataclass
class World:
    """What has really been agreed to, beside what the store says."""

    shop: Shop
    requests: list[tuple[int, str]] = field(default_factory=list)
    agreed: Counter[str] = field(default_factory=Counter)

    def act(self, what: str, on: Any) -> None:
        if what == "ask":
            asked = self.shop.as_role(Role.MANAGER).call(
                approvals.request_approval, ERASE.name, (on,), {}, "because"
            )
            self.requests.append((asked.id, on))
        elif what == "do":
            self.tried(lambda: confirmed(self.shop.as_role(Role.MANAGER), ERASE, on))
        elif what == "wait":
            clock = self.shop.clock
            assert isinstance(clock, FrozenClock)
            clock.at += timedelta(hours=on)
        elif self.requests:
            request, name = self.requests[on % len(self.requests)]
            self.on_request(what, request, name)

    def on_request(self, what: str, request: int, name: str) -> None:
        manager, accountant = (self.shop.as_role(r) for r in (Role.MANAGER, Role.ACCOUNTANT))
        if what == "agree" and self.tried(
            lambda: confirmed(accountant, approvals.approve, request)
        ):
            self.agreed[name] += 1
        elif what == "refuse":
            self.tried(lambda: confirmed(accountant, approvals.refuse, request, "no"))
        elif what == "own":
            assert not self.tried(lambda: confirmed(manager, approvals.approve, request))
        elif what == "cancel":
            self.tried(lambda: manager.call(approvals.cancel_request, request))
        elif what in EDITS:
            self.edit(request, dict(EDITS[what]))

    def edit(self, request: int, values: dict[str, Any]) -> None:
        table: Any = ApprovalRequest.__table__
        if "expires_at" in values:
            values["expires_at"] = self.shop.clock.now() + timedelta(days=9)
        with self.shop.around(write=True) as connection:
            connection.execute(update(table).where(table.c.id == request).values(**values))

    def tried(self, call: Callable[[], Any]) -> bool:
        try:
            call()
        except AppError:
            return False
        return True


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_nothing_is_done_that_was_not_agreed_to_and_nothing_more_often(
    agreeing: Shop, data: st.DataObject
) -> None:
    world = World(agreeing)
    DONE.clear()
    brought_back = False
    for what, on in data.draw(actions):
        world.act(what, on)
        brought_back |= what in ("again", "approved")
        done = Counter(DONE)
        # That a used row was set back to approved with an SQL tool, the row itself cannot tell; the
        # trail does, and so the checker. All else holds in every state.
        assert brought_back or all(done[name] <= world.agreed[name] for name in done), (what, on)
        assert all(world.agreed[name] for name in done), (what, on)
    done = Counter(DONE)
    if any(done[name] > world.agreed[name] for name in done):
        assert not agreeing.app.call(verify_approvals).ok


@pytest.fixture
def agreeing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setitem(REGISTRY, ERASE.name, ERASE)
    confirmed(shop.app, approvals.choose_four_eyes, Deed.ERASE_PERSON, True)
    return shop
