"""Everything a person can set, call or be told by number is described in the help."""

import argparse
import importlib

import pytest

from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import BUG_EXIT_CODE, AppError
from tests.conftest import ROOT

HELP = ROOT / "resources" / "help"


@pytest.fixture(scope="module")
def help_text():
    pages = sorted(HELP.rglob("*.md"))
    assert pages, "the help is gone (resources/help)"
    return "\n".join(page.read_text("utf-8") for page in pages)


def needs(module: str):
    return importlib.import_module(module)


def undescribed(names, text: str) -> list[str]:
    """Return the names that stand nowhere in the help between backticks."""
    return sorted(name for name in names if f"`{name}`" not in text)


def test_every_permission_is_described(help_text):
    assert not undescribed((permission.value for permission in Permission), help_text)


def test_every_exit_code_is_described(help_text):
    codes = {str(error.exit_code) for error in AppError.__subclasses__()} | {str(BUG_EXIT_CODE)}
    assert not undescribed(codes | {"0"}, help_text)


def test_every_setting_is_described(help_text):
    settings = needs("desktop_app.kernel.settings").SETTINGS
    assert not undescribed(settings, help_text)


def test_every_command_is_described(help_text):
    parser = needs("desktop_app.cli.main").build_parser()
    assert not undescribed(commands(parser), help_text)


def commands(parser: argparse.ArgumentParser, before: str = "") -> set[str]:
    """Return `backup run`, `import` and so on: the commands that do something themselves."""
    found: set[str] = set()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found |= commands(inner, f"{before} {name}".strip())
    return found or {before}


def test_commands_are_found_at_every_depth():
    parser = argparse.ArgumentParser()
    first = parser.add_subparsers()
    first.add_parser("init")
    first.add_parser("backup").add_subparsers().add_parser("run")
    assert commands(parser) == {"init", "backup run"}


def test_a_name_without_backticks_is_not_described():
    assert undescribed(["orders:read"], "orders:read") == ["orders:read"]
    assert undescribed(["orders:read"], "with `orders:read` you see") == []
