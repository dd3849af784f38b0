"""Which deeds need a second person: the owner's choice, deed by deed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox

from desktop_app.access.approvals import choose_four_eyes, list_four_eyes
from desktop_app.access.request_records import FourEyesRow
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.kernel.deeds import ABOUT, Deed
from desktop_app.kernel.errors import AppError


class RulesCard(Card):
    """The deeds with a box each; a box that nobody else could answer to stays empty."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(
            tr("Which deeds need a second person"),
            tr("All of them ask for the password again; these ask somebody else, too"),
        )
        self._bridge = bridge
        self._lines = column(gap=8)
        self.boxes: dict[Deed, QCheckBox] = {}
        self.body.addLayout(self._lines)
        self.failure = label("", 12, tone="bad", wrap=True)
        self.failure.hide()
        self.add(self.failure)
        self.look()

    def look(self, _: object = None) -> None:
        """Ask for the rules again."""
        self._bridge.ask(self, self._show, list_four_eyes)

    def _show(self, rows: Sequence[FourEyesRow]) -> None:
        clear(self._lines)
        self.boxes = {}
        for at, found in enumerate(rows):
            if at:
                self._lines.addWidget(rule())
            box = QCheckBox(say(ABOUT[found.deed].text))
            box.setFont(font(13, 500))
            box.setChecked(found.on)
            allow(box, self._bridge.why_not(choose_four_eyes))
            box.clicked.connect(partial(self._choose, found.deed))
            self.boxes[found.deed] = box
            line = row(box, None, gap=10)
            if found.alone:
                line.addWidget(Badge(Mood(tr("off, one person only"), "warn")))
            elif found.others:
                who = tr("could agree: {names}", names=", ".join(found.others[:3]))
                line.addWidget(label(who, 12, tone="muted"))
            else:
                line.addWidget(label(tr("nobody else could agree"), 12, tone="muted"))
            self._lines.addLayout(line)

    def _choose(self, deed: Deed) -> None:
        on = self.boxes[deed].isChecked()
        self.failure.hide()
        self._bridge.ask_or(self, self.look, self._refused, choose_four_eyes, deed, on)

    def _refused(self, error: AppError) -> None:
        self.failure.setText(say(error.message))
        self.failure.show()
        self.look()
