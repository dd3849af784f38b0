"""Lists that are read a page at a time: each row once, none between two pages, ties as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.customers.duplicates import list_duplicates, mark_apart
from desktop_app.customers.editing import add_customer
from desktop_app.customers.records import ContactKind, ContactRow, CustomerForm
from desktop_app.exchange.operations import import_files, list_imports
from desktop_app.kernel.errors import NotFoundError
from tests.cli.shop import many_sales, write
from tests.database.shop import Shop


def in_pages(read: Callable[[Any, int], Sequence[Any]], place: Callable[[Any], Any], size: int):
    """Return the rows of all pages of so many rows."""
    found: list[Any] = []
    while page := read(place(found[-1]) if found else None, size):
        assert len(page) <= size
        found += page
    return found


def test_imports_made_at_one_time_come_once_each(shop: Shop, tmp_path: Path) -> None:
    """The clock of the shop stands still: only their numbers tell them apart."""
    app = shop.app
    for number in range(5):
        text, _ = many_sales(1, 2, str(number))
        app.call(import_files, [write(tmp_path, f"{number}.csv", text)])
    whole = app.call(list_imports)
    assert [row.files for row in whole] == [[f"{number}.csv"] for number in (4, 3, 2, 1, 0)]
    for size in (1, 2, 3, 5):
        paged = in_pages(
            lambda after, limit: app.call(list_imports, after=after, limit=limit),
            lambda row: row.id,
            size,
        )
        assert paged == whole
    with pytest.raises(NotFoundError):
        app.call(list_imports, after=5)


def test_pairs_as_sure_as_each_other_come_once_each(shop: Shop) -> None:
    app = shop.app
    phone = ContactRow(ContactKind.PHONE, "+994501234567")
    for name in ("Leyla Əliyeva", "Leyla Əliyeva", "Leyla Aliyeva", "Leyla", "Rauf Quliyev"):
        app.call(add_customer, CustomerForm(name, contacts=(phone,)))
    whole = app.call(list_duplicates)
    assert len(whole) > len({row.score for row in whole}) > 1

    def read(after: Any, limit: int) -> Sequence[Any]:
        return app.call(list_duplicates, limit, after=after)

    def place(row: Any) -> tuple[int, int, int]:
        return row.score, row.first.id, row.second.id

    for size in (1, 2, 3, 100):
        assert in_pages(read, place, size) == whole
    gone = whole[1]
    app.call(mark_apart, gone.first.id, gone.second.id)
    assert read(place(gone), 100) == whole[2:]
