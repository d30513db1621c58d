"""The camera's live picture: frames, outline and hints from the camera lane, newest only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from counter_app.domain.reading import DocumentKind, Hint, Outline
from counter_app.errors import CounterError
from counter_app.ports.camera import Camera, Frame
from counter_app.ports.capture import AutoCapture, CapturedDocument, DocumentReader
from counter_app.ui.controller import Stopper
from counter_app.ui.jobs import Lane

SHOWN_WIDTH_PX = 800
FRAME_PAUSE_S = 0.05
"""Twenty pictures a second are enough to aim; the rest of the processor is for reading."""


@dataclass(frozen=True, slots=True, eq=False)
class LiveFrame:
    """One picture to show.

    Attributes:
        image: Made smaller by a whole factor.
        outline: In pixels of `image`, or None.
    """

    image: QImage
    outline: tuple[tuple[float, float], ...] | None
    hints: tuple[Hint, ...]


class LivePicture(QObject):
    """Runs the camera while somebody looks.

    Signals:
        shown: A LiveFrame; frames that come faster than they are drawn are dropped.
        taken: A CapturedDocument, by itself or because `take_now` was called.
        failed: A FailureCode.
    """

    shown = Signal(object)
    taken = Signal(object)
    failed = Signal(object)
    _came = Signal()

    def __init__(
        self,
        camera: Camera,
        reader: DocumentReader,
        auto_capture: Callable[[], AutoCapture],
        lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._camera, self._reader = camera, reader
        self._auto_capture, self._lane = auto_capture, lane
        self._stop: Stopper | None = None
        self._is_wanted_now = threading.Event()
        self._latest: LiveFrame | None = None
        self._lock = threading.Lock()
        self._came.connect(self._show_latest, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Say whether the camera is on."""
        return self._stop is not None

    def start(self, kind: DocumentKind) -> None:
        """Turn the camera on for a kind of document; starting again changes the kind."""
        self.stop()
        stop = Stopper()
        self._stop = stop
        self._is_wanted_now.clear()
        self._lane.run(lambda: self._watch(kind, stop), self._take, self._fail)

    def stop(self) -> None:
        """Turn the camera off."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def take_now(self) -> None:
        """Take the picture that is seen now, whatever the hints say."""
        self._is_wanted_now.set()

    def _watch(self, kind: DocumentKind, stop: Stopper) -> CapturedDocument | None:
        frames = self._camera.frames(stop)
        try:
            return self._best_of(frames, kind, stop)
        finally:
            if isinstance(frames, Generator):
                frames.close()

    def _best_of(
        self, frames: Iterator[Frame], kind: DocumentKind, stop: Stopper
    ) -> CapturedDocument | None:
        judge = self._auto_capture()
        for frame in frames:
            began = time.monotonic()
            outline = self._reader.locate(frame)
            quality = self._reader.judge(frame, outline, kind)
            self._offer(LiveFrame(*shrunk(frame, outline), quality.hints))
            best = judge.offer(frame, outline, quality)
            if self._is_wanted_now.is_set():
                best = frame
            if best is not None:
                corners = outline if best is frame else None
                return self._reader.capture(best, kind, stop, corners)
            stop.wait(max(0.0, FRAME_PAUSE_S - (time.monotonic() - began)))
        return None

    def _offer(self, frame: LiveFrame) -> None:
        with self._lock:
            is_drawn = self._latest is None
            self._latest = frame
        if is_drawn:
            self._came.emit()

    @Slot()
    def _show_latest(self) -> None:
        with self._lock:
            frame, self._latest = self._latest, None
        if frame is not None and self._stop is not None:
            self.shown.emit(frame)

    def _take(self, captured: CapturedDocument | None) -> None:
        if captured is not None and self._stop is not None:
            self._stop = None
            self.taken.emit(captured)

    def _fail(self, error: CounterError) -> None:
        if self._stop is not None:
            self._stop = None
            self.failed.emit(error.code)


def shrunk(
    frame: Frame, outline: Outline | None
) -> tuple[QImage, tuple[tuple[float, float], ...] | None]:
    """Return a small copy of a frame and the outline in its pixels."""
    step = max(1, round(frame.bgr.shape[1] / SHOWN_WIDTH_PX))
    small = frame.bgr[::step, ::step].copy()
    height, width = small.shape[:2]
    image = QImage(small.data, width, height, width * 3, QImage.Format.Format_BGR888).copy()
    if outline is None:
        return image, None
    return image, tuple((x / step, y / step) for x, y in outline.corners)
