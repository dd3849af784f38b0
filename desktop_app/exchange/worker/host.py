"""Our side: starts a child for a file, checks what it sends, ends it, says what went wrong."""

from __future__ import annotations

import queue
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from subprocess import Popen
from types import TracebackType
from typing import Any, BinaryIO, Self

from desktop_app.exchange.worker.frames import (
    FINISHED,
    NOTE_LIMIT,
    REFUSED,
    BadFrameError,
    Frame,
    frames_of,
)
from desktop_app.exchange.worker.limits import MIB, Limits
from desktop_app.exchange.worker.refusals import crashed, refusal, too_slow, unstartable
from desktop_app.exchange.worker.spool import Spool, TooMuchError
from desktop_app.exchange.worker.starting import start_child
from desktop_app.exchange.worker.windows_job import job_for
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.json_text import BadJsonError, read_json
from desktop_app.kernel.text import clean

Pulse = Callable[[], None]

_LOOK_S = 0.05
_FRAMES_WAITING = 8
_TEXT_LIMIT = 200
_TABLES_LIMIT = 2_000
_KINDS = frozenset({"text", "sheet", "json", "picture"})


@dataclass(frozen=True, slots=True)
class Flags:
    """What is odd about a sheet: how many cells, and where the first is."""

    formulas: int = 0
    formula: str = ""
    errors: int = 0
    error: str = ""
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was in a file: text as it lay there, a sheet as CSV, records of JSON."""

    name: str
    sheet: str
    kind: str
    content: Spool
    flags: Flags


@dataclass(frozen=True, slots=True)
class Found:
    """All tables of a file, and the names of what could not be read."""

    tables: list[Table]
    left_out: list[str]
    left_out_count: int


def read_untrusted(
    file: BinaryIO, name: str, kind: str, *, sheet: str, limits: Limits, pulse: Pulse
) -> Found:
    """Return the tables of an open file (`workbook`, `archive`, `json` or `picture`).

    `pulse` is called all the time and may raise: then the child is gone at once. Whatever the file
    does to the child, InvalidError or UnavailableError says so.
    """
    with _Child(file, name, kind, sheet, limits) as child:
        return _Answer(name, limits).of(child, pulse)


class _Child:
    def __init__(self, file: BinaryIO, name: str, kind: str, sheet: str, limits: Limits) -> None:
        file.seek(0)
        try:
            self._process: Popen[bytes] = start_child([kind, sheet, limits.to_text()], file)
        except OSError as error:
            raise unstartable(name, error) from error
        self._name = name
        self._job: object | None = None
        self._deadline = monotonic() + limits.wall
        self._limits = limits
        self._waiting: queue.Queue[Frame | None] = queue.Queue(_FRAMES_WAITING)
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="untrusted", daemon=True)

    def __enter__(self) -> Self:
        try:
            self._job = job_for(self._process, self._limits.memory)
        except OSError as error:
            self._process.kill()
            raise unstartable(self._name, error) from error
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._gone.set()
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._thread.join()
        if self._process.stdout:
            self._process.stdout.close()

    def next(self, pulse: Pulse) -> Frame | None:
        """Return the next frame, None at the end; whatever `pulse` raises, or that it is slow."""
        while True:
            pulse()
            if monotonic() > self._deadline:
                raise too_slow(self._name, self._limits)
            with suppress(queue.Empty):
                return self._waiting.get(timeout=_LOOK_S)

    def end(self) -> AppError:
        """Return what to say of a child that ended without an answer."""
        self._process.kill()
        code = self._process.wait()
        if code == -getattr(signal, "SIGXCPU", 0):
            return too_slow(self._name, self._limits)
        return crashed(self._name, self._limits)

    def _listen(self) -> None:
        frame: Frame | None = None
        with suppress(BadFrameError, OSError, ValueError):
            for frame in frames_of(self._process.stdout):  # type: ignore[arg-type]
                if not self._offer(frame):
                    return
        self._offer(None)

    def _offer(self, frame: Frame | None) -> bool:
        while not self._gone.is_set():
            with suppress(queue.Full):
                self._waiting.put(frame, timeout=_LOOK_S)
                return True
        return False


class _Answer:
    """Puts the answer together and believes nothing of it."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._tables: list[Table] = []
        self._size = 0
        self._open: tuple[str, str, str, Spool] | None = None

    def of(self, child: _Child, pulse: Pulse) -> Found:
        """Return everything; an error in words where the child has none or talks nonsense."""
        try:
            while (frame := child.next(pulse)) is not None:
                kind, payload = frame
                if kind == FINISHED and self._open is None:
                    facts = _facts(payload)
                    names = [_text(one) for one in list(facts["left_out"])]
                    return Found(self._tables, names, _count(facts["n"]))
                if kind == REFUSED:
                    raise refusal(self._name, _plain(_facts(payload)), self._limits)
                self._take(kind, payload)
        except TooMuchError:
            limit = self._limits.unpacked // MIB
            raise refusal(self._name, {"code": "unpacked", "limit": limit}, self._limits) from None
        except (BadFrameError, BadJsonError, KeyError, TypeError):
            raise crashed(self._name, self._limits) from None
        raise child.end()

    def _take(self, kind: bytes, payload: bytes) -> None:
        match kind, self._open:
            case (b"T", None):
                self._begin(_facts(payload))
            case (b"D", (_, _, _, spool)):
                self._size += len(payload)
                if self._size > self._limits.unpacked:
                    raise TooMuchError
                spool.put(payload)
            case (b"E", (name, sheet, table_kind, spool)):
                spool.close()
                self._tables.append(Table(name, sheet, table_kind, spool, _flags(_facts(payload))))
                self._open = None
            case _:
                raise BadFrameError

    def _begin(self, facts: dict[str, Any]) -> None:
        kind = _text(facts["kind"])
        if kind not in _KINDS or len(self._tables) >= _TABLES_LIMIT:
            raise BadFrameError
        self._open = (_text(facts["name"]), _text(facts["sheet"]), kind, Spool())


def _facts(payload: bytes) -> dict[str, Any]:
    found = read_json(payload, size=NOTE_LIMIT, depth=3)
    if not isinstance(found, dict):
        raise BadFrameError
    return found


def _plain(facts: dict[str, Any]) -> dict[str, str | int]:
    """Return the facts of a refusal as short texts and numbers."""
    return {
        key: _count(value) if isinstance(value, int) else _text(value)
        for key, value in facts.items()
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadFrameError
    return clean(value)[:_TEXT_LIMIT]


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadFrameError
    return value


def _flags(facts: dict[str, Any]) -> Flags:
    return Flags(
        _count(facts["formulas"]), _text(facts["formula"]), _count(facts["errors"]),
        _text(facts["error"]), _count(facts["lost"]),
    )  # fmt: skip
