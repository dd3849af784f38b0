"""The one presenter of errors.

An AppError becomes a banner over the page (a form shows an InvalidError beside its field itself). A
bug becomes a crash dialog with a report that was saved to a file and holds nobody's data.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.banner import Banner, BannerTone
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.kernel import crash
from desktop_app.kernel.errors import (
    AppError,
    DamagedError,
    NotAllowedError,
    StoppedError,
)


def present(error: AppError, banner: Banner) -> None:
    """Show an expected failure in a banner: what happened, and what to do."""
    if isinstance(error, StoppedError):
        return
    tone: BannerTone = "bad" if isinstance(error, DamagedError) else "warn"
    hint = say(error.hint) if error.hint else ""
    if not hint and isinstance(error, NotAllowedError):
        hint = tr("Your role does not allow this. Ask the owner.")
    banner.tell(tone, say(error.message), hint)


class CrashDialog(Dialog):
    """Says that the program made a mistake, what is safe, and where the report lies."""

    def __init__(self, report: str, path: Path | None, parent: QWidget | None) -> None:
        super().__init__(
            tr("Something went wrong in the program"),
            tr("Your saved work is safe. The last action may not have been carried out."),
            parent,
        )
        self.setMinimumSize(620, 420)
        self._report = report
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setFont(font(12))
        text.setAccessibleName(tr("Report"))
        self.body.addWidget(text, 1)
        kept = tr("The report names no person. It is saved as {path}.", path=path) if path else ""
        self.body.addWidget(label(kept, 12, tone="muted", wrap=True))
        self.add_button(tr("Copy the report"), icon_name="copy").clicked.connect(self._copy)
        self.add_button(tr("Quit")).clicked.connect(self._quit)
        self.add_button(tr("Go on"), "primary").clicked.connect(self.accept)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)

    def _quit(self) -> None:
        QApplication.quit()


class CrashWatch(QObject):
    """Takes every unexpected exception: saves a report, shows one dialog at a time."""

    crashed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._dialog: CrashDialog | None = None
        self._path: Path | None = None
        # By signal, because an exception may come from any thread.
        self.crashed.connect(self._show)

    def install(self) -> None:
        """Become the place where uncaught exceptions end."""
        sys.excepthook = self.catch

    def catch(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Save and show one exception."""
        if issubclass(kind, KeyboardInterrupt | SystemExit) or sys.is_finalizing():
            sys.__excepthook__(kind, error, trace)
            return
        report = crash.report(error)
        sys.stderr.write(report)
        try:
            self._path = crash.save(self._folder, report)
        except OSError:
            self._path = None
        self.crashed.emit(report)

    def _show(self, report: str) -> None:
        if self._dialog is not None:
            return
        self._dialog = CrashDialog(report, self._path, QApplication.activeWindow())
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _closed(self) -> None:
        self._dialog = None
