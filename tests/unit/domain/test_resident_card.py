"""Resident-ID records: the chip's 256 bytes, read and written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_app.domain.resident_card import ResidentCard, ResidentCardKind, Sex
from counter_app.domain.resident_card_checks import contradictions
from counter_app.domain.resident_record import (
    encode_appended,
    encode_record,
    parse_appended,
    parse_record,
)
from counter_app.errors import CounterError, FailureCode

MAINLAND = ResidentCard(
    kind=ResidentCardKind.MAINLAND,
    name="样本己",
    sex=Sex.MALE,
    ethnicity_code="01",
    born_on=date(1880, 1, 1),
    address="样本省样本市样本路9号",
    number="440524188001010014",
    authority="样本市公安局",
    valid_from=date(2020, 1, 1),
    valid_until=None,
)
PERMIT = replace(
    MAINLAND,
    kind=ResidentCardKind.HMT_RESIDENCE,
    ethnicity_code="",
    number="810000188001010015",
    valid_until=date(2025, 1, 1),
    pass_number="H00000000",
    issue_count="1",
)
FOREIGN_2017 = ResidentCard(
    kind=ResidentCardKind.FOREIGN_2017,
    name="样本",
    latin_name="SPECIMEN, ALEX",
    sex=Sex.MALE,
    born_on=date(1880, 1, 1),
    number="UTO110180010115",
    authority="1100",
    valid_from=date(2019, 1, 1),
    valid_until=date(2029, 1, 1),
    nationality="UTO",
    layout_version="01",
)
FOREIGN_2023 = ResidentCard(
    kind=ResidentCardKind.FOREIGN_2023,
    latin_name="SPECIMEN, ALEXANDRA MARIA DEL CARMEN OF UTOPIA",
    sex=Sex.MALE,
    born_on=date(1880, 1, 1),
    number="911999188001010010",
    valid_from=date(2024, 1, 1),
    valid_until=date(2034, 1, 1),
    nationality="UTO",
    issue_count="01",
    previous_number="UTO110180010115",
)
CARDS = (MAINLAND, PERMIT, FOREIGN_2017, FOREIGN_2023)
KINDS = [card.kind.value for card in CARDS]


def text_at(record: bytes, start: int, length: int) -> str:
    return record[start : start + length].decode("utf-16-le").rstrip()


def with_text(record: bytes, start: int, text: str) -> bytes:
    raw = text.encode("utf-16-le", "surrogatepass")
    return record[:start] + raw + record[start + len(raw) :]


@pytest.mark.parametrize("card", CARDS, ids=KINDS)
def test_a_written_card_is_read_back(card: ResidentCard) -> None:
    record = encode_record(card)
    read = parse_record(record)
    assert len(record) == 256
    assert replace(read, raw_sha256="") == card
    assert read.raw_sha256 == hashlib.sha256(record).hexdigest()


@pytest.mark.parametrize("name", ["CN", "CN_MINORITY", "I", "J", "Y"])
def test_shared_specimens_are_read_and_written_byte_for_byte(shared_data: Path, name: str) -> None:
    specimens = json.loads((shared_data / "cards" / "resident_id_specimens.json").read_text())
    record = bytes.fromhex(specimens[name]["text_hex"])
    card = parse_record(record)
    assert encode_record(card) == record
    # the minority specimen's number was made with a county code of zeros; its digits still agree
    assert contradictions(card) == ()


def test_the_2023_specimen_leads_to_the_number_of_the_2017_card(shared_data: Path) -> None:
    specimens = json.loads((shared_data / "cards" / "resident_id_specimens.json").read_text())
    card = parse_record(bytes.fromhex(specimens["Y"]["text_hex"]))
    assert card.previous_number == specimens["_numbers"]["I"]


def test_mainland_fields_lie_where_the_standard_puts_them() -> None:
    record = encode_record(MAINLAND)
    assert text_at(record, 0, 30) == "样本己"
    assert text_at(record, 30, 2) == "1"
    assert text_at(record, 32, 4) == "01"
    assert text_at(record, 36, 16) == "18800101"
    assert text_at(record, 52, 70) == "样本省样本市样本路9号"
    assert text_at(record, 122, 36) == "440524188001010014"
    assert text_at(record, 158, 30) == "样本市公安局"
    assert text_at(record, 188, 16) == "20200101"
    assert text_at(record, 204, 16) == "长期"
    assert text_at(record, 248, 2) == ""


def test_the_type_character_tells_the_kinds_apart() -> None:
    assert [text_at(encode_record(card), 248, 2) for card in CARDS] == ["", "J", "I", "Y"]


def test_a_latin_name_longer_than_its_field_goes_on_in_the_spare_one() -> None:
    record = encode_record(FOREIGN_2023)
    assert text_at(record, 52, 70) == "SPECIMEN, ALEXANDRA MARIA DEL CARME"
    assert text_at(record, 220, 22) == "N OF UTOPIA"


def test_zero_padding_is_taken_for_spaces() -> None:
    record = with_text(encode_record(MAINLAND), 6, "\0" * 12)
    assert parse_record(record).name == MAINLAND.name


def test_a_long_term_card_never_ends() -> None:
    card = parse_record(encode_record(MAINLAND))
    assert card.valid_until is None
    assert card.is_valid_on(date(2120, 1, 1))


def test_validity_includes_its_first_and_last_day() -> None:
    first, last = PERMIT.valid_from, date(2025, 1, 1)
    assert PERMIT.is_valid_on(first)
    assert PERMIT.is_valid_on(last)
    assert not PERMIT.is_valid_on(first - timedelta(days=1))
    assert not PERMIT.is_valid_on(last + timedelta(days=1))


def test_the_newest_appended_address_is_in_force() -> None:
    moved = replace(MAINLAND, appended_addresses=("第一次", "第二次"))
    assert moved.current_address == "第二次"
    assert MAINLAND.current_address == MAINLAND.address


def test_appended_addresses_are_read_back_without_empty_ones() -> None:
    stored = encode_appended(["样本市新路1号", "", "样本市新路2号"])
    assert len(stored) == 210
    assert parse_appended(stored) == ("样本市新路1号", "样本市新路2号")


@pytest.mark.parametrize("size", [1, 69, 71, 350])
def test_appended_addresses_of_impossible_size_are_refused(size: int) -> None:
    with pytest.raises(CounterError) as caught:
        parse_appended(b" \0" * (size // 2) + b" " * (size % 2))
    assert caught.value.code is FailureCode.CARD_RECORD_INVALID


@pytest.mark.parametrize(
    ("character", "kept"),
    [("\ue123", "\ue123"), ("\ud840", "\ufffd")],
    ids=["private use", "lone surrogate"],
)
def test_a_character_without_a_glyph_is_flagged_and_can_be_stored(
    character: str, kept: str
) -> None:
    card = parse_record(with_text(encode_record(MAINLAND), 4, character))
    assert card.needs_glyph_image
    assert card.name == "样本" + kept
    card.name.encode("utf-8")


def test_a_rare_but_encoded_character_survives() -> None:
    card = parse_record(encode_record(replace(MAINLAND, name="样䶮\U00020bb7")))
    assert card.name == "样䶮\U00020bb7"
    assert not card.needs_glyph_image


def test_an_inner_space_and_a_middle_dot_stay_in_the_name() -> None:
    card = parse_record(encode_record(replace(MAINLAND, name="样本·样 本")))
    assert card.name == "样本·样 本"


@pytest.mark.parametrize(
    ("start", "text", "field"),
    [
        (30, "3", "sex"),
        (30, " ", "sex"),
        (36, "18800230", "born_on"),
        (36, "1880 101", "born_on"),
        (36, "１８８００１０１", "born_on"),
        (122, "44052418800101001", "number"),
        (122, "44052418800101001a", "number"),
        (188, "00000000", "valid_from"),
        (204, "永久", "valid_until"),
        (0, " " * 15, "name"),
        (0, "样\x07本", "name"),
    ],
)
def test_a_broken_field_is_named_but_not_shown(start: int, text: str, field: str) -> None:
    record = with_text(encode_record(MAINLAND), start, text.ljust(18) if start == 122 else text)
    with pytest.raises(CounterError) as caught:
        parse_record(record)
    assert caught.value.code is FailureCode.CARD_RECORD_INVALID
    assert dict(caught.value.facts) == {"field": field}


def test_a_lower_case_check_character_is_read_as_upper_case() -> None:
    card = replace(MAINLAND, number="11010519491231002x")
    assert parse_record(encode_record(card)).number == "11010519491231002X"


def test_a_holder_without_a_chinese_name_is_shown_by_the_latin_one() -> None:
    card = parse_record(encode_record(FOREIGN_2023))
    assert card.name == ""
    assert card.display_name == FOREIGN_2023.latin_name
    assert MAINLAND.display_name == MAINLAND.name


@pytest.mark.parametrize(
    ("nationality", "association"), [("UTO", "   "), ("UTO", "0A1"), ("12 ", "011")]
)
def test_no_earlier_number_is_made_up(nationality: str, association: str) -> None:
    record = with_text(with_text(encode_record(FOREIGN_2023), 250, association), 242, nationality)
    assert parse_record(record).previous_number == ""


@pytest.mark.parametrize("size", [0, 255, 257])
def test_a_record_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(CounterError) as caught:
        parse_record(bytes(size))
    assert caught.value.code is FailureCode.CARD_RECORD_INVALID


def test_a_text_that_does_not_fit_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="name has 32 bytes"):
        encode_record(replace(MAINLAND, name="样" * 16))


def test_the_same_card_is_known_by_number_and_start_of_validity() -> None:
    renewed = replace(MAINLAND, valid_from=date(2021, 1, 1))
    assert MAINLAND.identity == replace(MAINLAND, module_number="x").identity
    assert MAINLAND.identity != renewed.identity
    assert MAINLAND.identity != replace(MAINLAND, number=PERMIT.number).identity
    assert MAINLAND.number not in MAINLAND.identity


def test_nothing_personal_shows_in_the_repr() -> None:
    shown = repr(replace(FOREIGN_2023, name="样本己", raw_sha256="0" * 64))
    for text in ("样本己", "SPECIMEN", "1880", FOREIGN_2023.number, "UTO", "0" * 64):
        assert text not in shown
