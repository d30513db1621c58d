"""What goes wrong between a card, its module and the counter, and what the clerk is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.devices.id_reader.sam_v import Command
from counter_app.devices.id_reader.simulator.disturbance import Disturbance
from counter_app.devices.id_reader.simulator.module import (
    CardPolicy,
    Latency,
    Removal,
    SimulatedIdCardReader,
)
from counter_app.devices.id_reader.simulator.people import AGENT, PRINCIPAL
from counter_app.errors import FailureCode
from counter_app.ports.id_reader import ReadPhase, ReadProgress
from counter_app.ports.stop import never
from tests.contract.id_reader.rig import HASTY, Rig, rig_on, until

HARMLESS = (
    Disturbance.STRAY_BYTES,
    Disturbance.TRICKLED,
    Disturbance.SPLIT,
    Disturbance.DELAYED,
)
SPOILING = (Disturbance.CORRUPTED, Disturbance.TRUNCATED)
FINGERPRINT_READ = (0x30, 0x10)


@pytest.mark.parametrize("disturbance", HARMLESS)
def test_an_answer_may_come_late_in_parts_and_after_noise(
    module_rig: Rig, disturbance: Disturbance
) -> None:
    module_rig.insert(AGENT)
    for command in (Command.STATUS, Command.FIND, Command.SELECT, Command.READ):
        module_rig.simulated.disturb(disturbance, on=command)
    read = module_rig.read()
    assert read.number == AGENT.number
    assert read.current_address == AGENT.appended_addresses[-1]


@pytest.mark.parametrize("disturbance", [*SPOILING, Disturbance.NO_ANSWER])
def test_a_lost_find_is_repeated(hasty_rig: Rig, disturbance: Disturbance) -> None:
    hasty_rig.reader.health()
    hasty_rig.simulated.disturb(disturbance, on=Command.FIND)
    hasty_rig.insert(PRINCIPAL)
    assert hasty_rig.read().number == PRINCIPAL.number


@pytest.mark.parametrize("disturbance", [*SPOILING, Disturbance.NO_ANSWER])
@pytest.mark.parametrize("command", [Command.SELECT, Command.READ])
def test_a_lost_reading_starts_over_where_the_card_is_found_again(
    tmp_path: Path, disturbance: Disturbance, command: Command
) -> None:
    simulated = SimulatedIdCardReader(environment="test", policy=CardPolicy.REPEAT_ALLOWED)
    with rig_on("pty", simulated, tmp_path, HASTY) as rig:
        rig.insert(PRINCIPAL)
        simulated.disturb(disturbance, on=command)
        assert rig.read().number == PRINCIPAL.number
        assert ReadPhase.AGAIN in rig.phases()


@pytest.mark.parametrize("disturbance", SPOILING)
def test_a_garbled_reading_is_named_where_the_card_must_be_lifted(
    hasty_rig: Rig, disturbance: Disturbance
) -> None:
    hasty_rig.insert(PRINCIPAL)
    hasty_rig.simulated.disturb(disturbance, on=Command.READ)
    assert hasty_rig.failure() is FailureCode.READER_GARBLED
    hasty_rig.insert(PRINCIPAL)
    assert hasty_rig.read().number == PRINCIPAL.number


def test_a_reader_that_falls_silent_is_named(hasty_rig: Rig) -> None:
    assert hasty_rig.reader.health().is_present
    hasty_rig.simulated.disturb(Disturbance.NO_ANSWER, times=2)
    assert hasty_rig.failure() is FailureCode.READER_NO_ANSWER
    hasty_rig.insert(PRINCIPAL)
    assert hasty_rig.read().number == PRINCIPAL.number


@pytest.mark.parametrize(
    ("status", "command", "times", "code"),
    [
        (0x10, Command.FIND, 2, FailureCode.READER_GARBLED),
        (0x11, Command.SELECT, 6, FailureCode.READER_GARBLED),
        (0x21, Command.FIND, 1, FailureCode.READER_GARBLED),
        (0x23, Command.FIND, 1, FailureCode.READER_NOT_AUTHORISED),
        (0x24, Command.READ, 3, FailureCode.CARD_UNREADABLE),
        (0x31, Command.READ, 3, FailureCode.CARD_REFUSED_READER),
        (0x31, Command.SELECT, 3, FailureCode.CARD_REFUSED_READER),
        (0x32, Command.READ, 3, FailureCode.CARD_NOT_GENUINE),
        (0x33, Command.READ, 1, FailureCode.CARD_CHECK_FAILED),
        (0x41, Command.FIND, 3, FailureCode.CARD_UNREADABLE),
        (0x40, Command.SELECT, 1, FailureCode.CARD_WRONG_KIND),
        (0x41, Command.READ, 3, FailureCode.CARD_UNREADABLE),
        (0x47, Command.READ, 3, FailureCode.CARD_UNREADABLE),
        (0x55, Command.READ, 3, FailureCode.READER_GARBLED),
        (0x60, Command.FIND, 1, FailureCode.READER_SELF_TEST),
        (0x60, Command.STATUS, 1, FailureCode.READER_SELF_TEST),
        (0x66, Command.READ, 1, FailureCode.READER_NOT_AUTHORISED),
        (0x66, Command.STATUS, 1, FailureCode.READER_NOT_AUTHORISED),
        (0x80, Command.READ, 1, FailureCode.CARD_REMOVED),
        (0x81, Command.SELECT, 3, FailureCode.CARD_UNREADABLE),
    ],
)
def test_every_status_has_its_name(
    pty_rig: Rig, status: int, command: Command, times: int, code: FailureCode
) -> None:
    pty_rig.insert(PRINCIPAL)
    pty_rig.simulated.inject(status, on=command, times=times)
    assert pty_rig.failure() is code
    assert pty_rig.read().number == PRINCIPAL.number


@pytest.mark.parametrize("status", [0x10, 0x11, 0x24, 0x31, 0x32, 0x41, 0x47])
def test_a_status_that_can_pass_is_tried_again(module_rig: Rig, status: int) -> None:
    module_rig.insert(PRINCIPAL)
    module_rig.simulated.inject(status, on=Command.READ)
    assert module_rig.read().number == PRINCIPAL.number


def test_an_unrecognised_error_resets_the_module(pty_rig: Rig) -> None:
    pty_rig.insert(PRINCIPAL)
    pty_rig.simulated.inject(0x24, on=Command.READ)
    pty_rig.read()
    assert Command.RESET.value in pty_rig.simulated.requests


@pytest.mark.parametrize("status", [0x21, 0x41, 0x91])
def test_a_module_without_appended_addresses_is_no_failure(pty_rig: Rig, status: int) -> None:
    pty_rig.insert(AGENT)
    pty_rig.simulated.inject(status, on=Command.READ_APPENDED)
    assert pty_rig.read().current_address == AGENT.address


def test_a_garbled_appended_address_does_not_cost_the_card(hasty_rig: Rig) -> None:
    hasty_rig.insert(AGENT)
    hasty_rig.simulated.disturb(Disturbance.TRUNCATED, on=Command.READ_APPENDED)
    read = hasty_rig.read()
    assert (read.number, read.appended_addresses) == (AGENT.number, ())


def test_a_stop_during_the_reading_ends_it(tmp_path: Path) -> None:
    latency = Latency(find_s=60.0, read_s=60.0)
    simulated = SimulatedIdCardReader(environment="test", latency=latency)
    with rig_on("pty", simulated, tmp_path) as rig:
        rig.insert(PRINCIPAL)
        with rig.waiting() as waiting:
            until(lambda: Command.FIND.value in simulated.requests)
            waiting.stop.set()
            assert waiting.failure() is FailureCode.STOPPED


@pytest.mark.parametrize("removal", list(Removal))
def test_a_card_lifted_during_the_read_is_named(hasty_rig: Rig, removal: Removal) -> None:
    hasty_rig.insert(PRINCIPAL)
    hasty_rig.simulated.remove_during_read(removal)
    assert hasty_rig.failure() is FailureCode.CARD_REMOVED
    assert hasty_rig.reader.health().is_present
    hasty_rig.insert(PRINCIPAL)
    assert hasty_rig.read().number == PRINCIPAL.number


def test_a_suspect_card_stays_suspect_when_it_is_taken_away(pty_rig: Rig) -> None:
    pty_rig.insert(PRINCIPAL)
    pty_rig.simulated.inject(0x32, on=Command.READ)

    def take_away(progress: ReadProgress) -> None:
        if progress.phase is ReadPhase.AGAIN:
            pty_rig.simulated.remove()

    with pytest.raises(Exception, match="CARD_NOT_GENUINE"):
        pty_rig.reader.wait_for_card(never(), take_away)


def test_a_card_that_always_fails_is_given_up(pty_rig: Rig) -> None:
    pty_rig.insert(PRINCIPAL, refusal=0x41)
    assert pty_rig.failure() is FailureCode.CARD_UNREADABLE
    assert pty_rig.simulated.requests.count(Command.READ.value) == 3


def test_a_reader_unplugged_during_the_read_is_lost(module_rig: Rig) -> None:
    module_rig.insert(PRINCIPAL)
    module_rig.simulated.disturb(Disturbance.SPLIT, on=Command.READ)

    def pull(progress: ReadProgress) -> None:
        if progress.phase is ReadPhase.READING:
            module_rig.plug.unplug()

    with pytest.raises(Exception, match="READER_LOST"):
        module_rig.reader.wait_for_card(never(), pull)


def test_the_answer_to_an_abandoned_read_is_not_taken_for_another(tmp_path: Path) -> None:
    simulated = SimulatedIdCardReader(environment="test", latency=Latency(read_s=0.3))
    with rig_on("pty", simulated, tmp_path) as rig:
        rig.insert(PRINCIPAL)
        with rig.waiting() as waiting:
            until(lambda: Command.READ.value in simulated.requests)
            waiting.stop.set()
            assert waiting.failure() is FailureCode.STOPPED
        rig.insert(AGENT)
        assert rig.read().number == AGENT.number


def test_progress_counts_the_bytes_of_the_reading(module_rig: Rig) -> None:
    module_rig.insert(PRINCIPAL)
    module_rig.simulated.disturb(Disturbance.SPLIT, on=Command.READ)
    module_rig.read()
    counts = [
        progress.bytes_read
        for progress in module_rig.progress
        if progress.phase is ReadPhase.READING
    ]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (7, 1_295)
    assert {p.bytes_expected for p in module_rig.progress if p.phase is ReadPhase.READING} == {
        1_295
    }


def test_fingerprints_are_never_asked_for(module_rig: Rig) -> None:
    module_rig.insert(PRINCIPAL)
    module_rig.read()
    assert FINGERPRINT_READ not in module_rig.simulated.requests
    assert FINGERPRINT_READ not in {command.value for command in Command}
