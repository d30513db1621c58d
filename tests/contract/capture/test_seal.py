"""A seal's print is seen under any lamp, and other red things are not seals."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from counter_app.capture import ink
from counter_app.capture.geometry import as_quad, straightened
from counter_app.capture.locate import locate_thorough
from counter_app.capture.seal import round_seals
from counter_app.devices.camera.specimen_desk import on_desk
from counter_app.devices.camera.specimens import Look, SpecimenPress
from counter_app.domain.reading import Box, DocumentKind
from counter_app.ports.camera import Pixels

VIEW = (1215, 1620)
LINES = ("授权委托书", "委托人：样本甲", "受托人：样本乙", "委托人签名：")


def sealed(press: SpecimenPress, print_of_seal: Pixels, left: int, top: int) -> Pixels:
    page = press.page(LINES, Look(VIEW, fill=0))
    stamp = cv2.resize(print_of_seal, (430, 430)).astype(np.float32)
    place = page[top : top + 430, left : left + 430]
    place[:] = (place * stamp / 255).astype(np.uint8)
    return on_desk(page, Look(VIEW, turn_degrees=3))


def seals_of(photo: Pixels) -> list[Box]:
    outline = locate_thorough(photo)
    assert outline is not None
    page = straightened(photo, as_quad(outline), DocumentKind.LETTER)
    return round_seals(ink.separate(page, page.shape[1] / 210).red)


@pytest.mark.parametrize("cast", [(1, 1, 1), (0.75, 0.9, 1), (1, 0.95, 0.8), (0.5, 0.5, 0.5)])
def test_a_real_print_is_seen_under_any_lamp(
    press: SpecimenPress, shared_data: Path, cast: tuple[float, float, float]
) -> None:
    stamp = cv2.imread(str(shared_data / "images/seal/getseal_source.png"))
    assert stamp is not None
    photo = sealed(press, stamp.astype(np.uint8), 1200, 2200)
    (box,) = seals_of((photo * np.array(cast)).astype(np.uint8))
    assert 0.8 < box.width / box.height < 1.2


def test_a_red_disc_or_a_print_at_the_top_is_no_seal(press: SpecimenPress) -> None:
    disc = np.full((430, 430, 3), 255, np.uint8)
    cv2.rectangle(disc, (150, 20), (280, 410), (40, 40, 210), -1)
    assert seals_of(sealed(press, disc, 1200, 2200)) == []
    ring = np.full((430, 430, 3), 255, np.uint8)
    cv2.circle(ring, (215, 215), 200, (40, 40, 210), 14)
    assert seals_of(sealed(press, ring, 1200, 200)) == []
    assert len(seals_of(sealed(press, ring, 1200, 2200))) == 1


def test_plain_pages_and_cards_have_no_seal(press: SpecimenPress, shared_data: Path) -> None:
    assert seals_of(press.page(LINES)) == []
    for path in sorted((shared_data / "images/docphoto").glob("*.jpg")):
        photo = cv2.imread(str(path))
        assert photo is not None
        small = cv2.resize(photo, (1100, 1500)).astype(np.uint8)
        assert round_seals(ink.separate(small, 1100 / 210).red) == [], path.name
