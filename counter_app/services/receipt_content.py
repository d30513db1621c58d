"""The content of a receipt: what was accepted, from whom, on which evidence; never the risk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.delegation import is_confirmed_by_principal
from counter_app.domain.delegation_letter import LetterKind
from counter_app.domain.draft import CodeOutcome, Draft, NewNumber, OldNumberOutcome, OldNumberProof
from counter_app.domain.identity_document import CaptureMethod, Owner, PoliceCheck
from counter_app.domain.masking import masked_phone, without_whole_numbers
from counter_app.domain.merchant import MerchantRecord, MerchantType, Terminal
from counter_app.domain.paper import ReceiptRecord
from counter_app.domain.paper_parts import (
    Presenter,
    PresenterRole,
    ReceivedDocument,
    RulePackStamp,
    Verification,
)
from counter_app.domain.promise import expected_by
from counter_app.domain.provider_rules import RulePack
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.paper_language import wants_english

PROOFS = {
    OldNumberProof.LOSS_SLIP: "loss_proof",
    OldNumberProof.CANCELLATION: "loss_proof",
    OldNumberProof.POLICE_REPORT: "police_report",
}
POLICE_RESULTS = {
    PoliceCheck.CONSISTENT: "consistent",
    PoliceCheck.NOT_POSSIBLE: "not_possible",
}


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the receipt says beside the draft.

    Attributes:
        reviewer_name: Name of the second person, or empty.
        journal_head: First hex digits of the journal's head.
    """

    acceptance_no: str
    accepted_at: datetime
    reviewer_name: str
    journal_head: str
    is_offline: bool


def receipt_record(
    draft: Draft, rules: RulePack, profile: CounterProfile, facts: ReceiptFacts
) -> ReceiptRecord:
    """Return the canonical record of a receipt; every number in it is masked."""
    merchant, terminal, new = _subject(draft)
    return ReceiptRecord(
        acceptance_no=facts.acceptance_no,
        case_id=draft.case_id,
        accepted_at=facts.accepted_at.replace(microsecond=0),
        branch=profile.branch,
        counter=profile.counter,
        clerk_id=draft.clerk_id,
        reviewer_name=facts.reviewer_name,
        queue_ticket=without_whole_numbers(draft.queue_ticket),
        provider=rules.title,
        merchant_name=without_whole_numbers(merchant.name),
        merchant_no=merchant.merchant_no,
        merchant_type=merchant.type,
        terminal_sn_tail=terminal.sn[-6:],
        presenter=_presenter(draft),
        old_number=masked_phone(merchant.phone),
        new_number=masked_phone(new.number),
        documents=tuple(_documents(draft)),
        verification=tuple(_verification(draft)),
        fee_fen=rules.fee_fen,
        expected_by=expected_by(facts.accepted_at, rules),
        enquiry=profile.enquiry,
        complaint=profile.complaint,
        notice_version=profile.notice_version,
        rule_pack=RulePackStamp(rules.provider, rules.version),
        offline=facts.is_offline,
        journal_head=facts.journal_head,
        linked_channels=tuple(channel for channel in rules.channels if channel != "unionpay"),
        letter_no=_letter_no(draft),
        elder_mode=draft.is_elder_mode,
        bilingual=wants_english(draft),
        demonstration=profile.is_demonstration,
    )


def _subject(draft: Draft) -> tuple[MerchantRecord, Terminal, NewNumber]:
    """Return whose number changes, at which terminal, to what: accepted drafts have all three."""
    assert draft.merchant is not None
    assert draft.terminal is not None
    assert draft.new_number is not None
    return draft.merchant, draft.terminal, draft.new_number


def _letter_no(draft: Draft) -> str:
    letter = draft.letter if draft.is_delegated else None
    return without_whole_numbers(letter.letter_no) if letter is not None else ""


def _presenter(draft: Draft) -> Presenter:
    document = draft.document_of(draft.presenter_owner)
    assert document is not None
    assert draft.merchant is not None
    role = PresenterRole.PRINCIPAL
    if draft.is_delegated:
        role = PresenterRole.AGENT
    elif draft.merchant.type is MerchantType.ENTERPRISE:
        role = PresenterRole.LEGAL_REPRESENTATIVE
    return Presenter(role, document.name, document.type.value, document.number[-4:])


def _documents(draft: Draft) -> Iterator[ReceivedDocument]:
    yield ReceivedDocument("application_form")
    for document in draft.documents:
        own = document.type.value
        name = own
        if draft.is_delegated:
            name = "agent_id" if document.owner is Owner.AGENT else "principal_id"
        yield ReceivedDocument(name, original_seen=document.is_original)
    if draft.licence is not None:
        yield ReceivedDocument("business_licence")
    letter = draft.letter
    if letter is not None and draft.is_delegated:
        is_notarised = letter.kind is LetterKind.NOTARISED
        number = letter.letter_no
        if is_notarised and letter.notary is not None:
            number = letter.notary.number
        name = "notarised_letter" if is_notarised else "delegation_letter"
        shown = without_whole_numbers(number)
        yield ReceivedDocument(name, original_seen=letter.is_original, number=shown)
    if draft.has_phone_proof:
        yield ReceivedDocument("phone_proof")
    if draft.old_number_proof in PROOFS:
        yield ReceivedDocument(PROOFS[draft.old_number_proof])


def _verification(draft: Draft) -> Iterator[Verification]:
    document = draft.document_of(draft.presenter_owner)
    assert document is not None
    check = {
        CaptureMethod.CHIP: "identity_chip",
        CaptureMethod.CAMERA: "identity_camera",
        CaptureMethod.TYPED: "identity_typed",
    }[document.captured_by]
    yield Verification(check, "read")
    yield Verification("face_by_clerk", "passed")
    if document.police_check is not PoliceCheck.NOT_POSSIBLE:
        yield Verification("police_check", POLICE_RESULTS.get(document.police_check, "reviewed"))
    yield from _number_verification(draft)
    if draft.is_delegated:
        yield Verification("letter_checked", "passed")
        is_confirmed = is_confirmed_by_principal(draft)
        yield Verification("callback", "confirmed" if is_confirmed else "reviewed")
    if draft.is_settlement_confirmed:
        yield Verification("settlement_confirmed", "confirmed")


def _number_verification(draft: Draft) -> Iterator[Verification]:
    new = draft.new_number
    is_passed = new is not None and new.code is CodeOutcome.PASSED
    yield Verification("new_number_code", "passed" if is_passed else "not_done")
    is_verified = draft.old_number is OldNumberOutcome.VERIFIED
    yield Verification("old_number_code", "passed" if is_verified else "unreachable")
