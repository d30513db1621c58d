"""A row of a machine readable zone is sure only where something vouches for all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.capture.mrz_cover import has_other_reading, is_partly_unchecked
from counter_app.capture.mrz_decode import Slot
from counter_app.capture.mrz_repair import Judge, RowRead
from counter_app.capture.reader import LocalDocumentReader
from counter_app.domain.mrz_fields import check_digit
from counter_app.domain.reading import DocumentKind, Doubt, FieldName
from counter_app.ports.stop import never

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
VISA = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4UTO4009078F96121096ZE184226B<<<<<<",
)
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


def rows(lines: tuple[str, ...], *, weak: tuple[int, int] | None = None) -> list[RowRead]:
    read = []
    for number, text in enumerate(lines):
        scores = [0.99] * len(text)
        if weak is not None and weak[0] == number:
            scores[weak[1]] = 0.85
        read.append(RowRead(text, tuple(scores)))
    return read


def test_rows_whose_unchecked_characters_are_clear_are_vouched_for() -> None:
    assert not is_partly_unchecked("td3", rows(PASSPORT), 1)
    assert not is_partly_unchecked("td1", rows(CARD), 0)
    assert not is_partly_unchecked("td1", rows(CARD), 1)


@pytest.mark.parametrize("place", [10, 20])
def test_an_unclear_nationality_or_sex_is_a_doubt_that_no_digit_removes(place: int) -> None:
    assert is_partly_unchecked("td3", rows(PASSPORT, weak=(1, place)), 1)
    assert not is_partly_unchecked("td3", rows(PASSPORT, weak=(1, 2)), 1)


def test_data_at_the_end_of_a_visa_is_checked_by_nothing() -> None:
    assert is_partly_unchecked("mrv_a", rows(VISA), 1)
    bare = (VISA[0], VISA[1][:28].ljust(44, "<"))
    assert not is_partly_unchecked("mrv_a", rows(bare), 1)


def test_a_nationality_unlike_the_issuing_state_vouches_for_nothing() -> None:
    other = (PASSPORT[0].replace("UTO", "UTD", 1), PASSPORT[1])
    assert is_partly_unchecked("td3", rows(other), 1)


def test_a_visa_is_read_but_the_row_with_its_own_data_is_never_sure(
    reader: LocalDocumentReader, shared_data: Path
) -> None:
    data = (shared_data / "images/mrz/pe_100_visa-usa.jpg").read_bytes()
    reading = reader.read(data, DocumentKind.MRZ, never())
    line = reading.field(FieldName.MRZ_LINE_2)
    assert line is not None
    assert Doubt.NO_CHECK in line.doubts
    number = reading.field(FieldName.DOCUMENT_NUMBER)
    assert number is not None
    assert Doubt.NO_CHECK not in number.doubts


@pytest.mark.parametrize(
    ("number", "is_doubtful"),
    [("OS7FOF1<<8", True), ("0S7F0F1<<8", True), ("L898902C36", False), ("A1B2C3D4<", False)],
)
def test_two_round_characters_whose_errors_cancel_are_a_doubt(
    number: str, *, is_doubtful: bool
) -> None:
    low = f"{number.ljust(9, '<')[:9]}{check_digit(number.ljust(9, '<')[:9])}"
    text = f"{low}USA9701045<2604228" + "<" * 16
    visa = (VISA[0], text)
    slots = [Slot(((mark, 0.99), ({"0": "O", "O": "0"}.get(mark, "X"), 0.002))) for mark in text]
    judge = Judge(visa, 1)
    assert judge.wrong(text) == 0
    assert has_other_reading("mrv_a", slots, judge, text) is is_doubtful
