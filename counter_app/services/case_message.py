"""What head office is told of an accepted case: the open half and the personal half."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.assessment import Assessment
from counter_app.domain.delegation_letter import Notary as Certificate
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import IdentityDocument, Owner
from counter_app.domain.masking import masked_account
from counter_app.domain.provider_rules import RulePack
from counter_app.domain.review import valid_reviews
from counter_app.domain.risk import Risk as FoundRisk
from counter_app.domain.risk import RiskBand
from counter_app.ports.vault import ImageRef as StoredImage
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.letter_checks import checked_facts
from counter_app.wire.case_data import (
    CaseData,
    Check,
    ChipProof,
    Consent,
    Delegation,
    ImageRef,
    LetterCheck,
    Notary,
    Otp,
    Person,
    PersonalData,
    Presenter,
    ReplacedTerminal,
    Review,
    Risk,
)

JPEG = "image/jpeg"
LONGEST_TEXT = 500
"""Characters of a person's words that the wire contract carries; the draft keeps them all."""


@dataclass(frozen=True, slots=True)
class AcceptedCase:
    """A case at the moment of acceptance, or of a later message about it.

    Attributes:
        corrects: The message that this one withdraws or adds documents to, or None.
    """

    draft: Draft
    assessment: Assessment
    rules: RulePack
    acceptance_no: str
    at: datetime
    images: tuple[StoredImage, ...] = ()
    corrects: str | None = None

    @property
    def not_before(self) -> datetime | None:
        """Return when a high-risk case may be applied at the earliest, else None."""
        if self.assessment.risk.band is not RiskBand.HIGH:
            return None
        return self.at + timedelta(hours=self.rules.cooling_hours)


def case_data(case: AcceptedCase, profile: CounterProfile) -> CaseData:
    """Return the open half: nothing in it tells who the customer is."""
    draft = case.draft
    merchant, terminal, reason = draft.merchant, draft.terminal, draft.reason
    assert merchant is not None
    assert terminal is not None
    assert reason is not None
    return CaseData(
        out_request_no=draft.request_no,
        acceptance_no=case.acceptance_no,
        merchant_no=merchant.merchant_no,
        terminal_sn=terminal.sn,
        terminal_id=terminal.terminal_id,
        reason=reason.value,
        created_at=case.at,
        clerk=draft.clerk_id,
        provider=merchant.provider,
        merchant_type=merchant.type.value,
        subject_hash=merchant.uscc or _digest(merchant.principal.id_number),
        reason_text=draft.reason_text[:LONGEST_TEXT],
        presenter=_presenter(draft),
        chip_proofs=_chip_proofs(draft),
        delegation=_delegation(case),
        checks=_checks(case),
        consents=_consents(case, profile),
        otp=_codes(draft),
        risk=_risk(case.assessment.risk),
        reviews=_reviews(case),
        images=sent_images(case.images),
        linked_channels=case.rules.channels,
        replaced_terminal=_replaced(draft),
        rule_pack=f"{case.rules.provider}/{case.rules.version}",
        notice_version=profile.notice_version,
        corrects=case.corrects or draft.supersedes,
        not_before=case.not_before,
    )


def personal_data(draft: Draft) -> PersonalData:
    """Return the half that only the institution may read."""
    merchant, new = draft.merchant, draft.new_number
    assert merchant is not None
    settlement = merchant.settlement
    return PersonalData(
        merchant_name=merchant.name,
        address=merchant.address,
        principal=_person(draft.document_of(Owner.PRINCIPAL)),
        agent=_person(draft.document_of(Owner.AGENT)),
        old_phone=merchant.phone,
        new_phone=new.number if new else "",
        new_phone_holder=new.holder.value if new and new.holder else "",
        settlement_bank=settlement.bank if settlement else "",
        settlement_account=masked_account(settlement.account) if settlement else "",
        notes=dict(_notes(draft)),
    )


