"""The import rules hold, each of them catches what it forbids, and the CLI starts without Qt."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

# contract -> (module, source) that breaks it
PLANTED = {
    "layers": ("kernel/planted_layers.py", "import desktop_app.db.types"),
    "qt": ("kernel/planted_qt.py", "import PySide6.QtCore"),
    "sql": ("kernel/planted_sql.py", "import sqlalchemy"),
    "tables": ("gui/planted_tables.py", "import desktop_app.orders.tables"),
    "engine": ("orders/planted_engine.py", "import desktop_app.db.engine"),
    "drivers": ("backup/planted_driver.py", "import sqlcipher3"),
    "screens": ("gui/screens/planted_one/page.py", "import desktop_app.gui.screens.planted_two"),
    "paper": ("privacy/planted_paper.py", "import reportlab.pdfgen"),
    "crypto": ("db/planted_crypto.py", "import cryptography.fernet"),
    "locked-files": ("reports/planted_lock.py", "import pyzipper"),
    "keyring": ("db/planted_keyring.py", "import keyring"),
    "numpy": ("reports/planted_numpy.py", "import numpy"),
    "untrusted": ("reports/planted_calamine.py", "import python_calamine"),
    "acyclic": ("vault/planted_circle/one.py", "import desktop_app.vault.planted_round.two"),
}
ALSO_NEEDED = {
    "gui/screens/planted_two/page.py": "",
    "vault/planted_round/two.py": "import desktop_app.vault.planted_circle.one",
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def plant(folder: Path, module: str, source: str) -> None:
    path = folder / "desktop_app" / module
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(source + "\n", encoding="utf-8")


@pytest.fixture
def copy(tmp_path):
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "desktop_app", tmp_path / "desktop_app", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def contracts() -> dict[str, str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {each["id"]: each["name"] for each in config["tool"]["importlinter"]["contracts"]}


def test_the_program_keeps_the_import_rules():
    told = lint_imports(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_import_rule_catches_what_it_forbids(copy):
    for module, source in [*PLANTED.values(), *ALSO_NEEDED.items()]:
        plant(copy, module, source)
    told = lint_imports(copy).stdout
    kept = {id_ for id_, name in contracts().items() if f"{name} BROKEN" not in told}
    assert not kept, f"{kept} did not notice\n{told}"


def test_every_import_rule_has_a_planted_violation():
    assert PLANTED.keys() == contracts().keys()


def test_a_package_without_a_place_is_noticed(copy):
    plant(copy, "gossip/__init__.py", "")
    told = lint_imports(copy)
    assert told.returncode != 0
    assert "gossip" in told.stdout + told.stderr


def test_the_command_line_starts_without_qt():
    script = (
        "import atexit, runpy, sys\n"
        "atexit.register(lambda: print(sorted(m for m in sys.modules if 'PySide6' in m)))\n"
        "sys.argv = ['clopos-desk', '--help']\n"
        "runpy.run_module('desktop_app', run_name='__main__')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "[]"
    assert len(ran.stdout.splitlines()) > 1
