"""An operation that waits for the person: it begins when they have given what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from desktop_app.db.operation import Operation
from desktop_app.kernel.job import Progress


class Later:
    """Something started once `go_on` is called. Watched like anything that runs."""

    def __init__(
        self,
        op: Operation[..., Any],
        arguments: tuple[tuple[Any, ...], Mapping[str, Any]],
        progress: Progress,
        start: Callable[[], Any],
        begun: Callable[[Any], None],
    ) -> None:
        self.op = op
        self.arguments = arguments
        self.progress = progress
        self.future: Future[Any] = Future()
        self._start = start
        self._begun = begun

    def go_on(self, start: Callable[[], Any] | None = None) -> None:
        """Start it, in another way where one is given; its result becomes the result of this."""
        running = (start or self._start)()
        self._begun(self)
        running.future.add_done_callback(self._finish)

    def refuse(self, error: BaseException) -> None:
        """End it without having started."""
        if not self.future.done():
            self.future.set_exception(error)

    def _finish(self, inner: Future[Any]) -> None:
        if self.future.done():
            return
        if inner.cancelled():
            self.future.cancel()
        elif (error := inner.exception()) is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(inner.result())
