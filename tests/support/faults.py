"""Run something with a fault at any of its file operations, and look at what is left."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

KINDS = ("crash", "torn", "eio", "enospc")
DIED, CHECK_FAILED = 137, 99
_SOURCE = Path(__file__).with_name("faults.c")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one run: how it ended, and what the check said (empty: all is well)."""

    kind: str
    point: int
    ended: int
    complaint: str


def library(folder: Path) -> Path | None:
    """Return the compiled shim, or None where there is no compiler or no LD_PRELOAD."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    built = folder / f"faults-{sysconfig.get_platform()}.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", built, _SOURCE,
         "-ldl"],
        check=True, capture_output=True,
    )  # fmt: skip
    return built


def forked(body: Callable[[], None]) -> tuple[int, str]:
    """Run `body` in a copy of this process; return its exit code and what went wrong."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        code = 0
        try:
            body()
        except BaseException as error:  # noqa: BLE001 - told to the parent, then the end
            os.write(write, f"{type(error).__name__}: {error}"[:2000].encode())
            code = CHECK_FAILED
        os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


class Sweep:
    """One piece of work, tried with faults: `fresh` makes its folder, `check` looks at the rest."""

    def __init__(
        self,
        folder: Path,
        *,
        fresh: Callable[[], None],
        work: Callable[[], None],
        check: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._fresh, self._work, self._check = fresh, work, check
        self._shim = ctypes.CDLL(None)
        self._shim.fault_count.restype = ctypes.c_long

    def points(self) -> int:
        """Return how many file operations the work has when nothing fails."""
        counted = self._folder.with_name("counted")

        def count() -> None:
            self._arm("none", 0)
            self._work()
            counted.write_text(str(self._shim.fault_count()))

        self._fresh()
        code, said = forked(count)
        if code:
            raise RuntimeError(said)
        return int(counted.read_text())

    def run(self, kind: str, point: int) -> Outcome:
        """Try the work with one fault and return what became of it."""

        def work() -> None:
            self._arm(kind, point)
            self._work()

        self._fresh()
        ended, bug = forked(work)
        checked, said = forked(self._check)
        complaint = said if checked == CHECK_FAILED else "" if checked == 0 else f"died {checked}"
        if ended == CHECK_FAILED:
            complaint = f"{bug} {complaint}"
        return Outcome(kind, point, ended, complaint)

    def _arm(self, kind: str, point: int) -> None:
        where = f"{self._folder}/".encode()
        self._shim.fault_arm(where, kind.encode(), ctypes.c_long(point))
