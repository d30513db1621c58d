"""Chips read through the real window: the clerk's keys at one end, a chip's bytes at the other."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

import pytest
from pytestqt.qtbot import QtBot

from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.trust import TrustStore
from counter_app.devices.card.simulator.card import SimulatedLink
from counter_app.domain.draft import ChangeReason, PresenterRole
from counter_app.domain.identity_document import CaptureMethod, IdentityDocument
from counter_app.domain.identity_number import DocumentType
from counter_app.domain.mrz_fields import MrzKey
from counter_app.domain.travel_document import TravelDocumentChip
from counter_app.errors import CounterError, FailureCode
from counter_app.flow.effects import Effect, ReadChip
from counter_app.flow.outcomes import CardRead, Failed, Outcome
from counter_app.flow.steps import Step
from counter_app.ports.stop import Stop
from counter_app.services.chip_portrait import Portraits
from counter_app.services.read_travel_document import TravelDocumentDesk
from counter_app.storage.memory_vault import MemoryVault
from counter_app.ui.pages.identity import IdentityPage
from counter_app.ui.parts import DeviceKind, DeviceState, Performer, Progress
from counter_app.ui.window import Window
from counter_app.words.failures import failure_words
from tests.contract.card.foreign import document as doc
from tests.contract.card.foreign.passport import ForeignPassport
from tests.contract.card.foreign.secure import ber
from tests.contract.card.foreign.signing import authority
from tests.contract.card.test_foreign_passports import PLAIN, files
from tests.journeys.keyboard import Keyboard
from tests.ui.conftest import OpenWindow
from tests.ui.fake_parts import FixedHealth, ScriptedPerformer, make_parts
from tests.ui.gallery_states import found
from tests.ui.people import NOW, fresh_state
from tests.ui.people import document as resident_card
from tests.ui.test_window import texts_of

CLOSING_S = 0.5
"""The issue's own limit; what is waited for here never comes at all."""


class StoppedClock:
    def now(self):  # noqa: ANN201 - a clock
        return NOW


@dataclass
class Lying:
    """The chip that lies on the reader, or the failure of its reading.

    Attributes:
        is_silent: The chip never answers; only a stop ends the reading.
    """

    card: ForeignPassport
    fails: list[FailureCode] = field(default_factory=list)
    is_silent: bool = False
    trust: TrustStore = field(default_factory=lambda: TrustStore([authority(PLAIN)]))
    began: threading.Event = field(default_factory=threading.Event)

    def read(self, key: MrzKey, stop: Stop, on_progress: Progress) -> TravelDocumentChip:
        self.began.set()
        if self.fails:
            raise CounterError(self.fails.pop(0))
        while self.is_silent:
            if stop.wait(0.05):
                raise CounterError(FailureCode.STOPPED)
        return read_travel_document(SimulatedLink(self.card), key, self.trust, on_progress)

    def perform(self, effect: Effect, stop: Stop, on_progress: Progress) -> Outcome:
        assert isinstance(effect, ReadChip)
        if effect.key is None:
            stop.wait(30.0)
            return Failed(FailureCode.STOPPED)
        desk = TravelDocumentDesk(self, Portraits(MemoryVault(), StoppedClock()), StoppedClock())
        try:
            return CardRead(desk.read(effect, effect.key, stop, on_progress))
        except CounterError as error:
            return Failed(error.code)


def permit(code: str) -> tuple[str, str]:
    """Return the printed line of a permit and what its chip opens with."""
    number, born, ends = (one + doc.digit(one) for one in ("H00000017", "900307", "301231"))
    line = f"{code}{number}<{ends}<{born}<" + doc.digit(number + ends + born)
    return line, number + born + ends


def permit_card(code: str) -> tuple[str, ForeignPassport]:
    line, key = permit(code)
    content = ber("61", ber("5F1F", line.ljust(90, "<").encode()))
    return line, ForeignPassport(files({1: content}), key)


def opened(open_window: OpenWindow, qtbot: QtBot, lying: Performer) -> tuple[Window, Keyboard]:
    """Open the window where the presenter's document is asked for."""
    window = open_window(make_parts(ScriptedPerformer({ReadChip: lying.perform})))
    draft = replace(found(), presenter=PresenterRole.PRINCIPAL, reason=ChangeReason.SIM_LOST)
    window.controller.open(replace(fresh_state(), step=Step.PRESENTER_ID, draft=draft))
    return window, Keyboard(window, qtbot)


