"""The one-time code that lets somebody in: shown this once, copied, or on a slip of paper."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.gui.awaiting import Awaiting
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.pick_path import pick_new_file
from desktop_app.gui.private_paper import write_privately
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import retitle
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import words
from desktop_app.printing.code_slip import CodeSlip, write_code_slip
from desktop_app.vault.one_time import LASTS, OneTimeCode
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import VenueCard

_COPIED_MS = 30_000


class CodeDialog(Dialog):
    """Shows a one-time code, this once."""

    def __init__(self, bridge: Bridge, code: OneTimeCode, parent: QWidget) -> None:
        super().__init__(
            tr("One-time code for {name}", name=code.user),
            tr(
                "Give it to them in person or by telephone. They sign in with it instead of a "
                "password, within 24 hours, and choose a password of their own."
            ),
            parent,
        )
        self._bridge, self._code = bridge, code
        self._worker = ThreadPoolExecutor(1, "slip")
        self.shown = label(code.text, 26, 600, tabular=True)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shown.setAccessibleName(tr("One-time code"))
        self.body.addSpacing(6)
        self.body.addWidget(self.shown)
        self.body.addSpacing(2)
        note = label(
            tr("It is shown only now. O and 0, I, L and 1 may be taken for each other."),
            12,
            tone="muted",
            wrap=True,
        )
        self.body.addWidget(note)
        self.slip = self.add_button(tr("Save a slip to print (PDF)…"), icon_name="printer")
        self.slip.clicked.connect(self._choose)
        self.copy = self.add_button(tr("Copy"), icon_name="copy")
        self.copy.clicked.connect(self._copy)
        close = self.add_button(tr("Close"), "primary")
        close.clicked.connect(self.accept)
        self.finished.connect(lambda _: self._worker.shutdown(wait=False))
        close.setFocus()

    def save_to(self, path: Path) -> None:
        """Write the slip beside the window's work."""
        self.slip.setEnabled(False)
        self._bridge.ask_or(self, partial(self._write, path), self._failed, get_venue)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text)
        retitle(self.copy, tr("Copied for half a minute"))
        QTimer.singleShot(_COPIED_MS, _Forgetting(self._code.text))

    def _choose(self) -> None:
        title = tr("Save a slip to print")
        pick_new_file(self, title, self.save_to, "clopos-desk-one-time-code", "pdf")

    def _write(self, path: Path, venue: VenueCard) -> None:
        code, local = self._code, venue.time.local
        slip = CodeSlip(
            venue.name,
            code.user,
            code.text,
            self._bridge.app.actor.name,
            local(code.ends_at - LASTS),
            local(code.ends_at),
        )
        Awaiting(
            self._worker.submit(_written, slip, path, language()), self._saved, self._failed, self
        )

    def _saved(self, path: Path) -> None:
        self.slip.setEnabled(True)
        retitle(self.slip, tr("Saved: {file}", file=path.name))

    def _failed(self, error: AppError) -> None:
        self.slip.setEnabled(True)
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")


class _Forgetting:
    """Empties the clipboard, unless something else lies there by now."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._text:
            clipboard.clear()


def _written(slip: CodeSlip, path: Path, spoken: str) -> Path:
    return write_privately(path, lambda out: write_code_slip(slip, out, words(spoken)))
