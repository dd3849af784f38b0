"""Answers come to the GUI thread, to the living; errors and jobs are shown."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app.db.waiting import SECOND_INSTANCE, waiting
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.errors import CrashDialog, CrashWatch, present
from desktop_app.gui.single_instance import SingleInstance
from desktop_app.gui.text import set_language
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.job_bar import JobBar, advance, time_left
from desktop_app.gui.widgets.search_box import SearchBox
from desktop_app.kernel.errors import (
    InvalidError,
    NotAllowedError,
    StoppedError,
    UnavailableError,
)
from desktop_app.kernel.job import Snapshot
from desktop_app.kernel.words import msg
from tests.conftest import ROOT
from tests.gui.desk_room import RoomSession, operation


@pytest.fixture
def session():
    made = RoomSession()
    yield made
    made.close()


@pytest.fixture
def bridge(qapp, session):
    return Bridge(session)


def test_an_answer_arrives_on_the_gui_thread(qtbot, bridge):
    owner, heard = QObject(), []
    bridge.ask(
        owner,
        lambda found: heard.append((found, threading.get_ident())),
        operation(lambda _progress, number: (number * 2, threading.get_ident())),
        21,
    )
    qtbot.waitUntil(lambda: len(heard) == 1)
    (found, worker), here = heard[0]
    assert found == 42
    assert here == threading.get_ident() != worker


def test_an_answer_for_a_closed_screen_is_dropped(qtbot, bridge, session):
    gone, here, heard = QObject(), QObject(), []
    gate = threading.Event()
    bridge.ask(gone, lambda _: heard.append("gone"), operation(lambda _: gate.wait(5)))
    bridge.ask(here, lambda _: heard.append("here"), operation(lambda _: None))
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: heard == ["here"])


def refuse(_progress):
    raise UnavailableError(msg("The backup drive is full."), hint=msg("Free 2 GB."))


def test_an_expected_failure_goes_to_the_presenter_or_to_who_asked(qtbot, bridge):
    owner, mine = QObject(), []
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.ask(owner, print, operation(refuse))
    assert isinstance(failed.args[0], UnavailableError)
    with qtbot.assertNotEmitted(bridge.failed):
        bridge.ask_or(owner, print, mine.append, operation(refuse))
        qtbot.waitUntil(lambda: len(mine) == 1)


def no_answer(_progress):
    raise StoppedError


ENDS = {"done": (lambda _: 1, ["done"]), "failed": (refuse, ["failed"]), "stopped": (no_answer, [])}


@pytest.mark.parametrize("how", ENDS)
def test_the_end_of_a_task_is_told_after_its_answer_however_it_ends(qtbot, bridge, how):
    owner, heard = QObject(), []
    body, answers = ENDS[how]
    bridge.ended.connect(heard.append)
    running = bridge.start_or(
        owner, lambda _: heard.append("done"), lambda _: heard.append("failed"), msg("Backing up"),
        operation(body),
    )  # fmt: skip
    qtbot.waitUntil(lambda: running in heard)
    assert heard == [*answers, running]


def test_the_end_of_a_task_is_told_where_it_never_began(qtbot, bridge, session):
    owner, gate = QObject(), threading.Event()
    first = [
        bridge.start(owner, print, msg("Backing up"), operation(lambda _: gate.wait(5)))
        for _ in range(2)
    ]
    last = bridge.start(owner, print, msg("Backing up"), operation(lambda _: None))
    heard = []
    bridge.ended.connect(heard.append)
    last.future.cancel()
    gate.set()
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert set(map(id, heard)) == set(map(id, [*first, last]))


def test_a_change_below_is_told_on_the_gui_thread(qtbot, bridge, session):
    with qtbot.waitSignal(bridge.changed) as changed:
        threading.Thread(target=session.on_change, args=(frozenset({"order"}),)).start()
    assert changed.args == [frozenset({"order"})]


def test_a_failure_is_shown_in_the_language_of_the_window(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    set_language("az")
    present(NotAllowedError(msg("The password is wrong.")), banner)
    assert "Sahibə müraciət edin." in banner.accessibleName()


def test_an_invalid_field_is_marked_beside_it(qtbot):
    form = Form()
    qtbot.addWidget(form)
    form.add("price", "Price", SearchBox("Price"))
    assert form.show_error(InvalidError(msg("Too much."), field="price", hint=msg("Less.")))
    assert form.row("price").error == "Too much. Less."
    assert not form.show_error(InvalidError(msg("No such field."), field="colour"))
    form.clear_errors()
    assert form.row("price").error == ""


def test_a_bug_is_saved_and_shown_once(qtbot, tmp_path, capsys):
    watch = CrashWatch(tmp_path / "crashes")
    for _ in range(2):
        watch.catch(RuntimeError, RuntimeError("no"), None)
    qtbot.waitUntil(lambda: watch._dialog is not None)
    assert len(list((tmp_path / "crashes").glob("crash-*.txt"))) == 2
    shown = [made for made in QApplication.topLevelWidgets() if isinstance(made, CrashDialog)]
    assert len([made for made in shown if made.isVisible()]) == 1
    assert "builtins.RuntimeError" in capsys.readouterr().err
    watch._dialog.accept()


def test_the_job_bar_shows_a_running_and_a_waiting_job_and_stops_them(qtbot, bridge, session):
    bar = JobBar()
    qtbot.addWidget(bar)
    bridge.started.connect(bar.add)
    at_half = threading.Event()

    def work(progress):
        progress.stage(msg("Copying"), 10)
        progress.advance(5)
        at_half.set()
        while True:
            progress.checkpoint()

    owner = QObject()
    bridge.start(owner, print, msg("Backup"), operation(work))
    bridge.start(owner, print, msg("Export"), operation(work))
    at_half.wait(5)
    qtbot.waitUntil(lambda: bar.rows[0].text == "Copying · 50%")
    assert bar.rows[1].text == "Waiting for its turn"
    for made in reversed(bar.rows):
        made.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: not bar.rows)
    assert bar.isHidden()


def test_the_time_left_follows_from_the_speed():
    half = advance(Snapshot(msg("x"), 50, 100), 30.0)
    assert (half.percent, half.seconds_left) == (50, 30.0)
    assert advance(Snapshot(msg("x"), 50, None), 30.0).percent is None
    assert time_left(150) == "about 2 minutes left"
    assert time_left(1) == "about 1 second left"


def test_a_second_start_raises_the_first_window(qtbot, tmp_path: Path):
    first = SingleInstance(tmp_path)
    assert first.claim()
    other = SingleInstance(tmp_path / "elsewhere")
    assert other.claim()
    with qtbot.waitSignal(first.raised):
        assert not SingleInstance(tmp_path).claim()


def test_a_second_start_is_kept_for_the_trail(qtbot, tmp_path: Path):
    (tmp_path / "keys.json").touch()
    first = SingleInstance(tmp_path)
    assert first.claim()
    command = [sys.executable, "-m", "desktop_app", "--data", str(tmp_path), "open"]
    done = subprocess.run(command, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == 0
    assert [(one.kind, one.count) for one in waiting(tmp_path)] == [(SECOND_INSTANCE, 1)]


def test_a_search_waits_for_a_pause_and_not_for_enter(qtbot):
    box = SearchBox("Search")
    qtbot.addWidget(box)
    heard = []
    box.searched.connect(heard.append)
    qtbot.keyClicks(box, "plov")
    qtbot.waitUntil(lambda: heard == ["plov"])
    qtbot.keyClicks(box, "s")
    box.returnPressed.emit()
    assert heard == ["plov", "plovs"]
    box.clear()
    assert heard[-1] == ""
