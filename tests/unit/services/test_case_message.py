"""What the message to head office says of the documents."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.by_picture import ByPicture
from counter_app.domain.delegation_letter import Alterations
from counter_app.domain.draft import Draft
from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.headoffice.review.word_pairs import PAIRS
from counter_app.rehearsal.stage import PROFILE
from counter_app.services.case_message import AcceptedCase, case_data, personal_data
from counter_app.wire.case_data import CaseData, ChipProof, Delegation
from tests.unit.domain import cases as c

UNKNOWN = CheckVerdict(ChipCheck.ISSUER, CheckState.NOT_VERIFIED, CheckReason.ISSUER_UNKNOWN)
WHOLE = CheckVerdict(ChipCheck.CONTENT, CheckState.VERIFIED)


def test_head_office_is_told_what_was_proved_of_each_documents_chip() -> None:
    read = replace(c.document(), chip_checks=(WHOLE, UNKNOWN))
    draft = c.in_person(documents=(read,))
    case = AcceptedCase(draft, c.assess(draft), c.PACK, "110199-20261123-07-0001", c.NOW)
    assert case_data(case, PROFILE).chip_proofs == (
        ChipProof(owner="principal", check="content", state="verified"),
        ChipProof(owner="principal", check="issuer", state="not_verified", reason="issuer_unknown"),
    )


def told(draft: Draft) -> Delegation | None:
    case = AcceptedCase(draft, c.assess(draft), c.PACK, "110199-20261123-07-0001", c.NOW)
    data: CaseData = case_data(case, PROFILE)
    return data.delegation


def test_head_office_is_told_how_each_check_of_the_letter_came_out() -> None:
    altered = c.letter(letter_no="L-7", alterations=Alterations.INITIALLED)
    letter = told(c.delegated(letter=altered, agent_history=None))
    assert letter is not None
    assert [one.id for one in letter.checks] == [f"A{number}" for number in range(1, 17)]
    others = {one.id: one.verdict for one in letter.checks if one.verdict != "good"}
    assert others == {"A15": "open", "A16": "caution"}
    assert (letter.letter_no, letter.original, letter.notary) == ("L-7", True, None)


def test_head_office_is_told_of_the_notarial_certificate() -> None:
    letter = told(c.delegated(letter=c.notarised()))
    assert letter is not None
    assert letter.notary is not None
    assert (letter.notary.verified, letter.notary.issued_in) == (True, "mainland")


def test_a_principal_in_person_has_no_letter_to_tell_of() -> None:
    assert told(c.in_person()) is None


def test_head_office_is_told_which_characters_a_picture_stands_for() -> None:
    draft = c.in_person(by_picture=ByPicture(("U+2EBF0", "U+E000"), "ab" * 32))
    assert personal_data(draft).notes == {"by_picture": "U+2EBF0 U+E000"}
    assert personal_data(c.in_person()).notes == {}
    assert personal_data(replace(draft, new_number=None, by_picture=None)).notes == {}


def test_head_office_has_words_for_every_note_of_a_case() -> None:
    number = c.new_number(shared_reason="family shop")
    draft = c.in_person(new_number=number, by_picture=ByPicture(("U+E000",)))
    notes = personal_data(draft).notes
    assert len(notes) == 2
    assert all(label in PAIRS for label in notes)
