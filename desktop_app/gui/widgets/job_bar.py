"""The bar of running jobs: how far, how long still, and the button that stops them.

It reads each job's progress ten times a second; nothing is pushed to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from desktop_app.gui.bridge import Running
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.job import Snapshot
from desktop_app.kernel.words import Message

POLL_MS = 100
SHOWN = 4
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a stage is: percent and seconds left, None where nobody can know."""

    percent: int | None
    seconds_left: float | None


def advance(snapshot: Snapshot, elapsed_s: float) -> Advance:
    """Return how far a stage is after `elapsed_s` seconds of it."""
    if not snapshot.total:
        return Advance(None, None)
    share = min(1.0, snapshot.done / snapshot.total)
    left = elapsed_s * (1 - share) / share if share and elapsed_s > 1 else None
    return Advance(int(share * 100), left)


def time_left(seconds: float) -> str:
    """Return a remaining time in words."""
    if seconds < _MINUTE:
        rounded = max(1, round(seconds))
        return ntr("about {n} second left", "about {n} seconds left", rounded)
    return ntr("about {n} minute left", "about {n} minutes left", round(seconds / _MINUTE))


class JobRow(QWidget):
    """One job."""

    def __init__(self, title: Message, running: Running[Any]) -> None:
        super().__init__()
        self.title = title
        self.running = running
        self._stage: Message | None = None
        self._since = monotonic()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        self._bar.setAccessibleName(say(title))
        self._text = label("", 12, tone="muted", tabular=True)
        self._stop = button(tr("Stop"), on_click=self._cancel)
        self._stop.setAccessibleName(tr("Stop: {title}", title=say(title)))
        name = label(say(title), 13, 500)
        self.setLayout(row(name, self._bar, self._text, None, self._stop, gap=14))
        self.poll()

    @property
    def done(self) -> bool:
        """Tell whether the job has ended."""
        return self.running.future.done()

    @property
    def text(self) -> str:
        """Return what is said about the job."""
        return self._text.text()

    def poll(self) -> None:
        """Show how far the job is now."""
        snapshot = self.running.progress.snapshot()
        if snapshot.stage != self._stage:
            self._stage, self._since = snapshot.stage, monotonic()
        if not snapshot.stage.text and not snapshot.done:
            waiting = not self.running.future.running()
            self._bar.setRange(0, 1 if waiting else 0)
            self._text.setText(tr("Waiting for its turn") if waiting else "")
            return
        now = advance(snapshot, monotonic() - self._since)
        self._bar.setRange(0, 0 if now.percent is None else 100)
        self._bar.setValue(now.percent or 0)
        parts = [say(snapshot.stage)] if snapshot.stage.text else []
        if now.percent is not None:
            parts.append(f"{now.percent}%")
        if now.seconds_left is not None:
            parts.append(time_left(now.seconds_left))
        if self.running.progress.cancelled:
            parts = [tr("Stopping…")]
        self._text.setText(" · ".join(parts))

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self.running.progress.cancel()
        self.running.future.cancel()
        self.poll()


class JobBar(QFrame):
    """Shows the running and waiting jobs; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("jobs")
        self.setAccessibleName(tr("Running jobs"))
        self._rows: list[JobRow] = []
        self._list = column(gap=6)
        self._more = label("", 12, tone="muted")
        self.setLayout(column(self._list, self._more, gap=6, margins=(28, 10, 20, 10)))
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.hide()

    @property
    def rows(self) -> tuple[JobRow, ...]:
        """Return the jobs that are not over."""
        return tuple(self._rows)

    def add(self, title: Message, running: Running[Any]) -> None:
        """Show one more job."""
        made = JobRow(title, running)
        self._rows.append(made)
        self._list.addWidget(made)
        self._refresh()
        self._timer.start()

    def _poll(self) -> None:
        for made in [found for found in self._rows if found.done]:
            self._rows.remove(made)
            self._list.removeWidget(made)
            made.hide()
            made.deleteLater()
        for made in self._rows:
            made.poll()
        self._refresh()
        if not self._rows:
            self._timer.stop()

    def _refresh(self) -> None:
        for at, made in enumerate(self._rows):
            made.setVisible(at < SHOWN)
        hidden = len(self._rows) - SHOWN
        self._more.setVisible(hidden > 0)
        if hidden > 0:
            self._more.setText(ntr("and {n} more job", "and {n} more jobs", hidden))
        self.setVisible(bool(self._rows))