def sent_images(images: Iterable[StoredImage]) -> tuple[ImageRef, ...]:
    """Return how a message names the pictures that travel before it."""
    return tuple(
        ImageRef(ref=image.kind, sha256=image.sha256, media_type=JPEG, size=image.size)
        for image in images
    )


def _notes(draft: Draft) -> Iterator[tuple[str, str]]:
    if draft.new_number is not None and draft.new_number.shared_reason:
        yield "shared_reason", draft.new_number.shared_reason
    if draft.by_picture is not None:
        yield "by_picture", " ".join(draft.by_picture.points)


def _digest(number: str) -> str:
    return hashlib.sha256(number.encode("utf-8")).hexdigest()


def _presenter(draft: Draft) -> Presenter | None:
    document = draft.document_of(draft.presenter_owner)
    if document is None or draft.presenter is None:
        return None
    return Presenter(
        role=draft.presenter.value,
        id_type=document.type.value,
        method=document.captured_by.value,
    )


def _chip_proofs(draft: Draft) -> tuple[ChipProof, ...]:
    return tuple(
        ChipProof(
            owner=document.owner.value,
            check=verdict.check.value,
            state=verdict.state.value,
            reason=verdict.reason.value,
        )
        for document in draft.documents
        for verdict in document.chip_checks
    )


def _delegation(case: AcceptedCase) -> Delegation | None:
    letter = case.draft.letter
    if letter is None or not case.draft.is_delegated:
        return None
    return Delegation(
        kind=letter.kind.value,
        letter_hash=_digest(letter.digest),
        letter_no=letter.letter_no[:LONGEST_TEXT],
        original=letter.is_original,
        matters=tuple(sorted(matter.value for matter in letter.matters)),
        starts_on=letter.starts_on,
        ends_on=letter.ends_on,
        notary=_notary(letter.notary) if letter.notary else None,
        checks=tuple(
            LetterCheck(id=fact.check.value, verdict=fact.verdict.value)
            for fact in checked_facts(case.draft, case.assessment.findings)
        ),
    )


def _notary(notary: Certificate) -> Notary:
    return Notary(
        number=notary.number,
        office=notary.office,
        day=notary.on,
        verified=notary.is_verified,
        issued_in=notary.issued_in.value,
    )


def _checks(case: AcceptedCase) -> tuple[Check, ...]:
    return tuple(
        Check(id=finding.code.value, result="found", severity=finding.severity.value)
        for finding in case.assessment.findings
    )


def _consents(case: AcceptedCase, profile: CounterProfile) -> tuple[Consent, ...]:
    given = case.draft.consents or frozenset()
    return tuple(
        Consent(document=consent.value, version=profile.notice_version, time=case.at)
        for consent in sorted(given)
    )


def _codes(draft: Draft) -> Otp:
    old = draft.old_number.value if draft.old_number else "not_asked"
    code = draft.new_number.code if draft.new_number else None
    return Otp(old=old, new=code.value if code else "not_sent")


def _risk(risk: FoundRisk) -> Risk:
    signals = tuple(sorted(signal.value for signal in risk.signals))
    return Risk(score=risk.score, band=risk.band.value, signals=signals)


def _reviews(case: AcceptedCase) -> tuple[Review, ...]:
    return tuple(
        Review(
            reviewer=review.by,
            decision=review.decision.value,
            time=review.at or case.at,
            reason=review.reason[:LONGEST_TEXT],
        )
        for review in valid_reviews(case.draft)
    )


def _replaced(draft: Draft) -> ReplacedTerminal | None:
    if not draft.is_swap_wanted or draft.terminal is None:
        return None
    return ReplacedTerminal(old_sn=draft.terminal.sn, new_sn=draft.swap_to_sn)


def _person(document: IdentityDocument | None) -> Person | None:
    if document is None:
        return None
    until = document.valid_until.isoformat() if document.valid_until else ""
    return Person(
        name=document.name,
        id_type=document.type.value,
        id_number=document.number,
        valid_until="long_term" if document.is_long_term else until,
    )
