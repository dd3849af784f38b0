"""The help says the same in every language it is written in, and all of it is true."""

import re

import pytest

from desktop_app.cli.tree import COMMANDS, GLOBAL
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import BUG_EXIT_CODE, AppError
from desktop_app.kernel.resources import resource
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.kernel.settings import SETTINGS

LANGUAGES = ("en", "az")
CODE = re.compile(r"`([^`\n]+)`")


def text_of(language: str) -> str:
    return "\n".join(page.read_text("utf-8") for page in sorted(pages(language).values()))


def pages(language: str):
    return {page.name: page for page in resource("help", language).glob("*.md")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_setting_right_and_exit_code_is_described(language):
    described = set(CODE.findall(text_of(language)))
    codes = {str(error.exit_code) for error in AppError.__subclasses__()} | {str(BUG_EXIT_CODE)}
    wanted = {*COMMANDS, *SETTINGS, *(right.value for right in Permission), *codes, "0"}
    assert wanted <= described, wanted - described


def test_every_page_is_there_in_every_language():
    assert set(pages("en")) == set(pages("az")) != set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_rights_is_the_one_the_program_keeps(language):
    rows = [line.split("|") for line in text_of(language).splitlines() if line.startswith("| `")]
    table = {row[1].strip(" `"): row[3:8] for row in rows if ":" in row[1] or "anyone" in row[1]}
    assert set(table) == {right.value for right in Permission}
    for right, cells in table.items():
        for role, cell in zip(Role, cells, strict=True):
            allowed = Permission(right) in BUILT_IN[role].permissions
            assert bool(cell.strip()) is allowed, (right, role)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_settings_has_their_defaults(language):
    rows = [line.split("|") for line in text_of(language).splitlines() if line.startswith("| `")]
    table = {row[1].strip(" `"): row[3].strip() for row in rows if row[1].strip(" `") in SETTINGS}
    assert table == {name: setting.default for name, setting in SETTINGS.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_named_in_the_help_exist(language):
    known = {
        name for command in COMMANDS.values() for option in command.options for name in option.names
    }
    everywhere = {"--help", *(name for option in GLOBAL for name in option.names)}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(language)))
    assert named <= known | everywhere
