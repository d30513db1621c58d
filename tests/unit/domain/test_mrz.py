from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.mrz import (
    Mrz,
    MrzCheck,
    MrzKey,
    MrzLayout,
    check_digit,
    parse_chip_mrz,
    parse_mrz,
)
from counter_app.domain.mrz_permit import decode_chinese_name, encode_chinese_name

TODAY = date(2026, 11, 23)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)


def permit(code: str = "CS", number: str = "C00000001", born: str = "900307") -> str:
    parts = [f"{part}{check_digit(part)}" for part in (number, "300101", born)]
    return f"{code}{parts[0]}<{parts[1]}<{parts[2]}<{check_digit(''.join(parts))}"


@pytest.mark.parametrize(
    ("text", "digit"), [("520727", 3), ("AB2134<<<", 5), ("L898902C<", 3), ("HA672242<", 6)]
)
def test_the_standards_check_digits_come_out(text: str, digit: int) -> None:
    assert check_digit(text) == digit


@pytest.mark.parametrize("text", ["a", "É", "１", " ", "-"])
def test_a_character_outside_the_alphabet_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="A to Z"):
        check_digit(text)
    with pytest.raises(ValueError, match="A to Z"):
        parse_mrz(["É" * 44, "<" * 44])


@pytest.mark.parametrize(
    ("lines", "layout"),
    [
        (TD1, MrzLayout.TD1),
        (TD2, MrzLayout.TD2),
        (TD3, MrzLayout.TD3),
        (MRV_A, MrzLayout.MRV_A),
        (MRV_B, MrzLayout.MRV_B),
    ],
)
def test_the_standards_specimens_are_read(lines: tuple[str, ...], layout: MrzLayout) -> None:
    zone = parse_mrz(lines)
    assert (zone.layout, zone.surname, zone.given_names) == (layout, "ERIKSSON", "ANNA MARIA")
    assert zone.is_consistent()
    assert zone.issuer == "UTO"
    assert zone.sex == "F"
    assert zone.name() == "ERIKSSON ANNA MARIA"


def test_a_passport_gives_its_fields_and_its_days() -> None:
    zone = parse_mrz(TD3)
    assert zone.document_code == "P"
    assert zone.document_number == "L898902C3"
    assert zone.optional == "ZE184226B"
    assert zone.born_on(TODAY) == date(1974, 8, 12)
    assert zone.expires_on(TODAY) == date(2012, 4, 15)
    assert zone.key() == MrzKey("L898902C3", "740812", "120415")


def test_the_key_is_the_worked_example_of_the_standard() -> None:
    key = MrzKey("L898902C", "690806", "940623")
    assert key.information() == "L898902C<369080619406236"


@pytest.mark.parametrize(
    ("place", "check"),
    [
        (0, MrzCheck.DOCUMENT_NUMBER),
        (13, MrzCheck.BIRTH),
        (21, MrzCheck.EXPIRY),
        (30, MrzCheck.OPTIONAL),
    ],
)
def test_one_wrong_character_is_told_by_its_own_check_and_the_composite(
    place: int, check: MrzCheck
) -> None:
    low = TD3[1][:place] + str((int(TD3[1][place], 36) + 1) % 10) + TD3[1][place + 1 :]
    assert parse_mrz([TD3[0], low]).failed_checks() == {check, MrzCheck.COMPOSITE}


def test_an_empty_optional_field_may_have_a_filler_as_its_digit() -> None:
    low = "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<"
    low += str(check_digit(low[:10] + low[13:20] + low[21:]))
    assert parse_mrz([TD3[0], low]).is_consistent()


def test_a_number_longer_than_nine_goes_on_in_the_optional_field() -> None:
    digit = check_digit("D23145890734")
    top = f"I<UTOD23145890<734{digit}".ljust(30, "<")
    low = "7408122F1204159UTO<<<<<<<<<<<"
    low += str(check_digit(top[5:] + low[:7] + low[8:15] + low[18:29]))
    zone = parse_mrz([top, low, TD1[2]])
    assert zone.document_number == "D23145890734"
    assert zone.is_consistent()
    assert zone.key().information().startswith(f"D23145890734{digit}")


def test_blanks_and_small_letters_of_a_typed_zone_do_no_harm() -> None:
    assert parse_mrz([f" {TD3[0].lower()} ", "", TD3[1]]) == parse_mrz(TD3)


@pytest.mark.parametrize("lines", [[], ["<"], ["<" * 30] * 2, ["<" * 44] * 3, ["<" * 30]])
def test_lines_that_fit_no_layout_are_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="three lines of 30"):
        parse_mrz(lines)


