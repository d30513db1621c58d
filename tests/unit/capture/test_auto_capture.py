"""The picture is taken by itself, once, of the sharpest moment of a document that lies still."""

from __future__ import annotations

import numpy as np

from counter_app.capture.auto_capture import REMEMBERED_FRAMES, STILL_FRAMES, SteadyCapture
from counter_app.domain.reading import Hint, Measure, Outline, Quality
from counter_app.ports.camera import Frame
from counter_app.ports.capture import AutoCapture

PIXELS = np.zeros((720, 1280, 3), np.uint8)
LIMIT_PX = 0.006 * 1280


def frame(index: int) -> Frame:
    return Frame(PIXELS, index / 25, index)


def outline(x: float = 100.0) -> Outline:
    return Outline(((x, 100), (x + 800, 100), (x + 800, 600), (x, 600)), 1.0)


def quality(sharpness: float = 30.0, *hints: Hint) -> Quality:
    return Quality((Measure("sharpness", sharpness),), hints)


def test_nothing_is_taken_before_eight_still_frames() -> None:
    capture: AutoCapture = SteadyCapture()
    taken = [capture.offer(frame(i), outline(), quality()) for i in range(STILL_FRAMES)]
    assert taken[:-1] == [None] * (STILL_FRAMES - 1)
    assert taken[-1] is not None


def test_the_sharpest_of_the_last_frames_is_taken() -> None:
    capture = SteadyCapture()
    sharpness = [30, 31, 36, 33, 34, 33, 34, 33.5]
    taken = [capture.offer(frame(i), outline(), quality(s)) for i, s in enumerate(sharpness)]
    assert taken[-1] is not None
    assert taken[-1].index == 2


def test_a_moving_document_is_not_taken() -> None:
    capture = SteadyCapture()
    for i in range(40):
        assert capture.offer(frame(i), outline(100 + i * 1.5 * LIMIT_PX), quality()) is None


def test_a_trembling_hand_is_still_enough() -> None:
    capture = SteadyCapture()
    shakes = [capture.offer(frame(i), outline(100 + (i % 2) * 3.0), quality()) for i in range(12)]
    assert sum(taken is not None for taken in shakes) == 1


def test_a_bad_frame_starts_the_wait_anew() -> None:
    capture = SteadyCapture()
    for i in range(STILL_FRAMES - 1):
        capture.offer(frame(i), outline(), quality())
    assert capture.offer(frame(7), outline(), quality(30.0, Hint.GLARE)) is None
    assert capture.offer(frame(8), outline(), quality()) is None


def test_a_lens_that_hunts_is_waited_for() -> None:
    capture = SteadyCapture()
    for i in range(REMEMBERED_FRAMES):
        blurred = quality(40.0 if i < 4 else 20.0)
        assert capture.offer(frame(i), outline(), blurred) is None


def test_one_document_is_taken_once_until_restart() -> None:
    capture = SteadyCapture()
    taken = [capture.offer(frame(i), outline(), quality()) for i in range(30)]
    assert sum(frame is not None for frame in taken) == 1
    capture.restart()
    again = [capture.offer(frame(i), outline(), quality()) for i in range(STILL_FRAMES)]
    assert again[-1] is not None
