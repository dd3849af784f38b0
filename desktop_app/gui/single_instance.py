"""One window per data folder: a second start shows the first one's window and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 500


class SingleInstance(QObject):
    """Holds the name of a data folder; `raised` when somebody starts the program again."""

    raised = Signal()

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:24]
        self._name = f"clopos-desk-{digest}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)

    def claim(self) -> bool:
        """Become the one; False where another program holds the folder (its window is raised)."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_ANSWER_MS):
            socket.disconnectFromServer()
            return False
        # A crashed program leaves its socket file behind.
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def _visited(self) -> None:
        visitor = self._server.nextPendingConnection()
        if visitor is not None:
            visitor.disconnected.connect(visitor.deleteLater)
        self.raised.emit()
