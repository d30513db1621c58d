"""What opens a chip, out of a picture's reading or typed lines."""

from __future__ import annotations

import pytest

from counter_app.domain.chip_key import key_of_reading, key_of_text
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.reading import DocumentKind, FieldName, FieldRead, Reading

UPPER = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
LOWER = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
"""ICAO Doc 9303-4, appendix B."""
KEY = MrzKey("L898902C3", "740812", "120415")
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


def seen(*lines: str, kind: DocumentKind = DocumentKind.MRZ) -> Reading:
    names = (FieldName.MRZ_LINE_1, FieldName.MRZ_LINE_2, FieldName.MRZ_LINE_3)
    fields = (FieldRead(name, line, 0.9) for name, line in zip(names, lines, strict=False))
    return Reading(kind, tuple(fields))


def test_a_picture_of_a_passport_opens_its_chip() -> None:
    assert key_of_reading(seen(UPPER, LOWER)) == KEY


def test_other_pictures_open_nothing() -> None:
    assert key_of_reading(None) is None
    assert key_of_reading(seen(UPPER, LOWER, kind=DocumentKind.LETTER)) is None
    assert key_of_reading(seen(UPPER)) is None


@pytest.mark.parametrize("place", [9, 19, 27])
def test_a_wrong_check_digit_opens_nothing(place: int) -> None:
    wrong = LOWER[:place] + str((int(LOWER[place]) + 1) % 10) + LOWER[place + 1 :]
    assert key_of_reading(seen(UPPER, wrong)) is None
    assert key_of_text(wrong) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (UPPER + LOWER, "L898902C3"),
        (LOWER, "L898902C3"),
        (f"  {LOWER.lower()[:20]} {LOWER[20:]}", "L898902C3"),
        ("".join(CARD), "D23145890"),
    ],
)
def test_typed_lines_open_the_chip(text: str, number: str) -> None:
    key = key_of_text(text)
    assert key is not None
    assert (key.document_number, key.born, key.expires) == (number, "740812", "120415")


@pytest.mark.parametrize("text", ["", LOWER[:-1], "你" * 44, "?" * 88, "A" * 88])
def test_anything_else_typed_opens_nothing(text: str) -> None:
    assert key_of_text(text) is None
