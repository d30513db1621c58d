"""A camera behind `cv2.VideoCapture`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator

import cv2

from counter_app.devices.camera.grabber import Grabber
from counter_app.devices.camera.source import found_for
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import CameraChoice, CameraFound, Frame
from counter_app.ports.stop import Stop

log = logging.getLogger(__name__)
LOOK_S = 0.1

cv2.setNumThreads(1)


class OpenCvCamera:
    """Any source that OpenCV opens; see `counter_app.ports.camera.Camera`."""

    def __init__(self, choice: CameraChoice) -> None:
        self._choice = choice
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

    def frames(self, stop: Stop) -> Generator[Frame, None, None]:
        """Yield the newest frame each time one is asked for, until stopped.

        Raises:
            CounterError: CAMERA_MISSING, CAMERA_BUSY, CAMERA_LOST.
        """
        if not self._in_use.acquire(blocking=False):
            raise CounterError(FailureCode.CAMERA_BUSY, reason="in use here")
        grabber = Grabber(self._choice)
        try:
            grabber.start()
            log.info("camera opened: source=%s", grabber.kind_name)
            yield from _newest(grabber, stop)
        finally:
            grabber.close()
            self._in_use.release()


def _newest(grabber: Grabber, stop: Stop) -> Generator[Frame, None, None]:
    seen = -1
    while not stop.is_set():
        frame = grabber.newer_than(seen, LOOK_S)
        if frame is not None:
            seen = frame.index
            yield frame
