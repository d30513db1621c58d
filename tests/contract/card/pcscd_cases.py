"""Run by test_pcscd.py inside a private namespace: real pcscd, virtual readers, real reading."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pytest

from counter_app.devices.card.commands import (
    list_readers,
    read_bank_card,
    read_card,
    simulate_passport,
)
from counter_app.devices.card.connection import PcscLink
from counter_app.devices.card.readers import PcscBankCardReader, PcscTravelDocumentReader
from counter_app.devices.card.simulator.bank_card import SimulatedBankCard
from counter_app.devices.card.simulator.card import SimulatedCard
from counter_app.devices.card.simulator.demo_issuer import document_signer
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import Offer, demo_holder, demo_passport
from counter_app.devices.card.watcher import PcscWatcher
from counter_app.domain.bank_card import BankCard
from counter_app.domain.travel_document import AccessProtocol, TravelDocumentChip
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stop import never
from counter_app.ports.travel_document import (
    CardEvent,
    CardInserted,
    CardServiceBack,
    CardServiceLost,
    CardTakenAway,
    ChipPhase,
    ChipProgress,
    PassedOver,
    PassedOverCard,
    ReaderState,
)
from tests.contract.card.pcscd_world import (
    PORTS,
    READERS,
    Pcscd,
    Slot,
    card_in,
    is_present,
    until,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOLDER = demo_holder(NOW.date())
KEY = HOLDER.key()


class FixedClock:
    def now(self) -> datetime:
        return NOW


def passport(offer: Offer | None = None) -> SimulatedPassport:
    return SimulatedPassport(demo_passport(document_signer(NOW), NOW, offer))


def read_passport(
    stop: threading.Event | None = None,
    watch: Callable[[ChipProgress], None] = lambda _progress: None,
) -> TravelDocumentChip:
    return PcscTravelDocumentReader("training").read(KEY, stop or never(), watch)


class Background:
    """A reading in a thread, as a lane does it."""

    def __init__(self, work: Callable[[threading.Event], object]) -> None:
        self.stop = threading.Event()
        self._results: list[object] = []
        self._thread = threading.Thread(target=self._run, args=(work,), name="reading")
        self._thread.start()

    def _run(self, work: Callable[[threading.Event], object]) -> None:
        try:
            self._results.append(work(self.stop))
        except CounterError as error:
            self._results.append(error)

    def is_over(self) -> bool:
        return bool(self._results)

    def result(self, limit_s: float = 15.0) -> object:
        self._thread.join(timeout=limit_s)
        assert self._results, "the reading hangs"
        return self._results[0]

    def code(self) -> FailureCode:
        found = self.result()
        assert isinstance(found, CounterError), found
        return found.code


@pytest.mark.parametrize("offer", [Offer(), Offer(pace=None), Offer(extended=True)])
def test_a_passport_is_read_behind_a_real_reader(pcscd: Pcscd, offer: Offer) -> None:
    with card_in(passport(offer)):
        chip = read_passport()
    assert chip.is_authentic()
    assert chip.access is (AccessProtocol.PACE_GENERIC if offer.pace else AccessProtocol.BAC)
    assert chip.photo is not None
    assert chip.photo.stored == HOLDER.photo


def test_a_card_laid_down_while_waiting_is_read(pcscd: Pcscd) -> None:
    phases: list[ChipPhase] = []
    reading = Background(lambda stop: read_passport(stop, lambda step: phases.append(step.phase)))
    until(lambda: ChipPhase.WAITING in phases, what="waiting is told")
    with card_in(passport()):
        chip = reading.result()
    assert isinstance(chip, TravelDocumentChip)
    assert chip.is_authentic()


def test_a_bank_card_is_read_behind_a_real_reader(pcscd: Pcscd) -> None:
    with card_in(SimulatedBankCard()):
        card = PcscBankCardReader(FixedClock()).read(never())
    assert isinstance(card, BankCard)
    assert card.matches("6222020000000000018")


def test_the_right_card_is_chosen_among_two_and_the_other_is_named(pcscd: Pcscd) -> None:
    told: list[tuple[PassedOverCard, ...]] = []
    with card_in(SimulatedBankCard(), PORTS[0]):
        until(lambda: is_present(READERS[0]), what="bank card")
        reading = Background(
            lambda stop: read_passport(
                stop, lambda step: told.append(step.passed_over) if step.passed_over else None
            )
        )
        until(lambda: bool(told), what="the other card is told")
        with card_in(passport(), PORTS[1]):
            chip = reading.result()
    assert told[0] == (PassedOverCard(READERS[0], PassedOver.OTHER_FAMILY, lay_before=True),)
    assert isinstance(chip, TravelDocumentChip)


def test_a_card_of_another_family_put_in_meanwhile_ends_the_waiting(pcscd: Pcscd) -> None:
    waiting = threading.Event()
    reading = Background(lambda stop: read_passport(stop, lambda _step: waiting.set()))
    assert waiting.wait(5)
    time.sleep(0.3)  # the first look must be over; nothing tells when
    with card_in(SimulatedBankCard()):
        assert reading.code() is FailureCode.CARD_WRONG_KIND


def test_stopping_while_waiting_ends_it(pcscd: Pcscd) -> None:
    waiting = threading.Event()
    reading = Background(lambda stop: read_passport(stop, lambda _step: waiting.set()))
    assert waiting.wait(5)
    reading.stop.set()
    assert reading.code() is FailureCode.STOPPED


class Pausing:
    """A passport that stops answering after some commands until it is told to go on."""

    def __init__(self, card: SimulatedCard, after: int) -> None:
        self._card = card
        self._left = after
        self.is_silent = threading.Event()
        self.go_on = threading.Event()

    @property
    def atr(self) -> bytes:
        return self._card.atr

    def reset(self) -> None:
        self._card.reset()

    def process(self, sent: bytes) -> bytes:
        self._left -= 1
        if self._left == 0:
            self.is_silent.set()
            self.go_on.wait(20)
        return self._card.process(sent)


def test_a_card_removed_in_the_middle_is_told(pcscd: Pcscd) -> None:
    card = Pausing(passport(), after=15)
    slot = Slot(card)
    reading = Background(read_passport)
    assert card.is_silent.wait(10)
    closing = threading.Thread(target=slot.take_out)
    closing.start()
    card.go_on.set()
    closing.join(10)
    assert reading.code() is FailureCode.CARD_REMOVED


def test_a_card_that_never_answers_can_be_left_behind(pcscd: Pcscd) -> None:
    card = Pausing(passport(), after=15)
    with card_in(card):
        reading = Background(read_passport)
        assert card.is_silent.wait(10)
        reading.stop.set()
        assert reading.code() is FailureCode.STOPPED
        card.go_on.set()
    until(lambda: not any(thread.name == "card link" for thread in threading.enumerate()))


def test_a_card_that_never_answers_is_given_up_after_the_limit(pcscd: Pcscd) -> None:
    card = Pausing(passport(), after=1)
    with card_in(card):
        until(is_present, what="card")
        link = PcscLink(READERS[0], never(), limit_s=0.3)
        with pytest.raises(CounterError) as caught:
            link.transmit(bytes.fromhex("00A4040C07A0000002471001"))
        assert caught.value.code is FailureCode.CARD_UNREADABLE
        with pytest.raises(CounterError):
            link.transmit(b"\x00\xa4\x00\x00")
        card.go_on.set()
        link.close()
    until(lambda: not any(thread.name == "card link" for thread in threading.enumerate()))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_reading_waits_on_while_the_service_restarts(pcscd: Pcscd, how: signal.Signals) -> None:
    waiting = threading.Event()
    reading = Background(lambda stop: read_passport(stop, lambda _step: waiting.set()))
    assert waiting.wait(5)
    pcscd.end(how)
    pcscd.start()
    with card_in(passport()):
        chip = reading.result()
    assert isinstance(chip, TravelDocumentChip), str(chip)


def test_a_service_killed_in_the_middle_is_told_and_the_next_reading_works(pcscd: Pcscd) -> None:
    card = Pausing(passport(), after=15)
    slot = Slot(card)
    reading = Background(read_passport)
    assert card.is_silent.wait(10)
    pcscd.end(signal.SIGKILL)
    card.go_on.set()
    assert reading.code() in (FailureCode.PCSC_UNAVAILABLE, FailureCode.CARD_REMOVED)
    slot.take_out()
    pcscd.start()
    with card_in(passport()):
        assert read_passport().is_authentic()


def test_without_a_service_the_reading_says_so_at_once(pcscd: Pcscd) -> None:
    pcscd.end(signal.SIGTERM)
    with pytest.raises(CounterError) as caught:
        read_passport()
    assert caught.value.code is FailureCode.PCSC_UNAVAILABLE


def test_readers_that_are_unplugged_while_waiting_are_told(pcscd: Pcscd, tmp_path: Path) -> None:
    waiting = threading.Event()
    reading = Background(lambda stop: read_passport(stop, lambda _step: waiting.set()))
    assert waiting.wait(5)
    pcscd.end(signal.SIGTERM)
    pcscd.start_without_readers(tmp_path)
    assert reading.code() is FailureCode.READER_LOST
    with pytest.raises(CounterError) as caught:
        read_passport()
    assert caught.value.code is FailureCode.READER_MISSING
    assert list_readers() == {"service": "ok", "readers": []}
    pcscd.end(signal.SIGTERM)


def test_the_command_line_reads_what_it_simulates(pcscd: Pcscd, tmp_path: Path) -> None:
    stop, told = threading.Event(), list[dict[str, object]]()
    thread = threading.Thread(
        target=lambda: simulate_passport(
            environment="training", now=NOW, stop=stop, on_inserted=told.append
        )
    )
    thread.start()
    try:
        until(lambda: bool(told), what="card is in")
        lines = told[0]["mrz"]
        assert isinstance(lines, list)
        file = tmp_path / "mrz.txt"
        file.write_text("\n".join(lines))
        found = read_card(environment="training", mrz=str(file), stop=never(), reader=READERS[0])
        listed = list_readers()
    finally:
        stop.set()
        thread.join(5)
    assert found["is_authentic"] is True
    assert found["document_number"] == "E00000003"
    json.dumps([found, listed])
    assert listed["service"] == "ok"


def test_the_command_line_shows_a_bank_card_masked(pcscd: Pcscd) -> None:
    with card_in(SimulatedBankCard()):
        found = read_bank_card(clock=FixedClock(), stop=never(), account="6222020000000000018")
    assert found["masked"] == "622202*********0018"
    assert found["matches"] is True
    assert "6222020000000000018" not in json.dumps(found)


def test_the_watcher_tells_cards_and_survives_the_service(pcscd: Pcscd) -> None:
    events: list[CardEvent] = []
    watcher = PcscWatcher()
    watcher.start(events.append)
    try:
        card = passport()
        with card_in(card):
            until(lambda: any(isinstance(event, CardInserted) for event in events), what="in")
            status = next(found for found in watcher.readers() if found.name == READERS[0])
            assert (status.state, status.atr) == (ReaderState.CARD, card.atr.hex().upper())
            assert status.insertions == 1
        until(lambda: CardTakenAway(READERS[0]) in events, what="out")
        for how in (signal.SIGTERM, signal.SIGKILL):
            events.clear()
            pcscd.end(how)
            until(lambda: any(isinstance(event, CardServiceLost) for event in events), what="lost")
            assert watcher.service_error()
            pcscd.start()
            until(lambda: CardServiceBack() in events, what="back")
            with card_in(card):
                until(lambda: any(isinstance(event, CardInserted) for event in events), what="in")
            until(lambda: CardTakenAway(READERS[0]) in events, what="out")
    finally:
        begun = time.monotonic()
        watcher.close()
    assert time.monotonic() - begun < 1


def test_a_card_swapped_between_two_looks_is_told_or_read_as_the_new_one(pcscd: Pcscd) -> None:
    first, second = passport(Offer(pace=None)), passport()
    slot = Slot(first)
    until(is_present, what="first card")
    held = PcscLink(READERS[0], never())
    slot.take_out()
    with card_in(second):
        # The session with the first card must not go on with the second one unnoticed.
        with pytest.raises(CounterError) as caught:
            use_for_two_seconds(held)
        assert caught.value.code in (FailureCode.CARD_REMOVED, FailureCode.CARD_RESET)
        held.close()
        until(is_present, what="second card")
        assert read_passport().access is AccessProtocol.PACE_GENERIC


def use_for_two_seconds(held: PcscLink) -> None:
    for _ in range(400):
        held.transmit(bytes.fromhex("00A4040C07A0000002471001"))
        time.sleep(0.005)


def test_cardpeek_reads_the_passport(pcscd: Pcscd, tmp_path: Path) -> None:
    with card_in(passport(Offer(pace=None))):
        until(is_present, what="card")
        text = cardpeek("e-passport.lua", tmp_path, "Enter the code", HOLDER.second_line())
    assert "YANGBEN" in text
    assert HOLDER.photo[:16].hex().upper() in text.upper().replace(" ", "")


def test_cardpeek_reads_the_bank_card(pcscd: Pcscd, tmp_path: Path) -> None:
    with card_in(SimulatedBankCard()):
        until(is_present, what="card")
        text = cardpeek("emv.lua", tmp_path, "Your selection", "1")
    assert "6222020000000000018" in text.upper().replace(" ", "")


def cardpeek(script: str, home: Path, question: str, typed: str) -> str:
    """Let Debian's cardpeek read the card and return the tree it saved.

    Its first run only makes its folder. At the end of its input it spins, so the input stays open.
    """
    made = home / ".cardpeek" / "cardpeekrc.lua"
    lua = f'dofile("{home}/.cardpeek/scripts/{script}") ui.save_view("{home}/tree.xml")'
    with Console(home, "print(1)") as first:
        first.answer("Your selection", "1")
        until(made.exists, what="cardpeek's folder")
    saved = home / "tree.xml"
    with Console(home, lua) as second:
        second.answer(question, typed)
        until(lambda: saved.exists() and b"</cardpeek>" in saved.read_bytes(), limit_s=15)
    return saved.read_text("utf-8", "replace")


class Console:
    """One run of cardpeek without its window."""

    def __init__(self, home: Path, lua: str) -> None:
        self._said = home / "said.txt"
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                ["stdbuf", "-o0", "cardpeek", "-c", "-r", f"pcsc://{READERS[0]}", "-e", lua],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=home,
                env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
            )

    def __enter__(self) -> Self:
        return self

    def answer(self, question: str, typed: str) -> None:
        until(lambda: question in self._said.read_text("utf-8", "replace"), what=question)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{typed}\n".encode())
        self._process.stdin.flush()

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=5)
