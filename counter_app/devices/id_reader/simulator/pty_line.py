"""The simulated reader on a pseudo-terminal: a serial port without a wire (POSIX)."""

from __future__ import annotations

import os
import select
import threading
from pathlib import Path
from typing import Self

from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader

_LOOK_S = 0.02
_AT_ONCE = 4_096


class SimulatedIdCardReaderPty:
    """Serves a simulated module on a pseudo-terminal until it is unplugged.

    The port appears as `path`: a given link that stays the same over unplugging and plugging
    in again, or the terminal's own device file.
    """

    def __init__(self, reader: SimulatedIdCardReader, link: Path | None = None) -> None:
        self._reader = reader
        self._link = link
        self._ends: tuple[int, int] | None = None
        self._gone = threading.Event()
        self._thread: threading.Thread | None = None
        self._device = ""
        self.plug()

    @property
    def path(self) -> str:
        """What to open as a serial port."""
        return str(self._link) if self._link else self._device

    def plug(self) -> None:
        """Make the port appear."""
        import pty  # not there on Windows
        import tty

        counter_end, host_end = pty.openpty()
        tty.setraw(host_end)
        self._ends = counter_end, host_end
        self._device = os.ttyname(host_end)
        try:
            self._appear()
        except OSError:
            self.unplug()
            raise
        self._gone.clear()
        self._thread = threading.Thread(
            target=self._serve, args=(counter_end,), name="simulated-id-reader"
        )
        self._thread.start()

    def _appear(self) -> None:
        if self._link is not None:
            self._vanish()
            self._link.symlink_to(self._device)

    def _vanish(self) -> None:
        """Remove the link; a file that somebody else put there stays."""
        if self._link is not None and self._link.is_symlink():
            self._link.unlink()

    def unplug(self) -> None:
        """Make the port vanish, as when the cable is pulled; may be called twice."""
        self._gone.set()
        if self._thread is not None:
            self._thread.join()
        ends, self._ends = self._ends, None
        for end in ends or ():
            os.close(end)
        self._vanish()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()

    def _serve(self, end: int) -> None:
        while not self._gone.is_set():
            ready, _, _ = select.select([end], [], [], _LOOK_S)
            if not ready:
                continue
            for piece in self._reader.receive(os.read(end, _AT_ONCE)):
                if piece.after_s and self._gone.wait(piece.after_s):
                    return
                os.write(end, piece.content)
