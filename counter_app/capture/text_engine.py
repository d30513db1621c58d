"""The offline text engine: finds lines, reads them, keeps the doubt of every character."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from counter_app.capture import model_files
from counter_app.capture.picture_memory import PictureMemory
from counter_app.capture.text_detection import LONG_SIDE_PX, Corners, TextPlace, cut_out, find_text
from counter_app.domain.reading import Box, TextLine, weakest
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop

LINE_HEIGHT_PX = 48
MAX_LINE_WIDTH_PX = 3200

Scores = NDArray[np.float32]
"""float32, steps × classes: the probability of each class at each step along the line."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of text as read.

    Attributes:
        confidences: One per character of `text`, 0 to 1.
        columns: Where each character stands along the line, 0 (left) to 1 (right).
    """

    text: str = field(repr=False)
    confidences: tuple[float, ...]
    columns: tuple[float, ...]
    place: TextPlace

    @property
    def box(self) -> Box:
        """The upright rectangle around the line."""
        return self.place.box

    @property
    def confidence(self) -> float:
        """The mean over the characters, 0.0 for an empty line."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0

    def weakest(self) -> float:
        """The confidence of the least certain character, blanks aside."""
        pairs = zip(self.text, self.confidences, strict=True)
        return weakest(confidence for mark, confidence in pairs if not mark.isspace())

    def weakest_between(self, start: int, end: int) -> float:
        """Return the same for a part of the text, counted without blanks."""
        pairs = zip(self.text, self.confidences, strict=True)
        solid = [confidence for mark, confidence in pairs if not mark.isspace()]
        return weakest(solid[start:end]) if end <= len(solid) else self.weakest()

    def as_text_line(self) -> TextLine:
        """Return the value that leaves the package."""
        return TextLine(self.text, self.confidence, self.box)


def _corners(box: Box) -> Corners:
    return np.array(
        (
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        ),
        np.float32,
    )


class TextEngine:
    """Both networks, loaded when first needed; used from one thread at a time."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._detection: ort.InferenceSession | None = None
        self._recognition: ort.InferenceSession | None = None
        self._characters: tuple[str, ...] = ()
        self._places = PictureMemory[list[TextPlace]]()
        self._lines = PictureMemory[ReadLine]()

    @property
    def characters(self) -> tuple[str, ...]:
        """What each recognition class stands for; class 0 is the blank."""
        self.load()
        return self._characters

    def load(self) -> None:
        """Load both networks unless they are loaded (about half a second).

        Raises:
            CounterError: MODEL_MISSING.
        """
        with self._lock:
            if self._recognition is not None:
                return
            self._characters = model_files.characters(model_files.RECOGNITION)
            self._detection = model_files.open_model(model_files.DETECTION, self._threads)
            self._recognition = model_files.open_model(model_files.RECOGNITION, self._threads)

    def find(self, bgr: Pixels, long_side: int = LONG_SIDE_PX) -> list[TextPlace]:
        """Return the places of the lines of text in reading order.

        A picture is searched once, however often it is asked about: never draw on it afterwards.
        """
        self.load()
        detection = self._detection
        assert detection is not None
        return list(self._places.of(bgr, long_side, lambda: find_text(detection, bgr, long_side)))

    def scores(self, line: Pixels) -> Scores:
        """Return the class probabilities along one straightened line."""
        self.load()
        assert self._recognition is not None
        height, width = line.shape[:2]
        wide = min(MAX_LINE_WIDTH_PX, max(16, round(width * LINE_HEIGHT_PX / height)))
        small = cv2.resize(line, (wide, LINE_HEIGHT_PX), interpolation=cv2.INTER_LINEAR)
        padded = np.zeros((1, 3, LINE_HEIGHT_PX, -(-wide // 32) * 32), np.float32)
        padded[0, :, :, :wide] = (small.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)
        (answer,) = self._recognition.run(None, {"x": padded})
        steps: Scores = answer[0]
        return steps[: max(1, round(len(steps) * wide / padded.shape[3]))]

    def read_place(self, bgr: Pixels, place: TextPlace) -> ReadLine:
        """Read the line at one place, once."""
        return self._lines.of(
            bgr,
            place.corners.tobytes(),
            lambda: self.decode(self.scores(cut_out(bgr, place.corners)), place),
        )

    def read_region(self, bgr: Pixels, box: Box) -> ReadLine:
        """Read an upright rectangle that holds one line."""
        return self.read_place(bgr, TextPlace(_corners(box), 1.0))

    def read_page(self, bgr: Pixels, stop: Stop, long_side: int = LONG_SIDE_PX) -> list[ReadLine]:
        """Find and read every line.

        Raises:
            CounterError: MODEL_MISSING; STOPPED between two lines.
        """
        return self.read_places(bgr, self.find(bgr, long_side), stop)

    def read_places(self, bgr: Pixels, places: Sequence[TextPlace], stop: Stop) -> list[ReadLine]:
        """Read the given lines; empty ones are left out.

        Raises:
            CounterError: MODEL_MISSING; STOPPED between two lines.
        """
        lines = []
        for place in places:
            if stop.is_set():
                raise CounterError(FailureCode.STOPPED)
            line = self.read_place(bgr, place)
            if line.text.strip():
                lines.append(line)
        return lines

    def read_restricted(self, bgr: Pixels, box: Box, alphabet: frozenset[str]) -> ReadLine:
        """Read a region in which only some characters can stand.

        The confidences stay those among all characters, so that forcing shows as doubt.
        """
        classes = np.array([0, *(i for i, c in enumerate(self.characters) if c in alphabet)])
        place = TextPlace(_corners(box), 1.0)
        scores = self.scores(cut_out(bgr, place.corners))
        return self._collapsed(scores, classes[scores[:, classes].argmax(axis=1)], place)

    def decode(self, scores: Scores, place: TextPlace) -> ReadLine:
        """Turn class probabilities into text: best class a step, repeats and blanks dropped."""
        return self._collapsed(scores, scores.argmax(axis=1), place)

    def _collapsed(self, scores: Scores, best: NDArray[np.int64], place: TextPlace) -> ReadLine:
        previous = np.concatenate(((0,), best[:-1]))
        starts = np.flatnonzero((best != 0) & (best != previous))
        text = tuple(self._characters[best[step]] for step in starts)
        return ReadLine(
            "".join(text),
            tuple(float(scores[step, best[step]]) for step in starts),
            tuple((float(step) + 0.5) / len(best) for step in starts),
            place,
        )
