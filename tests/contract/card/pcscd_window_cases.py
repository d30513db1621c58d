"""Run by test_pcscd.py beside pcscd_cases.py: real readers and the real window."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_app.devices.card.readers import PcscTravelDocumentReader
from counter_app.devices.card.simulator.bank_card import SimulatedBankCard
from counter_app.domain.card_phase import CardPhase
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import Effect, ReadChip
from counter_app.flow.outcomes import CardRead, Failed, Outcome
from counter_app.ports.stop import Stop
from counter_app.services.read_travel_document import TravelDocumentDesk
from counter_app.ui.parts import Progress
from counter_app.ui.window import Window
from counter_app.words.failures import failure_words
from tests.contract.card.pcscd_cases import (
    HOLDER,
    FixedClock,
    Pausing,
    passport,
)
from tests.contract.card.pcscd_desk_cases import portraits
from tests.contract.card.pcscd_world import Pcscd, Slot, card_in
from tests.journeys.keyboard import Keyboard
from tests.ui.conftest import OpenWindow, application, open_window
from tests.ui.test_chips_in_the_window import CLOSING_S, lay_down, opened
from tests.ui.test_window import texts_of

__all__ = ["application", "open_window"]
MIDDLE = 15


class Reader:
    """Performs the reading of a chip as the counter does it."""

    def perform(self, effect: Effect, stop: Stop, on_progress: Progress) -> Outcome:
        assert isinstance(effect, ReadChip)
        if effect.key is None:
            stop.wait(30.0)
            return Failed(FailureCode.STOPPED)
        desk = TravelDocumentDesk(PcscTravelDocumentReader("demo"), portraits(), FixedClock())
        try:
            return CardRead(desk.read(effect, effect.key, stop, on_progress))
        except CounterError as error:
            return Failed(error.code)


@pytest.fixture
def at_reader(open_window: OpenWindow, qtbot: QtBot) -> Keyboard:
    _, keyboard = opened(open_window, qtbot, Reader())
    return keyboard


def await_words(keyboard: Keyboard, *words: str) -> None:
    window = keyboard.window
    keyboard.qtbot.waitUntil(
        lambda: any(text in texts_of(window) for text in words), timeout=12_000
    )


def await_waiting(keyboard: Keyboard) -> None:
    """Wait until the readers were looked at and a card is waited for."""
    controller = keyboard.window.controller

    def is_waiting() -> bool:
        state = controller.state
        return state is not None and state.phase is CardPhase.WAITING

    keyboard.qtbot.waitUntil(is_waiting, timeout=12_000)
    assert "平放在读卡器上" in texts_of(keyboard.window)


def pause_in_the_middle(at_reader: Keyboard) -> tuple[Pausing, Slot]:
    """Lay a passport down whose chip falls silent while it is read."""
    card = Pausing(passport(), after=MIDDLE)
    slot = Slot(card)
    lay_down(at_reader, HOLDER.second_line())
    at_reader.qtbot.waitUntil(card.is_silent.is_set, timeout=12_000)
    return card, slot


def titles(*codes: FailureCode) -> tuple[str, ...]:
    return tuple(failure_words(code).title for code in codes)


def test_a_passport_laid_down_while_waiting_fills_the_page(
    pcscd: Pcscd, at_reader: Keyboard
) -> None:
    lay_down(at_reader, HOLDER.second_line())
    await_waiting(at_reader)
    with card_in(passport()):
        await_words(at_reader, "样本丙")
    shown = texts_of(at_reader.window)
    assert "芯片核验：通过" in shown


def test_a_passport_taken_away_in_the_middle_is_told_and_read_anew(
    pcscd: Pcscd, at_reader: Keyboard
) -> None:
    card, slot = pause_in_the_middle(at_reader)
    closing = threading.Thread(target=slot.take_out)
    closing.start()
    card.go_on.set()
    closing.join(10)
    await_words(at_reader, *titles(FailureCode.CARD_REMOVED))
    with card_in(passport()):
        at_reader.press("F5")
        await_words(at_reader, "样本丙")


def test_a_service_that_dies_in_the_middle_is_told_and_works_when_it_is_back(
    pcscd: Pcscd, at_reader: Keyboard
) -> None:
    card, slot = pause_in_the_middle(at_reader)
    pcscd.end(signal.SIGKILL)
    card.go_on.set()
    await_words(at_reader, *titles(FailureCode.PCSC_UNAVAILABLE, FailureCode.CARD_REMOVED))
    slot.take_out()
    pcscd.start()
    with card_in(passport()):
        at_reader.press("F5")
        await_words(at_reader, "样本丙")


def test_unplugged_readers_are_told_on_the_page(
    pcscd: Pcscd, at_reader: Keyboard, tmp_path: Path
) -> None:
    lay_down(at_reader, HOLDER.second_line())
    await_waiting(at_reader)
    pcscd.end(signal.SIGTERM)
    pcscd.start_without_readers(tmp_path)
    await_words(at_reader, *titles(FailureCode.READER_LOST))
    pcscd.end(signal.SIGTERM)


def test_a_bank_card_instead_of_the_passport_is_told_and_the_wait_goes_on(
    pcscd: Pcscd, at_reader: Keyboard
) -> None:
    lay_down(at_reader, HOLDER.second_line())
    await_waiting(at_reader)
    with card_in(SimulatedBankCard()):
        await_words(at_reader, "这张卡不是护照或通行证")
    with card_in(passport()):
        await_words(at_reader, "样本丙")


def test_the_window_closes_while_a_card_is_silent(pcscd: Pcscd, at_reader: Keyboard) -> None:
    card = Pausing(passport(), after=MIDDLE)
    with card_in(card):
        lay_down(at_reader, HOLDER.second_line())
        at_reader.qtbot.waitUntil(card.is_silent.is_set, timeout=12_000)
        assert closing_s(at_reader.window) < CLOSING_S
        card.go_on.set()


def closing_s(window: Window) -> float:
    """Close the window and return how long that took."""
    window.controller.state = None
    begun = time.monotonic()
    window.close()
    assert not window.isVisible()
    return time.monotonic() - begun
