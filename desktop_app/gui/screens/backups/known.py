"""What the backups screen knows, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.backup.records import TargetRow
from desktop_app.gui.format import moment
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.reports.rules import Facts, Mend, Safety, ago, attention, safety
from desktop_app.venue.records import Today


@dataclass(frozen=True, slots=True)
class Known:
    """The places for backups as of a moment."""

    today: Today
    targets: Sequence[TargetRow]
    warn_after_hours: int

    @property
    def safety(self) -> Safety | None:
        """Return how safe the data are."""
        return safety(self._facts(self.targets))

    def next_step(self, target: TargetRow) -> Mend | None:
        """Return what a place for backups needs, or None where all is well."""
        found = attention(self._facts([target]))
        return found[0].mend if found else None

    def mood(self, target: TargetRow) -> Mood:
        """Return the badge of a place for backups."""
        if target.last_run_at is None:
            return Mood(tr("No backup yet"), "warn", "clock")
        if not target.last_run_ok:
            return Mood(tr("Failed"), "bad", "circle-alert")
        step = self.next_step(target)
        if step is Mend.BACK_UP:
            return Mood(tr("Old"), "warn", "clock")
        if step is Mend.VERIFY:
            return Mood(tr("Not verified"), "warn", "shield-alert")
        return Mood(tr("Safe"), "ok", "circle-check")

    def when(self, at: datetime | None) -> str:
        """Return how long ago something was and when: `2 h ago · 23 Nov 2026, 14:32`."""
        if at is None:
            return tr("never")
        local = moment(self.today.venue.time.local(at), language())
        return f"{say(ago(at, self.today.now))} · {local}"

    def newest(self) -> tuple[datetime | None, datetime | None]:
        """Return when the newest good backup was made, and when one was last verified."""
        good = [one.last_good_at for one in self.targets if one.last_good_at]
        checked = [one.last_verified_at for one in self.targets if one.last_verified_at]
        return max(good, default=None), max(checked, default=None)

    @property
    def old(self) -> bool:
        """Tell whether even the newest good backup is older than the restaurant wants it."""
        good = self.newest()[0]
        limit = timedelta(hours=self.warn_after_hours)
        return good is not None and self.today.now - good > limit

    def _facts(self, targets: Sequence[TargetRow]) -> Facts:
        return Facts(self.today.now, tuple(targets), self.warn_after_hours)
