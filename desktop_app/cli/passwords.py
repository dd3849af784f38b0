"""Where passwords come from: a file, standard input or the terminal.

Never an argument and never the environment: other programs can read both.
"""

from __future__ import annotations

import codecs
import getpass
import sys
from pathlib import Path

from desktop_app.kernel.errors import (
    InvalidError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from desktop_app.kernel.words import Message, Words, msg

STANDARD_INPUT = "-"
_LONGEST = 64 * 1024


def from_file(name: str) -> str:
    """Return the first line of a file (`-`: of standard input) without its line end."""
    raw = _line_of_input() if name == STANDARD_INPUT else _line_of(Path(name))
    try:
        line = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        raise InvalidError(
            msg("The password file {file} is not text in UTF-8.", file=name), field="password"
        ) from None
    line = line.removesuffix("\n").removesuffix("\r")
    if not line:
        raise InvalidError(
            msg("The password file {file} is empty.", file=name),
            field="password",
            hint=msg("Its first line must be the password."),
        )
    return line


def _line_of_input() -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is not None:
        return bytes(stream.readline(_LONGEST))
    return sys.stdin.readline(_LONGEST).encode()


def _line_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.readline(_LONGEST)
    except FileNotFoundError:
        raise NotFoundError(msg("There is no password file {file}.", file=path)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnavailableError(
            msg("The password file {file} cannot be read: {reason}.", file=path, reason=reason)
        ) from None


def asked(prompt: Message, spoken: Words, *, option: str) -> str:
    """Ask at the terminal; where there is none, say which option names a file."""
    if not has_terminal():
        raise NotAllowedError(
            msg("A password is needed, and there is no terminal to ask for it."),
            hint=msg(
                "Give it with {option} FILE, or {option} - for standard input.", option=option
            ),
        )
    try:
        return getpass.getpass(f"{spoken.of(prompt)} ")
    except EOFError:
        raise KeyboardInterrupt from None


def asked_twice(prompt: Message, spoken: Words, *, option: str) -> str:
    """Ask for a new password twice."""
    first = asked(prompt, spoken, option=option)
    if asked(msg("The same again:"), spoken, option=option) != first:
        raise InvalidError(msg("The two passwords differ; nothing was changed."), field="password")
    return first


def new_password(file: str | None, spoken: Words, *, option: str) -> str:
    """Return a new password from a file, or asked for twice."""
    if file is not None:
        return from_file(file)
    return asked_twice(msg("New password:"), spoken, option=option)


def has_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty()
