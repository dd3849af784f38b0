"""Starting the child: our own Python with nothing of ours but the code, or the packed program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

ENTRY = "--read-untrusted-file"
"""The hidden first argument by which the packed program becomes the child."""

_ROOT = Path(__file__).resolve().parents[3]
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from desktop_app.exchange.worker.child import main; sys.exit(main(sys.argv[1:]))"
)
# Windows programs do not start without it.
_KEPT = ("SYSTEMROOT",)


def start_child(arguments: Sequence[str], file: BinaryIO) -> subprocess.Popen[bytes]:
    """Return the started child with `file` as its only open file; OSError where none starts.

    It inherits no environment, no folder and no descriptors; nothing it says on its own is kept.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own program, a list of arguments, no shell
        [*_program(), *arguments],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=Path(sys.executable).anchor,
        close_fds=True,
        start_new_session=sys.platform != "win32",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, ENTRY]
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, str(_ROOT)]
