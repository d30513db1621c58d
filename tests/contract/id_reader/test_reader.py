"""What every resident-ID reader promises, on every line."""

from __future__ import annotations

import pytest

from counter_app.devices.id_reader.simulator.people import (
    AGENT,
    ELDER,
    FOREIGN_RESIDENT,
    HK_RESIDENT,
    PRINCIPAL,
)
from counter_app.domain.resident_card import Evidence, ResidentCard
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import ReadPhase
from tests.contract.id_reader.rig import Rig, until


@pytest.mark.parametrize(
    "card", [PRINCIPAL, ELDER, HK_RESIDENT, FOREIGN_RESIDENT], ids=lambda card: card.kind.value
)
def test_what_is_on_the_card_is_handed_over(rig: Rig, card: ResidentCard) -> None:
    rig.insert(card)
    read = rig.read()
    assert (read.kind, read.number, read.display_name) == (
        card.kind,
        card.number,
        card.display_name,
    )
    assert (read.born_on, read.sex) == (card.born_on, card.sex)
    assert (read.valid_from, read.valid_until) == (card.valid_from, card.valid_until)
    assert (read.address, read.authority) == (card.address, card.authority)
    assert len(read.raw_sha256) == 64
    assert rig.phases()[-1] is ReadPhase.DONE


def test_a_card_laid_down_during_the_wait_is_read(rig: Rig) -> None:
    with rig.waiting() as waiting:
        rig.insert(PRINCIPAL)
        assert waiting.card().number == PRINCIPAL.number


def test_one_card_after_the_other(rig: Rig) -> None:
    rig.insert(PRINCIPAL)
    assert rig.read().number == PRINCIPAL.number
    rig.insert(AGENT)
    assert rig.read().number == AGENT.number


def test_a_card_that_still_lies_there_is_not_read_twice(rig: Rig) -> None:
    rig.insert(PRINCIPAL)
    rig.read()
    with rig.waiting() as waiting:
        rig.wait_for_finds(2)
        assert not waiting.wait.done()
        rig.simulated.remove()
        rig.wait_for_finds(2)
        rig.insert(PRINCIPAL)
        assert waiting.card().number == PRINCIPAL.number


def test_nor_by_a_reader_that_finds_it_again(repeating_rig: Rig) -> None:
    rig = repeating_rig
    rig.insert(PRINCIPAL)
    rig.read()
    with rig.waiting() as waiting:
        until(lambda: ReadPhase.SAME_CARD in rig.phases())
        rig.wait_for_finds(2)
        assert not waiting.wait.done()
        rig.simulated.remove()
        rig.wait_for_finds(3)
        assert rig.phases()[-1] is ReadPhase.WAITING
        rig.insert(PRINCIPAL)
        assert waiting.card().number == PRINCIPAL.number


def test_another_card_is_read_at_once_by_a_reader_that_finds_again(repeating_rig: Rig) -> None:
    repeating_rig.insert(PRINCIPAL)
    repeating_rig.read()
    repeating_rig.insert(AGENT)
    assert repeating_rig.read().number == AGENT.number


def test_a_stop_ends_the_wait(rig: Rig) -> None:
    with rig.waiting() as waiting:
        waiting.stop.set()
        assert waiting.failure() is FailureCode.STOPPED
    rig.insert(PRINCIPAL)
    assert rig.read().number == PRINCIPAL.number


def test_a_missing_reader_is_named(rig: Rig) -> None:
    rig.plug.unplug()
    assert rig.failure() is FailureCode.READER_MISSING
    health = rig.reader.health()
    assert not health.is_present
    assert health.last_error is FailureCode.READER_MISSING


def test_a_reader_that_was_plugged_in_late_is_found(rig: Rig) -> None:
    rig.plug.unplug()
    assert rig.failure() is FailureCode.READER_MISSING
    rig.plug.plug()
    rig.insert(PRINCIPAL)
    assert rig.read().number == PRINCIPAL.number


def test_a_reader_unplugged_during_the_wait_is_lost_and_found_again(rig: Rig) -> None:
    with rig.waiting() as waiting:
        rig.plug.unplug()
        assert waiting.failure() is FailureCode.READER_LOST
    assert not rig.reader.health().is_present
    rig.plug.plug()
    rig.insert(PRINCIPAL)
    assert rig.read().number == PRINCIPAL.number


def test_closing_ends_a_wait(rig: Rig) -> None:
    with rig.waiting() as waiting:
        rig.reader.close()
        assert waiting.failure() is FailureCode.READER_LOST
    rig.reader.close()
    assert rig.failure() is FailureCode.READER_LOST


def test_two_waits_at_once_are_one_too_many(rig: Rig) -> None:
    with rig.waiting():
        assert rig.failure() is FailureCode.READER_BUSY


def test_health_tells_that_the_reader_is_there(rig: Rig) -> None:
    health = rig.reader.health()
    assert health.is_present
    assert health.last_error is None
    assert rig.reader.health() == health


def test_health_during_a_wait_does_not_disturb_it(rig: Rig) -> None:
    with rig.waiting() as waiting:
        assert rig.reader.health().is_present
        rig.insert(PRINCIPAL)
        assert waiting.card().number == PRINCIPAL.number


def test_a_failure_says_nothing_about_the_person(rig: Rig) -> None:
    rig.insert(PRINCIPAL)
    with rig.waiting() as waiting:
        read = waiting.card()
    rig.plug.unplug()
    with pytest.raises(CounterError) as caught:
        rig.read()
    assert PRINCIPAL.number not in repr(read) + str(caught.value) + repr(caught.value.facts)


def test_where_the_card_comes_from_is_told(rig: Rig, request: pytest.FixtureRequest) -> None:
    rig.insert(PRINCIPAL)
    is_service = "service" in request.node.name
    expected = Evidence.LOCAL_SERVICE if is_service else Evidence.CHIP
    assert rig.read().evidence is expected
