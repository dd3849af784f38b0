"""Which period a report is of, and what it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.date_range import DateRange, ready_made
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.clock import as_number
from desktop_app.reports.periods import a_year_before, before
from desktop_app.reports.records import Period


class SpanBar(QWidget):
    """Two periods; `changed` when either is another one."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._ready = frozenset(ready_made(today))
        self.days = DateRange(today, "month")
        self.against = QComboBox()
        self.against.setFont(font(13))
        self.against.setAccessibleName(tr("Held against"))
        for key, text in (
            ("none", tr("not compared")),
            ("before", tr("against the days before")),
            ("last-year", tr("against last year")),
            ("own", tr("against other days…")),
        ):
            self.against.addItem(text, key)
        self.other = DateRange(today, "last_month")
        self.other.hide()
        self.setLayout(row(self.days, label("", 12), self.against, self.other, None, gap=8))
        self.days.changed.connect(self._tell)
        self.other.changed.connect(self._tell)
        self.against.currentIndexChanged.connect(self._chosen)

    @property
    def period(self) -> Period:
        """Return the period of the report."""
        return _numbers(self.days)

    @property
    def other_period(self) -> Period | None:
        """Return what it is held against, None for nothing or where that cannot be."""
        match self.against.currentData():
            case "before":
                return before(self.period)
            case "last-year":
                return a_year_before(self.period)
            case "own":
                return _numbers(self.other)
            case _:
                return None

    def state(self) -> dict[str, str]:
        """Return what is worth remembering: ready-made periods, by their keys."""
        against = str(self.against.currentData())
        state = {"against": "none" if against == "own" else against}
        if self.days.key in self._ready:
            state["period"] = self.days.key
        return state

    def show_state(self, state: Mapping[str, Any]) -> None:
        """Take up what was remembered; unknown keys are passed over."""
        if state.get("period") in self._ready:
            self.days.choose(str(state["period"]))
        self.against.setCurrentIndex(max(0, self.against.findData(state.get("against", "none"))))

    def hold_against(self, key: str) -> None:
        """Choose what to compare with."""
        self.against.setCurrentIndex(self.against.findData(key))

    def _chosen(self) -> None:
        self.other.setVisible(self.against.currentData() == "own")
        self.changed.emit()

    def _tell(self, _: object) -> None:
        self.changed.emit()


def _numbers(days: DateRange) -> Period:
    found = days.period
    return Period(
        None if found.first is None else as_number(found.first),
        None if found.last is None else as_number(found.last),
    )
