"""People and roles through the door: what is refused, whoever asks, and what is said."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from desktop_app.access.users import (
    add_user,
    change_user,
    get_rights,
    list_role_people,
    list_roles,
    remove_role,
    remove_user,
    reset_password,
    save_role,
    who_may,
)
from desktop_app.db.operation import REGISTRY
from desktop_app.kernel.access import Actor, Limit, Permission, Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.roles import BUILT_IN, FOR_OWNERS, RoleFacts
from tests.database.shop import PEOPLE, Shop, confirmed

OWNER, MANAGER, STAFF = PEOPLE[Role.OWNER], PEOPLE[Role.MANAGER], PEOPLE[Role.STAFF]


@pytest.mark.parametrize("seed", range(3))
def test_every_operation_follows_a_generated_role(shop: Shop, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same roles every time
    rights = frozenset(chance.sample(sorted(set(Permission) - FOR_OWNERS), 14))
    actor = RoleFacts("custom:generated", "Generated", rights | {Permission.ANYONE}).actor(
        "Somebody"
    )
    app = shop.another(actor=actor)
    refused = 0
    for name, real in sorted(REGISTRY.items()):
        entered: list[object] = []
        probe = replace(real, deed=None, body=lambda *_, entered=entered: entered.append(1))
        if real.permission in actor.permissions:
            app.call(probe)
            assert entered == [1], name
            continue
        with pytest.raises(NotAllowedError) as caught:
            app.call(probe)
        refused += 1
        assert entered == [], name
        assert OWNER in str(caught.value.hint), name
    assert refused


def test_a_role_takes_effect_at_once_and_is_seen_by_everybody(shop: Shop) -> None:
    role = confirmed(
        shop.app,
        save_role,
        "",
        "Shift  leader",
        {Permission.ORDERS_READ, Permission.ORDERS_REFUND},
        {Limit.REFUND_MINOR: 2000},
    ).role
    assert role.name == "Shift leader"
    staff = shop.as_role(Role.STAFF)
    assert role in staff.call(list_roles)
    confirmed(shop.app, change_user, STAFF, role.id)
    assert staff.call(get_rights).permissions == role.permissions
    assert staff.actor.limit(Limit.REFUND_MINOR) == 2000
    named = staff.call(who_may, Permission.ORDERS_REFUND)
    assert [one.name for one in named] == [OWNER, STAFF, MANAGER]
    assert staff.call(list_role_people)[role.id] == [STAFF]
    with pytest.raises(ConflictError):
        confirmed(shop.app, remove_role, role.id)


def test_nobody_changes_their_own_rights_and_the_last_owner_stays(shop: Shop) -> None:
    keys = (shop.folder / "keys.json").read_bytes()
    for attempt in (
        (change_user, OWNER, Role.STAFF),
        (remove_user, OWNER),
        (change_user, OWNER, Role.OWNER),
    ):
        with pytest.raises(ConflictError):
            confirmed(shop.app, *attempt)
    for role in Role:
        with pytest.raises(InvalidError):
            confirmed(shop.app, save_role, role.value, "Mine", {Permission.ORDERS_READ})
    with pytest.raises(InvalidError):
        confirmed(shop.app, save_role, "", "Boss", {Permission.USERS_MANAGE})
    with pytest.raises(InvalidError):
        confirmed(shop.app, change_user, STAFF, Role.OWNER, venues=(1,))
    assert (shop.folder / "keys.json").read_bytes() == keys


def test_a_right_to_manage_people_gives_no_more_than_its_holder_has(shop: Shop) -> None:
    """A mistake in the table of roles must not be enough: here staff hold the rights of owners."""
    made = BUILT_IN[Role.STAFF]
    forged = Actor(
        STAFF,
        made.id,
        made.permissions | {Permission.USERS_MANAGE, Permission.ROLES_MANAGE},
        user_id="somebody",
        limits=made.limits,
        venues=frozenset({1}),
    )
    app = shop.another(Role.STAFF, actor=forged)
    keys = (shop.folder / "keys.json").read_bytes()
    for attempt in (
        lambda: confirmed(app, add_user, "Yeni", Role.OWNER),
        lambda: confirmed(app, add_user, "Yeni", Role.STAFF),
        lambda: confirmed(app, change_user, MANAGER, Role.STAFF, venues=(1,)),
        lambda: confirmed(app, remove_user, MANAGER),
        lambda: confirmed(app, reset_password, OWNER),
        lambda: confirmed(app, save_role, "", "X", {Permission.CUSTOMERS_READ}),
        lambda: confirmed(
            app, save_role, "", "X", {Permission.ORDERS_READ}, {Limit.REFUND_MINOR: 1}
        ),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    with pytest.raises(InvalidError):
        confirmed(app, save_role, made.id, "X", {Permission.ORDERS_READ})
    assert (shop.folder / "keys.json").read_bytes() == keys


def test_unknown_people_roles_and_rights_are_said_to_be_unknown(shop: Shop) -> None:
    for attempt in (
        lambda: shop.app.call(get_rights, "Heç kim"),
        lambda: confirmed(shop.app, change_user, "Heç kim", Role.STAFF),
        lambda: confirmed(shop.app, change_user, STAFF, "custom:none"),
        lambda: confirmed(shop.app, remove_role, "custom:none"),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_what_changed_in_a_role_is_in_the_trail(shop: Shop) -> None:
    role = confirmed(shop.app, save_role, "", "Usta", {Permission.MENU_READ}).role
    confirmed(shop.app, save_role, role.id, "Usta", {Permission.STOCK_READ})
    assert "stock:read" in shop.trail_text()
    shop.check_trail()
