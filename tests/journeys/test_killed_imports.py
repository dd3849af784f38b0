"""Power cuts during an import: whole business days or nothing, and nothing counted is lost."""

import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest

from desktop_app.access import operations as access
from desktop_app.cli.main import main
from desktop_app.kernel.job import Progress
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sign_in import Reception
from tests.cli import shop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

DAYS, ORDERS = 60, 80
BATCHES = 5  # 19,200 lines, some 4,000 to a transaction
ONE_BATCH_S = 0.07
PARTIAL = 2


def import_in_a_child(arguments: list[str], after: int | None, seconds: float = 0) -> int:
    """Import in a forked process that the system ends without warning.

    The end comes some seconds after so many batches were saved; with None it does not come.
    """
    child = os.fork()
    if child == 0:
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel's answer to it is an end
        saved = [0]
        advance = Progress.advance

        def counted(progress: Progress, steps: int = 1) -> None:
            advance(progress, steps)
            saved[0] += 1
            if saved[0] == after:
                signal.setitimer(signal.ITIMER_REAL, seconds)

        if after == 0:
            signal.setitimer(signal.ITIMER_REAL, ONE_BATCH_S + seconds)
        Progress.advance = counted
        code = 1
        try:
            code = main(arguments, open_window=lambda _folder, _language: 0)
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def days_in(folder: Path) -> dict[str, int]:
    """Return how many orders each business day of a store has; the trail must be whole."""
    with Reception(folder, keyring=False).sign_in(shop.OWNER, shop.PASSWORD) as app:
        assert app.call(access.verify_trail).ok
        report = app.call(sales_by, Dimension.DAY, Period())
    assert sum(row.revenue_minor for row in report.rows) == report.total.revenue_minor
    return {row.key: row.orders for row in report.rows}


def kill_imports(folder: Path, store: Path, password_file: Path, kills: int) -> int:
    """Cut imports off at random moments until `kills` were, and two left some days.

    On a busy machine most are cut off before their first batch: then it is tried more often.
    Return how many left some days.
    """
    text, expected = shop.many_sales(DAYS, ORDERS)
    sales = shop.write(folder, "sales.csv", text)
    chance = random.Random(2026)  # noqa: S311 - the same moments every time

    def arguments(data: Path) -> list[str]:
        who = ["--data", str(data), "--user", shop.OWNER, "--password-file", str(password_file)]
        return [*who, "--lang", "en", "import", "auto", str(sales)]

    whole = folder / "whole"
    shutil.copytree(store, whole)
    assert import_in_a_child(arguments(whole), None) == 0
    assert days_in(whole) == expected

    data, before, partial, done = folder / "data", expected, 0, 0
    while done < kills or (partial < PARTIAL and done < 4 * kills):
        if before == expected:
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(store, data)
            before = {}
        delay = chance.uniform(0.001, ONE_BATCH_S)
        status = import_in_a_child(arguments(data), chance.randrange(BATCHES), delay)
        done += os.WIFSIGNALED(status)
        found = days_in(data)
        assert before.items() <= found.items() <= expected.items()
        assert os.WIFSIGNALED(status) or found == expected
        partial += before.items() < found.items() < expected.items()
        before = found
    assert import_in_a_child(arguments(data), None) == 0
    assert days_in(data) == expected
    return partial


def test_a_killed_import_leaves_whole_days_and_can_be_repeated(store, password_file, tmp_path):
    assert kill_imports(tmp_path, store, password_file, kills=10) >= PARTIAL
