"""The steps of the restore wizard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QProgressBar

from desktop_app.backup.records import SnapshotRow
from desktop_app.gui.code_edit import CodeEdit
from desktop_app.gui.fonts import font
from desktop_app.gui.format import number
from desktop_app.gui.pick_path import FolderEdit, pick_file
from desktop_app.gui.restore.wording import backup_text, contents, here, table_name
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.job_bar import advance, time_left
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.gui.widgets.step_dialog import Step
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.job import Snapshot
from desktop_app.restore import BackupPlace, Restored, RestorePreview
from desktop_app.vault.recovery import possible

_COLUMNS = 2


class WhereStep(Step):
    """The folder with the backups."""

    def __init__(self) -> None:
        super().__init__(tr("Where the backups are"))
        self.folder = FolderEdit(tr("Folder with the backups"))
        self._form = Form()
        hint = tr("The folder that was set up for backups; it holds a file README.txt.")
        self._form.add("url", tr("Folder with the backups"), self.folder, hint)
        self.setLayout(column(self._form, None))
        self.folder.changed.connect(self._form.clear_errors)

    def show_error(self, text: str) -> None:
        """Say what is wrong with the folder."""
        self._form.row("url").set_error(text)
        self.folder.setFocus()

    @property
    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._form.row("url").error


class KeyStep(Step):
    """The recovery key: typed, pasted or from a file; `file_chosen(Path)`."""

    file_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("The recovery key"))
        self._needed = label("", 13, 500, wrap=True)
        self._newest = label("", 12, tone="muted", wrap=True)
        self.code = CodeEdit(lambda _, digits: possible(digits))
        self._form = Form()
        hint = tr("Nine groups of six digits, on the emergency sheet.")
        self._form.add("key", tr("Recovery key"), self.code, hint)
        self.from_file = button(tr("Take it from a file…"), "file-search", on_click=self._choose)
        icon = IconLabel("key-round", "accent", 18, "accent_soft")
        head = row(icon, gap=12)
        head.addLayout(column(self._needed, self._newest, gap=2), 1)
        layout = column(head, 4, self._form, gap=10)
        layout.addLayout(row(self.from_file, None))
        layout.addStretch(1)
        self.setLayout(layout)

    def show_place(self, place: BackupPlace) -> None:
        """Say which key is needed."""
        self._needed.setText(tr("Needs the sheet with the key {id}.", id=place.recovery_key_id))
        count = len(place.snapshots)
        newest = here(place.snapshots[-1].at)
        self._newest.setText(
            ntr("{n} backup, from {at}", "{n} backups, the newest from {at}", count, at=newest)
        )

    @property
    def needed(self) -> str:
        """Return what is said about the key that is needed."""
        return self._needed.text()

    def missing(self) -> bool:
        """Tell whether a group cannot be right, and say which."""
        self._form.clear_errors()
        wrong = self.code.wrong_group()
        if wrong is not None:
            self.show_error(tr("Group {n} is not right. Compare it with the sheet.", n=wrong + 1))
        return wrong is not None

    def show_error(self, text: str) -> None:
        """Say what is wrong with the key."""
        self._form.row("key").set_error(text)
        self.code.setFocus()

    @property
    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._form.row("key").error

    def _choose(self) -> None:
        pick_file(self, tr("File with the recovery key"), self.file_chosen.emit)


class ContentsStep(Step):
    """Which backup, and what is inside; `chosen(snapshot)` when another one is picked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("What is inside"))
        self.backups = QComboBox()
        self.backups.setFont(font(13, tabular=True))
        self._form = Form()
        self._form.add("backup", tr("Backup, the newest first"), self.backups)
        self._made = label("", 12, tone="muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(6)
        self._lines: list[tuple[str, str]] = []
        layout = column(self._form, self._made, 6, gap=8)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self.setLayout(layout)
        self.backups.activated.connect(self._picked)

    @property
    def snapshot(self) -> str:
        """Return which backup is shown."""
        return str(self.backups.currentData())

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return what the backup is said to hold."""
        return list(self._lines)

    def show_preview(self, found: RestorePreview) -> None:
        """Show what is inside a backup."""
        self._list(found.snapshots)
        self.backups.setCurrentIndex(self.backups.findData(found.snapshot))
        program = tr(
            "Made on the computer {device} by Clopos Desk {program}",
            device=found.device,
            program=found.program,
        )
        self._made.setText(program)
        self._lines = contents(found.tables)
        clear(self._grid)
        for at, (name, count) in enumerate(self._lines):
            amount = label(count, 15, 600, tabular=True)
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line = row(label(name, 13, tone="soft"), None, amount, gap=8)
            self._grid.addLayout(line, at // _COLUMNS, at % _COLUMNS)
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1)

    def show_error(self, text: str) -> None:
        """Say why a backup cannot be opened."""
        self._form.row("backup").set_error(text)

    def _list(self, rows: Sequence[SnapshotRow]) -> None:
        self._form.clear_errors()
        if self.backups.count() != len(rows):
            self.backups.clear()
            for found in sorted(rows, key=lambda one: (one.at, one.id), reverse=True):
                self.backups.addItem(backup_text(found), found.id)

    def _picked(self) -> None:
        self.chosen.emit(self.snapshot)


class TargetStep(Step):
    """Where the store is to go, and how far it is; `stopped` on the stop button."""

    stopped = Signal()

    def __init__(self, start: Path | None) -> None:
        super().__init__(tr("Where it goes"))
        self.folder = FolderEdit(tr("Folder for the store"), start)
        self._form = Form()
        hint = tr("A folder without a store. Nothing is ever overwritten.")
        self._form.add("into", tr("Folder for the store"), self.folder, hint)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self._text = label("", 12, tone="muted", tabular=True)
        self.stop = button(tr("Stop"), on_click=self.stopped)
        line = row(self._text, None, self.stop)
        self._running = frame(column(self._bar, line, gap=8), "clear")
        self._running.hide()
        self.setLayout(column(self._form, 8, self._running, None))
        self.folder.changed.connect(self._form.clear_errors)

    def show_running(self, *, running: bool) -> None:
        """Show or hide the progress."""
        self._running.setVisible(running)
        self.folder.setEnabled(not running)
        self.stop.setEnabled(running)

    def show_progress(self, snapshot: Snapshot, elapsed_s: float) -> None:
        """Show how far it is."""
        now = advance(snapshot, elapsed_s)
        self._bar.setRange(0, 0 if now.percent is None else 100)
        self._bar.setValue(now.percent or 0)
        parts = [say(snapshot.stage)]
        if now.percent is not None:
            parts.append(f"{now.percent}%")
        if now.seconds_left is not None:
            parts.append(time_left(now.seconds_left))
        self._text.setText(" · ".join(part for part in parts if part))

    def show_error(self, text: str) -> None:
        """Say what is wrong with the folder, or why restoring failed."""
        self._form.row("into").set_error(text)

    @property
    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._form.row("into").error


class ResultStep(Step):
    """What came of it."""

    def __init__(self) -> None:
        super().__init__(tr("Done"))
        self._head = row(gap=14)
        self._facts = column(gap=6)
        self.setLayout(column(self._head, 8, self._facts, None, gap=8))
        self._said: list[str] = []

    @property
    def said(self) -> list[str]:
        """Return the sentences of the result."""
        return list(self._said)

    def show_result(self, found: Restored) -> None:
        """Show how the restored store was checked."""
        spoken = language()
        well = found.audit_ok and not found.mismatches
        title = (
            tr("Everything is back")
            if well
            else tr("The store is back, but not all of it is as it was")
        )
        icon: tuple[str, Role, Role] = (
            ("circle-check", "ok", "ok_soft") if well else ("triangle-alert", "bad", "bad_soft")
        )
        sign_in = tr("Sign in with your old name and password.")
        self._said = [title, sign_in]
        clear(self._head)
        self._head.addWidget(IconLabel(icon[0], icon[1], 22, icon[2]))
        words = column(label(title, 16, 600), label(sign_in, 13, tone="soft"), gap=2)
        self._head.addLayout(words, 1)
        trail = tr("complete and unbroken") if found.audit_ok else tr("does not fit")
        self._show_facts(
            [
                (tr("Rows, counted and compared"), number(found.rows, spoken)),
                (tr("Pages, each compared with its hash"), number(found.pages, spoken)),
                (tr("Audit trail"), trail),
                (tr("Folder"), str(found.restored_to)),
            ]
        )
        for one in found.mismatches:
            text = tr(
                "{table}: the backup promised {promised} rows, {found} are there",
                table=table_name(one.table),
                promised=number(one.promised, spoken),
                found=number(one.found, spoken),
            )
            self._said.append(text)
            self._facts.addWidget(label(text, 13, tone="bad", wrap=True))

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        clear(self._facts)
        for name, value in facts:
            self._said.append(f"{name}: {value}")
            shown = label(value, 13, 600, tabular=True, wrap=True)
            line = row(label(name, 13, tone="soft"), gap=16)
            line.addWidget(shown, 1)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._facts.addLayout(line)


def sentence(error: AppError) -> str:
    """Return an error as one text: what happened and what to do."""
    return f"{say(error.message)} {say(error.hint)}" if error.hint else say(error.message)
