"""What the reader for resident-ID cards makes of a card, and which reader is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from counter_app.devices.id_reader.simulator.people import PRINCIPAL
from counter_app.domain.card_phase import CardPhase
from counter_app.domain.identity_document import CaptureMethod
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.travel_document import TravelDocumentChip
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import IdCardReader, ReadPhase
from counter_app.ports.stop import never
from counter_app.ports.travel_document import (
    CardInserted,
    CardServiceLost,
    CardTakenAway,
    CardWatcher,
)
from counter_app.services.chip_portrait import KIND, Portraits
from counter_app.services.read_identity import IdentityDesk, ResidentCardDesk
from counter_app.storage.memory_vault import MemoryVault
from tests.unit.services.card_doubles import (
    CHIP_WANTED,
    WANTED,
    HurriedStop,
    Listener,
    OtherReader,
    PaintingDecoder,
    ResidentReader,
    chip,
    listener,
    portraits,
    resident,
    travel,
    vault,
)

__all__ = ["chip", "listener", "portraits", "vault"]


def test_without_a_key_the_resident_card_is_read(
    portraits: Portraits, chip: TravelDocumentChip, listener: Listener
) -> None:
    desk = IdentityDesk(resident(portraits, PRINCIPAL), travel(portraits, chip))
    assert desk.read(WANTED, never(), listener).type is DocumentType.RESIDENT_ID
    assert desk.read(CHIP_WANTED, never(), listener).type is DocumentType.PASSPORT


def test_the_newest_address_of_a_card_is_told(portraits: Portraits, listener: Listener) -> None:
    moved = replace(PRINCIPAL, appended_addresses=("样本市新路 2 号",))
    document = resident(portraits, moved).read(WANTED, never(), listener)
    assert document.address == "样本市新路 2 号"


def test_a_portrait_that_no_decoder_opens_stops_nothing(
    portraits: Portraits, vault: MemoryVault, listener: Listener
) -> None:
    card = replace(PRINCIPAL, photo_wlt=b"wlt")
    document = resident(portraits, card).read(WANTED, never(), listener)
    assert document.image is None
    assert vault.images("case-1") == ()
    assert document.captured_by is CaptureMethod.CHIP


def test_a_decoded_portrait_is_kept_as_evidence(
    portraits: Portraits, vault: MemoryVault, listener: Listener
) -> None:
    card = replace(PRINCIPAL, photo_wlt=b"wlt")
    reader = cast("IdCardReader", ResidentReader([card]))
    desk = ResidentCardDesk(reader, PaintingDecoder(), portraits)
    document = desk.read(WANTED, never(), listener)
    assert document.image is not None
    assert vault.get(document.image) == b"BM picture"
    assert [image.kind for image in vault.images("case-1")] == [KIND]


def test_every_phase_of_the_reader_reaches_the_page(
    portraits: Portraits, listener: Listener
) -> None:
    phases = (ReadPhase.WAITING, ReadPhase.SAME_CARD, ReadPhase.FOUND, ReadPhase.AGAIN)
    resident(portraits, PRINCIPAL, phases=phases).read(WANTED, never(), listener)
    assert listener.phases() == [
        CardPhase.WAITING,
        CardPhase.SAME_CARD,
        CardPhase.READING,
        CardPhase.AGAIN,
    ]


def test_a_card_of_another_kind_is_told_and_the_wait_goes_on(
    portraits: Portraits, listener: Listener
) -> None:
    desk = resident(portraits, FailureCode.CARD_WRONG_KIND, PRINCIPAL)
    assert desk.read(WANTED, HurriedStop(), listener).name == PRINCIPAL.name
    assert CardPhase.OTHER_FAMILY in listener.phases()


def test_the_wait_past_another_card_can_be_stopped(
    portraits: Portraits, listener: Listener
) -> None:
    desk = resident(portraits, FailureCode.CARD_WRONG_KIND, PRINCIPAL)
    with pytest.raises(CounterError) as caught:
        desk.read(WANTED, HurriedStop(1), listener)
    assert caught.value.code is FailureCode.STOPPED


def test_any_other_failure_ends_the_wait(portraits: Portraits, listener: Listener) -> None:
    with pytest.raises(CounterError) as caught:
        resident(portraits, FailureCode.CARD_REMOVED).read(WANTED, never(), listener)
    assert caught.value.code is FailureCode.CARD_REMOVED


def test_a_card_in_another_reader_is_told_until_it_is_gone(
    portraits: Portraits, listener: Listener
) -> None:
    events = (CardInserted("reader", "3B"), CardServiceLost("-"), CardTakenAway("reader"))
    watcher = OtherReader(events)
    desk = replace(
        resident(portraits, PRINCIPAL), other_readers=lambda: cast("CardWatcher", watcher)
    )
    desk.read(WANTED, never(), listener)
    assert listener.phases()[:2] == [CardPhase.OTHER_FAMILY, CardPhase.WAITING]
    assert watcher.is_closed


def test_a_card_that_lay_in_another_reader_before_is_mentioned_only(
    portraits: Portraits, listener: Listener
) -> None:
    watcher = OtherReader((CardInserted("reader", "3B", lay_before=True),))
    desk = replace(
        resident(portraits, PRINCIPAL), other_readers=lambda: cast("CardWatcher", watcher)
    )
    desk.read(WANTED, never(), listener)
    assert listener.phases()[0] is CardPhase.BESIDE
    assert CardPhase.OTHER_FAMILY not in listener.phases()
