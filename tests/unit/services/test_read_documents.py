"""What the readers for identity documents and bank cards make of a card."""

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
from counter_app.devices.id_reader.simulator.people import PRINCIPAL
from counter_app.domain.bank_card import BankCard, bank_card
from counter_app.domain.card_phase import CardPhase
from counter_app.domain.identity_document import CaptureMethod, Owner
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.resident_card import ResidentCard
from counter_app.domain.travel_document import (
    CheckReason,
    CheckState,
    CheckVerdict,
    ChipCheck,
    TravelDocumentChip,
)
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import ReadBankCard, ReadChip
from counter_app.ports.id_reader import IdCardReader, ReadPhase, ReadProgress
from counter_app.ports.stop import Stop, never
from counter_app.ports.travel_document import (
    CardEvent,
    CardInserted,
    CardServiceLost,
    CardTakenAway,
    CardWatcher,
    ChipPhase,
    ChipProgress,
    PassedOver,
    PassedOverCard,
)
from counter_app.services.chip_portrait import KIND, Portraits
from counter_app.services.read_bank_card import BankCardDesk
from counter_app.services.read_identity import IdentityDesk, ResidentCardDesk
from counter_app.services.read_travel_document import TravelDocumentDesk, phase_of, type_of
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
    return read_travel_document(link, HOLDER.key(), trust, _ignore)


def _ignore(_progress: ChipProgress) -> None:
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
        (replace(_passed, phase=ChipPhase.READING), CardPhase.READING),
    ],
)
def test_a_card_passed_over_is_told_while_nothing_is_read(
    progress: ChipProgress, expected: CardPhase
) -> None:
    assert phase_of(progress) is expected


def payment_card(number: str) -> BankCard:
    return bank_card(number, b"s" * 16, label="", application="A0", expires="")


@pytest.mark.parametrize(("number", "matches"), [(ACCOUNT, True), ("6217000000000000012", False)])
def test_a_bank_card_is_compared_and_only_its_mask_is_told(
    listener: Listener, number: str, matches: bool
) -> None:
    desk = BankCardDesk(PaymentReader([FailureCode.CARD_WRONG_KIND, payment_card(number)]))
    compared = desk.compare(ReadBankCard(ACCOUNT), HurriedStop(), listener)
    assert compared.matches is matches
    assert compared.masked == number[:6] + "*" * 9 + number[-4:]
    assert number not in repr(compared)
    assert listener.phases() == [CardPhase.WAITING, CardPhase.OTHER_FAMILY]


def test_a_wallet_is_no_account(listener: Listener) -> None:
    desk = BankCardDesk(PaymentReader([FailureCode.CARD_IS_WALLET]))
    with pytest.raises(CounterError) as caught:
        desk.compare(ReadBankCard(ACCOUNT), never(), listener)
    assert caught.value.code is FailureCode.CARD_IS_WALLET
