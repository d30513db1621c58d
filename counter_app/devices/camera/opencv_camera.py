"""A camera behind `cv2.VideoCapture`."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing

import cv2

from counter_app.devices.camera.grabber import Grabber
from counter_app.devices.camera.listing import found_for, in_force, plugged_in, stand_in_for
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import CameraChoice, CameraFound, Frame
from counter_app.ports.stop import Stop

log = logging.getLogger(__name__)
LOOK_S = 0.1
LISTING_EVERY_S = 1.0
"""So often a stand-in looks whether the chosen camera is back."""
UNLISTED = tuple(CameraFound(index, index) for index in ("0", "1", "2", "3"))
"""Windows does not tell its cameras without opening them; the clerk sees which one it is."""

cv2.setNumThreads(1)


class OpenCvCamera:
    """Any source that OpenCV opens; see `counter_app.ports.camera.ChoosableCamera`.

    Args:
        choice: Source, turn and size.
        listed: Lists the system's cameras; for tests where there are none.
    """

    def __init__(
        self,
        choice: CameraChoice,
        listed: Callable[[], tuple[CameraFound, ...]] = plugged_in,
    ) -> None:
        self._choice = choice
        self._listed = listed
        self._stand_in: CameraFound | None = None
        self._in_use = threading.Lock()

    @property
    def choice(self) -> CameraChoice:
        """The source, turn and size in force."""
        return self._choice

    def choose(self, choice: CameraChoice) -> None:
        """Use another source, turn or size from the next `frames` call on."""
        self._choice = choice

    def found(self) -> tuple[CameraFound, ...]:
        """List the cameras that are plugged in now; the chosen file or stream where it is there."""
        return found_for(self._choice.source)

    def plugged_in(self) -> tuple[CameraFound, ...]:
        """List the system's cameras, whatever is chosen; indices to try where it lists none."""
        if sys.platform != "linux":
            return UNLISTED
        return self._listed()

    def stand_in(self) -> CameraFound | None:
        """Return the camera that was opened because the chosen one is not there, else None."""
        return self._stand_in

    def frames(self, stop: Stop) -> Generator[Frame, None, None]:
        """Yield the newest frame each time one is asked for, until stopped.

        Where the chosen device is not there another one stands in, until the chosen is back.

        Raises:
            CounterError: CAMERA_MISSING, CAMERA_BUSY, CAMERA_LOST.
        """
        if not self._in_use.acquire(blocking=False):
            raise CounterError(FailureCode.CAMERA_BUSY, reason="in use here")
        choice, index = self._choice, 0
        try:
            while not stop.is_set():
                cameras = self._listed()
                self._stand_in = stand_in_for(choice, cameras)
                used = in_force(choice, cameras)
                with closing(self._from(choice, used, stop, index)) as frames:
                    for frame in frames:
                        index = frame.index + 1
                        yield frame
        finally:
            self._stand_in = None
            self._in_use.release()

    def _from(
        self, choice: CameraChoice, used: CameraChoice, stop: Stop, first_index: int
    ) -> Generator[Frame, None, None]:
        grabber = Grabber(used, first_index)
        looked_at = time.monotonic()
        try:
            grabber.start()
            log.info("camera opened: source=%s", grabber.kind_name)
            for frame in _newest(grabber, stop, first_index - 1):
                yield frame
                if self._stand_in is None or time.monotonic() - looked_at < LISTING_EVERY_S:
                    continue
                looked_at = time.monotonic()
                if in_force(choice, self._listed()) != used:
                    return
        finally:
            grabber.close()


def _newest(grabber: Grabber, stop: Stop, seen: int) -> Generator[Frame, None, None]:
    while not stop.is_set():
        frame = grabber.newer_than(seen, LOOK_S)
        if frame is not None:
            seen = frame.index
            yield frame
        elif grabber.is_gone:
            # The read may hang for seconds on a device that was pulled out.
            raise CounterError(FailureCode.CAMERA_LOST, kind=grabber.kind_name)
