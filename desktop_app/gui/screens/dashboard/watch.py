"""Reads what the rules of attention need, each part on its own, and tells when it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop_app.access.approvals import choose_four_eyes, list_four_eyes
from desktop_app.access.request_records import FourEyesRow
from desktop_app.backup.operations import list_targets
from desktop_app.backup.records import TargetRow
from desktop_app.exchange.operations import list_imports
from desktop_app.exchange.reports import ImportRow
from desktop_app.gui.bridge import Bridge
from desktop_app.kernel.clock import EPOCH
from desktop_app.kernel.deeds import ABOUT
from desktop_app.kernel.words import Message
from desktop_app.reports.operations import measure_disk
from desktop_app.reports.records import DiskRoom
from desktop_app.reports.rules import Facts, ImportFact
from desktop_app.reviews.operations import review_state
from desktop_app.reviews.records import ReviewState
from desktop_app.security.operations import last_card_scan
from desktop_app.security.records import CardScanRow
from desktop_app.venue.operations import get_settings, get_today
from desktop_app.venue.records import Today

_IMPORTS = 30


class Watch(QObject):
    """Keeps the facts; `known(Facts)` when they are other ones."""

    known = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.facts = Facts(EPOCH, notices=tuple(self._notices()))

    def look(self) -> None:
        """Read everything again."""
        self._bridge.ask(self, self._at, get_today)

    def measure(self) -> None:
        """Measure the disk again."""
        if self._bridge.can(measure_disk):
            # A disk that does not answer is the backup's and the store's own trouble.
            self._bridge.ask_or(self, self._room, lambda _: None, measure_disk)

    def dismiss(self, notice: Message) -> None:
        """Forget a notice that was read."""
        notices = self._notices()
        if notice in notices:
            notices.remove(notice)
        self._learn(replace(self.facts, notices=tuple(notices)))

    def _notices(self) -> list[Message]:
        found: list[Message] = getattr(self._bridge.app, "notices", [])
        return found

    def _at(self, today: Today) -> None:
        self.facts = replace(self.facts, now=today.now)
        self._bridge.ask(self, self._settings, get_settings)
        self._bridge.ask(self, self._review, review_state)
        if self._bridge.can(last_card_scan):
            self._bridge.ask(self, self._cards, last_card_scan)
        if self._bridge.can(choose_four_eyes):
            self._bridge.ask(self, self._deeds, list_four_eyes)
        if self._bridge.can(list_imports):
            self._bridge.ask(self, self._imports, list_imports, limit=_IMPORTS)

    def _settings(self, found: Mapping[str, str]) -> None:
        self.facts = replace(
            self.facts,
            warn_after_hours=int(found["backup.warn_after_hours"]),
            warn_below_mb=int(found["disk.warn_below_mb"]),
        )
        if self._bridge.can(list_targets):
            self._bridge.ask(self, self._targets, list_targets)

    def _targets(self, found: Sequence[TargetRow]) -> None:
        self._learn(replace(self.facts, targets=tuple(found)))

    def _imports(self, found: Sequence[ImportRow]) -> None:
        imports = tuple(
            ImportFact(one.id, one.at, one.source, one.files, one.finished) for one in found
        )
        self._learn(replace(self.facts, imports=imports))

    def _review(self, found: ReviewState) -> None:
        self._learn(replace(self.facts, review_overdue_days=found.overdue_days))

    def _cards(self, found: CardScanRow | None) -> None:
        self._learn(replace(self.facts, cards_found=found.left if found else 0))

    def _deeds(self, found: Sequence[FourEyesRow]) -> None:
        alone = tuple(ABOUT[one.deed].text for one in found if one.alone)
        only = not any(one.others for one in found)
        self._learn(replace(self.facts, only_one_decides=only, deeds_without_second=alone))

    def _room(self, room: DiskRoom) -> None:
        self._learn(replace(self.facts, room=room))

    def _learn(self, facts: Facts) -> None:
        self.facts = facts
        self.known.emit(facts)
