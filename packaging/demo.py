"""`make demo`: the whole main job on a demonstration store, to look at or to read afterwards.

    python packaging/demo.py window --out demo-output   fill a store and open the window on it
    python packaging/demo.py files --out demo-output    do the main job without a screen

Everything lies in the folder `--out`; the store in it is kept between runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402

from desktop_app.app import App  # noqa: E402
from desktop_app.backup.operations import run_backup, verify_backups  # noqa: E402
from desktop_app.customers.operations import count_customers, find_customers  # noqa: E402
from desktop_app.demo.guests import BEST  # noqa: E402
from desktop_app.demo.operations import OWNER, PASSWORD, TARGET, fill  # noqa: E402
from desktop_app.exchange.operations import import_files, preview_import  # noqa: E402
from desktop_app.kernel.errors import AppError, DamagedError  # noqa: E402
from desktop_app.kernel.job import Progress  # noqa: E402
from desktop_app.kernel.money import major  # noqa: E402
from desktop_app.kernel.words import msg  # noqa: E402
from desktop_app.privacy.operations import write_copy  # noqa: E402
from desktop_app.reports.operations import sales_by  # noqa: E402
from desktop_app.reports.records import Dimension, Period  # noqa: E402
from desktop_app.sign_in import Reception  # noqa: E402
from desktop_app.vault.recovery import RecoveryCode  # noqa: E402

SCREENS = "desktop_app.gui.screenshots"
PAGES = 2
LIST = """Kod;Ad Soyad;Telefon;E-poçt;Doğum tarixi;Ünvan;Balans;Qeyd
Y001;Xalidə Səmədova;050 012 11 22;xalide@example.com;14.02.1988;Bakı, Xaqani küçəsi 12;12,50;
Y002;Ильяс Гасанов;+994 55 012 33 44;ilyas@example.com;03.11.1979;;0;Terrasda oturur
Y003;Murad Əfəndiyev;0700125566;;27.06.1995;Bakı, 28 May küçəsi 4;-5,00;
Y004;Ayten Korkmaz;+90 532 012 77 88;ayten@example.com;;;0;Fındığa allergiyası var
Y005;;0500129900;;;;0;Adı yazılmayıb: bu sətir alınmır
"""


class Steps:
    """What was done, how long it took, and what came of it."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[dict[str, Any]]:
        """Say what is being done, keep what came of it."""
        print(f"demo: {title} … ", end="", flush=True)
        started = perf_counter()
        facts: dict[str, Any] = {}
        yield facts
        facts["seconds"] = round(perf_counter() - started, 2)
        self.found[name] = facts
        print(", ".join(f"{key.replace('_', ' ')} {value}" for key, value in facts.items()))


