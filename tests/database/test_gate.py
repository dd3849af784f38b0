"""The gate: the password again for one act; what is not known is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop_app.access.confirming import ANY, LASTS_S, PASSWORD, PIN, Confirmations
from desktop_app.access.gate import Gate, alone
from desktop_app.access.users import list_users, remove_user, save_role
from desktop_app.db.operation import REGISTRY, Kind, Operation
from desktop_app.kernel import deeds
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.asking import ConfirmationNeededError
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.sign_in import Reception
from desktop_app.vault.key_file import KeyFile
from desktop_app.vault.quick import QuickUnlock, Remembered, lock_of
from desktop_app.venue.operations import get_venue
from tests.database.shop import PASSWORD as KNOWN
from tests.database.shop import PEOPLE, Shop, confirmed

DEEDS = {name: op for name, op in REGISTRY.items() if op.deed is not None}


class Seconds:
    """A clock of seconds that tests move."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def deed(body: Any = lambda _: "done", which: Deed = Deed.ROLE_CHANGE) -> Operation[..., Any]:
    return Operation("test.deed", Permission.ANYONE, Kind.COMMAND, body, which)


def why(shop: Shop) -> Any:
    return shop.events()[-1]["detail"].get("why")


def test_there_are_deeds_to_test() -> None:
    assert {"access.add_user", "access.save_role"} <= set(DEEDS)


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_refused_without_the_password_before_its_body_runs(
    files: Shop, name: str
) -> None:
    entered: list[int] = []
    probe = replace(DEEDS[name], body=lambda *_: entered.append(1))
    before = len(files.events())
    with pytest.raises(ConfirmationNeededError) as told:
        files.app.call(probe)
    assert entered == []
    assert told.value.exit_code == 3
    assert str(deeds.ABOUT[DEEDS[name].deed].text) in str(told.value)
    event = files.events()[-1]
    assert len(files.events()) == before + 1
    assert (event["operation"], event["outcome"]) == (name, "refused")
    assert why(files) == "confirmation_needed"
    files.app.gate.confirmations.give(name, PASSWORD)
    files.app.call(probe)
    assert entered == [1]


def test_a_password_is_good_for_one_act(shop: Shop) -> None:
    shop.app.confirm(deed(), KNOWN)
    assert shop.app.call(deed()) == "done"
    assert shop.events()[-1]["detail"]["confirmed"] == "password"
    with pytest.raises(ConfirmationNeededError):
        shop.app.call(deed())
    shop.check_trail()


def test_a_password_given_for_one_deed_does_not_open_another(files: Shop) -> None:
    files.app.confirm(remove_user, KNOWN)
    with pytest.raises(ConfirmationNeededError):
        files.app.call(save_role, "", "Bar", frozenset())


def test_a_confirmation_lapses_after_five_minutes_on_a_clock_that_nobody_sets(files: Shop) -> None:
    seconds = Seconds()
    files.app.gate = Gate(Confirmations(seconds), alone)
    files.app.confirm(deed(), KNOWN)
    seconds.now += LASTS_S - 1
    files.app.gate.ahead(files.app._store, files.app.actor, deed(), ((), {}))
    seconds.now += 1
    with pytest.raises(ConfirmationNeededError):
        files.app.call(deed())


def test_looking_ahead_uses_nothing_up_and_records_nothing(files: Shop) -> None:
    before = len(files.events())
    with pytest.raises(ConfirmationNeededError):
        files.app.start_ahead(deed()).future.result(10)
    files.app.start_confirming(deed(), KNOWN).future.result(10)
    files.app.start_ahead(deed()).future.result(10)
    assert len(files.events()) == before
    assert files.app.call(deed()) == "done"


def test_a_wrong_password_confirms_nothing_is_recorded_and_makes_wait(shop: Shop) -> None:
    for _ in range(3):
        with pytest.raises(NotAllowedError, match="The password is wrong"):
            shop.app.confirm(deed(), "not it")
        assert why(shop) == "wrong_password"
    with pytest.raises(NotAllowedError, match="Wait"):
        shop.app.confirm(deed(), KNOWN)
    with pytest.raises(ConfirmationNeededError):
        shop.app.call(deed())
    # One counter for both: nobody gets more tries at the other door.
    with pytest.raises(NotAllowedError, match="Wait"):
        Reception(shop.folder, clock=shop.clock, keyring=False).sign_in(PEOPLE[Role.OWNER], KNOWN)
    clock = shop.clock
    assert isinstance(clock, FrozenClock)
    clock.at = clock.at.replace(year=clock.at.year + 1)
    shop.app.confirm(deed(), KNOWN)
    assert KeyFile(shop.folder).read().misses == {}
    assert "not it" not in shop.trail_text()


