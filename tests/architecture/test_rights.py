"""Every table says who may read and write it: one line in `db/rights.py`."""

from __future__ import annotations

import desktop_app.app
import desktop_app.demo.operations  # noqa: F401 - both name every table
from desktop_app.db.base import Base
from desktop_app.db.rights import RIGHTS
from desktop_app.kernel.access import Permission


def test_every_table_has_a_line_in_the_table_of_rights() -> None:
    tables = {table.name for table in Base.metadata.sorted_tables}
    missing = sorted(tables - set(RIGHTS) - {"wish"})
    assert missing == [], (
        f"say in desktop_app/db/rights.py who reads, adds, changes and removes rows of {missing};"
        " until then everybody may read, add and change them"
    )


def test_only_known_permissions_give_rights_and_anyone_removes_nothing() -> None:
    for name, rights in RIGHTS.items():
        for held in (rights.read, rights.add, rights.change, rights.remove):
            assert held <= frozenset(Permission), name
        assert Permission.ANYONE not in rights.remove, name
