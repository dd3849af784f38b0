"""Requests for a second person: what was agreed to is done, once and exactly, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import update

from desktop_app.access import approvals
from desktop_app.access.approval_check import verify_approvals
from desktop_app.access.request_records import State
from desktop_app.access.request_tables import ApprovalRequest
from desktop_app.access.users import remove_role, save_role
from desktop_app.app import App
from desktop_app.db.operation import REGISTRY, Kind, Operation
from desktop_app.kernel.access import Limit, Permission, Role
from desktop_app.kernel.asking import ApprovalNeededError, ConfirmationNeededError
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import AppError, ConflictError, InvalidError, NotAllowedError
from desktop_app.venue.operations import change_security_setting
from tests.database.shop import PEOPLE, Shop, confirmed

DONE: list[tuple[str, int]] = []


def _erase(tx: Any, name: str, *, number: int = 1) -> str:
    DONE.append((name, number))
    tx.about(f"test {name}")
    return name


def _export(tx: Any, rows: int) -> int:
    tx.check_limit(Limit.EXPORT_ROWS, rows)
    DONE.append(("export", rows))
    return rows


def _long(job: Any, name: str) -> None:
    DONE.append((name, 0))
    with job.transaction() as tx:
        tx.about(f"test {name}")


ERASE: Operation[..., str] = Operation(
    "test.erase", Permission.ORDERS_READ, Kind.COMMAND, _erase, Deed.ERASE_PERSON
)
EXPORT: Operation[..., int] = Operation(
    "test.export", Permission.ORDERS_READ, Kind.COMMAND, _export, limit=Limit.EXPORT_ROWS
)
LONG: Operation[..., None] = Operation(
    "test.long", Permission.ORDERS_READ, Kind.TASK, _long, Deed.ERASE_PERSON
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    DONE.clear()
    for op in (ERASE, EXPORT, LONG):
        monkeypatch.setitem(REGISTRY, op.name, op)


@dataclass
class Two:
    """A manager who asks and an accountant who decides; erasing needs both."""

    shop: Shop

    @property
    def asker(self) -> App:
        return self.shop.as_role(Role.MANAGER)

    @property
    def decider(self) -> App:
        return self.shop.as_role(Role.ACCOUNTANT)

    def ask(self, *args: Any, op: Operation[..., Any] = ERASE, **kwargs: Any) -> int:
        filed = self.asker.call(approvals.request_approval, op.name, args, kwargs, "guest asked")
        return int(filed.id)

    def agree(self, request: int) -> None:
        confirmed(self.decider, approvals.approve, request)

    def do(self, *args: Any, op: Operation[..., Any] = ERASE, **kwargs: Any) -> Any:
        return confirmed(self.asker, op, *args, **kwargs)

    def row(self, request: int) -> Mapping[str, Any]:
        return next(row for row in self.shop.rows(ApprovalRequest) if row["id"] == request)

    def edit(self, request: int, **values: Any) -> None:
        """Change a row around the application, as somebody with the keys and an SQL tool would."""
        with self.shop.around(write=True) as connection:
            table: Any = ApprovalRequest.__table__
            connection.execute(update(table).where(table.c.id == request).values(**values))


@pytest.fixture
def two(shop: Shop) -> Two:
    confirmed(shop.app, approvals.choose_four_eyes, Deed.ERASE_PERSON, True)
    return Two(shop)


def test_a_deed_the_owner_chose_is_refused_before_its_body_runs(two: Two) -> None:
    with pytest.raises(ApprovalNeededError, match="Erase a person") as told:
        two.do("Əli")
    assert told.value.exit_code == 3
    assert DONE == []
    assert two.shop.events()[-1]["detail"]["why"] == "approval_needed"


def test_what_was_agreed_to_is_done_once(two: Two) -> None:
    request = two.ask("Əli", number=2)
    with pytest.raises(ApprovalNeededError):
        two.do("Əli", number=2)
    two.agree(request)
    two.asker.gate.confirmations.forget()
    with pytest.raises(ConfirmationNeededError):
        two.asker.call(ERASE, "Əli", number=2)
    assert two.do("Əli", number=2) == "Əli"
    event = two.shop.events()[-1]
    assert event["operation"] == "test.erase"
    assert event["detail"] | {"confirmed": "password"} == {
        "request": str(request),
        "digest": two.row(request)["digest"],
        "approved_by": PEOPLE[Role.ACCOUNTANT],
        "confirmed": "password",
        "used": True,
    }
    assert two.row(request)["state"] is State.DONE
    with pytest.raises(ApprovalNeededError):
        two.do("Əli", number=2)
    assert DONE == [("Əli", 2)]
    two.shop.check_trail()
    two.shop.check_counts()


@pytest.mark.parametrize(
    ("args", "kwargs"), [(("Vəli",), {"number": 2}), (("Əli",), {}), (("Əli",), {"number": 3})]
)
def test_anything_else_is_not_done(two: Two, args: Any, kwargs: Any) -> None:
    two.agree(two.ask("Əli", number=2))
    with pytest.raises(ApprovalNeededError):
        two.do(*args, **kwargs)
    assert DONE == []


def test_it_can_be_carried_out_by_its_number(two: Two) -> None:
    request = two.ask("Əli", number=7)
    two.asker.gate.confirmations.give(ERASE.name, "password")
    with pytest.raises(ConflictError, match="not approved"):
        two.asker.carry_out(request)
    two.agree(request)
    assert two.asker.carry_out(request) == "Əli"
    assert DONE == [("Əli", 7)]
    with pytest.raises(ConflictError):
        two.asker.carry_out(request)


def test_a_task_uses_the_approval_up_before_it_begins(two: Two) -> None:
    two.agree(two.ask("Əli", op=LONG))
    two.do("Əli", op=LONG)
    with pytest.raises(ApprovalNeededError):
        two.do("Əli", op=LONG)
    assert DONE == [("Əli", 0)]


def test_nobody_agrees_to_their_own_request(two: Two) -> None:
    request = two.ask("Əli")
    with pytest.raises(NotAllowedError, match="their own"):
        confirmed(two.asker, approvals.approve, request)
    assert two.row(request)["state"] is State.WAITING


def test_who_may_not_approve_does_not(two: Two) -> None:
    request = two.ask("Əli")
    staff = two.shop.as_role(Role.STAFF)
    with pytest.raises(NotAllowedError):
        confirmed(staff, approvals.approve, request)
    assert staff.call(approvals.list_approvals) == []
    assert not staff.call(approvals.show_approval, request).readable


def test_deciding_asks_for_the_password(two: Two) -> None:
    request = two.ask("Əli")
    with pytest.raises(ConfirmationNeededError):
        two.decider.call(approvals.approve, request)


def test_the_second_person_sees_exactly_what_is_asked(two: Two) -> None:
    request = two.ask("Əli", number=2)
    sheet = two.decider.call(approvals.show_approval, request)
    assert sheet.arguments == [("name", "Əli"), ("number", "2")]
    assert (sheet.reason, sheet.row.requester) == ("guest asked", PEOPLE[Role.MANAGER])
    assert sheet.row.for_me
    assert sheet.row.expires_at - sheet.row.asked_at == timedelta(hours=24)
    # Who has the key of the tables reads none of it.
    assert "guest asked" not in two.row(request)["letter"]
    assert "guest asked" not in two.shop.trail_text()


def test_a_refused_request_says_why_to_whoever_asked(two: Two) -> None:
    request = two.ask("Əli")
    with pytest.raises(InvalidError):
        confirmed(two.decider, approvals.refuse, request, "  ")
    confirmed(two.decider, approvals.refuse, request, "not this guest")
    sheet = two.asker.call(approvals.show_approval, request)
    assert (sheet.row.state, sheet.answer) == (State.REFUSED, "not this guest")
    assert sheet.row.decided_by == PEOPLE[Role.ACCOUNTANT]
    with pytest.raises(ConflictError, match="does not wait"):
        two.agree(request)
    with pytest.raises(ApprovalNeededError):
        two.do("Əli")


def test_a_request_without_a_reason_is_not_filed(two: Two) -> None:
    for reason in ("", "   ", "x" * 501):
        with pytest.raises(InvalidError):
            two.asker.call(approvals.request_approval, ERASE.name, ("a",), {}, reason)
    with pytest.raises(NotAllowedError):
        two.asker.call(approvals.request_approval, "access.add_user", ("a", "staff"), {}, "please")
    assert two.shop.rows(ApprovalRequest) == []


def test_the_owner_chooses_how_long_a_request_waits(two: Two) -> None:
    confirmed(two.shop.app, change_security_setting, "access.request_hours", "2")
    sheet = two.decider.call(approvals.show_approval, two.ask("Əli"))
    assert sheet.row.expires_at - sheet.row.asked_at == timedelta(hours=2)


def test_time_ends_a_request_and_an_approval(two: Two) -> None:
    clock = two.shop.clock
    assert isinstance(clock, FrozenClock)
    waiting, agreed = two.ask("Əli"), two.ask("Vəli")
    two.agree(agreed)
    clock.at += timedelta(hours=24)
    with pytest.raises(ConflictError):
        two.agree(waiting)
    with pytest.raises(ApprovalNeededError):
        two.do("Vəli")
    with pytest.raises(NotAllowedError, match="ended"):
        two.asker.carry_out(agreed)
    states = {row.state for row in two.asker.call(approvals.list_approvals)}
    assert states == {State.EXPIRED}
    assert DONE == []


def test_whoever_asked_can_take_it_back(two: Two) -> None:
    request = two.ask("Əli")
    two.agree(request)
    with pytest.raises(NotAllowedError):
        two.decider.call(approvals.cancel_request, request)
    two.asker.call(approvals.cancel_request, request)
    with pytest.raises(ApprovalNeededError):
        two.do("Əli")
    with pytest.raises(ConflictError):
        two.asker.call(approvals.cancel_request, request)


def test_a_row_edited_with_an_sql_tool_is_worth_nothing(two: Two) -> None:
    """D4: keys stop reading, only signatures stop quiet writing."""
    real, forged = two.ask("Əli"), two.ask("Vəli")
    two.agree(real)
    true = two.row(real)
    ids = {user.name: user.id for user in two.shop.app._store.keys.vault.users()}
    for values in (
        {"state": "approved"},
        {"state": "approved", "decided_by": ids[PEOPLE[Role.ACCOUNTANT]],
         "decided_at": true["decided_at"], "decision_signature": true["decision_signature"]},
        {"state": "approved", "decided_by": ids[PEOPLE[Role.MANAGER]],
         "decided_at": true["decided_at"], "decision_signature": true["decision_signature"]},
        {"state": "approved", "decided_by": "nobody", "decision_signature": "AAAA"},
    ):  # fmt: skip
        two.edit(forged, **values)
        with pytest.raises(NotAllowedError, match="not genuine"):
            two.do("Vəli")
    assert DONE == []


@pytest.mark.parametrize(
    "values",
    [
        {"digest": "0" * 64},
        {"operation": "test.long"},
        {"deed": "review"},
        {"decision_signature": "!"},
        {"letter": '{"body":"","keys":{}}'},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_approved_row_that_was_changed_opens_nothing(two: Two, values: dict[str, Any]) -> None:
    request = two.ask("Əli")
    two.agree(request)
    two.edit(request, **values)
    with pytest.raises(AppError):
        two.do("Əli")
    assert DONE == []


def test_a_longer_life_is_not_given_by_editing_the_row(two: Two) -> None:
    request = two.ask("Əli")
    two.agree(request)
    two.edit(request, expires_at=two.row(request)["expires_at"] + timedelta(days=30))
    with pytest.raises(NotAllowedError, match="not genuine"):
        two.do("Əli")


def test_an_approval_used_up_is_not_brought_back_as_another_number(two: Two) -> None:
    request = two.ask("Əli")
    two.agree(request)
    two.do("Əli")
    two.edit(request, id=request + 1, state="approved", done_at=None)
    with pytest.raises(AppError):
        two.do("Əli")
    assert len(DONE) == 1


def test_an_approver_who_lost_the_right_has_not_agreed(two: Two) -> None:
    request = two.ask("Əli")
    two.agree(request)
    two.shop.app._store.keys.unlocked.change_user(PEOPLE[Role.ACCOUNTANT], Role.STAFF.value)
    with pytest.raises(NotAllowedError, match="any more"):
        two.do("Əli")
    two.shop.app._store.keys.unlocked.remove_user(PEOPLE[Role.ACCOUNTANT])
    with pytest.raises(NotAllowedError, match="any more"):
        two.do("Əli")
    assert DONE == []


def test_two_programs_at_once_and_one_wins(two: Two) -> None:
    two.agree(two.ask("Əli"))
    apps = [two.shop.another(Role.MANAGER) for _ in range(4)]
    ended: list[str] = []

    def go(app: App) -> None:
        try:
            confirmed(app, ERASE, "Əli")
        except AppError as error:
            ended.append(type(error).__name__)
        else:
            ended.append("done")

    threads = [Thread(target=go, args=(app,)) for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended).count("done") == 1
    assert DONE.count(("Əli", 1)) >= 1
    events = [e for e in two.shop.events() if e["operation"] == ERASE.name]
    assert [e["outcome"] for e in events].count("done") == 1


def test_above_a_limit_a_second_person_agrees_to_a_number(two: Two) -> None:
    assert two.asker.call(EXPORT, 200) == 200
    with pytest.raises(ApprovalNeededError) as told:
        two.asker.call(EXPORT, 201)
    assert (told.value.limit, told.value.value) == (Limit.EXPORT_ROWS, 201)
    filed = two.asker.call(
        approvals.request_approval, EXPORT.name, (201,), {}, "tax", {Limit.EXPORT_ROWS: 201}
    )
    two.agree(filed.id)
    sheet = two.decider.call(approvals.show_approval, filed.id)
    assert sheet.limits == {Limit.EXPORT_ROWS: 201}
    assert two.asker.call(EXPORT, 201) == 201
    with pytest.raises(ApprovalNeededError):
        two.asker.call(EXPORT, 201)


def test_what_grew_meanwhile_is_more_than_was_agreed_to(two: Two) -> None:
    filed = two.asker.call(
        approvals.request_approval, EXPORT.name, (500,), {}, "tax", {Limit.EXPORT_ROWS: 300}
    )
    two.agree(filed.id)
    with pytest.raises(ApprovalNeededError):
        two.asker.call(EXPORT, 500)
    assert two.row(filed.id)["state"] is State.APPROVED


def test_the_owner_chooses_and_taking_it_away_needs_the_second_person(two: Two) -> None:
    choose = approvals.choose_four_eyes
    rows = {row.deed: row for row in two.shop.app.call(approvals.list_four_eyes)}
    assert rows[Deed.ERASE_PERSON].on
    assert not rows[Deed.USER_CHANGE].on
    with pytest.raises(ApprovalNeededError):
        confirmed(two.shop.app, choose, Deed.ERASE_PERSON, False)
    with pytest.raises(NotAllowedError):
        confirmed(two.asker, choose, Deed.MASK_CARDS, True)
    filed = two.shop.app.call(
        approvals.request_approval, choose.name, (Deed.ERASE_PERSON, False), {}, "too slow"
    )
    confirmed(two.decider, approvals.approve, filed.id)
    confirmed(two.shop.app, choose, Deed.ERASE_PERSON, False)
    assert two.do("Əli") == "Əli"


def test_a_deed_nobody_else_could_agree_to_is_not_locked(two: Two) -> None:
    owner = two.shop.app
    with pytest.raises(ConflictError, match="locked for good"):
        confirmed(owner, approvals.choose_four_eyes, Deed.USER_CHANGE, True)
    with pytest.raises(InvalidError):
        confirmed(owner, approvals.choose_four_eyes, Deed.DECIDE, True)
    with pytest.raises(InvalidError, match="of its own"):
        confirmed(owner, approvals.choose_four_eyes, Deed.CLOSE_ALARM, True)


def test_one_person_alone_acts_alone_and_the_trail_says_so(two: Two) -> None:
    keys = two.shop.app._store.keys.unlocked
    for role in (Role.MANAGER, Role.ACCOUNTANT, Role.AUDITOR):
        keys.remove_user(PEOPLE[role])
    owner = two.shop.app
    assert confirmed(owner, ERASE, "Əli") == "Əli"
    assert two.shop.events()[-1]["detail"]["alone"] is True
    rows = {row.deed: row for row in owner.call(approvals.list_four_eyes)}
    assert rows[Deed.ERASE_PERSON].alone


def test_a_real_deed_of_the_owner_waits_for_another_owner(two: Two) -> None:
    keys = two.shop.app._store.keys.unlocked
    keys.add_user("Second", Role.OWNER, "saffron kettle twelve lanterns")
    confirmed(two.shop.app, approvals.choose_four_eyes, Deed.ROLE_CHANGE, True)
    with pytest.raises(ApprovalNeededError):
        confirmed(two.shop.app, remove_role, "custom:x")
    rights = {Permission.MENU_READ}
    two.shop.app.call(approvals.request_approval, save_role.name, ("", "Bar", rights), {}, "new")
    (row,) = two.shop.app.call(approvals.list_approvals)
    assert (row.mine, row.for_me, row.deed) == (True, False, "role_change")


def test_the_checker_names_forged_rows_and_passes_real_ones(two: Two) -> None:
    done, refused, waiting, forged, undone = (two.ask(name) for name in "abcde")
    for request in (done, undone):
        two.agree(request)
    two.do("a")
    confirmed(two.decider, approvals.refuse, refused, "no")
    report = two.shop.app.call(verify_approvals)
    assert (report.ok, report.checked) == (True, 5)
    true = two.row(done)
    two.edit(forged, state="approved", **{
        name: true[name] for name in ("decided_by", "decided_at", "decision_signature")
    })  # fmt: skip
    two.edit(undone, state="done", done_at=true["done_at"])
    two.edit(waiting, requester=true["decided_by"])
    report = two.shop.app.call(verify_approvals)
    assert [number for number, _ in report.wrong] == [waiting, forged, undone]
    said = " ".join(str(why) for _, why in report.wrong)
    assert "not asked for" in said
    assert "not decided" in said
    assert "knows nothing of it" in said
    with pytest.raises(NotAllowedError):
        two.shop.as_role(Role.STAFF).call(verify_approvals)


def test_a_used_row_set_back_or_taken_away_is_named_by_the_checker(two: Two) -> None:
    again, gone = two.ask("a"), two.ask("b")
    for request in (again, gone):
        two.agree(request)
    for name in "ab":
        two.do(name)
    assert two.shop.app.call(verify_approvals).ok
    two.edit(again, state="approved", done_at=None)
    assert [n for n, _ in two.shop.app.call(verify_approvals).wrong] == [again]
    two.do("a")
    (found,) = two.shop.app.call(verify_approvals).wrong
    assert "more than once" in str(found[1])
    with two.shop.around(write=True) as connection:
        table: Any = ApprovalRequest.__table__
        connection.execute(table.delete().where(table.c.id == gone))
    assert {n for n, _ in two.shop.app.call(verify_approvals).wrong} == {again, gone}
