"""Manager override: somebody starts, a manager at the desk finishes, once and signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.access import override
from desktop_app.access.approval_check import verify_approvals
from desktop_app.access.confirming import PIN
from desktop_app.access.override import Override, could_lend
from desktop_app.app import App
from desktop_app.backup.operations import add_target, list_snapshots, run_backup
from desktop_app.db.operation import REGISTRY, Kind, Operation
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.job import Progress
from desktop_app.vault.letters import roster_now, signed_by
from desktop_app.vault.quick import QuickUnlock, Remembered, lock_of
from desktop_app.vault.sealing import canonical
from tests.database.shop import PASSWORD, PEOPLE, Shop

MANAGER = PEOPLE[Role.MANAGER]
DONE: list[str] = []


def _count(tx: Any, name: str) -> str:
    DONE.append(name)
    assert tx.actor.can(Permission.STOCK_EDIT)
    tx.about(f"test {name}")
    return name


OP: Operation[..., str] = Operation(
    "test.count", Permission.STOCK_EDIT, Kind.COMMAND, _count, overridable=True
)


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    DONE.clear()


def finish(app: App, wish: Override, op: Operation[..., Any] = OP, *args: Any) -> Any:
    return app.call_overridden(Progress(), wish, op, *(args or ("rice",)))


def by_password(reason: str = "stock was wrong", secret: str = PASSWORD) -> Override:
    return Override(MANAGER, secret, reason)


def test_a_manager_finishes_what_staff_have_started(shop: Shop) -> None:
    staff = shop.as_role(Role.STAFF)
    with pytest.raises(NotAllowedError):
        staff.call(OP, "rice")
    assert finish(staff, by_password()) == "rice"
    event = shop.events()[-1]
    assert (event["actor"], event["outcome"]) == (PEOPLE[Role.STAFF], "done")
    detail = event["detail"]
    assert (detail["approved_by"], detail["way"]) == (MANAGER, "password")
    assert detail["reason"] == "stock was wrong"
    with pytest.raises(NotAllowedError):
        staff.call(OP, "rice")
    assert DONE == ["rice"]
    shop.check_trail()


def test_the_signature_in_the_trail_is_the_managers(files: Shop) -> None:
    staff = files.as_role(Role.STAFF)
    finish(staff, by_password())
    detail = files.events()[-1]["detail"]
    roster = roster_now(files.folder, staff._store.keys.unlocked.root_key)
    manager = roster.active(MANAGER)
    told = {
        "install": staff._store.keys.vault.install_id,
        "operation": OP.name,
        "digest": detail["digest"],
        "starter": staff.actor.user_id,
        "by": manager.id,
        "reason": detail["reason"],
        "at": detail["override_at"],
    }
    signature = detail["override_signature"]
    assert signed_by(manager, override.PURPOSE, canonical(told), signature)
    for name, other in (("reason", "x"), ("starter", manager.id), ("digest", "0" * 64)):
        assert not signed_by(manager, override.PURPOSE, canonical({**told, name: other}), signature)


def test_a_wrong_password_finishes_nothing_is_recorded_and_makes_wait(shop: Shop) -> None:
    staff = shop.as_role(Role.STAFF)
    for _ in range(3):
        with pytest.raises(NotAllowedError, match="wrong"):
            finish(staff, by_password(secret="not it"))
        event = shop.events()[-1]
        assert (event["outcome"], event["detail"]["why"]) == ("refused", "override")
    with pytest.raises(NotAllowedError, match="Wait"):
        finish(staff, by_password())
    assert DONE == []


@pytest.mark.parametrize(
    "wish",
    [
        Override(PEOPLE[Role.STAFF], PASSWORD, "I want to"),
        Override(PEOPLE[Role.AUDITOR], PASSWORD, "I look only"),
        Override("nobody", PASSWORD, "please"),
    ],
    ids=["oneself", "without the right", "unknown"],
)
def test_who_does_not_hold_the_right_finishes_nothing(files: Shop, wish: Override) -> None:
    with pytest.raises(NotAllowedError):
        finish(files.as_role(Role.STAFF), wish)
    assert DONE == []


def test_a_reason_is_needed(files: Shop) -> None:
    for reason in ("", "  ", "x" * 201):
        with pytest.raises(InvalidError):
            finish(files.as_role(Role.STAFF), by_password(reason))


@pytest.mark.parametrize(
    "op",
    [
        replace(OP, overridable=False),
        replace(OP, permission=Permission.CUSTOMERS_READ),
        replace(OP, permission=Permission.SALARIES_READ),
        replace(OP, permission=Permission.AUDIT_READ),
        replace(OP, permission=Permission.ORDERS_READ),
    ],
    ids=["not marked", "people", "office", "trail", "allowed anyway"],
)
def test_what_needs_a_key_or_is_not_marked_cannot_be_lent(
    files: Shop, op: Operation[..., Any]
) -> None:
    staff = files.as_role(Role.STAFF)
    assert not could_lend(staff.actor, op)
    with pytest.raises(NotAllowedError, match="cannot finish"):
        finish(staff, by_password(), op)
    assert DONE == []


def test_a_pin_signs_once_for_a_manager_who_unlocked_here_today(files: Shop) -> None:
    staff = files.as_role(Role.STAFF)
    wish = Override(MANAGER, "7391", "at the bar", PIN)
    with pytest.raises(NotAllowedError, match="PIN"):
        finish(staff, wish)
    quick = QuickUnlock(files.clock)
    manager = files.unlocked(Role.MANAGER)
    quick.remember(Remembered(manager.user_id, MANAGER), manager._keys(), lock_of("7391"))
    object.__setattr__(staff._store.keys, "quick", quick)
    with pytest.raises(NotAllowedError, match="wrong"):
        finish(staff, replace(wish, secret="7392"))
    assert finish(staff, wish) == "rice"
    assert files.events()[-1]["detail"]["way"] == "pin"


def test_the_right_is_lent_to_the_database_as_well_and_given_back(
    files: Shop, tmp_path: Path
) -> None:
    files.app.call(add_target, "Disk", str(tmp_path / "disk"))
    accountant = files.as_role(Role.ACCOUNTANT)
    with pytest.raises(NotAllowedError):
        accountant.call(run_backup)
    voucher = accountant.start_vouching(by_password("end of month"), run_backup).future.result()
    done = accountant.start_vouched(Progress(), voucher)
    with pytest.raises(KeyError):  # once
        accountant.start_vouched(Progress(), voucher)
    (run,) = done.future.result(60)
    assert [one.id for one in accountant.call(list_snapshots).rows] == [run.snapshot]
    assert not hasattr(accountant._lent, "actor")
    with pytest.raises(NotAllowedError):
        accountant.call(run_backup)


def test_the_checker_names_an_override_that_its_manager_did_not_sign(
    files: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(REGISTRY, OP.name, OP)
    staff = files.as_role(Role.STAFF)
    finish(staff, by_password())
    assert files.app.call(verify_approvals).ok
    real = override.overridden

    def forged(*args: Any) -> Any:
        actor, passed = real(*args)
        return actor, replace(passed, detail={**passed.detail, "approved_by": PEOPLE[Role.OWNER]})

    monkeypatch.setattr("desktop_app.app.overridden", forged)
    finish(staff, by_password())
    report = files.app.call(verify_approvals)
    assert [str(why) for _, why in report.wrong] == ["A manager is named who did not sign it."]


def test_nothing_about_access_approvals_or_restoring_can_be_lent() -> None:
    lent = {name for name, op in REGISTRY.items() if op.overridable}
    assert {"backup.run_backup", "exchange.import_files"} <= lent
    assert not {name for name in lent if name.startswith("access.") or REGISTRY[name].deed}
