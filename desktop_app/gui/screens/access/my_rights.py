"""One's own rights: what I may do, what I may not, and whom to ask."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.screens.access.lines import Lines, held_rows, lacking_rows
from desktop_app.gui.screens.access.wording import limits_text, opens_text
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import Avatar, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.turning import Turning
from desktop_app.kernel.access import Actor, Permission

_TWO = 860  # room for two lists of rights without cutting their names


class MyRights(Card):
    """Who I am here, and below it two lists side by side."""

    def __init__(self, bridge: Bridge, currency: str, venues: dict[int, str]) -> None:
        super().__init__()
        self._bridge = bridge
        actor = bridge.app.actor
        self.setAccessibleName(tr("My rights"))
        self.held = Lines(tr("What you may do"))
        self.lacking = Lines(tr("What you may not do"))
        self.body.addLayout(self._head(actor, currency, venues))
        self.body.addSpacing(8)
        held = self._half(self.held, actor.permissions - {Permission.ANYONE}, may=True)
        lacking = frozenset(Permission) - actor.permissions
        rest = self._half(self.lacking, lacking, may=False)
        if lacking:
            self.body.addWidget(Turning(held, rest, least=_TWO, gap=36))
        else:  # an empty list beside the full one would take half of its room
            self.body.addLayout(column(rest, held, gap=12))
        self.body.addStretch(1)

    def _head(self, actor: Actor, currency: str, venues: dict[int, str]) -> QHBoxLayout:
        facts = [opens_text(actor.permissions), limits_text(actor.limits, currency)]
        facts.append(venues_text(actor.venues, venues))
        words = column(
            row(label(actor.name, 18, 600), Badge(Mood(say(actor.role_title), "info")), None),
            label(facts[0], 13, tone="soft", wrap=True),
            label(" · ".join(facts[1:]), 12, tone="muted", wrap=True),
            gap=4,
        )
        line = row(Avatar(actor.name, 48), gap=16)
        line.addLayout(words, 1)
        return line

    def _half(self, lines: Lines, rights: frozenset[Permission], *, may: bool) -> QVBoxLayout:
        count = len(rights)
        if may:
            title = ntr("You may do {n} thing", "You may do {n} things", count)
            lines.show_rows(held_rows(rights, server=self._bridge.app.on_server))
        else:
            title = ntr(
                "{n} thing is not available to you", "{n} things are not available to you", count
            )
            if not count:
                title = tr("Nothing is kept from you")
                lines.hide()
            lines.show_rows(lacking_rows(rights, self._bridge.app.who_may))
        return column(label(title, 14, 600), lines, None, gap=4)


def venues_text(numbers: frozenset[int] | None, names: dict[int, str]) -> str:
    """Return the venues somebody sees."""
    if numbers is None:
        return tr("All venues")
    if not numbers:
        return tr("No venue")
    shown = ", ".join(names.get(number, str(number)) for number in sorted(numbers))
    return tr("Only {venues}", venues=shown)
