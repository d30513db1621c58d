"""A box drawn over the picture handed in lies around the ink that was read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from counter_app.capture.images import decode
from counter_app.capture.reader import LocalDocumentReader
from counter_app.devices.camera.specimens import LetterSpecimen, Look, SpecimenPress
from counter_app.domain.reading import Box, DocumentKind, FieldName, TickName
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import never
from tests.contract.capture.conftest import CARD, LETTER, frame, jpeg

VIEW = (1944, 2592)
LOOKS = {
    "tilted": Look(VIEW, 0.78, turn_degrees=9, tilt=0.16, shift=(0.04, -0.03), noise=0.0),
    "upside down": Look(VIEW, 0.8, turn_degrees=173, tilt=0.08, noise=0.0),
    "on its side": Look((2592, 1944), 0.8, turn_degrees=88, tilt=0.05, noise=0.0),
}
looks = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())


def ink(with_it: Pixels, without: Pixels) -> NDArray[np.bool_]:
    """Return where two photographs of the same page differ."""
    assert with_it.shape == without.shape
    change = np.abs(with_it.astype(np.int16) - without.astype(np.int16)).max(axis=2)
    return np.asarray(change > 30)


def assert_around(box: Box | None, mask: NDArray[np.bool_], room: float) -> None:
    """Hold that nearly all ink is in the box, and that the box is not much larger than it."""
    assert box is not None
    rows, columns = np.nonzero(mask)
    inside = (
        (columns >= box.left) & (columns <= box.right) & (rows >= box.top) & (rows <= box.bottom)
    )
    assert inside.mean() > 0.97
    extent = (np.ptp(columns) + 1) * (np.ptp(rows) + 1)
    assert box.width * box.height < room * extent


def without(name: FieldName) -> LetterSpecimen:
    return replace(LETTER, values={**LETTER.values, name: ""})


@looks
def test_the_boxes_of_our_form_lie_on_the_photograph(
    reader: LocalDocumentReader, press: SpecimenPress, look: Look
) -> None:
    photo = press.letter(LETTER, look)
    reading = reader.read(jpeg(photo), DocumentKind.LETTER, never())
    for name in (FieldName.PRINCIPAL_DOCUMENT, FieldName.NEW_PHONE, FieldName.AGENT_NAME):
        found = reading.field(name)
        assert found is not None, name
        assert_around(found.box, ink(photo, press.letter(without(name), look)), room=4.5)
    unticked = press.letter(replace(LETTER, ticks=frozenset({TickName.PRINCIPAL_IS_ENTITY})), look)
    (box,) = (tick.box for tick in reading.ticks if tick.name is TickName.CHANGE_PHONE)
    rows, columns = np.nonzero(ink(photo, unticked))
    assert box.left < columns.mean() < box.right
    assert box.top < rows.mean() < box.bottom


@looks
def test_the_boxes_of_a_free_letter_lie_on_the_photograph(
    reader: LocalDocumentReader, press: SpecimenPress, look: Look
) -> None:
    lines = (
        "授权委托书",
        "委托人：样本甲，身份证号码：110199199003070017",
        "受托人：样本乙，身份证号码：110199198811020021",
        "兹委托受托人办理POS机换绑手机号码事宜，",
        "新手机号码：13900000002。",
    )
    photo = press.page(lines, look)
    reading = reader.read(jpeg(photo), DocumentKind.LETTER, never())
    found = reading.field(FieldName.NEW_PHONE)
    assert found is not None
    assert found.text == "13900000002"
    assert_around(found.box, ink(photo, press.page(lines[:-1], look)), room=4.5)


@looks
def test_the_boxes_lie_on_the_rectified_picture_that_the_wizard_shows(
    reader: LocalDocumentReader, press: SpecimenPress, look: Look
) -> None:
    name = FieldName.PRINCIPAL_DOCUMENT
    captured = reader.capture(frame(press.letter(LETTER, look)), DocumentKind.LETTER, never())
    bare = frame(press.letter(without(name), look))
    same = reader.capture(bare, DocumentKind.LETTER, never(), captured.outline)
    mask = ink(decode(captured.rectified_jpeg), decode(same.rectified_jpeg))
    for handed_in in (captured, captured.rectified_jpeg):
        reading = reader.read(handed_in, DocumentKind.LETTER, never())
        found = reading.field(name)
        assert found is not None
        assert_around(found.box, mask, room=4.5)


@pytest.mark.parametrize("turn", [4, 94, 176, 268])
def test_the_number_of_a_card_is_boxed_and_the_turn_told(
    reader: LocalDocumentReader, press: SpecimenPress, turn: int
) -> None:
    look = Look((1920, 1440), 0.6, turn_degrees=turn, tilt=0.06, noise=0.0)
    photo = press.resident_id_front(CARD, look)
    bare = press.resident_id_front(replace(CARD, number=""), look)
    reading = reader.read(jpeg(photo), DocumentKind.RESIDENT_ID_FRONT, never())
    found = reading.field(FieldName.ID_NUMBER)
    assert found is not None
    assert_around(found.box, ink(photo, bare), room=3.0)
    assert reading.quarter_turns == (4 - round(turn / 90)) % 4


def test_boxes_count_the_pixels_of_a_file_larger_than_what_is_read(
    reader: LocalDocumentReader, press: SpecimenPress
) -> None:
    look = Look((6000, 4500), 0.5, noise=0.0)
    photo = press.resident_id_front(CARD, look)
    bare = press.resident_id_front(replace(CARD, number=""), look)
    reading = reader.read(jpeg(photo), DocumentKind.RESIDENT_ID_FRONT, never())
    found = reading.field(FieldName.ID_NUMBER)
    assert found is not None
    assert_around(found.box, ink(photo, bare), room=2.5)
