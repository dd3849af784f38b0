"""The command line: reads what is wanted, has it done, writes the answer, returns the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from desktop_app.cli import crash
from desktop_app.cli.call import Call, FiledInstead
from desktop_app.cli.declare import Command
from desktop_app.cli.folder import default_folder
from desktop_app.cli.output import Answer, write, write_error
from desktop_app.cli.parsing import (
    OPEN,
    build_parser,
    language_of_computer,
    parse,
    wanted_language,
)
from desktop_app.cli.tree import COMMANDS
from desktop_app.kernel.crash import report
from desktop_app.kernel.errors import BUG_EXIT_CODE, AppError, StoppedError, UnavailableError
from desktop_app.kernel.logs import keep_cards_out
from desktop_app.kernel.words import Message, msg, words

__all__ = ["build_parser", "main"]

OpenWindow = Callable[[Path, str], int]


class BugError(AppError):
    """A fault of ours, as it is told to the person."""

    exit_code = BUG_EXIT_CODE
    code = "bug"


def main(arguments: Sequence[str], *, open_window: OpenWindow) -> int:
    """Do what the arguments ask; `open_window(folder, language)` shows the window."""
    keep_cards_out()
    language = wanted_language(arguments)
    spoken = words(language or language_of_computer())
    as_json = "--json" in arguments
    folder = default_folder  # for the report of a bug
    try:
        call = Call(parse(build_parser(spoken), arguments), spoken)
        folder = lambda: call.data  # noqa: E731 - the folder that was asked for
        if call.options.command == OPEN:
            return open_window(call.data, language)
        answer = _answered(COMMANDS[call.options.command], call)
        write(answer, spoken, as_json=as_json)
    except SystemExit as end:  # --help and --version
        return int(end.code or 0)
    except BrokenPipeError:
        return _reader_gone()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - nothing is above this border
        told = _told(error, folder)
        write_error(told, spoken, as_json=as_json)
        return told.exit_code
    return answer.exit_code


def _answered(command: Command, call: Call) -> Answer:
    module, _, name = command.run.partition(":")
    if command.signed_in:
        with call.signed_in() as desk:
            try:
                answer: Answer = getattr(_loaded(module), name)(call, desk)
            except FiledInstead as filed:
                answer = filed.answer
    else:
        answer = getattr(_loaded(module), name)(call)
    return answer


def _loaded(module: str) -> object:
    return import_module(f"desktop_app.cli.commands.{module}")


def _reader_gone() -> int:
    """End quietly when whoever reads us (`| head`) has seen enough."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)
    return 0


def _told(error: BaseException, folder: Callable[[], Path]) -> AppError:
    """Return the error as a person is told; a bug leaves a report."""
    match error:
        case AppError():
            return error
        case KeyboardInterrupt():
            return StoppedError()
        case OSError() if error.errno in crash.FULL:
            return UnavailableError(
                msg("The answer cannot be written: {reason}.", reason=error.strerror or "?"),
                hint=msg("Free space there, check the rights, or choose another folder."),
            )
        case _:
            return _bug(error, folder())


def _bug(error: BaseException, data: Path) -> BugError:
    kept = crash.save(data, report(error))
    hint: Message | None = None
    if kept is not None:
        hint = msg("Send us {file}; it says where, and nothing about people.", file=kept)
    return BugError(msg("This is a fault of the program, not yours."), hint=hint)
