"""A dialog in steps: back and next, with the place in the row always in sight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import retitle
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label


class Step(QWidget):
    """One step; overrides `problem()` to hold the person back until it is right."""

    ready_changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def problem(self) -> str:
        """Return what is missing before the next step, or nothing."""
        return ""

    def entered(self) -> None:
        """Be told that this step is now shown."""


class StepDialog(Dialog):
    """Leads through steps; `finished_steps` when the last one is left with the last button."""

    finished_steps = Signal()

    def __init__(self, title: str, finish: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self.setMinimumSize(640, 480)
        self._finish = finish
        self._where = label("", 12, 500, "muted")
        self._stack = QStackedWidget()
        self.body.addWidget(self._where)
        self.body.addWidget(self._stack, 1)
        self.add_cancel()
        self._back = self.add_button(tr("Back"))
        self._next = self.add_button(tr("Next"), "primary")
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self.go_on)

    def add_step(self, step: Step) -> None:
        """Append a step."""
        self._stack.addWidget(step)
        step.ready_changed.connect(self._refresh)
        if self._stack.count() == 1:
            step.entered()
        self._refresh()

    @property
    def step(self) -> Step:
        """Return the step in sight."""
        found = self._stack.currentWidget()
        if not isinstance(found, Step):
            raise TypeError
        return found

    def go_on(self) -> None:
        """Go to the next step, or finish; stay and say why where something is missing."""
        problem = self.step.problem()
        if problem:
            self.banner.tell("warn", problem)
            return
        self.banner.hide()
        if self._stack.currentIndex() + 1 == self._stack.count():
            self.finished_steps.emit()
        else:
            self._show(self._stack.currentIndex() + 1)

    def set_busy(self, *, busy: bool) -> None:
        """Hold the buttons while something is under way."""
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy and self._stack.currentIndex() > 0)

    def _go_back(self) -> None:
        self.banner.hide()
        self._show(self._stack.currentIndex() - 1)

    def _show(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.step.entered()
        self._refresh()

    def _refresh(self) -> None:
        at, count = self._stack.currentIndex(), self._stack.count()
        title = self.step.title
        self._where.setText(
            tr("Step {at} of {count} · {title}", at=at + 1, count=count, title=title)
        )
        self._back.setEnabled(at > 0)
        retitle(self._next, self._finish if at + 1 == count else tr("Next"))
