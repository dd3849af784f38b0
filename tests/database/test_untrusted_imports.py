"""Importing what others made: workbooks and archives come in, hostile ones change nothing."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from desktop_app.customers.operations import count_customers
from desktop_app.exchange import files as exchange_files
from desktop_app.exchange.operations import import_files, list_imports, preview_import
from desktop_app.kernel.errors import AppError, StoppedError
from desktop_app.kernel.job import Progress
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from tests.database.shop import Shop
from tests.support.hostile_files import CORPUS
from tests.support.workbooks import HEADER, ROW, book, rows_xml, zipped

HURTFUL = [
    "billion laughs", "two far cells", "a huge shared string", "macros", "a parent folder",
    "a symlink", "a bomb", "archives in archives", "deep", "nan", "an open quote of 50 MB",
    "a workbook called csv",
]  # fmt: skip


def test_hostile_files_change_nothing(files: Shop, tmp_path: Path) -> None:
    app = files.app
    for number, name in enumerate(HURTFUL):
        path = tmp_path / f"{number}{Path(CORPUS[name].file).suffix}"
        path.write_bytes(CORPUS[name].content())
        for operation in (preview_import, import_files):
            with pytest.raises(AppError):
                app.call(operation, [path])
    assert app.call(list_imports) == []
    assert app.call(count_orders, OrderFilter()) == 0
    files.check_counts()
    files.check_trail()


def test_a_hostile_file_among_good_ones_keeps_all_out(files: Shop, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(book())
    bad.write_bytes(CORPUS["two far cells"].content())
    with pytest.raises(AppError, match="XFD1048576"):
        files.app.call(import_files, [good, bad])
    assert files.app.call(count_orders, OrderFilter()) == 0
    assert files.app.call(list_imports) == []


def test_a_workbook_and_customers_in_an_archive_come_in_once(shop: Shop, tmp_path: Path) -> None:
    app = shop.app
    book_path, zip_path = tmp_path / "sales.xlsx", tmp_path / "all.zip"
    rows = [(str(n), "2015-01-01", *ROW[2:]) for n in range(1, 40)]
    book_path.write_bytes(book(rows_xml([HEADER, *rows])))
    customer = {"id": 7, "cid": "x", "name": "Aysel", "phone": None, "group_id": 1, "balance_id": 1}
    zip_path.write_bytes(zipped({"c.json": json.dumps([customer]).encode()}))
    seen = app.call(preview_import, [book_path, zip_path])
    assert (seen.orders_added, seen.customers_added) == (39, 1)
    first = app.call(import_files, [book_path, zip_path])
    assert (first.orders_added, first.customers_added, first.already_known) == (39, 1, 0)
    again = app.call(import_files, [book_path, zip_path])
    assert (again.orders_added, again.customers_added, again.already_known) == (0, 0, 40)
    assert app.call(list_imports)[0].files == ["sales.xlsx", "all.zip › c.json"]
    assert app.call(count_customers) == 1
    shop.check_counts()
    shop.check_trail()


def test_stopping_takes_effect_while_files_are_read(
    files: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sales.xlsx"
    path.write_bytes(book(rows_xml([HEADER, *[ROW] * 20_000])))
    reading = threading.Event()
    real = exchange_files.read_untrusted

    def noticed(*args, **kwargs):
        reading.set()
        return real(*args, **kwargs)

    monkeypatch.setattr(exchange_files, "read_untrusted", noticed)
    running = files.app.start(import_files, [path])
    assert reading.wait(20)
    started = time.perf_counter()
    running.progress.cancel()
    with pytest.raises(StoppedError):
        running.future.result(20)
    assert time.perf_counter() - started < 2
    assert files.app.call(count_orders, OrderFilter()) == 0


def test_stopping_takes_effect_while_rows_are_read(files: Shop, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    line = ",".join(ROW) + "\n"
    path.write_text(",".join(HEADER) + "\n" + line * 400_000)
    running = files.app.start(import_files, [path])
    while running.progress.snapshot().stage.text != "Reading {title}":
        assert not running.future.done()
        time.sleep(0.005)
    started = time.perf_counter()
    running.progress.cancel()
    with pytest.raises(StoppedError):
        running.future.result(20)
    assert time.perf_counter() - started < 1
    assert isinstance(running.progress, Progress)


def test_problems_without_end_are_counted_and_not_all_kept(files: Shop, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    bad = ",".join(("1", "never", *ROW[2:])) + "\n"
    path.write_text(",".join(HEADER) + "\n" + bad * 6000)
    report = files.app.call(preview_import, [path])
    assert report.rejected == 6000
    assert len(report.problems) == 5000
    assert "Only the first 5000 problems" in str(report.notices[0])
