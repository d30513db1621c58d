"""What the second person compares."""

from dataclasses import replace
from datetime import UTC, datetime

from counter_app.domain.delegation_letter import NamedAgent
from counter_app.domain.draft import Draft, Licence, NewNumber, PresenterRole
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import (
    MerchantRecord,
    MerchantType,
    Principal,
    Settlement,
    SettlementKind,
    Terminal,
)
from counter_app.domain.travel_document import CheckState, CheckVerdict, ChipCheck
from counter_app.services.letter_proposal import blank_letter
from counter_app.services.review_fields import ComparedField, ReviewField, compared_fields

MERCHANT = MerchantRecord(
    "102110054990001",
    "样本小吃店",
    "lakala",
    MerchantType.SOLE_PROPRIETOR,
    Principal("样本甲", DocumentType.RESIDENT_ID, "110199199003070017"),
    "13900000001",
    "92110199MA00ABCD4U",
    settlement=Settlement("样本银行", "6222020000000000018", SettlementKind.CARD),
)
AGENT = IdentityDocument(
    Owner.AGENT, DocumentType.RESIDENT_ID, "110199198811020021", "样本乙", CaptureMethod.CHIP
)
PRINCIPAL = IdentityDocument(
    Owner.PRINCIPAL,
    DocumentType.RESIDENT_ID,
    "110199199003070017",
    "样本甲",
    CaptureMethod.CAMERA,
    image="card",
)
LETTER = replace(
    blank_letter(),
    agents=(NamedAgent("样本乙", "110199198811020021"),),
    new_number="13900000002",
    image="letter",
)
DRAFT = replace(
    Draft("case", "req", "c01", datetime(2026, 11, 23, 2, tzinfo=UTC)),
    merchant=MERCHANT,
    terminal=Terminal("SN1"),
    presenter=PresenterRole.AGENT,
    documents=(AGENT, PRINCIPAL),
    letter=LETTER,
    licence=Licence("92110199MA00ABCD4U", "样本小吃店", "样本甲", image="licence"),
    new_number=NewNumber("13900000002"),
    is_swap_wanted=True,
    swap_to_sn="SN2",
)


def one(draft: Draft, name: ReviewField) -> ComparedField:
    return next(item for item in compared_fields(draft) if item.field is name)


def test_an_untroubled_case_shows_every_field_once_and_nothing_differs() -> None:
    fields = compared_fields(DRAFT)
    assert [item.field for item in fields] == list(ReviewField)
    assert not any(item.differs for item in fields)


def test_an_empty_visit_has_nothing_to_compare() -> None:
    bare = Draft("case", "req", "c01", datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert compared_fields(bare) == ()
    assert compared_fields(replace(bare, documents=(PRINCIPAL,)))[0].differs is False


def test_a_presenter_whom_the_letter_does_not_name_differs() -> None:
    other = replace(LETTER, agents=(NamedAgent("别人", "110199198811020021"),))
    assert one(replace(DRAFT, letter=other), ReviewField.PRESENTER).differs


def test_a_principal_who_came_is_compared_with_the_record() -> None:
    came = replace(DRAFT, presenter=PresenterRole.PRINCIPAL, letter=None)
    shown = one(came, ReviewField.PRESENTER)
    assert (shown.differs, shown.image) == (False, "card")
    stranger = replace(PRINCIPAL, number="110199199202290039")
    assert one(replace(came, documents=(stranger,)), ReviewField.PRESENTER).differs


def test_another_credit_code_or_an_enterprises_other_name_differs() -> None:
    licence = Licence("91110199MA00ABCD4Y", "样本小吃店", "样本甲")
    assert one(replace(DRAFT, licence=licence), ReviewField.LICENCE).differs
    enterprise = replace(MERCHANT, type=MerchantType.ENTERPRISE)
    named = Licence("92110199MA00ABCD4U", "别的公司", "样本甲")
    draft = replace(DRAFT, merchant=enterprise, licence=named)
    assert one(draft, ReviewField.LICENCE).differs


def test_another_card_or_a_customers_no_makes_the_account_differ() -> None:
    card = replace(DRAFT, settlement_card="621700*********0012", settlement_card_matches=False)
    denied = replace(DRAFT, is_settlement_confirmed=False)
    assert one(card, ReviewField.SETTLEMENT).differs
    assert one(denied, ReviewField.SETTLEMENT).differs
    assert one(DRAFT, ReviewField.SETTLEMENT).differs is False


def test_a_number_that_is_not_the_letters_differs_and_shows_the_letter() -> None:
    other = replace(DRAFT, new_number=NewNumber("13900000009"))
    shown = one(other, ReviewField.NEW_NUMBER)
    assert (shown.differs, shown.recorded, shown.image) == (True, "13900000002", "letter")
    unwritten = replace(DRAFT, letter=replace(LETTER, new_number=None))
    assert one(unwritten, ReviewField.NEW_NUMBER).differs
    without = replace(DRAFT, letter=None)
    assert not one(without, ReviewField.NEW_NUMBER).differs


def test_what_was_proved_of_the_presenters_chip_stands_beside_the_presenter() -> None:
    checks = (CheckVerdict(ChipCheck.ISSUER, CheckState.VERIFIED),)
    read = replace(AGENT, chip_checks=checks)
    draft = replace(DRAFT, documents=(read, PRINCIPAL))
    assert one(draft, ReviewField.PRESENTER).chip_checks == checks
    assert one(draft, ReviewField.PRINCIPAL).chip_checks == ()


def test_parts_that_are_not_there_are_left_out() -> None:
    small = replace(
        DRAFT,
        merchant=replace(MERCHANT, settlement=None),
        licence=None,
        new_number=None,
        terminal=None,
        is_swap_wanted=False,
    )
    names = {item.field for item in compared_fields(small)}
    assert names == {
        ReviewField.MERCHANT,
        ReviewField.PRESENTER,
        ReviewField.PRINCIPAL,
        ReviewField.OLD_NUMBER,
    }
