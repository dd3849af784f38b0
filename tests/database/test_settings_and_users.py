"""The venue, its settings, and who may sign in."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from desktop_app.access.own_sign_in import change_password
from desktop_app.access.users import add_user, list_users, remove_user, reset_password
from desktop_app.kernel.access import Role
from desktop_app.kernel.asking import ConfirmationNeededError
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.kernel.settings import SETTINGS
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.venue.operations import (
    change_security_setting,
    change_setting,
    changing,
    get_settings,
    get_venue,
    open_venue,
)
from desktop_app.venue.records import NewVenue
from tests.database.shop import PASSWORD, PEOPLE, Shop, confirmed

OTHER = "marble harbour seven pigeons"


def test_every_setting_has_its_default_until_it_is_changed(shop: Shop) -> None:
    assert shop.app.call(get_settings) == {n: s.default for n, s in SETTINGS.items()}
    shop.app.call(change_setting, "disk.warn_below_mb", "2048")
    assert shop.app.call(get_settings)["disk.warn_below_mb"] == "2048"


@pytest.mark.parametrize("name", SETTINGS)
def test_nonsense_is_refused_for_every_setting(shop: Shop, name: str) -> None:
    for value in ("", "nonsense", "-1", "٣", "99999999999999999999"):
        with pytest.raises(InvalidError) as told:
            confirmed(shop.app, changing(name), name, value)
        assert told.value.field == name
    assert shop.app.call(get_settings)[name] == SETTINGS[name].default


def test_an_unknown_setting_is_named(shop: Shop) -> None:
    with pytest.raises(NotFoundError, match=r"no\.such"):
        shop.app.call(change_setting, "no.such", "1")


def test_who_may_change_a_setting_is_declared_with_it(shop: Shop) -> None:
    manager = shop.as_role(Role.MANAGER)
    for name, setting in SETTINGS.items():
        if not manager.actor.can(setting.permission):
            with pytest.raises(NotAllowedError):
                confirmed(manager, changing(name), name, setting.default)
            with pytest.raises(NotAllowedError):
                manager.call(change_setting, name, setting.default)
        else:
            manager.call(changing(name), name, setting.default)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(change_setting, "documents.language", "en")


RULES_OF_SECURITY = [name for name, one in SETTINGS.items() if one.is_rule_of_security]


@pytest.mark.parametrize("name", RULES_OF_SECURITY)
def test_a_rule_of_security_asks_for_the_password_again(files: Shop, name: str) -> None:
    before = len(files.events())
    with pytest.raises(NotAllowedError, match="rule of security"):
        files.app.call(change_setting, name, "30")
    with pytest.raises(ConfirmationNeededError):
        files.app.call(change_security_setting, name, "30")
    assert files.app.call(get_settings)[name] == SETTINGS[name].default
    confirmed(files.app, change_security_setting, name, "30")
    assert files.app.call(get_settings)[name] == "30"
    assert len(files.events()) > before
    assert files.events()[-1]["detail"]["confirmed"] == "password"


def test_only_rules_of_security_are_changed_as_such(files: Shop) -> None:
    assert RULES_OF_SECURITY == ["access.request_hours", "access.review_every_days"]
    for name in set(SETTINGS) - set(RULES_OF_SECURITY):
        with pytest.raises(InvalidError, match="no rule of security"):
            confirmed(files.app, change_security_setting, name, SETTINGS[name].default)
    with pytest.raises(NotFoundError):
        confirmed(files.app, change_security_setting, "no.such", "1")


def test_the_venue_is_as_it_was_opened(shop: Shop) -> None:
    venue = shop.app.call(get_venue)
    assert (venue.name, venue.currency, venue.timezone, venue.opening) == (
        "Qız Qalası", "USD", "Asia/Baku", time(6),
    )  # fmt: skip


@pytest.mark.parametrize(
    "new",
    [
        NewVenue(" "),
        NewVenue("x" * 201),
        NewVenue("A", currency="manat"),
        NewVenue("A", currency="₼₼₼"),
        NewVenue("A", timezone="Baku"),
        NewVenue("A", timezone="../etc/passwd"),
    ],
)
def test_a_venue_that_breaks_a_rule_is_not_opened(shop: Shop, new: NewVenue) -> None:
    before = shop.real_counts()
    with pytest.raises(InvalidError) as told:
        shop.app.call(open_venue, new)
    assert told.value.field
    assert shop.real_counts() == before


def test_a_venue_that_breaks_a_rule_leaves_no_store_behind(
    tmp_path: Path, clock: FrozenClock
) -> None:
    reception = Reception(tmp_path / "store", clock=clock, keyring=False)
    with pytest.raises(InvalidError):
        reception.create(NewVenue("A", currency="x"), "Aysel", PASSWORD, cost=KdfCost.FLOOR)
    assert list(tmp_path.iterdir()) == []
    reception.create(NewVenue("A"), "Aysel", PASSWORD, cost=KdfCost.FLOOR).app.close()
    with pytest.raises(ConflictError):
        reception.create(NewVenue("A"), "Aysel", PASSWORD, cost=KdfCost.FLOOR)


def test_a_folder_with_other_things_in_it_keeps_them(tmp_path: Path, clock: FrozenClock) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    reception = Reception(folder, clock=clock, keyring=False)
    try:
        reception.create(NewVenue("A"), "Aysel", PASSWORD, cost=KdfCost.FLOOR).app.close()
    except ConflictError:
        assert [path.name for path in folder.iterdir()] == ["letter.txt"]
    assert (folder / "letter.txt").read_text() == "dear"


def _reception(shop: Shop) -> Reception:
    return Reception(shop.folder, clock=shop.clock, keyring=False)


def _sign_in(shop: Shop, name: str, password: str = PASSWORD):
    return _reception(shop).sign_in(name, password)


def test_a_user_is_added_signs_in_and_is_removed(shop: Shop) -> None:
    with _sign_in(shop, PEOPLE[Role.OWNER]) as owner:
        code = confirmed(owner, add_user, "Kamran", Role.STAFF)
        with _reception(shop).choose_password("Kamran", code.text, OTHER) as kamran:
            assert kamran.actor.role == Role.STAFF
        confirmed(owner, remove_user, "Kamran")
        users = {user.name: user for user in owner.call(list_users)}
    assert users["Kamran"].removed_at == shop.clock.now()
    assert {n for n, u in users.items() if u.removed_at is None} == set(PEOPLE.values())
    with pytest.raises(NotAllowedError):
        _sign_in(shop, "Kamran", OTHER)
    did = [e["operation"] for e in shop.events() if e["operation"].startswith("access.")]
    assert did[-4:] == [
        "access.note_sign_in", "access.add_user", "access.note_sign_in", "access.remove_user",
    ]  # fmt: skip
    assert OTHER not in shop.trail_text()
    shop.check_trail()


def test_the_owner_gives_a_new_password_and_anybody_changes_their_own(shop: Shop) -> None:
    with _sign_in(shop, PEOPLE[Role.OWNER]) as owner:
        code = confirmed(owner, reset_password, PEOPLE[Role.STAFF])
    with pytest.raises(NotAllowedError):
        _sign_in(shop, PEOPLE[Role.STAFF])
    with _reception(shop).choose_password(PEOPLE[Role.STAFF], code.text, OTHER) as staff:
        with pytest.raises(NotAllowedError):
            staff.call(change_password, "wrong", PASSWORD)
        staff.call(change_password, OTHER, PASSWORD)
    _sign_in(shop, PEOPLE[Role.STAFF]).close()


def test_a_weak_password_is_refused(shop: Shop) -> None:
    with _sign_in(shop, PEOPLE[Role.OWNER]) as owner:
        code = confirmed(owner, add_user, "Kamran", Role.STAFF)
        before = len(shop.events())
        with pytest.raises(InvalidError):
            _reception(shop).choose_password("Kamran", code.text, "123456")
        assert len(shop.events()) == before


def test_the_last_owner_cannot_be_removed(shop: Shop) -> None:
    with (
        _sign_in(shop, PEOPLE[Role.OWNER]) as owner,
        pytest.raises((ConflictError, InvalidError, NotAllowedError)),
    ):
        confirmed(owner, remove_user, PEOPLE[Role.OWNER])


def test_the_recovery_key_opens_and_the_old_password_does_not(
    tmp_path: Path, clock: FrozenClock
) -> None:
    reception = Reception(tmp_path / "store", clock=clock, keyring=False)
    made = reception.create(NewVenue("A"), "Aysel", PASSWORD, cost=KdfCost.FLOOR)
    code: RecoveryCode = made.code
    made.app.close()
    with reception.recover(code, OTHER) as app:
        assert app.call(get_venue).name == "A"
    with pytest.raises(NotAllowedError):
        reception.sign_in("Aysel", PASSWORD)
    reception.sign_in("Aysel", OTHER).close()


def test_a_folder_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no store") as told:
        Reception(tmp_path, keyring=False).sign_in("a", "b")
    assert "init" in str(told.value.hint)
