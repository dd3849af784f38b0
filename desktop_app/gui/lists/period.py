"""A list that is read for a period: the days the bar asks for go to the operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from typing_extensions import override

from desktop_app.db.operation import Operation
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.lists.queries import WholeQuery
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.source import Answer, Opening, Request

R = TypeVar("R")

LONGEST = timedelta(days=366)


class PeriodQuery(WholeQuery[R, Asked], Generic[R]):
    """Reads `read(first, last)`; without a period, the last year."""

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject,
        columns: Sequence[Column[R]],
        read: Operation[..., Sequence[R]],
        fits: Callable[[R, Asked], bool],
        today: date,
    ) -> None:
        super().__init__(bridge, parent, columns, read, fits)
        self._today = today

    @override
    def open(self, request: Request[Asked], answer: Answer[Opening[R]]) -> None:
        self._args = self._days(request.filter)
        super().open(request, answer)

    @override
    def recount(self, request: Request[Asked], then: Callable[[int], None]) -> None:
        self._args = self._days(request.filter)
        super().recount(request, then)

    def _days(self, asked: Asked) -> tuple[date, date]:
        last = asked.last or self._today
        return asked.first or last - LONGEST, last
