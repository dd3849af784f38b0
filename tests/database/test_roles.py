"""What each role may do, held against a file that a person has read."""

from __future__ import annotations

from desktop_app.kernel.access import Domain, Permission, Role, domains_of
from desktop_app.kernel.roles import BUILT_IN
from tests.database.roles_now import FILE, RIGHTS_FILE, rights_table, table


def test_the_rights_of_the_roles_are_those_that_were_agreed() -> None:
    assert table() == FILE.read_text(encoding="utf-8"), (
        "the rights changed; if that is meant: python -m tests.database.roles_now"
    )


def test_each_right_is_kept_as_agreed_and_held_by_the_roles_that_were_agreed() -> None:
    assert rights_table() == RIGHTS_FILE.read_text(encoding="utf-8"), (
        "the catalogue of rights changed; if that is meant: python -m tests.database.roles_now"
    )


def test_the_owner_may_do_everything() -> None:
    assert BUILT_IN[Role.OWNER].permissions == frozenset(Permission)


def test_permissions_are_sorted_so_that_a_new_one_has_one_place() -> None:
    values = [permission.value for permission in Permission]
    assert values == sorted(values)


def test_roles_get_the_keys_that_their_permissions_need_and_no_others() -> None:
    assert BUILT_IN[Role.OWNER].actor("a").domains == frozenset(Domain)
    assert BUILT_IN[Role.MANAGER].actor("a").domains == {Domain.OPS, Domain.PEOPLE}
    assert BUILT_IN[Role.STAFF].actor("a").domains == {Domain.OPS}
    assert domains_of(frozenset()) == {Domain.OPS}
