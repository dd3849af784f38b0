"""The state on top: is the trail whole, when that was looked at, and what remembers it."""

from __future__ import annotations

from desktop_app.access.records import Alarm, EventRow, TrailReport
from desktop_app.gui.format import clock, moment, number
from desktop_app.gui.screens.audit.wording import anchored_text
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.turning import Turning
from desktop_app.venue.records import Today

_ONE_LINE = 900  # in the longest language


class TrailCard(Card):
    """Says whether the trail is intact; its buttons are connected by whoever shows it."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("shield-check", "text3", 24)
        self._headline = label(tr("Not checked since you came"), 20, 600, wrap=True)
        self._detail = label(tr("Reading…"), 13, tone="soft", tabular=True, wrap=True)
        self._more = label("", 13, tone="soft", tabular=True, wrap=True)
        self._more.hide()
        self.verify = button(tr("Verify"), "shield-check", "primary")
        self.check = button(tr("Check a printed anchor…"), "file-search")
        self.export = button(tr("Export…"), "download")
        state = row(self._icon, gap=16)
        state.addLayout(column(self._headline, self._detail, self._more, gap=3), 1)
        tools = row(None, self.check, self.export, self.verify, gap=8)
        self.body.addWidget(Turning(state, tools, least=_ONE_LINE, gap=12))

    @property
    def headline(self) -> str:
        """Return what is said in large letters."""
        return self._headline.text()

    @property
    def detail(self) -> str:
        """Return what is said below."""
        return self._detail.text()

    def show_last(self, last: EventRow | None, today: Today) -> None:
        """Say when the trail was checked last: what it says of itself is no proof."""
        if last is None:
            self._detail.setText(tr("Nobody has checked this trail yet."))
            return
        when = moment(today.venue.time.local(last.at), language())
        self._detail.setText(tr("Last checked by {name}, {when}", name=last.actor, when=when))
        self._name()

    def show_report(self, report: TrailReport, today: Today) -> None:
        """Show what checking found; a broken trail is named by its first wrong place."""
        checked = tr("checked {time}", time=clock(today.local))
        if report.ok:
            self._tell("shield-check", "ok", tr("Trail intact"))
            events = ntr("{n} event", "{n} events", report.events)
            parts = [events, checked, anchored_text(report.anchored, today)]
        else:
            at = number(report.broken_at or 0, language())
            self._tell("shield-alert", "bad", tr("Trail broken at event {number}", number=at))
            parts = ["" if report.why is None else say(report.why), checked]
        self._detail.setText(" · ".join(part for part in parts if part))
        signed = report.checkpoint
        self._more.setVisible(signed is not None)
        if signed is not None:
            text = tr(
                "Signed up to event {number} by {name}",
                number=number(signed.seq, language()),
                name=signed.by,
            )
            self._more.setText(text)
        self._name()

    def show_unchecked(self) -> None:
        """Say that nothing is known."""
        self._tell("shield-check", "text3", tr("Not checked since you came"))
        self._more.hide()
        self._name()

    def show_alarm(self, alarm: Alarm) -> None:
        """Say that an alarm is open where nothing was checked since."""
        at = number(alarm.seq, language())
        self._tell(
            "shield-alert", "bad", tr("Alarm: the trail does not fit at {number}", number=at)
        )
        self._name()

    def _tell(self, icon: str, ink: Role, headline: str) -> None:
        self._icon.show_icon(icon, ink)
        self._headline.setText(headline)

    def _name(self) -> None:
        self.setAccessibleName(f"{self.headline}. {self.detail}")
