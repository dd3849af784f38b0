"""One line about the second person: which deeds need one, or that there is nobody to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.access.approvals import list_four_eyes
from desktop_app.access.request_records import FourEyesRow
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.text import ntr, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row


class FourEyesCard(Card):
    """Says how many deeds need a second person, and where to choose."""

    def __init__(self, bridge: Bridge, go: Callable[[], None]) -> None:
        super().__init__(tr("A second person"), tr("For deeds that cannot be taken back"))
        self.line = label("", 13, 500, wrap=True)
        self.choose = button(tr("Choose…"), "users", on_click=go)
        found = row(gap=12)
        found.addWidget(self.line, 1)
        found.addWidget(self.choose)
        self.body.addLayout(found)
        bridge.ask(self, self._show, list_four_eyes)

    def _show(self, rows: Sequence[FourEyesRow]) -> None:
        on = sum(1 for one in rows if one.on and one.others)
        if not any(one.others for one in rows):
            self.line.setText(tr("Four eyes: off, one person only"))
        elif on:
            self.line.setText(
                ntr("{n} deed needs a second person", "{n} deeds need a second person", on)
            )
        else:
            self.line.setText(tr("No deed needs a second person"))
