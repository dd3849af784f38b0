"""Chooses the period of the dashboard: what kind, earlier and later, chosen days."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.gui.screens.dashboard.spans import Kind, Span, around
from desktop_app.gui.screens.dashboard.wording import title
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.date_range import DateRange, Period
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.segmented import Segmented


class PeriodBar(QWidget):
    """Emits `changed(Span)` when another period is chosen."""

    changed = Signal(object)

    def __init__(self, today: date, span: Span) -> None:
        super().__init__()
        self._today = today
        self._span = span
        self.kinds = Segmented(
            tr("Kind of period"),
            [
                (Kind.DAY, tr("Day")),
                (Kind.WEEK, tr("Week")),
                (Kind.MONTH, tr("Month")),
                (Kind.CHOSEN, tr("Chosen days")),
            ],
        )
        self.earlier = button("", "chevron-left", tip=tr("Earlier (Alt+Left)"))
        self.later = button("", "chevron-right", tip=tr("Later (Alt+Right)"))
        self.title = label("", 14, 600, tabular=True)
        self.days = DateRange(today, "week")
        self.note = label("", 12, tone="muted", wrap=True)
        parts = (self.kinds, 4, self.earlier, self.later, 4, self.title, self.days)
        line = row(*parts)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.note, 1)
        self.setLayout(line)
        self.show_span(span)
        self._connect()

    @property
    def span(self) -> Span:
        """Return the period in force."""
        return self._span

    def show_span(self, span: Span, note: str = "") -> None:
        """Show a period without telling anybody; `note` says why it is this one."""
        self._span = span
        with QSignalBlocker(self.kinds):
            self.kinds.choose(span.kind)
        self.days.setVisible(span.kind is Kind.CHOSEN)
        self.title.setText(title(span, self._today))
        self.note.setText(note)
        self.earlier.setEnabled(span.first is not None)
        self.later.setEnabled(span.first is not None and span.last < self._today)

    def show_today(self, today: date) -> None:
        """Count another day as today."""
        self._today = today
        self.show_span(self._span, self.note.text())

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._choose_kind)
        self.days.changed.connect(self._choose_days)
        for made, keys, steps in ((self.earlier, "Alt+Left", -1), (self.later, "Alt+Right", 1)):
            made.clicked.connect(partial(self._step, steps))
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(made.click)

    def _choose_kind(self, key: str) -> None:
        kind = Kind(key)
        if kind is Kind.CHOSEN:
            self._choose_days(self.days.period)
        else:
            self._choose(around(kind, self._span.last, self._today))

    def _choose_days(self, days: Period) -> None:
        if Kind(self.kinds.key) is Kind.CHOSEN:
            self._choose(Span(Kind.CHOSEN, days.first, days.last or self._today))

    def _step(self, steps: int) -> None:
        self._choose(self._span.shifted(steps, self._today))

    def _choose(self, span: Span) -> None:
        self.show_span(span)
        self.changed.emit(span)
