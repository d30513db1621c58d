"""ID.* findings: both sides of every condition."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.identity_checks import evidence_of
from counter_app.domain.identity_document import (
    CaptureMethod,
    EvidenceStrength,
    IdentityDocument,
    Owner,
    PoliceCheck,
    Printed,
    full_years,
)
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.merchant import MerchantRecord, Principal
from tests.unit.domain import cases as c


def _of(document: IdentityDocument) -> dict[str, Severity]:
    return c.codes(c.in_person(documents=(document,)))


@pytest.mark.parametrize(
    ("until", "is_expired"),
    [
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), False),
        (date(2026, 11, 24), False),
        (None, False),
    ],
)
def test_the_last_day_of_validity_counts(until: date | None, is_expired: bool) -> None:
    found = _of(c.document(valid_from=None, valid_until=until))
    assert found == ({"ID.expired": Severity.BLOCK} if is_expired else {})


@pytest.mark.parametrize(
    ("start", "is_early"), [(date(2026, 11, 24), True), (date(2026, 11, 23), False)]
)
def test_the_first_day_of_validity_counts(start: date, is_early: bool) -> None:
    found = _of(c.document(valid_from=start, valid_until=start.replace(year=2046)))
    assert found == ({"ID.not_yet_valid": Severity.BLOCK} if is_early else {})


@pytest.mark.parametrize(
    ("born", "start", "until", "fits"),
    [
        # five years below 16, ten to 25, twenty to 45, long-term from 46 (居民身份证法 art. 5)
        (date(2010, 6, 1), date(2026, 5, 31), date(2031, 5, 31), True),
        (date(2010, 6, 1), date(2026, 5, 31), date(2036, 5, 31), False),
        (date(2010, 6, 1), date(2026, 6, 1), date(2036, 6, 1), True),
        (date(2010, 6, 1), date(2026, 6, 1), date(2031, 6, 1), False),
        (date(2000, 6, 1), date(2026, 5, 31), date(2036, 5, 31), True),
        (date(2000, 6, 1), date(2026, 6, 1), date(2036, 6, 1), False),
        (date(2000, 6, 1), date(2026, 6, 1), date(2046, 6, 1), True),
        (date(1980, 6, 1), date(2026, 5, 31), date(2046, 5, 31), True),
        (date(1980, 6, 1), date(2026, 6, 1), date(2046, 6, 1), False),
        (date(1980, 6, 1), date(2026, 6, 1), None, True),
        (date(1980, 6, 2), date(2026, 6, 1), None, False),
        # a day more or less is how issuers count
        (date(2000, 1, 1), date(2026, 2, 1), date(2046, 1, 31), True),
        (date(2000, 1, 1), date(2026, 2, 1), date(2046, 2, 2), True),
        (date(2000, 1, 1), date(2026, 2, 1), date(2046, 2, 3), False),
        (date(2000, 1, 1), date(2026, 2, 1), date(2046, 1, 30), False),
        # leap days: of issue, of birth
        (date(2000, 1, 1), date(2024, 2, 29), date(2034, 2, 28), True),
        (date(2000, 1, 1), date(2024, 2, 29), date(2034, 3, 1), True),
        (date(2000, 1, 1), date(2024, 2, 29), date(2034, 3, 3), False),
        (date(2008, 2, 29), date(2024, 2, 28), date(2029, 2, 28), True),
        (date(2008, 2, 29), date(2024, 2, 29), date(2034, 2, 28), True),
        (date(2000, 2, 29), date(2026, 2, 28), date(2036, 2, 28), True),
        (date(2000, 2, 29), date(2026, 3, 1), date(2046, 3, 1), True),
        (date(9950, 1, 1), date(9990, 1, 1), date(9999, 12, 31), False),
    ],
)
def test_validity_must_fit_the_age_at_issue(
    born: date, start: date, until: date | None, fits: bool
) -> None:
    card = c.document(
        number="", born_on=born, valid_from=start, valid_until=until, is_long_term=until is None
    )
    found = _of(card)
    assert ("ID.validity_age_mismatch" not in found) is fits
    assert found.get("ID.validity_age_mismatch", Severity.REVIEW) is Severity.REVIEW


@pytest.mark.parametrize(
    "changes",
    [
        {"type": DocumentType.TEMPORARY_ID, "valid_until": date(2026, 12, 1)},
        {"valid_from": None},
        {"number": "E12345678", "born_on": None},
        {"valid_until": None, "is_long_term": False},
    ],
)
def test_what_is_not_known_is_not_compared(changes: dict[str, object]) -> None:
    assert "ID.validity_age_mismatch" not in _of(c.document(**changes))


def test_a_missing_birth_date_is_read_from_the_number() -> None:
    card = c.document(born_on=None, valid_until=date(2030, 1, 1))
    assert card.birth_date == date(1990, 3, 7)
    assert _of(card) == {"ID.validity_age_mismatch": Severity.REVIEW}


def test_wrong_numbers_and_contradicting_birth_dates_block() -> None:
    record = {"merchant": c.shop(principal=Principal("样本甲", DocumentType.RESIDENT_ID, "1"))}
    wrong = c.in_person(documents=(c.document(number="1"),), **record)
    assert c.codes(wrong) == {"ID.number_invalid": Severity.BLOCK}
    assert _of(c.document(born_on=date(1990, 3, 8))) == {"ID.number_invalid": Severity.BLOCK}


def test_a_lower_case_check_character_is_the_same_number() -> None:
    number = "11010519491231002X"
    record = c.shop(principal=Principal("样本甲", DocumentType.RESIDENT_ID, number))
    card = c.document(
        number=number.lower(),
        born_on=None,
        valid_until=None,
        is_long_term=True,
        printed=Printed(number=number),
    )
    assert not c.codes(c.in_person(merchant=record, documents=(card,)))


@pytest.mark.parametrize(
    ("printed", "is_other"),
    [
        (None, False),
        (Printed(), False),
        (Printed("样本甲", c.PRINCIPAL_ID), False),
        (Printed("样本申"), True),
        (Printed(number=c.AGENT_ID), True),
        (Printed(number=" ".join(c.PRINCIPAL_ID)), False),
    ],
)
def test_chip_and_surface_must_agree(printed: Printed | None, is_other: bool) -> None:
    found = _of(c.document(printed=printed))
    assert found == ({"ID.chip_print_mismatch": Severity.BLOCK} if is_other else {})


@pytest.mark.parametrize(("matches", "is_other"), [(None, False), (True, False), (False, True)])
def test_the_clerks_comparison_decides_who_stands_here(
    matches: bool | None, is_other: bool
) -> None:
    found = _of(c.document(face_matches=matches))
    assert found == ({"ID.not_holder": Severity.BLOCK} if is_other else {})


def test_the_absent_principals_face_and_copy_are_no_faults() -> None:
    copy = c.document(face_matches=False, is_original=False, captured_by=CaptureMethod.CAMERA)
    assert not c.codes(c.delegated(documents=(c.document(Owner.AGENT), copy)))


@pytest.mark.parametrize("owner", list(Owner))
def test_the_presenters_own_document_must_be_the_original(owner: Owner) -> None:
    if owner is Owner.AGENT:
        documents = (c.document(owner, is_original=False), c.principals_copy())
        draft = c.delegated(documents=documents)
    else:
        draft = c.in_person(documents=(c.document(is_original=False),))
    assert c.codes(draft) == {"ID.copy_only": Severity.BLOCK}


@pytest.mark.parametrize(
    ("changes", "is_other"),
    [
        ({}, False),
        ({"name": "样本丙"}, True),
        ({"number": c.AGENT_ID, "born_on": None, "valid_from": None}, True),
    ],
)
def test_the_principals_document_must_be_the_one_on_record(
    changes: dict[str, object], is_other: bool
) -> None:
    found = _of(c.document(**changes))
    assert found == ({"ID.not_on_record": Severity.BLOCK} if is_other else {})


def test_without_a_merchant_nothing_is_compared_with_the_record() -> None:
    draft = c.in_person(merchant=None, documents=(c.document(name="样本丙"),))
    assert "ID.not_on_record" not in c.codes(draft)


@pytest.mark.parametrize(
    ("outcome", "code", "severity"),
    [
        (PoliceCheck.CONSISTENT, None, None),
        (PoliceCheck.NOT_POSSIBLE, None, None),
        (PoliceCheck.VOID, "ID.police_void", Severity.BLOCK),
        (PoliceCheck.NAME_DIFFERS, "ID.police_mismatch", Severity.REVIEW),
        (PoliceCheck.NO_SUCH_NUMBER, "ID.police_mismatch", Severity.REVIEW),
        (PoliceCheck.PHOTO_DIFFERS, "ID.police_mismatch", Severity.REVIEW),
    ],
)
def test_an_online_mismatch_is_never_a_refusal_by_itself(
    outcome: PoliceCheck, code: str | None, severity: Severity | None
) -> None:
    found = _of(c.document(police_check=outcome))
    assert found == ({code: severity} if code else {})


@pytest.mark.parametrize(
    ("method", "kind", "is_weak"),
    [
        (CaptureMethod.CHIP, DocumentType.RESIDENT_ID, False),
        (CaptureMethod.CAMERA, DocumentType.RESIDENT_ID, True),
        (CaptureMethod.TYPED, DocumentType.RESIDENT_ID, True),
        (CaptureMethod.CAMERA, DocumentType.TEMPORARY_ID, False),
        (CaptureMethod.TYPED, DocumentType.TEMPORARY_ID, True),
    ],
)
def test_a_weaker_reading_than_possible_is_weak(
    method: CaptureMethod, kind: DocumentType, is_weak: bool
) -> None:
    found = _of(c.document(captured_by=method, type=kind))
    assert found == ({"ID.weak_capture": Severity.REVIEW} if is_weak else {})


@pytest.mark.parametrize(
    ("changes", "is_weak"),
    [
        ({}, False),
        ({"is_original": True}, True),
        ({"captured_by": CaptureMethod.TYPED}, True),
    ],
)
def test_a_principals_copy_has_no_chip_to_read(changes: dict[str, object], is_weak: bool) -> None:
    shown = {"captured_by": CaptureMethod.CAMERA, "is_original": False, **changes}
    draft = c.delegated(documents=(c.document(Owner.AGENT), c.document(**shown)))
    assert ("ID.weak_capture" in c.codes(draft)) is is_weak


@pytest.mark.parametrize("owner", list(Owner))
def test_a_missing_document_blocks_where_its_owner_matters(owner: Owner) -> None:
    missing = frozenset({owner})
    severity = Severity.BLOCK if owner is Owner.AGENT else Severity.REVIEW
    assert c.codes(c.delegated(documents=(), documents_missing=missing)) == {
        "MATERIAL.id_missing": severity
    }
    in_person = c.codes(c.in_person(documents_missing=missing))
    assert ("MATERIAL.id_missing" in in_person) is (owner is Owner.PRINCIPAL)


@pytest.mark.parametrize("merchant", [c.company(), None])
def test_a_principals_copy_is_indispensable_for_an_enterprise(
    merchant: MerchantRecord | None,
) -> None:
    missing = frozenset({Owner.PRINCIPAL})
    draft = c.delegated(documents=(), documents_missing=missing, merchant=merchant)
    assert c.codes(draft)["MATERIAL.id_missing"] is Severity.BLOCK


def test_a_document_proves_more_the_better_it_was_read() -> None:
    readings = [
        c.document(captured_by=CaptureMethod.TYPED),
        c.document(captured_by=CaptureMethod.CAMERA),
        c.document(face_matches=None),
        c.document(),
    ]
    strengths = [reading.strength() for reading in readings]
    assert strengths == [
        EvidenceStrength.TYPED,
        EvidenceStrength.CAMERA,
        EvidenceStrength.CHIP,
        EvidenceStrength.CHIP_AND_FACE,
    ]
    assert [strength.rank for strength in strengths] == [1, 2, 3, 4]
    assert evidence_of(c.in_person(documents=())) is EvidenceStrength.NONE
    assert evidence_of(c.in_person()) is EvidenceStrength.CHIP_AND_FACE


def test_years_are_complete_on_the_birthday() -> None:
    assert full_years(date(2008, 11, 23), c.TODAY) == 18
    assert full_years(date(2008, 11, 24), c.TODAY) == 17
    assert full_years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert full_years(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert c.document(number="E12345678", born_on=None).age_on(c.TODAY) is None
