"""Which events are wanted: a text, the outcome, the operation, one person, a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.access.records import EventFilter
from desktop_app.access.wording import OPERATIONS, OUTCOMES
from desktop_app.db.operation import REGISTRY, Kind
from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.date_range import DateRange
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.search_box import SearchBox
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.gui.widgets.turning import Turning
from desktop_app.venue.records import Today

_ONE_LINE = 1320  # in the longest language, with both days


class FilterBar(QWidget):
    """`changed` when something else is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today: Today | None = None
        self.search = SearchBox(tr("Beginning of a name or operation"), tr("Search the trail"), 300)
        self.outcome = Segmented(
            tr("Outcome"), [("", tr("All")), *((key, say(text)) for key, text in OUTCOMES.items())]
        )
        self.operation = _operations()
        self.person = _box(tr("Person"))
        self.person.addItem(tr("Everybody"), "")
        self.period: DateRange | None = None
        self._kinds = row(self.operation, None)
        bar = Turning(
            row(self.search, self.person, self.outcome),
            self._kinds,
            least=_ONE_LINE,
            gap=8,
            even=False,
        )
        self.setLayout(column(bar, margins=(16, 14, 16, 14)))

    @property
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

    def begin(self, today: Today) -> None:
        """Offer periods as of a day, and tell of changes from now on."""
        self._today = today
        self.period = DateRange(today.local.date())
        self._kinds.insertWidget(0, self.period)
        self.search.searched.connect(self._tell)
        self.outcome.chosen.connect(self._tell)
        self.operation.currentIndexChanged.connect(self._tell)
        self.person.currentIndexChanged.connect(self._tell)
        self.period.changed.connect(self._tell)

    def show_people(self, names: Iterable[str]) -> None:
        """Offer these people as well."""
        for name in sorted(set(names), key=str.casefold):
            if name and self.person.findData(name) < 0:
                self.person.addItem(name, name)

    def clear(self) -> None:
        """Want everything."""
        blocked = [QSignalBlocker(one) for one in (self.operation, self.person, self.period) if one]
        self.operation.setCurrentIndex(0)
        self.person.setCurrentIndex(0)
        if self.period is not None:
            self.period.choose("all")
        self.outcome.choose("")
        self.search.clear()
        for one in blocked:
            one.unblock()
        self._tell()

    def _tell(self, *_: object) -> None:
        self.changed.emit()

    def _moments(self) -> tuple[datetime | None, datetime | None]:
        if self.period is None or self._today is None:
            return None, None
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
