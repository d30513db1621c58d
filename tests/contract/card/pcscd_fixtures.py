"""The service that all cases behind a real pcscd share; loaded with `-p` by test_pcscd.py."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.contract.card.pcscd_world import READERS, Pcscd, is_present, raise_loopback, until


@pytest.fixture(scope="session")
def service() -> Iterator[Pcscd]:
    raise_loopback()
    daemon = Pcscd()
    daemon.start()
    yield daemon
    daemon.close()


@pytest.fixture
def pcscd(service: Pcscd) -> Pcscd:
    if not service.answers():
        service.start()
    until(lambda: not any(is_present(name) for name in READERS), what="readers empty")
    # pcscd looks every 0.4 s and does not notice a card that is exchanged in between.
    time.sleep(0.45)
    return service
