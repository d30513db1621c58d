"""Papers of foreigners are bilingual; a picture stands for what no font draws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.coverage import STANDARD, Coverage
from counter_app.domain.draft import Draft
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.paper import NoticeRecord, PaperKind, record_sha256
from counter_app.domain.submission import Decision, Verdict
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.notice_content import NoticeFacts, NoticeWriter
from counter_app.services.paper_language import wants_english
from counter_app.services.printable import printable
from tests.unit.domain import cases as c
from tests.unit.receipt.records import BRANCH, NOW, letter, notice, receipt

WRITER = NoticeWriter(
    CounterProfile(BRANCH, "01", "2026.1", "enquiry", "complaint", is_demonstration=False)
)
CHANNELS = (("unionpay", "done"), ("other", "odd"))
ANSWER = Decision("1", "m", "case", Verdict.APPLIED, "", "", "", CHANNELS, NOW)
FACTS = NoticeFacts("110199202611230100025", NOW, reason="客户撤回", answer=ANSWER)


def shown(kind: DocumentType, nationality: str = "") -> Draft:
    document = c.document(type=kind, nationality=nationality)
    return replace(c.in_person(), documents=(document,), swap_to_sn="N500W00054321")


@pytest.mark.parametrize(
    ("kind", "nationality", "is_wanted"),
    [
        (DocumentType.PASSPORT, "USA", True),
        (DocumentType.PASSPORT, "", True),
        (DocumentType.PASSPORT, "CHN", False),
        (DocumentType.PERMANENT_RESIDENCE, "", True),
        (DocumentType.RESIDENT_ID, "", False),
        (DocumentType.HKM_PERMIT, "", False),
    ],
)
def test_english_is_for_foreigners(
    kind: DocumentType, nationality: str, *, is_wanted: bool
) -> None:
    assert wants_english(shown(kind, nationality)) is is_wanted


def papers_of(draft: Draft) -> list[NoticeRecord]:
    stopping = c.assess(replace(draft, consents=frozenset())).stopping()
    return [
        WRITER.missing_list(draft, stopping, FACTS),
        WRITER.refusal(draft, stopping, c.PACK, FACTS),
        WRITER.void_notice(draft, FACTS),
        WRITER.correction(draft, FACTS),
        WRITER.swap_slip(draft, FACTS),
        WRITER.confirmation(draft, FACTS),
        WRITER.number_slip(draft, FACTS),
    ]


def test_every_paper_of_a_foreigner_says_all_its_lines_in_english_too() -> None:
    for record in papers_of(shown(DocumentType.PASSPORT, "USA")):
        assert record.bilingual, record.paper
        for line in (*record.heading, *record.lines, *record.remedies):
            assert line.en, (record.paper, line.code)
    assert not any(record.bilingual for record in papers_of(c.in_person()))


def test_the_states_of_channels_are_in_english_for_foreigners_only() -> None:
    said = {}
    for draft in (shown(DocumentType.PASSPORT, "USA"), c.in_person()):
        record = WRITER.confirmation(draft, FACTS)
        said[record.bilingual] = [line.value for line in record.lines[-2:]]
    assert said == {True: ["已更新 updated", "odd"], False: ["已更新", "odd"]}


def test_the_same_remedy_is_told_once() -> None:
    draft = c.in_person()
    finding = c.assess(replace(draft, consents=frozenset())).stopping()[0]
    record = WRITER.missing_list(draft, (finding, finding), FACTS)
    assert (len(record.lines), len(record.remedies)) == (2, 1)


def test_every_character_of_a_record_is_asked_for_also_in_its_parts() -> None:
    record = receipt(branch=replace(BRANCH, address="样\ue000路"), reviewer_name="样\x07")
    assert printable(record, STANDARD).by_picture == ("U+E000", "U+0007")
    assert printable(receipt(), STANDARD) == receipt()


def test_a_record_that_names_no_character_keeps_its_bytes() -> None:
    record = notice(PaperKind.REFUSAL)
    assert b"by_picture" not in record.to_json()
    named = printable(record, Coverage(((0x20, 0x7E),)))
    assert record_sha256(named) != record_sha256(record)
    assert NoticeRecord.from_json(named.to_json()) == named


@pytest.mark.parametrize("point", ["2EBF0", "U+12", "U+110000", "U+2ebf0", "U+0012EBF0"])
def test_a_record_takes_nothing_but_code_points(point: str) -> None:
    with pytest.raises(ValueError, match="code point"):
        receipt(by_image=True, by_picture=(point,))


def test_a_letter_to_be_signed_leaves_the_name_to_the_pen() -> None:
    assert printable(letter(merchant_name="样\ue000店"), STANDARD).merchant_name == ""
    assert printable(letter(merchant_name="样店"), STANDARD).merchant_name == "样店"
