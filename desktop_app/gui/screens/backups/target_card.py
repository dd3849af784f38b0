"""A place for backups as a card: what it is, how it is, and its next step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop_app.backup.records import TargetRow
from desktop_app.gui.screens.backups.known import Known
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.button import Kind, allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.reports.rules import Mend


class TargetCard(Card):
    """`run_wanted(name)`, `verify_wanted(name, full)`."""

    run_wanted = Signal(str)
    verify_wanted = Signal(str, bool)

    def __init__(self, target: TargetRow, known: Known, *, why_not_run: str, busy: bool) -> None:
        super().__init__()
        self.name = target.name
        self.setAccessibleName(target.name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.badge = Badge(known.mood(target))
        step = known.next_step(target)
        folder = label(target.url, 12, tone="muted", wrap=True)
        head = row(IconLabel("hard-drive", "accent", 18, "accent_soft"), gap=12)
        head.addLayout(column(label(target.name, 15, 600), folder, gap=2), 1)
        head.addWidget(self.badge)
        self.body.addLayout(head)
        run = tr("Last run: {when}", when=known.when(target.last_run_at))
        verified = tr("Verified: {when}", when=known.when(target.last_verified_at))
        lines = (label(text, 12, tone="soft", tabular=True) for text in (run, verified))
        self.body.addLayout(column(*lines, gap=3))
        self.body.addStretch(1)
        self.run = button(tr("Back up now"), "database-backup", _kind(step is Mend.BACK_UP))
        self.run.setAccessibleDescription(target.name)
        self.run.clicked.connect(partial(self.run_wanted.emit, target.name))
        self.verify = self._verify_button(step is Mend.VERIFY)
        allow(self.run, why_not_run)
        if busy:
            for made in (self.run, self.verify):
                made.setEnabled(False)
        self.verify.setDisabled(busy or target.last_good_at is None)
        self.body.addLayout(row(self.run, self.verify, None, gap=8))

    def focused(self) -> str:
        """Return which of its buttons has the keyboard: run, verify or none."""
        found = (name for name in ("run", "verify") if getattr(self, name).hasFocus())
        return next(found, "")

    def focus(self, name: str) -> None:
        """Give the keyboard to one of its buttons."""
        (self.run if name == "run" else self.verify).setFocus()

    def _verify_button(self, next_step: bool) -> QPushButton:  # noqa: FBT001 - its only question
        made = button(tr("Verify"), "shield-check", _kind(next_step))
        made.setAccessibleDescription(self.name)
        menu = QMenu(made)
        for full, text in (
            (False, tr("Quickly: every part is there in its full size")),
            (True, tr("Fully: read and compare every byte")),
        ):
            action = menu.addAction(text)
            action.triggered.connect(partial(self._verify_chosen, full))
        made.setMenu(menu)
        return made

    def _verify_chosen(self, full: bool) -> None:  # noqa: FBT001 - from a signal
        self.verify_wanted.emit(self.name, full)


def _kind(next_step: bool) -> Kind:  # noqa: FBT001 - its only question
    return "primary" if next_step else ""
