"""The child: what it may not do, what becomes of it, and that nothing it says is believed."""

import dataclasses
import io
import json
import os
import re
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.exchange.files import open_files
from desktop_app.exchange.worker import host, refusals
from desktop_app.exchange.worker.frames import DATA, END, FINISHED, HEAD, REFUSED, TABLE
from desktop_app.exchange.worker.limits import STANDARD, Limits
from desktop_app.exchange.worker.spool import Spool, TooMuchError
from desktop_app.exchange.worker.starting import ENTRY, start_child
from desktop_app.kernel.errors import AppError, InvalidError, StoppedError
from desktop_app.kernel.json_text import JsonFlaw
from tests.conftest import ROOT
from tests.support.workbooks import HEADER, ROW, book, rows_xml

MIB = 1 << 20
QUIET = {"formulas": 0, "formula": "", "errors": 0, "error": "", "lost": 0}


def frame(kind: bytes, payload: bytes) -> bytes:
    return HEAD.pack(kind, len(payload)) + payload


def said(kind: bytes, /, **facts) -> bytes:
    return frame(kind, json.dumps(facts).encode())


GOOD = (
    said(TABLE, name="a.csv", sheet="", kind="text")
    + frame(DATA, b"id,date\n")
    + said(END, **QUIET)
    + said(FINISHED, left_out=[], n=0)
)
BEGIN = said(TABLE, name="a", sheet="", kind="text")
UNNAMED = said(TABLE, name=[], sheet="", kind="text")


@pytest.fixture
def answering(monkeypatch):
    """Give a function that lets a program stand in for the child."""

    def answer(program: str) -> None:
        def start(_arguments, file):
            return subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", textwrap.dedent(program)],
                stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip

        monkeypatch.setattr(host, "start_child", start)

    return answer


def ask(limits: Limits = STANDARD, pulse=lambda: None):
    with open(os.devnull, "rb") as file:  # noqa: PTH123 - a descriptor is wanted
        return host.read_untrusted(file, "a.xlsx", "workbook", sheet="", limits=limits, pulse=pulse)


