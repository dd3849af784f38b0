"""Starts Clopos Desk: the window without a command, the command line with one."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from pathlib import Path

from desktop_app.cli.main import main as command_line
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.hardening import harden
from desktop_app.kernel.words import msg

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    harden()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe on Windows would speak cp1252
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return command_line(sys.argv[1:], open_window=_open_window)


def _open_window(data: Path, language: str) -> int:
    """Show the window; only here is Qt imported. UnavailableError without a screen: Qt aborts."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        raise UnavailableError(
            msg("The window needs a screen, and there is none here."),
            hint=msg("Sign in at the computer itself, or use the commands: clopos-desk --help."),
        )
    start = import_module("desktop_app.gui.start")
    return int(start.main(data, language))


if __name__ == "__main__":
    sys.exit(main())
