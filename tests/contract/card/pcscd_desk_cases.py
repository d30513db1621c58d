"""Run by test_pcscd.py beside pcscd_cases.py: the wizard's desks over real card readers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import cast

from counter_app.devices.card.readers import PcscBankCardReader, PcscTravelDocumentReader
from counter_app.devices.card.simulator.bank_card import SimulatedBankCard
from counter_app.devices.card.watcher import PcscWatcher
from counter_app.devices.id_reader.photo import NoPhotoDecoder
from counter_app.devices.id_reader.simulator.people import PRINCIPAL
from counter_app.domain.card_phase import CardPhase
from counter_app.domain.identity_document import CaptureMethod, Owner
from counter_app.domain.resident_card import ResidentCard
from counter_app.flow.effects import ReadBankCard, ReadChip
from counter_app.ports.id_reader import IdCardReader, ReadProgress
from counter_app.ports.stop import Stop, never
from counter_app.services.chip_portrait import Portraits
from counter_app.services.read_bank_card import BankCardDesk
from counter_app.services.read_identity import ResidentCardDesk
from counter_app.services.read_travel_document import TravelDocumentDesk
from counter_app.storage.memory_vault import MemoryVault
from tests.contract.card.pcscd_cases import (
    KEY,
    FixedClock,
    passport,
)
from tests.contract.card.pcscd_world import Pcscd, card_in, is_present, until

WANTED = ReadChip(Owner.PRINCIPAL, "case-1", KEY)


@dataclass
class Listener:
    phases: list[CardPhase | None] = field(default_factory=list)

    def __call__(self, done: int, expected: int, phase: CardPhase | None = None, /) -> None:
        assert done <= max(expected, done)
        self.phases.append(phase)

    def heard(self, phase: CardPhase) -> Callable[[], bool]:
        return lambda: phase in self.phases


@dataclass
class PatientReader:
    """A resident-ID reader on which a card is laid when told."""

    is_laid: threading.Event = field(default_factory=threading.Event)

    def wait_for_card(
        self, stop: Stop, on_progress: Callable[[ReadProgress], None]
    ) -> ResidentCard:
        assert self.is_laid.wait(8)
        return PRINCIPAL


def portraits() -> Portraits:
    return Portraits(MemoryVault(), FixedClock())


def test_a_bank_card_is_told_and_the_passport_after_it_is_read(pcscd: Pcscd) -> None:
    listener = Listener()
    desk = TravelDocumentDesk(PcscTravelDocumentReader("demo"), portraits(), FixedClock())
    with ThreadPoolExecutor(1) as lane:
        reading = lane.submit(desk.read, WANTED, KEY, never(), listener)
        until(listener.heard(CardPhase.WAITING), what="waiting")
        with card_in(SimulatedBankCard()):
            until(listener.heard(CardPhase.OTHER_FAMILY), what="another card is told")
        with card_in(passport()):
            document = reading.result(20)
    assert document.captured_by is CaptureMethod.CHIP
    assert document.image is not None
    assert CardPhase.OPENING in listener.phases


def test_a_passport_is_told_and_the_bank_card_after_it_is_compared(pcscd: Pcscd) -> None:
    listener = Listener()
    desk = BankCardDesk(PcscBankCardReader(FixedClock()))
    card = SimulatedBankCard()
    with ThreadPoolExecutor(1) as lane:
        comparing = lane.submit(
            desk.compare, ReadBankCard("6217000000000000012"), never(), listener
        )
        until(listener.heard(CardPhase.WAITING), what="waiting")
        with card_in(passport()):
            until(listener.heard(CardPhase.OTHER_FAMILY), what="another card is told")
        with card_in(card):
            compared = comparing.result(20)
    assert "*" in compared.masked
    assert not compared.matches


def test_a_card_that_lies_in_a_reader_all_day_is_mentioned_only(pcscd: Pcscd) -> None:
    listener, reader = Listener(), PatientReader()
    desk = ResidentCardDesk(
        cast("IdCardReader", reader), NoPhotoDecoder(), portraits(), PcscWatcher
    )
    with card_in(SimulatedBankCard()), ThreadPoolExecutor(1) as lane:
        until(is_present, what="the card lies there")
        reading = lane.submit(desk.read, ReadChip(Owner.PRINCIPAL), never(), listener)
        until(listener.heard(CardPhase.BESIDE), what="it is mentioned")
        reader.is_laid.set()
        assert reading.result(8).name == PRINCIPAL.name
    assert CardPhase.OTHER_FAMILY not in listener.phases


def test_a_card_on_the_wrong_reader_is_told_while_the_resident_card_is_awaited(
    pcscd: Pcscd,
) -> None:
    listener, reader = Listener(), PatientReader()
    desk = ResidentCardDesk(
        cast("IdCardReader", reader), NoPhotoDecoder(), portraits(), PcscWatcher
    )
    with ThreadPoolExecutor(1) as lane:
        reading = lane.submit(desk.read, ReadChip(Owner.PRINCIPAL), never(), listener)
        with card_in(SimulatedBankCard()):
            until(listener.heard(CardPhase.OTHER_FAMILY), what="another card is told")
        until(listener.heard(CardPhase.WAITING), what="it was taken away")
        reader.is_laid.set()
        assert reading.result(8).name == PRINCIPAL.name
