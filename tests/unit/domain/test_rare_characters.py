"""A character that no font draws is found where it came from, and settled by its picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.by_picture import ByPicture
from counter_app.domain.checks import FindingCode
from counter_app.domain.coverage import STANDARD, Coverage, character_of, code_point, covering
from counter_app.domain.draft import Draft, PresenterRole
from counter_app.domain.identity_document import Owner
from counter_app.domain.rare_characters import rare_findings, unsettled
from counter_app.domain.step import Step
from counter_app.flow.answers import ByPictureAnswer
from tests.unit.domain import cases as c

RARE = "\U0002ebf0"
LATIN = Coverage(((0x20, 0x7E),))


def places(draft: Draft, printable: Coverage = STANDARD) -> list[tuple[str, str]]:
    return [(one.step, dict(one.facts)["characters"]) for one in rare_findings(draft, printable)]


def test_the_merchants_name_is_told_where_the_terminal_was_found() -> None:
    draft = c.in_person(merchant=c.shop(name=f"样{RARE}店{RARE}\ue000"))
    assert places(draft) == [(Step.TERMINAL, "U+2EBF0 U+E000")]


def test_each_name_is_told_at_the_step_that_asked_for_the_document() -> None:
    documents = (
        c.document(name=f"甲{RARE}"),
        c.document(owner=Owner.AGENT, name="乙\ue000"),
    )
    draft = replace(c.in_person(), presenter=PresenterRole.AGENT, documents=documents)
    assert places(draft) == [(Step.PRINCIPAL_ID, "U+2EBF0"), (Step.PRESENTER_ID, "U+E000")]


def test_the_number_of_a_letter_is_told_at_the_letter() -> None:
    letter = c.letter(letter_no=f"样{RARE}1号")
    draft = replace(c.in_person(), presenter=PresenterRole.AGENT, letter=letter)
    assert places(draft) == [(Step.LETTER, "U+2EBF0")]
    assert places(replace(draft, presenter=PresenterRole.PRINCIPAL)) == []


def test_the_fonts_that_are_here_decide() -> None:
    draft = c.in_person(merchant=c.shop(name="Yang 样"), documents=())
    assert places(draft) == []
    assert places(draft, LATIN) == [(Step.TERMINAL, "U+6837")]
    assert places(Draft(draft.case_id, draft.request_no, "c01", c.NOW), LATIN) == []


def test_only_what_nobody_settled_yet_is_asked_for() -> None:
    draft = c.in_person(merchant=c.shop(name=f"{RARE}\ue000"))
    findings = tuple(rare_findings(draft, STANDARD))
    assert unsettled(draft, findings) == ("U+2EBF0", "U+E000")
    once = ByPictureAnswer(("U+2EBF0",), "ab" * 32).on(draft)
    assert unsettled(once, findings) == ("U+E000",)
    twice = ByPictureAnswer(("U+E000", "U+2EBF0")).on(once)
    assert unsettled(twice, findings) == ()
    assert twice.by_picture == ByPicture(("U+2EBF0", "U+E000"), "ab" * 32)


def test_the_finding_is_a_warning_with_the_contracts_code() -> None:
    draft = c.in_person(merchant=c.shop(name=RARE))
    (finding,) = rare_findings(draft, STANDARD)
    assert finding.code is FindingCode.ID_RARE_CHARACTER
    assert c.codes(draft)["ID.rare_character"] == finding.severity


@pytest.mark.parametrize("character", ["\x00", "\x7f", "\ue000", "\ue863", "\U0010fffd"])
def test_what_has_no_shape_is_never_covered(character: str) -> None:
    everything = Coverage(((0, 0x10FFFF),))
    assert everything.missing(f"a{character} \u3000{character}") == (character,)


def test_stretches_are_joined_in_order() -> None:
    assert covering([(9, 12), (1, 3), (4, 5), (2, 2)]).spans == ((1, 5), (9, 12))
    assert covering([]).missing("a") == ("a",)


def test_a_code_point_is_written_as_people_look_it_up_and_read_back() -> None:
    for character in ("\x41", "\ue863", RARE, "\U0010fffd"):
        assert character_of(code_point(character)) == character
    assert code_point(RARE) == "U+2EBF0"
