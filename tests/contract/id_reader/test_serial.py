"""What only serial lines have: speeds, locks, and ports that belong to something else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import serial
from serial.tools import list_ports

from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.id_reader.sam_v import Command, TimeLimits
from counter_app.devices.id_reader.serial_transport import SPEEDS, transports_anywhere
from counter_app.devices.id_reader.simulator.disturbance import Disturbance
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.people import PRINCIPAL
from counter_app.errors import CounterError, FailureCode
from tests.contract.id_reader.rig import Rig, rig_on

PROBES = len(SPEEDS) + 1
"""Every speed, and the first one once more with patience."""


@pytest.fixture
def probing_rig(tmp_path: Path) -> Iterator[Rig]:
    limits = TimeLimits(probe_s=0.25)
    with rig_on("pty", SimulatedIdCardReader(environment="test"), tmp_path, limits) as made:
        yield made


@pytest.mark.parametrize("position", [0, 1, len(SPEEDS) - 1])
def test_the_speed_of_the_line_is_found(probing_rig: Rig, position: int) -> None:
    if position:
        probing_rig.simulated.disturb(Disturbance.WRONG_SPEED, on=Command.STATUS, times=position)
    probing_rig.insert(PRINCIPAL)
    assert probing_rig.read().number == PRINCIPAL.number
    assert probing_rig.reader.health().transport.endswith(f" {SPEEDS[position]}")


def test_noise_at_every_speed_is_garbled(probing_rig: Rig) -> None:
    probing_rig.simulated.disturb(Disturbance.WRONG_SPEED, on=Command.STATUS, times=PROBES)
    assert probing_rig.failure() is FailureCode.READER_GARBLED


def test_silence_at_every_speed_is_no_answer(probing_rig: Rig) -> None:
    probing_rig.simulated.disturb(Disturbance.NO_ANSWER, on=Command.STATUS, times=PROBES)
    assert probing_rig.failure() is FailureCode.READER_NO_ANSWER


def test_a_port_in_other_hands_is_busy(pty_rig: Rig, tmp_path: Path) -> None:
    with serial.Serial(str(tmp_path / "reader"), exclusive=True):
        assert pty_rig.failure() is FailureCode.READER_BUSY
    assert pty_rig.reader.health().is_present


def test_the_port_is_locked_while_the_reader_uses_it(pty_rig: Rig, tmp_path: Path) -> None:
    assert pty_rig.reader.health().is_present
    with pytest.raises(serial.SerialException):
        serial.Serial(str(tmp_path / "reader"), exclusive=True)


def test_only_bridges_that_readers_use_are_probed(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = [
        SimpleNamespace(device="/dev/ttyS0", vid=None),
        SimpleNamespace(device="/dev/ttyUSB0", vid=0x1A86),
        SimpleNamespace(device="/dev/ttyACM0", vid=0x04B8),
    ]
    monkeypatch.setattr(list_ports, "comports", lambda: ports)
    found = [transport.name for transport in transports_anywhere()]
    assert found == [f"serial /dev/ttyUSB0 {speed}" for speed in SPEEDS]


def test_no_bridge_means_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_ports, "comports", list)
    health = open_id_card_reader("serial:auto").health()
    assert health.last_error is FailureCode.READER_MISSING


@pytest.mark.parametrize(
    "source",
    [
        "",
        "serial",
        "serial:",
        "usb:0",
        "hid",
        "tcp:",
        "tcp:127.0.0.1",
        "tcp:127.0.0.1:0",
        "tcp:127.0.0.1:70000",
        "tcp:10.1.2.3:9000",
        "tcp:reader.example:9000",
        "service:https://127.0.0.1:19196",
        "service:http://10.1.2.3:19196",
        "service:http://127.0.0.1:19196/other",
        "service:http://[::",
    ],
)
def test_a_source_that_cannot_be_is_a_wrong_setting(source: str) -> None:
    with pytest.raises(CounterError) as caught:
        open_id_card_reader(source)
    assert caught.value.code is FailureCode.SETTINGS_INVALID


@pytest.mark.parametrize("source", ["usb", "tcp:[::1]:9", "service", "serial:/dev/null/none"])
def test_a_source_without_a_reader_behind_it_is_no_wrong_setting(source: str) -> None:
    health = open_id_card_reader(source).health()
    assert not health.is_present
    assert health.last_error is FailureCode.READER_MISSING


def test_the_journal_of_the_program_knows_the_module_not_the_person(
    pty_rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    pty_rig.insert(PRINCIPAL)
    with caplog.at_level(logging.INFO):
        pty_rig.read()
    assert "module=05.01-20200101-0001234567-0007654321" in caplog.text
    assert PRINCIPAL.number not in caplog.text
