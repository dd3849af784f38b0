"""A period: ready-made ones, one day, or from-to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QHBoxLayout

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class Period:
    """Business days, both counted in; `None` for no limit."""

    first: date | None
    last: date | None


def ready_made(today: date) -> dict[str, Period]:
    """Return the ready-made periods by key, as of a business day."""
    month = today.replace(day=1)
    last_month_end = month - timedelta(days=1)
    return {
        "all": Period(None, None),
        "today": Period(today, today),
        "yesterday": Period(today - timedelta(days=1), today - timedelta(days=1)),
        "week": Period(today - timedelta(days=6), today),
        "days90": Period(today - timedelta(days=89), today),
        "month": Period(month, today),
        "last_month": Period(last_month_end.replace(day=1), last_month_end),
        "year": Period(today.replace(month=1, day=1), today),
    }


class DateRange(QFrame):
    """Lets a person pick a period; `changed(Period)` when it is another one."""

    changed = Signal(Period)

    def __init__(self, today: date, key: str = "all") -> None:
        super().__init__()
        self._periods = ready_made(today)
        self._choice = QComboBox()
        self._choice.setFont(font(13))
        self._choice.setAccessibleName(tr("Period"))
        for name, text in self._names():
            self._choice.addItem(text, name)
        self._first = _date_edit(tr("First day"), today)
        self._dash = label("–", tone="muted")
        self._last = _date_edit(tr("Last day"), today)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._choice, self._first, self._dash, self._last):
            layout.addWidget(widget)
        self._choice.setCurrentIndex(self._choice.findData(key))
        self._show_days()
        self._choice.currentIndexChanged.connect(self._chosen)
        self._first.dateChanged.connect(self._typed)
        self._last.dateChanged.connect(self._typed)

    @property
    def period(self) -> Period:
        """Return the period in force."""
        key = self.key
        if key in self._periods:
            return self._periods[key]
        first, last = _day(self._first), _day(self._last)
        return Period(first, first if key == "day" else max(first, last))

    @property
    def key(self) -> str:
        """Return what is picked: the key of a ready-made period, `day` or `between`."""
        return str(self._choice.currentData())

    def choose(self, key: str) -> None:
        """Pick a ready-made period, or `day` or `between`."""
        self._choice.setCurrentIndex(self._choice.findData(key))

    def show_days(self, first: date, last: date) -> None:
        """Pick the days from first to last."""
        with QSignalBlocker(self._first), QSignalBlocker(self._last), QSignalBlocker(self._choice):
            self._first.setDate(QDate(first.year, first.month, first.day))
            self._last.setDate(QDate(last.year, last.month, last.day))
            self.choose("day" if first == last else "between")
        self._chosen()

    def _names(self) -> tuple[tuple[str, str], ...]:
        return (
            ("all", tr("All time")),
            ("today", tr("Today")),
            ("yesterday", tr("Yesterday")),
            ("week", tr("Last 7 days")),
            ("days90", tr("Last 90 days")),
            ("month", tr("This month")),
            ("last_month", tr("Last month")),
            ("year", tr("This year")),
            ("day", tr("One day…")),
            ("between", tr("From – to…")),
        )

    def _show_days(self) -> None:
        key = self._choice.currentData()
        self._first.setVisible(key in ("day", "between"))
        self._dash.setVisible(key == "between")
        self._last.setVisible(key == "between")

    def _chosen(self) -> None:
        self._show_days()
        self.changed.emit(self.period)

    def _typed(self) -> None:
        if self.key not in self._periods:
            self.changed.emit(self.period)


def _date_edit(name: str, day: date) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setAccessibleName(name)
    made.setDisplayFormat("dd.MM.yyyy")
    made.setCalendarPopup(True)
    made.setFont(font(13, tabular=True))
    calendar = made.calendarWidget()
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(calendar.VerticalHeaderFormat.NoVerticalHeader)
    return made


def _day(edit: QDateEdit) -> date:
    found = edit.date()
    return date(found.year(), found.month(), found.day())
