"""Names: folded for comparison, never changed, and pictures for characters no font draws."""

from __future__ import annotations

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import Principal
from counter_app.domain.name import is_same_name, needs_glyph_image, whole_characters
from tests.unit.domain import cases as c

UYGHUR = "阿布都\u00b7热合曼"


@pytest.mark.parametrize(
    "dot", ["\u00b7", "\u2022", "\u2027", "\u2219", "\u30fb", "\uff0e", "\uff65"]
)
def test_every_middle_dot_is_the_same_name(dot: str) -> None:
    assert is_same_name(UYGHUR, UYGHUR.replace("\u00b7", dot))


@pytest.mark.parametrize("other", ["阿布都热合曼", "阿布都.热合曼", "阿布都-热合曼"])
def test_a_missing_or_other_mark_is_another_name(other: str) -> None:
    assert not is_same_name(UYGHUR, other)


def test_case_and_spaces_of_latin_names_do_not_matter() -> None:
    assert is_same_name("Specimen  Maria ", "SPECIMEN MARIA")
    assert not is_same_name("SPECIMEN MARIA", "SPECIMENMARIA")


def test_variants_of_one_character_stay_different() -> None:
    assert not is_same_name("龚", "龔")
    assert not is_same_name("\u4dae", "yan")
    assert not is_same_name("\uf900", "\u8c48")


@pytest.mark.parametrize(
    ("char", "needs_picture"),
    [
        ("样", False),
        ("A", False),
        ("\u00b7", False),
        ("\u4dae", False),  # extension A
        ("\U00020000", False),  # first of extension B
        ("\U0002a6df", False),  # last of extension B
        ("\U0002ebe0", False),  # last of extension F
        ("\U0002ebe1", True),
        ("\U0002ebf0", True),  # extension I
        ("\U00030000", True),  # extension G
        ("\U000323af", True),  # extension H
        ("\ue000", True),
        ("\uf8ff", True),
        ("\uf900", False),
        ("\udfff", True),
        ("\U000f0000", True),
        ("\U0010fffd", True),
        ("\U0001f600", False),
    ],
)
def test_a_picture_is_kept_where_no_font_draws(char: str, needs_picture: bool) -> None:
    assert needs_glyph_image(f"样{char}") is needs_picture


def test_a_rare_name_is_a_warning_and_no_obstacle() -> None:
    name = "样\ue863"
    merchant = c.shop(principal=Principal(name, DocumentType.RESIDENT_ID, c.PRINCIPAL_ID))
    draft = c.in_person(
        merchant=merchant, documents=(c.document(name=name),), licence=c.licence(operator=name)
    )
    assert c.codes(draft) == {"ID.rare_character": Severity.WARN}
    assert c.assess(draft).may_be_accepted


def test_half_a_character_becomes_a_mark_and_nothing_else_changes() -> None:
    assert whole_characters("样\ud800本\udc00") == "样\ufffd本\ufffd"
    name = "样\U0002a6d7\ue863\u00b7"
    assert whole_characters(name) == name
