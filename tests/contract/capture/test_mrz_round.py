"""The letter O is told from the figure 0, and several misreadings of a row are repaired."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from counter_app.capture.mrz_decode import Slot, allowed_at
from counter_app.capture.mrz_repair import Judge, first_choice, repaired
from counter_app.capture.mrz_round import told_apart
from counter_app.domain.mrz_fields import check_digit
from counter_app.ports.camera import Pixels

NUMBER = "B1YXD0FSH8VNMO906175"


def strip(text: str, figure_px: int, letter_px: int) -> Pixels:
    """Draw a row in which figures and letters have these heights."""
    image = Image.new("RGB", (40 * len(text), 100), (235, 230, 220))
    pen = ImageDraw.Draw(image)
    for at, mark in enumerate(text):
        high = figure_px if mark.isdigit() else letter_px
        middle = 40 * at + 20
        pen.ellipse((middle - 12, 80 - high, middle + 12, 80), outline=(30, 30, 40), width=5)
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def read_as(text: str, *, misread: str) -> list[Slot]:
    """Return slots that hold `misread` at 0.99, evenly spaced."""
    return [
        Slot(((mark, 0.99), (twin, 0.002)), (at + 0.5) / len(text))
        for at, (mark, twin) in enumerate(zip(misread, text, strict=True))
    ]


def best(slots: list[Slot]) -> str:
    return "".join(slot.choices[0][0] for slot in slots)


def test_a_round_character_as_low_as_the_letters_is_the_letter() -> None:
    slots = read_as(NUMBER, misread=NUMBER.replace("O", "0"))
    assert best(told_apart(slots, strip(NUMBER, 60, 55))) == NUMBER


def test_a_round_character_as_tall_as_the_figures_is_the_figure() -> None:
    slots = read_as(NUMBER, misread=NUMBER.replace("0", "O"))
    assert best(told_apart(slots, strip(NUMBER, 60, 55))) == NUMBER


def test_check_digits_can_still_overrule_what_the_height_says() -> None:
    slots = told_apart(read_as(NUMBER, misread=NUMBER.replace("O", "0")), strip(NUMBER, 60, 55))
    assert dict(slots[NUMBER.index("O")].choices)["0"] == pytest.approx(0.1)


@pytest.mark.parametrize(("figure_px", "letter_px"), [(60, 60), (60, 59), (60, 45)])
def test_type_that_is_not_set_like_ocr_b_is_left_as_it_was_read(
    figure_px: int, letter_px: int
) -> None:
    slots = read_as(NUMBER, misread=NUMBER.replace("O", "0"))
    assert told_apart(slots, strip(NUMBER, figure_px, letter_px)) == slots


def test_a_row_with_few_letters_says_nothing() -> None:
    text = "12345680O2345689<<<<"
    slots = read_as(text, misread=text.replace("O", "0"))
    assert told_apart(slots, strip(text, 60, 55)) == slots


def test_each_checked_part_of_a_row_may_hold_misreadings() -> None:
    names = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    right = "LO9892213?UTO7408122F1204159ZO18O226B<<<<<"
    right = right.replace("?", str(check_digit(right[:9])))
    right += str(check_digit(right[28:42]))
    right += str(check_digit(right[:10] + right[13:20] + right[21:43]))
    wrong = "".join(
        "0" if mark == "O" and at != 12 and (at < 10 or at > 27) else mark
        for at, mark in enumerate(right)
    )
    slots = [Slot(((mark, 0.99), *((("O", 0.002),) if mark == "0" else ())), 0.0) for mark in wrong]
    assert len(slots) == len(allowed_at("td3", 1))
    read = repaired(slots, "td3", 1, Judge((names, wrong), 1))
    assert read.text == right
    assert len(read.corrected) == 3


def row_of(text: str) -> list[Slot]:
    return [Slot(((mark, 0.95), ("<", 0.02)), 0.0) for mark in text]


def test_letters_among_the_fillers_after_the_names_are_fillers() -> None:
    read = first_choice(row_of("P<FRAMUELLER<<MIN<SU<<<<C<<<<<C<<<<<<<<<<C<<"), "td3", 0)
    assert read.text == "P<FRAMUELLER<<MIN<SU".ljust(44, "<")
    assert read.corrected == (24, 30, 41)


@pytest.mark.parametrize(
    "text",
    [
        "P<D<<MUELLER<<MIN<SU<<<<<<<<<<<<<<<<<<<<<<<<",
        "P<FRAMUELLER<<<SUOQINGOLGAANNAMARIA<<<<<<<<<",
    ],
)
def test_names_themselves_are_never_cut(text: str) -> None:
    read = first_choice(row_of(text), "td3", 0)
    assert read.text == text
    assert not read.corrected