def test_a_birth_day_never_lies_in_the_future_and_unknown_parts_give_none() -> None:
    zone = parse_mrz([TD3[0], TD3[1][:13] + "261124" + TD3[1][19:]])
    assert zone.born_on(TODAY) == date(1926, 11, 24)
    assert zone.born_on(date(2026, 11, 24)) == date(2026, 11, 24)
    assert parse_mrz([TD3[0], TD3[1][:13] + "74<<<<" + TD3[1][19:]]).born_on(TODAY) is None
    assert parse_mrz([TD3[0], TD3[1][:13] + "740231" + TD3[1][19:]]).born_on(TODAY) is None
    # 29 February exists in 2000 only: 1900 was no leap year
    assert (
        parse_mrz([TD3[0], TD3[1][:13] + "000229" + TD3[1][19:]]).born_on(date(1999, 1, 1)) is None
    )


def test_the_permits_line_has_expiry_before_birth() -> None:
    zone = parse_mrz([permit()])
    assert zone.layout is MrzLayout.PERMIT
    assert zone.document_code == "CS"
    assert zone.born_on(TODAY) == date(1990, 3, 7)
    assert zone.expires_on(TODAY) == date(2030, 1, 1)
    assert zone.is_consistent()
    assert zone.key() == MrzKey("C00000001", "900307", "300101")


def test_a_wrong_digit_of_a_permit_is_told() -> None:
    line = permit()
    zone = parse_mrz([line[:29] + str((int(line[29]) + 1) % 10)])
    assert zone.failed_checks() == {MrzCheck.COMPOSITE}


def test_a_permits_chip_adds_the_chinese_name() -> None:
    text = permit() + encode_chinese_name("样本甲") + "YANGBEN<<JIA".ljust(18, "<") + "M"
    zone = parse_chip_mrz((text + "0000000" + "110").ljust(90, "<"))
    assert (zone.chinese_name, zone.surname, zone.given_names) == ("样本甲", "YANGBEN", "JIA")
    assert (zone.sex, zone.birth_place) == ("M", "110")
    assert "样本甲" not in repr(zone)


def test_a_residents_permit_shares_the_first_line_only() -> None:
    zone = parse_mrz([permit("CR", "H00000001"), "A" * 30, "B" * 30])
    assert (zone.layout, zone.document_number, zone.surname) == (MrzLayout.PERMIT, "H00000001", "")


def test_letters_stand_for_half_bytes_of_gbk() -> None:
    assert decode_chinese_name("NGKE") == "证"
    assert decode_chinese_name("NGKE<<<<<<<<") == "证"
    assert decode_chinese_name("NGK") == ""
    assert decode_chinese_name("ZZZZ") == ""
    assert decode_chinese_name("PPPP") == ""


@pytest.mark.parametrize(("lines", "length"), [(TD1, 90), (TD2, 72), (TD3, 88)])
def test_the_chips_text_has_no_line_ends(lines: tuple[str, ...], length: int) -> None:
    assert len("".join(lines)) == length
    assert parse_chip_mrz("".join(lines)) == parse_mrz(lines)


def test_a_chip_text_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="72, 88 or 90"):
        parse_chip_mrz("P<UTO")


def test_public_images_truth_is_read(shared_data: Path) -> None:
    truth = json.loads((shared_data / "images" / "mrz" / "truth.json").read_text("utf-8"))
    names = {
        "num": MrzCheck.DOCUMENT_NUMBER,
        "dob": MrzCheck.BIRTH,
        "exp": MrzCheck.EXPIRY,
        "opt": MrzCheck.OPTIONAL,
        "comp": MrzCheck.COMPOSITE,
    }
    for name, entry in truth.items():
        zone = parse_mrz(entry["lines"])
        assert zone.layout.replace("_", "").upper() == entry["type"], name
        assert zone.failed_checks() == {names[check] for check in entry["bad_checks"]}, name


@given(st.lists(st.text(max_size=50), max_size=4))
def test_any_text_gives_a_zone_or_a_value_error(lines: list[str]) -> None:
    try:
        zone = parse_mrz(lines)
    except ValueError:
        return
    assert isinstance(zone, Mrz)


@given(
    st.sampled_from([30, 36, 44, 90]).flatmap(
        lambda width: st.lists(
            st.text("0123456789ABCPVX<", min_size=width, max_size=width), min_size=1, max_size=3
        )
    )
)
def test_any_zone_of_the_alphabet_gives_fields_or_a_value_error(lines: list[str]) -> None:
    try:
        zone = parse_mrz(lines)
    except ValueError:
        return
    assert (zone.born_on(TODAY) or TODAY) <= TODAY
    assert zone.key().information()