WALLS = """
import os, socket, sys
sys.path.insert(0, {root!r})
from desktop_app.exchange.worker.confine import confine
from desktop_app.exchange.worker.limits import Limits
found = []
def refused(what, work):
    try:
        work()
    except (OSError, MemoryError):
        found.append(what)
here = sorted(os.listdir("/proc/self/fd"))
environment, folder = sorted(os.environ), os.getcwd()
confine(Limits(memory=300 << 20))
refused("open", lambda: open("/etc/passwd"))
refused("write", lambda: open("/tmp/evil", "w"))
refused("socket", lambda: socket.socket())
refused("process", lambda: os.posix_spawn("/bin/true", ["true"], {{}}, file_actions=[
    (os.POSIX_SPAWN_OPEN, 9, "/etc/passwd", os.O_RDONLY, 0)]))
refused("memory", lambda: bytearray(400 << 20))
import resource
print(found, here, environment, folder, resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_the_child_has_no_files_no_network_and_no_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("CLOPOS_SECRET", "hunter2")
    monkeypatch.setattr(
        "desktop_app.exchange.worker.starting._program",
        lambda: [sys.executable, "-I", "-c", WALLS.format(root=str(ROOT))],
    )
    with (tmp_path / "other").open("wb") as kept, open(os.devnull, "rb") as file:  # noqa: PTH123
        os.set_inheritable(kept.fileno(), True)
        with start_child([], file) as child:
            told = child.stdout.read().decode()
            child.stdout.close()
    assert told.startswith("['open', 'write', 'socket', 'process', 'memory']"), told
    assert "['0', '1', '2', '3']" in told, "3 is the list of descriptors itself"
    assert "[] / (0, 0)" in told or "['LC_CTYPE'] / (0, 0)" in told


def test_the_child_loads_neither_the_program_nor_anything_that_holds_keys():
    code = (
        "import sys; import desktop_app.exchange.worker.child;"
        "print(sorted(m for m in sys.modules if m.partition('.')[0] in"
        " {'desktop_app','cryptography','sqlalchemy','sqlcipher3','PySide6','PIL','keyring'}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT,
                            check=True).stdout  # fmt: skip
    assert "exchange.worker.child" in loaded
    for unwanted in (
        "vault",
        ".db",
        "cryptography",
        "sqlalchemy",
        "PySide6",
        "PIL",
        "exchange.files",
    ):
        assert unwanted not in loaded


def test_the_packed_program_becomes_the_child(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(book())
    with path.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "packaging/launch.py", ENTRY, "workbook", "",
             STANDARD.to_text()],
            stdin=file, capture_output=True, cwd=ROOT, check=True, timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert done.stdout.startswith(TABLE)
    assert b"hawaiian" in done.stdout
    assert b"desktop_app.cli" not in done.stderr


def test_a_good_answer_is_taken(answering):
    answering(f"import os; os.write(1, {GOOD!r})")
    found = ask()
    assert [one.name for one in found.tables] == ["a.csv"]
    assert found.tables[0].content.open().read() == b"id,date\n"


@pytest.mark.parametrize(
    "program",
    {
        "aborts": "import os; os.abort()",
        "is killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "segfaults": "import ctypes; ctypes.string_at(0)",
        "says nothing": "",
        "ends with an error": "raise SystemExit(3)",
        "ends in the middle": f"import os; os.write(1, {GOOD[:-9]!r})",
        "dies after a table": f"import os; os.write(1, {GOOD[:60]!r}); os.abort()",
        "talks nonsense": "print('hello ' * 1000)",
        "claims a huge frame": f"import os; os.write(1, {HEAD.pack(DATA, 4_000_000_000)!r})",
        "claims a huge note": f"import os; os.write(1, {HEAD.pack(TABLE, 99999)!r} + bytes(99999))",
        "sends data without a table": f"import os; os.write(1, {frame(DATA, b'x')!r})",
        "ends a table it did not begin": f"import os; os.write(1, {said(END, **QUIET)!r})",
        "begins two": f"import os; os.write(1, {BEGIN!r} * 2)",
        "finishes within a table": (
            f"import os; os.write(1, {BEGIN!r}"
            f" + {said(FINISHED, left_out=[], n=0)!r})"
        ),
        "sends another kind": (
            f"import os; os.write(1, {said(TABLE, name='a', sheet='', kind='pickle')!r})"
        ),
        "sends lists for names": f"import os; os.write(1, {UNNAMED!r})",
        "counts below zero": f"import os; os.write(1, {said(FINISHED, left_out=[], n=-1)!r})",
        "refuses in unknown words": f"import os; os.write(1, {said(REFUSED, code='rm -rf')!r})",
        "refuses without a code": f"import os; os.write(1, {said(REFUSED)!r})",
        "refuses with a list": f"import os; os.write(1, {said(REFUSED, code=['x'])!r})",
        "sends deep json": f"import os; os.write(1, {frame(REFUSED, b'[' * 10_000)!r})",
        "sends a list": f"import os; os.write(1, {frame(FINISHED, b'[]')!r})",
    }.items(),
    ids=lambda pair: pair[0],
)  # fmt: skip
def test_a_child_that_dies_or_lies_is_told_in_words(answering, program):
    answering(program[1])
    with pytest.raises(InvalidError, match="could not be read"):
        ask()


def test_a_refusal_is_shown_without_what_could_rewrite_it(answering):
    place = "a\u202eb\x1b[31m{file}\n"
    answering(f"import os; os.write(1, {said(REFUSED, code='path', place=place)!r})")
    with pytest.raises(InvalidError) as refused:
        ask()
    told = str(refused.value.message)
    assert told == "“ab[31m{file}” in “a.xlsx” points to a place outside the archive."


def test_a_child_that_sends_without_end_is_ended(answering):
    answering(
        f"import os; os.write(1, {BEGIN!r})\n"
        f"while True: os.write(1, {HEAD.pack(DATA, MIB)!r} + bytes({MIB}))"
    )
    with pytest.raises(InvalidError, match="unpacks to more than 8 MiB"):
        ask(dataclasses.replace(STANDARD, unpacked=8 * MIB))


def test_what_does_not_compress_is_not_kept_without_end(monkeypatch):
    monkeypatch.setattr("desktop_app.exchange.worker.spool._KEPT_LIMIT", 3 * MIB)
    spool = Spool()
    noise = os.urandom(MIB)
    for _ in range(2):
        spool.put(noise)
    with pytest.raises(TooMuchError):
        spool.put(noise)


def test_a_child_that_hangs_is_ended_in_time(answering):
    answering("import time; time.sleep(600)")
    started = time.perf_counter()
    with pytest.raises(InvalidError, match="took longer"):
        ask(dataclasses.replace(STANDARD, wall=1))
    assert time.perf_counter() - started < 10


def test_a_file_that_takes_too_much_processor_time_is_told(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(rows_xml([HEADER, *[ROW] * 60_000])))
    with pytest.raises(InvalidError, match=r"took longer|memory"):
        open_files(path, limits=dataclasses.replace(STANDARD, cpu=1))


def test_a_file_that_takes_too_much_memory_is_told(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(rows_xml([HEADER, [os.urandom(8 * MIB).hex()]])))
    with pytest.raises(InvalidError, match="MiB of memory"):
        open_files(path, limits=dataclasses.replace(STANDARD, memory=40 * MIB))


def test_stopping_ends_the_child_at_once(answering):
    answering("import time; time.sleep(600)")
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()

    def pulse() -> None:
        if stop.is_set():
            raise StoppedError

    started = time.perf_counter()
    with pytest.raises(StoppedError):
        ask(pulse=pulse)
    assert time.perf_counter() - started < 5
    assert not [one for one in threading.enumerate() if one.name == "untrusted"]


def test_stopping_in_the_middle_of_a_flood_leaves_no_thread(answering):
    answering(
        f"import os; os.write(1, {BEGIN!r})\nwhile True: os.write(1, {frame(DATA, bytes(1000))!r})"
    )
    left = [50]

    def pulse() -> None:
        left[0] -= 1
        if not left[0]:
            raise StoppedError

    with pytest.raises(StoppedError):
        ask(pulse=pulse)
    assert not [one for one in threading.enumerate() if one.name == "untrusted"]


def test_where_no_child_can_be_started_it_is_told(monkeypatch):
    monkeypatch.setattr("desktop_app.exchange.worker.starting._program", lambda: ["/nowhere"])
    with pytest.raises(AppError, match=r"cannot be started: (No such file|Permission)"):
        ask()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=80), st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))
def test_no_bytes_of_a_child_do_more_than_fail(noise, start, end):
    content = GOOD[:start] + noise + GOOD[end:]

    class Silent:
        def __init__(self):
            self._frames = host.frames_of(io.BytesIO(content))

        def next(self, _pulse):
            try:
                return next(self._frames, None)
            except ValueError:
                return None

        def end(self):
            return refusals.crashed("a.xlsx", STANDARD)

    try:
        found = host._Answer("a.xlsx", STANDARD).of(Silent(), lambda: None)
    except AppError:
        return
    assert all(one.kind in {"text", "sheet", "json"} for one in found.tables)


def test_every_code_of_the_child_has_words():
    sources = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "desktop_app/exchange/worker").glob("*.py")
    )
    used = set(re.findall(r'Refused\("([a-z-]+)"', sources)) | {f"json-{flaw}" for flaw in JsonFlaw}
    assert used | {"memory", "damaged"} == refusals.codes()
