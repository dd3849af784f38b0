"""The state on top: are the data safe, since when, and which key brings them back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.backup.records import RecoveryKey
from desktop_app.gui.screens.backups.known import Known
from desktop_app.gui.text import tr
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import column, row
from desktop_app.reports.rules import Harm, Safety

_ICONS: dict[Harm | None, tuple[str, Role, Role]] = {
    None: ("shield-check", "ok", "ok_soft"),
    Harm.NOTE: ("shield-check", "info", "info_soft"),
    Harm.RISK: ("triangle-alert", "warn", "warn_soft"),
    Harm.GRAVE: ("shield-alert", "bad", "bad_soft"),
}


class StateCard(Card):
    """`run_wanted` for a backup to every place, `restore_wanted` for the wizard."""

    run_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = row()
        self._headline = label("", 20, 600, wrap=True)
        self._good = label("", 13, tone="soft", tabular=True)
        self._verified = label("", 13, tone="soft", tabular=True)
        self._key = label("", 13, 500, tabular=True)
        self._print = label("", 12, tone="muted", tabular=True)
        self.run = button(tr("Back up now"), "database-backup", "primary", on_click=self.run_wanted)
        self.restore = button(tr("Restore…"), "history", on_click=self.restore_wanted)
        self._icon: IconLabel | None = None
        line = row(self._place, gap=16)
        line.addLayout(column(self._headline, self._good, self._verified, gap=3), 1)
        line.addWidget(self.restore)
        line.addWidget(self.run)
        self.body.addLayout(line)
        self.add(rule())
        words = column(self._key, self._print, gap=2)
        self.body.addLayout(row(IconLabel("key-round", "accent", 16), words, None, gap=10))

    @property
    def headline(self) -> str:
        """Return what is said in large letters."""
        return self._headline.text()

    def show_known(self, known: Known) -> None:
        """Show how safe the data are."""
        safety = known.safety
        harm = safety.harm if safety else None
        name, ink, ground = _ICONS[harm]
        if self._icon is not None:
            self._place.removeWidget(self._icon)
            self._icon.deleteLater()
        self._icon = IconLabel(name, ink, 24, ground)
        self._place.addWidget(self._icon)
        self._headline.setText(_headline(safety, known))
        good, verified = known.newest()
        self._good.setText(tr("Last good backup: {when}", when=known.when(good)))
        self._verified.setText(tr("Last verified: {when}", when=known.when(verified)))
        self.setAccessibleName(f"{self.headline}. {self._good.text()}. {self._verified.text()}")

    def show_key(self, key: RecoveryKey) -> None:
        """Show which emergency sheet is needed to restore."""
        self._key.setText(tr("Restoring needs the sheet with the key {id}", id=key.id))
        self._print.setText(tr("Fingerprint {print}", print=key.fingerprint))


def _headline(safety: Safety | None, known: Known) -> str:
    if safety is None or safety.harm is None:
        return tr("Your data are safe")
    if known.newest()[0] is None:
        return tr("There is no backup yet")
    return tr("The newest backup is old") if known.old else tr("Backed up, but not verified yet")
