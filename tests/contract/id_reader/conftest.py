"""One rig per line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices.id_reader.simulator.module import CardPolicy, SimulatedIdCardReader
from tests.contract.id_reader.rig import ALL_LINES, HASTY, MODULE_LINES, Rig, rig_on


@pytest.fixture(params=ALL_LINES)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with rig_on(request.param, SimulatedIdCardReader(environment="test"), tmp_path) as made:
        yield made


@pytest.fixture(params=MODULE_LINES)
def module_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with rig_on(request.param, SimulatedIdCardReader(environment="test"), tmp_path) as made:
        yield made


@pytest.fixture(params=MODULE_LINES)
def hasty_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    simulated = SimulatedIdCardReader(environment="test")
    with rig_on(request.param, simulated, tmp_path, HASTY) as made:
        yield made


@pytest.fixture
def pty_rig(tmp_path: Path) -> Iterator[Rig]:
    with rig_on("pty", SimulatedIdCardReader(environment="test"), tmp_path) as made:
        yield made


@pytest.fixture(params=ALL_LINES)
def repeating_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    simulated = SimulatedIdCardReader(environment="test", policy=CardPolicy.REPEAT_ALLOWED)
    with rig_on(request.param, simulated, tmp_path) as made:
        yield made