def lay_down(keyboard: Keyboard, line: str) -> None:
    """Choose passports and permits, and type what opens the chip."""
    page = keyboard.window._screens.case.page()
    assert isinstance(page, IdentityPage)
    page._ui.kind_tiles.setFocus()
    keyboard.press("2")
    keyboard.qtbot.waitUntil(page._ui.mrz_field.isVisible)
    keyboard.type(line)
    keyboard.press("Enter")


def document(window: Window) -> IdentityDocument:
    state = window.controller.state
    assert state is not None
    return state.draft.documents[0]


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("CR", DocumentType.HKM_PERMIT, "港澳居民来往内地通行证"),
        ("CT", DocumentType.TW_PERMIT, "台湾居民来往大陆通行证"),
    ],
)
def test_a_permits_chip_fills_the_page(
    open_window: OpenWindow, qtbot: QtBot, code: str, kind: DocumentType, words: str
) -> None:
    line, card = permit_card(code)
    window, keyboard = opened(open_window, qtbot, Lying(card))
    lay_down(keyboard, line)
    qtbot.waitUntil(lambda: "样本 戊" in texts_of(window), timeout=8000)
    read = document(window)
    assert (read.type, read.number) == (kind, "H00000017")
    assert (read.captured_by, str(read.born_on)) == (CaptureMethod.CHIP, "1990-03-07")
    shown = texts_of(window)
    assert words in shown
    assert "✓" in shown


def test_a_mainland_residents_own_permit_proves_nobody_here(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    line, card = permit_card("CS")
    window, keyboard = opened(open_window, qtbot, Lying(card))
    lay_down(keyboard, line)
    words = failure_words(FailureCode.CARD_WRONG_KIND)
    qtbot.waitUntil(lambda: words.title in texts_of(window), timeout=8000)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (FailureCode.CARD_REMOVED, "移开太早"),
        (FailureCode.READER_LOST, "读卡器"),
        (FailureCode.PCSC_UNAVAILABLE, "服务"),
        (FailureCode.CARD_ACCESS_DENIED, "机读码"),
        (FailureCode.CARD_UNREADABLE, "读不出来"),
    ],
)
def test_a_failure_has_its_words_and_f5_reads_again(
    open_window: OpenWindow, qtbot: QtBot, code: FailureCode, words: str
) -> None:
    line, card = permit_card("CR")
    window, keyboard = opened(open_window, qtbot, Lying(card, [code]))
    lay_down(keyboard, line)
    title = failure_words(code).title
    assert words in title + failure_words(code).advice
    qtbot.waitUntil(lambda: title in texts_of(window), timeout=8000)
    keyboard.press("F5")
    qtbot.waitUntil(lambda: "样本 戊" in texts_of(window), timeout=8000)


def test_the_window_closes_while_a_chip_never_answers(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    line, card = permit_card("CR")
    lying = Lying(card, is_silent=True)
    window, keyboard = opened(open_window, qtbot, lying)
    lay_down(keyboard, line)
    qtbot.waitUntil(lying.began.is_set, timeout=8000)
    window.controller.state = None
    begun = time.monotonic()
    window.close()
    assert time.monotonic() - begun < CLOSING_S
    assert not window.isVisible()


def test_a_reader_that_is_plugged_in_again_reads_by_itself(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    answers: list[Outcome] = [Failed(FailureCode.READER_LOST), CardRead(resident_card())]
    performer = ScriptedPerformer({ReadChip: lambda *_: answers.pop(0)})
    gone = (DeviceState(DeviceKind.ID_READER, FailureCode.READER_MISSING),)
    window = open_window(make_parts(performer, health=FixedHealth(gone)))
    draft = replace(found(), presenter=PresenterRole.PRINCIPAL, reason=ChangeReason.SIM_LOST)
    window.controller.open(replace(fresh_state(), step=Step.PRESENTER_ID, draft=draft))
    qtbot.waitUntil(lambda: failure_words(FailureCode.READER_LOST).title in texts_of(window))
    view = window._screens.case
    view.devices_told(gone)
    assert len(answers) == 1
    view.devices_told((DeviceState(DeviceKind.ID_READER),))
    qtbot.waitUntil(lambda: "样本甲" in texts_of(window))
    view.devices_told((DeviceState(DeviceKind.ID_READER),))
    assert not answers
