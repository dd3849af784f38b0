"""The command line starts quickly: it loads what it needs, and never the window."""

import ast
import subprocess
import sys

import pytest

from tests.cli import shop
from tests.conftest import ROOT

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
HEAVY = ("PySide6", "numpy", "reportlab", "alembic", "sqlalchemy", "desktop_app.app")

PROBE = """
import sys
from desktop_app.cli.main import main
code = main(sys.argv[1:], open_window=lambda folder, language: 0)
print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


def loaded(*arguments) -> tuple[int, list[str]]:
    """Run a command in a fresh interpreter; return its exit code and the heavy parts it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(heavy=HEAVY), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=shop.environment(),
        check=True,
    )
    code, _, names = done.stderr.strip().splitlines()[-1].partition(" ")
    return int(code), ast.literal_eval(names)


@pytest.mark.parametrize("arguments", [["--help"], ["bakcup"], ["orders", "list", "--limit", "x"]])
def test_help_and_wrong_words_load_no_database(arguments):
    assert loaded(*arguments)[1] == []


def test_status_loads_no_database(store):
    assert loaded("--data", store, "status") == (0, [])


def test_a_command_that_signs_in_loads_no_window(store, password_file):
    who = ("--data", store, "--user", shop.OWNER, "--password-file", password_file)
    code, names = loaded(*who, "orders", "list")
    assert code == 0
    assert "PySide6" not in names
    assert "desktop_app.app" in names


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_says_so(store):
    home = {name: value for name, value in shop.environment().items() if name not in SCREENS}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--lang", "en", "--data", store],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=home,
        check=False,
    )
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr.startswith("The window needs a screen")
