"""What the reader for passports and permits makes of a chip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.card_phase import CardPhase
from counter_app.domain.identity_document import CaptureMethod, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.travel_document import (
    CheckReason,
    CheckState,
    CheckVerdict,
    ChipCheck,
    TravelDocumentChip,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from counter_app.ports.travel_document import ChipPhase, ChipProgress, PassedOver, PassedOverCard
from counter_app.services.chip_portrait import Portraits
from counter_app.services.read_travel_document import phase_of, type_of
from counter_app.storage.memory_vault import MemoryVault
from tests.unit.services.card_doubles import (
    CHIP_WANTED,
    HOLDER,
    Listener,
    chip,
    listener,
    portraits,
    travel,
    vault,
    with_verdict,
)

__all__ = ["chip", "listener", "portraits", "vault"]


def test_a_verified_passport_counts_as_a_chip(
    portraits: Portraits, vault: MemoryVault, chip: TravelDocumentChip, listener: Listener
) -> None:
    document = travel(portraits, chip).read(CHIP_WANTED, HOLDER.key(), never(), listener)
    assert document.captured_by is CaptureMethod.CHIP
    assert (document.owner, document.type) == (Owner.AGENT, DocumentType.PASSPORT)
    assert document.number == HOLDER.key().document_number
    assert document.chip_checks == chip.verdicts
    assert document.image is not None
    assert chip.photo is not None
    assert vault.get(document.image) == chip.photo.picture


def test_an_unknown_issuer_makes_a_chip_no_more_than_a_picture(
    portraits: Portraits, chip: TravelDocumentChip, listener: Listener
) -> None:
    unknown = CheckVerdict(ChipCheck.ISSUER, CheckState.NOT_VERIFIED, CheckReason.ISSUER_UNKNOWN)
    document = travel(portraits, with_verdict(chip, unknown)).read(
        CHIP_WANTED, HOLDER.key(), never(), listener
    )
    assert document.captured_by is CaptureMethod.CAMERA
    assert unknown in document.chip_checks


@pytest.mark.parametrize("check", list(ChipCheck))
def test_a_disproved_check_lets_nothing_in(
    portraits: Portraits,
    vault: MemoryVault,
    chip: TravelDocumentChip,
    listener: Listener,
    check: ChipCheck,
) -> None:
    wrong = CheckVerdict(check, CheckState.FAILED, CheckReason.HASH_WRONG)
    with pytest.raises(CounterError) as caught:
        travel(portraits, with_verdict(chip, wrong)).read(
            CHIP_WANTED, HOLDER.key(), never(), listener
        )
    assert caught.value.code is FailureCode.CARD_CHECK_FAILED
    assert vault.images("case-1") == ()


def test_a_chip_without_a_day_of_birth_is_not_used(
    portraits: Portraits, chip: TravelDocumentChip, listener: Listener
) -> None:
    mrz = replace(chip.mrz, born="<<<<<<")
    nameless = replace(chip, mrz=mrz, birth_day_in_full=None)
    with pytest.raises(CounterError) as caught:
        travel(portraits, nameless).read(CHIP_WANTED, HOLDER.key(), never(), listener)
    assert caught.value.code is FailureCode.CARD_RECORD_INVALID


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("P", DocumentType.PASSPORT),
        ("PO", DocumentType.PASSPORT),
        ("CR", DocumentType.HKM_PERMIT),
        ("CT", DocumentType.TW_PERMIT),
    ],
)
def test_the_code_tells_the_document(code: str, expected: DocumentType) -> None:
    assert type_of(code) is expected


@pytest.mark.parametrize("code", ["CS", "CD", "V", "I", ""])
def test_what_proves_nobody_here_is_of_the_wrong_kind(code: str) -> None:
    with pytest.raises(CounterError) as caught:
        type_of(code)
    assert caught.value.code is FailureCode.CARD_WRONG_KIND


_lying = PassedOverCard("r", PassedOver.OTHER_FAMILY, lay_before=True)


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (ChipProgress(ChipPhase.WAITING), CardPhase.WAITING),
        (ChipProgress(ChipPhase.OPENING), CardPhase.OPENING),
        (ChipProgress(ChipPhase.CHECKING), CardPhase.CHECKING),
        (
            _passed := ChipProgress(
                ChipPhase.WAITING, passed_over=(PassedOverCard("r", PassedOver.OTHER_FAMILY),)
            ),
            CardPhase.OTHER_FAMILY,
        ),
        (replace(_passed, passed_over=(PassedOverCard("r", PassedOver.MUTE),)), CardPhase.MUTE),
        (replace(_passed, passed_over=(_lying,)), CardPhase.BESIDE),
        (
            replace(_passed, passed_over=(replace(_lying, reason=PassedOver.IN_USE),)),
            CardPhase.IN_USE,
        ),
        (
            replace(_passed, passed_over=(_lying, PassedOverCard("s", PassedOver.MUTE))),
            CardPhase.MUTE,
        ),
        (replace(_passed, phase=ChipPhase.READING), CardPhase.READING),
    ],
)
def test_a_card_passed_over_is_told_while_nothing_is_read(
    progress: ChipProgress, expected: CardPhase
) -> None:
    assert phase_of(progress) is expected
