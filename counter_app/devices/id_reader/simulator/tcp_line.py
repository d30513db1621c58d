"""The simulated reader behind a loopback TCP port, as gates tunnel the frames."""

from __future__ import annotations

import socket
import threading
from typing import Self

from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader

_LOOK_S = 0.02
_AT_ONCE = 4_096


class SimulatedIdCardReaderTcp:
    """Serves a simulated module to one connection at a time until it is unplugged."""

    def __init__(self, reader: SimulatedIdCardReader, port: int = 0) -> None:
        """Listen on a loopback port, any free one when it is 0."""
        self._reader = reader
        self._port = port
        self._gone = threading.Event()
        self._thread: threading.Thread | None = None
        self.plug()

    @property
    def path(self) -> str:
        """Host and port to connect to."""
        return f"127.0.0.1:{self._port}"

    def plug(self) -> None:
        """Start to listen, on the same port as before."""
        listener = socket.create_server(("127.0.0.1", self._port))
        listener.settimeout(_LOOK_S)
        self._port = listener.getsockname()[1]
        self._gone.clear()
        self._thread = threading.Thread(
            target=self._accept, args=(listener,), name="simulated-id-reader-tcp"
        )
        self._thread.start()

    def unplug(self) -> None:
        """Drop the connection and stop listening; may be called twice."""
        self._gone.set()
        if self._thread is not None:
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()

    def _accept(self, listener: socket.socket) -> None:
        with listener:
            while not self._gone.is_set():
                try:
                    connection, _address = listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(_LOOK_S)
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        while not self._gone.is_set():
            try:
                if not self._serve_once(connection):
                    return
            except TimeoutError:
                continue
            except ConnectionError:
                return

    def _serve_once(self, connection: socket.socket) -> bool:
        """Answer what came; False when the connection has ended."""
        received = connection.recv(_AT_ONCE)
        for piece in self._reader.receive(received) if received else ():
            if piece.after_s and self._gone.wait(piece.after_s):
                return False
            connection.sendall(piece.content)
        return bool(received)
