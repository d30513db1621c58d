"""Readers that end each wait as a test tells them, and the fixtures around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import cast

import pytest

from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.devices.card.simulator.card import SimulatedLink
from counter_app.devices.card.simulator.demo_issuer import demo_authority, document_signer
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import demo_holder, demo_passport
from counter_app.devices.id_reader.photo import NoPhotoDecoder
from counter_app.domain.bank_card import BankCard
from counter_app.domain.card_phase import CardPhase
from counter_app.domain.identity_document import Owner
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.resident_card import ResidentCard
from counter_app.domain.travel_document import CheckVerdict, TravelDocumentChip
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import ReadChip
from counter_app.ports.id_reader import IdCardReader, ReadPhase, ReadProgress
from counter_app.ports.stop import Stop
from counter_app.ports.travel_document import CardEvent, ChipProgress
from counter_app.services.chip_portrait import Portraits
from counter_app.services.read_identity import ResidentCardDesk
from counter_app.services.read_travel_document import TravelDocumentDesk
from counter_app.storage.memory_vault import MemoryVault

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HOLDER = demo_holder(TODAY)
ACCOUNT = "6222020000000000018"
Told = tuple[int, int, CardPhase | None]


@dataclass
class Clock:
    def now(self) -> datetime:
        return NOW


@dataclass
class Listener:
    told: list[Told] = field(default_factory=list)

    def __call__(self, done: int, expected: int, phase: CardPhase | None = None, /) -> None:
        self.told.append((done, expected, phase))

    def phases(self) -> list[CardPhase | None]:
        return [phase for _, _, phase in self.told]


@dataclass
class HurriedStop:
    """Does not sleep; is set once it was asked to sleep so often."""

    patience: int = 99

    def is_set(self) -> bool:
        return self.patience <= 0

    def wait(self, timeout_s: float) -> bool:
        assert timeout_s > 0
        self.patience -= 1
        return self.is_set()


@dataclass
class ResidentReader:
    """Ends each wait as told; the phases come first."""

    ends: list[ResidentCard | FailureCode]
    phases: tuple[ReadPhase, ...] = (ReadPhase.WAITING,)

    def wait_for_card(
        self, stop: Stop, on_progress: Callable[[ReadProgress], None]
    ) -> ResidentCard:
        assert not stop.is_set()
        for phase in self.phases:
            on_progress(ReadProgress(0, 0, phase))
        end = self.ends.pop(0)
        if isinstance(end, FailureCode):
            raise CounterError(end)
        return end


@dataclass
class ChipReader:
    """Hands one chip over after what was told of it."""

    chip: TravelDocumentChip
    told: tuple[ChipProgress, ...] = ()

    def read(
        self, key: MrzKey, stop: Stop, on_progress: Callable[[ChipProgress], None]
    ) -> TravelDocumentChip:
        assert key == HOLDER.key()
        assert not stop.is_set()
        for progress in self.told:
            on_progress(progress)
        return self.chip


@dataclass
class PaymentReader:
    """Ends each wait as told."""

    ends: list[BankCard | FailureCode]

    def read(self, stop: Stop) -> BankCard:
        assert not stop.is_set()
        end = self.ends.pop(0)
        if isinstance(end, FailureCode):
            raise CounterError(end)
        return end


@dataclass
class OtherReader:
    """Tells what happens on another reader as soon as somebody watches."""

    events: tuple[CardEvent, ...]
    is_closed: bool = False

    def start(self, on_event: Callable[[CardEvent], None]) -> None:
        for event in self.events:
            on_event(event)

    def readers(self) -> tuple[()]:
        return ()

    def service_error(self) -> str:
        return ""

    def close(self) -> None:
        self.is_closed = True


@dataclass
class PaintingDecoder:
    """Turns any portrait into the same picture."""

    def decode(self, wlt: bytes, stop: Stop) -> bytes:
        assert wlt
        assert not stop.is_set()
        return b"BM picture"


def ignore(_progress: ChipProgress) -> None:
    pass


def resident(
    portraits: Portraits, *ends: ResidentCard | FailureCode, phases: tuple[ReadPhase, ...] = ()
) -> ResidentCardDesk:
    reader = cast("IdCardReader", ResidentReader(list(ends), phases or (ReadPhase.WAITING,)))
    return ResidentCardDesk(reader, NoPhotoDecoder(), portraits)


def with_verdict(chip: TravelDocumentChip, verdict: CheckVerdict) -> TravelDocumentChip:
    verdicts = (verdict if one.check is verdict.check else one for one in chip.verdicts)
    return replace(chip, verdicts=tuple(verdicts))


def travel(portraits: Portraits, chip: TravelDocumentChip) -> TravelDocumentDesk:
    return TravelDocumentDesk(ChipReader(chip), portraits, Clock())


WANTED = ReadChip(Owner.AGENT, "case-1")
CHIP_WANTED = ReadChip(Owner.AGENT, "case-1", HOLDER.key())


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def portraits(vault: MemoryVault) -> Portraits:
    return Portraits(vault, Clock())


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="module")
def chip() -> TravelDocumentChip:
    trust = TrustStore([demo_authority()])
    link = SimulatedLink(SimulatedPassport(demo_passport(document_signer(NOW), NOW)))
    return read_travel_document(link, HOLDER.key(), trust, ignore)
