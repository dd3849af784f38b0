"""“Needs your attention”: what can hurt most first, each with the button that mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.text import say, tr
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.reports.rules import Concern, Harm, Mend

_ICONS = {
    Mend.SET_UP_BACKUP: "database-backup",
    Mend.BACK_UP: "database-backup",
    Mend.VERIFY: "shield-alert",
    Mend.FREE_SPACE: "hard-drive",
    Mend.IMPORT_AGAIN: "upload",
    Mend.REVIEW_ACCESS: "book-open-check",
    Mend.SEE_CARDS: "credit-card",
    Mend.SEE_DEEDS: "user-round",
    Mend.NOTED: "info",
}
_TONES: dict[Harm, tuple[Role, Role]] = {
    Harm.GRAVE: ("bad", "bad_soft"),
    Harm.RISK: ("warn", "warn_soft"),
    Harm.NOTE: ("info", "info_soft"),
}


class AttentionCard(Card):
    """Lists concerns; `mended(Concern)` when the button of one is clicked."""

    mended = Signal(object)

    def __init__(self, why_not: Callable[[Mend], str]) -> None:
        super().__init__(tr("Needs your attention"), tr("Sorted by what can hurt most"))
        self._why_not = why_not
        self._shown: list[Concern] | None = None
        self._rows = column(gap=0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    @property
    def shown(self) -> list[Concern]:
        """Return what is listed."""
        return list(self._shown or ())

    def show_concerns(self, concerns: Sequence[Concern], *, fresh: bool = True) -> None:
        """List these; `fresh` says that the backups are known to be."""
        if self._shown == list(concerns):
            return
        self._shown = list(concerns)
        clear(self._rows)
        rows = [self._row(concern) for concern in concerns]
        if fresh and all(concern.mend is Mend.SEE_DEEDS for concern in concerns):
            rows.insert(0, _all_well())
        for at, line in enumerate(rows):
            if at:
                self._rows.addWidget(rule())
            self._rows.addWidget(line)

    def _row(self, concern: Concern) -> QWidget:
        ink, ground = _TONES[concern.harm]
        words = column(label(say(concern.message), 13, 600, wrap=True), gap=2)
        words.addWidget(label(say(concern.detail), 12, tone="muted", wrap=True))
        made = button(mend_text(concern.mend), on_click=partial(self.mended.emit, concern))
        made.setAccessibleDescription(say(concern.message))
        allow(made, self._why_not(concern.mend))
        line = row(IconLabel(_ICONS[concern.mend], ink, 18, ground), gap=12)
        line.addLayout(words, 1)
        line.addWidget(made)
        line.setContentsMargins(0, 9, 0, 9)
        return frame(line, "clear")


def mend_text(mend: Mend) -> str:
    """Return what the button says."""
    return {
        Mend.SET_UP_BACKUP: tr("Set up a backup"),
        Mend.BACK_UP: tr("Back up now"),
        Mend.VERIFY: tr("Verify now"),
        Mend.FREE_SPACE: tr("Open the folder"),
        Mend.IMPORT_AGAIN: tr("Import again"),
        Mend.REVIEW_ACCESS: tr("Review access"),
        Mend.SEE_CARDS: tr("See card numbers"),
        Mend.SEE_DEEDS: tr("See the rules"),
        Mend.NOTED: tr("Understood"),
    }[mend]


def _all_well() -> QWidget:
    words = column(label(tr("Nothing needs you right now"), 13, 600), gap=2)
    words.addWidget(label(tr("The backups are fresh and the disk has room."), 12, tone="muted"))
    line = row(IconLabel("circle-check", "ok", 18, "ok_soft"), gap=12, margins=(0, 9, 0, 9))
    line.addLayout(words, 1)
    return frame(line, "clear")