def main() -> int:
    """Run the demonstration; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, usage="demo.py window|files --out DIR")
    parser.add_argument("what", choices=("window", "files"))
    parser.add_argument("--out", type=Path, default=Path("demo-output"))
    parser.add_argument("--orders", type=int, default=20_000)
    options = parser.parse_args()
    out = options.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    steps = Steps()
    try:
        _filled(steps, out, options.orders)
        if options.what == "window":
            return _window(out)
        _main_job(steps, out)
        _screens(steps, out)
    except AppError as error:
        print(f"\ndemo: {error.message}", *([error.hint] if error.hint else []), file=sys.stderr)
        return error.exit_code
    finally:
        report = {"store": str(out / "store"), "user": OWNER, "password": PASSWORD, **steps.found}
        (out / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    _summary(out)
    return 0


def _filled(steps: Steps, out: Path, orders: int) -> None:
    reception = Reception(out / "store", keyring=False)
    code = out / "recovery-key.txt"
    if reception.has_store() and code.exists():
        print(f"demo: using the store of an earlier run (remove {out} to begin anew)")
        return
    for name in ("store", "backup"):
        shutil.rmtree(out / name, ignore_errors=True)
    with steps.step("fill", "filling a store with a year of one restaurant") as facts:
        done = fill(reception, orders=orders, backups=out / "backup")
        code.touch(mode=0o600)
        code.write_text(done.recovery_code_text + "\n")
        facts.update(
            orders=done.orders,
            customers=done.customers,
            products=done.products,
            employees=done.employees,
            revenue=f"{major(done.revenue_minor, done.currency)} {done.currency}",
        )


def _window(out: Path) -> int:
    print(f"demo: opening the window; sign in as “{OWNER}” with the password “{PASSWORD}”")
    command = [sys.executable, "-m", "desktop_app", "--data", str(out / "store"), "open"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - ourselves


def _main_job(steps: Steps, out: Path) -> None:
    with Reception(out / "store", keyring=False).sign_in(OWNER, PASSWORD) as app:
        _import(steps, app, out)
        _back_up(steps, app)
        _copy(steps, app, out)
        wanted = _contents(app)
    _restore(steps, out, wanted)


def _import(steps: Steps, app: App, out: Path) -> None:
    file = out / "customers.csv"
    file.write_text(LIST, encoding="utf-8-sig")
    with steps.step("import", "importing a list of customers") as facts:
        preview = app.call(preview_import, [file])
        report = app.call(import_files, [file])
        facts.update(
            reader=report.source,
            previewed=preview.customers_added,
            added=report.customers_added,
            known=report.already_known,
            rejected=report.rejected,
        )


def _back_up(steps: Steps, app: App) -> None:
    with steps.step("backup", "making a backup") as facts:
        (run,) = app.call(run_backup, TARGET)
        facts.update(snapshot=run.snapshot, added_bytes=run.bytes_added, rows=run.rows)
    with steps.step("verify", "reading every byte of the backups again") as facts:
        found = app.call(verify_backups, TARGET, full=True)
        facts.update(snapshots=found.snapshots, bytes=found.bytes, problems=len(found.problems))
    if found.problems:
        raise DamagedError(found.problems[0].message)


def _copy(steps: Steps, app: App, out: Path) -> None:
    (customer,) = app.call(find_customers, BEST).rows
    with steps.step("copy", f"writing all that is known of {customer.name}") as facts:
        app.confirm(write_copy, PASSWORD)
        made = app.call(write_copy, customer.id, out / "copy.pdf", language="az")
        facts.update(pages=made.pages, places=made.places_searched, sha256=made.sha256[:12])
    with pypdfium2.PdfDocument(out / "copy.pdf") as paper:
        for number in range(min(PAGES, len(paper))):
            picture = paper[number].render(scale=2).to_pil()
            picture.save(out / f"copy-page-{number + 1}.png")


def _contents(app: App) -> dict[str, Any]:
    """Return figures that must be the same in a restored store."""
    figures: dict[str, Any] = {
        dimension.value: app.call(sales_by, dimension, Period()).rows
        for dimension in (Dimension.DAY, Dimension.ITEM, Dimension.PAYMENT)
    }
    figures["customers"] = app.call(count_customers)
    return figures


def _restore(steps: Steps, out: Path, wanted: dict[str, Any]) -> None:
    into = out / "restored"
    shutil.rmtree(into, ignore_errors=True)
    with steps.step("restore", "restoring it into another folder and comparing") as facts:
        reception = Reception(into, keyring=False)
        code = RecoveryCode.read(out / "recovery-key.txt")
        done = reception.restore(str(out / "backup"), code, progress=Progress())
        with reception.sign_in(OWNER, PASSWORD) as app:
            same = _contents(app) == wanted
        facts.update(rows=done.rows, audit_ok=done.audit_ok, mismatches=len(done.mismatches))
        facts["same_figures"] = same
    if done.mismatches or not done.audit_ok or not same:
        raise DamagedError(msg("The restored store differs from the one that was backed up."))


def _screens(steps: Steps, out: Path) -> None:
    try:
        take = import_module(SCREENS).take
    except ModuleNotFoundError as error:
        if error.name != SCREENS:
            raise
        print(f"demo: no pictures of the window: {SCREENS} is missing")
        steps.found["screens"] = {"missing": SCREENS}
        return
    shutil.rmtree(out / "screens", ignore_errors=True)
    with steps.step("screens", "taking pictures of the window") as facts:
        facts["pictures"] = len(take(out / "store", OWNER, PASSWORD, out / "screens"))


def _summary(out: Path) -> None:
    print(f"demo: done; in {os.path.relpath(out)}/:")
    for name, what in (
        ("screens", "pictures of the window"),
        ("copy.pdf", "everything the restaurant knows about one customer"),
        ("copy-page-1.png", "its first page, as a picture"),
        ("backup", "the backups, encrypted"),
        ("restored", "the store that was restored from them"),
        ("store", f"the store: user “{OWNER}”, password “{PASSWORD}”"),
        ("recovery-key.txt", "its recovery key (of a real store, keep it on paper only)"),
        ("report.json", "what was done, with its figures and times"),
    ):
        if (out / name).exists():
            print(f"  {name:17} {what}")


if __name__ == "__main__":
    sys.exit(main())
