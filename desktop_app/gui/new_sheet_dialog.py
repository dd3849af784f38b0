"""The new recovery key, shown this once, and its emergency sheet as a PDF."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.access.key_records import NewRoot
from desktop_app.emergency import sheet_for
from desktop_app.gui.awaiting import Awaiting
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.pick_path import pick_new_file
from desktop_app.gui.private_paper import write_privately
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import retitle
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.kernel.clock import SystemClock
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import words
from desktop_app.printing.emergency_sheet import EmergencySheet, write_emergency_sheet
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import VenueCard

_GROUPS_A_LINE = 3


class NewSheetDialog(Dialog):
    """Shows the digits until the person has written or saved them."""

    def __init__(self, bridge: Bridge, made: NewRoot, parent: QWidget) -> None:
        super().__init__(
            tr("The new recovery key"),
            tr(
                "The old sheet ({old}) does not open this store any more. Backups made until now "
                "still need it: keep it as long as you keep them, and make a backup now.",
                old=made.old_recovery_key_id,
            ),
            parent,
        )
        self._bridge, self._made = bridge, made
        self._worker = ThreadPoolExecutor(1, "sheet")
        groups = made.code.groups
        lines = [
            "  ".join(groups[at : at + _GROUPS_A_LINE])
            for at in range(0, len(groups), _GROUPS_A_LINE)
        ]
        self.shown = label("\n".join(lines), 20, 600, tabular=True)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setAccessibleName(tr("Recovery key"))
        self.body.addWidget(self.shown)
        note = tr("Key {id}. It is shown only now.", id=made.recovery_key_id)
        self.body.addWidget(label(note, 12, tone="muted"))
        self.save = self.add_button(tr("Save the emergency sheet (PDF)…"), icon_name="file-down")
        self.save.clicked.connect(self._choose)
        self.done_button = self.add_button(tr("I have kept it"), "primary")
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(lambda _: self._worker.shutdown(wait=False))
        self.save.setFocus()

    def save_to(self, path: Path) -> None:
        """Write the sheet beside the window's work."""
        self.save.setEnabled(False)
        self._bridge.ask_or(self, partial(self._write, path), self._failed, get_venue)

    def _write(self, path: Path, venue: VenueCard) -> None:
        sheet = sheet_for(
            self._made, self._made.code, venue, self._bridge.app.actor.name, SystemClock()
        )
        future = self._worker.submit(_written, sheet, path, language())
        Awaiting(future, self._saved, self._failed, self)

    def _choose(self) -> None:
        title = tr("Save the emergency sheet")
        pick_new_file(self, title, self.save_to, "clopos-desk-emergency-sheet", "pdf")

    def _saved(self, path: Path) -> None:
        retitle(self.save, tr("Saved: {file}", file=path.name))

    def _failed(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")


def _written(sheet: EmergencySheet, path: Path, spoken: str) -> Path:
    return write_privately(path, lambda out: write_emergency_sheet(sheet, out, words(spoken)))
