"""What the clerk reads when the card or the reader fails; the case stays as it was."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtCore import Qt

from counter_app.devices.id_reader.sam_v import Command
from counter_app.devices.id_reader.simulator.module import Removal
from counter_app.devices.id_reader.simulator.people import AGENT
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.domain.identity_document import Owner
from counter_app.errors import FailureCode
from counter_app.flow.steps import Step
from tests.faults.counter import visit
from tests.faults.counter.world import Bench, BenchMaker


def at_the_card(bench: BenchMaker) -> Bench:
    one = bench()
    visit.sign_in(one.clerk)
    visit.scan_terminal(one.clerk)
    visit.say_who(one.clerk)
    return one


def has_card(one: Bench) -> bool:
    return one.state.draft.document_of(Owner.PRINCIPAL) is not None


def test_every_refusal_of_a_card_is_said_and_the_next_card_is_read(bench: BenchMaker) -> None:
    one = at_the_card(bench)
    before = one.stored().draft
    doubt = (Owner.PRINCIPAL,)
    for status, code, doubts in (
        (0x41, FailureCode.CARD_UNREADABLE, ()),
        (0x32, FailureCode.CARD_NOT_GENUINE, doubt),
        (0x33, FailureCode.CARD_CHECK_FAILED, doubt),
    ):
        visit.wait_for_reader(one.clerk)
        one.reader.insert(ResidentCardSpecimen.of(AGENT, status))
        one.tells(code)
        one.clerk.shoot(f"card-{status:02x}")
        assert one.state.step is Step.PRESENTER_ID
        assert not has_card(one)
        assert one.stored().draft == replace(before, chip_doubts=doubts)
        one.reader.remove()
        one.clerk.key(Qt.Key.Key_F5)
    visit.read_card(one.clerk, one.reader)
    assert one.stored().step is Step.MATERIALS
    assert one.stored().draft.chip_doubts == ()


def test_a_card_lifted_too_early_is_said_and_read_when_it_lies_still(bench: BenchMaker) -> None:
    one = at_the_card(bench)
    visit.wait_for_reader(one.clerk)
    one.reader.remove_during_read(Removal.REFUSE)
    one.reader.insert(visit.CARD)
    one.clerk.wait("what failed", lambda: one.state.failure is not None)
    assert one.state.failure in {FailureCode.CARD_REMOVED, FailureCode.CARD_UNREADABLE}
    one.tells_of_failure()
    one.clerk.key(Qt.Key.Key_F5)
    visit.read_card(one.clerk, one.reader)


def test_a_reader_unplugged_while_it_waits_goes_on_when_it_is_back(bench: BenchMaker) -> None:
    one = at_the_card(bench)
    visit.wait_for_reader(one.clerk)
    before = one.stored().draft
    one.line.unplug()
    said = [FailureCode.READER_LOST, FailureCode.READER_MISSING]
    one.clerk.wait("the loss", lambda: one.state.failure in said)
    one.tells_of_failure()
    one.clerk.shoot("reader-unplugged")
    assert one.stored().draft == before
    one.line.plug()
    one.clerk.key(Qt.Key.Key_F5)
    visit.read_card(one.clerk, one.reader)
    assert has_card(one)


def test_a_reader_unplugged_in_the_middle_of_a_card_keeps_the_case(bench: BenchMaker) -> None:
    one = at_the_card(bench)
    visit.wait_for_reader(one.clerk)
    before = one.stored().draft
    one.reader.inject(0x80, on=Command.FIND, times=1)
    one.reader.remove_during_read(Removal.HANG_UP)
    one.reader.insert(visit.CARD)
    one.clerk.wait("the read", lambda: Command.READ.value in one.reader.requests)
    one.line.unplug()
    one.clerk.wait("the loss", lambda: one.state.failure is not None)
    one.tells_of_failure()
    assert one.stored().draft == before
    one.line.plug()
    one.clerk.key(Qt.Key.Key_F5)
    visit.read_card(one.clerk, one.reader)


def test_without_a_reader_at_start_the_clerk_hears_so_and_plugs_it_in(bench: BenchMaker) -> None:
    one = bench()
    one.line.unplug()
    visit.sign_in(one.clerk)
    visit.scan_terminal(one.clerk)
    visit.say_who(one.clerk)
    one.tells(FailureCode.READER_MISSING)
    one.clerk.shoot("reader-missing")
    one.line.plug()
    one.clerk.key(Qt.Key.Key_F5)
    visit.read_card(one.clerk, one.reader)


def test_closing_while_the_reader_waits_asks_and_then_goes_at_once(bench: BenchMaker) -> None:
    one = at_the_card(bench)
    visit.wait_for_reader(one.clerk)
    draft = one.stored().draft
    one.window.close()
    assert one.window.isVisible()
    one.reads("还有业务没办完，要退出吗？")
    one.clerk.shoot("closing")
    one.clerk.press("park_button")
    one.clerk.wait("the end", lambda: not one.window.isVisible())
    assert not [thread for thread in threading.enumerate() if thread.name == "lane-card"]
    kept = one.counter.performer.life.load(draft.case_id)
    assert kept.draft == draft
    assert kept.step is Step.PRESENTER_ID
