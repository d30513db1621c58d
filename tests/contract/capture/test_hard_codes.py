"""Codes are found at any angle and read through blur and noise, at a bounded cost."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp

from counter_app.capture.barcodes import glance_codes, read_codes
from counter_app.capture.picture_memory import PictureMemory
from counter_app.capture.text_engine import TextEngine
from counter_app.ports.camera import Pixels
from tests.bench.capture import hard_scenes, more_papers
from tests.bench.capture.papers import Faces


def photograph(seed: int, condition: str) -> tuple[Pixels, str]:
    chance = np.random.default_rng(seed)
    label, truth = more_papers.label(chance, Faces())
    how = hard_scenes.taking(condition, chance)
    how = replace(how, turn_degrees=float(chance.uniform(0, 360)), fill=0.6 * how.fill)
    data = hard_scenes.taken(label, how, chance)
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.uint8), truth["code_text"]


@pytest.mark.parametrize(
    ("seed", "condition"), [(6, "noisy"), (3, "motion"), (7, "motion"), (2, "vga"), (1, "tilted")]
)
def test_a_code_that_lies_anyhow_is_read(seed: int, condition: str) -> None:
    picture, text = photograph(seed, condition)
    codes = read_codes(picture)
    assert [code.text for code in codes] == [text]
    box = codes[0].box
    high, wide = picture.shape[:2]
    assert 0 < box.left < box.right < wide
    assert 0 < box.top < box.bottom < high


def test_the_first_look_sees_a_square_code_where_it_stands() -> None:
    code = zxingcpp.create_barcode("sample", zxingcpp.BarcodeFormat.QRCode)
    square = np.asarray(zxingcpp.write_barcode_to_image(code, scale=12))
    desk = np.full((3000, 4000, 3), 230, np.uint8)
    side = square.shape[0]
    desk[1000 : 1000 + side, 2600 : 2600 + side] = square[:, :, None]
    (found,) = glance_codes(desk)
    assert found.text == "sample"
    assert 2600 <= found.box.left < found.box.right <= 2600 + side + 2
    assert 1000 <= found.box.top < found.box.bottom <= 1000 + side + 2


def test_a_picture_is_searched_for_text_once() -> None:
    engine = TextEngine()
    page = np.full((200, 400, 3), 240, np.uint8)
    cv2.putText(page, "ABC 123", (40, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
    (first,) = engine.find(page)
    (again,) = engine.find(page)
    assert again is first
    assert engine.read_place(page, first) is engine.read_place(page, again)
    (other,) = engine.find(page.copy())
    assert other is not first


def test_what_was_found_on_a_picture_goes_with_it() -> None:
    memory = PictureMemory[str]()
    page = np.zeros((4, 4, 3), np.uint8)
    assert memory.of(page, "key", lambda: "found") == "found"
    assert memory.of(page, "key", lambda: "anew") == "found"
    del page
    assert not memory.pictures()
