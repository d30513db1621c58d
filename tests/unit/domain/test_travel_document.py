from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.mrz import parse_mrz
from counter_app.domain.travel_document import (
    AccessProtocol,
    CheckReason,
    CheckState,
    CheckVerdict,
    ChipCheck,
    TravelDocumentChip,
)

ZONE = parse_mrz(
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
)
TODAY = date(2026, 11, 23)


def chip(born: date | None = None, **states: CheckState) -> TravelDocumentChip:
    verdicts = tuple(
        CheckVerdict(check, states.get(check.value, CheckState.VERIFIED), CheckReason.NONE)
        for check in ChipCheck
    )
    return TravelDocumentChip(
        AccessProtocol.BAC, ZONE, "", "", born, "", None, None, verdicts, "", 0
    )


def test_a_chip_is_authentic_when_signature_issuer_and_content_are_verified() -> None:
    assert chip().is_authentic()
    assert chip(original=CheckState.NOT_VERIFIED).is_authentic()


@pytest.mark.parametrize("check", ["signature", "issuer", "content"])
def test_a_check_that_could_not_be_made_leaves_the_chip_unproven_but_not_refuted(
    check: str,
) -> None:
    assert not chip(**{check: CheckState.NOT_VERIFIED}).is_authentic()
    assert not chip(**{check: CheckState.NOT_VERIFIED}).is_refuted()


@pytest.mark.parametrize("check", list(ChipCheck))
def test_one_disproved_check_refutes_the_chip(check: ChipCheck) -> None:
    assert chip(**{check.value: CheckState.FAILED}).is_refuted()
    assert not chip(**{check.value: CheckState.FAILED}).is_authentic()


def test_the_full_day_of_birth_of_the_chip_comes_before_the_short_one() -> None:
    assert chip().born_on(TODAY) == date(1974, 8, 12)
    assert chip(date(1874, 8, 12)).born_on(TODAY) == date(1874, 8, 12)
