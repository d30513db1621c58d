"""Reads frames as fast as the source gives them and keeps the newest only."""

from __future__ import annotations

import threading

import cv2
import numpy as np

from counter_app.devices.camera.source import (
    SourceKind,
    is_there,
    kind_of,
    monotonic_s,
    open_source,
    pause_s,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import CameraChoice, Frame, Pixels

FAILED_READS = 3
REOPEN_PAUSE_S = 0.3
CLOSE_TIMEOUT_S = 3.0
PRESENCE_EVERY_S = 0.25
"""A file is taken for gone within this time after it went."""


class Grabber:
    """One opened source and the thread that empties it."""

    def __init__(self, choice: CameraChoice, first_index: int = 0) -> None:
        self._choice = choice
        self._next_index = first_index
        self._present_until = 0.0
        self._kind = kind_of(choice.source)
        self._news = threading.Condition()
        self._newest: Frame | None = None
        self._failure: CounterError | None = None
        self._is_closing = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def kind_name(self) -> str:
        """What is read, in a word for the log."""
        return self._kind.name

    @property
    def is_gone(self) -> bool:
        """Say whether the file or the device's node is not there any more."""
        return not is_there(self._kind, self._choice.source)

    def start(self) -> None:
        """Open the source, then read on.

        Raises:
            CounterError: CAMERA_MISSING, CAMERA_BUSY.
        """
        capture = open_source(self._choice)
        self._thread = threading.Thread(
            target=self._read_on, args=(capture,), name="camera-grabber", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop reading and free the device."""
        self._is_closing.set()
        if self._thread is not None:
            self._thread.join(CLOSE_TIMEOUT_S)

    def newer_than(self, index: int, timeout_s: float) -> Frame | None:
        """Return the newest frame if it came after number `index`, waiting up to `timeout_s`.

        Raises:
            CounterError: CAMERA_LOST, CAMERA_MISSING or CAMERA_BUSY after a failed reopening.
        """
        with self._news:
            self._news.wait_for(lambda: self._failure is not None or self._is_new(index), timeout_s)
            if self._is_new(index):
                return self._newest
            if self._failure is not None:
                raise self._failure
            return None

    def _is_new(self, index: int) -> bool:
        return self._newest is not None and self._newest.index > index

    def _read_on(self, capture: cv2.VideoCapture) -> None:
        try:
            while not self._is_closing.is_set():
                capture = self._read_until_lost(capture)
        except CounterError as error:
            self._report(error)
        except cv2.error as error:
            lost = CounterError(FailureCode.CAMERA_LOST, kind=self.kind_name)
            lost.__cause__ = error
            self._report(lost)
        finally:
            capture.release()

    def _report(self, failure: CounterError) -> None:
        with self._news:
            self._failure = failure
            self._news.notify_all()

    def _read_until_lost(self, capture: cv2.VideoCapture) -> cv2.VideoCapture:
        pause = pause_s(self._kind, capture)
        failed = frames = 0
        while not self._is_closing.is_set():
            is_read, image = capture.read()
            self._check_presence()
            if is_read:
                failed, frames = 0, frames + 1
                self._keep(self._turned(image.astype(np.uint8, copy=False)))
                self._is_closing.wait(pause)
            elif frames and self._kind in (SourceKind.STILL, SourceKind.RECORDING):
                self._hold(pause)
            elif (failed := failed + 1) >= FAILED_READS:
                return self._reopened(capture, frames)
        return capture

    def _hold(self, pause: float) -> None:
        # What was shown last stays under the camera.
        while not self._is_closing.wait(pause):
            self._check_presence()
            last = self._newest
            if last is not None:
                self._keep(last.bgr)

    def _check_presence(self) -> None:
        # An opened file can still be read after it was taken away: it is a camera pulled out.
        if monotonic_s() < self._present_until:
            return
        self._present_until = monotonic_s() + PRESENCE_EVERY_S
        if self.is_gone:
            raise CounterError(FailureCode.CAMERA_LOST, kind=self.kind_name)

    def _reopened(self, capture: cv2.VideoCapture, frames: int) -> cv2.VideoCapture:
        capture.release()
        self._is_closing.wait(REOPEN_PAUSE_S)
        if frames == 0:
            raise CounterError(FailureCode.CAMERA_LOST, kind=self.kind_name)
        try:
            return open_source(self._choice)
        except CounterError as error:
            raise CounterError(FailureCode.CAMERA_LOST, kind=self.kind_name) from error

    def _turned(self, image: Pixels) -> Pixels:
        turns = self._choice.rotation // 90
        turned = np.ascontiguousarray(np.rot90(image, -turns)) if turns else image
        turned.setflags(write=False)
        return turned

    def _keep(self, image: Pixels) -> None:
        with self._news:
            self._newest = Frame(image, monotonic_s(), self._next_index)
            self._next_index += 1
            self._news.notify_all()
