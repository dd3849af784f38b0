"""How a command is declared: its words, its options, and the function that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.kernel.words import Message


@dataclass(frozen=True, slots=True)
class Option:
    """An argument of a command; `extra` goes to argparse as it is."""

    names: tuple[str, ...]
    about: Message
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `run` is `module:function` under `cli.commands`, imported when it is needed.

    A command that is `signed_in` gets the store opened. `rest` names the positional that may also
    stand between or after options (argparse reads only the first run of them).
    """

    path: str
    about: Message
    run: str
    options: tuple[Option, ...] = ()
    signed_in: bool = True
    rest: str = ""


def opt(*names: str, about: Message, **extra: Any) -> Option:
    """Declare an option or a positional argument."""
    return Option(names, about, extra)
