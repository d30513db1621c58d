"""What is known about a read card: contradictions, names of codes, and that no bytes break it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.ethnicity import ETHNICITIES, ethnicity_name
from counter_app.domain.resident_card import ResidentCard, Sex, format_module_number
from counter_app.domain.resident_card_checks import Contradiction, contradictions
from counter_app.domain.resident_record import encode_record, parse_appended, parse_record
from counter_app.errors import CounterError, FailureCode
from tests.unit.domain.test_resident_card import (
    CARDS,
    FOREIGN_2017,
    FOREIGN_2023,
    KINDS,
    MAINLAND,
    PERMIT,
)

INVALID_OR_FINE = (FailureCode.CARD_RECORD_INVALID, None)


def refusal_of(action: Callable[[], object]) -> FailureCode | None:
    try:
        action()
    except CounterError as error:
        return error.code
    return None


def test_the_module_number_is_written_as_makers_print_it() -> None:
    raw = bytes.fromhex("05000100A53A340187D61200B1CB7400")
    assert format_module_number(raw) == "05.01-20200101-0001234567-0007654321"
    with pytest.raises(ValueError, match="16 bytes"):
        format_module_number(raw[:-1])


def test_every_ethnicity_has_its_code_and_an_unknown_code_is_shown() -> None:
    assert len(ETHNICITIES) == 58
    assert [ethnicity_name(code) for code in ("01", "05", "56", "97")] == [
        "汉",
        "维吾尔",
        "基诺",
        "其他",
    ]
    assert ethnicity_name("58") == "58"


@pytest.mark.parametrize("card", CARDS, ids=KINDS)
def test_a_sound_card_does_not_contradict_itself(card: ResidentCard) -> None:
    assert contradictions(card) == ()


@pytest.mark.parametrize(
    ("card", "found"),
    [
        (replace(MAINLAND, number="440524188001010015"), Contradiction.CHECK_CHARACTER),
        (replace(MAINLAND, born_on=date(1880, 1, 2)), Contradiction.BIRTH_DATE),
        (replace(MAINLAND, sex=Sex.FEMALE), Contradiction.SEX),
        (replace(MAINLAND, number=PERMIT.number), Contradiction.NUMBER_OF_OTHER_KIND),
        (replace(MAINLAND, number=FOREIGN_2023.number), Contradiction.NUMBER_OF_OTHER_KIND),
        (replace(PERMIT, number=MAINLAND.number), Contradiction.NUMBER_OF_OTHER_KIND),
        (replace(FOREIGN_2023, number=MAINLAND.number), Contradiction.NUMBER_OF_OTHER_KIND),
        (replace(FOREIGN_2017, nationality="XXX"), Contradiction.NUMBER_OF_OTHER_KIND),
        (replace(FOREIGN_2017, number="UTO110180010116"), Contradiction.CHECK_CHARACTER),
        (replace(FOREIGN_2017, born_on=date(1880, 2, 1)), Contradiction.BIRTH_DATE),
        (replace(PERMIT, valid_until=date(2019, 1, 1)), Contradiction.VALIDITY),
    ],
)
def test_a_contradiction_is_found(card: ResidentCard, found: Contradiction) -> None:
    assert contradictions(card) == (found,)


def test_a_female_number_fits_a_female_holder() -> None:
    woman = replace(
        MAINLAND, sex=Sex.FEMALE, number="110199198811020021", born_on=date(1988, 11, 2)
    )
    assert contradictions(woman) == ()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_card_or_an_invalid_record(record: bytes) -> None:
    assert refusal_of(lambda: parse_record(record)) in INVALID_OR_FINE


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CARDS), st.integers(0, 255), st.binary(min_size=1, max_size=40))
def test_a_damaged_record_is_a_card_or_invalid(card: ResidentCard, at: int, noise: bytes) -> None:
    record = bytearray(encode_record(card))
    record[at : at + len(noise)] = noise
    assert refusal_of(lambda: contradictions(parse_record(bytes(record[:256])))) in INVALID_OR_FINE


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_appended_bytes_are_addresses_or_invalid(stored: bytes) -> None:
    assert refusal_of(lambda: parse_appended(stored)) in INVALID_OR_FINE
