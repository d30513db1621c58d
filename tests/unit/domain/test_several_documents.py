"""Several documents of one person: what one of them lacks the other may make good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.checks import Severity
from counter_app.domain.identity_checks import is_same_holder
from counter_app.domain.identity_document import (
    CaptureMethod,
    IdentityDocument,
    Owner,
    PoliceCheck,
)
from counter_app.domain.identity_number import DocumentType
from tests.unit.domain import cases as c

OLD_CARD = c.document(valid_from=date(2016, 11, 1), valid_until=date(2026, 11, 1))
TEMPORARY = c.document(
    type=DocumentType.TEMPORARY_ID,
    captured_by=CaptureMethod.CAMERA,
    valid_from=date(2026, 11, 1),
    valid_until=date(2027, 2, 1),
)
PASSPORT = c.document(
    type=DocumentType.PASSPORT, number="E12345678", valid_from=None, valid_until=None
)


def _of(*documents: IdentityDocument) -> dict[str, Severity]:
    return c.codes(c.in_person(documents=documents))


@pytest.mark.parametrize("shown", [(OLD_CARD, TEMPORARY), (TEMPORARY, OLD_CARD)])
def test_a_temporary_card_stands_in_for_the_expired_one(
    shown: tuple[IdentityDocument, ...],
) -> None:
    draft = c.in_person(documents=shown)
    assert not c.codes(draft)
    assert not c.signals(draft)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"valid_until": date(2026, 11, 1)}, "ID.expired"),
        ({"valid_from": date(2026, 11, 24), "valid_until": None}, "ID.not_yet_valid"),
        ({"police_check": PoliceCheck.VOID}, "ID.police_void"),
        ({"is_original": False}, "ID.copy_only"),
    ],
)
def test_a_new_card_mends_what_the_old_one_lacks(fault: dict[str, object], code: str) -> None:
    faulty = c.document(**fault)
    assert code in _of(faulty)
    assert code not in _of(faulty, c.document())
    assert code in _of(faulty, faulty)
    assert code in _of(faulty, c.document(Owner.AGENT, number=c.PRINCIPAL_ID))


def test_another_number_does_not_stand_in() -> None:
    assert "ID.expired" in _of(OLD_CARD, PASSPORT)
    assert "ID.expired" in _of(OLD_CARD, replace(TEMPORARY, valid_until=date(2026, 11, 22)))


def test_what_was_seen_of_any_card_still_counts() -> None:
    assert "ID.not_holder" in _of(c.document(face_matches=False), c.document())
    assert "ID.police_mismatch" in _of(
        c.document(police_check=PoliceCheck.PHOTO_DIFFERS), c.document()
    )
    assert "ID.weak_capture" in _of(c.document(captured_by=CaptureMethod.TYPED), c.document())


@pytest.mark.parametrize(
    ("changes", "is_further"),
    [
        ({}, True),
        ({"born_on": None}, True),
        ({"born_on": date(1991, 1, 1)}, False),
        ({"name": "样本丁"}, False),
    ],
)
def test_further_proof_of_the_person_on_record_is_not_another_person(
    changes: dict[str, object], is_further: bool
) -> None:
    passport = replace(PASSPORT, **changes)  # type: ignore[arg-type]  # field names
    assert ("ID.not_on_record" not in _of(c.document(), passport)) is is_further
    assert "ID.not_on_record" in _of(passport)


def test_the_principal_of_another_merchant_brought_the_wrong_terminal() -> None:
    stranger = c.document(number=c.ELDER_ID, name="样本老", born_on=None, valid_from=None)
    elsewhere = ("102110054990009",)
    draft = c.in_person(documents=(stranger,), principal_elsewhere=elsewhere)
    assert set(c.codes(draft)) == {"ID.not_on_record", "TERMINAL.other_merchant"}
    assert c.signals(draft) == {"R10"}
    assert not c.codes(c.in_person(principal_elsewhere=elsewhere))


def test_documents_of_different_owners_are_different_peoples() -> None:
    assert is_same_holder(c.document(), PASSPORT)
    assert not is_same_holder(c.document(), c.document(Owner.AGENT, number=c.PRINCIPAL_ID))
