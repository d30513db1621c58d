"""A second start of the program: it says so and brings the first window to the front."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

CALL_MS = 1000


def _name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).encode("utf-8")).hexdigest()
    return f"counter-app-{digest[:16]}"


def call_first(folder: Path) -> bool:
    """Ask the program that has this data folder open to come to the front."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    is_there = socket.waitForConnected(CALL_MS)
    socket.disconnectFromServer()
    return is_there


class Doorbell(QObject):
    """Rings when the program is started a second time with the same data folder."""

    def __init__(self, folder: Path, answer: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(folder))
        self._server.newConnection.connect(self._ring)
        self._server.listen(_name(folder))

    def _ring(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnectFromServer()
            connection.deleteLater()
        log.info("second start: window brought to the front")
        self._answer()
