"""Hostile files: the window lives, its memory is bounded, and a sentence says what is wrong."""

import dataclasses
import os
import re
import socket
import threading
import time
from pathlib import Path

import pytest

from desktop_app.exchange.files import open_files
from desktop_app.exchange.recognise import shared_out
from desktop_app.exchange.worker.limits import STANDARD
from desktop_app.kernel.errors import AppError, InvalidError, NotFoundError, UnavailableError
from desktop_app.kernel.words import words
from tests.support.hostile_files import CORPUS, CSV, Hostile
from tests.support.memory import peak_mib

SENTENCE = re.compile(r"[A-Z“0-9].*[.)]\Z", re.DOTALL)
GROWTH_MIB = 120


def _restart_peak() -> bool:
    """Let the peak of this process count from now on."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


@pytest.mark.parametrize("case", CORPUS.values(), ids=CORPUS.keys())
def test_a_hostile_file_is_refused_in_words(case: Hostile, tmp_path: Path) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.content())
    limits = dataclasses.replace(STANDARD, **case.limits)
    counted = _restart_peak()
    before = peak_mib()
    with pytest.raises(AppError) as refused:
        shared_out(open_files(path, limits=limits))
    if counted:
        assert peak_mib() - before < GROWTH_MIB
    told = str(refused.value.message)
    assert re.search(case.told, told, re.IGNORECASE), told
    assert SENTENCE.match(told), told
    assert "\u202e" not in told
    if not isinstance(refused.value, InvalidError) or "empty" not in told:
        for language in ("az", "en"):
            assert words(language).of(refused.value.message)
    assert [one.name for one in tmp_path.iterdir()] == [case.file], "nothing is left behind"


def test_there_are_enough_hostile_files() -> None:
    assert len(CORPUS) >= 90


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
@pytest.mark.parametrize("name", ["p.csv", "p.xlsx", "p.zip", "p.json"])
def test_pipes_devices_folders_and_loops_are_not_opened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    with pytest.raises(InvalidError, match="pipe"):
        open_files(path)
    path.unlink()
    for device in ("/dev/zero", "/dev/null", "/dev/random", "/dev/tty"):
        path.symlink_to(device)
        with pytest.raises(AppError, match=r"device|cannot be read|no file"):
            open_files(path)
        path.unlink()
    path.symlink_to(path)
    with pytest.raises(UnavailableError, match="cannot be read"):
        open_files(path)
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(NotFoundError):
        open_files(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(InvalidError, match="folder"):
        open_files(path)
    for wrong in (tmp_path / ("x" * 5000), tmp_path / "a\0.csv"):
        with pytest.raises(AppError):
            open_files(wrong)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_a_socket_is_not_a_file(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "s.csv"))
        with pytest.raises(InvalidError, match="device or a pipe"):
            open_files(tmp_path / "s.csv")


def test_a_file_that_grows_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(CSV)
    (opened,) = open_files(path)
    with path.open("ab") as file:
        file.write(b"2,2015-01-01,11:38:36,evil,M,classic,1\n")
    with pytest.raises(UnavailableError, match="changed while it was being read"):
        opened.open_binary()


def test_a_file_that_never_stops_growing_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(CSV * 40_000)
    done = threading.Event()

    def grow() -> None:
        with path.open("ab") as file:
            while not done.wait(0.001):
                file.write(CSV)
                file.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(UnavailableError, match="changed while it was being read"):
            _open_many_times(path)
    finally:
        done.set()
        writer.join()


def _open_many_times(path: Path) -> None:
    for _ in range(500):
        open_files(path)


def test_a_file_that_another_took_the_place_of_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(CSV)
    (opened,) = open_files(path)
    (tmp_path / "other").write_bytes(CSV)
    os.replace(tmp_path / "other", path)  # noqa: PTH105
    with pytest.raises(UnavailableError, match="changed"):
        opened.open_binary()


def test_a_file_that_was_cut_short_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(CSV * 100_000)
    (opened,) = open_files(path)
    with opened.open_binary() as file:
        file.read(100)
        os.truncate(path, 10)
        with pytest.raises(UnavailableError, match="changed"):
            file.read()


@pytest.mark.parametrize("name", ["\u202egpj.csv", "a\u2066b\x07.csv", "e\u0301.csv", "\u200f.csv"])
def test_a_name_is_kept_as_plain_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(CSV)
    (opened,) = open_files(path)
    assert opened.name in {"gpj.csv", "ab.csv", "é.csv", ".csv"}
    assert len(open_files(path)[0].name) <= 120


def test_time_spent_on_a_refusal_is_short(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(CORPUS["two far cells"].content())
    started = time.perf_counter()
    with pytest.raises(InvalidError):
        open_files(path)
    assert time.perf_counter() - started < 5
