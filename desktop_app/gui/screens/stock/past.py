"""The bar above the stock: the usual filters, and whether it is the stock of now or of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.stock.records import StockFilter
from desktop_app.venue.records import Today

_PAST = "past"


@dataclass(frozen=True, slots=True)
class StockAsked(Asked):
    """What somebody asks of the stock; `at` is a moment in the past, None for now."""

    at: datetime | None = None

    @property
    def moment(self) -> StockFilter:
        """Return which stock is read; the rest is filtered in the window."""
        return StockFilter(at=self.at)


class StockBar(FilterBar):
    """Tells of `StockAsked`. The moment is on the venue's clock; now is never left by itself."""

    def __init__(self, choices: list[Choice], today: Today) -> None:
        self._time = today.venue.time
        self.when = Segmented(
            tr("Which stock"), [("", tr("Now")), (_PAST, tr("At a past moment…"))]
        )
        self.at = _moment_edit(datetime.combine(today.day, self._time.opening))
        self.at.hide()
        super().__init__(tr("Name or category"), choices, more=[self.when, self.at])
        self.when.chosen.connect(self._turn)
        self.at.dateTimeChanged.connect(self._tell)

    @property
    @override
    def wanted(self) -> StockAsked:
        """Return the filter in force."""
        usual = super().wanted
        at = self._time.from_local(_wall(self.at)) if self.when.key == _PAST else None
        return StockAsked(usual.text, usual.chosen, at=at)

    @property
    @override
    def everything(self) -> bool:
        """Tell whether nothing is filtered out: the past, too, is looked at as a whole."""
        wanted = self.wanted
        return not wanted.text and not wanted.chosen

    @override
    def show_filter(self, wanted: Asked) -> None:
        """Show a filter and tell of it; one that says nothing of a moment is of now."""
        at = wanted.at if isinstance(wanted, StockAsked) else None
        self._setting = True
        self.when.choose(_PAST if at else "")
        if at is not None:
            self.at.setDateTime(_edited(self._time.local(at)))
        self.at.setVisible(at is not None)
        super().show_filter(wanted)

    @override
    def clear(self) -> None:
        """Want every product again, of the same moment."""
        self.show_filter(StockAsked(at=self.wanted.at))

    def _turn(self, *_: object) -> None:
        self.at.setVisible(self.when.key == _PAST)
        self._tell()


def _moment_edit(at: datetime) -> QDateTimeEdit:
    made = QDateTimeEdit(_edited(at))
    made.setTimeZone(QTimeZone.utc())  # the fields are the venue's clock: no hour is skipped
    made.setDateTime(_edited(at))
    made.setAccessibleName(tr("Stock as it was at"))
    made.setDisplayFormat("dd.MM.yyyy HH:mm")
    made.setCalendarPopup(True)
    made.setKeyboardTracking(False)
    made.setFont(font(13, tabular=True))
    return made


def _edited(at: datetime) -> QDateTime:
    day, clock = QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)
    return QDateTime(day, clock, QTimeZone.utc())


def _wall(edit: QDateTimeEdit) -> datetime:
    day, clock = edit.date(), edit.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute())  # noqa: DTZ001 - a wall clock
