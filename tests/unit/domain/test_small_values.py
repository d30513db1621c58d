"""Small values that other rules stand on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.letter_form import letter_number_of, qr_text
from counter_app.domain.paper_codec import decode
from counter_app.domain.paper_verdict import PaperFault, PaperForm, Verdict
from counter_app.domain.reading import (
    Box,
    DocumentKind,
    Doubt,
    FieldName,
    FieldRead,
    ImageDigest,
    Measure,
    Reading,
)


@dataclass(frozen=True, slots=True)
class Needing:
    """A record with one key that must be there."""

    name: str


def test_a_wait_ends_where_the_reading_begins() -> None:
    assert CardPhase.WAITING.is_waiting
    assert not CardPhase.READING.is_waiting
    assert not CardPhase.CHECKING.is_waiting


def test_a_letters_code_holds_its_number_and_nobody_elses_does() -> None:
    assert letter_number_of(qr_text("L-2026-0007")) == "L-2026-0007"
    assert letter_number_of("https://example.invalid/L-2026-0007") is None
    for wrong in ("L-1", "a" * 8, "L" * 33):
        with pytest.raises(ValueError, match="4 to 32"):
            qr_text(wrong)


def test_a_paper_without_faults_is_genuine() -> None:
    assert Verdict(PaperForm.CODE, ()).is_valid
    assert not Verdict(PaperForm.CODE, (PaperFault.CODE_FORGED,)).is_valid


def test_a_box_has_its_sides() -> None:
    assert (Box(1, 2, 4, 8).width, Box(1, 2, 4, 8).height) == (3, 6)


def test_pictures_differ_by_the_bits_of_their_hashes() -> None:
    one, other = ImageDigest("0" * 64, "00ff"), ImageDigest("1" * 64, "00fe")
    assert one.distance(other) == 1
    assert one.distance(one) == 0


def test_what_no_check_backs_is_unsure() -> None:
    sure = FieldRead(FieldName.USCC, "92110199MA00ABCD4U", 0.9)
    guess = FieldRead(FieldName.COMPANY_NAME, "样本小吃店", 0.9, doubts=(next(iter(Doubt)),))
    assert Reading(DocumentKind.LICENCE, fields=(sure, guess)).unsure() == (guess,)


@pytest.mark.parametrize(
    ("value", "low", "high", "passes"),
    [(5, None, None, True), (5, 5, 5, True), (4, 5, None, False), (6, None, 5, False)],
)
def test_a_value_passes_inside_its_limits(
    value: float, low: float | None, high: float | None, passes: bool
) -> None:
    assert Measure("sharpness", value, low, high).passes is passes


def test_a_record_without_one_of_its_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks keys"):
        decode(Needing, b'{"kind":"x","schema":1}')
