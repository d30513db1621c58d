"""A letter proposed from what the camera read."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.delegation_letter import (
    Alterations,
    LetterKind,
    LetterPrincipal,
    Matter,
    NamedAgent,
    Relation,
)
from counter_app.domain.reading import (
    Box,
    DocumentKind,
    FieldName,
    FieldRead,
    LetterPhrase,
    MarkName,
    MarkRead,
    Notice,
    Reading,
    TickName,
    TickRead,
)
from counter_app.services.letter_proposal import (
    blank_letter,
    day_in,
    identified,
    proposed_letter,
)

BOX = Box(0, 0, 10, 10)
USCC = "91110199MA00ABCD4Y"


def read(name: FieldName, text: str) -> FieldRead:
    return FieldRead(name, text, 0.99, BOX)


def ticked(name: TickName) -> TickRead:
    return TickRead(name, is_ticked=True, ink_share=0.4, box=BOX)


def marked(name: MarkName) -> MarkRead:
    return MarkRead(name, is_present=True, share=0.2, box=BOX)


FORM = Reading(
    DocumentKind.LETTER,
    fields=(
        read(FieldName.LETTER_NUMBER, "L-0007"),
        read(FieldName.PRINCIPAL_NAME, "李明"),
        read(FieldName.PRINCIPAL_DOCUMENT, "110199199003070017"),
        read(FieldName.AGENT_NAME, "王芳"),
        read(FieldName.AGENT_DOCUMENT, "110199198811020021"),
        read(FieldName.MERCHANT_NUMBER, "102110054990001"),
        read(FieldName.NEW_PHONE, "139 0000 0002"),
        read(FieldName.TERM_FROM, "2026-11-20"),
        read(FieldName.TERM_UNTIL, "2026-12-20"),
    ),
    ticks=(
        ticked(TickName.CHANGE_PHONE),
        ticked(TickName.COLLECT_RECEIPT),
        ticked(TickName.RELATION_EMPLOYEE),
    ),
    marks=(marked(MarkName.PRINCIPAL_SIGNATURE),),
)


def test_our_form_gives_every_fact_of_the_letter() -> None:
    letter = proposed_letter(FORM, "ab12")
    assert letter.kind is LetterKind.SIGNED
    assert letter.digest == letter.image == "ab12"
    assert letter.principal == LetterPrincipal("李明", id_number="110199199003070017")
    assert letter.agents == (NamedAgent("王芳", "110199198811020021", Relation.EMPLOYEE),)
    assert letter.matters == {Matter.CHANGE_PHONE, Matter.COLLECT_RECEIPT}
    assert letter.new_number == "13900000002"
    assert (letter.starts_on, letter.ends_on) == (date(2026, 11, 20), date(2026, 12, 20))
    assert letter.is_signed
    assert not letter.has_company_seal
    assert letter.is_joint
    assert letter.is_original
    assert letter.alterations is Alterations.NONE
    assert letter.notary is None


def test_a_credit_code_makes_the_principal_an_entity() -> None:
    fields = (
        read(FieldName.PRINCIPAL_NAME, "北京某某商贸有限公司"),
        read(FieldName.PRINCIPAL_DOCUMENT, USCC),
        read(FieldName.PRINCIPAL_REPRESENTATIVE, "李明"),
    )
    entity = Reading(DocumentKind.LETTER, fields, marks=(marked(MarkName.SEAL),))
    letter = proposed_letter(entity, "ab")
    assert letter.principal.uscc == USCC
    assert letter.principal.id_number is None
    assert letter.principal.legal_representative == "李明"
    assert letter.has_company_seal
    assert not letter.is_signed_by_legal_representative
    signed = replace(entity, marks=(marked(MarkName.PRINCIPAL_SIGNATURE),))
    assert proposed_letter(signed, "ab").is_signed_by_legal_representative


def test_a_persons_signature_is_nobody_elses() -> None:
    assert not proposed_letter(FORM, "ab").is_signed_by_legal_representative


def test_two_agents_keep_their_order_and_a_missing_number_stays_empty() -> None:
    fields = (
        read(FieldName.AGENT_NAME, "王芳"),
        read(FieldName.AGENT_NAME, "赵强"),
        read(FieldName.AGENT_DOCUMENT, "110199198811020021"),
    )
    letter = proposed_letter(Reading(DocumentKind.LETTER, fields), "ab")
    assert [agent.name for agent in letter.agents] == ["王芳", "赵强"]
    assert letter.agents[1].id_number == ""


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        ({LetterPhrase.EVERYTHING}, {Matter.EVERYTHING}),
        ({LetterPhrase.CHANGE_PHONE}, {Matter.CHANGE_PHONE}),
        (set(), set()),
    ],
)
def test_a_free_letter_is_read_by_its_wording(
    phrases: set[LetterPhrase], expected: set[Matter]
) -> None:
    free = Reading(DocumentKind.LETTER, phrases=frozenset(phrases))
    assert proposed_letter(free, "ab").matters == expected


def test_everything_is_kept_beside_the_ticks() -> None:
    both = replace(FORM, phrases=frozenset({LetterPhrase.EVERYTHING}))
    assert Matter.EVERYTHING in proposed_letter(both, "ab").matters


def test_a_denial_of_substitution_outweighs_its_mention() -> None:
    allowed = frozenset({LetterPhrase.SUBDELEGATION_ALLOWED})
    denied = allowed | {LetterPhrase.SUBDELEGATION_DENIED}
    assert proposed_letter(replace(FORM, phrases=allowed), "ab").allows_substitution
    assert not proposed_letter(replace(FORM, phrases=denied), "ab").allows_substitution


def test_each_alone_third_party_copy_and_alterations_are_seen() -> None:
    odd = replace(
        FORM,
        phrases=frozenset({LetterPhrase.EACH_ALONE, LetterPhrase.THIRD_PARTY_NUMBER}),
        notices=(Notice.WATERMARKED_COPY, Notice.ALTERATION),
    )
    letter = proposed_letter(odd, "ab")
    assert not letter.is_joint
    assert letter.allows_third_party_number
    assert not letter.is_original
    assert letter.alterations is Alterations.PLAIN


def test_a_notary_number_makes_the_letter_notarised() -> None:
    fields = (
        *FORM.fields,
        read(FieldName.NOTARY_NUMBER, "(2026)京公证字第0001号"),
        read(FieldName.NOTARY_OFFICE, "某某公证处"),
        read(FieldName.NOTARY_DATE, "2026-11-19"),
    )
    letter = proposed_letter(replace(FORM, fields=fields), "ab")
    assert letter.kind is LetterKind.NOTARISED
    assert letter.notary is not None
    assert letter.notary.on == date(2026, 11, 19)
    assert letter.notary.purpose_covers
    assert not letter.notary.is_verified


def test_a_letter_without_a_picture_is_known_by_its_number_or_its_content() -> None:
    blank = blank_letter()
    numbered = identified(replace(blank, letter_no="L-0007"))
    assert numbered.digest == "L-0007"
    one = identified(replace(blank, agents=(NamedAgent("王芳", "1"),)))
    other = identified(replace(blank, agents=(NamedAgent("赵强", "2"),)))
    assert len(one.digest) == 64
    assert one.digest != other.digest
    assert identified(proposed_letter(FORM, "ab")).digest == "ab"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        (" 2026/11/20 ", date(2026, 11, 20)),
        ("长期", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_the_forms_clerks_type(text: str, day: date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("signer", "document", "is_signed", "has_seal"),
    [
        ("样本甲", "110199199003070017", True, False),
        ("样本 甲", "110199199003070017", True, False),
        ("样本乙", "110199199003070017", False, False),
        (None, "110199199003070017", False, False),
        ("样本甲", "91110199MA00ABCD4Y", True, True),
        (None, "91110199MA00ABCD4Y", False, False),
    ],
)
def test_a_good_electronic_signature_counts_for_whom_its_certificate_names(
    signer: str | None, document: str, is_signed: bool, has_seal: bool
) -> None:
    fields = (
        FieldRead(FieldName.PRINCIPAL_NAME, "样本甲", 0.9),
        FieldRead(FieldName.PRINCIPAL_DOCUMENT, document, 0.9),
    )
    letter = proposed_letter(Reading(DocumentKind.LETTER, fields, signer=signer), "1" * 64)
    assert (letter.is_signed, letter.has_company_seal) == (is_signed, has_seal)