def test_a_password_that_was_changed_meanwhile_confirms_nothing(files: Shop) -> None:
    other = "another password of nine"
    files.app._store.keys.unlocked.change_password(KNOWN, other)
    with pytest.raises(NotAllowedError):
        files.app.confirm(deed(), KNOWN)
    files.app.confirm(deed(), other)


def test_a_pin_is_not_enough_where_only_a_password_is() -> None:
    given = Confirmations()
    given.give("a", PIN)
    assert not given.ready("a", password_only=True)
    assert given.take("a", password_only=True) is None
    assert given.take("a", password_only=False) == PIN
    assert given.take("a", password_only=False) is None


def test_a_pin_unlocked_here_today_confirms_what_is_not_for_passwords_only(files: Shop) -> None:
    keys = files.app._store.keys
    unlocked: Any = keys.unlocked
    quick = QuickUnlock(files.clock)
    quick.remember(Remembered(unlocked.user_id, unlocked.name), unlocked._keys(), lock_of("7391"))
    with pytest.raises(NotAllowedError, match="The password is wrong"):
        files.app.confirm(deed(), "7391")
    object.__setattr__(keys, "quick", quick)
    with pytest.raises(NotAllowedError, match="PIN"):
        files.app.confirm(deed(), "7392")
    files.app.confirm(deed(), "7391")
    assert files.app.call(deed()) == "done"
    assert files.events()[-1]["detail"]["confirmed"] == "pin"
    strict = deed(which=Deed.RENEW_RECOVERY_KEY)
    with pytest.raises(NotAllowedError, match="not enough"):
        files.app.confirm(strict, "7391")
    with pytest.raises(ConfirmationNeededError):
        files.app.call(strict)


def test_what_a_shell_trusts_is_one_deed_of_any_name() -> None:
    given = Confirmations()
    given.give(ANY, PASSWORD)
    assert given.take("b", password_only=True) == PASSWORD
    assert given.take("c", password_only=False) is None


def test_a_sign_in_by_the_recovery_key_is_not_trusted(files: Shop) -> None:
    app = files.another(actor=files.unlocked(Role.OWNER).actor("recovery key"))
    app.trust_sign_in()
    with pytest.raises(ConfirmationNeededError):
        app.call(deed())


def test_closing_the_session_forgets_what_was_confirmed(files: Shop) -> None:
    app = files.another()
    app.gate.confirmations.give("test.deed", PASSWORD)
    app.close()
    assert not app.gate.confirmations.ready("test.deed", password_only=False)


def test_a_deed_nobody_knows_is_refused_and_recorded(shop: Shop) -> None:
    unknown = replace(deed(), deed="tea")  # type: ignore[arg-type]
    shop.app.gate.confirmations.give("test.deed", PASSWORD)
    with pytest.raises(NotAllowedError, match="could not be checked"):
        shop.app.call(unknown)
    assert (shop.events()[-1]["outcome"], why(shop)) == ("refused", "KeyError")
    shop.check_trail()


def test_somebody_outside_the_list_of_users_does_no_deeds(shop: Shop) -> None:
    outsider = shop.another(actor=BUILT_IN[Role.OWNER].actor("Aysel"))
    outsider.gate.confirmations.give("test.deed", PASSWORD)
    with pytest.raises(NotAllowedError, match="Sign in with a name"):
        outsider.call(deed())
    assert why(shop) == "not_allowed"


def test_a_rule_that_fails_refuses(shop: Shop) -> None:
    def broken(*_: object) -> Any:
        raise ZeroDivisionError

    entered: list[int] = []
    shop.app.gate = Gate(Confirmations(), broken)
    with pytest.raises(NotAllowedError, match="could not be checked"):
        shop.app.call(deed(lambda _: entered.append(1)))
    assert entered == []
    assert why(shop) == "ZeroDivisionError"


def test_what_is_no_deed_does_not_reach_the_gate(files: Shop) -> None:
    def broken(*_: object) -> Any:
        raise ZeroDivisionError

    files.app.gate = Gate(Confirmations(), broken)
    assert files.app.call(get_venue).name
    assert len(files.app.call(list_users)) == len(PEOPLE)


def test_a_deed_of_a_task_says_in_every_event_how_it_was_confirmed(files: Shop) -> None:
    confirmed(files.app, save_role, "", "Bar", frozenset({Permission.MENU_READ}))
    assert files.events()[-1]["detail"]["confirmed"] == "password"
