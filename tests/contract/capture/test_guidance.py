"""A recording of a clumsy then a careful hand: the hints come in order, then the picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from counter_app.capture.auto_capture import SteadyCapture
from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.opencv_camera import OpenCvCamera
from counter_app.devices.camera.specimens import Look, SpecimenPress
from counter_app.domain.reading import DocumentKind, FieldName, Hint, Outline, Quality
from counter_app.ports.camera import CameraChoice, Frame, Pixels
from counter_app.ports.stop import never
from tests.contract.capture.conftest import CARD, frame

VIEW = (1280, 720)
KIND = DocumentKind.RESIDENT_ID_FRONT
GOOD = Look(VIEW, 0.86, turn_degrees=1.0)
FRAMES_EACH = 4


def scenes(press: SpecimenPress) -> list[Pixels]:
    looks = (
        Look(VIEW, 0.86, blur_px=7.0),
        Look(VIEW, 0.86, shift=(0.3, 0.0)),
        Look(VIEW, 0.86, glare=0.14),
        GOOD,
    )
    return [press.resident_id_front(CARD, look) for look in looks]


def recorded(press: SpecimenPress) -> Iterator[Pixels]:
    chance = np.random.default_rng(5)
    *bad, good = scenes(press)
    for scene in (*(scene for scene in bad for _ in range(FRAMES_EACH)), *(good,) * 12):
        noise = chance.normal(0, 1.5, (*scene.shape[:2], 1))
        yield np.clip(scene + noise, 0, 255).astype(np.uint8)


def looked_at(reader: LocalDocumentReader, seen: Frame) -> tuple[Outline | None, Quality]:
    outline = reader.locate(seen)
    return outline, reader.judge(seen, outline, KIND)


def test_hints_come_in_order_and_the_good_picture_is_taken_by_itself(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    automatic, hints, taken = SteadyCapture(), [], None
    for index, pixels in enumerate(recorded(press)):
        seen = frame(pixels, index)
        outline, quality = looked_at(reader, seen)
        hints.append(quality.hints[:1])
        taken = taken or automatic.offer(seen, outline, quality)
    first = [hints[i * FRAMES_EACH] for i in range(3)]
    assert first[0] == (Hint.BLURRED,)
    assert first[1] in ((Hint.OUT_OF_FRAME,), (Hint.NOT_FOUND,))
    assert first[2] == (Hint.GLARE,)
    assert taken is not None
    assert taken.index >= 3 * FRAMES_EACH
    captured = reader.capture(taken, KIND, never())
    reading = reader.read(captured, KIND, never())
    assert reading.text(FieldName.ID_NUMBER) == CARD.number


@pytest.mark.parametrize("fill", [0.4, 0.34, 0.28, 0.22])
def test_a_card_that_lies_too_far_away_is_asked_closer(
    fill: float, reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    _, quality = looked_at(reader, frame(press.resident_id_front(CARD, Look(VIEW, fill))))
    assert quality.hints[:1] == (Hint.CLOSER,)


@pytest.mark.parametrize("contrast", [0.6, 1.0, 2.2])
def test_blur_is_noticed_however_dark_the_print_is(
    contrast: float, reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    said = []
    for blur in (0.0, 3.5):
        photo = press.resident_id_front(CARD, Look(VIEW, 0.86, blur_px=blur)).astype(np.float32)
        shown = np.clip(150 + contrast * (photo - 150), 0, 248).astype(np.uint8)
        _, quality = looked_at(reader, frame(shown))
        said.append(Hint.BLURRED in quality.hints)
    assert said == [False, True]


def test_a_recording_through_the_camera_is_captured_too(
    reader: LocalDocumentReader, press: SpecimenPress, tmp_path: Path
) -> None:
    path = tmp_path / "hand.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 12.0, VIEW)
    for pixels in list(recorded(press))[-4:]:
        writer.write(pixels)
    writer.release()
    automatic, taken = SteadyCapture(), None
    frames = OpenCvCamera(CameraChoice(str(path))).frames(never())
    for _, seen in zip(range(40), frames, strict=False):
        taken = automatic.offer(seen, *looked_at(reader, seen))
        if taken is not None:
            break
    frames.close()
    assert taken is not None
