"""Checks of identity documents: ID.* findings.

Sources: 居民身份证法 art. 5 (periods of validity), GB 11643-1999; 银发〔2007〕345号,
〔2018〕60号 (an online mismatch is never the sole ground of a refusal).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta

from counter_app.domain.checks import Finding, FindingCode, Severity, found
from counter_app.domain.draft import Draft
from counter_app.domain.identity_document import (
    CaptureMethod,
    EvidenceStrength,
    IdentityDocument,
    Owner,
    PoliceCheck,
    full_years,
)
from counter_app.domain.identity_number import (
    DocumentType,
    birth_date_in,
    canonical_number,
    is_same_number,
    is_valid_number,
)
from counter_app.domain.merchant import MerchantType
from counter_app.domain.name import is_same_name
from counter_app.domain.step import Step

MISMATCHES = frozenset(
    {PoliceCheck.NAME_DIFFERS, PoliceCheck.NO_SUCH_NUMBER, PoliceCheck.PHOTO_DIFFERS}
)


def identity_findings(draft: Draft, today: date) -> Iterator[Finding]:
    """Yield the findings of every document shown, presenter's first."""
    owners = (Owner.AGENT, Owner.PRINCIPAL) if draft.is_delegated else (Owner.PRINCIPAL,)
    for owner in owners:
        step = step_of(draft, owner)
        if owner in draft.documents_missing:
            severity = _severity_of_missing(draft, owner)
            yield found(FindingCode.MATERIAL_ID_MISSING, step, severity, owner=owner)
        if owner in draft.chip_doubts:
            yield found(FindingCode.ID_CHIP_DOUBTED, step)
        for document in draft.documents:
            if document.owner is owner:
                yield from _document_findings(draft, document, today, step)


def _severity_of_missing(draft: Draft, owner: Owner) -> Severity:
    """Return what the lack of a document does to the case (materials by merchant type).

    Who stands at the counter is always identified. A copy of the principal's document beside an
    agent is indispensable for an enterprise; elsewhere the letter and the call to the principal
    are the agent's path, and the second person decides (DOMAIN §2.2, S20).
    """
    merchant = draft.merchant
    is_enterprise = merchant is not None and merchant.type is MerchantType.ENTERPRISE
    is_needed = owner is draft.presenter_owner or merchant is None or is_enterprise
    return Severity.BLOCK if is_needed else Severity.REVIEW


def step_of(draft: Draft, owner: Owner) -> str:
    """Return the step at which a document of this owner is captured."""
    return Step.PRESENTER_ID if owner is draft.presenter_owner else Step.PRINCIPAL_ID


def evidence_of(draft: Draft) -> EvidenceStrength:
    """Return how well the person at the counter is proved."""
    document = draft.document_of(draft.presenter_owner)
    return EvidenceStrength.NONE if document is None else document.strength()


def is_weak(draft: Draft, document: IdentityDocument) -> bool:
    """Say whether a stronger reading was possible and is missing.

    A copy of the principal's document that an agent brings has no chip to read; it is not weak.
    """
    if document.captured_by is CaptureMethod.TYPED:
        return True
    is_usual_copy = draft.is_delegated and document.owner is Owner.PRINCIPAL
    if is_usual_copy and not document.is_original:
        return False
    return document.captured_by is CaptureMethod.CAMERA and document.type.has_chip


def _document_findings(
    draft: Draft, document: IdentityDocument, today: date, step: str
) -> Iterator[Finding]:
    others = tuple(one for one in draft.documents if one is not document)
    yield from _content_findings(document, today, step)
    if not any(_replaces(draft, other, document, today) for other in others):
        yield from _standing_findings(draft, document, today, step)
        yield from _age_findings(document, step)
    if document.owner is draft.presenter_owner and document.face_matches is False:
        yield found(FindingCode.ID_NOT_HOLDER, step)
    if document.police_check in MISMATCHES:
        yield found(FindingCode.ID_POLICE_MISMATCH, step, outcome=document.police_check)
    if document.owner is Owner.PRINCIPAL and not _is_principals(draft, document, others):
        yield found(FindingCode.ID_NOT_ON_RECORD, step)
        if draft.principal_elsewhere:
            merchants = ", ".join(draft.principal_elsewhere)
            yield found(FindingCode.TERMINAL_OTHER_MERCHANT, step, merchants=merchants)
    if is_weak(draft, document):
        yield found(FindingCode.ID_WEAK_CAPTURE, step, method=document.captured_by)


