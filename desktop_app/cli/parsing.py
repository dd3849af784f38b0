"""The argument parser: argparse, speaking our languages, guessing what was meant."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from typing_extensions import override

from desktop_app import __version__
from desktop_app.cli.declare import Command, Option
from desktop_app.cli.tree import COMMANDS, GLOBAL, GROUPS
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import LANGUAGES, Message, Words, msg, words

OPEN = "open"
_DEFAULTS = {
    "data": None,
    "user": None,
    "password_file": None,
    "totp_file": None,
    "json": False,
    "ask": None,
    "in_venue": None,
    "override_by": None,
    "override_password_file": None,
    "override_reason": None,
    "lang": None,
}
LATER = frozenset(
    {
        "backup drill",
        "backup prune",
        "imports undo",
        "privacy breach",
        "privacy consent",
        "privacy erase",
        "privacy request",
        "privacy requests",
        "privacy retention",
        "promises",
    }
)
"""Commands that other programs were promised and this version does not have yet."""
_NO_VALUE = re.compile(r"expected (one|at least one|\d+) argument")
_MISSING = re.compile(r"the following arguments are required: (.*)")
_NEEDED = re.compile(r"one of the arguments (.*) is required")


class _Usage(argparse.HelpFormatter):
    """The layout of argparse with our word for usage, and in it only what is the command's own."""

    def __init__(self, prog: str, word: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)
        self._word = word

    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        own = [action for action in actions if action.dest not in _DEFAULTS]
        super().add_usage(usage, own, groups, self._word if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that raises InvalidError in our words instead of ending the program."""

    def __init__(
        self, speech: Words | None = None, about: Message | None = None, **kwargs: Any
    ) -> None:
        spoken = speech or words("en")
        usage = spoken.say("Usage:") + " "
        super().__init__(
            **kwargs,
            add_help=False,
            allow_abbrev=False,
            description=spoken.of(about) if about else None,
            formatter_class=lambda prog: _Usage(prog, usage),
        )
        self._positionals.title = spoken.say("Arguments")
        self._optionals.title = spoken.say("Options")
        self.add_argument("-h", "--help", action="help", help=spoken.say("Show this and end."))

    def take(self, option: Option, spoken: Words) -> None:
        """Add a declared option."""
        self.add_argument(*option.names, help=spoken.of(option.about), **option.extra)

    @override
    def error(self, message: str) -> NoReturn:
        raise InvalidError(_complaint(message), hint=self._hint())

    @override
    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        names = [str(choice) for choice in action.choices]
        raise self._unknown(str(value), names, action)

    def _unknown(self, value: str, names: Sequence[str], action: argparse.Action) -> InvalidError:
        near = get_close_matches(value, names, n=1, cutoff=0.55)
        hint = msg("Did you mean “{near}”?", near=near[0]) if near else None
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - no public name
            return InvalidError(
                msg(
                    "“{value}” is not possible for {option}: there are {names}.",
                    value=value,
                    option="/".join(action.option_strings) or str(action.metavar or action.dest),
                    names=", ".join(names),
                ),
                hint=hint,
            )
        path = f"{self._path()} {value}".strip()
        if path in LATER:
            return _later(path)
        return InvalidError(
            msg("There is no command “{command}”.", command=path),
            hint=hint or msg("There are: {names}.", names=", ".join(names)),
        )

    def _path(self) -> str:
        return self.prog.partition(" ")[2]

    def _hint(self) -> Message:
        return msg("See “{command}”.", command=f"{self.prog} --help")


def _later(path: str) -> InvalidError:
    return InvalidError(
        msg("“{command}” comes with a later version of the program.", command=path),
        hint=msg("Nothing was done. What there is: {help}.", help="clopos-desk --help"),
    )


def _complaint(message: str) -> Message:
    """Return what argparse says in English in words that are translated."""
    option = re.match(r"argument ([^:]+): ", message)
    if found := _MISSING.search(message) or _NEEDED.search(message):
        return msg("Missing: {names}.", names=found[1])
    if option and _NO_VALUE.search(message):
        return msg("{option} needs a value.", option=option[1])
    if option and "ignored explicit argument" in message:
        return msg("{option} takes no value.", option=option[1])
    if option and "invalid int value" in message:
        return msg("{option} takes a whole number.", option=option[1])
    return msg("The command is not understood: {text}.", text=message)


def build_parser(speech: Words | None = None) -> Parser:
    """Return the parser of the whole command line in one language (English by default)."""
    spoken = speech or words("en")
    top = Parser(
        spoken,
        msg("Clopos Desk: the back office of a restaurant. Without a command the window opens."),
        prog="clopos-desk",
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"clopos-desk {__version__}",
        help=spoken.say("Show the version and end."),
    )
    branches = {"": _branch(top, spoken)}
    _take_global(top, spoken)
    for command in COMMANDS.values():
        group, _, name = command.path.rpartition(" ")
        branch = _made(group, branches, spoken)
        leaf = branch.add_parser(
            name, speech=spoken, about=command.about, help=spoken.of(command.about)
        )
        for option in command.options:
            leaf.take(option, spoken)
        _take_global(leaf, spoken)
        leaf.set_defaults(command=command.path)
    return top


def _made(group: str, branches: dict[str, Any], spoken: Words) -> Any:
    if group not in branches:
        above, _, name = group.rpartition(" ")
        about = GROUPS[group]
        parser = _made(above, branches, spoken).add_parser(
            name, speech=spoken, about=about, help=spoken.of(about)
        )
        branches[group] = _branch(parser, spoken)
        _take_global(parser, spoken)
        branches[group].required = True
    return branches[group]


def _branch(parser: Parser, spoken: Words) -> Any:
    return parser.add_subparsers(
        title=spoken.say("Commands"), metavar="COMMAND", parser_class=Parser, required=False
    )


def _take_global(parser: Parser, spoken: Words) -> None:
    """Options before a command and after it are the same; none given leaves the one before."""
    group = parser.add_argument_group(spoken.say("Options of every command"))
    for option in GLOBAL:
        extra = {**option.extra, "default": argparse.SUPPRESS}
        group.add_argument(*option.names, help=spoken.of(option.about), **extra)


def parse(parser: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of a command line; `command` names the command."""
    options = argparse.Namespace(command=OPEN)
    options, extra = parser.parse_known_args(arguments, options)
    for name, value in _DEFAULTS.items():
        if not hasattr(options, name):
            setattr(options, name, value)
    command = COMMANDS[options.command]
    if command.rest and not [word for word in extra if _is_option(word)]:
        more = [word for word in extra if word != "--"]
        setattr(options, command.rest, [*getattr(options, command.rest), *more])
    elif extra:
        raise _not_understood(command, extra)
    return options


def _is_option(word: str) -> bool:
    return word.startswith("-") and word not in {"-", "--"}


def _not_understood(command: Command, extra: Sequence[str]) -> InvalidError:
    if f"{command.path} {extra[0]}" in LATER:
        return _later(f"{command.path} {extra[0]}")
    known = [
        name
        for option in (*GLOBAL, *command.options)
        for name in option.names
        if name.startswith("-")
    ]
    unknown = next((word for word in extra if _is_option(word)), extra[0])
    near = get_close_matches(unknown.partition("=")[0], known, n=1, cutoff=0.55)
    return InvalidError(
        msg("“{word}” is not understood here.", word=unknown),
        hint=msg("Did you mean “{near}”?", near=near[0])
        if near
        else msg("See “{command}”.", command=f"clopos-desk {command.path} --help"),
    )


def wanted_language(arguments: Sequence[str]) -> str:
    """Return the language of `--lang`, or nothing where it is not given (or not one of ours)."""
    chosen = ""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--lang":
            chosen = following
        elif word.startswith("--lang="):
            chosen = word.partition("=")[2]
    return chosen if chosen in LANGUAGES else ""


def language_of_computer() -> str:
    """Return the language of the locale if we speak it, else Azerbaijani."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            short = value[:2].lower()
            return short if short in LANGUAGES else "az"
    return "az"
