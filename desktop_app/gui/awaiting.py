"""Brings the result of a worker to the GUI thread where there is no session and no bridge yet."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from desktop_app.gui.inbox import inbox
from desktop_app.kernel.errors import AppError, StoppedError


class Awaiting(QObject):
    """Waits for one future as a child of `parent`; says nothing once the parent is gone."""

    def __init__(
        self,
        future: Future[Any],
        then: Callable[[Any], None],
        failed: Callable[[AppError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._future, self._then, self._failed = future, then, failed
        future.add_done_callback(self._arrived)

    def _arrived(self, _: Future[Any]) -> None:
        inbox.post(self._deliver)

    def _deliver(self) -> None:
        if not shiboken6.isValid(self):
            return
        self.deleteLater()
        try:
            result = self._future.result()
        except CancelledError:
            self._failed(StoppedError())
        except AppError as error:
            self._failed(error)
        else:
            self._then(result)
