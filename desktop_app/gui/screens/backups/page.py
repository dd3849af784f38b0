"""The backups: how safe the data are, the places, what lies there, and restoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.backup.operations import (
    add_target,
    get_recovery_key,
    list_snapshots,
    list_targets,
    run_backup,
    verify_backups,
)
from desktop_app.backup.records import RunResult, TargetRow, Verification
from desktop_app.gui.bridge import Running
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.restore.room import RestoreRoom
from desktop_app.gui.restore.wizard import RestoreWizard
from desktop_app.gui.restore.wording import size
from desktop_app.gui.safety import safety_mood
from desktop_app.gui.screens.backups.add_dialog import AddDialog
from desktop_app.gui.screens.backups.known import Known
from desktop_app.gui.screens.backups.outcome_card import OutcomeCard
from desktop_app.gui.screens.backups.snapshots_card import SnapshotsCard
from desktop_app.gui.screens.backups.state_card import StateCard
from desktop_app.gui.screens.backups.target_card import TargetCard
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import get_settings, get_today
from desktop_app.venue.records import Today

MINUTE_MS = 60_000
_COLUMNS = 2
_TABLES = frozenset({"backup_target", "backup_run", "setting"})
_EVERYWHERE = ""


class BackupsScreen(Screen):
    """Backups and restoring."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._today: Today | None = None
        self._warn_after_hours = 26
        self._working: dict[Running[Any], str] = {}
        self.known: Known | None = None
        self.wizard: RestoreWizard | None = None
        self.dialog: AddDialog | None = None
        self.cards: list[TargetCard] = []
        self.snapshots: SnapshotsCard | None = None
        self.state = StateCard()
        self.outcome = OutcomeCard()
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._build()
        self._connect()
        self._look()
        self.bridge.ask(self, self.state.show_key, get_recovery_key)
        self._minute.start()

    # --- building

    def _build(self) -> None:
        self.add = button(tr("Add a place"), "plus", on_click=self.ask_for_target)
        allow(self.add, self.bridge.why_not(add_target))
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self._body = column(gap=16, margins=(28, 4, 28, 24))
        self._body.addWidget(self.state)
        self._body.addLayout(row(label(tr("Places"), 15, 600), None, self.add))
        self._body.addLayout(self._grid)
        self._body.addWidget(self.outcome)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(self._body, "page"))
        self.empty = self._make_empty()
        self._pages = QStackedWidget()
        for page in (QWidget(), scroll, self.empty):
            self._pages.addWidget(page)
        self._scroll = scroll
        self.setLayout(column(self._pages))
        allow(self.state.run, self.bridge.why_not(run_backup))

    def _make_empty(self) -> EmptyState:
        may = self.bridge.can(add_target)
        made = EmptyState(
            "database-backup",
            tr("There is no backup yet"),
            tr("If this computer breaks or is stolen, everything is lost. A USB stick is enough.")
            if may
            else tr("If this computer breaks or is stolen, everything is lost. Ask the owner."),
            tr("Add a place for backups") if may else "",
            "plus",
        )
        made.chosen.connect(self.ask_for_target)
        return made

    def _connect(self) -> None:
        self.state.run_wanted.connect(partial(self.run, _EVERYWHERE))
        self.state.restore_wanted.connect(self.open_wizard)
        self.bridge.changed.connect(self._changed)
        self.bridge.ended.connect(self._ended)
        self._minute.timeout.connect(self._look)

    # --- reading

    def _look(self) -> None:
        self.bridge.ask(self, self._show_today, get_today)

    def _show_today(self, today: Today) -> None:
        self._today = today
        if self.snapshots is None:
            self.snapshots = SnapshotsCard(today.venue)
            self._body.addWidget(self.snapshots, 1)
            self._list()
        self.bridge.ask(self, self._show_settings, get_settings)

    def _show_settings(self, settings: Mapping[str, str]) -> None:
        self._warn_after_hours = int(settings["backup.warn_after_hours"])
        self.bridge.ask(self, self._show_targets, list_targets)

    def _show_targets(self, targets: Sequence[TargetRow]) -> None:
        if self._today is None:
            return
        self.known = Known(self._today, targets, self._warn_after_hours)
        self._pages.setCurrentWidget(self._scroll if targets else self.empty)
        self.state.show_known(self.known)
        if self.known.safety is not None:
            self.shell.show_safety(partial(safety_mood, self.known.safety))
        self._show_cards(self.known)

    def _show_cards(self, known: Known) -> None:
        focused = [(card.name, card.focused()) for card in self.cards if card.focused()]
        clear(self._grid)
        why_not = self.bridge.why_not(run_backup)
        self.cards = []
        for at, target in enumerate(known.targets):
            busy = bool({target.name, _EVERYWHERE} & set(self._working.values()))
            card = TargetCard(target, known, why_not_run=why_not, busy=busy)
            card.run_wanted.connect(self.run)
            card.verify_wanted.connect(self.verify)
            self.cards.append(card)
            self._grid.addWidget(card, at // _COLUMNS, at % _COLUMNS)
            for name, button_name in focused:
                if name == target.name:
                    card.focus(button_name)
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1)

    def _list(self) -> None:
        if self.snapshots is not None:
            self.bridge.ask(self, self.snapshots.show_list, list_snapshots)

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & _TABLES:
            self._look()
            self._list()

    # --- doing

    def run(self, name: str) -> None:
        """Back up to one place, or with an empty name to every one."""
        title = msg("Backing up to “{name}”", name=name) if name else msg("Backing up")
        running = self.bridge.start(self, self._ran, title, run_backup, name or None)
        self._follow(name, running)

    def verify(self, name: str, full: bool) -> None:  # noqa: FBT001 - from a signal
        """Check the backups of one place."""
        title = msg("Verifying the backup in “{name}”", name=name)
        then = partial(self._verified, full)
        running = self.bridge.start(self, then, title, verify_backups, name, full=full)
        self._follow(name, running)

    def ask_for_target(self) -> None:
        """Open the dialog for a new place."""
        self.dialog = AddDialog(self)
        self.dialog.wanted.connect(partial(self._add, self.dialog))
        self.dialog.open()

    def open_wizard(self) -> None:
        """Open the restore wizard; this store is open, so it goes into another folder."""
        data = Path(getattr(self.bridge.app, "folder", Path.home()))
        self.wizard = RestoreWizard(RestoreRoom(), data, here=False, parent=self)
        if self.known is not None and self.known.targets:
            self.wizard.begin_at(Path(self.known.targets[0].url))
        self.wizard.open()

    def _add(self, dialog: AddDialog, name: str, folder: str) -> None:
        then = partial(self._added, dialog, name)
        self.bridge.ask_or(dialog, then, partial(self._refused, dialog), add_target, name, folder)

    def _added(self, dialog: AddDialog, name: str, _: int) -> None:
        dialog.accept()
        self.run(" ".join(name.split()))

    def _refused(self, dialog: AddDialog, error: AppError) -> None:
        dialog.refuse(error)

    def _ran(self, results: Sequence[RunResult]) -> None:
        added = size(sum(result.bytes_added for result in results))
        self.shell.tell(tr("Backed up: {size} added.", size=added))

    def _verified(self, full: bool, found: Verification) -> None:  # noqa: FBT001 - bound first
        self.outcome.show_outcome(found, full=full)

    def _follow(self, name: str, running: Running[Any]) -> None:
        """Hold the buttons of a place until its work is over, however it ends."""
        self._working[running] = name
        if self.known is not None:
            self._show_cards(self.known)

    def _ended(self, running: Running[Any]) -> None:
        if self._working.pop(running, None) is None:
            return
        if self.known is not None:
            self._show_cards(self.known)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.known is not None:
            self._look()
