"""The camera's live picture: frames, outline and hints from the camera lane, newest only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from counter_app.domain.reading import DocumentKind, Hint, Outline
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Camera, Frame
from counter_app.ports.capture import AutoCapture, CapturedDocument, DocumentReader
from counter_app.ui.controller import Stopper
from counter_app.ui.jobs import Lane

SHOWN_WIDTH_PX = 800
FRAME_PAUSE_S = 0.05
"""Twenty pictures a second are enough to aim; the rest of the processor is for reading."""
RETRY_S = 0.5
STALE_S = 1.5
"""A picture older than this is not shown as live."""

AWAY = frozenset({FailureCode.CAMERA_MISSING, FailureCode.CAMERA_LOST, FailureCode.CAMERA_BUSY})
"""What plugging in, or closing the other program, puts right."""


@dataclass(frozen=True, slots=True, eq=False)
class LiveFrame:
    """One picture to show.

    Attributes:
        image: Made smaller by a whole factor.
        outline: In pixels of `image`, or None.
        full_size: Width and height of the camera's own picture, in pixels.
    """

    image: QImage
    outline: tuple[tuple[float, float], ...] | None
    hints: tuple[Hint, ...]
    full_size: tuple[int, int] = (0, 0)


class LivePicture(QObject):
    """Runs the camera while somebody looks; a camera that went away is waited for.

    Signals:
        shown: A LiveFrame; frames that come faster than they are drawn are dropped.
        taken: A CapturedDocument, by itself or because `take_now` was called.
        away: A FailureCode: there is no live picture now; `shown` follows once it is back.
        failed: A FailureCode; the camera is off.
    """

    shown = Signal(object)
    taken = Signal(object)
    away = Signal(object)
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
        self._is_busy = threading.Event()
        self._latest: LiveFrame | FailureCode | None = None
        self._lock = threading.Lock()
        self._came.connect(self._show_latest, Qt.ConnectionType.QueuedConnection)
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(round(STALE_S * 1000))
        self._stale.timeout.connect(self._tell_stale)

    @property
    def is_running(self) -> bool:
        """Say whether the camera is on."""
        return self._stop is not None

    def start(self, kind: DocumentKind) -> None:
        """Turn the camera on for a kind of document; starting again changes the kind."""
        self._begin(lambda stop: self._watch(kind, stop))

    def look(self) -> None:
        """Turn the camera on to look only: nothing is judged and nothing taken."""
        self._begin(lambda stop: self._watch(None, stop))

    def _begin(self, watch: Callable[[Stopper], CapturedDocument | None]) -> None:
        self.stop()
        stop = Stopper()
        self._stop = stop
        self._is_wanted_now.clear()
        self._lane.run(
            lambda: watch(stop),
            lambda captured: self._take(captured, stop),
            lambda error: self._fail(error, stop),
        )

    def stop(self) -> None:
        """Turn the camera off."""
        if self._stop is not None:
            self._stop.set()
        self._off()
        with self._lock:
            self._latest = None

    def take_now(self) -> None:
        """Take the picture that is seen now, whatever the hints say."""
        self._is_wanted_now.set()

    def _watch(self, kind: DocumentKind | None, stop: Stopper) -> CapturedDocument | None:
        while not stop.is_set():
            try:
                return self._see(kind, stop)
            except CounterError as error:
                if error.code not in AWAY:
                    raise
                self._is_wanted_now.clear()
                self._offer(error.code, stop)
            self._wait_for_camera(stop)
        return None

    def _wait_for_camera(self, stop: Stopper) -> None:
        while not stop.wait(RETRY_S) and not self._camera.found():
            pass

    def _see(self, kind: DocumentKind | None, stop: Stopper) -> CapturedDocument | None:
        frames = self._camera.frames(stop)
        try:
            if kind is not None:
                return self._best_of(frames, kind, stop)
            self._look_at(frames, stop)
            return None
        finally:
            self._is_busy.clear()
            if isinstance(frames, Generator):
                frames.close()

    def _look_at(self, frames: Iterator[Frame], stop: Stopper) -> None:
        for frame in frames:
            self._offer(LiveFrame(*shrunk(frame, None), (), size_of(frame)), stop)
            stop.wait(FRAME_PAUSE_S)

    def _best_of(
        self, frames: Iterator[Frame], kind: DocumentKind, stop: Stopper
    ) -> CapturedDocument | None:
        judge = self._auto_capture()
        for frame in frames:
            self._is_busy.set()
            began = time.monotonic()
            outline = self._reader.locate(frame)
            quality = self._reader.judge(frame, outline, kind)
            shown = LiveFrame(*shrunk(frame, outline), quality.hints, size_of(frame))
            self._offer(shown, stop)
            best = judge.offer(frame, outline, quality)
            if self._is_wanted_now.is_set():
                best = frame
            if best is not None:
                corners = outline if best is frame else None
                return self._reader.capture(best, kind, stop, corners)
            self._is_busy.clear()
            stop.wait(max(0.0, FRAME_PAUSE_S - (time.monotonic() - began)))
        return None

    def _offer(self, news: LiveFrame | FailureCode, stop: Stopper) -> None:
        with self._lock:
            if stop.is_set():
                return
            is_drawn = self._latest is None
            self._latest = news
        if is_drawn:
            self._came.emit()

    @Slot()
    def _show_latest(self) -> None:
        with self._lock:
            news, self._latest = self._latest, None
        if news is None or self._stop is None:
            return
        if isinstance(news, LiveFrame):
            self._stale.start()
            self.shown.emit(news)
            return
        self._stale.stop()
        self.away.emit(news)

    @Slot()
    def _tell_stale(self) -> None:
        """Take away a picture that the camera has not renewed; a slow judge is not its fault."""
        if self._is_busy.is_set():
            self._stale.start()
        elif self._stop is not None:
            self.away.emit(FailureCode.CAMERA_LOST)

    def _take(self, captured: CapturedDocument | None, stop: Stopper) -> None:
        if captured is not None and self._stop is stop:
            self._off()
            self.taken.emit(captured)

    def _fail(self, error: CounterError, stop: Stopper) -> None:
        if self._stop is stop:
            self._off()
            self.failed.emit(error.code)

    def _off(self) -> None:
        self._stale.stop()
        self._stop = None


def size_of(frame: Frame) -> tuple[int, int]:
    """Return a frame's width and height in pixels."""
    height, width = frame.bgr.shape[:2]
    return width, height


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