def _standing_findings(
    draft: Draft, document: IdentityDocument, today: date, step: str
) -> Iterator[Finding]:
    """Yield what another document with the same number would mend: a new or a temporary card."""
    if document.valid_until is not None and document.valid_until < today:
        yield found(FindingCode.ID_EXPIRED, step, day=document.valid_until.isoformat())
    if document.valid_from is not None and document.valid_from > today:
        yield found(FindingCode.ID_NOT_YET_VALID, step, day=document.valid_from.isoformat())
    if document.owner is draft.presenter_owner and not document.is_original:
        yield found(FindingCode.ID_COPY_ONLY, step)
    if document.police_check is PoliceCheck.VOID:
        yield found(FindingCode.ID_POLICE_VOID, step)


def _age_findings(document: IdentityDocument, step: str) -> Iterator[Finding]:
    if not _fits_age(document):
        yield found(FindingCode.ID_VALIDITY_AGE_MISMATCH, step)


def _replaces(
    draft: Draft, other: IdentityDocument, document: IdentityDocument, today: date
) -> bool:
    """Say whether another document of the same person stands in for this one.

    The number must be the same and the other one without such a fault itself: who shows an
    expired card with the temporary one that replaces it is served (DOMAIN §4.10, R9).
    """
    is_same = other.owner is document.owner and is_same_number(other.number, document.number)
    return is_same and not any(_standing_findings(draft, other, today, ""))


def _content_findings(document: IdentityDocument, today: date, step: str) -> Iterator[Finding]:
    number = canonical_number(document.number)
    if not is_valid_number(document.type, number, today) or _contradicts_birth(document):
        yield found(FindingCode.ID_NUMBER_INVALID, step)
    if _differs_from_print(document):
        yield found(FindingCode.ID_CHIP_PRINT_MISMATCH, step)


def is_same_holder(one: IdentityDocument, other: IdentityDocument) -> bool:
    """Say whether two documents of one owner are one person's: same number, or name and birth."""
    if one.owner is not other.owner:
        return False
    if is_same_number(one.number, other.number):
        return True
    births = {one.birth_date, other.birth_date} - {None}
    return is_same_name(one.name, other.name) and len(births) <= 1


def _is_principals(
    draft: Draft, document: IdentityDocument, others: tuple[IdentityDocument, ...]
) -> bool:
    """Say whether a document is the one on record, or further proof of the same person."""
    if is_on_record(draft, document):
        return True
    return any(is_same_holder(document, one) and is_on_record(draft, one) for one in others)


def is_on_record(draft: Draft, document: IdentityDocument) -> bool:
    """Say whether a document is the recorded principal's; true while no merchant is known."""
    if draft.merchant is None:
        return True
    record = draft.merchant.principal
    is_number_same = is_same_number(document.number, record.id_number)
    return is_number_same and is_same_name(document.name, record.name)


def _contradicts_birth(document: IdentityDocument) -> bool:
    inside = birth_date_in(canonical_number(document.number))
    return None not in {inside, document.born_on} and inside != document.born_on


def _differs_from_print(document: IdentityDocument) -> bool:
    if document.printed is None:
        return False
    name, number = document.printed.name, document.printed.number
    is_name_other = name is not None and not is_same_name(name, document.name)
    return is_name_other or (number is not None and not is_same_number(number, document.number))


def _fits_age(document: IdentityDocument) -> bool:
    """Compare the period of validity with the holder's age at issue (居民身份证法 art. 5)."""
    if document.type is not DocumentType.RESIDENT_ID:
        return True
    born = document.birth_date
    if born is None or document.valid_from is None:
        return True
    age = full_years(born, document.valid_from)
    if document.is_long_term:
        return age >= 46
    if document.valid_until is None:
        return True
    years = 5 if age < 16 else 10 if age < 26 else 20 if age < 46 else 0
    return years > 0 and _is_after_years(document.valid_from, years, document.valid_until)


def _is_after_years(start: date, years: int, end: date) -> bool:
    year = start.year + years
    if year > MAXYEAR:
        return False
    is_leap_day = (start.month, start.day) == (2, 29)
    anniversary = date(year, 3, 1) if is_leap_day else start.replace(year=year)
    return abs(anniversary - end) <= timedelta(days=1)
