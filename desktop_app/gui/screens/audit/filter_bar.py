"""Which events are wanted: a text, the outcome, the operation, one person, a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from desktop_app.access.records import EventFilter
from desktop_app.access.wording import OPERATIONS, OUTCOMES
from desktop_app.db.operation import REGISTRY, Kind
from desktop_app.gui.fonts import font
from desktop_app.gui.lists.bar import ListBar
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.date_range import DateRange, ready_made
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.search_box import SearchBox
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.gui.widgets.turning import Turning
from desktop_app.venue.records import Today

_ONE_LINE = 1320  # in the longest language, with both days


class FilterBar(ListBar):
    """The bar of the trail; it tells of an `EventFilter`."""

    def __init__(self, today: Today) -> None:
        name = tr("Search the trail")
        super().__init__(SearchBox(tr("Beginning of a name or operation"), name, 300))
        self._today = today
        self._setting = False
        self.outcome = Segmented(
            tr("Outcome"), [("", tr("All")), *((key, say(text)) for key, text in OUTCOMES.items())]
        )
        self.operation = _operations()
        self.person = _box(tr("Person"))
        self.person.addItem(tr("Everybody"), "")
        self.period = DateRange(today.local.date())
        self._ready = frozenset(ready_made(today.local.date()))
        bar = Turning(
            row(self.search, self.person, self.outcome),
            row(self.period, self.operation, None),
            least=_ONE_LINE,
            gap=8,
            even=False,
        )
        self.setLayout(column(bar))
        self.search.searched.connect(self._tell)
        self.outcome.chosen.connect(self._tell)
        self.operation.currentIndexChanged.connect(self._tell)
        self.person.currentIndexChanged.connect(self._tell)
        self.period.changed.connect(self._tell)

    @property
    @override
    def wanted(self) -> EventFilter:
        """Return the filter in force."""
        first, end = self._moments()
        return EventFilter(
            self.search.text().strip(),
            str(self.operation.currentData() or ""),
            self.outcome.key,
            actor=str(self.person.currentData() or ""),
            first=first,
            end=end,
        )

    @property
    @override
    def everything(self) -> bool:
        """Tell whether nothing is filtered out."""
        return self.wanted.everything

    @override
    def show_filter(self, wanted: EventFilter) -> None:
        """Show a filter of text, operation, outcome and person; all days."""
        self._setting = True
        self.search.setText(wanted.text)
        self.operation.setCurrentIndex(max(0, self.operation.findData(wanted.operation)))
        self.person.setCurrentIndex(max(0, self.person.findData(wanted.actor)))
        self.outcome.choose(wanted.outcome)
        self.period.choose("all")
        self._setting = False
        self._tell()

    @override
    def state(self) -> Mapping[str, str]:
        """Return operation, outcome and a ready-made period; never a name."""
        state = {"operation": str(self.operation.currentData() or ""), "outcome": self.outcome.key}
        if self.period.key in self._ready:
            state["period"] = self.period.key
        return {key: value for key, value in state.items() if value}

    @override
    def show_state(self, state: Mapping[str, Any]) -> None:
        """Take up what was remembered, without telling."""
        self._setting = True
        at = self.operation.findData(state.get("operation", ""))
        self.operation.setCurrentIndex(max(0, at))
        if state.get("outcome") in self.outcome.keys:
            self.outcome.choose(str(state["outcome"]))
        if state.get("period") in self._ready:
            self.period.choose(str(state["period"]))
        self._setting = False

    def show_people(self, names: Iterable[str]) -> None:
        """Offer these people as well."""
        for name in sorted(set(names), key=str.casefold):
            if name and self.person.findData(name) < 0:
                self.person.addItem(name, name)

    @override
    def clear(self) -> None:
        """Want everything."""
        self.show_filter(EventFilter())

    def _tell(self, *_: object) -> None:
        if not self._setting:
            self.changed.emit(self.wanted)

    def _moments(self) -> tuple[datetime | None, datetime | None]:
        wanted, local = self.period.period, self._today.venue.time.from_local
        last = None if wanted.last is None else wanted.last + timedelta(days=1)
        return (
            None if wanted.first is None else local(_midnight(wanted.first)),
            None if last is None else local(_midnight(last)),
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _operations() -> QComboBox:
    made = _box(tr("Operation"))
    made.setMinimumContentsLength(14)  # the days of a period come first in a narrow window
    made.addItem(tr("All operations"), "")
    writing = {name for name, op in REGISTRY.items() if op.kind is not Kind.QUERY}
    named = ((say(text), name) for name, text in OPERATIONS.items() if name in writing)
    for text, name in sorted(named, key=lambda one: one[0].casefold()):
        made.addItem(text, name)
    return made
