"""What only the person can say: whether the day or the month comes first."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.errors import InvalidError


class DateQuestion(Card):
    """Asks; `answered(day first)`, or `left` for other files."""

    answered = Signal(bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Which comes first in the dates?"))
        self.question = label("", 13, wrap=True)
        hint = label(
            tr("Look into your till: 03/04 is the third of April where the day comes first."),
            12,
            tone="muted",
            wrap=True,
        )
        self.day_first = button(tr("The day: 31/12"), "calendar", on_click=self._say_day)
        self.month_first = button(tr("The month: 12/31"), "calendar", on_click=self._say_month)
        other = button(tr("Choose other files"), kind="ghost", on_click=self.left)
        self.add(self.question, hint)
        self.body.addSpacing(4)
        self.body.addLayout(row(self.day_first, self.month_first, 8, other, None))
        self.body.addStretch(1)

    def ask(self, error: InvalidError) -> None:
        """Show what is not certain."""
        self.question.setText(say(error.message))
        self.setAccessibleDescription(self.question.text())
        self.day_first.setFocus()

    def _say_day(self) -> None:
        self._say(day_first=True)

    def _say_month(self) -> None:
        self._say(day_first=False)

    def _say(self, *, day_first: bool) -> None:
        self.answered.emit(day_first)
