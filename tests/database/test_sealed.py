"""The store's folder, this source and a cashier's keys: customers and salaries stay unreadable."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from desktop_app.customers.records import IncomingCustomer
from desktop_app.db.server_rights import privileges_of
from desktop_app.kernel.access import Domain, Permission, Role, domains_of
from desktop_app.kernel.errors import InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.permissions import ABOUT, Enforced
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.staff.operations import list_employees, list_pay, set_pay
from desktop_app.staff.records import PayRow
from tests.database.shop import Shop, enter, order, sell

CUSTOMER, PAY = "Xanım Kanareyka", 987_654_321
SINCE = date(2026, 11, 1)


def _filled(shop: Shop) -> int:
    """Enter a customer, an employee and their pay; return the employee's number."""
    enter(shop.app, IncomingCustomer("c1", CUSTOMER))
    sell(shop.app, [order(1, staff_name="Rəşad")])
    (employee,) = shop.app.call(list_employees)
    shop.app.call(set_pay, employee.id, SINCE, PAY)
    return employee.id


def _opened(path: Path, key: bytes) -> str:
    """Return everything that a file gives away to a key, as text."""
    connection = sqlcipher3.dbapi2.connect(str(path))
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return "\n".join(
            str(connection.execute(f'SELECT * FROM "{name}"').fetchall())
            for (name,) in tables.fetchall()
        )
    finally:
        connection.close()


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.ACCOUNTANT, Role.MANAGER])
def test_no_key_that_a_role_holds_opens_what_is_not_its_own(
    files: Shop, role: Role, tmp_path: Path
) -> None:
    _filled(files)
    copy = tmp_path / "stolen"
    shutil.copytree(files.folder, copy)
    unlocked = files.unlocked(role)
    keys = [bytes(key.buffer) for key in unlocked.domain_keys.values()]
    allowed = BUILT_IN[role].domains
    read: dict[str, str] = {}
    for path in sorted(copy.rglob("*.db")):
        for key in keys:
            try:
                read[path.stem.split(".")[0]] = _opened(path, key)
            except sqlcipher3.dbapi2.DatabaseError as error:
                assert "not a database" in str(error)  # noqa: PT017 - some key has to fail
    assert set(read) == {domain.value for domain in allowed}
    text = "\n".join(read.values())
    assert (CUSTOMER in text) is (Domain.PEOPLE in allowed)
    assert (str(PAY) in text) is (Domain.OFFICE in allowed)


def test_nothing_lies_in_the_clear_in_any_file(files: Shop) -> None:
    _filled(files)
    for path in files.folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert CUSTOMER.encode() not in raw
            assert CUSTOMER.split()[1].encode() not in raw
            assert str(PAY).encode() not in raw
            assert PAY.to_bytes(4, "big") not in raw


def test_pay_is_written_by_owners_and_read_by_accountants(shop: Shop) -> None:
    number = _filled(shop)
    later = date(2026, 12, 1)
    shop.app.call(set_pay, number, later, 2)
    shop.app.call(set_pay, number, later, 3)
    rows = [PayRow(number, "Rəşad", "", later, 3), PayRow(number, "Rəşad", "", SINCE, PAY)]
    assert shop.app.call(list_pay) == rows
    assert shop.as_role(Role.ACCOUNTANT).call(list_pay) == rows
    for role in (Role.MANAGER, Role.STAFF, Role.AUDITOR):
        with pytest.raises(NotAllowedError):
            shop.as_role(role).call(list_pay)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.ACCOUNTANT).call(set_pay, number, later, 4)
    with pytest.raises(InvalidError):
        shop.app.call(set_pay, number, later, -1)
    with pytest.raises(NotFoundError):
        shop.app.call(set_pay, number + 1, later, 1)
    assert str(PAY) not in shop.trail_text()
    shop.check_counts()


@pytest.mark.parametrize("permission", list(Permission))
def test_a_right_called_sealed_needs_a_key_that_others_do_not_get(permission: Permission) -> None:
    facts = ABOUT[permission]
    alone = domains_of(frozenset({permission})) - {Domain.OPS}
    assert facts.domains == alone
    if facts.enforced is Enforced.SEALED:
        assert alone or facts.trail
        for role in BUILT_IN.values():
            if permission not in role.permissions and not facts.trail:
                others = {p for p in role.permissions if ABOUT[p].domains & alone}
                assert alone <= role.domains if others else not alone & role.domains
    else:
        assert not alone
        assert not facts.trail


@pytest.mark.parametrize("permission", list(Permission))
def test_a_right_is_called_guarded_by_the_server_where_the_server_knows_it(
    permission: Permission,
) -> None:
    facts = ABOUT[permission]
    everybodys = privileges_of(frozenset({Permission.ANYONE}))
    more = privileges_of(frozenset({Permission.ANYONE, permission})) - everybodys
    if facts.enforced is Enforced.APP:
        assert facts.guarded is bool(more)
        assert (facts.enforced_on(server=True) is Enforced.SERVER) is bool(more)
    else:
        assert facts.enforced_on(server=True) is facts.enforced
    assert facts.enforced_on(server=False) is facts.enforced
