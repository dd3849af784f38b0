"""The restore wizard: where, key, what is inside, where to, result. It overwrites nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from desktop_app.gui.awaiting import Awaiting
from desktop_app.gui.bridge import Running
from desktop_app.gui.restore.room import RestoreRoom, command_for
from desktop_app.gui.restore.steps import (
    ContentsStep,
    KeyStep,
    ResultStep,
    TargetStep,
    WhereStep,
    sentence,
)
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.job_bar import POLL_MS
from desktop_app.gui.widgets.step_dialog import Step, StepDialog
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.errors import AppError, StoppedError
from desktop_app.kernel.words import Message
from desktop_app.restore import LATEST, BackupPlace, Restored, RestorePreview

_Say = Callable[[str], None]


class RestoreWizard(StepDialog):
    """Brings a store back from a backup folder.

    `data` is the folder of this program's store; with `here` it is empty and the store is to go
    there: `restored_here` when that is done and somebody can sign in.
    """

    restored_here = Signal()

    def __init__(
        self, room: RestoreRoom, data: Path, *, here: bool, parent: QWidget | None
    ) -> None:
        super().__init__(tr("Restore from a backup"), tr("Close"), parent)
        self.setMinimumSize(680, 560)
        self._room = room
        self._data = data.absolute()
        self._running: Running[Restored] | None = None
        self._stage: tuple[Message | None, float] = (None, monotonic())
        self._result: Restored | None = None
        self._waiting = False
        self.where, self.key, self.inside = WhereStep(), KeyStep(), ContentsStep()
        self.target = TargetStep(self._data if here else None)
        self.outcome = ResultStep()
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._show_progress)
        self.key.file_chosen.connect(self._read_key)
        self.inside.chosen.connect(self._preview_another)
        self.target.stopped.connect(self._stop)
        self._open_it = button(tr("Open this store"), "external-link", on_click=self._open_store)
        self._open_it.hide()
        self.buttons.insertWidget(1, self._open_it)
        for step in (self.where, self.key, self.inside, self.target, self.outcome):
            self.add_step(step)
        self.finished.connect(self._over)
        self.where.folder.setFocus()

    @override
    def add_cancel(self) -> QPushButton:
        self._cancel = super().add_cancel()
        return self._cancel

    @property
    def busy(self) -> bool:
        """Tell whether a store is being restored at this moment."""
        return self._running is not None

    def begin_at(self, folder: Path) -> None:
        """Fill in where the backups are."""
        self.where.folder.show_path(folder)

    # --- steps

    @override
    def go_on(self) -> None:
        """Do what the step needs, then show the next one."""
        if self._waiting:
            return
        leave: dict[Step, Callable[[], None]] = {
            self.where: self._look,
            self.key: self._open_backup,
            self.target: self._restore,
            self.outcome: self.accept,
        }
        leave.get(self.step, super().go_on)()

    def _look(self) -> None:
        folder = self.where.folder.path
        if folder is None:
            self.where.show_error(tr("Say where the backups are."))
        else:
            self._await(self._room.look(folder), self._looked, self.where.show_error)

    def _looked(self, place: BackupPlace) -> None:
        self.key.show_place(place)
        self._forward()
        self.key.code.setFocus()

    def _read_key(self, file: Path) -> None:
        self._await(self._room.read_key(file), self.key.code.paste, self.key.show_error)

    def _open_backup(self) -> None:
        if not self.key.missing():
            self._preview(LATEST, self._opened, self.key.show_error)

    def _opened(self, found: RestorePreview) -> None:
        self.inside.show_preview(found)
        self._forward()
        self.inside.backups.setFocus()

    def _preview_another(self, snapshot: str) -> None:
        self._preview(snapshot, self.inside.show_preview, self.inside.show_error)

    def _preview(self, snapshot: str, then: Callable[[RestorePreview], None], failed: _Say) -> None:
        folder = self.where.folder.path
        if folder is not None:
            found = self._room.preview(folder, self.key.code.text(), snapshot)
            self._await(found, then, failed)

    # --- restoring

    def _restore(self) -> None:
        folder, into = self.where.folder.path, self.target.folder.path
        if folder is None or into is None:
            self.target.show_error(tr("Say where the store is to go."))
            return
        if into == folder or folder in into.parents:
            self.target.show_error(tr("The store cannot go into the folder of the backups."))
            return
        code = self.key.code.text()
        self._running = self._room.restore(folder, code, self.inside.snapshot, into)
        self.target.show_running(running=True)
        self._poll.start()
        self._await(self._running.future, self._restored, self.target.show_error)

    def _show_progress(self) -> None:
        if self._running is None:
            return
        snapshot = self._running.progress.snapshot()
        if snapshot.stage != self._stage[0]:
            self._stage = (snapshot.stage, monotonic())
        self.target.show_progress(snapshot, monotonic() - self._stage[1])

    def _stop(self) -> None:
        if self._running is not None:
            self._running.progress.cancel()
            self.target.stop.setEnabled(False)

    def _restored(self, found: Restored) -> None:
        self._result = found
        self.outcome.show_result(found)
        self._forward()
        self._back.setEnabled(False)
        self._cancel.hide()
        if self._is_here(found):
            retitle(self._next, tr("Sign in"))
        else:
            self._open_it.show()

    def _is_here(self, found: Restored) -> bool:
        return found.restored_to.absolute() == self._data

    def _open_store(self) -> None:
        if self._result is not None:
            program, arguments = command_for(self._result.restored_to)
            QProcess.startDetached(program, arguments)

    # --- waiting

    def _await(self, future: Future[Any], then: Callable[[Any], None], failed: _Say) -> None:
        self._waiting = True
        self.set_busy(busy=True)

        def done() -> None:
            self._waiting = False
            self._running = None
            self._poll.stop()
            self.target.show_running(running=False)
            self.set_busy(busy=False)

        def answered(found: Any) -> None:
            done()
            then(found)

        def refused(error: AppError) -> None:
            done()
            failed(tr("Stopped.") if isinstance(error, StoppedError) else sentence(error))

        Awaiting(future, answered, refused, self)

    def _forward(self) -> None:
        super().go_on()

    @override
    def _refresh(self) -> None:
        super()._refresh()
        if self.step is self.target:
            retitle(self._next, tr("Restore"))

    @override
    def reject(self) -> None:
        if self.busy:
            self._stop()  # the answer comes, then the person can close
        else:
            super().reject()

    def _over(self) -> None:
        self._stop()
        self._room.close()
        if self._result is not None and self._is_here(self._result):
            self.restored_here.emit()
