"""Imports that are cut off: whole days or nothing, and the rest comes in the second time."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.exchange.operations import import_files, list_imports
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import StoppedError, UnavailableError
from desktop_app.kernel.job import Progress
from desktop_app.orders.tables import Order, SalesHour
from desktop_app.venue.operations import change_setting
from tests.conftest import ROOT
from tests.database.shop import PASSWORD, PEOPLE, Shop

KILLS = int(os.environ.get("CLOPOS_KILLS", "50"))
DAYS, ORDERS, LINES = 60, 40, 3
FIRST = date(2025, 3, 1)


@pytest.fixture(scope="module")
def sales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file in the shape of pizzaplace.csv: 60 days of 40 orders of 3 lines."""
    path = tmp_path_factory.mktemp("sales") / "pizzaplace.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "date", "time", "name", "size", "type", "price"])
        for day in range(DAYS):
            for number in range(ORDERS):
                for line in range(LINES):
                    key = f"2025-{day * ORDERS + number + 1:06d}"
                    when = FIRST + timedelta(days=day)
                    clock = f"{12 + number // 10:02d}:{number % 10:02d}:00"
                    out.writerow([key, when, clock, f"dish {line}", "M", "classic", "12.50"])
    return path


_IMPORT = """
import sys
from pathlib import Path
from desktop_app.exchange import operations
from desktop_app.sign_in import Reception
operations.BATCH_LINES = 100  # one transaction a day
app = Reception(Path(sys.argv[1]), keyring=False).sign_in(sys.argv[2], sys.argv[3])
print("begin", flush=True)
report = app.call(operations.import_files, [Path(sys.argv[4])])
print("done", report.orders_added, flush=True)
"""


def _whole_days(shop: Shop) -> int:
    """Check that every stored day is whole and that sums, counts and trail agree; return days."""
    days: dict[int, int] = {}
    for row in shop.rows(Order):
        days[row["business_date"]] = days.get(row["business_date"], 0) + 1
    assert set(days.values()) <= {ORDERS}
    sums = sum(row["total_minor"] for row in shop.rows(SalesHour))
    assert sums == len(days) * ORDERS * LINES * 1250
    shop.check_counts()
    shop.check_trail()
    return len(days)


def test_an_import_that_is_killed_leaves_whole_days(files: Shop, sales: Path) -> None:
    files.close()
    chance = random.Random(20261103)  # noqa: S311 - moments, not secrets
    seen: set[int] = set()
    for attempt in range(KILLS):
        program = subprocess.Popen(
            [sys.executable, "-c", _IMPORT, files.folder, PEOPLE[Role.OWNER], PASSWORD, sales],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert program.stdout.readline() == "begin\n", program.stderr.read()
        wait = chance.uniform(0.0, 0.6) if attempt else 0.0
        try:
            program.wait(wait)
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGKILL)
        program.communicate()
        probe = Shop(files.folder, files.clock, files.held)
        seen.add(_whole_days(probe))
        probe.close()
    probe = Shop(files.folder, files.clock, files.held)
    probe.app.call(import_files, [sales])
    assert _whole_days(probe) == DAYS
    assert probe.app.call(import_files, [sales]).orders_added == 0
    probe.close()
    assert len(seen) > 1, "every kill came at the same moment"


def test_a_stopped_import_leaves_whole_days_and_goes_on(
    shop: Shop, sales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.exchange.operations.BATCH_LINES", 100)

    class _StopAtTen(Progress):
        def advance(self, steps: int = 1) -> None:
            super().advance(steps)
            if self.snapshot().done >= 10 * ORDERS:
                self.cancel()

    with pytest.raises(StoppedError):
        shop.app.call_watched(_StopAtTen(), import_files, [sales])
    stored = _whole_days(shop)
    assert 10 <= stored <= 11
    (run,) = shop.app.call(list_imports)
    assert not run.finished
    assert run.orders_added == stored * ORDERS
    report = shop.app.call(import_files, [sales])
    assert (report.orders_added, report.already_known) == (
        (DAYS - stored) * ORDERS,
        stored * ORDERS,
    )
    assert _whole_days(shop) == DAYS
    assert shop.app.call(list_imports)[0].finished


_WITH_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from desktop_app.exchange import operations
from desktop_app.kernel.errors import AppError
from desktop_app.sign_in import Reception
operations.BATCH_LINES = 100
app = Reception(Path(sys.argv[1]), keyring=False).sign_in(sys.argv[2], sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = (Path(sys.argv[1]) / "ops.db").stat().st_size + 400_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
try:
    app.call(operations.import_files, [Path(sys.argv[4])])
except AppError as error:
    print(type(error).__name__, error.exit_code, error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(app.call(operations.import_files, [Path(sys.argv[4])]).orders_added)
app.close()
"""


def test_a_file_that_cannot_grow_leaves_whole_days_and_works_again(
    files: Shop, sales: Path
) -> None:
    files.close()
    done = subprocess.run(
        [sys.executable, "-c", _WITH_LITTLE_ROOM, files.folder, PEOPLE[Role.OWNER], PASSWORD,
         sales],
        capture_output=True, text=True, cwd=ROOT, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told, added = done.stdout.strip().split("\n")
    assert told.startswith("UnavailableError 6 ")
    assert 0 < int(added) < DAYS * ORDERS
    probe = Shop(files.folder, files.clock, files.held)
    assert _whole_days(probe) == DAYS
    probe.close()


def _fill(ballast: Path) -> None:
    with suppress(OSError), ballast.open("wb", 0) as file:
        while True:
            file.write(bytes(4096))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_is_named_and_what_was_saved_stays(
    files: Shop, sales: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.exchange.operations.BATCH_LINES", 100)
    files.close()
    disk = tmp_path / "disk"
    disk.mkdir()
    ballast = disk / "ballast"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        place = disk / "store"
        subprocess.run(["cp", "-r", files.folder, place], check=True)
        small = Shop(place, files.clock, files.held)
        with closing(small):
            with pytest.raises(UnavailableError, match="The disk is full") as told:
                small.app.call(import_files, [sales])
            assert "Free at least" in str(told.value.hint)
            assert _whole_days(small) < DAYS
            _fill(ballast)
            with pytest.raises(UnavailableError, match="The disk is full"):
                small.app.call(change_setting, "documents.language", "en")
            ballast.unlink()
            small.app.call(change_setting, "documents.language", "en")
            small.check_trail()
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)
