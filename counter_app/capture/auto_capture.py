"""Takes the picture by itself once the document lies still and sharp."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from counter_app.capture.geometry import as_quad, movement
from counter_app.domain.reading import Outline, Quality
from counter_app.ports.camera import Frame

STILL_FRAMES = 8
REMEMBERED_FRAMES = 10
STILL_SHARE = 0.006
"""A corner may move by this part of the frame's long side from one frame to the next."""
NEAR_BEST = 0.85
"""The last frame must be this sharp against the best of the remembered ones: no refocusing now."""


@dataclass(frozen=True, slots=True)
class _Seen:
    frame: Frame
    outline: Outline
    quality: Quality


class SteadyCapture:
    """Waits for eight still and good frames, then gives the sharpest of the last ten."""

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque(maxlen=REMEMBERED_FRAMES)
        self._is_done = False

    def restart(self) -> None:
        """Forget everything, for the next document."""
        self._seen.clear()
        self._is_done = False

    def offer(self, frame: Frame, outline: Outline | None, quality: Quality) -> Frame | None:
        """Take note of a frame; return the best of the last ones once the document lies still.

        After that nothing more is returned until `restart`.
        """
        if self._is_done:
            return None
        if outline is None or not quality.is_good:
            self._seen.clear()
            return None
        seen = _Seen(frame, outline, quality)
        if self._seen and not _is_still(self._seen[-1], seen):
            self._seen.clear()
        self._seen.append(seen)
        if len(self._seen) < STILL_FRAMES:
            return None
        best = max(self._seen, key=_sharpness)
        if _sharpness(seen) < NEAR_BEST * _sharpness(best):
            return None
        self._is_done = True
        return best.frame


def _is_still(before: _Seen, now: _Seen) -> bool:
    if before.frame.bgr.shape != now.frame.bgr.shape:
        return False
    limit = STILL_SHARE * max(now.frame.bgr.shape[:2])
    return movement(as_quad(before.outline), as_quad(now.outline)) <= limit


def _sharpness(seen: _Seen) -> float:
    return seen.quality.value("sharpness")
