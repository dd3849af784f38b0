"""An open alarm: the first event that does not fit, what it claims, and who has to sign it off."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy

from desktop_app.access.records import Alarm, Anchor, EventRow
from desktop_app.gui.format import moment, number
from desktop_app.gui.screens.audit.wording import about, anchor_text, what
from desktop_app.gui.sidebar import role_name
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.venue.records import Today


class AlarmCard(QFrame):
    """A red panel for the first of the open alarms, and how many come after it.

    Its buttons are connected by whoever shows it.
    """

    def __init__(self, alarm: Alarm, today: Today, more: int = 0) -> None:
        super().__init__()
        self.alarm = alarm
        self._today = today
        self._claims = label("…", 12, tabular=True, wrap=True)
        self._anchor = label(tr("Verify to see it."), 12, tabular=True, wrap=True)
        self.sign = button(tr("Sign off…"), "badge-check", "primary")
        self.evidence = button(tr("Export evidence…"), "download")
        self.setObjectName("banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setProperty("tone", "bad")
        title = tr(
            "Event {number}: {why}.",
            number=number(alarm.seq, language()),
            why=say(alarm.why),
        )
        self.setAccessibleName(title)
        words = column(label(title, 14, 600, wrap=True), self._facts(), gap=6)
        words.addWidget(
            label(
                tr("Do not work on in this store until you know what happened. Keep it as it is."),
                12,
                tone="soft",
                wrap=True,
            )
        )
        left = ntr("{n} more alarm after this one", "{n} more alarms after this one", more)
        rest = label(left if more else "", 12, tone="muted")
        words.addLayout(row(self.sign, self.evidence, rest, None, gap=8))
        layout = row(column(IconLabel("shield-alert", "bad", 20), None), gap=12)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.addLayout(words, 1)
        self.setLayout(layout)

    @property
    def said(self) -> str:
        """Return what the bad event claims and the last good anchor."""
        return f"{self._claims.text()}\n{self._anchor.text()}"

    def show_claims(self, event: EventRow | None) -> None:
        """Show what the bad event says of itself; None where it is not there any more."""
        if event is None:
            self._claims.setText(tr("It is not there any more."))
            return
        when = moment(self._today.venue.time.local(event.at), language())
        parts = [f"{event.actor} ({role_name(event.role)})", what(event), about(event), when]
        self._claims.setText(" · ".join(part for part in parts if part))

    def show_checking(self) -> None:
        """Say that the anchors are being compared."""
        self._anchor.setText(tr("Being checked…"))

    def show_unchecked(self) -> None:
        """Say that the anchors were not compared."""
        self._anchor.setText(tr("Verify to see it."))

    def show_anchor(self, anchor: Anchor | None) -> None:
        """Show the newest thing outside the trail that fits up to before the bad event."""
        text = (
            tr("There is none before it.") if anchor is None else anchor_text(anchor, self._today)
        )
        self._anchor.setText(text)

    def _facts(self) -> QGridLayout:
        local, spoken = self._today.venue.time.local, language()
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        facts = [
            (tr("Found"), label(moment(local(self.alarm.at), spoken), 12, tabular=True)),
            (tr("It claims"), self._claims),
            (tr("Last good anchor"), self._anchor),
        ]
        for signed in self.alarm.signatures:
            text = tr(
                "{name} ({role}), {when}: {reason}",
                name=signed.name,
                role=role_name(signed.role),
                when=moment(local(signed.at), spoken),
                reason=signed.reason,
            )
            facts.append((tr("Signed off by"), label(text, 12, tabular=True, wrap=True)))
        if self.alarm.needs is not None:
            facts.append((tr("Still open"), label(say(self.alarm.needs), 12, 600, wrap=True)))
        for at, (name, value) in enumerate(facts):
            grid.addWidget(label(name, 12, tone="muted"), at, 0)
            grid.addWidget(value, at, 1)
            value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return grid
